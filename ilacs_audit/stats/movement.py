"""Which way a second reader moves the grades: whether more go down than luck alone would send.

Agreement says how often two readers differ, and not whether one is the kinder. The plain count of moves down and up
with its exact chance is what a reader can check by hand; Bowker and Stuart-Maxwell look at the whole table.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest
from statsmodels.stats.contingency_tables import SquareTable

from ilacs_audit.stats.counts import square


class Movement(NamedTuple):
    """Moves towards the worse end and the better one, and by luck alone the chance of a lean as strong, three ways."""

    down: int
    up: int
    sign: float
    symmetry: float
    homogeneity: float


def movement(table: Sequence[Sequence[int]] | NDArray[np.generic]) -> Movement | None:
    """Moves between two readers of the same files, from the full grade by grade table, best grade first.

    `sign` is the exact two-sided chance that so many of the moves go one way (McNemar's test of down against up),
    `symmetry` Bowker's test of every pair of grades, `homogeneity` Stuart and Maxwell's of how often each grade is
    given. ``None`` where no grade was moved. The last two are rough with few moves: print them beside the first. Never
    alone. Source: Bowker 1948, JASA 43:572; Stuart 1955 and Maxwell 1970, as in statsmodels' SquareTable.

    >>> moved = movement([[2, 1, 0, 0], [1, 10, 5, 0], [0, 1, 7, 2], [0, 0, 0, 1]])
    >>> moved.down, moved.up, round(moved.sign, 3)
    (8, 2, 0.109)
    """
    counts = square(table)
    down, up = int(np.triu(counts, 1).sum()), int(np.tril(counts, -1).sum())
    if not down + up:
        return None
    used = (counts - np.diag(counts.diagonal())).sum(axis=0) + (counts - np.diag(counts.diagonal())).sum(axis=1) > 0
    whole, moved = (SquareTable(each.astype(float), shift_zeros=False) for each in (counts, counts[np.ix_(used, used)]))
    return Movement(
        down,
        up,
        float(binomtest(down, down + up).pvalue),
        float(whole.symmetry().pvalue),
        float(moved.homogeneity().pvalue),
    )
