"""Shares of small groups drawn towards the share of them all, the more the fewer of a group were read.

A share of four files alone says little of a group, and the best and the worst of many such shares are mostly luck.
Each group is judged as one of many whose true shares differ by as much as these counts show beyond luck.
"""

from collections.abc import Sequence
from typing import NamedTuple

from scipy.stats import beta

from ilacs_audit.stats.counts import between, share


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
    [0.5, 0.6, 0.58]
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
