"""Tests printed beside an interval: they inform, they never decide.

A verdict on change is taken from the interval. A p-value stands beside it because readers ask for one, and this
room holds the calls whose arguments are easily got wrong: which way round a table goes, what a library does
with no disagreement or with a missing value.
"""

from collections.abc import Iterable
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, boschloo_exact, false_discovery_control, nchypergeom_fisher, norm

from ilacs_audit.stats.counts import between, share, shares, whole

FEWEST_AUDITS_IN_A_TREND = 3
"""Two points are never a trend."""


class Trend(NamedTuple):
    """A trend over ordered audits: z is above 0 when the share rises, p-value is two-sided."""

    z: float
    p_value: float


class FalseDiscovery(NamedTuple):
    """Adjusted p-values in the order given, which of them pass the level, and how many were tested."""

    adjusted: NDArray[np.float64]
    passes: NDArray[np.bool_]
    tested: int


@lru_cache(maxsize=1024)
def boschloo(x1: int, n1: int, x2: int, n2: int) -> float | None:
    """Two-sided p-value for a change between two rounds of different files, by Boschloo's exact test.

    The largest chance, over all shares the two rounds could have in common, of a Fisher p-value this small.
    Not for files read twice: use :func:`mcnemar_midp`. ``None`` when a round read no file.
    Source: R package Exact (2 of 10, then 7 of 9: p = 0.0198).

    >>> round(boschloo(7, 9, 2, 10), 4)
    0.0198
    """
    (met_first, read_first), (met_second, read_second) = share(x1, n1), share(x2, n2)
    if read_first == 0 or read_second == 0:
        return None
    # scipy reads columns as the samples; the transposed table gives another, wrong, p-value.
    table = [[met_second, met_first], [read_second - met_second, read_first - met_first]]
    return min(float(boschloo_exact(table).pvalue), 1.0)


def mcnemar_midp(both: int, first_only: int, second_only: int, neither: int) -> float:
    """Two-sided mid-P value for a change in the same files read twice: less cautious than the exact binomial test.

    Twice the lower binomial tail of the smaller change, less the chance of the observed split. Not for different
    files: use :func:`boschloo`.
    Source: Fagerland, Lydersen & Laake 2013, BMC Med Res Methodol 13:91; docs/methods.md 7.3.

    >>> round(mcnemar_midp(18, 1, 9, 2), 4)
    0.0117
    """
    _, one, other, _ = (whole(cell, "each count") for cell in (both, first_only, second_only, neither))
    smaller, changed = min(one, other), one + other
    return min(float(2 * binom.cdf(smaller, changed, 0.5) - binom.pmf(smaller, changed, 0.5)), 1.0)


def trend_test(successes: Iterable[int], trials: Iterable[int]) -> Trend | None:
    """Whether the share rises or falls over three or more audits in order (Cochran-Armitage).

    The files' shares against 1, 2, 3, ..., with the variance of R's prop.trend.test.
    ``None`` with fewer than three audits that read a file, or when all or none of the files met the standard.
    Not for two rounds, and not for a verdict: a rise and a fall can cancel out.
    Source: Fleiss 1981 through R prop.trend.test (83/86, 90/93, 129/136, 70/82: p = 0.00413).

    >>> round(trend_test([83, 90, 129, 70], [86, 93, 136, 82]).p_value, 5)
    0.00413
    """
    met, read = shares(successes, trials)
    places = np.arange(1.0, len(read) + 1)
    pooled = met.sum() / max(read.sum(), 1)
    centred = places - (read * places).sum() / max(read.sum(), 1)
    spread = pooled * (1 - pooled) * (read * centred**2).sum()
    if (read > 0).sum() < FEWEST_AUDITS_IN_A_TREND or spread <= 0:
        return None
    z = float((met * centred).sum() / sqrt(spread))
    return Trend(z, float(2 * norm.sf(abs(z))))


def false_discovery(pvalues: Iterable[float | None], *, level: float = 0.05) -> FalseDiscovery:
    """Adjust many p-values so that at most ``level`` of the flags are expected to be false.

    Benjamini and Hochberg's step-up method. Missing values are dropped, the rest adjusted, and the missing put
    back as NaN in their places; they never pass. Print ``tested`` with the flags, and leave intervals as they
    are. Not for a page that asks one question. Source: Benjamini & Hochberg 1995, JRSS B 57:289; scipy's test values.

    >>> false_discovery([0.005, None, 0.387, 0.019]).adjusted.round(4).tolist()
    [0.015, nan, 0.387, 0.0285]
    """
    between(level, "level")
    given = np.array([np.nan if value is None else value for value in pvalues], dtype=float)
    known = ~np.isnan(given)
    if ((given[known] < 0) | (given[known] > 1)).any():
        raise ValueError("every p-value must lie between 0 and 1.")
    adjusted = np.full(given.shape, np.nan)
    if known.any():
        adjusted[known] = false_discovery_control(given[known], method="bh")
    return FalseDiscovery(
        adjusted, np.less_equal(adjusted, level, where=known, out=np.zeros_like(known)), int(known.sum())
    )


def chance_of_so_few(successes: Iterable[int], trials: Iterable[int], *, share: float) -> NDArray[np.float64]:
    """The chance of so few successes, or fewer, if the true share were `share`; the lower binomial tail.

    None of 30 files had another answer: were it one file in ten, that would happen 4 times in 100. NaN where
    nothing was tried. Proportions, 0 to 1. Source: the exact binomial test; docs/methods.md 10.6.

    >>> chance_of_so_few([0, 1], [30, 30], share=0.1).round(3).tolist()
    [0.042, 0.184]
    """
    few, tried = shares(successes, trials)
    return np.where(tried > 0, binom.cdf(few, tried, between(share, "share")), np.nan)


def chance_of_so_alike(both: int, first_only: int, second_only: int, neither: int, *, odds: float) -> float:
    """The chance of as many files or more that meet both of two questions, had the true odds ratio been `odds`.

    Exact, given how many files meet each: Fisher's noncentral hypergeometric distribution, so it holds for few files
    and for rare answers. Two questions that half the files meet and that agree in three files of four have odds
    of 9. Source: Fisher 1935, J R Stat Soc 98:39; at odds of 1 it is Fisher's exact test; docs/methods.md 10.6.

    >>> round(chance_of_so_alike(6, 0, 0, 6, odds=9), 2), round(chance_of_so_alike(30, 1, 1, 30, odds=9), 5)
    (0.12, 3e-05)
    """
    files, first, second = both + first_only + second_only + neither, both + first_only, both + second_only
    return float(nchypergeom_fisher.sf(both - 1, files, first, second, odds))
