"""Could a change be luck, or have come by itself: the lines beside every comparison (methods, 11.3 and 11.5).

How far luck alone can carry a standard follows from its earlier count and the size of the later round, by the rule that
names changes: so the line never denies the verdict beside it. The numbers are those of the released rows, so where a
count may not be shown no size is told.
"""

from collections.abc import Sequence

import numpy as np

from ilacs_audit.claims.change.chance import FalseFlags
from ilacs_audit.claims.change.changes import BETTER, LUCK, WORSE, withheld
from ilacs_audit.claims.change.rebound import Counts
from ilacs_audit.claims.verdicts.direction import LOWER
from ilacs_audit.claims.words import CANNOT_TELL, NOT_COMPARABLE, count_of, number_word, plural, points
from ilacs_audit.domain.measures import Row, earlier_round
from ilacs_audit.stats.target import newcombe_grid

OF_A_RANGE = "Could this be luck? Wherever the likely range of a change holds 0, it could."
WARNED = "On a critical standard we warn before we are sure; any other change is named only when we are."
_DUST = 1e-9
_A_POINT = 0.005  # a smaller rise is told as none
CHOSEN = "This area was looked at again because it was weak:"
NOT_OFF = "Nothing is taken off its rise for that."
OFTEN = "what was weak once is often less weak the next time, even if nobody did anything"


def luck_alone(was: Counts, read: int, *, rise: bool = True) -> float:
    """How far `read` files can lie from an earlier count by luck alone: the largest difference not called a change.

    >>> round(luck_alone((9, 20), 17), 2)
    0.31
    """
    met, of = was
    lower, upper = newcombe_grid(of, read)
    unchanged = np.flatnonzero((lower[met] <= 0) & (upper[met] >= 0))
    return float(unchanged[-1] / read - met / of if rise else met / of - unchanged[0] / read)


def could_be_luck(
    changes: Sequence[Row], *, unit: str = "file", chosen: bool = False, aim: str = ""
) -> tuple[str, ...]:
    """Say of changes whether they could be luck and, of an area `chosen` for its result, what comes by itself.

    `aim` is the standard that the work was meant to move. Nothing where no change has a range.
    """
    ranged = _ranged(changes)
    if not ranged:
        return ()
    row = foremost(ranged, aim)
    said = _of_one(row, unit, many=len(changes), chosen=chosen)
    return (said, _by_itself(row)) if chosen else (said,)


def luck_of_each(changes: Sequence[Row], *, unit: str = "file", chosen: bool = False) -> dict[str, str]:
    """Of each standard by its id whether its own change could be luck, for who looks at it alone."""
    return {row.standard_id: _of_one(row, unit, many=len(changes), chosen=chosen) for row in _ranged(changes)}


def odds(changes: Sequence[Row], chance: FalseFlags | None) -> str:
    """How many of the standards compared would look changed by luck; nothing where a count is not shown as it is.

    Nor where a change is held against all of the month: the odds of these alone are of another set.
    """
    whole = all(row.status == "shown" for row in changes)  # the odds are made of exact counts, and would tell of them
    return chance.words if chance and whole and _ranged(changes) and not any(map(withheld, changes)) else ""


def _ranged(changes: Sequence[Row]) -> list[Row]:
    return [row for row in changes if not row.hidden and row.value is not None and row.lower is not None]


def _of_one(row: Row, unit: str, *, many: int, chosen: bool) -> str:
    found = _luck(row)
    if found is None:
        return OF_A_RANGE
    return _of_all(row, found[1], unit) or _of_luck(row, *found, unit, many=many, chosen=chosen)


def _luck(row: Row) -> tuple[float, Counts] | None:
    """What luck can bring from the earlier count the way of a change, either way of none; not for files read twice."""
    was = earlier_round(row.note)
    if was is None or row.method != "newcombe" or row.status == "rounded" or not was[1] or not row.denominator:
        return None
    moved = row.value or 0
    ways = (True, False) if points(moved) == points(0) else (moved > 0,)
    return max(luck_alone(was[:2], row.denominator, rise=way) for way in ways), was[:2]


def foremost(changes: Sequence[Row], aim: str = "") -> Row:
    """The change that headline, note and chart of a page speak of.

    What is worse comes before what is better, then what stands out though not among all, then the standard that was
    the `aim` of the work, then the largest.
    """

    def weight(row: Row) -> tuple[bool | float, ...]:
        named = (row.verdict == WORSE, row.verdict == BETTER, withheld(row))
        return (*named, row.standard_id == aim and bool(aim), abs(row.value or 0))

    return max(changes, key=weight)


def _of_luck(row: Row, luck: float, was: Counts, unit: str, *, many: int, chosen: bool) -> str:
    moved = row.value or 0
    way = "difference" if points(moved) == points(0) else "rise" if moved > 0 else "fall"
    beyond = abs(moved) > luck + _DUST
    rounds = f"wo rounds of {was[1]:,} and {row.denominator:,} {plural(unit)}"
    said = f"{rounds} can differ by {points(luck)} by luck alone; this {way} is {points(moved)}"
    said += _although(row, chosen) if beyond else ""
    on = f" on {row.standard_id}" if many > 1 else ""
    if beyond and row.verdict == CANNOT_TELL:
        return f"Why can we not tell of the {way}{on}? T{said}."
    if many == 1:
        return f"T{said}."
    answer = "Yes" if not beyond else "Perhaps" if withheld(row) else "Hardly"
    return f"Could the {way}{on} be luck? {answer}: t{said}."


def _of_all(row: Row, was: Counts, unit: str) -> str:
    """Of a change that does not stand among all compared: both counts, its size, what is left and what luck brings."""
    if row.lower_limit is None or row.upper_limit is None:
        return ""
    moved, (_, _, when) = row.value or 0, earlier_round(row.note) or (0, 0, "")
    rounds = f"{count_of(*was)} {plural(unit)} in {when} to {count_of(row.numerator or 0, row.denominator or 0)}"
    size = f"{points(abs(moved))} {'more' if moved > 0 else 'less'}"
    size += f", or {points(abs(row.lower_limit))} {_against(row.missing)}" if row.missing else ""
    luck = LUCK.replace("as much", points(abs(row.upper_limit)))
    so = f". {WARNED}" if row.verdict == WORSE else ", so we cannot tell."
    return f"{row.standard_id or 'It'} went from {rounds}: {size}; {luck}{so}"


def _although(row: Row, chosen: bool) -> str:
    """Why a change that is larger than luck would bring is not called one, or not yet for sure."""
    if withheld(row):
        return f", but {LUCK}"
    if row.verdict != CANNOT_TELL:
        return ""
    if row.would_turn is not None:
        return (
            f", but {number_word(row.would_turn)} of the {number_word(row.missing or 0)} missing answers could undo it"
        )
    return ", but a weak area that is looked at again rises by itself" if chosen else ""


def _against(missing: int) -> str:
    """The worst that the missing answers could say of a change."""
    all_of_them = {1: "the one", 2: "both"}.get(missing, f"all {number_word(missing)}")
    return f"if {all_of_them} missing {plural('answer', missing)} went against it"


def of_the_lowest(changes: Sequence[Row], *, chosen: bool) -> str:
    """That what was lowest has risen, and that nothing is taken off for it.

    Nothing of an area `chosen` for its result, of which the rebound is told, nor where a count is not shown.
    """
    was = {row.standard_id: earlier_round(row.note) for row in changes if row.verdict != NOT_COMPARABLE}
    if chosen or any(row.status != "shown" or row.direction == LOWER for row in changes) or not all(was.values()):
        return ""
    shares = {code: told[0] / told[1] for code, told in was.items() if told and told[1]}
    lowest = [code for code, share in shares.items() if share == min(shares.values())]
    row = next((row for row in _ranged(changes) if [row.standard_id] == lowest), None)
    if row is None or len(shares) < 2 or (row.value or 0) < _A_POINT:
        return ""
    _, _, when = was[row.standard_id] or (0, 0, "")
    lowest_of = f"the lowest of this audit's {number_word(len(shares))} standards in {when}"
    return f"{row.standard_id} was {lowest_of}: {OFTEN}. {NOT_OFF}"


def _by_itself(row: Row) -> str:
    """How much of a rise having picked the area brings, where it can be worked out."""
    if row.centre is None:
        return f"{CHOSEN} {OFTEN}, so some of any rise would have come by itself."
    if points(row.centre) == points(0):
        return f"{CHOSEN} even so, on {row.standard_id} no change would be expected by itself."
    way = "rise" if row.centre > 0 else "fall"
    return f"{CHOSEN} {OFTEN}. By itself {row.standard_id} would {way} by about {points(row.centre)}."
