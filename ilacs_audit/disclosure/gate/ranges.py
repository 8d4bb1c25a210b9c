"""The range beside rounded counts: it holds the true one, keeps to its verdict's side, and tells nothing more.

Worked out of the rounded counts a range misses the truth; worked out of the true ones it gives them back. So it is
made of all counts that round to the ones shown, of lists that round to the one shown, and of every number of
missing answers up to the next multiple: the lowest limit and the highest of them, in whole points, cut where the
verdict already says on which side of the target, or of no change, it lies. Rows that show the same counts show the
same range. A change is made of both rounds so, and has no range where its earlier round was hidden.
"""

from itertools import product
from math import ceil, floor, isclose
from typing import NamedTuple

from ilacs_audit.disclosure.rules import nearest
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.measures import Row, earlier_round
from ilacs_audit.stats.intervals import upper_limit
from ilacs_audit.stats.lists.sequential import sequence_limits
from ilacs_audit.stats.missing import change_with_missing, limits_with_missing

_SIDES = {("met", False): (1, 0), ("not met", False): (0, -1), ("met", True): (0, 0), ("not met", True): (1, 1)}
_TURNS = {"better": 1, "worse": -1}
_CLOSE = 1e-9  # so that 0.29 is 29 points and not 29.000000000000004


class Counts(NamedTuple):
    """How many met of how many read, of a list of `size` or none, with so many answers missing."""

    met: int
    read: int
    missing: int
    size: int | None


def public_range(row: Row, about: Audience) -> tuple[float | None, float | None]:
    """Both ends of what may be printed of a row's range, as shares in whole points; none where it has none."""
    if row.lower is None or row.upper is None or not row.denominator:
        return None, None
    if row.method == "newcombe":
        return _public_change(row, _earlier(row, about), about)
    if row.method == "sequence" and row.note:  # files are missing in the order, so not all that were read count
        return None, None
    if row.method not in ("wilson", "hypergeometric", "stratified", "sequence", "intervals"):
        return None, None
    pairs = [_corners(row, about, size) for size in _sizes(row, about)]
    printed = public_value(row._replace(verdict=""), about)
    held = [] if printed is None else [printed]
    lower = min([*held, *(_limits(row, worst)[0] for worst, _ in pairs)])
    upper = max([*held, *(_limits(row, best)[1] for _, best in pairs)])
    return _on_its_side(row, floor(lower * 100 + _CLOSE), ceil(upper * 100 - _CLOSE))


def public_value(row: Row, about: Audience) -> float | None:
    """The share, or the change, of the rounded counts; none of another value, or against its own verdict."""
    (met, read), was = _nearest(row, about), _earlier(row, about)
    if row.value is None or not read:
        return None
    if was is not None and _nearest(was, about)[1]:
        before, of = _nearest(was, about)
        moved = (met / read - before / of) * (-1 if row.direction == "lower" else 1)
        return None if moved * _TURNS.get(row.verdict, 0) < 0 or (moved == 0 and row.verdict in _TURNS) else moved
    low, high = _on_its_side(row, 0, 100)
    assert row.numerator is not None and row.denominator
    return met / read if isclose(row.value, row.numerator / row.denominator) and low <= met / read <= high else None


def _nearest(row: Row, about: Audience) -> tuple[int, int]:
    return nearest(row.numerator, about.rounded_to) or 0, nearest(row.denominator, about.rounded_to) or 0


def _earlier(row: Row, about: Audience) -> Row | None:
    """The earlier round of a change, where its counts may be known; a change too small to matter has no wider range."""
    told = earlier_round(row.note) if row.method == "newcombe" and row.verdict != "no worthwhile change" else None
    met, read, _ = told or (0, 0, "")
    small = any(0 < each < about.smallest_count for each in (met, read, read - met))
    return None if small or not read else row._replace(numerator=met, denominator=read, missing=0)


def _public_change(row: Row, was: Row | None, about: Audience) -> tuple[float | None, float | None]:
    """The range of a change in whole points: of all counts of both rounds that round to what each round shows."""
    if was is None:
        return None, None
    rounds = [_around(each, about) for each in (was, row._replace(missing=0))]
    gone = _multiple(row.missing, about)
    splits = [(part, gone - part) for part in range(gone + 1)]
    found = [change_with_missing(*each, missing=split) for each in product(*rounds) for split in splits]
    low, high = min(each.lower for each in found if each), max(each.upper for each in found if each)
    low, high = (-high, -low) if row.direction == "lower" else (low, high)
    lower, upper = floor(low * 100 + _CLOSE), ceil(high * 100 - _CLOSE)
    above, below = row.verdict == "better", row.verdict == "worse"
    return (max(lower, 1) if above else lower) / 100, (min(upper, -1) if below else upper) / 100


def _around(row: Row, about: Audience) -> set[tuple[int, int]]:
    """Met and read of every count that rounds to the one shown; the outermost are enough."""
    (met, read, _, _), (most, of, _, _) = _corners(row, about, None)
    return {(min(each, over), over) for each in (met, most) for over in (read, of)}


def _sizes(row: Row, about: Audience) -> list[int | None]:
    """Every length that the list may have."""
    around = nearest(row.population, about.rounded_to) if row.method in ("hypergeometric", "sequence") else None
    slack = about.rounded_to // 2
    return [None] if not around else list(range(max(1, around - slack), around + slack + 1))


def _corners(row: Row, about: Audience, size: int | None) -> tuple[Counts, Counts]:
    """The counts behind the rounded ones that give the lowest limit and the highest: none, all, or enough of each."""
    (met, read), slack, least = _nearest(row, about), about.rounded_to // 2, about.smallest_count
    if row.numerator == 0:
        worst, best = (0, read + slack), (0, max(read - slack, least))
    elif row.numerator == row.denominator:
        worst, best = (max(read - slack, least),) * 2, (read + slack,) * 2
    else:
        most = min(met + slack, read + slack - least)
        worst, best = (max(met - slack, least), read + slack), (most, max(read - slack, most + least))
    gone = _multiple(row.missing, about)
    return _within(*worst, gone, size), _within(*best, gone, size)


def _multiple(missing: int | None, about: Audience) -> int:
    return -(-(missing or 0) // about.rounded_to) * about.rounded_to


def _within(met: int, read: int, missing: int, size: int | None) -> Counts:
    if size is None:
        return Counts(met, read, missing, None)
    read = min(read, size)
    return Counts(min(met, read), read, min(missing, size - read), size)


def _limits(row: Row, of: Counts) -> tuple[float, float]:
    """The limits of the row's own method; where no critical failure was found, what none found still allows."""
    level = row.confidence or 0.95
    if row.method == "sequence" and of.size:
        ends = sequence_limits(of.met, of.read, of.size, confidence=level)
        return ends.lower / of.size, ends.upper / of.size
    if row.measure != "critical_failure":
        return limits_with_missing(of.met, of.read, missing=of.missing, size=of.size, confidence=level)
    most = upper_limit(of.missing, of.read + of.missing, population=of.size, confidence=level)
    assert most is not None
    return 0.0, most / of.size if of.size else most


def _on_its_side(row: Row, lower: int, upper: int) -> tuple[float, float]:
    """Points as shares, cut at the whole point before the target that the verdict leaves out."""
    lower_is_better = row.direction == "lower"
    if row.target is not None and (row.verdict, lower_is_better) in _SIDES:
        above, step = _SIDES[row.verdict, lower_is_better]
        points = round(row.target * 100, 6)
        edge = (floor(points) if lower_is_better else ceil(points)) + step
        lower, upper = (max(lower, edge), upper) if above else (lower, min(upper, edge))
    return lower / 100, upper / 100
