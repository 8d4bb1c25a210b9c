"""The front page of a period: every report with its question, its answer and its verdicts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ilacs_audit.disclosure.hostile import printed
from ilacs_audit.publishing.files import TEMPLATES
from ilacs_audit.publishing.timetable import Absent, Report

_GROUPS = {"thematic": "Thematic audits", "dip_sample": "Dip samples", "reaudit": "Re-audits"}


def entries(reports: Sequence[Report], summaries: Mapping[str, Any], failed: Collection[str]) -> list[dict[str, Any]]:
    """What the index says of each report of the timetable, in order."""
    return [
        {
            "id": report.id,
            "name": report.name,
            "title": report.title,
            "href": f"{report.id}.html",
            "figures": f"{report.id}.csv",
            "summary": summaries.get(report.id),
            "failed": report.id in failed,
        }
        for report in reports
    ]


def render_index(
    frame: Mapping[str, str], entries: Sequence[Mapping[str, Any]], absent: Sequence[Absent], *, spreadsheet: str = ""
) -> bytes:
    """Write the index of one period and audience as a page.

    `entries` are the reports of the timetable in order, each with its released summary or None
    where it was never made; `spreadsheet` links the figures of them all; `absent` is what the period holds nothing for.
    """
    made = [entry for entry in entries if entry["summary"]]
    missing = [
        Absent(entry["title"], "It could not be made; its owner has been told why.")
        for entry in entries
        if not entry["summary"]
    ]
    names = dict.fromkeys(entry["name"] for entry in made)
    groups = [
        {
            "title": _GROUPS.get(name, name.replace("_", " ").capitalize()),
            "reports": [each for each in made if each["name"] == name],
        }
        for name in names
    ]
    return render("index.html.j2", ilacs=frame, groups=groups, absent=[*missing, *absent], spreadsheet=spreadsheet)


def render(template: str, **facts: Any) -> bytes:
    """Write a page of its own, such as the index or the owner's status, from its template."""
    return str(_environment().get_template(template).render(**facts)).encode()


def _environment() -> Environment:
    folders = [TEMPLATES, TEMPLATES / "report"]
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
