"""Targets: how many children meet one, and how strong the evidence is that it is met or missed.

A target on a list is a number of children, and floating point gets that number wrong: 55% of 100 becomes 56.
The two questions "is it met?" and "is it missed?" also have null hypotheses one child apart. Both traps are
dealt with here, so that no caller has to know of them. The verdict itself is taken from the interval.
"""

from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, hypergeom

from ilacs_audit.stats.counts import sample, share, tail, whole
from ilacs_audit.stats.power import wilson_limits

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
