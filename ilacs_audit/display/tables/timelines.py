"""Audits and what was done between them, on one calendar."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.figures import days, short_day
from ilacs_audit.display.fragments import Fragment, fragment, nothing
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable
from ilacs_audit.display.tables.marks import Span, place
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import rows
from ilacs_audit.domain.programme import Audit

PASSED = "Round that was booked"
CAPTION = "The rounds, what was done and when, and the round that is booked."


def _of_page(page: Page) -> dict[str, Any]:
    """The rounds of its audit; of a page on a register, every audit of its theme up to its month."""
    theme = next((row.theme for row in rows(page.released) if row.theme), "") if not page.about.id else ""
    planned = page.about.handed.planned() if theme else ()
    ours = [each for each in planned if each.theme == theme and str(each.period) <= page.about.period]
    return {"audits": page.about.rounds or ours, "caption": CAPTION, "as_of": page.about.as_of}


@accepts(Page, _of_page)
def timeline(
    audits: Sequence[Audit], *, caption: str, finding: str = "", explain: str = "", as_of: date | str = date.min
) -> Fragment:
    """Show audits and interventions in order of date, and the next round where one is booked."""
    audits = doors.each_audit(audits)
    if not audits:
        return nothing("timeline")
    events = sorted(_events(audits, parse_day(as_of)), key=lambda event: (event[0], event[2]))
    low, high = min(event[0] for event in events), max(event[1] for event in events)
    lines = tuple(
        Line(title, (_span(on, until, kind, low, high), Cell(days(on, until), _overlap(on, until, audits, kind))))
        for on, until, title, kind in events
    )
    scale = (short_day(low), short_day(high))
    columns = (Column("What"), Column("When", "chart", scale), Column("Dates", "words"))
    return fragment(
        "timeline",
        template="part.html.j2",
        finding=finding or _next_round(events),
        explain=explain,
        table=PageTable(caption, columns, lines, layout="stack ia-time"),
        note="● audit; ○ booked; bar without a dot: training or support",
    )


def _next_round(events: Sequence[tuple[date, date, str, str]]) -> str:
    """The first round that is booked after the day; of one whose day has come that nothing came of it."""
    booked = [(title, days(on, on)) for on, _, title, kind in events if kind == "ring"]
    ahead = [on for title, on in booked if not title.startswith(PASSED)]
    if ahead or not booked:
        return f"The next round is booked for {ahead[0]}" if ahead else "No next round is booked"
    return f"A round was booked for {booked[-1][1]}, and nothing of it is here"


def _events(audits: Sequence[Audit], day: date) -> list[tuple[date, date, str, str]]:
    read = [(audit.on, audit.until, audit.title, "dot") for audit in audits]
    done = {(one.on, one.until, one.title, "") for audit in audits for one in audit.interventions}
    last = max(audit.until for audit in audits)
    booked = [
        (audit.next_on, audit.next_on, f"{name}{f', {audit.next_size:,}' if audit.next_size else ''}", "ring")
        for audit in audits
        if audit.next_on and audit.next_on > last
        for name in ("Next round" if audit.next_on > day else PASSED,)
    ]
    return [*read, *done, *booked]


def _overlap(on: date, until: date, audits: Sequence[Audit], kind: str) -> tuple[str, ...]:
    """That training or support had not ended before the files of a round were read, where it had not."""
    read = [each for each in audits if not kind and on <= each.until and each.on <= until]
    return tuple(f"still going on during the audit of {days(each.on, each.until)}" for each in read)


def _span(on: date, until: date, kind: str, low: date, high: date) -> Cell:
    scale = {"low": float(low.toordinal()), "high": float(max(high.toordinal(), low.toordinal() + 1))}
    start, end = place(on.toordinal(), **scale) or 0.0, place(until.toordinal(), **scale) or 0.0
    colour = "accent" if kind else "none-band"
    return Cell(span=Span(days(on, until), start, end, colour, kind))
