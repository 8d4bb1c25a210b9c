"""How a verdict looks: a symbol, a word, a colour and the mark that is drawn in the chart.

The symbol beside the word is the mark in the chart, so a page printed in grey says the same as one in colour.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ilacs_audit.claims.change.changes import warning
from ilacs_audit.domain.measures import Row, in_order


@dataclass(frozen=True)
class VerdictLook:
    """The looks and the plain meaning of one verdict."""

    word: str
    symbol: str
    colour: str
    shape: str
    means: str = ""

    @property
    def icon(self) -> str:
        """The shape beside the word: the mark in the chart, or a sign where there is none to draw."""
        return {"=": "equal", "≠": "unequal", "□": "square"}.get(self.symbol, self.shape)


VERDICTS: Mapping[str, VerdictLook] = {
    "not met": VerdictLook("Not met", "✕", "not", "cross", "the whole range falls short"),
    "cannot tell": VerdictLook("Cannot tell", "○", "unk", "ring", "the target lies inside the range"),
    "met": VerdictLook("Met", "●", "met", "dot", "the whole range reaches it"),
    "worse": VerdictLook("Worse", "▼", "not", "down"),
    "better": VerdictLook("Better", "▲", "met", "up"),
    "no worthwhile change": VerdictLook("No worthwhile change", "=", "none", "dot"),
    "not comparable": VerdictLook("Not comparable", "≠", "none", "ring"),
    "different": VerdictLook("Different", "◆", "not", "diamond"),
    "worth a look": VerdictLook("Worth a look", "○", "unk", "ring"),
    "not seen": VerdictLook("Not seen", "●", "none", "dot"),
    "within chance": VerdictLook("Within chance", "●", "none", "dot"),
}
STATUSES: Mapping[str, VerdictLook] = {
    "I0": VerdictLook("Too early to measure", "□", "none", "ring"),
    "I1": VerdictLook("Compared next time", "□", "none", "ring"),
    "I2": VerdictLook("Cannot tell", "○", "unk", "ring"),
    "I6": VerdictLook("Worsening", "▼", "not", "down"),
    "I3": VerdictLook("No worthwhile improvement", "=", "none", "dot"),
    "I4": VerdictLook("Improving", "▲", "met", "up"),
    "I5": VerdictLook("Earlier rise kept", "●", "met", "dot"),
}
WARNING = VerdictLook("Warning", "▼", "not", "down")
NO_VERDICT = VerdictLook("No verdict", "□", "none", "ring", "no target, too few, no range, or not drawn by chance")
NOT_CALLED_MET = VerdictLook(
    "Not called met", "◆", "not", "diamond", "critical and failed, though the range reaches the target"
)
UNSHOWN = VerdictLook("Not shown", "", "none", "unshown", "the numbers are too small to show")
_ORDER = ("not met", "worse", "cannot tell", "no worthwhile change", "met", "better", "not comparable")


def verdict_of(row: Row) -> VerdictLook:
    """The looks of a row's verdict; one without says so, or that it is critical and was failed.

    Worse on a critical standard may be said before it is sure, and then looks like the warning that it is.
    """
    if row.verdict == "worse" and warning(row):
        return WARNING
    failed = row.measure != "critical_failure" and row.rule == "X1"
    return VERDICTS.get(row.verdict, NOT_CALLED_MET if failed else NO_VERDICT)


def look_of(row: Row) -> VerdictLook:
    """The looks of a standard: a critical failure and a hidden count are told from no verdict."""
    return UNSHOWN if row.hidden and not row.verdict else verdict_of(row)


def weakest_first(found: Iterable[Row]) -> list[Row]:
    """The order of a table: by verdict, then by share; rows that may not be ranked come last."""
    return sorted(found, key=_weakness)


def counts(found: Iterable[Row]) -> dict[str, int]:
    """How many rows have each verdict, in the order a reader wants them."""
    said = ((row, "not shown" if row.hidden else "no verdict") for row in found)
    words = [row.verdict if row.verdict in VERDICTS else otherwise for row, otherwise in said]
    return {word: words.count(word) for word in (*_ORDER, "no verdict", "not shown") if word in words}


def _weakness(row: Row) -> tuple[Any, ...]:
    rank = _ORDER.index(row.verdict) if row.verdict in _ORDER else len(_ORDER) + (2 if row.hidden else 0)
    share = row.value if row.value is not None else 2.0
    return (rank, -share if row.direction == "lower" else share, in_order(row.standard_id), in_order(row.level))
