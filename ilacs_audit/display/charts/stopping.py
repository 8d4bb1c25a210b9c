"""Where reading could have stopped: the file at which each standard was decided, and the trace of the evidence."""

from collections.abc import Sequence

import pandas as pd

from ilacs_audit.claims.words import capital, count_of, counted, number_word
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.fragments import Fragment, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.cells import PageTable, text_table
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row

CAPTION = "Files read in the order of the draw, and the first of them at which the evidence decided."
TRACE = "The evidence file by file"
_COLUMNS = ("Standard", "Decided at", "Met it by then", "Verdict")
_HOW = "A verdict stands when the evidence reaches 40; it may be looked at after every file."


@accepts(Page, lambda page: {"released": page.of(measure=("decided", "read_on", "evidence"))})
def stop_table(released: pd.DataFrame, *, caption: str = CAPTION) -> Fragment:
    """Show after which file each standard was decided, and at every fifth file the evidence on the side ahead.

    Reads the measures `decided`, `read_on` and `evidence`. For an audit whose size was fixed beforehand nothing is
    shown.
    """
    found = released_rows(released)
    ends = [row for row in found if row.measure != "evidence"]
    if not ends:
        return nothing("stop_table")
    return fragment(
        "stop_table",
        template="part.html.j2",
        data={"released": records(found)},
        finding=_finding(ends),
        table=text_table(caption, _COLUMNS, [_line(row) for row in ends]),
        more=_trace([row for row in found if row.measure == "evidence"]),
        more_said=TRACE,
        note=_HOW,
    )


def _finding(ends: Sequence[Row]) -> str:
    stops = [row.denominator or 0 for row in ends if row.measure == "decided"]
    if len(stops) == len(ends):
        return f"Reading could have stopped at file {max(stops)}"
    if not stops:
        return "Nothing is decided yet: reading may go on"
    some = f"{capital(number_word(len(stops)))} of {number_word(len(ends))} standards"
    was, others = "was" if len(stops) == 1 else "were", "other" if len(ends) - len(stops) == 1 else "others"
    return f"{some} {was} decided by file {max(stops)}; on the {others} reading may go on"


def _line(row: Row) -> tuple[str, ...]:
    assert row.numerator is not None and row.denominator is not None, "No count is hidden from internal readers."
    at = f"file {row.denominator}" if row.measure == "decided" else f"not by file {row.denominator}"
    return row.standard_id, at, count_of(row.numerator, row.denominator), row.verdict or "we cannot tell yet"


def _trace(rows: Sequence[Row]) -> PageTable | None:
    """The evidence of each standard, a column for each number of files."""
    shown = {(row.standard_id, row.level): row for row in rows}
    names, levels = (list(dict.fromkeys(key[place] for key in shown)) for place in (0, 1))
    lines = [(name, *(_evidence(shown.get((name, level))) for level in levels)) for name in names]
    titles = ("Standard", *(counted(int(level), "file") for level in levels))
    return text_table(f"{TRACE}: 40 decides.", titles, lines) if lines else None


def _evidence(row: Row | None) -> str:
    if row is None or row.value is None:
        return "–"
    return f"{row.value:.1f}" if row.value < 100 else f"{row.value:,.0f}" if row.value < 1e6 else "over a million"
