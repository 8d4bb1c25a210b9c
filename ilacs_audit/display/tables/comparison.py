"""The table of changes: each standard then and now, how far it moved, and what may be said of that."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from ilacs_audit.claims.change.chance import PROMISE, FalseFlags
from ilacs_audit.claims.change.changes import CRITICAL_UP, warning, withheld
from ilacs_audit.claims.change.luck import could_be_luck, luck_of_each, odds, of_the_lowest
from ilacs_audit.claims.sentences.next_round import what_would_tell
from ilacs_audit.claims.words import capital, number_word, period_words, plural, signed_points
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL
from ilacs_audit.display.figures import WITHIN, k_of_n, missing_words, rounding_words
from ilacs_audit.display.fragments import Fragment, fragment, nothing, records, released_rows
from ilacs_audit.display.looks import counts, weakest_first
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable, mark_of, verdict_cell
from ilacs_audit.display.tables.layout import NOT_SHOWN, NOW, POINTS_COLUMN, THEN, shared, without_chart
from ilacs_audit.display.tables.marks import Mark, change_mark, rounds_mark
from ilacs_audit.display.tables.said_once import said_once
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.standards import Standards

FOLD = "Each standard in both rounds"
MOVED = ("worse", "better")
ROUNDS = f"Grey dot: last round. Line: target. Likely: {WITHIN}."
POINTS = f"Band: the likely range, {WITHIN}."
NO_EARLIER = "This table does not show the counts of the earlier round."


def _of_page(page: Page) -> dict[str, Any]:
    about = page.about
    told = what_would_tell(
        page.whole, measure="change", audit=about.audit, unit=about.unit, aim=about.aim, as_of=about.as_of
    )
    chosen = {"chosen": bool(about.audit and about.audit.chosen_because_worst), "aim": about.aim}
    return {"released": page.whole, "standards": about.standards, "note": told, "unit": about.unit, **chosen}


@accepts(Page, _of_page)
def comparison_table(
    released: pd.DataFrame,
    *,
    standards: Standards | None = None,
    caption: str = "Each standard against the earlier round.",
    finding: str | None = None,
    explain: str | None = None,
    note: str = "",
    unit: str = "file",
    chosen: bool = False,
    chance: FalseFlags | None = None,
    aim: str = "",
    fold: bool = False,
) -> Fragment:
    """Show every standard's change: both rounds and the target on one scale, how far it moved, and the verdict.

    Whether it could be luck stands beside it, with what comes by itself where the area was `chosen` for its result,
    and how many of the standards would look changed by `chance`. Where no earlier count may be shown, the change
    itself is drawn. What would stand in every row stands once above. With `fold` a table of which no row moved is
    folded away under its heading, which then says all that it tells.
    """
    found = released_rows(released, standards)
    main = weakest_first(row for row in found if row.measure == "change")
    if not main:
        return nothing("comparison_table")
    paired = any(rounds_mark(row) for row in main)
    reach = None if paired else _reach(main)
    charted = any(_mark(row, reach) for row in main)
    moved = [row for row in main if row.value is not None] or main
    why, reasons = said_once([row.reason for row in moved])
    left = dict(zip(moved, reasons, strict=True))
    lines = tuple(replace(_change_line(row, standards, reach), remark=left.get(row, row.reason)) for row in main)
    told = (ROUNDS if paired else POINTS) if charted and explain is None else ""
    keys = (_promise(main), rounding_words(main), _earlier_words(lines))
    table = PageTable(caption, _change_columns(reach), lines, layout="stack ia-change")
    folded = fold and not {row.verdict for row in main} & {*MOVED}
    beside = [note, odds(main, chance)]
    return fragment(
        "comparison_table",
        template="part.html.j2",
        data={"changes": counts(main), "released": records(found)},
        finding=_change_finding(main) if finding is None else finding,
        fold=FOLD if folded else "",
        explain=" ".join(filter(None, (explain, missing_words(main), why))),
        beside=_beside(main, *(["", ""] if folded else beside), unit=unit, chosen=chosen, aim=aim),
        table=shared(table if charted else without_chart(table)),
        key=[],
        note=" ".join(filter(None, (told, *keys, *(beside if folded else ())))),
    )


class Beside(NamedTuple):
    """A line beside a comparison: of all its standards, or with `only` for who looks at that one alone."""

    text: str
    of_all: bool = False
    only: str = ""


def _beside(main: Sequence[Row], tell: str, luck: str, *, unit: str, chosen: bool, aim: str) -> list[Beside]:
    """Whether the change that matters most could be luck and what would tell, then what is so whichever one reads."""
    first, *by_itself = could_be_luck(main, unit=unit, chosen=chosen, aim=aim) or ("",)
    each = luck_of_each(main, unit=unit, chosen=chosen)
    lines = [Beside(first, of_all=True), Beside(tell, of_all=True)]
    lines += [Beside(said, only=mark_of(code)) for code, said in each.items()]
    by_itself = [*filter(None, (*by_itself, of_the_lowest(main, chosen=chosen)))]
    return [each for each in (*lines, Beside(luck), *(Beside(said, of_all=True) for said in by_itself)) if each.text]


def _promise(main: Sequence[Row]) -> str:
    named = (row for row in main if row.verdict in MOVED and not row.hidden)
    return PROMISE if any(not row.reason.startswith(CRITICAL_UP) for row in named) else ""


def _mark(row: Row, reach: float | None) -> Mark | None:
    return rounds_mark(row) if reach is None else change_mark(row, reach=reach)


def _change_columns(reach: float | None) -> tuple[Column, ...]:
    scale = ("0", "50", "100%") if reach is None else (signed_points(-reach), "0", signed_points(reach))
    return (
        Column("Standard"),
        Column(THEN, "num"),
        Column(NOW, "num"),
        Column("Both rounds" if reach is None else "Change", "chart", scale),
        Column(POINTS_COLUMN, "num"),
        Column("Verdict", "verdict"),
    )


def _change_line(row: Row, standards: Standards | None, reach: float | None) -> Line:
    known = standards[row.standard_id] if standards is not None and row.standard_id in standards else None
    mark = _mark(row, reach)
    then, _, when = row.note.partition(" in ")
    cells = (
        Cell(CONFIDENTIAL if row.hidden else then or _no_earlier(row), (when,) if when else ()),
        Cell(k_of_n(row), (period_words(row.period),)),
        Cell(mark=mark) if mark else Cell(small=("hidden" if row.hidden else "no range",)),
        _points_cell(row),
        verdict_cell(row),
    )
    title = (known.plain or known.text) if known else row.standard_id or row.level
    return Line(title, cells, code=row.standard_id if known else "", reference=row.reference)


def _no_earlier(row: Row) -> str:
    """Why there is no earlier count: rounding took it out, or nobody read for it."""
    return NOT_SHOWN if row.status == "rounded" else "not read"


def _points_cell(row: Row) -> Cell:
    if row.hidden:
        return Cell(CONFIDENTIAL)
    if row.value is None or row.lower is None or row.upper is None:
        return Cell("none")
    alone = ("compared alone",) if withheld(row) else ()
    return Cell(signed_points(row.value), (f"likely {signed_points(row.lower)} to {signed_points(row.upper)}", *alone))


def _reach(main: Sequence[Row]) -> float:
    """The scale of a change: the smallest round one that every range fits on."""
    widest = max((abs(end) for row in main for end in (row.lower, row.upper) if end is not None), default=1.0)
    return next(reach for reach in (0.25, 0.5, 0.75, 1.0) if widest <= reach or reach == 1.0)


def _change_finding(main: Sequence[Row]) -> str:
    tally = counts(row for row in main if not row.hidden)
    compared = [row for row in main if row.verdict != "not comparable"] or main
    hidden = any(row.hidden and not row.verdict for row in main)  # which of them could be compared is not told
    of = "of what is shown" if hidden else f"of {number_word(len(compared))} {plural('standard', len(compared))}"
    alone = 0 if hidden or len(compared) == len(main) else tally["not comparable"]
    apart = f"; {number_word(alone)} cannot be compared" if alone else ""
    warned = sum(map(warning, main))
    surely = [(word, tally.get(word, 0) - (warned if word == "worse" else 0)) for word in MOVED]
    said = [(n, f"{'is' if n == 1 else 'are'} {word}") for word, n in surely if n]
    said += [(warned, "may be worse")] if warned else []
    if not said:
        told = set(tally) - {"not comparable", "no verdict"}
        return f"We cannot tell yet whether any {of} has changed{apart}" if told else f"None {of} can be compared"
    (first, does), *rest = said
    others = "".join(f" and {number_word(n)} {is_so}" for n, is_so in rest)
    return f"{capital(number_word(first))} {of} {does}{others}{apart}"


def _earlier_words(lines: Sequence[Line]) -> str:
    return NO_EARLIER if all(line.cells[0].text == NOT_SHOWN for line in lines) else ""
