"""Which reports a period holds: reports.yml, fanned out over themes and audits.

A new report is a notebook and two lines in reports.yml; a new theme is one standards file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.catalogue.words import one_of
from ilacs_audit.domain.errors import NotebookError, UsageError
from ilacs_audit.domain.programme import AUDIT_KINDS, Audit, Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.catalogue import read_yaml

FAN_OUTS = ("theme: all", "audit: dip_sample", "audit: re_audit")
_THEMATIC = tuple(kind for kind in AUDIT_KINDS if kind not in ("dip_sample", "re_audit"))


@dataclass(frozen=True)
class Report:
    """One page to make: a notebook and what it is asked."""

    id: str
    name: str
    notebook: Path
    title: str
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class Absent:
    """A report that the period does not hold, and why, so that its absence is not silence."""

    title: str
    reason: str


def load_timetable(path: Path) -> Mapping[str, Mapping[str, Any]]:
    """Read reports.yml: an entry has a `title` and is one page a period, or it fans out.

    Raises NotebookError when its notebook or fan-out is unknown.
    """
    entries: Mapping[str, Mapping[str, Any]] = read_yaml(path) or {}
    for name, entry in entries.items():
        where = f"{path.name}, report {name}"
        if not (path.parent / "notebooks" / f"{name}.ipynb").is_file():
            raise NotebookError("Its notebook is missing.", where=where, fix=f"Add notebooks/{name}.ipynb.")
        if strange := sorted(set(entry or {}) - {"each", "title"}):
            raise NotebookError(f"Not known of a report: {', '.join(strange)}.", where=where, fix="Use each or title.")
        if not entry.get("title"):
            one_of(_fan_out(entry), FAN_OUTS, "fan-out", where=where)
    return entries


def plan_reports(
    root: Path, *, standards: Standards, programme: Programme, period: Period
) -> tuple[list[Report], list[Absent]]:
    """Fan the timetable out over what the period holds.

    Returns the reports to make, in the timetable's order, and those the period has nothing for.
    """
    reports: list[Report] = []
    absent: list[Absent] = []
    for name, entry in load_timetable(root / "reports.yml").items():
        fan_out = _fan_out(entry)
        if "title" in entry:
            reports.append(_report(name, root, "", entry["title"], {}))
        elif fan_out == "theme: all":
            found = list(_themes(name, root, standards, programme, period))
            reports += [each for each in found if isinstance(each, Report)]
            absent += [each for each in found if isinstance(each, Absent)]
        else:
            reports += _audits(name, root, programme, period, kind=fan_out.removeprefix("audit: "))
    return reports, absent


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


def _fan_out(entry: Mapping[str, Any]) -> str:
    return "; ".join(f"{key}: {value}" for key, value in (entry.get("each") or {}).items())


def _themes(
    name: str, root: Path, standards: Standards, programme: Programme, period: Period
) -> Iterator[Report | Absent]:
    """A page a theme; a theme with two audits in the period has a page for each protocol."""
    held = programme.in_period(period, kinds=_THEMATIC)
    for theme in standards.themes:
        ours = [audit for audit in held if audit.theme == theme.id]
        for audit in ours:
            part = theme.id if len(ours) == 1 else f"{theme.id}-{audit.id}"
            yield _report(name, root, part, theme.title, {"audit": audit.id})
        if not ours:
            yield Absent(theme.title, f"No thematic audit of it is in the programme for {period.words}.")


def _audits(name: str, root: Path, programme: Programme, period: Period, *, kind: str) -> Iterator[Report]:
    for audit in programme.in_period(period):
        if _wanted(audit, kind):
            title = f"Re-audit: {audit.title}" if kind == "re_audit" else audit.title
            yield _report(name, root, audit.id, title, {"audit": audit.id})


def _wanted(audit: Audit, kind: str) -> bool:
    return audit.baseline is not None if kind == "re_audit" else audit.kind == kind


def _report(name: str, root: Path, part: str, title: str, parameters: Mapping[str, str]) -> Report:
    called = "-".join(each.replace("_", "-") for each in (name, part) if each)
    return Report(called, name, root / "notebooks" / f"{name}.ipynb", title, parameters)
