"""Read the catalogue: standards, plan, programme, column names, bank holidays, authority.

These are the files a QA lead edits. A mistake in one stops the run before any return is
read, with the file, the entry and the field named.
"""

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, field_validator
from pydantic.dataclasses import dataclass

from ilacs_audit.domain import given
from ilacs_audit.domain.audiences import surely_sensitive
from ilacs_audit.domain.catalogue.faults import Place, found_in, read_as, refuse
from ilacs_audit.domain.catalogue.fields import Entry, Flag, Text, Texts, fault
from ilacs_audit.domain.catalogue.learning import Learning
from ilacs_audit.domain.catalogue.limits import Limits
from ilacs_audit.domain.catalogue.services import Service, Services, apart
from ilacs_audit.domain.errors import CatalogueError, UsageError, near, quoted
from ilacs_audit.domain.measures import in_order
from ilacs_audit.domain.plan import Plan, read_plan
from ilacs_audit.domain.programme import Programme, read_programme
from ilacs_audit.domain.standards import NOT_APPLICABLE, SCALES, Standards, Theme, read_theme
from ilacs_audit.intake.yaml_files import read_text, read_yaml


@dataclass(frozen=True)
class Authority(Entry):
    """Whose evidence this is, whether it is invented, which breakdowns a person calls ordinary, and its services."""

    name: Text
    example: Flag = False
    ordinary_breakdowns: Texts = ()
    services: Annotated[Services, AfterValidator(apart)] = ()

    def service(self, name: str) -> Service:
        """One service. Raises UsageError where there is none of that id."""
        known = {each.id: each for each in self.services}
        if name not in known:
            otherwise = f"Use one of: {', '.join(known)}." if known else "Add it to services in authority.yml."
            raise UsageError(f"There is no service {quoted(name)}.", fix=near(name, known, otherwise=otherwise))
        return known[name]

    @field_validator("ordinary_breakdowns")
    @classmethod
    def _never_sensitive(cls, named: tuple[str, ...]) -> tuple[str, ...]:
        for each in filter(surely_sensitive, named):
            raise fault(f"A breakdown by {quoted(each)} is always sensitive.", "Take it out of ordinary_breakdowns.")
        return named


class Misfit(NamedTuple):
    """A name that one part of the catalogue uses and another does not have: where it stands, and what would do."""

    file: str
    place: Place
    what: str
    fix: str


def load_standards(folder: str | Path) -> Standards:
    """Read every theme file of a standards folder. Raises CatalogueError.

    Example: `ia.load_standards("data/standards")`.
    """
    given.path(folder, "load_standards")
    files = sorted(Path(folder).glob("*.yml"))
    for other in sorted(each for each in Path(folder).glob("*.*") if each not in files):
        if {".yml", ".yaml"} & {suffix.lower() for suffix in other.suffixes} and not other.name.startswith("."):
            fix = f"Call it {other.name.partition('.')[0]}.yml, or move it away."
            raise CatalogueError("A theme file has a name that is not read.", where=other.name, fix=fix)
    if not files:
        fix = "Begin with a workbook, ilacs-audit new WORKBOOK, or add a theme file, such as consent.yml."
        raise CatalogueError("There are no standards.", where=Path(folder).name, fix=fix)
    themes: list[Theme] = []

    def take(file: Path) -> None:
        themes.append(read_theme(read_yaml(file), file=file.name))

    refuse(found_in(partial(take, file) for file in files))
    return Standards(tuple(themes))


def load_plan(path: str | Path) -> Plan:
    """Read the improvement plan. Raises CatalogueError.

    Example: `ia.load_plan("data/plan.yml")`.
    """
    given.path(path, "load_plan")
    return read_plan(read_yaml(Path(path)), file=Path(path).name)


def load_limits(path: str | Path) -> Limits:
    """Read the limits of time; none where the workspace has no such file. Raises CatalogueError."""
    file = Path(path)
    return read_as(Limits, read_yaml(file), file=file.name) if file.is_file() else Limits()


def load_programme(path: str | Path) -> Programme:
    """Read the audit programme. Raises CatalogueError.

    Example: `ia.load_programme("data/programme.yml")`.
    """
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
    return datetime.strptime(text, "%d/%m/%Y" if "/" in text else "%Y-%m-%d").date()  # noqa: DTZ007 a day has no zone


def load_authority(evidence: str | Path) -> Authority:
    """Read whose evidence a folder holds. Raises CatalogueError."""
    path = Path(evidence) / "authority.yml"
    return read_as(Authority, read_yaml(path), file=path.name)


def load_learning(evidence: str | Path) -> Learning:
    """Read what a person released to learn from; nothing where a folder has no learning.yml. Raises CatalogueError."""
    path = Path(evidence) / "learning.yml"
    return read_as(Learning, read_yaml(path), file=path.name) if path.is_file() else Learning()


def misfits(
    standards: Standards,
    plan: Plan,
    programme: Programme,
    *,
    learnt: Iterable[str] = (),
    forms: Mapping[str, Iterable[str]] = MappingProxyType({}),
    answers: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> Iterator[Misfit]:
    """Unknown themes, areas, standards, answers and forms, a standard in two themes, and one in another's form.

    `learnt` are standards with learnt headers, and `forms` by form; `answers` are learnt meanings by form, or "".
    """
    themes, asked = [theme.id for theme in standards.themes], [standard.id for standard in standards]
    for audit in programme:
        place = ("audits", audit.id)
        yield from _unknown("theme", [audit.theme], themes, "programme.yml", (*place, "theme"))
        yield from _unknown("plan area", audit.areas, plan.codes, "programme.yml", (*place, "areas"))
        for each in audit.interventions:
            own = (*place, "interventions", each.id, "standards")
            yield from _unknown("standard", each.standards, asked, "programme.yml", own)
    for earlier, theme in combinations(standards.themes, 2):
        ours, theirs = ({each.id for each in one.standards} for one in (earlier, theme))
        for name in sorted(ours & theirs, key=in_order):
            what = f"The standard {name} stands in the theme {earlier.id} too."
            yield Misfit(theme.id, ("standards", name), what, "Give each standard of the council its own id.")
    for line in plan.lines:
        yield from _unknown("theme", line.themes, themes, "plan.yml", ("areas", line.id.partition(".")[0], "themes"))
    yield from _unknown("standard", learnt, asked, "columns.yml", ("standards",))
    known = {**{each: each for each in themes}, **{audit.id: audit.theme for audit in programme}}
    yield from _unknown("theme or audit", forms, known, "columns.yml", ("forms",))
    for form, names in forms.items():
        under = ("forms", form, "standards")
        yield from _unknown("standard", names, asked, "columns.yml", under)
        for name in (each for each in names if each in standards and known.get(form) in themes):
            if standards[name].theme != known[form]:
                what = f"The standard {name} is of the theme {standards[name].theme}, and the form of {known[form]}."
                yield Misfit("columns.yml", (*under, name), what, "Move it to a form of its theme, or correct the id.")
    scales = [level for scale in SCALES.values() for level in scale.levels]
    meant = dict.fromkeys([*scales, *sorted(standards.answers), NOT_APPLICABLE])
    for form, words in answers.items():
        yield from _unknown("answer", words, meant, "columns.yml", (*(("forms", form) if form else ()), "answers"))


def _unknown(kind: str, named: Iterable[str], known: Collection[str], file: str, place: Place) -> Iterator[Misfit]:
    for name in named:
        if name not in known:
            fix = near(name, known, otherwise="Correct it, or add it where it belongs.")
            yield Misfit(file, (*place, name), f"Unknown {kind}: {name}.", fix)
