"""The written rules of methods.md 3.1, 5.2, 6.1, 11.1 and 11.7, written again from their text with scipy alone."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from math import ceil, sqrt

from scipy.stats import hypergeom

MET, NOT_MET, CANNOT_TELL, NONE = "met", "not met", "cannot tell", ""
FEWEST = 5
Z = 1.959963984540054


@cache
def children(met: int, read: int, listed: int) -> tuple[int, int]:
    """The least and the most children of a list that a draw speaks for (5.2).

    >>> children(24, 30, 110), children(5, 5, 40)
    ((71, 99), (21, 40))
    """
    possible = range(met, listed - (read - met) + 1)
    low = next(each for each in possible if hypergeom.sf(met - 1, listed, each, read) > 0.025)
    high = next(each for each in reversed(possible) if hypergeom.cdf(met, listed, each, read) > 0.025)
    return low, high


def wilson(met: int, read: int) -> tuple[float, float]:
    """Wilson's limits (3.1).

    >>> [round(each, 3) for each in wilson(81, 263)]
    [0.255, 0.366]
    """
    share, square = met / read, Z * Z
    middle, half = share + square / (2 * read), Z * sqrt(share * (1 - share) / read + square / (4 * read * read))
    return (middle - half) / (1 + square / read), (middle + half) / (1 + square / read)


def verdict(met: int, read: int, missing: int, listed: int | None, target: Fraction) -> str:
    """What may be said of a standard that was drawn by chance (11.1, 11.7): it has to stand for every filling.

    >>> verdict(22, 30, 0, 110, Fraction(9, 10)), verdict(24, 30, 0, 110, Fraction(4, 5))
    ('not met', 'cannot tell')
    """
    if read < FEWEST:
        return NONE
    asked = read + missing
    if listed:
        needed = ceil(target * listed)
        low, high = children(met, asked, listed)[0], children(met + missing, asked, listed)[1]
        return MET if low >= needed else NOT_MET if high < needed else CANNOT_TELL
    lower, upper = wilson(met, asked)[0], wilson(met + missing, asked)[1]
    return MET if lower >= target else NOT_MET if upper < target else CANNOT_TELL


def readings(met: int, read: int, listed: int | None, target: Fraction, said: str) -> Iterator[tuple[int, int]]:
    """The counts that a public row may stand for: they round to what is shown, may be shown, and give its verdict.

    The reader is thought to know that nothing is missing.
    """
    for n in _near(read):
        for k in _near(met):
            if k <= n and (n - k == 0 or n - k >= 6):
                sizes = [each for each in _near(listed) if each >= n] if listed else [None]
                if any(verdict(k, n, 0, size, target) == said for size in sizes):
                    yield k, n


def _near(shown: int) -> list[int]:
    """The counts that round to a count shown to the public: none, or six and more."""
    return [0] if shown == 0 else [each for each in range(shown - 2, shown + 3) if each >= 6]
