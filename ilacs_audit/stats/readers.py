"""Several readers of the same short extracts: shares whose answers hang together, and questions that split people.

Answers on one extract are no independent tries, so the interval of a share is worked out from extract to extract.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from math import factorial, prod, sqrt
from typing import NamedTuple

import numpy as np
from scipy.stats import t

from ilacs_audit.stats.counts import between
from ilacs_audit.stats.intervals import Interval, wilson_interval

FEWEST_TO_SPLIT = 5
_DUST = 1e-9  # what rounding leaves of an error that is none


class Clustered(NamedTuple):
    """A share or a mean difference over clusters, and its interval; None where it cannot be calculated."""

    value: float
    interval: Interval | None


def clustered_share(hits: Sequence[int], sizes: Sequence[int], *, confidence: float = 0.95) -> Clustered | None:
    """The share of `hits` of all, where each pair of counts is of one cluster.

    A ratio with Student's t over clusters (Cochran 1977, Sampling Techniques, 3rd ed., 6.3), and never narrower than
    Wilson's interval of as many independent answers; of clusters that are all alike, Wilson's of as many clusters.
    None where nothing was counted; no interval of a single cluster.

    >>> found = clustered_share([3, 2, 1, 3], [3, 3, 3, 3])
    >>> round(found.value, 2), [round(each, 2) for each in found.interval]
    (0.75, [0.24, 1.0])
    """
    found = _ratio(hits, sizes, confidence)
    ends = found.interval if found else None
    if found is None or ends is None:
        return found
    total, clusters = sum(sizes), sum(size > 0 for size in sizes)
    alike = ends.lower == ends.upper
    plain = wilson_interval(round(found.value * clusters) if alike else sum(hits), clusters if alike else total) or ends
    lower, upper = min(plain.lower, ends.lower), max(plain.upper, ends.upper)
    return Clustered(found.value, Interval(max(lower, 0.0), min(upper, 1.0)))


def clustered_difference(changes: Sequence[int], sizes: Sequence[int], *, confidence: float = 0.95) -> Clustered | None:
    """The mean change for each answer, with Student's t over readers; no interval where all changed alike.

    >>> clustered_difference([0, 0, 0], [9, 9, 9])
    Clustered(value=0.0, interval=None)
    """
    found = _ratio(changes, sizes, confidence)
    ends = found.interval if found else None
    return Clustered(found.value, None) if found and ends and ends.lower == ends.upper else found


def _ratio(above: Sequence[int], below: Sequence[int], confidence: float) -> Clustered | None:
    tail = (1 - between(confidence, "confidence")) / 2
    kept = [(k, n) for k, n in zip(above, below, strict=True) if n > 0]
    if not kept:
        return None
    k, n = (np.array(each, dtype=float) for each in zip(*kept, strict=True))
    value, clusters = float(k.sum() / n.sum()), len(kept)
    if clusters < 2:
        return Clustered(value, None)
    error = sqrt(clusters / (clusters - 1) * float(((k - value * n) ** 2).sum())) / float(n.sum())
    half = float(t.isf(tail, clusters - 1)) * error if error > _DUST else 0.0
    return Clustered(value, Interval(value - half, value + half))


def pairs_alike(grades: Sequence[object]) -> tuple[int, int]:
    """Of all pairs of readers of one question, how many gave the same grade, and how many pairs there are.

    >>> pairs_alike(["met", "met", "not met"])
    (1, 3)
    """
    pairs = len(grades) * (len(grades) - 1) // 2
    return sum(count * (count - 1) // 2 for count in Counter(grades).values()), pairs


def splits(counts: Sequence[int]) -> bool:
    """Whether a question splits its readers: five or more, of whom a third or more gave the second commonest grade.

    >>> splits([4, 2, 0]), splits([5, 1, 0]), splits([2, 2, 0])
    (True, False, False)
    """
    readers = sum(counts)
    return readers >= FEWEST_TO_SPLIT and 3 * sorted(counts)[-2] >= readers


def chance_of_split(shares: Sequence[float], readers: int) -> float:
    """The chance that so many readers are split, where each gives each grade with these chances (exact, multinomial).

    >>> round(chance_of_split([0.8, 0.1, 0.1], 6), 2), chance_of_split([1.0, 0.0, 0.0], 6)
    (0.22, 0.0)
    """
    every = (counts for counts in product(range(readers + 1), repeat=len(shares)) if sum(counts) == readers)
    return sum(
        factorial(readers) / prod(map(factorial, counts)) * prod(p**k for p, k in zip(shares, counts, strict=True))
        for counts in every
        if splits(counts)
    )
