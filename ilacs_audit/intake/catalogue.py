"""Read the catalogue: standards, plan, programme, column names, bank holidays, authority.

These are the files a QA lead edits. A mistake in one stops the run before any return is
read, with the file, the entry and the field named.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ilacs_audit.domain import given
from ilacs_audit.domain.catalogue_fields import day, require
from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.plan import Plan, read_plan
from ilacs_audit.domain.programme import Programme, read_programme
from ilacs_audit.domain.standards import Standards, read_theme

# Both make plain data only; the one in C reads a catalogue several times faster where it is there.
_PLAIN: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Authority:
    """Whose evidence this is, and whether it is the invented example."""

    name: str
    example: bool


def read_yaml(path: Path) -> Any:
    """Read one YAML file as plain data, never as objects. Raises CatalogueError with the line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_PLAIN)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError):
        raise CatalogueError(
            "The file is missing.", where=path.name, fix="Put it back, or run ilacs-audit init."
        ) from None
    except UnicodeDecodeError:
        fix = "Save it again as UTF-8: in Notepad it is a choice beside the file's name."
        raise CatalogueError("The file is not saved as UTF-8.", where=path.name, fix=fix) from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise CatalogueError(
            "The file is not YAML.", where=f"{path.name}{line}", fix="Check indents and colons."
        ) from None


def load_standards(folder: str | Path) -> Standards:
    """Read every theme file of a standards folder. Raises CatalogueError."""
    given.path(folder, "load_standards")
    files = sorted(Path(folder).glob("*.yml"))
    if not files:
        raise CatalogueError(
            "There are no standards.", where=Path(folder).name, fix="Add a theme file, such as consent.yml."
        )
    return Standards(tuple(read_theme(read_yaml(file), file=file.name) for file in files))


def load_plan(path: str | Path) -> Plan:
    """Read the improvement plan. Raises CatalogueError."""
    given.path(path, "load_plan")
    return read_plan(_entries(Path(path), "areas"), file=Path(path).name)


def load_programme(path: str | Path) -> Programme:
    """Read the audit programme. Raises CatalogueError."""
    given.path(path, "load_programme")
    return read_programme(_entries(Path(path), "audits"), file=Path(path).name)


def load_bank_holidays(path: str | Path) -> tuple[date, ...]:
    """Read the bank holidays of England, one date a row in the column `date`."""
    with Path(path).open(encoding="utf-8", newline="") as lines:
        return tuple(day(row.get("date"), where=Path(path).name) for row in csv.DictReader(lines))


def load_authority(evidence: str | Path) -> Authority:
    """Read whose evidence a folder holds. Raises CatalogueError."""
    path = Path(evidence) / "authority.yml"
    entry = read_yaml(path)
    require(entry, ("name",), where=path.name)
    return Authority(str(entry["name"]), bool(entry.get("example", False)))


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


def _entries(path: Path, key: str) -> list[Mapping[str, Any]]:
    found = read_yaml(path)
    require(found or {}, (key,), where=path.name)
    return list(found[key])
