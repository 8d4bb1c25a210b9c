"""Compare teams with the service average, without a league table.

Small teams swing by luck alone. The funnel shows how far, and the exact tail probability, never the drawn
curve, says whether a team differs: a team exactly at an 85% average is drawn "above 99.8%" with chance 0.44
merely for scoring 5 of 5. "Inside the lines" means no evidence of a difference, not that a team is good.

What is said of a team is drawn towards the share of all teams, the more the fewer of its files were read: its own
share of four files is mostly luck.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, binom

from ilacs_audit.stats.comparison import false_discovery
from ilacs_audit.stats.counts import between, sample, share, shares, whole

FEWEST_FILES_TO_TEST = 5
"""Below this a team is shown as a count: no point, no test."""
DIFFERENT_BELOW = 0.002
"""Two-sided p-value of the 99.8% limits."""
WORTH_A_LOOK_BELOW = 0.05
"""Two-sided p-value of the 95% limits."""

FunnelVerdict = Literal["different", "worth a look", "within chance", "count only"]


class FunnelLimits(NamedTuple):
    """Curves to draw behind the points, as proportions, one value for each number of files."""

    lower_95: NDArray[np.float64]
    upper_95: NDArray[np.float64]
    lower_998: NDArray[np.float64]
    upper_998: NDArray[np.float64]


class FunnelFlag(NamedTuple):
    """One team against the centre: exact tails, two-sided and adjusted p-value, and the verdict.

    A team with fewer than five files has the verdict "count only" and no probabilities.
    """

    successes: int
    trials: int
    population: int | None
    centre: float
    this_few: float | None
    this_many: float | None
    p_value: float | None
    adjusted: float | None
    verdict: FunnelVerdict


def funnel_limits(trials: Iterable[int], *, target: float) -> FunnelLimits:
    """Interpolated exact binomial limits at 95% and 99.8%, for drawing only.

    At level q: r is the smallest count with P(X <= r) >= q, and the limit lies between r - 1 and r, divided by
    n. Never decide by them: use :func:`funnel_flags`. Source: Spiegelhalter 2005, Stat Med 24:1185, A.1.1
    (target 0.85, n = 10: 95% limits 0.5377 and 0.9873).

    >>> limits = funnel_limits([10], target=0.85)
    >>> float(limits.lower_95[0].round(4)), float(limits.upper_95[0].round(4))
    (0.5377, 0.9873)
    """
    read = np.array([whole(count, "trials") for count in trials], dtype=np.int64)
    if (read == 0).any():
        raise ValueError("a funnel limit needs at least one file.")
    between(target, "target")
    return FunnelLimits(*(_curve(read, target, level) for level in (0.025, 0.975, 0.001, 0.999)))


def _curve(read: NDArray[np.int64], target: float, level: float) -> NDArray[np.float64]:
    count = binom.ppf(level, read, target)
    at_most = binom.cdf(count, read, target)
    back = (at_most - level) / (at_most - binom.cdf(count - 1, read, target))
    return np.asarray(np.maximum(0.0, (count - back) / read), dtype=float)


def funnel_flags(
    successes: Sequence[int],
    trials: Sequence[int],
    *,
    target: float | None = None,
    population: Sequence[int] | None = None,
    level: float = 0.05,
) -> list[FunnelFlag]:
    """Say for each team, in the order given, whether it differs from the service average.

    The centre is all files met over all files read, each team included, or ``target``. p = twice the smaller
    exact binomial tail, at most 1; "different" needs p <= 0.002 and a Benjamini-Hochberg p within ``level``, "worth a
    look" p <= 0.05. ``population`` is checked and carried for printing: no finite-population version is used,
    because a team's list is itself a sample of its work. Not for a ranking. Source: docs/methods.md 9.

    >>> flags = funnel_flags([10, 22, 18, 8, 42, 3, 27, 19], [10, 30, 20, 15, 45, 4, 30, 20])
    >>> [flag.verdict for flag in flags][3:6]
    ['worth a look', 'within chance', 'count only']
    """
    met, read = shares(successes, trials)
    centre = float(met.sum() / max(read.sum(), 1))
    if target is not None:
        centre = between(target, "target")
    tested = read >= FEWEST_FILES_TO_TEST
    few, many = binom.cdf(met, read, centre), binom.sf(met - 1, read, centre)
    p_values = np.minimum(1.0, 2 * np.minimum(few, many))
    adjusted = false_discovery(np.where(tested, p_values, np.nan), level=level).adjusted
    if population is not None and len(population) != len(read):
        raise ValueError(f"population has {len(population)} counts and there are {len(read)} teams.")
    rows = zip(met, read, population or (), strict=False)
    lists = [None] * len(read) if population is None else [sample(*row)[2] for row in rows]
    return [
        FunnelFlag(
            int(met[i]), int(read[i]), lists[i], centre,
            float(few[i]), float(many[i]), float(p_values[i]), float(adjusted[i]),
            "different" if p_values[i] <= DIFFERENT_BELOW and adjusted[i] <= level
            else "worth a look" if p_values[i] <= WORTH_A_LOOK_BELOW else "within chance",
        )
        if tested[i]
        else FunnelFlag(int(met[i]), int(read[i]), lists[i], centre, None, None, None, None, "count only")
        for i in range(len(read))
    ]  # fmt: skip  # a table, a line a row


class Drawn(NamedTuple):
    """A group's share, drawn towards that of all, with its range."""

    value: float
    lower: float
    upper: float


def spread(met: Sequence[int], read: Sequence[int]) -> tuple[float, float]:
    """How many files the share of all weighs against a group's own, by the method of moments, and that share.

    Where groups differ by no more than luck, all files weigh: one share stands for every group.

    >>> [round(each, 2) for each in spread([9, 1], [10, 10])]
    [1.85, 0.5]
    """
    total = sum(read)
    mean = sum(met) / total
    luck = mean * (1 - mean) * len(read) / total
    between_groups = sum((one / of - mean) ** 2 * of for one, of in zip(met, read, strict=True)) / total - luck
    return (mean * (1 - mean) / between_groups if between_groups > 0 else float(total)), mean


def drawn_together(met: Sequence[int], read: Sequence[int], *, confidence: float = 0.95) -> list[Drawn]:
    """Each group's share of `met` of `read`, drawn towards the share of all, with its range (a beta distribution).

    The share of all weighs no more than the files of the other groups. Half a file is added to those that met it and
    to those that did not, so that no range closes where all or none did. Groups of which nothing was read may not be
    given. Source: Gelman and others, Bayesian Data Analysis, 5.3; the half is Jeffreys'.

    >>> [round(each.value, 2) for each in drawn_together([5, 10, 3], [13, 15, 4])]
    [0.49, 0.61, 0.58]
    """
    between(confidence, "confidence")
    for one, of in zip(met, read, strict=True):
        share(one, of)
    (weight, _), total, tail = spread(met, read), sum(read), (1 - confidence) / 2
    mean, found = (sum(met) + 0.5) / (total + 1), list[Drawn]()
    for one, of in zip(met, read, strict=True):
        others = min(weight, total - of)
        yes, no = (
            one + others * mean + (1 - others / total) / 2,
            of - one + others * (1 - mean) + (1 - others / total) / 2,
        )
        found.append(Drawn(yes / (yes + no), *(float(each) for each in beta.ppf([tail, 1 - tail], yes, no))))
    return found
