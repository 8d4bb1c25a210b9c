"""Ranges and verdicts worked out again from what docs/methods.md says of them (3.1, 5.2, 6.1, 7.1, 11.1, 11.7)."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache

import numpy as np
from scipy.stats import binom, boschloo_exact, hypergeom, norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tests.pages.stranger.truth.facts import Facts

TAIL, WORTHWHILE, POWER = 0.025, 0.1, 0.8
BY_CHANCE = ("random", "systematic", "stratified")


@cache
def children(x: int, n: int, listed: int) -> tuple[int, int]:
    """The children of a list who may meet a standard that x of n drawn meet.

    >>> children(24, 30, 110)
    (71, 99)
    """
    counts = np.arange(x, listed - n + x + 1)
    ok = (hypergeom.sf(x - 1, listed, counts, n) > TAIL) & (hypergeom.cdf(x, listed, counts, n) > TAIL)
    return int(counts[ok].min()), int(counts[ok].max())


@cache
def share(x: int, n: int) -> tuple[float, float]:
    low, high = proportion_confint(x, n, alpha=2 * TAIL, method="wilson")
    return float(low), float(high)


def range_of(facts: Facts, code: str, *, missing: bool = True) -> tuple[float, float, int | None] | None:
    """Lower and upper end as shares and, where it is in whole children, the list; None where there is none."""
    x, n = facts.met[code, "all"]
    if facts.early:
        every = facts.every(code) and not facts.not_applicable[code, "all"][0]
        return in_sequence(tuple(facts.in_order(code)), facts.listed) if every and facts.listed else None
    lost = facts.missing(code)
    if missing and read_in_part(facts, code):
        return x / (n + lost), (x + lost) / (n + lost), n + lost
    if facts.entry["selection"] not in BY_CHANCE or n < 5 or facts.entry.get("strata"):
        return None
    more = facts.missing(code) if missing else 0
    listed = facts.listed
    if (
        listed
        and facts.entry["selection"] == "random"
        and not facts.not_applicable[code, "all"][0]
        and facts.every(code)
    ):
        low, high = children(x, n + more, listed)[0], children(x + more, n + more, listed)[1]
        return low / listed, high / listed, listed
    return share(x, n + more)[0], share(x + more, n + more)[1], None


@cache
def in_sequence(answers: tuple[bool, ...], listed: int) -> tuple[float, float, int]:
    """The children who may meet it whenever one looked (5.5): a count leaves for good once it is 40 times too unlikely.

    >>> in_sequence((True,) * 30, 40)
    (0.925, 1.0, 40)
    """
    left = set(range(listed + 1))
    for n in range(1, len(answers) + 1):
        x = sum(answers[:n])
        ways = [math.comb(m, x) * math.comb(listed - m, n - x) for m in range(listed + 1)]
        for m in [*left]:
            for others in (ways[m + 1 :], ways[:m]):
                if others and sum(others) >= 40 * len(others) * ways[m] and any(others):
                    left.discard(m)
    return min(left) / listed, max(left) / listed, listed


def read_in_part(facts: Facts, code: str) -> bool:
    """Whether a list was to be read whole and answers are missing."""
    return facts.entry["selection"] == "census" and facts.missing(code) > 0


def verdict(facts: Facts, code: str, target: str, *, critical: bool) -> str:
    """Met, not met, cannot tell or no verdict."""
    x, n = facts.met[code, "all"]
    wanted = Fraction(target)
    if facts.entry["selection"] == "census":
        return _whole(x, n, max(facts.listed or 0, n), facts.missing(code), wanted, critical)
    found = range_of(facts, code)
    if found is None or n < 5:
        return "no verdict"
    low, high, listed = found
    needed = math.ceil(wanted * listed) / listed if listed else float(wanted)
    if low >= needed - 1e-12:
        return "no verdict" if critical and x < n else "met"
    return "not met" if high < needed - 1e-12 else "cannot tell"


def withheld(facts: Facts, code: str, target: str) -> bool:
    """Whether a standard would be met if it were not critical, and failed."""
    both = (verdict(facts, code, target, critical=critical) for critical in (True, False))
    return tuple(both) == ("no verdict", "met")


def _whole(x: int, n: int, listed: int, missing: int, wanted: Fraction, critical: bool) -> str:
    if n < 5:
        return "no verdict"
    low, high = Fraction(x, n + missing), Fraction(x + missing, n + missing)
    if low >= wanted:
        return "no verdict" if critical and x < n else "met"
    return "not met" if high < wanted else "cannot tell"


def change(before: Facts, after: Facts, code: str, *, missing: bool = True) -> tuple[float, float, float]:
    """Points from one round to the next: as seen, and Newcombe's range, the worst of one by the best of the other."""
    (x0, n0), (x1, n1) = before.met[code, "all"], after.met[code, "all"]
    m0, m1 = (before.missing(code), after.missing(code)) if missing else (0, 0)
    low = _newcombe(x1, n1 + m1, x0 + m0, n0 + m0)[0]
    high = _newcombe(x1 + m1, n1 + m1, x0, n0 + m0)[1]
    return 100 * (x1 / n1 - x0 / n0), 100 * low, 100 * high


@cache
def _newcombe(x1: int, n1: int, x0: int, n0: int) -> tuple[float, float]:
    return confint_proportions_2indep(x1, n1, x0, n0, compare="diff", method="newcomb", alpha=2 * TAIL)


def luck(x0: int, n0: int, n1: int, *, rise: bool) -> int:
    """The furthest, in points, that a second round lies from a first without Newcombe's range leaving out zero.

    >>> luck(9, 20, 17, rise=True)
    31
    """
    still = [x1 for x1 in range(n1 + 1) if _newcombe(x1, n1, x0, n0)[0] <= 0 <= _newcombe(x1, n1, x0, n0)[1]]
    return math.floor(100 * abs((max(still) if rise else min(still)) / n1 - x0 / n0) + 0.5 + 1e-9)


def least(before: Facts, after: Facts, code: str) -> tuple[float, float, int]:
    """Points of a change, those that are left with what is missing against it, and how much is missing."""
    (x0, n0), (x1, n1) = _least(before, after, code)
    missing = before.missing(code) + after.missing(code)
    return change(before, after, code)[0], 100 * (x1 / n1 - x0 / n0), missing


def _least(before: Facts, after: Facts, code: str) -> tuple[tuple[int, int], tuple[int, int]]:
    (x0, n0), (x1, n1) = before.met[code, "all"], after.met[code, "all"]
    m0, m1, rise = before.missing(code), after.missing(code), x1 * n0 > x0 * n1
    return (x0 + m0 * rise, n0 + m0), (x1 + m1 * (not rise), n1 + m1)


def chance(before: Facts, after: Facts, code: str) -> float:
    """Boschloo's chance of a change that Newcombe's range names, with what is missing against it; else one."""
    _, low, high = change(before, after, code)
    return _boschloo(*_least(before, after, code)) if low > 0 or high < 0 else 1.0


@cache
def _boschloo(was: tuple[int, int], now: tuple[int, int]) -> float:
    table = [[was[0], now[0]], [was[1] - was[0], now[1] - now[0]]]
    return float(boschloo_exact(table, n=64).pvalue)


def luck_among(before: Facts, after: Facts, code: str, family: list[float]) -> float:
    """The furthest, in points, that a change goes without standing among all (Benjamini and Hochberg at 5%)."""
    was, now = _least(before, after, code)
    others, step = [*family], 1 if now[0] * was[1] > was[0] * now[1] else -1
    others.remove(chance(before, after, code))
    met = now[0]
    while 0 <= met + step <= now[1] and not _stands(_boschloo(was, (met + step, now[1])), others):
        met += step
    return 100 * (met / now[1] - was[0] / was[1])


def _stands(p: float, others: list[float]) -> bool:
    every = sorted([p, *others])
    passing = [each for place, each in enumerate(every, 1) if each <= 2 * TAIL * place / len(every)]
    return bool(passing) and p <= max(passing)


@cache
def false_alarm(was: tuple[int, int], now: tuple[int, int]) -> float:
    """How often two rounds of one share look changed by Newcombe's range, by both counts' own share together."""
    (x0, n0), (x1, n1) = was, now
    low, high = _newcombe_of_all(n0, n1)
    start = (x0 + x1) / (n0 + n1)
    chances = binom.pmf(np.arange(n0 + 1), n0, start), binom.pmf(np.arange(n1 + 1), n1, start)
    return float(chances[0] @ ((low > 0) | (high < 0)) @ chances[1])


@cache
def _better(n0: int, n1: int) -> np.ndarray:
    """Whether each pair of counts of two rounds would be called better by Newcombe's range alone."""
    low, high = _newcombe_of_all(n0, n1)
    return (low > 0) & ~((low > -WORTHWHILE) & (high < WORTHWHILE))


@cache
def _newcombe_of_all(n0: int, n1: int) -> tuple[np.ndarray, np.ndarray]:
    """Newcombe's range of each pair of counts of two rounds."""
    x0, x1 = np.arange(n0 + 1), np.arange(n1 + 1)
    low0, high0 = proportion_confint(x0, n0, alpha=2 * TAIL, method="wilson")
    low1, high1 = proportion_confint(x1, n1, alpha=2 * TAIL, method="wilson")
    seen = x1[None, :] / n1 - x0[:, None] / n0
    low = seen - np.sqrt((x1 / n1 - low1)[None, :] ** 2 + (high0 - x0 / n0)[:, None] ** 2)
    high = seen + np.sqrt((high1 - x1 / n1)[None, :] ** 2 + (x0 / n0 - low0)[:, None] ** 2)
    return low, high


@cache
def detectable(n0: int, n1: int, start: float) -> int | None:
    """The smallest rise, in whole points from a share, that two rounds would call better four times in five (11.3).

    >>> detectable(20, 20, 0.5)
    39
    >>> detectable(12, 12, 0.6) is None
    True
    """
    better, before = _better(n0, n1), binom.pmf(np.arange(n0 + 1), n0, start)
    for points in range(1, 101):
        if start + (points - 1) / 100 > 1 - 1e-9:
            return None
        after = binom.pmf(np.arange(n1 + 1), n1, min(1, start + points / 100))
        if before @ better @ after >= POWER:
            return points
    return None


def files_in_each_round(start: float, rise: float = WORTHWHILE) -> int:
    """Files in each round that tell one share from a higher one (11.4).

    >>> files_in_each_round(0.6, 0.2)
    82
    """
    end = start + rise
    pooled = (start + end) / 2
    spread = norm.ppf(1 - TAIL) * math.sqrt(2 * pooled * (1 - pooled))
    spread += norm.ppf(POWER) * math.sqrt(start * (1 - start) + end * (1 - end))
    return math.ceil(spread**2 / rise**2)
