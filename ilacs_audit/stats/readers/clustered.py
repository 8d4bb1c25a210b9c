"""Shares and coefficients of answers that hang together: intervals that go from cluster to cluster.

Answers on one extract are no independent tries, so neither a share's interval nor a coefficient's may count them so.
"""

from collections.abc import Callable, Sequence
from math import exp, log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from ilacs_audit.stats.agreement import Agreement, Matrix
from ilacs_audit.stats.counts import between
from ilacs_audit.stats.intervals import Interval, wilson_interval

FEWEST_CLUSTERS = 4
RULE_OF_THREE = 3
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


def clustered_agreement(
    tables: NDArray[np.generic], statistic: Callable[[Matrix], Matrix], *, confidence: float = 0.95
) -> Agreement | None:
    """A coefficient of agreement with an interval from cluster to cluster: a jackknife of the log of 1 less it.

    `tables` holds a square table of counts for each cluster (grade by grade of two readers, or coincidences), and
    `statistic` takes several tables and gives each its coefficient. Student's t with a degree of freedom for each
    cluster but one. Where leaving out a cluster leaves no disagreement, the lower end is that of three clusters that
    disagree (rule of three, Hanley & Lippman-Hand 1983, JAMA 249:1743). None where one grade was given throughout; no
    interval of fewer than four clusters. Source: Tukey's jackknife, as in Efron 1982, The Jackknife, the Bootstrap and
    Other Resampling Plans, ch. 3; how often it holds the truth is in docs/methods.md 10.5.

    >>> from ilacs_audit.stats.agreement import agreement_weights, kappas
    >>> tables = np.array([[[2, 1], [0, 1]], [[1, 0], [1, 2]], [[2, 0], [0, 2]], [[1, 1], [0, 2]]])
    >>> found = clustered_agreement(tables, lambda each: kappas(each, agreement_weights(2, "linear")))
    >>> round(found.value, 3), [round(each, 3) for each in found.interval]
    (0.625, [0.008, 0.858])
    """
    counts = np.asarray(tables, dtype=float)
    total = counts.sum(axis=0)
    if not total.any() or np.count_nonzero(total.sum(axis=0) + total.sum(axis=1)) < 2:
        return None
    value, files = float(statistic(total[None])[0]), round(float(total.sum()))
    if np.isnan(value):
        return None
    ends = _jackknife(counts, statistic, confidence)
    if ends is None and len(counts) >= FEWEST_CLUSTERS:
        ends = Interval(min(float(statistic(_unseen(total, len(counts))[None])[0]), value), 1.0)
    return Agreement(value, ends, None, files, "jackknife")


def _jackknife(counts: Matrix, statistic: Callable[[Matrix], Matrix], confidence: float) -> Interval | None:
    """The interval, where leaving out any cluster leaves some disagreement."""
    clusters, total = len(counts), counts.sum(axis=0)
    if clusters < FEWEST_CLUSTERS:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.log(1 - np.concatenate([statistic(total[None]), statistic(total - counts)]))
    if not np.isfinite(apart).all() or apart.min() < log(_DUST):
        return None
    error = sqrt((clusters - 1) / clusters * float(((apart[1:] - apart[1:].mean()) ** 2).sum()))
    half = float(t.isf((1 - between(confidence, "confidence")) / 2, clusters - 1)) * error
    return Interval(max(1 - exp(apart[0] + half), -1.0), float(1 - exp(apart[0] - half)))


def _unseen(total: Matrix, clusters: int) -> Matrix:
    """The table if as many clusters as could be unseen (three in all) disagreed, by one grade from the commonest."""
    most = int(np.argmax(total.sum(axis=0) + total.sum(axis=1)))
    beside, part = most - 1 if most else 1, RULE_OF_THREE / clusters
    apart = np.zeros(total.shape)
    apart[most, beside] = apart[beside, most] = total.sum() / 2
    return np.asarray((1 - part) * total + part * apart, dtype=float)
