"""The tables of a report on second readers: the headline set right, and how far two readers agree beyond luck."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.readers.agreement import BY_LUCK, LUCK, PLAIN, SAME, luck_and_sight
from ilacs_audit.claims.words import capital, percent
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.figures import k_of_n, likely_range
from ilacs_audit.display.figures import share as share_of
from ilacs_audit.display.fragments import Fragment, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable, text_table
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import Audit

RAW, CORRECTED = "graded_good", "graded_good_corrected"
CHOICE = {"random": "drawn at random", "picked": "picked"}
JUDGED = {
    "practice": "the practice in the file, afresh",
    "audit": "the audit of it alone",
    "": "the programme does not say",
}
UNLABELLED = (
    "There is no value from which agreement is good: the same readers come out higher or lower as the grades of the "
    "files are spread. Look at the counts first."
)
_WORKED_OUT = ("alike", "agreement", "movement")


@accepts(Page, lambda page: {"released": page.of(measure=(RAW, CORRECTED))})
def corrected_table(released: pd.DataFrame, *, finding: str = "") -> Fragment:
    """Show the share good or better of each audit as auditors graded it and as it would be had all been read again.

    Where it cannot be corrected the reason stands in its place. Nothing is shown where no audit was graded twice.
    """
    found = released_rows(released)
    raw = {row.level: row for row in found if row.measure == RAW}
    fixed = {row.level: row for row in found if row.measure == CORRECTED}
    if not raw:
        return nothing("corrected_table")
    columns = ("Audit", "Good or better, as auditors graded", "Had a moderator graded every file")
    told = [row for row in fixed.values() if row.value is not None]
    return fragment(
        "corrected_table",
        template="part.html.j2",
        data={"released": records(found)},
        finding=finding or _finding(raw, told),
        table=PageTable(
            "Files graded good or better, and the share that would be, had a moderator graded every one.",
            (Column(columns[0]), *(Column(title, "words") for title in columns[1:])),
            tuple(Line(level, (_raw(row), _corrected(fixed.get(level)))) for level, row in raw.items()),
        ),
    )


def _finding(raw: Mapping[str, Row], told: Sequence[Row]) -> str:
    """Of the first audit that can be corrected, whether its grades are kind, what was graded and what it would be."""
    if not told or told[0].value is None:
        return "No headline can be set right this month"
    audit, ends = raw[told[0].level], (told[0].lower, told[0].upper)
    if not audit.denominator or audit.numerator is None or None in ends:
        return (
            f"{audit.level}: had a moderator graded every file, about {percent(told[0].value)} would be good or better"
        )
    low, high = (end or 0.0 for end in ends)
    own = audit.numerator / audit.denominator
    kind = "kinder" if own > high else "harsher" if own < low else ""
    lead = f"grades are {kind} than a moderator's" if kind else "nobody can tell whether grades are kind"
    of_all = f" ({share})" if (share := share_of(audit)) else ""
    graded = f"Auditors graded {k_of_n(audit)} files good or better{of_all}"
    would = f"likely {percent(low)} to {percent(high)} would be"
    return f"{audit.level}: {lead}. {graded}; had a moderator graded every one, {would}"


def _raw(row: Row) -> Cell:
    ranged = f"likely {likely_range(row)}" if row.lower is not None else "of the files that were read, and no others"
    return Cell(k_of_n(row), () if row.hidden else (ranged,))


def _corrected(row: Row | None) -> Cell:
    if row is None or row.value is None:
        return Cell(small=((row.reason if row else "") or "not worked out",))
    return Cell(percent(row.value), tuple(filter(None, (f"likely {likely_range(row)}", row.note))))


def _planned(page: Page) -> dict[str, Any]:
    return {"audits": page.about.handed.planned().in_period(Period.parse(page.about.period))}


@accepts(Page, _planned)
def moderators_table(
    audits: Sequence[Audit], *, finding: str = "How files were chosen for a second reading"
) -> Fragment:
    """Show of each audit that plans moderation how files were chosen for it, and what the second reader judges."""
    asked = [(each.title, each.moderation) for each in audits if each.moderation]
    lines = [(title, CHOICE[plan.selection], JUDGED[plan.judges]) for title, plan in asked]
    if not lines:
        return nothing("moderators_table")
    table = text_table("As the programme says.", ("Audit", "Files for it", "What the second reader judges"), lines)
    return fragment("moderators_table", template="part.html.j2", finding=finding, table=table, fold="Audit by audit")


@accepts(Page, lambda page: {"released": page.of(measure=("alike", "agreement", "movement"))})
def agreement_table(released: pd.DataFrame, *, finding: str = "How far two readers agree beyond luck") -> Fragment:
    """Show each coefficient with its range, and the chance of the lean of the moves; nothing under ten files."""
    found = [row for row in released_rows(released) if not row.hidden and row.measure in _WORKED_OUT]
    if not found:
        return nothing("agreement_table")
    columns = (Column("What was worked out"), Column("Files or questions", "num"), Column("Value", "words"))
    told = {row.level: row for row in found}
    return fragment(
        "agreement_table",
        template="part.html.j2",
        data={"released": records(found)},
        finding=finding,
        table=PageTable(f"{LUCK}.", columns, tuple(map(_line, found))),
        explain=luck_and_sight(told.get(SAME), told.get(BY_LUCK)),
        note=UNLABELLED,
        fold="How kappa, AC2 and alpha come out, and the chance of such a lean",
    )


def _line(row: Row) -> Line:
    files = Cell(f"{row.denominator:,}" if row.denominator else "")
    if row.value is None:
        return Line(capital(row.level), (files, Cell(small=(row.note,))), remark=PLAIN.get(row.level, ""))
    ends = (f"likely {likely_range(row)}",) if row.lower is not None and row.upper is not None else ()
    return Line(capital(row.level), (files, Cell(k_of_n(row), ends)), remark=PLAIN.get(row.level, ""))
