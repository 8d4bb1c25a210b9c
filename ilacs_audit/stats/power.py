"""What the rule for change does over all the counts that two rounds could give.

The chance of calling a change is found by adding up every possible pair of counts, not by simulation or a
normal approximation, which are both wrong for rounds of 12 to 40 files. The grid of intervals depends on the two
sample sizes only, so it is worked out once for each pair and kept.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import binom

from ilacs_audit.stats.counts import between

Matrix = NDArray[np.float64]


def wilson_limits(
    met: NDArray[np.int64], read: NDArray[np.int64] | int, *, confidence: float = 0.95
) -> tuple[Matrix, Matrix]:
    """Wilson's limits for many samples at once; :func:`~ilacs_audit.stats.intervals.wilson_interval` for one.

    >>> wilson_limits(np.array([15]), 148)[0].round(4)
    array([0.0624])
    """
    z = -float(ndtri((1 - between(confidence, "confidence")) / 2))
    seen = met / read
    centre = (seen + z**2 / (2 * read)) / (1 + z**2 / read)
    half = z / (1 + z**2 / read) * np.sqrt(seen * (1 - seen) / read + z**2 / (4 * read**2))
    lower = np.where(met == 0, 0.0, centre - half)
    return lower, np.where(met == read, 1.0, centre + half)


@lru_cache(maxsize=64)
def newcombe_grid(n_before: int, n_after: int, confidence: float = 0.95) -> tuple[Matrix, Matrix]:
    """Newcombe's limits for every pair of counts: row = met before, column = met after; after minus before.

    >>> lower, upper = newcombe_grid(80, 70)
    >>> float(lower[48, 56].round(4)), float(upper[48, 56].round(4))
    (0.0524, 0.3339)
    """
    before, after = np.arange(n_before + 1), np.arange(n_after + 1)
    low_before, high_before = (side[:, None] for side in wilson_limits(before, n_before, confidence=confidence))
    low_after, high_after = wilson_limits(after, n_after, confidence=confidence)
    seen_before, seen_after = before[:, None] / n_before, after / n_after
    change = seen_after - seen_before
    lower = change - np.hypot(seen_after - low_after, high_before - seen_before)
    upper = change + np.hypot(high_after - seen_after, seen_before - low_before)
    lower.flags.writeable = upper.flags.writeable = False
    return lower, upper


def chance_of(called: NDArray[np.bool_], before: float, after: float) -> float:
    """Chance that two rounds land where ``called`` is true, if the true shares are ``before`` and ``after``.

    ``called`` has a row for each count before and a column for each count after.

    >>> round(chance_of(np.array([[False, True], [False, False]]), 0.5, 0.5), 4)
    0.25
    """
    n_before, n_after = called.shape[0] - 1, called.shape[1] - 1
    return float(weights(n_before, before) @ called @ weights(n_after, after))


def weights(n: int, true_share: float) -> Matrix:
    """Chance of each count from 0 to n, if the true share is this.

    >>> weights(2, 0.5).round(2)
    array([0.25, 0.5 , 0.25])
    """
    return np.asarray(binom.pmf(np.arange(n + 1), n, true_share))
