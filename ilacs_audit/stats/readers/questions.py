"""Questions that several readers answered: pairs who gave the same grade, and questions that split people.

With few readers luck alone splits some questions, so how many it would split is worked out beside those there are.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from math import factorial, prod

FEWEST_TO_SPLIT = 5


def pairs_alike(grades: Sequence[object]) -> tuple[int, int]:
    """Of all pairs of readers of one question, how many gave the same grade, and how many pairs there are.

    >>> pairs_alike(["met", "met", "not met"])
    (1, 3)
    """
    pairs = len(grades) * (len(grades) - 1) // 2
    return sum(count * (count - 1) // 2 for count in Counter(grades).values()), pairs


def splits(counts: Sequence[int]) -> bool:
    """Whether a question splits its readers: five or more, of whom a third or more gave the second commonest grade.

    >>> splits([4, 2, 0]), splits([5, 1, 0]), splits([2, 2, 0])
    (True, False, False)
    """
    readers = sum(counts)
    return readers >= FEWEST_TO_SPLIT and 3 * sorted(counts)[-2] >= readers


def chance_of_split(shares: Sequence[float], readers: int) -> float:
    """The chance that so many readers are split, where each gives each grade with these chances (exact, multinomial).

    >>> round(chance_of_split([0.8, 0.1, 0.1], 6), 2), chance_of_split([1.0, 0.0, 0.0], 6)
    (0.22, 0.0)
    """
    every = (counts for counts in product(range(readers + 1), repeat=len(shares)) if sum(counts) == readers)
    return sum(
        factorial(readers) / prod(map(factorial, counts)) * prod(p**k for p, k in zip(shares, counts, strict=True))
        for counts in every
        if splits(counts)
    )
