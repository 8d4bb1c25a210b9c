"""The letters in square brackets that stand for a number, and the sentences that explain them.

Rules H1 to H4: a symbol that stands in a table is explained beside it, and none that does not. Every page,
data file and spreadsheet takes its symbols from here.
"""

from collections.abc import Sequence

import pandas as pd

CONFIDENTIAL, NOTHING, FEW = "[c]", "[z]", "[u]"
SYMBOLS = {CONFIDENTIAL: "confidential", NOTHING: "not applicable", FEW: "a percentage of so few would mislead"}
_WHY = "hidden so that nobody can be recognised"
IN_TABLE = f"{CONFIDENTIAL} = {SYMBOLS[CONFIDENTIAL]}: {_WHY}."


def shorthand_sentence(used: Sequence[str]) -> str:
    """The sentence in a spreadsheet that defines its symbols; empty where there is none (rule H4).

    >>> shorthand_sentence([CONFIDENTIAL])
    'Some shorthand is used in this table, [c] = confidential.'
    """
    told = ", ".join(f"{each} = {SYMBOLS[each]}" for each in used)
    return f"Some shorthand is used in this table, {told}." if told else ""


def published(released: pd.DataFrame) -> pd.DataFrame:
    """Measures as a data file may carry them: a complementary cell is not told from a small one."""
    return released.assign(status=released["status"].replace("secondary", "suppressed"))
