"""Charts over time: which chart the data can carry, and where its lines lie.

Most series of audits are too short or too thin for control limits, and limits drawn anyway give false alarms.
So the chart is chosen by rule before a line is drawn (:mod:`~ilacs_audit.stats.chart_choice`), the lines are
worked out here, once, and what the points signal is read off them (:mod:`~ilacs_audit.stats.spc_rules`).
"""

from collections.abc import Iterable
from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from ilacs_audit.stats.chart_choice import ChartChoice as ChartChoice
from ilacs_audit.stats.chart_choice import choose_chart as choose_chart
from ilacs_audit.stats.counts import finite, shares
from ilacs_audit.stats.spc_rules import RuleFlags as RuleFlags
from ilacs_audit.stats.spc_rules import making_data_count as making_data_count

FEWEST_POINTS_FOR_RUN_RULES = 10
"""Points off the median that Anhoej's rules need (qicharts2)."""
MEAN_RANGE_TO_SIGMA = 1.128
"""Mean moving range of two over the standard deviation (d2)."""
XMR_WIDTH = 2.66
"""Three sigma in mean moving ranges: 3 / 1.128, as the NHS rounds it."""
SCREEN_RANGES_FROM = 3.267
"""A moving range this many times the mean is an outlier, when screening is asked for."""


class XmrLimits(NamedTuple):
    """Centre and limits of an XmR chart in the unit of the measure, and whether ranges were screened."""

    centre: float
    lower: float
    upper: float
    screened: bool


class PLimits(NamedTuple):
    """Centre and limits of a p- or p'-chart, as proportions: one limit a period.

    ``sigma_z`` is 1 on a p-chart, and on a p'-chart how far the limits were widened.
    """

    centre: float
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    sigma_z: float


class RunChart(NamedTuple):
    """Anhoej's two rules about the median; ``signal`` is None when too few points lie off the median."""

    median: float
    useful: int
    longest_run: int
    longest_allowed: int
    crossings: int
    fewest_allowed: int
    signal: bool | None


def xmr_limits(values: Iterable[float], *, screen: bool = False) -> XmrLimits | None:
    """Centre and limits of an XmR chart: the mean, and 2.66 mean moving ranges either side.

    Unclipped: clip when drawing, never before the rules. ``screen`` drops moving ranges of 3.267 times their
    mean or more, once; where only ranges of 0 would be left it falls back, and ``screened`` is False.
    ``None`` with fewer than two values. Not for a proportion, where a p-chart knows the denominators, unless asked for.
    Source: NHSRplotthedots, vignette "deviations" (mean 1.94, limits -3.06 to 6.95).

    >>> limits = xmr_limits([1, 2, 1, 2, 10, *[1, 2] * 6, 1])
    >>> [round(line, 2) for line in limits[:3]]
    [1.94, -3.06, 6.95]
    """
    series = finite(values)
    if len(series) < 2:
        return None
    ranges = np.abs(np.diff(series))
    kept = ranges[ranges < SCREEN_RANGES_FROM * ranges.mean()] if screen else ranges
    screened = screen and kept.size > 0 and float(kept.mean()) > 0
    width = XMR_WIDTH * float((kept if screened else ranges).mean())
    centre = float(series.mean())
    return XmrLimits(centre, centre - width, centre + width, screened)


def p_chart_limits(successes: Iterable[int], trials: Iterable[int], *, clip: bool = True) -> PLimits | None:
    """Centre and limits of a p-chart: the pooled share, and three standard errors at each period's own n.

    Proportions, cut to 0 and 1 for drawing; give the rules ``clip=False``, since a cut limit would move the
    two-sigma line. Leave out periods that read no file. ``None`` without any period.
    Not under about 20 files a period: see :func:`ilacs_audit.stats.chart_choice.choose_chart`.
    Source: Montgomery, Example 7.1; here the validation case of shewhart (upper limit 0.1387).

    >>> float(p_chart_limits([2, 3, 1, 4, 2], [50] * 5).upper[0].round(4))
    0.1387
    """
    return _p_limits(successes, trials, clip=clip, widen=False)


def p_prime_limits(successes: Iterable[int], trials: Iterable[int], *, clip: bool = True) -> PLimits | None:
    """Centre and limits of Laney's p'-chart: a p-chart whose limits are widened by sigma_z.

    sigma_z is the mean moving range of the standardised shares over 1.128, never taken below 1. It is 1 when
    it cannot be calculated. Not below about 100 files a period. Source: Mohammed et al. 2013; shewhart's case.

    >>> round(p_prime_limits([2, 3, 1, 4, 2], [50] * 5).sigma_z, 3)
    1.173
    """
    return _p_limits(successes, trials, clip=clip, widen=True)


def _p_limits(successes: Iterable[int], trials: Iterable[int], *, clip: bool, widen: bool) -> PLimits | None:
    met, read = shares(successes, trials)
    if read.size == 0:
        return None
    if (read == 0).any():
        raise ValueError("every period needs at least one file: leave out the periods that read none.")
    centre = float(met.sum() / read.sum())
    error = np.sqrt(centre * (1 - centre) / read)
    sigma_z = 1.0
    if widen and read.size > 1 and error.min() > 0:
        standardised = (met / read - centre) / error
        sigma_z = max(1.0, float(np.abs(np.diff(standardised)).mean() / MEAN_RANGE_TO_SIGMA))
    lower, upper = centre - 3 * sigma_z * error, centre + 3 * sigma_z * error
    if clip:
        lower, upper = np.clip(lower, 0, 1), np.clip(upper, 0, 1)
    return PLimits(centre, lower, upper, sigma_z)


def run_chart(values: Iterable[float]) -> RunChart | None:
    """Whether a short series of audits shifted, by Anhoej's rules about the median.

    Points on the median are left out; u remain. A signal is a run on one side longer than round(log2 u) + 3,
    or fewer crossings than the 5% point of binomial(u - 1, 1/2). The median has the unit of the values. Not under
    10 useful points, where ``signal`` is None. ``None`` without values.
    Source: Anhoej & Olesen 2014, PLoS ONE 9:e113825 (u = 24: runs to 8, at least 8 crossings).

    >>> chart = run_chart([0, 1] * 12)
    >>> (chart.longest_allowed, chart.fewest_allowed, chart.signal)
    (8, 8, False)
    """
    series = finite(values)
    if series.size == 0:
        return None
    median = float(np.median(series))
    sides = np.sign(series - median)[series != median]
    crossings = int((np.diff(sides) != 0).sum())
    longest, useful = longest_run(sides), int(sides.size)
    allowed, fewest = run_rules(useful) if useful else (0, 0)
    enough = useful >= FEWEST_POINTS_FOR_RUN_RULES
    signal = longest > allowed or crossings < fewest
    return RunChart(median, useful, longest, allowed, crossings, fewest, signal if enough else None)


def run_rules(useful: int) -> tuple[int, int]:
    """Longest run allowed and fewest crossings allowed, for this many points off the median.

    >>> run_rules(20)
    (7, 6)
    """
    return round(log2(useful)) + 3, int(binom.ppf(0.05, useful - 1, 0.5)) if useful > 1 else 0


def longest_run(sides: NDArray[np.float64]) -> int:
    """Length of the longest stretch of equal neighbours.

    >>> longest_run(np.array([1, 1, -1, 1, 1, 1]))
    3
    """
    breaks = np.flatnonzero(np.diff(sides) != 0) + 1
    edges = np.concatenate([[0], breaks, [sides.size]])
    return int(np.diff(edges).max())
