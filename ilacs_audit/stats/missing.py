"""What answers that never came could do to a range, and what has not ended yet to a time.

Both ends of a range are worked out, and the range holds both.

Seven missing answers could all be good or all be bad. A range that leaves them out says more than anybody knows.
Each limit moves one way only with every answer that is filled in, whether it meets the standard, does not, or does
not apply; so the two ends hold every way in which the missing ones could be filled (methods, 11.7).
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.stats import binom
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from ilacs_audit.stats.intervals import (
    Interval,
    hypergeometric_interval,
    newcombe_difference,
    paired_difference,
    wilson_interval,
)
from ilacs_audit.stats.lists.stratified import proportional_interval


def unseen_limit(found: int, *, chance: float, confidence: float = 0.99) -> int:
    """The most that may be there unseen beside those found, where each is missed with this chance.

    >>> unseen_limit(10, chance=0.1), unseen_limit(10, chance=0.0)
    (4, 0)
    """
    return int(binom.ppf(confidence, math.ceil(found / (1 - chance)), chance))


def limits_with_missing(
    met: int,
    read: int,
    *,
    missing: int,
    size: int | None = None,
    strata: Sequence[tuple[int, int]] = (),
    confidence: float = 0.95,
) -> Interval:
    """The lower limit with every missing answer failed and the upper one with every one met, as shares.

    `size` is the length of the list where it is known and all of it is meant, and `strata` how many of how many were
    drawn in each group of it, with the missing ones, where it was drawn by them in proportion. Worked: 64 drawn of 110,
    57 returned, 40 met gives 60 to 88 children; without the missing seven it would be 67 to 86.

    >>> [round(110 * limit) for limit in limits_with_missing(40, 57, missing=7, size=110)]
    [60, 88]
    """
    listed = tuple(strata) or size
    worst = _limits(met, read + missing, listed, confidence)
    best = worst if not missing else _limits(met + missing, read + missing, listed, confidence)
    return Interval(worst.lower, best.upper)


def change_with_missing(was: tuple[int, int], now: tuple[int, int], *, missing: tuple[int, int]) -> Interval | None:
    """The widest change that missing answers allow, from met and read of each round.

    The worst of the later round stands against the best of the earlier one, and the other way round.

    >>> [round(limit, 2) for limit in change_with_missing((20, 30), (24, 30), missing=(0, 4))]
    [-0.18, 0.36]
    """
    (met_was, read_was), (met_now, read_now) = was, now
    gone_was, gone_now = missing
    all_was, all_now = read_was + gone_was, read_now + gone_now
    least = newcombe_difference(met_was + gone_was, all_was, met_now, all_now)
    most = newcombe_difference(met_was, all_was, met_now + gone_now, all_now)
    return None if least is None or most is None else Interval(least.lower, most.upper)


def paired_with_missing(cells: tuple[int, int, int, int], *, missing: int) -> Interval | None:
    """The widest change in files that were to be read twice, `missing` of which lack a reading.

    >>> [round(limit, 2) for limit in paired_with_missing((18, 1, 9, 2), missing=2)]
    [-0.03, 0.49]
    """
    both, first_only, second_only, neither = cells
    least = paired_difference(both, first_only + missing, second_only, neither)
    most = paired_difference(both, first_only, second_only + missing, neither)
    return None if least is None or most is None else Interval(least.lower, most.upper)


@lru_cache(maxsize=1024)
def _limits(met: int, read: int, size: int | tuple[tuple[int, int], ...] | None, confidence: float) -> Interval:
    if isinstance(size, tuple):
        children, size = proportional_interval(met, size, confidence=confidence), sum(listed for _, listed in size)
        return Interval(children.lower / size, children.upper / size)
    if size is None:
        share = wilson_interval(met, read, confidence=confidence)
        assert share is not None
        return share
    found = hypergeometric_interval(met, read, size, confidence=confidence)
    assert found is not None
    return Interval(found.lower / size, found.upper / size)


class Waited(NamedTuple):
    """The time by which half had ended, and its range; None where that was not reached."""

    median: float | None
    lower: float | None
    upper: float | None


def median_wait(waits: Sequence[float], ended: Sequence[bool], *, confidence: float = 0.95) -> Waited:
    """The first time at which fewer than half were still waiting, with what has not ended counted as waiting.

    What is still open has waited at least so long: left out, or taken for ended, it makes every delay look shorter.
    `waits` are the times watched, and `ended` says of each whether it ended then. Method: Kaplan and Meier (1958), with
    the interval of Brookmeyer and Crowley on the complementary log-log scale, by statsmodels.

    >>> median_wait([1, 2, 3, 4, 5], [True, True, True, True, False]).median
    3.0
    """
    if not any(ended):
        return Waited(None, None, None)
    curve = SurvfuncRight(list(waits), [int(each) for each in ended])
    with np.errstate(divide="ignore", invalid="ignore"):  # the scale has no number where none is left, or all are
        ends = curve.quantile_ci(0.5, alpha=1 - confidence, method="cloglog")
    return Waited(*(_known(float(each)) for each in (curve.quantile(0.5), *ends)))


def ended_by(waits: Sequence[float], ends: Sequence[int], *, day: float) -> tuple[float, ...]:
    """The share that has ended in each way by a time, with what has not ended counted as waiting.

    `ends` has 0 where it has not ended, else the number of its end from 1 on; the ends compete, so that what ended one
    way can no longer end another. Taken each for itself, as if the others were only still open, they would add up to
    more than there are. Method: Aalen and Johansen (1978), by statsmodels.

    >>> [round(share, 2) for share in ended_by([5, 5, 10, 12, 20, 20], [1, 2, 0, 1, 0, 2], day=12)]
    [0.39, 0.17]
    """
    if not any(ends):
        return ()
    with np.errstate(divide="ignore", invalid="ignore"):  # its standard errors have no number where none is left
        curves = CumIncidenceRight(np.asarray(waits, dtype=float), np.asarray(ends, dtype=int))
    reached = int((np.asarray(curves.times) <= day).sum())
    return tuple(float(each[reached - 1]) if reached else 0.0 for each in curves.cinc)


def _known(time: float) -> float | None:
    return time if math.isfinite(time) else None
