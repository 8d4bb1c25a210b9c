"""How many files to read, and what that many files can and cannot show.

Most disappointment with an audit is settled before it starts: 12 files a round can never show a realistic
improvement. These functions let the plan say so, and let "cannot tell" be followed by the number of files that
would tell. All assume a simple random draw; files clustered by worker or family need more.
"""

from collections.abc import Iterable
from functools import lru_cache
from math import ceil, sqrt
from typing import Literal, NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

from ilacs_audit.stats.counts import between, sample, share, tail, whole
from ilacs_audit.stats.target import Target, chance_of, decided, evidence_met, newcombe_grid, weights

LARGEST_SAMPLE_TRIED = 20_000
"""Without a list, a sample this large that still cannot tell never will in practice."""


class FalseAlarms(NamedTuple):
    """How many standards would be flagged if nothing changed, and the chance of at least one (independence)."""

    expected: float
    at_least_one: float


def sample_size(population: int | None, *, margin: float, expected: float = 0.5, confidence: float = 0.95) -> int:
    """Files to read so that the share is known to within ``margin`` either way, always rounded up.

    n0 = z squared x p(1-p) / margin squared, then n0 / (1 + (n0-1)/N) on a list of N; ``population=None``
    means no list. Not for proving a target: use :func:`zero_failure_size`.
    Source: HEIW audit guide (5 points, 70% expected, list of 300: 156, where Epi Info truncates to 155).

    >>> sample_size(300, margin=0.05, expected=0.7)
    156
    """
    z = ndtri((1 + between(confidence, "confidence")) / 2)
    unlimited = z**2 * expected * (1 - between(expected, "expected")) / between(margin, "margin") ** 2
    if population is None:
        return max(_round_up(unlimited), 1)
    listed = whole(population, "population")
    if listed == 0:
        return 0
    return min(max(_round_up(unlimited / (1 + (unlimited - 1) / listed)), 1), listed)


def _round_up(size: float) -> int:
    # A size that is whole but for the last digit must not gain a file.
    return ceil(round(size, 9))


def sample_size_change(before: float, after: float, *, power: float = 0.8, confidence: float = 0.95) -> int:
    """Files to read in each of two rounds so that a real change of this size is likely to be seen.

    n = (z of the confidence x sqrt(2 pm(1-pm)) + z of the power x sqrt(p1(1-p1) + p2(1-p2))) squared over the
    squared difference, pm their mean, rounded up. Files a round. Not for re-reading the same files, which usually
    needs fewer and has no formula here. Source: docs/methods.md 11.4 (60% to 80%: 82 files a round); statsmodels
    agrees.

    >>> sample_size_change(0.6, 0.8)
    82
    """
    if not (0 <= before <= 1 and 0 <= after <= 1) or before == after:
        raise ValueError("before and after must be two different proportions between 0 and 1.")
    middle = (before + after) / 2
    chance = ndtri((1 + between(confidence, "confidence")) / 2) * sqrt(2 * middle * (1 - middle))
    miss = ndtri(between(power, "power")) * sqrt(before * (1 - before) + after * (1 - after))
    return max(_round_up((chance + miss) ** 2 / (after - before) ** 2), 1)


def zero_failure_size(
    population: int | None,
    *,
    target: Target,
    confidence: float = 0.95,
    failures: int = 0,
    one_sided: bool = False,
    binomial: bool = False,
) -> int | None:
    """Smallest sample in which this many failures (none, unless given) still shows the target is met.

    By the rule for verdicts: two-sided 95%, hypergeometric on a list, Wilson without one. ``one_sided`` only
    if the plan said so beforehand; without a list it is always binomial, and ``binomial`` asks for that in the
    two-sided case. ``None`` if no sample can show it. Not for "fewer than 5% fail", which needs more files on a
    short list than "at least 95% meet it". Source: docs/methods.md 6.3; AICPA 2017 Table A-1 (80%, one-sided: 14,
    22, 30).

    >>> [zero_failure_size(None, target=0.8, one_sided=True, failures=k) for k in (0, 1, 2)]
    [14, 22, 30]
    >>> zero_failure_size(60, target=0.95)
    36
    """
    failed = whole(failures, "failures")
    level = tail(confidence, sides=1 if one_sided else 2)
    last = LARGEST_SAMPLE_TRIED if population is None else whole(population, "population")
    sizes = np.arange(max(failed, 1), last + 1)
    if population is None and not (one_sided or binomial):
        met, _ = decided(sizes - failed, sizes, target, population=None, confidence=confidence)
        return int(sizes[met].min()) if met.any() else None
    chances = ((n, evidence_met(n - failed, n, target, population=population)) for n in sizes.tolist())
    return next((n for n, chance in chances if chance is not None and chance <= level), None)


@lru_cache(maxsize=1024)
def files_to_tell(
    successes: int, trials: int, population: int | None, target: Target, *, confidence: float = 0.95
) -> int | None:
    """Smallest sample from which on every larger one would give a verdict, at the share now seen.

    The share is rounded to whole files at each size, halves to the even number, and sizes start at
    the sample now read. ``None`` if only the whole list would do (or, without a list, if no practical sample
    would), or if nothing was read. Not a promise: the next sample may show another share.
    Source: docs/methods.md 11.1 (24 of 30, list of 110, target 90%: 38 files).

    >>> files_to_tell(24, 30, 110, 0.9), files_to_tell(27, 30, 110, 0.9)
    (38, None)
    """
    met, read = share(successes, trials)
    last = LARGEST_SAMPLE_TRIED if population is None else sample(met, read, population)[2]
    if read == 0:
        return None
    sizes = np.arange(read, last + 1)
    seen = np.rint(met * sizes / read).astype(np.int64)
    is_met, is_missed = decided(seen, sizes, target, population=population, confidence=confidence)
    undecided = sizes[~(is_met | is_missed)]
    answer = int(undecided.max()) + 1 if undecided.size else read
    return None if answer >= last > read else answer


@lru_cache(maxsize=1024)
def detectable_change(
    n_before: int,
    n_after: int,
    baseline: float,
    *,
    power: float = 0.8,
    direction: Literal["rise", "fall"] = "rise",
    confidence: float = 0.95,
) -> float | None:
    """The smallest true rise (or fall) from the baseline that this design would probably have seen.

    A proportion in whole points, rounded up: 0.28 is 28 points. Every pair of counts is enumerated with the
    Newcombe rule; the observed change plays no part. Not for files read twice. ``None`` if not even a rise to
    100% (a fall to 0%) would be seen this often.
    Source: docs/methods.md 11.3 (30 files a round, from 60%: 31 points).

    >>> detectable_change(30, 30, 0.6)
    0.31
    >>> detectable_change(30, 30, 0.9) is None
    True
    """
    rounds = whole(n_before, "n_before"), whole(n_after, "n_after")
    wanted, rising = between(power, "power"), direction == "rise"
    if not 0 <= baseline <= 1:
        raise ValueError(f"baseline must lie between 0 and 1, and {baseline!r} does not.")
    if 0 in rounds:
        return None
    lower, upper = newcombe_grid(*rounds, confidence)
    called, furthest = (lower > 0, 1.0) if rising else (upper < 0, 0.0)
    called_at = weights(rounds[0], baseline) @ called  # by the count after, whatever the count before

    def shortfall(after: float) -> float:
        return float(called_at @ weights(rounds[1], after)) - wanted

    if shortfall(furthest) < 0 or baseline == furthest:
        return None
    change = abs(float(brentq(shortfall, baseline, furthest, xtol=1e-6)) - baseline)
    return min(ceil(100 * change - 1e-3) / 100, abs(furthest - baseline))


def chance_of_false_change(n_before: int, n_after: int, proportion: float, *, confidence: float = 0.95) -> float | None:
    """Chance that a standard is called changed although nothing changed, at its pooled proportion.

    Changed means that the interval leaves out zero. A probability, from every pair of counts. Not for files read
    twice. ``None`` if a round read no file. Source: docs/methods.md 11.9 (20 files a round, true 65%: 0.052).

    >>> round(chance_of_false_change(20, 20, 0.65), 3)
    0.052
    """
    before, after = whole(n_before, "n_before"), whole(n_after, "n_after")
    if not 0 <= proportion <= 1:
        raise ValueError(f"proportion must lie between 0 and 1, and {proportion!r} does not.")
    if before == 0 or after == 0:
        return None
    lower, upper = newcombe_grid(before, after, confidence)
    return chance_of((lower > 0) | (upper < 0), proportion, proportion)


def false_alarms(chances: Iterable[float]) -> FalseAlarms:
    """How many of many standards would look changed by luck, from each one's own chance.

    The expected number holds even when standards share files; "at least one" assumes that they do not: print
    "about". Source: docs/methods.md 11.9 (25 standards at .052: 1.3 expected, about 74% at least one).

    >>> false_alarms([0.052] * 25)
    FalseAlarms(expected=1.3, at_least_one=0.736...)
    """
    each = np.asarray(list(chances), dtype=float)
    return FalseAlarms(float(each.sum().round(12)), float(1 - np.prod(1 - each)))
