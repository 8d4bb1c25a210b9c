"""Which reports a period holds: reports.yml, fanned out over themes and audits.

A new report is a notebook and two lines in reports.yml; a new theme is one standards file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import model_validator
from pydantic.dataclasses import dataclass as written

from ilacs_audit.domain.audiences import audience as find_audience
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.catalogue.faults import read_each
from ilacs_audit.domain.catalogue.fields import Codes, Entry, Flag, Id, Kind, Text, fault
from ilacs_audit.domain.errors import CatalogueError, NotebookError, UsageError
from ilacs_audit.domain.programme import AUDIT_KINDS, Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.intake.yaml_files import read_yaml

FRONT = "overview"  # the notebook of the front page
PAPER = "improvement_plan"  # that of the paper on the plan
# Notebooks that are run last, over what all other pages released, and the file that each makes.
LAST = {PAPER: "improvement-plan.html", FRONT: "index.html"}
_NOT_PUBLIC = ("internal", "board")  # the gate sees no sums across measures, and public ones give counts back
OTHER = "Other registers"  # the heading over pages of registers that belong to no practice area
OF_READERS = "Who read the files"  # and over those on readers
OF_PLAN = "The improvement plan"  # and over the page on it
FAN_OUTS = ("theme: all", "audit: dip_sample", "audit: re_audit")
_THEMATIC = tuple(kind for kind in AUDIT_KINDS if kind not in ("dip_sample", "re_audit"))


@dataclass(frozen=True)
class Report:
    """One page to make: a notebook and what it is asked, and the practice area to which it belongs."""

    id: str
    name: str
    notebook: Path
    title: str
    parameters: Mapping[str, str]
    area: str = ""
    registers: bool = False
    public: bool = True
    internal: bool = False
    services: bool = False

    def for_audience(self, audience: str) -> bool:
        """Whether an edition has it: one on the work of auditors themselves is no board's, nor the public's.

        A service's has what is told of its files or of its teams' work, and the front page.
        """
        if find_audience(audience).service:
            return self.services or bool(self.parameters.get("audit")) or self.name == FRONT
        return audience == "internal" or (not self.internal and (self.public or audience in _NOT_PUBLIC))


@dataclass(frozen=True)
class Absent:
    """A report that the period does not hold, and why, so that its absence is not silence."""

    title: str
    reason: str


def load_timetable(path: Path) -> Mapping[str, Planned]:
    """Read reports.yml: an entry has a `title` and is one page a period, or it fans out.

    Raises CatalogueError on an entry of another form, and NotebookError where its notebook is missing.
    """
    content = read_yaml(path)
    if not isinstance(content, dict | None):
        fix = "Start each report with its notebook's name and a colon."
        raise CatalogueError("The reports are not entries by name.", where=path.name, fix=fix)
    planned = read_each(Planned, content, file=path.name)
    for name, each in planned.items():
        notebook = f"notebooks/{each.notebook or name}.ipynb"
        if not (path.parent / notebook).is_file():
            where = f"{path.name}, report {name}"
            raise NotebookError("Its notebook is missing.", where=where, fix=f"Add {notebook}.")
    return planned


def _fan_out(value: Any) -> str:
    told = "; ".join(f"{key}: {each}" for key, each in value.items()) if isinstance(value, Mapping) else str(value)
    if told not in FAN_OUTS:
        raise fault(f"'{told}' is not a way to fan out.", f"Use one of: {', '.join(FAN_OUTS)}.")
    return told


@written(frozen=True)
class Planned(Entry):
    """A report as it is written: one page a period under its title, or a page for each theme or audit.

    One on `registers` is made where any of them is there; it names its practice theme, and its area of the plan where
    no line of the plan names it. One on `readers` is made where an audit of the period is read by any of them. A
    `notebook` that several share is told which report it makes. Neither is made for the public, and an `internal` one
    not for the board. One on a register whose rows name a team may be for `services` too.
    """

    title: Text = ""
    each: Annotated[str, Kind(_fan_out, enum=[dict([each.split(": ")]) for each in FAN_OUTS])] = ""
    registers: Codes = ()
    readers: Codes = ()
    theme: Id = ""
    area: Text = ""
    notebook: Id = ""
    internal: Flag = False
    services: Flag = False

    @model_validator(mode="after")
    def _made(self) -> Planned:
        if not self.title and not self.each:
            raise fault("Nothing says how many pages it is.", f"Give it a title, or each: {', '.join(FAN_OUTS)}.")
        if self.internal and not (self.registers or self.readers):
            raise fault("Only a page on registers or readers can be internal.", "Name its registers or readers.")
        return self


def plan_reports(work: Workspace, period: Period) -> tuple[list[Report], list[Absent]]:
    """Fan the timetable of a workspace out over what the period holds.

    Returns the reports to make, in the timetable's order, and those the period has nothing for. A report on `registers`
    that a council does not keep, or on `readers` that no audit has, is neither: nobody promised it.
    """
    root, standards, programme = work.root, work.standards, work.programme
    areas = {theme.id: theme.title for theme in standards.themes}
    found: list[Report | Absent] = []
    for name, entry in load_timetable(root / "reports.yml").items():
        if entry.registers:
            if not work.registers.isdisjoint(entry.registers):
                asked = {"report": name} if entry.notebook else {"theme": entry.theme}
                asked |= {"area": next((line.id for line in work.plan.lines if name in line.reports), entry.area)}
                made = _report(name, root, "", entry.title, asked, areas.get(entry.theme, OTHER))
                shared = root / "notebooks" / f"{entry.notebook or name}.ipynb"
                made = replace(made, registers=True, public=False, notebook=shared)
                found.append(replace(made, internal=entry.internal, services=entry.services))
        elif entry.readers:
            if any(not {*entry.readers}.isdisjoint(each.raters) for each in programme.in_period(period)):
                made = _report(name, root, "", entry.title, {}, OF_READERS)
                found.append(replace(made, public=False, internal=entry.internal))
        elif name == PAPER and not work.plan.areas:
            continue  # a council without a plan has no paper on it
        elif entry.title:
            made = _report(name, root, "", entry.title, {}, OF_PLAN if name in LAST else "")
            found.append(replace(made, public=name not in LAST or name == FRONT))
        elif entry.each == "theme: all":
            found += _themes(name, root, standards, programme, period)
        else:
            kind, again = entry.each.removeprefix("audit: "), entry.each == "audit: re_audit"
            for audit in programme.in_period(period):
                if audit.baseline is not None if again else audit.kind == kind:
                    title, area = f"Re-audit: {audit.title}" if again else audit.title, areas.get(audit.theme, "")
                    found.append(_report(name, root, audit.id, title, {"audit": audit.id}, area))
    return [each for each in found if isinstance(each, Report)], [each for each in found if isinstance(each, Absent)]


def apart(reports: Sequence[Report], audience: str) -> tuple[list[Report], list[Report]]:
    """The pages of a timetable for an audience, and apart from them those made of them, the front page the last.

    No page on a register, or on those who read the files, is made for the public yet; an internal one for nobody else.
    """
    ours = [each for each in reports if each.for_audience(audience)]
    last = sorted((each for each in ours if each.name in LAST), key=lambda each: each.name == FRONT)
    return [each for each in ours if each.name not in LAST], last


def not_made(reports: Iterable[Report], audience: str) -> list[str]:
    """A sentence where pages are asked of an edition that has none like them."""
    none = [each for each in reports if not each.for_audience(audience)]
    told = f"No page on a register or on readers is made for the {audience} edition, so none of"
    told = "This page is for the internal edition alone:" if audience in _NOT_PUBLIC else told
    told = "These pages are of the whole council:" if find_audience(audience).service else told
    add = "--audience internal" if any(each.internal for each in none) else "--audience board or --audience internal"
    return [f"{told} {', '.join(each.id for each in none)}. Add {add}."] if none else []


def choose(reports: list[Report], only: tuple[str, ...]) -> list[Report]:
    """Keep the reports named by id or by notebook. Raises UsageError on a name that is not there."""
    known = {report.id for report in reports} | {report.name for report in reports}
    strange = sorted(set(only) - known)
    if strange:
        raise UsageError(
            f"There is no report called {', '.join(strange)} in this period.",
            fix=f"Use one of: {', '.join(sorted(known))}.",
        )
    return [report for report in reports if not only or report.id in only or report.name in only]


def _themes(
    name: str, root: Path, standards: Standards, programme: Programme, period: Period
) -> Iterator[Report | Absent]:
    """A page a theme; a theme with two audits in the period has a page for each protocol."""
    held = programme.in_period(period, kinds=_THEMATIC)
    for theme in standards.themes:
        ours = [audit for audit in held if audit.theme == theme.id]
        for audit in ours:
            part = theme.id if len(ours) == 1 else f"{theme.id}-{audit.id}"
            yield _report(name, root, part, theme.title, {"audit": audit.id}, theme.title)
        if not ours:
            yield Absent(theme.title, f"No thematic audit of it is in the programme for {period.words}.")


def _report(name: str, root: Path, part: str, title: str, parameters: Mapping[str, str], area: str = "") -> Report:
    called = "-".join(each.replace("_", "-") for each in (name, part) if each)
    return Report(called, name, root / "notebooks" / f"{name}.ipynb", title, parameters, area)
