"""The letters in square brackets that stand for a number, and the sentence that explains them.

Rules H1 to H4: a symbol that stands in a table is explained above it, and none that does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ilacs_audit.domain.measures import HIDDEN, Row, rows

SYMBOLS = {
    "[c]": "confidential",
    "[low]": "more than nothing, but rounds to 0",
    "[z]": "not applicable",
    "[x]": "not available",
    "[u]": "a percentage of so few would mislead",
}


def symbol(row: Row) -> str:
    """The symbol that stands for a row's percentage, or "" where the number itself is shown.

    A small cell and its complementary one have the same, or the second would point to the small cell.
    """
    if row.status in HIDDEN:
        return "[c]"
    if row.denominator == 0:
        return "[z]"
    if row.value is None:
        return "[u]" if row.denominator is not None and row.numerator is not None else "[x]" if _empty(row) else ""
    return "[low]" if row.value > 0 and round(row.value * 100) == 0 else ""


def shorthand_used(released: pd.DataFrame) -> tuple[str, ...]:
    """The symbols that a table of these measures shows, in a fixed order."""
    used = {symbol(row) for row in rows(released)}
    return tuple(each for each in SYMBOLS if each in used)


def shorthand_sentence(used: Sequence[str]) -> str:
    """The sentence above a table that defines its symbols; empty where there is none (rule H4).

    >>> shorthand_sentence(["[c]"])
    'Some shorthand is used in this table, [c] = confidential.'
    """
    told = ", ".join(f"{each} = {SYMBOLS[each]}" for each in used)
    return f"Some shorthand is used in this table, {told}." if told else ""


def published(released: pd.DataFrame) -> pd.DataFrame:
    """Measures as a data file may carry them: a complementary cell is not told from a small one."""
    return released.assign(status=released["status"].replace("secondary", "suppressed"))


def _empty(row: Row) -> bool:
    return row.numerator is None and row.denominator is None
