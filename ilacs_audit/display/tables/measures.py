"""The main table of a page, which is also its main chart."""

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.next_round import what_would_tell
from ilacs_audit.claims.verdicts.by_design import CLUSTERED, TWO_PHASE_METHOD
from ilacs_audit.claims.verdicts.missing_returns import TOGETHER
from ilacs_audit.claims.words import capital, clause, counted, number_word, percent, plural
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL
from ilacs_audit.display.figures import (
    WITHIN,
    k_of_n,
    likely_range,
    missing_words,
    people_of,
    rounding_words,
    share,
    unit_of,
)
from ilacs_audit.display.fragments import Fragment, fragment, records, released_rows
from ilacs_audit.display.looks import NO_VERDICT, NOT_CALLED_MET, counts, verdict_of, weakest_first
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable, verdict_cell
from ilacs_audit.display.tables.evidence import evidence_table, problems_table
from ilacs_audit.display.tables.layout import RANGE, shared, without_chart, without_range
from ilacs_audit.display.tables.marks import interval_mark, read_whole
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.standards import Standards

__all__ = ["evidence_table", "measures_table", "problems_table"]

EXPLAIN = f"Band: likely range, {WITHIN}. Line: target."
WHOLE = "The whole list was read. Line: target."
CAPTION = "Standards by verdict, those not met first; under each verdict the weakest first."
_FALLS = re.compile(r"(?<!to )falls? short")
_RANGE_AT = 2  # the place of the range among the cells of a row
VERDICTS_ONLY = "Verdicts are of the whole list; the ranges behind them are not shown in this edition."
COUNTS_ONLY = "Counts of what was read{chosen}; they cannot speak for all."


def _of_page(page: Page) -> dict[str, Any]:
    about, moved = page.about, len(page.of(measure="change"))
    of: dict[str, Any] = {"audit": about.audit, "unit": about.unit, "as_of": about.as_of}
    told = "" if moved else what_would_tell(page.whole, measure="compliance", **of)
    return {"released": page.whole, "standards": about.standards, "note": told, "then": about.outdated}


@accepts(Page, _of_page)
def measures_table(
    released: pd.DataFrame,
    *,
    standards: Standards | None = None,
    caption: str = "",
    measure: str = "compliance",
    finding: str | None = None,
    explain: str | None = None,
    note: str = "",
    then: str = "",
) -> Fragment:
    """Show every standard as one row that is both chart and sentence, weakest first.

    A row has its mark on a scale, k of n, the likely range, target and verdict. Rows without a
    verdict are counts with the reason; a hidden row has no mark and no number. `finding` is the
    heading over the table; left out, it counts the verdicts, of evidence that is old as they stood `then`.
    """
    found = released_rows(released, standards)
    main = weakest_first(row for row in found if row.measure == measure)
    unit = unit_of(main[0], standards) if main else "file"
    failed = sum(bool(row.numerator) and not row.hidden for row in found if row.measure == "critical_failure")
    charted = any(interval_mark(row) for row in main)
    table, told = _table(main, found, standards, caption or CAPTION, plural(unit))
    here = ("" if charted else told) if explain is None else explain
    under = told if charted and explain is None else ""
    return fragment(
        "measures_table",
        template="part.html.j2",
        data={"verdicts": counts(main), "critical": bool(failed), "released": records(found)},
        finding=_past(_finding(main, failed, plural(unit)), then) if finding is None else finding,
        explain=_sentences(here, missing_words(main, drawn=_drawn(found, main), unit=unit), _as_returned(found)),
        table=shared(table if charted else without_chart(table)),
        key=[look for look in (NOT_CALLED_MET, NO_VERDICT) if charted and look in map(verdict_of, _shown(main))],
        note=_sentences(under, rounding_words(main)),
        of_all=note,
    )


def _table(
    main: Sequence[Row], found: Sequence[Row], standards: Standards | None, caption: str, units: str
) -> tuple[PageTable, str]:
    """The rows as a table, and the sentence that explains its marks or why it has none."""
    spared = {_about(row): row for row in found if row.measure == "not_applicable"}
    listed = all(row.listed for row in main if row.lower is not None)
    lines = tuple(_standard_line(row, standards, spared.get(_about(row)), listed) for row in main)
    charted, census = any(interval_mark(row) for row in main), all(map(read_whole, main))
    picked = {line.cells[_RANGE_AT].text.partition(": ")[2] for line in lines if not charted}
    bare = len(picked) == 1 and next(iter(picked)).startswith("chosen ")
    told = _explained(main, charted, census, next(iter(picked)) if bare else "")
    made = PageTable(caption, _columns(units), lines)
    return without_range(made) if census or bare else made, told


def _drawn(found: Sequence[Row], main: Sequence[Row]) -> Row | None:
    """How many files came of those drawn, in the months of the table."""
    now = {row.period for row in main}
    return next((row for row in found if row.measure == "returned" and not row.hidden and row.period in now), None)


def _sentences(*told: str) -> str:
    return " ".join(filter(None, told))


def _shown(main: Sequence[Row]) -> list[Row]:
    return [row for row in main if not row.hidden]


def _as_returned(found: Sequence[Row]) -> str:
    """That no range allows for the returns of agencies that never came, where some did not."""
    row = next((row for row in found if row.measure == "agency_returns" and row.group == "audit"), None)
    gone = 0 if row is None or row.hidden else (row.denominator or 0) - (row.numerator or 0)
    if not gone:
        return ""
    gone_words = "Some agency returns" if row and row.status == "rounded" else counted(gone, "agency return")
    more = any(row.measure == TOGETHER and row.missing for row in found)
    below = ": what they could change stands below" if more else ""
    return f"{gone_words} never came, and no range allows for that{below}."


def _explained(main: Sequence[Row], charted: bool, census: bool, chosen: str) -> str:
    if charted:
        return WHOLE if census else EXPLAIN
    if any(row.verdict and row.method in (TWO_PHASE_METHOD, CLUSTERED) for row in main):
        return "" if any(row.lower is not None for row in main) else VERDICTS_ONLY
    return "" if census else COUNTS_ONLY.format(chosen=f", {chosen}" if chosen else "")


def _columns(units: str) -> tuple[Column, ...]:
    chart = Column(f"Share of {units}", "chart", ("0", "50", "100%"))
    rest = (
        Column(capital(units), "num"),
        Column(RANGE, "num range"),
        Column("Target", "num"),
        Column("Verdict", "verdict"),
    )
    return (Column("Standard"), chart, *rest)


def _standard_line(row: Row, standards: Standards | None, spared: Row | None, listed: bool) -> Line:
    known = standards[row.standard_id] if standards is not None and row.standard_id in standards else None
    title = (known.plain or known.text) if known else row.standard_id or row.level
    return Line(
        title,
        (
            _chart_cell(row),
            Cell(k_of_n(row), _beside_count(row, spared)),
            _range_cell(row if listed else row._replace(population=None), people_of(row, standards)),
            Cell(percent(row.target) if row.target is not None else "none set"),
            verdict_cell(row),
        ),
        code=row.standard_id if known else "",
        flag="critical" if known and known.critical else "",
        reference=row.reference,
    )


def _chart_cell(row: Row) -> Cell:
    mark = interval_mark(row)
    if mark:
        return Cell(mark=mark)
    few = "every file read" if row.method == "whole list" else "too few"
    return Cell(small=("hidden" if row.hidden else few if row.status == "low_base" else "counts only",))


def _range_cell(row: Row, people: str) -> Cell:
    """The range as the share that the target is, and under it in whole children of the list."""
    head, of, rest = likely_range(row, people=people).partition(" of ")
    if not of or row.lower is None:
        return Cell(head + of + rest)
    return Cell(likely_range(row._replace(population=None)), (head, f"of {rest}"))


def _beside_count(row: Row, spared: Row | None) -> tuple[str, ...]:
    if row.hidden:
        return ()
    left_out = "" if spared is None or spared.numerator == 0 else f"{_bare(spared)} not applicable"
    gone = f"{row.missing} missing" if row.missing else ""
    return tuple(filter(None, (share(row), left_out, gone)))


def _finding(main: Sequence[Row], failed: int, units: str) -> str:
    """The heading that the main table writes for itself: the worst first; good news says how many critical `failed`."""
    if not main:
        return "Nothing was read on which a standard could be judged"
    tally = counts(main)
    of = f"of {number_word(len(main))} {plural('standard', len(main))}"
    short, unsure, met = (tally.get(word, 0) for word in ("not met", "cannot tell", "met"))
    if short == len(main) > 1:
        return f"All {number_word(short)} standards fall short of the target"
    if short:
        return f"{capital(number_word(short))} {of} {'falls' if short == 1 else 'fall'} short of the target"
    if unsure == len(main) and all(row.would_turn is None and row.status != "rounded" for row in main):
        read = sorted({row.denominator or 0 for row in main})
        span = f"{read[0]:,}" if len(read) == 1 else f"{read[0]:,} to {read[-1]:,}"
        return f"{span} {units} {'is' if read[-1] == 1 else 'are'} too few to judge any standard"
    if unsure and not met:
        but = f", and {_critical(failed, 'one')}" if failed else ""
        return f"We cannot tell yet whether any standard is met{but}"
    if unsure:
        return f"None {of} is shown to fall short; on {number_word(unsure)} we cannot tell"
    if not met:
        return f"{capital(of.removeprefix('of '))} in these {units}, and in no others"
    but = f"{_critical(failed, 'standard')}; " if failed else ""
    return f"{but}{number_word(met)} {of} met".capitalize()


def _critical(failed: int, thing: str) -> str:
    return f"a critical {thing} was failed" if failed == 1 else f"{number_word(failed)} critical {thing}s were failed"


def _past(finding: str, then: str) -> str:
    """A heading in the past tense, where it speaks of a month long gone."""
    return f"In {then}, {clause(_FALLS.sub('fell short', finding))}" if then and _FALLS.search(finding) else finding


def _bare(row: Row) -> str:
    return CONFIDENTIAL if row.hidden else str(row.numerator)


def _about(row: Row) -> tuple[str, ...]:
    return (row.theme, row.standard_id, row.group, row.level, row.period)
