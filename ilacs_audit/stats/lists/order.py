"""Whether teams trained first did better than those still waiting, where chance drew the order of training.

Teams differ, and a team that asks to be first differs most. Only where the order was drawn is the difference between
trained and waiting teams one that chance would make in a known share of all orders.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np

MOST_TEAMS = 7  # whose orders are all tried: 5,040
TRIED = 9_999
_HAIR = 1e-9


class Waiting(NamedTuple):
    """One round of reading: how many teams of the order were trained, and of each team the files met and read."""

    trained: int
    met: Sequence[int]
    read: Sequence[int]


class Ordered(NamedTuple):
    """The mean difference over the rounds, trained less waiting, and in which share of the orders it is as large."""

    difference: float
    chance: float
    orders: int


def order_test(rounds: Sequence[Waiting], *, seed: int) -> Ordered | None:
    """Hold what was found against every order in which the teams could have been trained.

    The counts of each round stand in the order that was drawn. Two-sided. Up to seven teams all orders are tried; of
    more, 9,999 and the one drawn, by a seed. An order under which a round has no file on one side counts as large.
    ``None`` where that is so of the order drawn: everybody was trained, or nobody. Not where teams chose their turn,
    nor for the size of an effect on children. Source: Fisher 1935, The Design of Experiments; for stepped orders
    Wang and De Gruttola 2017, Stat Med 36:2831.

    >>> order_test([Waiting(2, [9, 8, 4, 5], [10, 10, 10, 10])], seed=1)
    Ordered(difference=0.39..., chance=0.333..., orders=24)
    """
    teams = len(rounds[0].met) if rounds else 0
    found = _difference(rounds, np.arange(teams)) if rounds else None
    if found is None:
        return None
    tried = [_difference(rounds, np.array(order)) for order in _orders(teams, seed)]
    large = sum(each is None or abs(each) >= abs(found) - _HAIR for each in tried)
    return Ordered(found, large / len(tried), len(tried))


def _orders(teams: int, seed: int) -> Iterator[Sequence[int]]:
    if teams <= MOST_TEAMS:
        yield from permutations(range(teams))
        return
    yield range(teams)
    chance = np.random.default_rng(seed)
    yield from (chance.permutation(teams).tolist() for _ in range(TRIED))


def _difference(rounds: Sequence[Waiting], order: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> float | None:
    """The mean over the rounds of the share met in trained teams less that in the others, as if trained in an order."""
    apart = []
    for trained, met, read in rounds:
        first, others = order[:trained], order[trained:]
        files = [int(np.asarray(read)[each].sum()) for each in (first, others)]
        if not all(files):
            return None
        shares = [np.asarray(met)[each].sum() / of for each, of in zip((first, others), files, strict=True)]
        apart.append(float(shares[0] - shares[1]))
    return float(np.mean(apart))
