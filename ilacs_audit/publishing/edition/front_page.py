"""What goes round the pages of an edition: what its front page is made of, and what an edition says of a page."""

import re
from collections.abc import Collection, Mapping, Sequence
from html import escape
from typing import Any

from ilacs_audit.claims.since import RETURNED
from ilacs_audit.disclosure.safe_text import safe_text
from ilacs_audit.display.page.front import contents
from ilacs_audit.domain.told import PageTold
from ilacs_audit.publishing.pages import render
from ilacs_audit.publishing.timetable import Absent, Report

_TOP = re.compile(
    rb'(<main id="main"><div class="wrap">)(?:<nav class="ia-near".*?</nav>)?(?:<p class="ia-note ia-told">[^<]*</p>)*'
)
_BY_FILES = ", by files that an audit read, not every entry of a register"
_UNEXPLAINED = "Which answers changed, and why, is not recorded."
_PENDING = "Restatement pending: figures of this page will be restated. Until then they stand as they were published."
_FAILED = "This is the last page that could be made; the newest run did not succeed."


def pages_told(
    reports: Sequence[Report],
    summaries: Mapping[str, Any],
    failed: Collection[str],
    absent: Sequence[Absent],
) -> list[dict[str, Any]]:
    """Every page of the timetable in order, with its released summary, then what the period holds nothing for.

    A page that was never made has no file, and its note says why.
    """
    told = [_told(each, summaries.get(each.id), each.id in failed) for each in reports]
    return [*told, *({"title": each.title, "note": each.reason, "asked": [], "released": []} for each in absent)]


def _told(report: Report, summary: Mapping[str, Any] | None, failed: bool) -> dict[str, Any]:
    about = {"title": report.title, "area": report.area, "audit": report.parameters.get("audit", "")}
    about["plan"] = report.parameters.get("area", "")
    if summary is None:
        why = "It could not be made; its owner has been told why." if failed else "It has not been made yet."
        return {**about, "note": why, "asked": [], "released": []}
    restated = "Restated since it was first published; the page says from what." if summary.get("restated") else ""
    note = " ".join(filter(None, (restated, _FAILED if failed else "")))
    note = "Restatement pending: the page stands as it was published." if summary.get("pending") else note
    files = {"href": f"{report.id}.html", "figures": f"{report.id}.csv"}
    # A page that stands from an earlier release remembers the words of a decision alone.
    asked = [[each] if isinstance(each, str) else each for each in summary.get("asked", [])]
    return {
        **about,
        **files,
        "note": note,
        "asked": asked,
        "answer": summary.get("answer", ""),
        "released": summary["released"],
        "restated": [[name, *both] for name, both in summary.get("restated", {}).items()],
    }


def plain_index(frame: Mapping[str, str], told: Mapping[str, Any]) -> bytes:
    """The list of pages alone, where no notebook is to make a front page or the notebook failed."""
    pages = [PageTold(**{**each, "released": ()}) for each in told["pages"]]
    listed = contents(pages, spreadsheet=told["spreadsheet"]).html
    asked = dict.fromkeys(escape(safe_text(each[0])) for page in pages if page.href for each in page.asked)
    asks = '<h2 class="ia-small">What the board is asked to decide</h2><ul class="plain">' if asked else ""
    asks += "".join(f"<li>{each}</li>" for each in asked) + ("</ul>" if asked else "")
    html = f"<h1>What the audits found in {escape(frame['period_words'])}</h1>\n{asks}{listed}"
    cell = {"cell_type": "code", "outputs": [{"data": {"application/vnd.ilacs-audit+json": {}, "text/html": html}}]}
    return render("index.html.j2", nb={"cells": [cell]}, resources={"ilacs": frame})


def with_notes(
    page: bytes,
    summary: Mapping[str, Any],
    near: Sequence[tuple[Report, Mapping[str, Any]]] = (),
    *,
    registers: bool = False,
    again: Sequence[Report] = (),
) -> bytes:
    """A page with what its edition says above it: the other pages of its area, a pending restatement, earlier ones.

    `near` are the other pages with what they say of themselves. An audit and a register of one area count one thing in
    two ways: where both are there, the page (whether it is of `registers` or not) says how the other counts. `again`
    are the pages that say what second readers do to its headline.
    """
    restated = "; ".join(f"{name} {now} (was {was})" for name, (was, now) in summary.get("restated", {}).items())
    said = [_PENDING] if summary.get("pending") else []
    said += [f"Restated since it was first published: {restated}. {_UNEXPLAINED}"] if restated else []
    notes = "".join(f'<p class="ia-note ia-told">{escape(each)}</p>' for each in said)
    links = " · ".join(
        f'<a href="{each.id}.html">{escape(each.title)}</a>{"" if registers else _how(each, of)}' for each, of in near
    )
    audits = registers and any(each.parameters.get("audit") for each, _ in near)
    also = f"Also on {escape(near[0][0].area)}{_BY_FILES if audits else ''}: {links}" if near else ""
    readers = " · ".join(f'<a href="{each.id}.html">{escape(each.title)}</a>' for each in again)
    also = ". ".join(filter(None, (also, f"On its second readers: {readers}" if again else "")))
    above = f'<nav class="ia-near" aria-label="Pages of this area">{also}</nav>{notes}' if also else notes
    return _TOP.sub(lambda top: top[1] + above.encode(), page, count=1)


def _how(report: Report, summary: Mapping[str, Any]) -> str:
    """How a register counts, beside an audit of its area."""
    days = (each["level"].rpartition(" to ")[2] for each in summary["released"] if each["measure"] == "rows_read")
    last = next((f" to {escape(day)}" for day in days if day), "")
    return f" (every entry of a register{last}, not files read)" if report.registers else ""


def whole_counts(released: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The records returned and the count of each standard for the whole service, as a page shows them; none hidden."""
    shown = (each for each in released if each["measure"] == "compliance" and each["group"] in ("", "all"))
    latest = sorted(shown, key=lambda each: each["period"])
    came = [each for each in released if each["measure"] == "returned" and each["group"] == "audit"]
    found = [(RETURNED, each) for each in came if len(came) == 1] + [(each["standard_id"], each) for each in latest]
    counts = ((name, each.get("numerator"), each.get("denominator")) for name, each in found)
    return {name: f"{met} of {read}" for name, met, read in counts if met is not None and read is not None}
