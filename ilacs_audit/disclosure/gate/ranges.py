"""The range beside rounded counts: it holds the true one, keeps to its verdict's side, and tells nothing more.

Worked out of the rounded counts a range misses the truth; worked out of the true ones it gives them back. So it is
made of all counts that round to the ones shown, of lists that round to the one shown, and of every number of
missing answers up to the next multiple: the lowest limit and the highest of them, in whole points, cut where the
verdict already says on which side of the target it lies. Rows that show the same counts show the same range.
"""

from __future__ import annotations

from math import ceil, floor, isclose
from typing import NamedTuple

from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.measures import Row
from ilacs_audit.stats.intervals import upper_limit
from ilacs_audit.stats.missing import limits_with_missing

_SIDES = {("met", False): (1, 0), ("not met", False): (0, -1), ("met", True): (0, 0), ("not met", True): (1, 1)}
_CLOSE = 1e-9  # so that 0.29 is 29 points and not 29.000000000000004


class Counts(NamedTuple):
    """How many met of how many read, of a list of `size` or none, with so many answers missing."""

    met: int
    read: int
    missing: int
    size: int | None


def nearest(count: int | None, base: int) -> int | None:
    """A count rounded to the nearest multiple of an odd base; 0 stays a true zero (rule H3).

    >>> [nearest(count, 5) for count in (0, 6, 7, 8, 12, 13)]
    [0, 5, 5, 10, 10, 15]
    """
    return None if count is None else (count + base // 2) // base * base


def public_range(row: Row, about: Audience) -> tuple[float | None, float | None]:
    """Both ends of what may be printed of a row's range, as shares in whole points; none where it has none."""
    if row.lower is None or row.upper is None or row.method not in ("wilson", "hypergeometric") or not row.denominator:
        return None, None
    pairs = [_corners(row, about, size) for size in _sizes(row, about)]
    printed = public_value(row._replace(verdict=""), about.rounded_to)
    held = [] if printed is None else [printed]
    lower = min([*held, *(_limits(row, worst)[0] for worst, _ in pairs)])
    upper = max([*held, *(_limits(row, best)[1] for _, best in pairs)])
    return _on_its_side(row, floor(lower * 100 + _CLOSE), ceil(upper * 100 - _CLOSE))


def public_value(row: Row, base: int) -> float | None:
    """The share of the rounded counts; none of a row whose value is no share, or against its own verdict."""
    met, read = nearest(row.numerator, base), nearest(row.denominator, base)
    if row.value is None or not read or met is None or not isclose(row.value, _share(row)):
        return None
    low, high = _on_its_side(row, 0, 100)
    return met / read if low <= met / read <= high else None


def _share(row: Row) -> float:
    assert row.numerator is not None and row.denominator
    return row.numerator / row.denominator


def _sizes(row: Row, about: Audience) -> list[int | None]:
    """Every length that the list may have."""
    around = nearest(row.population, about.rounded_to) if row.method == "hypergeometric" else None
    slack = about.rounded_to // 2
    return [None] if not around else list(range(max(1, around - slack), around + slack + 1))


def _corners(row: Row, about: Audience, size: int | None) -> tuple[Counts, Counts]:
    """The counts behind the rounded ones that give the lowest limit and the highest: none, all, or enough of each."""
    slack, least = about.rounded_to // 2, about.smallest_count
    met, read = nearest(row.numerator, about.rounded_to) or 0, nearest(row.denominator, about.rounded_to) or 0
    if row.numerator == 0:
        worst, best = (0, read + slack), (0, max(read - slack, least))
    elif row.numerator == row.denominator:
        worst, best = (max(read - slack, least),) * 2, (read + slack,) * 2
    else:
        most = min(met + slack, read + slack - least)
        worst, best = (max(met - slack, least), read + slack), (most, max(read - slack, most + least))
    gone = -(-(row.missing or 0) // about.rounded_to) * about.rounded_to
    return _within(*worst, gone, size), _within(*best, gone, size)


def _within(met: int, read: int, missing: int, size: int | None) -> Counts:
    if size is None:
        return Counts(met, read, missing, None)
    read = min(read, size)
    return Counts(min(met, read), read, min(missing, size - read), size)


def _limits(row: Row, of: Counts) -> tuple[float, float]:
    """The limits of the row's own method; where no critical failure was found, what none found still allows."""
    level = row.confidence or 0.95
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
