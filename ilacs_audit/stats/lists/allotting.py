"""How many files of each part of a list to draw, and who reads which: arithmetic of shares and of a fair allotment.

What does not divide evenly is settled so that no child's chance depends on the part of the list it is in.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_flow


def in_proportion(sizes: Mapping[str, int], size: int, *, start: int) -> dict[str, int]:
    """Share the sample among strata in proportion to their size, what does not divide evenly by a random start.

    Rounding to the largest remainder would leave the same small stratum without a file every time, and its
    children without a chance. With `start` drawn from 0 to the length of the list, less one, every child has
    the same chance, and no stratum is ever a whole file away from its proportion.

    >>> in_proportion({"North": 30, "South": 10}, 10, start=0), in_proportion({"North": 30, "South": 10}, 10, start=20)
    ({'North': 7, 'South': 3}, {'North': 8, 'South': 2})
    """
    total, before, shares = sum(sizes.values()), 0, {}
    for name, count in sizes.items():
        after = before + count
        shares[name] = (size * after + start) // total - (size * before + start) // total
        before = after
    return shares


def alike(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """As many of each stratum as of the next; what a small one cannot give is taken from the others, small ones first.

    >>> alike({"good or better": 45, "below good": 4}, 15)
    {'good or better': 11, 'below good': 4}
    """
    shares: dict[str, int] = {}
    for left, name in enumerate(sorted(sizes, key=sizes.__getitem__), start=1 - len(sizes)):
        shares[name] = min(sizes[name], (size - sum(shares.values())) // (1 - left))
    return {name: shares[name] for name in sizes}


def matched(allowed: NDArray[np.bool_], capacity: NDArray[np.int_]) -> list[int] | None:
    """Match files (rows) to people (columns) who may read them, within capacity, by maximum flow; else None.

    >>> matched(np.array([[True, True], [True, False]]), np.array([1, 1]))
    [1, 0]
    """
    files, people = allowed.shape
    source, sink = files + people, files + people + 1
    flow = maximum_flow(_network(allowed, capacity), source, sink)
    if flow.flow_value < files:
        return None
    used = flow.flow.toarray()[:files, files : files + people]
    return [int(np.argmax(row)) for row in used]


def _network(allowed: NDArray[np.bool_], capacity: NDArray[np.int_]) -> csr_matrix:
    files, people = allowed.shape
    network = np.zeros((files + people + 2, files + people + 2), dtype=np.int32)
    network[files + people, :files] = 1
    network[:files, files : files + people] = allowed
    network[files : files + people, files + people + 1] = capacity
    return csr_matrix(network)
