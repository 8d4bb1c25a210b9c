"""Other methods than ours, for the published rows that show why ours was chosen."""

from fractions import Fraction
from itertools import product
from math import asin, log, sin, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.stats import binom, chi2, hypergeom, norm
from statsmodels.stats.contingency_tables import mcnemar

from ilacs_audit.stats import target


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


def arcsine_scores(met, read):
    """FunnelPlotR's z-scores of teams about their pooled share, on the arcsine scale."""
    met, read = np.array(met), np.array(read)
    return (np.arcsin(np.sqrt(met / read)) - np.arcsin(np.sqrt(met.sum() / read.sum()))) * 2 * np.sqrt(read)


def overdispersion(met, read):
    """FunnelPlotR's phi of winsorised scores, and the variance between teams on the arcsine scale."""
    scores, weights = arcsine_scores(met, read), 4.0 * np.array(read)
    phi = (np.clip(scores, *np.quantile(scores, [0.1, 0.9])) ** 2).mean()
    spread = weights.sum() - (weights**2).sum() / weights.sum()
    return phi, max(0.0, (len(read) * phi - (len(read) - 1)) / spread)


def mcnemar_exact(both, first_only, second_only, neither):
    """The exact binomial test of files read twice."""
    return min(float(mcnemar([[both, first_only], [second_only, neither]], exact=True).pvalue), 1.0)


def evidence_missed(met, read, wanted, population=None):
    """The chance of so few if the target were only just met."""
    if population is None:
        return binom.cdf(met, read, wanted)
    return hypergeom.cdf(met, population, target.needed(wanted, population), read)


def chance_of_better(n_before, n_after, before, after):
    """Chance that the interval for the change lies wholly above 0, for these true shares."""
    return target.chance_of(target.newcombe_grid(n_before, n_after)[0] > 0, before, after)


def chance_of_moving(n_before, n_after, share, by):
    """Chance that a share moves by so much although nothing changed."""
    step = Fraction(str(by))
    change = np.abs(np.arange(n_after + 1) * n_before - np.arange(n_before + 1)[:, None] * n_after)
    return target.chance_of(change * step.denominator >= step.numerator * n_before * n_after, share, share)


def chance_of_another_colour(n, share, thresholds):
    """Chance that a share falls between other thresholds although nothing changed."""
    colour = sum(np.arange(n + 1) >= target.needed(each, n) for each in thresholds)
    return target.chance_of(colour[:, None] != colour, share, share)


def ever(listed, truth, decides):
    """Chance that a rule decides after some file of a list, added up over all reading orders without listing them."""
    waiting, decided = {0: 1.0}, 0.0
    for read in range(listed + 1):
        decided += sum(chance for met, chance in waiting.items() if decides(met, read))
        waiting = {met: chance for met, chance in waiting.items() if not decides(met, read)}
        after = {}
        for met, chance in waiting.items():
            left = listed - read
            for more, ways in ((1, truth - met), (0, left - truth + met)):
                if ways > 0:
                    after[met + more] = after.get(met + more, 0.0) + chance * ways / left
        waiting = after
    return decided


def alpha_martingale(answers, listed, null):
    """Stark's ALPHA against at most so many of a list, file by file in exact fractions.

    The next file's chance is its mean over all larger counts, each weighted by what the files so far say of it.
    """
    weights = {count: Fraction(1) for count in range(null + 1, listed + 1)}
    value, met = Fraction(1), 0
    for read, answer in enumerate(map(int, answers)):
        left = listed - read
        mean = Fraction(null - met, left)
        if mean < 0:
            return float("inf")
        if not (total := sum(weights.values())):
            return 0.0
        next_met = sum(weight * Fraction(count - met, left) for count, weight in weights.items()) / total
        if answer and mean == 0:
            return float("inf")
        value *= next_met / mean if answer else (1 - next_met) / (1 - mean)
        chance = {count: Fraction(count - met, left) for count in weights}
        weights = {
            count: weight * (chance[count] if answer else 1 - chance[count]) for count, weight in weights.items()
        }
        met += answer
    return float(value)


def by_every_spread(strata, fineness=500):
    """Limits of a list by stratum, by trying every way of spreading its children over the strata."""

    def fewest(counts):
        listed = sum(size for _, read, size in counts if read)
        steps = [round(fineness * size / read / listed) if read else 0 for _, read, size in counts]
        seen = sum(step * met for step, (met, _, _) in zip(steps, counts, strict=True))
        kept = set()
        for spread in product(*(range(met, size - read + met + 1) for met, read, size in counts)):
            sums = {0: 1.0}
            for step, children, (_, read, size) in zip(steps, spread, counts, strict=True):
                chance = hypergeom.pmf(range(read + 1), size, children, read)
                sums = merged((at + step * k, p * chance[k]) for at, p in sums.items() for k in range(read + 1))
            if sum(p for at, p in sums.items() if at >= seen) > 0.025 * (1 + 1e-9):
                kept.add(sum(spread))
        return min(kept)

    listed = sum(size for *_, size in strata)
    return fewest(strata), listed - fewest([(read - met, read, size) for met, read, size in strata])


def merged(pairs):
    """Chances of equal sums added up."""
    found = {}
    for at, chance in pairs:
        found[at] = found.get(at, 0.0) + chance
    return found
