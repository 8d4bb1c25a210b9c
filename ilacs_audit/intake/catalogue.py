"""Read the catalogue: standards, plan, programme, column names, bank holidays, authority.

These are the files a QA lead edits. A mistake in one stops the run before any return is
read, with the file, the entry and the field named.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ilacs_audit.domain import given
from ilacs_audit.domain.catalogue.faults import read_as, refuse
from ilacs_audit.domain.catalogue.fields import Entry, Flag, Text
from ilacs_audit.domain.errors import CatalogueError, quoted
from ilacs_audit.domain.plan import Plan, read_plan
from ilacs_audit.domain.programme import Programme, read_programme
from ilacs_audit.domain.standards import Standards, read_theme
from ilacs_audit.intake.yaml_files import read_text
from ilacs_audit.intake.yaml_files import read_yaml as read_yaml


@dataclass(frozen=True)
class Authority:
    """Whose evidence this is, and whether it is the invented example."""

    name: str
    example: bool


def load_standards(folder: str | Path) -> Standards:
    """Read every theme file of a standards folder. Raises CatalogueError."""
    given.path(folder, "load_standards")
    files = sorted(Path(folder).glob("*.yml"))
    if not files:
        raise CatalogueError(
            "There are no standards.", where=Path(folder).name, fix="Add a theme file, such as consent.yml."
        )
    themes, faults = [], []
    for file in files:
        try:
            themes.append(read_theme(read_yaml(file), file=file.name))
        except CatalogueError as fault:
            faults.append(fault)
    refuse(faults)
    return Standards(tuple(themes))


def load_plan(path: str | Path) -> Plan:
    """Read the improvement plan. Raises CatalogueError."""
    given.path(path, "load_plan")
    return read_plan(read_yaml(Path(path)), file=Path(path).name)


def load_programme(path: str | Path) -> Programme:
    """Read the audit programme. Raises CatalogueError."""
    given.path(path, "load_programme")
    return read_programme(read_yaml(Path(path)), file=Path(path).name)


def load_bank_holidays(path: str | Path) -> tuple[date, ...]:
    """Read the bank holidays of England, one date a row in the column `date`."""
    file = Path(path).name
    text = read_text(Path(path))
    rows = list(csv.reader(text.splitlines(), delimiter=";" if ";" in text.split("\n")[0] else ","))
    heads = [each.strip().casefold() for each in rows[0]] if rows else []
    if "date" not in heads:
        raise CatalogueError("There is no column date.", where=file, fix="Call the column of dates date.")
    column, days, faults = heads.index("date"), [], []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            try:
                days.append(_holiday(row[column].strip() if column < len(row) else ""))
            except ValueError:
                what = f"{quoted(row[column] if column < len(row) else '')} is not a date."
                faults.append(CatalogueError(what, where=f"{file}, line {number}", fix="Write it as YYYY-MM-DD."))
    refuse(faults)
    return tuple(days)


def _holiday(text: str) -> date:
    """A day as written here or as Excel in this country writes it; the file holds English bank holidays only."""
    return datetime.strptime(text, "%d/%m/%Y" if "/" in text else "%Y-%m-%d").date()  # noqa: DTZ007


class AuthorityFile(Entry):
    """Whose evidence a folder holds, as it is written."""

    name: Text
    example: Flag = False


def load_authority(evidence: str | Path) -> Authority:
    """Read whose evidence a folder holds. Raises CatalogueError."""
    path = Path(evidence) / "authority.yml"
    told = read_as(AuthorityFile, read_yaml(path), file=path.name)
    return Authority(told.name, told.example)


def check_catalogue(standards: Standards, plan: Plan, programme: Programme) -> None:
    """Refuse a catalogue whose parts do not fit: unknown themes, areas or standards."""
    themes = {theme.id for theme in standards.themes}
    for audit in programme:
        where = f"programme.yml, audit {audit.id}"
        _known({audit.theme}, themes, "theme", where)
        _known(set(audit.areas), plan.codes, "plan area", where)
        named = {standard for each in audit.interventions for standard in each.standards}
        _known(named, {standard.id for standard in standards}, "standard", where)
    for standard in standards:
        _known(set(standard.areas), plan.codes, "plan area", f"standards, {standard.id}")


def _known(named: set[str], known: set[str] | frozenset[str], kind: str, where: str) -> None:
    strange = sorted(named - known)
    if strange:
        raise CatalogueError(f"Unknown {kind}: {', '.join(strange)}.", where=where, fix="Correct the code, or add it.")
