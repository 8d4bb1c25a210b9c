"""The front page of a period: every report with its question, its answer and its verdicts."""

import re
from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

from ilacs_audit.claims.change.chance import PROMISE
from ilacs_audit.claims.sentences.tallies import front_page
from ilacs_audit.publishing.pages import render
from ilacs_audit.publishing.timetable import Absent, Report

_TOP = re.compile(rb'(<main id="main"><div class="wrap">)(?:<p class="ia-note ia-told">[^<]*</p>)*')
_PENDING = "Restatement pending: figures of this page will be restated. Until then they stand as they were published."
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
    missing = [Absent(entry["title"], _why_missing(entry)) for entry in entries if not entry["summary"]]
    names = dict.fromkeys(entry["name"] for entry in made)
    groups = [
        {
            "title": _GROUPS.get(name, name.replace("_", " ").capitalize()),
            "reports": [each for each in made if each["name"] == name],
        }
        for name in names
    ]
    context = {"groups": groups, "absent": [*missing, *absent], "spreadsheet": spreadsheet}
    return render("index.html.j2", ilacs=frame, answer=_answer(made), asked=_asked(made), **context)


def with_notes(page: bytes, summary: Mapping[str, Any]) -> bytes:
    """A page with what its edition says above it: that a restatement is pending, and what was restated before."""
    restated = (f"{name} is {now}, was {before}" for name, (before, now) in summary.get("restated", {}).items())
    said = [_PENDING] if summary.get("pending") else []
    said += [f"Restated since it was first published: {each}." for each in ["; ".join(restated)] if each]
    notes = "".join(f'<p class="ia-note ia-told">{escape(each)}</p>' for each in said).encode()
    return _TOP.sub(lambda top: top[1] + notes, page, count=1)


def whole_counts(released: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The count of each standard for the whole service, as a page shows it; none that is hidden."""
    shown = (each for each in released if each["measure"] == "compliance" and each["group"] in ("", "all"))
    latest = sorted(shown, key=lambda each: each["period"])
    told = (each for each in latest if each.get("denominator") is not None and each.get("numerator") is not None)
    return {each["standard_id"]: f"{each['numerator']} of {each['denominator']}" for each in told}


def _why_missing(entry: Mapping[str, Any]) -> str:
    return "It could not be made; its owner has been told why." if entry["failed"] else "It has not been made yet."


def _answer(made: Sequence[Mapping[str, Any]]) -> str:
    """What the period found, in one breath. A re-audit has changes only: its audit has a page with the verdicts."""
    told = [entry["summary"] for entry in made]
    verdicts = [each["verdicts"] for each in told if each.get("verdicts")]
    changes = [each["changes"] for each in told if each.get("changes") and not each.get("verdicts")]
    named = any({"better", "worse"} & set(each.get("changes") or ()) for each in told)
    answer = front_page(verdicts, changes, critical=sum(each.get("critical", False) for each in told))
    return f"{answer} {PROMISE if named else ''}".strip()


def _asked(made: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What is asked of the board, under the first report that asks it; not that a report asks for nothing."""
    told: set[str] = set()
    asked = []
    for entry in made:
        new = [each for each in entry["summary"].get("asked", ()) if each not in told and each.strip(". ") != "None"]
        told.update(new)
        asked += [{"title": entry["title"], "href": entry["href"], "items": new}] if new else []
    return asked
