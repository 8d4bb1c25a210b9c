"""The tables of a page; the main one is also its main chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from ilacs_audit.claims.words import capital, counted, number_word, percent, period_words, plural, signed_points
from ilacs_audit.display.cells import Cell, Column, Line, Table
from ilacs_audit.display.evidence import evidence_table, problems_table
from ilacs_audit.display.fragments import Fragment, fragment, nothing, records, released_rows
from ilacs_audit.display.marks import change_mark, interval_mark
from ilacs_audit.display.verdicts import NO_VERDICT, VERDICTS, counts, verdict_of, weakest_first
from ilacs_audit.display.words import HIDDEN, k_of_n, likely_range, people_of, rounding_words, share
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.standards import Standards

__all__ = ["comparison_table", "evidence_table", "measures_table", "problems_table"]

EXPLAIN = (
    "Each mark is the share of files that met the standard. The band is where the share among all children "
    "in scope is likely to lie. The upright line is the target."
)
UNTOLD = "chance alone, or the way the area was picked, could explain it"
MOVED = ("worse", "better")
COUNTS_ONLY = "The files show what was found in them. They cannot be read as a share of all children in scope."


def measures_table(
    released: pd.DataFrame,
    *,
    standards: Standards | None = None,
    caption: str = "",
    measure: str = "compliance",
    finding: str | None = None,
    explain: str | None = None,
    note: str = "",
) -> Fragment:
    """Show every standard as one row that is both chart and sentence, weakest first.

    A row has its mark on a scale, k of n, the likely range, target and verdict. Rows without a
    verdict are counts with the reason; a hidden row has no mark and no number. `finding` is the
    heading over the table; left out, it counts the verdicts.
    """
    found = released_rows(released)
    main = weakest_first(row for row in found if row.measure == measure)
    spared = {_about(row): row for row in found if row.measure == "not_applicable"}
    lines = tuple(_standard_line(row, standards, spared.get(_about(row))) for row in main)
    used = [verdict for verdict in (*VERDICTS.values(), NO_VERDICT) if verdict in {verdict_of(r) for r in main}]
    charted = any(interval_mark(row) for row in main)
    table = Table(caption or _caption(main), _columns(), lines)
    return fragment(
        "measures_table",
        template="part.html.j2",
        data={"verdicts": counts(main), "released": records(found)},
        finding=_finding(main) if finding is None else finding,
        explain=(EXPLAIN if charted else COUNTS_ONLY) if explain is None else explain,
        table=table if charted else _without_chart(table),
        key=used if charted else [],
        note=" ".join(filter(None, (note, rounding_words(main)))),
    )


def comparison_table(
    released: pd.DataFrame,
    *,
    standards: Standards | None = None,
    caption: str = "Each standard against the earlier round. 95% intervals for the change.",
    finding: str | None = None,
    explain: str = "Each mark is the change in points. The band is where the true change is likely to lie.",
    note: str = "",
) -> Fragment:
    """Show the change of every standard: then, now, the change with its range, and the verdict."""
    found = released_rows(released)
    main = weakest_first(row for row in found if row.measure == "change")
    if not main:
        return nothing("comparison_table")
    reach = _reach(main)
    charted = any(change_mark(row, reach=reach) for row in main)
    table = Table(caption, _change_columns(reach), tuple(_change_line(row, standards, reach) for row in main))
    used = [verdict for verdict in (*VERDICTS.values(), NO_VERDICT) if verdict in {verdict_of(r) for r in main}]
    return fragment(
        "comparison_table",
        template="part.html.j2",
        data={"changes": counts(main), "released": records(found)},
        finding=_change_finding(main) if finding is None else finding,
        explain=explain if charted else "",
        table=table if charted else _without_chart(table),
        key=[replace(each, means=UNTOLD) if each.word == "Cannot tell" else each for each in used],
        note=" ".join(filter(None, (note, rounding_words(main)))),
    )


def _columns() -> tuple[Column, ...]:
    chart = Column("Share of files", "chart", ("0", "50", "100%"))
    rest = (
        Column("Files", "num"),
        Column("Likely range", "num"),
        Column("Target", "num"),
        Column("Verdict", "verdict"),
    )
    return (Column("Standard"), chart, *rest)


def _without_chart(table: Table) -> Table:
    """The table without the columns of its drawing, where no row has one to draw."""
    kept = [place for place, column in enumerate(table.columns) if column.kind != "chart" and column.title != "Points"]
    lines = tuple(replace(line, cells=tuple(line.cells[i - 1] for i in kept if i)) for line in table.lines)
    return Table(table.caption, tuple(table.columns[i] for i in kept), lines)


def _standard_line(row: Row, standards: Standards | None, spared: Row | None) -> Line:
    known = standards[row.standard_id] if standards is not None and row.standard_id in standards else None
    title = (known.plain or known.text) if known else row.standard_id or row.level
    return Line(
        title,
        (
            _chart_cell(row),
            Cell(k_of_n(row), _beside_count(row, spared)),
            _range_cell(row, people_of(row, standards)),
            Cell(percent(row.target) if row.target is not None else "none set"),
            _verdict_cell(row),
        ),
        code=row.standard_id if known else "",
        flag="critical" if known and known.critical else "",
    )


def _change_columns(reach: float) -> tuple[Column, ...]:
    scale = (signed_points(-reach), "0", f"{signed_points(reach)} points")
    return (
        Column("Standard"),
        Column("Then", "num"),
        Column("Now", "num"),
        Column("Change", "chart", scale),
        Column("Points", "num"),
        Column("Verdict", "verdict"),
    )


def _change_line(row: Row, standards: Standards | None, reach: float) -> Line:
    known = standards[row.standard_id] if standards is not None and row.standard_id in standards else None
    mark = change_mark(row, reach=reach)
    then, _, when = row.note.partition(" in ")
    cells = (
        Cell(HIDDEN if row.hidden else then or _no_earlier(row), (when,) if when else ()),
        Cell(k_of_n(row), (period_words(row.period),)),
        Cell(mark=mark) if mark else Cell(small=("hidden" if row.hidden else "no range",)),
        _points_cell(row),
        _verdict_cell(row),
    )
    title = (known.plain or known.text) if known else row.standard_id or row.level
    return Line(title, cells, code=row.standard_id if known else "", remark=row.reason)


def _no_earlier(row: Row) -> str:
    """Why there is no earlier count: rounding took it out, or nobody read for it."""
    return "not shown" if row.status == "rounded" else "not read"


def _points_cell(row: Row) -> Cell:
    if row.hidden:
        return Cell(HIDDEN)
    if row.value is None or row.lower is None or row.upper is None:
        return Cell("none")
    return Cell(signed_points(row.value), (f"{signed_points(row.lower)} to {signed_points(row.upper)}",))


def _reach(main: Sequence[Row]) -> float:
    """The scale of a change: the smallest round one that every range fits on."""
    widest = max((abs(end) for row in main for end in (row.lower, row.upper) if end is not None), default=1.0)
    return next(reach for reach in (0.25, 0.5, 0.75, 1.0) if widest <= reach or reach == 1.0)


def _chart_cell(row: Row) -> Cell:
    mark = interval_mark(row)
    if mark:
        return Cell(mark=mark)
    return Cell(small=("hidden" if row.hidden else "too few files" if row.status == "low_base" else "counts only",))


def _range_cell(row: Row, people: str) -> Cell:
    """The range, with what it is a range of on its own line so that the column stays narrow."""
    head, of, rest = likely_range(row, people=people).partition(" of ")
    return Cell(head, (f"of {rest}",)) if of and row.lower is not None else Cell(head + of + rest)


def _beside_count(row: Row, spared: Row | None) -> tuple[str, ...]:
    if row.hidden:
        return ()
    left_out = "" if spared is None or spared.numerator == 0 else f"{_bare(spared)} not applicable"
    return tuple(filter(None, (share(row), left_out)))


def _verdict_cell(row: Row) -> Cell:
    if row.hidden:
        return Cell(HIDDEN)
    return Cell(verdict=verdict_of(row), small=_beside_verdict(row))


def _beside_verdict(row: Row) -> tuple[str, ...]:
    """What would decide a verdict that cannot be told, or why there is none."""
    if row.verdict == "cannot tell" and row.files_to_tell is not None:
        whole = row.files_to_tell == row.population
        return (f"only all {row.files_to_tell:,} would tell" if whole else f"{row.files_to_tell:,} files would tell",)
    no_target = not row.verdict and row.target is None and row.lower is not None
    return ("no target is set",) if no_target else ()


def _finding(main: Sequence[Row]) -> str:
    """The heading that the main table writes for itself: one message, the worst first."""
    tally = counts(row for row in main if not row.hidden)
    of = f"of {number_word(len(main))} {plural('standard', len(main))}"
    short, unsure, met = (tally.get(word, 0) for word in ("not met", "cannot tell", "met"))
    if short == len(main) > 1:
        return f"All {number_word(short)} standards fall short of the target"
    if short:
        return f"{capital(number_word(short))} {of} {'falls' if short == 1 else 'fall'} short of the target"
    if unsure:
        return f"None {of} is shown to fall short; {number_word(unsure)} cannot be told"
    return f"{capital(number_word(met))} {of} met" if met else f"What was found on {counted(len(main), 'standard')}"


def _change_finding(main: Sequence[Row]) -> str:
    tally = counts(row for row in main if not row.hidden)
    of = f"of {number_word(len(main))} {plural('standard', len(main))}"
    said = [(tally[word], f"{'is' if tally[word] == 1 else 'are'} {word}") for word in MOVED if word in tally]
    if not said:
        told = set(tally) - {"not comparable", "no verdict"}
        return f"No change can be told from chance on any {of}" if told else f"None {of} can be compared"
    (first, does), *rest = said
    return f"{capital(number_word(first))} {of} {does}{''.join(f' and {number_word(n)} {is_so}' for n, is_so in rest)}"


def _caption(main: Sequence[Row]) -> str:
    level = next((row.confidence for row in main if row.confidence is not None), None)
    interval = f" {percent(level)} intervals." if level is not None else ""
    return f"Standards, weakest first. Files to which a standard does not apply are left out of its count.{interval}"


def _bare(row: Row) -> str:
    return HIDDEN if row.hidden else str(row.numerator)


def _about(row: Row) -> tuple[str, ...]:
    return (row.theme, row.standard_id, row.group, row.level, row.period)
