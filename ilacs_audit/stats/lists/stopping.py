"""When reading may stop: the counts at which the evidence decides, and how many files that takes."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.stats import hypergeom

from ilacs_audit.stats.counts import sample, whole
from ilacs_audit.stats.lists.sequential import DECISIVE, sequence_evidence
from ilacs_audit.stats.target import DecisiveCounts, Matrix, Target, decided, needed


class FilesNeeded(NamedTuple):
    """Files read until it is known: on average, in nine of ten readings, and by a size fixed beforehand."""

    mean: float
    most: int
    fixed: int


@lru_cache(maxsize=64)
def stopping_counts(population: int, target: Target) -> tuple[DecisiveCounts, ...]:
    """After each file, from none to the whole list, the counts at which the evidence decides.

    Source: :func:`~ilacs_audit.stats.lists.sequential.sequence_evidence`, which rises with every met file.

    >>> stopping_counts(110, 0.8)[31]
    DecisiveCounts(met=30, not_met=18)
    """
    listed, found = whole(population, "population"), []
    least, missed = 0, 0  # how many met, and how many not met, decide: each grows with the files by one at most
    for read in range(listed + 1):
        while least <= read and sequence_evidence(least, read, listed, target=target).met < DECISIVE:
            least += 1
        while missed <= read and sequence_evidence(read - missed, read, listed, target=target).not_met < DECISIVE:
            missed += 1
        found.append(DecisiveCounts(least if least <= read else None, read - missed if missed <= read else None))
    return tuple(found)


def files_needed(children: int, population: int, *, target: Target, least: int = 0, power: float = 0.9) -> FilesNeeded:
    """How many files of a list, read in a random order, it takes to know, if so many children meet it.

    Exact, over all reading orders; no fewer than `least` are read. The fixed size is the smallest that gives the right
    verdict this often. Not a promise for one reading. Source: enumeration.

    >>> files_needed(99, 110, target=0.8)
    FilesNeeded(mean=51.4..., most=74, fixed=61)
    """
    _, met, listed = sample(0, children, population)
    stops = _stops(met, listed, target)
    read = np.maximum(np.arange(listed + 1), min(least, listed))
    most = int(read[np.argmax(stops.cumsum() >= power - 1e-9)])
    return FilesNeeded(float(stops @ read), most, _fixed(met, listed, target, power))


def _stops(met: int, listed: int, target: Target) -> Matrix:
    """Chance that the evidence decides at each file, the first time."""
    counts = np.arange(listed + 1)
    waiting, stops = np.eye(1, listed + 1).ravel(), np.zeros(listed + 1)
    for read, decisive in enumerate(stopping_counts(listed, target)):
        if read:
            meets = waiting * np.clip((met - counts) / (listed - read + 1), 0, 1)
            waiting = waiting - meets + np.append(0.0, meets[:-1])
        done = np.zeros(listed + 1, dtype=bool)
        if decisive.met is not None:
            done |= counts >= decisive.met
        if decisive.not_met is not None:
            done |= counts <= decisive.not_met
        stops[read], waiting = waiting[done].sum(), np.where(done, 0.0, waiting)
    return stops


def _fixed(met: int, listed: int, target: Target, power: float) -> int:
    right = 0 if met >= needed(target, listed) else 1
    for read in range(1, listed):
        seen = np.arange(read + 1)
        called = decided(seen, np.full_like(seen, read), target, population=listed)[right]
        if hypergeom.pmf(seen, listed, met, read)[called].sum() >= power:
            return read
    return listed
