"""The tables of a report on a register: counts of everybody, or one line a team, outcome or plan."""

from collections.abc import Sequence

import pandas as pd

from ilacs_audit.claims.sentences.registers import DAYS, is_register, name_of, of_whom
from ilacs_audit.claims.words import capital, period_words
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.gate.release import DROPPED
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL
from ilacs_audit.display.figures import k_of_n, likely_range, rounding_words, share
from ilacs_audit.display.fragments import Fragment, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable
from ilacs_audit.display.tables.marks import Bar, place
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row

PSEUDONYMS = "Workers stand under the pseudonyms that the store gives them."
UNNAMED = "not recorded"
COUNT, SCALE = "Count", ("0", "50", "100%")


@accepts(Page, lambda page: {"released": page.released})
def register_table(
    released: pd.DataFrame, *, by: str = "all", measures: Sequence[str] = (), finding: str = "", caption: str = ""
) -> Fragment:
    """Show what a report on a register counted: a line a measure, or with `by` a line a month or a level of that group.

    `measures` chooses and orders what is shown. One measure has a bar a line; several by a group stand side by side.
    Nothing is shown where nothing was counted.
    """
    group = "all" if by == "month" else by
    known = [row for row in released_rows(released) if is_register(row) and row.group == group]
    months = [row._replace(level=period_words(row.period)) for row in sorted(known, key=lambda row: row.period)]
    found = months if by == "month" else known
    kinds = list(measures) or list(dict.fromkeys(row.measure for row in found))
    ours = sorted((row for row in found if row.measure in kinds), key=lambda row: kinds.index(row.measure))
    shown = [row for row in ours if row.level != DROPPED]
    dropped = " ".join(dict.fromkeys(row.note for row in ours if row.level == DROPPED))
    if not shown:
        left = fragment("register_table", template="list.html.j2", heading=finding, items=[dropped])
        return left if ours else nothing("register_table")
    columns, lines = _side_by_side(shown, by) if by != "all" and len(kinds) > 1 else _barred(shown, by)
    return fragment(
        "register_table",
        template="part.html.j2",
        data={"released": records(row._replace(level=group) if by == "month" else row for row in ours)},
        finding=finding,
        table=PageTable(caption or _caption(shown, by), columns, lines),
        note=" ".join(filter(None, (dropped, PSEUDONYMS if by == "worker" else "", rounding_words(ours)))),
    )


def _caption(shown: Sequence[Row], by: str) -> str:
    """What the lines are: of one measure whom it counts, of several by what."""
    if by == "all":
        return "What was counted, of how many."
    return f"{capital(of_whom(shown[0]) if len({row.measure for row in shown}) == 1 else 'counts')}, by {by}."


def _barred(shown: Sequence[Row], by: str) -> tuple[tuple[Column, ...], tuple[Line, ...]]:
    """A line a row, with the share as a bar."""
    columns = (
        Column("What was counted" if by == "all" else capital(by)),
        Column("Share", "chart", SCALE),
        Column(COUNT, "num"),
    )
    named = (name_of(row) if by == "all" else capital(row.level) or UNNAMED for row in shown)
    return columns, tuple(Line(name, (_bar(row), Cell(k_of_n(row)))) for name, row in zip(named, shown, strict=True))


def _side_by_side(shown: Sequence[Row], by: str) -> tuple[tuple[Column, ...], tuple[Line, ...]]:
    """A line a level, with a column a measure."""
    kinds, levels = (list(dict.fromkeys(getattr(row, name) for row in shown)) for name in ("measure", "level"))
    known = {(row.level, row.measure): row for row in shown}
    titles = [name_of(next(row for row in shown if row.measure == kind)) for kind in kinds]
    unseen = {row.level for row in shown if row.hidden}  # an empty count of a hidden group would tell of it
    cells = {level: tuple(_count(known.get((level, kind)), level in unseen) for kind in kinds) for level in levels}
    columns = (Column(capital(by)), *(Column(title, "num") for title in titles))
    return columns, tuple(Line(level or UNNAMED, cells[level]) for level in levels)


def _count(row: Row | None, unseen: bool) -> Cell:
    return (
        Cell(CONFIDENTIAL if unseen else "none")
        if row is None
        else Cell(k_of_n(row), tuple(filter(None, (share(row),))))
    )


def _bar(row: Row) -> Cell:
    told = share(row) if row.denominator else ""
    if not told:
        if row.method == DAYS:
            return Cell(small=(f"likely {likely_range(row)}",) if row.lower else ("no range",))
        return Cell(small=("hidden" if row.hidden else "no share" if row.numerator is None else "too few to draw",))
    return Cell(bars=(Bar(f"{k_of_n(row)}, {told}.", place(row.value) or 0.0, told, "accent"),))
