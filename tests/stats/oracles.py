"""Other methods than ours, for the published rows that show why ours was chosen."""

from math import asin, log, sin, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.stats import binom, chi2, norm


def binomial_mid_p(successes, trials):
    """Interval that counts half of the observed outcome in each tail."""

    def tail(p, side):
        return side(successes, trials, p) - 0.5 * binom.pmf(successes, trials, p) - 0.025

    lower = brentq(lambda p: tail(p, lambda k, n, p: binom.sf(k - 1, n, p)), 1e-9, 1 - 1e-9)
    return lower, brentq(lambda p: tail(p, binom.cdf), 1e-9, 1 - 1e-9)


def miettinen_nurminen(x1, n1, x2, n2):
    """Score interval for second minus first, with the shares maximised under each difference."""

    def likelihood(p1, p2):
        terms = [(x1, p1), (n1 - x1, 1 - p1), (x2, p2), (n2 - x2, 1 - p2)]
        return sum(count * log(max(p, 1e-300)) for count, p in terms)

    def distance(gap):
        low, high = max(0.0, -gap), min(1.0, 1 - gap)
        grid = low + (high - low) * (1 - np.cos(np.linspace(0, np.pi, 4001))) / 2
        best = max(grid, key=lambda p: likelihood(p, p + gap))
        spread = best * (1 - best) / n1 + (best + gap) * (1 - best - gap) / n2
        return (x2 / n2 - x1 / n1 - gap) ** 2 / (spread * (n1 + n2) / (n1 + n2 - 1)) - chi2.isf(0.05, 1)

    seen = x2 / n2 - x1 / n1
    return brentq(distance, -0.9999, seen, xtol=1e-6), brentq(distance, seen, 0.9999, xtol=1e-6)


def arcsine_limits(target, trials):
    """FunnelPlotR's limits at 95% and 99.8%, angles kept inside the quarter circle."""
    angles = [
        asin(sqrt(target)) + sign * norm.isf(tail) / (2 * sqrt(trials)) for tail in (0.025, 0.001) for sign in (-1, 1)
    ]
    return [sin(min(max(angle, 0.0), np.pi / 2)) ** 2 for angle in angles]
