"""How much of a rise to expect from having picked the lowest score.

Audit 25 equal standards, choose the three worst, do nothing, and the re-audit rises by 17 points. An area chosen
on its result therefore cannot be judged on that result alone. The rise to expect from the choice is estimated
from all standards of the same round, and only a re-audit above the predictive range counts as better.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln, logsumexp

from ilacs_audit.stats.counts import shares, whole

FEWEST_STANDARDS = 10
"""Standards of one round needed before their spread can be estimated."""
LEVELS = np.linspace(0.02, 0.98, 49)
"""Mean levels tried."""
PULLS = np.geomspace(2, 2000, 40)
"""Pulls towards the mean tried, in files: large means that the standards hardly differ."""

Grid = NDArray[np.float64]


class Reaudit(NamedTuple):
    """What a re-audit of the chosen standard would show if nothing were done.

    ``expected`` is its share and ``rebound`` that share less the one now seen; ``lower`` and ``upper`` are
    the 95% predictive range of the re-audit count; ``chances`` has the chance of each count from 0.
    """

    expected: float
    rebound: float
    lower: int
    upper: int
    chances: tuple[float, ...]


def expected_reaudit(
    successes: Sequence[int], trials: Sequence[int], chosen: int, reaudit_trials: int
) -> Reaudit | None:
    """Predict the re-audit of a standard chosen on its result, from all standards of the same round.

    True levels follow a beta distribution and counts a binomial; mean and pull are averaged over a grid by how
    well they explain all standards. ``chosen`` is the position of the standard. ``None`` with fewer than 10
    standards that read a file, or if the chosen one read none: then say that it cannot be estimated.
    Not for a standard re-audited against a fresh random baseline, which needs no correction.
    Source: docs/methods.md 11.5 (9 of 20 among 25 standards: 65.3% expected, 8 to 17 of 20).

    >>> met = [9, 10, 11, 11, 12, 12, 12, *[13] * 5, *[14] * 5, *[15] * 4, 16, 16, 17, 18]
    >>> again = expected_reaudit(met, [20] * 25, 0, 20)
    >>> round(again.expected, 3), again.lower, again.upper
    (0.653, 8, 17)
    """
    met, read = shares(successes, trials)
    future = whole(reaudit_trials, "reaudit_trials")
    if not 0 <= chosen < len(read):
        raise ValueError(f"chosen must be the position of one of the {len(read)} standards.")
    if (read > 0).sum() < FEWEST_STANDARDS or read[chosen] == 0:
        return None
    alpha, beta = (side.ravel() for side in (np.outer(LEVELS, PULLS), np.outer(1 - LEVELS, PULLS)))
    # How well each point of the grid explains all standards; the weights add up to 1.
    fit = _log_beta_binomial(met, read, alpha, beta).sum(axis=1)
    weights = np.exp(fit - logsumexp(fit))
    alpha, beta = alpha + met[chosen], beta + (read[chosen] - met[chosen])
    expected = float(weights @ (alpha / (alpha + beta)))
    counts = np.arange(future + 1)
    chances = weights @ np.exp(_log_beta_binomial(counts, np.full_like(counts, future), alpha, beta))
    lower, upper = np.searchsorted(np.cumsum(chances), [0.025, 0.975])
    rebound = expected - float(met[chosen] / read[chosen])
    return Reaudit(expected, rebound, int(lower), int(min(upper, future)), tuple(chances.tolist()))


def _log_beta_binomial(met: NDArray[np.int64], read: NDArray[np.int64], alpha: Grid, beta: Grid) -> Grid:
    """Log chance of each count (columns) at each point of the grid (rows)."""
    ways = gammaln(read + 1) - gammaln(met + 1) - gammaln(read - met + 1)
    a, b = alpha[:, None], beta[:, None]
    return np.asarray(ways + betaln(met + a, read - met + b) - betaln(a, b), dtype=float)
