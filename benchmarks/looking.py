"""Rows of the honesty table on when one looks and how files are drawn: all exact, no count is simulated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from scipy.stats import hypergeom

from ilacs_audit.stats.intervals import wilson_interval
from ilacs_audit.stats.lists.stopping import stopping_counts
from ilacs_audit.stats.lists.stratified import proportional_interval
from ilacs_audit.stats.sampling import files_to_tell
from ilacs_audit.stats.target import DecisiveCounts, decisive_counts, needed

LARGE = 400  # the evidence alone is tried on it: the other ways of looking take minutes there
LISTS, TARGETS = (60, 84, 110, 200), ("0.8", "0.9")
FIRST, ONE_LOOK, FEWEST = 20, 40, 5
DESIGNS = (
    ((12, 34), (7, 22), (1, 4)),
    ((7, 70), (3, 30), (1, 10)),
    ((15, 55), (15, 55)),
    ((8, 40), (7, 35), (6, 30)),
)
Looks = Callable[[int, str], Sequence[DecisiveCounts]]
NEVER = DecisiveCounts(None, None)


class Held(NamedTuple):
    """How often the ranges of a design hold the truth at worst, and how wide they are on average, in children."""

    coverage: float
    width: float


def one_look(listed: int, target: str) -> Sequence[DecisiveCounts]:
    """A size decided beforehand."""
    size = min(ONE_LOOK, listed - 1)
    return [decisive_counts(n, target, population=listed) if n == size else NEVER for n in range(listed + 1)]


def every_look(listed: int, target: str) -> Sequence[DecisiveCounts]:
    """The rule for one look, looked at after every file."""
    looks = [decisive_counts(n, target, population=listed) for n in range(listed)]
    return [NEVER if n < FEWEST else each for n, each in enumerate((*looks, NEVER))]


def wrongly(looks: Looks, lists: Sequence[int] = ()) -> tuple[float, float]:
    """The worst chance of ever a wrong "met" and a wrong "not met", one child on the other side of the target."""
    worst = [0.0, 0.0]
    for listed, target in product(lists or LISTS, TARGETS):
        need, counts = needed(target, listed), looks(listed, target)
        for side, truth in enumerate((need - 1, need)):
            worst[side] = max(worst[side], _ever(listed, truth, counts)[side])
    return worst[0], worst[1]


def _ever(listed: int, truth: int, counts: Sequence[DecisiveCounts]) -> tuple[float, float]:
    """Chance that each side is the first to be decided, over all reading orders."""
    seen, waiting, found = np.arange(listed + 1), np.eye(1, listed + 1).ravel(), [0.0, 0.0]
    for read, (met, not_met) in enumerate(counts):
        if read:
            meets = waiting * np.clip((truth - seen) / (listed - read + 1), 0, 1)
            waiting = waiting - meets + np.append(0.0, meets[:-1])
        sides = (seen >= (listed + 1 if met is None else met), seen <= (-1 if not_met is None else not_met))
        for side, stops in enumerate(sides):
            found[side] += waiting[stops].sum()
        waiting = np.where(sides[0] | sides[1], 0.0, waiting)
    return found[0], found[1]


def following() -> tuple[float, float]:
    """The same where one reads on, from 20 files, to as many as would tell, looks again, and so on without limit."""
    worst = [0.0, 0.0]
    for listed, target in product(LISTS, TARGETS):
        need = needed(target, listed)
        for side, truth in enumerate((need - 1, need)):
            worst[side] = max(worst[side], _following(listed, truth, target)[side])
    return worst[0], worst[1]


def _following(listed: int, truth: int, target: str) -> tuple[float, float]:
    looks, found = every_look(listed, target), [0.0, 0.0]
    waiting = {(FIRST, met): float(hypergeom.pmf(met, listed, truth, FIRST)) for met in range(FIRST + 1)}
    while waiting:
        read, met = min(waiting)
        chance = waiting.pop((read, met))
        enough, few = looks[read]
        if enough is not None and met >= enough:
            found[0] += chance
        elif few is not None and met <= few:
            found[1] += chance
        elif (more := files_to_tell(met, read, listed, target)) is not None and more > read:
            seen = np.arange(more - read + 1)
            for each, part in zip(seen, hypergeom.pmf(seen, listed - read, truth - met, more - read), strict=True):
                if part > 0:
                    waiting[more, met + int(each)] = waiting.get((more, met + int(each)), 0.0) + chance * float(part)
    return found[0], found[1]


def by_sequence(listed: int, target: str) -> Sequence[DecisiveCounts]:
    """The evidence after every file."""
    return [NEVER if n < FEWEST else each for n, each in enumerate(stopping_counts(listed, target))]


def by_group(design: Sequence[tuple[int, int]]) -> tuple[Held, Held]:
    """Our range of a draw by group and Wilson's, over every way the children may be spread over the groups."""
    read, listed = (sum(each[at] for each in design) for at in (0, 1))
    exact = np.array([proportional_interval(met, design) for met in range(read + 1)])
    shares = [wilson_interval(met, read) for met in range(read + 1)]
    wilson = np.array([(each.lower * listed, each.upper * listed) for each in shares if each])
    least, width, many = np.ones(2), np.zeros(2), 0
    for spread in product(*(range(size + 1) for _, size in design)):
        chance = np.ones(1)
        for children, (drawn, size) in zip(spread, design, strict=True):
            chance = np.convolve(chance, hypergeom.pmf(np.arange(drawn + 1), size, children, drawn))
        truth, many = sum(spread), many + 1
        for at, limits in enumerate((exact, wilson)):
            held = (limits[:, 0] <= truth + 1e-9) & (truth - 1e-9 <= limits[:, 1])
            least[at] = min(least[at], chance @ held)
            width[at] += chance @ (limits[:, 1] - limits[:, 0])
    ours, theirs = (Held(float(one), float(two) / many) for one, two in zip(least, width, strict=True))
    return ours, theirs
