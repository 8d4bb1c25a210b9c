"""Intervals: how far a sample of files may be from the whole.

A share read off a few files is never the answer on its own. The functions here say which answers the files
still allow: for practice in general (Wilson), for the children on one list (exact hypergeometric), for a list
on which no failure was found, and for the change between two rounds.

Limits are two-sided 95% unless said otherwise. Nothing read gives ``None``: it cannot be calculated.
No function can know whether the files were drawn at random. If they were not, print no interval.
"""

from collections.abc import Callable
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import beta, hypergeom
from statsmodels.stats.proportion import proportion_confint

from ilacs_audit.stats.counts import CountArray, between, sample, share, tail, whole


class Interval(NamedTuple):
    """A lower and an upper limit, both included: proportions, or whole children where the function says so."""

    lower: float
    upper: float


def wilson_interval(successes: int, trials: int, *, confidence: float = 0.95) -> Interval | None:
    """Limits for a share in practice generally, or in the months to come.

    Wilson's score interval: every true share that a score test would not reject. Proportions, 0 to 1.
    Not for the children on a known list: use :func:`hypergeometric_interval`.
    Source: Newcombe 1998, Stat Med 17:857, Table I (15 of 148: 0.0624 to 0.1605).

    >>> [round(limit, 4) for limit in wilson_interval(15, 148)]
    [0.0624, 0.1605]
    """
    met, read = share(successes, trials)
    alpha = 1 - between(confidence, "confidence")
    return None if read == 0 else _wilson(met, read, alpha)


def clopper_pearson_interval(successes: int, trials: int, *, confidence: float = 0.95) -> Interval | None:
    """Limits for a share that never cover less than promised, and are wider than Wilson's for it.

    Both binomial tails at half of 1 - confidence. Proportions, 0 to 1. Not for a headline: use Wilson.
    Source: Newcombe 1998, Stat Med 17:857, Table I (15 of 148: 0.0578 to 0.1617).

    >>> [round(limit, 4) for limit in clopper_pearson_interval(15, 148)]
    [0.0578, 0.1617]
    """
    met, read = share(successes, trials)
    alpha = 1 - between(confidence, "confidence")
    if read == 0:
        return None
    lower, upper = proportion_confint(met, read, alpha=alpha, method="beta")
    return Interval(float(lower), float(upper))


def _wilson(met: int, read: int, alpha: float) -> Interval:
    """The formula itself: asked of a library it costs thirty times as much, and a page asks for hundreds."""
    z, seen = -float(ndtri(alpha / 2)), met / read
    spread = 1 + z * z / read
    centre = (seen + z * z / (2 * read)) / spread
    half = z * sqrt(seen * (1 - seen) / read + z * z / (4 * read**2)) / spread
    # Rounding leaves the limit one step short of 0 or 1 where no file or every file met the standard.
    return Interval(0.0 if met == 0 else centre - half, 1.0 if met == read else centre + half)


def drawn_so(most: int, drawn: int, meeting: int, listed: int) -> float:
    """The chance that a random draw from a list holds this many that meet something, or fewer.

    As HYPGEOM.DIST(most, drawn, meeting, listed, TRUE) of a spreadsheet.

    >>> round(drawn_so(12, 17, 77, 88), 3)
    0.033
    """
    return float(hypergeom.cdf(most, listed, meeting, drawn))


def hypergeometric_interval(
    successes: int, trials: int, population: int, *, confidence: float = 0.95
) -> Interval | None:
    """Limits, in whole children, for how many on a known list meet the standard.

    Every number of children for which neither tail of the exact hypergeometric distribution is as small as half
    of 1 - confidence. The lower limit at 90% is the one-sided 95% limit. When the whole list was read both limits
    are the count. Not for a hand-picked sample, nor for practice in general. Source: enumeration; docs/methods.md 5.2
    (24 of 30 read, 110 on the list: between 71 and 99 children).

    >>> hypergeometric_interval(24, 30, 110)
    Interval(lower=71, upper=99)
    """
    met, read, listed = sample(successes, trials, population)
    level = tail(confidence)
    if read == 0:
        return None

    def many(children: CountArray) -> NDArray[np.bool_]:
        """Whether so many met files are still plausible, if so many children met the standard."""
        return np.asarray(hypergeom.sf(met - 1, listed, children, read) > level)

    def too_few(children: CountArray) -> NDArray[np.bool_]:
        """Whether so few met files are no longer plausible, if so many children met the standard."""
        return np.asarray(hypergeom.cdf(met, listed, children, read) <= level)

    lowest, highest = met, listed - read + met
    lower, upper = _first(many, lowest, highest), _first(too_few, lowest, highest) - 1
    return Interval(min(lower, upper), max(lower, upper))


def _first(holds: Callable[[CountArray], NDArray[np.bool_]], low: int, high: int) -> int:
    """Smallest number from low to high for which a one-way condition holds, or high + 1; tried in batches."""
    while low <= high:
        tried = np.unique(np.linspace(low, high, 128).astype(np.int64))
        found = holds(tried)
        if not found.any():
            return high + 1
        first = int(found.argmax())
        if first == 0:
            return int(tried[0])
        low, high = int(tried[first - 1]) + 1, int(tried[first])
        if low == high:
            return high
    return low


def wilson_fpc_interval(
    successes: int, trials: int, population: int, *, confidence: float = 0.95, clip: bool = True
) -> Interval | None:
    """Limits, as proportions, for drawing the share of a known list. Never for a verdict.

    Wilson's interval with n replaced by n(N-1)/(N-n), cut to what is still possible once n files are known;
    ``clip=False`` leaves it uncut. Its coverage can fall to 80%, so verdicts use
    :func:`hypergeometric_interval`. Source: O'Neill 2021, arXiv 2109.12464.

    >>> [round(limit, 4) for limit in wilson_fpc_interval(24, 30, 110)]
    [0.6542, 0.8943]
    """
    met, read, listed = sample(successes, trials, population)
    alpha = 1 - between(confidence, "confidence")
    if read == 0:
        return None
    if read == listed:
        return Interval(met / read, met / read)
    effective = read * (listed - 1) / (listed - read)
    raw = proportion_confint(met / read * effective, effective, alpha=alpha, method="wilson")
    lowest, highest = (met / listed, (listed - read + met) / listed) if clip else (0.0, 1.0)
    return Interval(max(float(raw[0]), lowest), min(float(raw[1]), highest))


def upper_limit(failures: int, trials: int, *, population: int | None = None, confidence: float = 0.95) -> float | None:
    """The most failures that the files read still allow, one-sided: "0 of 20, so no more than ...".

    Without a list: a proportion, the binomial limit. With ``population``: whole children, the largest number
    whose hypergeometric lower tail is above 1 - confidence. Not a two-sided limit: say which is printed.
    Source: AICPA 2017, Audit Guide: Audit Sampling, Table A-3 (0 of 20: 14.0% rounded up).

    >>> round(upper_limit(0, 20), 3)
    0.139
    >>> upper_limit(0, 20, population=110)
    13
    """
    if population is not None:
        two_sided = hypergeometric_interval(failures, trials, population, confidence=2 * confidence - 1)
        return None if two_sided is None else two_sided.upper
    failed, read = share(failures, trials)
    level = between(confidence, "confidence")
    if read == 0:
        return None
    return 1.0 if failed == read else float(beta.ppf(level, failed + 1, read - failed))


def newcombe_difference(x1: int, n1: int, x2: int, n2: int, *, confidence: float = 0.95) -> Interval | None:
    """Limits for the change between two rounds of different files: second minus first.

    Newcombe's square-and-add of the two Wilson intervals (method 10). Proportions, -1 to 1.
    Not when the same files were read again: use :func:`paired_difference`.
    Source: Newcombe 1998, Stat Med 17:873, Table II (48 of 80, then 56 of 70: 0.0524 to 0.3339).

    >>> [round(limit, 4) for limit in newcombe_difference(48, 80, 56, 70)]
    [0.0524, 0.3339]
    """
    (met_first, read_first), (met_second, read_second) = share(x1, n1), share(x2, n2)
    alpha = 1 - between(confidence, "confidence")
    if read_first == 0 or read_second == 0:
        return None
    first, second = _wilson(met_first, read_first, alpha), _wilson(met_second, read_second, alpha)
    before, after = met_first / read_first, met_second / read_second
    return _square_and_add(after - before, (before, first), (after, second), 0.0)


def paired_difference(
    both: int, first_only: int, second_only: int, neither: int, *, confidence: float = 0.95
) -> Interval | None:
    """Limits for the change when the same files were read twice: second minus first.

    Newcombe's square-and-add with a correlation between the two readings; half of n is taken off the cross
    product only when that is positive. Proportions, -1 to 1. Not for different files: use
    :func:`newcombe_difference`. Source: Newcombe 1998, Stat Med 17:2635; docs/methods.md 7.3
    (20, 0, 6, 4: 0.0393 to 0.3597).

    >>> [round(limit, 4) for limit in paired_difference(20, 0, 6, 4)]
    [0.0393, 0.3597]
    """
    cells = [whole(cell, "each count") for cell in (both, first_only, second_only, neither)]
    files = sum(cells)
    first = wilson_interval(cells[0] + cells[1], files, confidence=confidence)
    second = wilson_interval(cells[0] + cells[2], files, confidence=confidence)
    if first is None or second is None:
        return None
    before, after = (cells[0] + cells[1]) / files, (cells[0] + cells[2]) / files
    return _square_and_add((cells[2] - cells[1]) / files, (before, first), (after, second), _correlation(*cells))


def _correlation(both: int, first_only: int, second_only: int, neither: int) -> float:
    margins = (both + first_only) * (second_only + neither) * (both + second_only) * (first_only + neither)
    if margins == 0:
        return 0.0
    cross = float(both * neither - first_only * second_only)
    if cross > 0:
        cross = max(cross - (both + first_only + second_only + neither) / 2, 0.0)
    return cross / sqrt(margins)


def _square_and_add(
    change: float, first: tuple[float, Interval], second: tuple[float, Interval], link: float
) -> Interval:
    """Newcombe's limits of a change, from the share and the Wilson limits of each round."""
    (before, was), (after, now) = first, second

    def distance(one: float, other: float) -> float:
        # Rounding can leave a tiny negative sum where the two distances cancel exactly.
        return sqrt(max(one**2 - 2 * link * one * other + other**2, 0.0))

    lower = change - distance(after - now.lower, was.upper - before)
    upper = change + distance(now.upper - after, before - was.lower)
    return Interval(max(lower, -1.0), min(upper, 1.0))
