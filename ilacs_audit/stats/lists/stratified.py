"""Limits for a list that was drawn from by stratum: so many files of each group of it.

A range for a simple random draw does not know that each group had its own number of files, and Wilson's does not know
that the list ends. Here every way in which the children who meet a standard may be spread over the groups is tried.
"""

from collections.abc import Sequence
from itertools import starmap
from math import gcd

import numpy as np
from numpy.typing import NDArray
from scipy.stats import hypergeom

from ilacs_audit.stats.counts import sample, share, tail
from ilacs_audit.stats.intervals import Interval

Counts = tuple[int, int, int]
Chances = NDArray[np.float64]  # a row for each number of children who meet it, a column for each value of the estimate
FINENESS = 500  # steps of the estimate over the whole list


def stratified_interval(strata: Sequence[Counts], *, confidence: float = 0.95) -> Interval | None:
    """Limits, in whole children of the whole list, where files were drawn at random within each stratum.

    ``strata`` are ``(successes, trials, population)``, one for each group of the list, also for one of which nothing
    was read; the draw may be out of proportion. A number of children is kept if there is a way to spread them over
    the strata under which neither so high nor so low an estimate (the strata's shares, weighted by their lengths in
    steps of a five-hundredth of the list) is as rare as half of 1 - confidence. With one stratum this is
    :func:`~ilacs_audit.stats.intervals.hypergeometric_interval`. Of three strata and more the worst way is bounded
    from above, stratum by stratum: never narrower than all ways tried, and at most a child wider where we tried.
    ``None`` if nothing was read. Not for files picked, nor where nobody knows each stratum's length.
    Source: Wendell and Schmee 1996, J Am Stat Assoc 91:825; enumeration (tests/stats/lists).

    >>> stratified_interval([(12, 15, 55), (12, 15, 55)])
    Interval(lower=71, upper=99)
    >>> stratified_interval([(11, 15, 200), (8, 20, 40), (3, 5, 10)])
    Interval(lower=118, upper=207)
    """
    counts = list(starmap(sample, strata))
    if not any(read for _, read, _ in counts):
        return None
    lower = _by_estimate(counts, tail(confidence))
    turned = [(read - met, read, listed) for met, read, listed in counts]
    return _ordered(lower, sum(listed for *_, listed in counts) - _by_estimate(turned, tail(confidence)))


def proportional_interval(successes: int, strata: Sequence[tuple[int, int]], *, confidence: float = 0.95) -> Interval:
    """Limits, in whole children, of a draw in proportion, by the number met alone, whichever strata they are from.

    ``strata`` are ``(trials, population)``. So the limits tell nothing of any one stratum, and no file needs to say
    which stratum it is from. Not for a draw out of proportion, for which they would be wide.
    Source: as :func:`stratified_interval`.

    >>> proportional_interval(24, [(15, 55), (15, 55)])
    Interval(lower=71, upper=99)
    """
    design = [sample(0, *each)[1:] for each in strata]
    met, read = share(successes, sum(read for read, _ in design))
    listed = sum(size for _, size in design)
    lower, fewest_not = (_of_total(count, design, tail(confidence)) for count in (met, read - met))
    return _ordered(lower, listed - fewest_not)


def _ordered(lower: int, upper: int) -> Interval:
    return Interval(min(lower, upper), max(lower, upper))


def _by_estimate(strata: Sequence[Counts], level: float) -> int:
    """Fewest children who may meet it, so that an estimate as high as the one seen is not too rare."""
    listed = sum(size for _, read, size in strata if read)
    steps = [round(FINENESS * size / read / listed) if read else 0 for _, read, size in strata]
    steps = [step // gcd(*steps) for step in steps]
    seen = sum(step * met for step, (met, _, _) in zip(steps, strata, strict=True))
    possible = (range(met, size - read + met + 1) for met, read, size in strata)
    groups = [
        _chances(each, step, read, size) for each, step, (_, read, size) in zip(possible, steps, strata, strict=True)
    ]
    return sum(met for met, _, _ in strata) + _fewest(groups, seen, level)


def _of_total(met: int, design: Sequence[tuple[int, int]], level: float) -> int:
    """Fewest children who may meet it, so that as many met files as were seen are not too rare."""
    return _fewest([_chances(range(size + 1), 1, read, size) for read, size in design], met, level)


def _fewest(groups: list[Chances], seen: int, level: float) -> int:
    """How many more than the fewest possible it takes that some way of spreading is not too rare."""
    groups = sorted(groups, key=len)
    while len(groups) > 1:
        groups = sorted([_together(*groups[:2]), *groups[2:]], key=len)
    return int(np.argmax(groups[0][:, seen] > level))


def _chances(possible: range, step: int, read: int, listed: int) -> Chances:
    """Chance of at least so high a part of the estimate, for every number of children of a stratum who may meet it.

    One met file raises the estimate by so many steps: as many children as it stands for.
    """
    files = -(-np.arange(step * read + 1) // max(step, 1))
    return np.asarray(hypergeom.sf(files - 1, listed, np.array(possible)[:, None], read))


def _together(one: Chances, other: Chances) -> Chances:
    """The greatest chance of at least so high a sum, over all ways to spread the children over two groups."""
    width = one.shape[1] + other.shape[1] - 1
    room = 1 << width.bit_length()
    here, there = (np.fft.rfft(-np.diff(each, append=0.0), room) for each in (one, other))
    greatest = np.zeros((len(one) + len(other) - 1, width))
    for row, chance in enumerate(here):
        of_sums = np.fft.irfft(chance * there, room)[:, :width]
        at_least = of_sums[:, ::-1].cumsum(axis=1)[:, ::-1]
        np.maximum(greatest[row : row + len(other)], at_least, out=greatest[row : row + len(other)])
    return greatest
