"""What the rules for verdicts and for change do over all the counts that a sample could give.

A target on a list is a number of children, and floating point gets that number wrong: 55% of 100 becomes 56.
The two questions "is it met?" and "is it missed?" also have null hypotheses one child apart. Both traps are
dealt with here, so that no caller has to know of them. The verdict itself is taken from the interval.

The chance of calling a change is found by adding up every possible pair of counts, not by simulation or a
normal approximation, which are both wrong for rounds of 12 to 40 files. The grid of intervals depends on the two
sample sizes only, so it is worked out once for each pair and kept.
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import binom, hypergeom

from ilacs_audit.stats.counts import between, sample, share, tail, whole

Matrix = NDArray[np.float64]
Target = float | str | Decimal | Fraction


class DecisiveCounts(NamedTuple):
    """Smallest count that would give "met" and largest that would give "not met"; None: never possible."""

    met: int | None
    not_met: int | None


def exact(target: Target) -> Fraction:
    """Read a target as the decimal that a person wrote, and refuse one outside 0 to 1.

    >>> exact(0.55)
    Fraction(11, 20)
    """
    try:
        value = Fraction(str(target))
    except (ValueError, ZeroDivisionError):
        value = Fraction(-1)
    if not 0 <= value <= 1:
        raise ValueError(f"target must lie between 0 and 1, as 0.9 does for 90%, and {target!r} does not.")
    return value


def needed(target: Target, population: int) -> int:
    """Return the smallest number of children that meets the target on a list of this size, in exact arithmetic.

    >>> needed(0.55, 100)
    55
    """
    return ceil(exact(target) * whole(population, "population"))


def evidence_met(successes: int, trials: int, target: Target, *, population: int | None = None) -> float | None:
    """One-sided p-value for "the target is met": the chance of so many if it were only just missed.

    On a list the null is one child short of the target (hypergeometric); without a list it is the target
    itself (binomial). Not for files picked by somebody. ``None`` when nothing was read. Met by the interval
    exactly when this is 0.025 or less. Source: docs/methods.md 3.1 and 11.1.

    >>> round(evidence_met(30, 30, 0.9, population=110), 3)
    0.017
    """
    met, read = share(successes, trials)
    if read == 0:
        return None
    if population is None:
        return float(binom.sf(met - 1, read, float(exact(target))))
    listed, need = sample(met, read, population)[2], needed(target, population)
    return 0.0 if need == 0 else float(hypergeom.sf(met - 1, listed, need - 1, read))


def decided(
    met: NDArray[np.int64],
    read: NDArray[np.int64],
    target: Target,
    *,
    population: int | None,
    confidence: float = 0.95,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which of many possible samples the two-sided interval would call met, and which not met.

    >>> decided(np.array([27, 28]), np.array([30, 30]), 0.8, population=110)[0]
    array([False,  True])
    """
    if population is None:
        lower, upper = wilson_limits(met, read, confidence=confidence)
        # The last digit of a limit that equals the target must not decide a verdict.
        return lower >= float(exact(target)) - 1e-12, upper < float(exact(target)) - 1e-12
    level, need = tail(confidence), needed(target, population)
    too_many = hypergeom.sf(met - 1, population, max(need - 1, 0), read) <= level
    too_few = hypergeom.cdf(met, population, need, read) <= level
    return np.asarray(too_many | (need == 0), dtype=bool), np.asarray(too_few, dtype=bool)


def decisive_counts(
    trials: int, target: Target, *, population: int | None = None, confidence: float = 0.95
) -> DecisiveCounts:
    """What a sample of this size can say about a target, before it is read.

    A dip sample of 12 can show that 80% is missed but never that it is met: print this in the audit plan.
    Hypergeometric on a list, Wilson without one. Source: docs/methods.md 6.2.

    >>> decisive_counts(12, 0.8, population=60)
    DecisiveCounts(met=None, not_met=6)
    """
    read = whole(trials, "trials")
    if read == 0:
        return DecisiveCounts(None, None)
    if population is not None:
        sample(0, read, population)
    counts = np.arange(read + 1)
    met, not_met = decided(counts, np.full_like(counts, read), target, population=population, confidence=confidence)
    return DecisiveCounts(
        int(counts[met].min()) if met.any() else None, int(counts[not_met].max()) if not_met.any() else None
    )


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
