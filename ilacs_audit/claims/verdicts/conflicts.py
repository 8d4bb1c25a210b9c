"""Where sources contradict one another: by their verdicts, by ranges that lie apart, or on the same files.

A conflict is a finding and is never averaged away. That one source cannot tell is no conflict: it says nothing against
another.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from ilacs_audit.claims.verdicts.verdicts import BOUNDS
from ilacs_audit.claims.words import MET, NOT_MET, listed
from ilacs_audit.domain.measures import Row

DIFFERENT = "different"


class Conflict(NamedTuple):
    """How many of the sources of one standard contradict each other, and how, in words without numbers."""

    sources: int
    words: str


def conflict(found: Sequence[Row], pairs: Sequence[Row], name: Callable[[Row], str]) -> Conflict | None:
    """What the sources of one standard contradict each other on, verdicts first; None where on nothing.

    `pairs` are the rows of two readers of the same files, whose verdict is "different" where they part by more than
    chance.
    """
    for told in (_by_verdict(found, name), _by_files(pairs, name), _by_range(found, name)):
        first = next(told, None)
        if first:
            return first
    return None


def _by_verdict(found: Sequence[Row], name: Callable[[Row], str]) -> Iterator[Conflict]:
    met, short = ([name(row) for row in found if row.verdict == word] for word in (MET, NOT_MET))
    if met and short:
        yield Conflict(len(met) + len(short), f"met by {listed(met)}, not met by {listed(short)}")


def _by_files(pairs: Sequence[Row], name: Callable[[Row], str]) -> Iterator[Conflict]:
    apart = [name(row) for row in pairs if row.verdict == DIFFERENT]
    if apart:
        yield Conflict(len(apart) + 1, f"auditors and {listed(apart)} read the same files and part by more than chance")


def _by_range(found: Sequence[Row], name: Callable[[Row], str]) -> Iterator[Conflict]:
    ranged = [row for row in found if row.lower is not None and row.upper is not None and row.method != BOUNDS]
    for pair in combinations(ranged, 2):
        low, high = sorted(pair, key=lambda row: row.lower or 0.0)
        if (low.upper or 0.0) < (high.lower or 0.0):
            yield Conflict(2, f"the range of {name(high)} lies above that of {name(low)}")
