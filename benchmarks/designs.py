"""Rows of the honesty table on draws not made file by file from a whole list, and on files that hang together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import cycle, product
from typing import NamedTuple

import numpy as np
from scipy.stats import hypergeom

from ilacs_audit.stats.intervals import hypergeometric_interval, wilson_interval
from ilacs_audit.stats.lists.stopping import stopping_counts
from ilacs_audit.stats.lists.stratified import stratified_interval
from ilacs_audit.stats.lists.together import design_effect, effective_limits
from ilacs_audit.stats.target import needed

PHASES = ((12, 25, 98), (5, 30, 55), (20, 20, 180))  # flagged, drawn of the rest, the rest
FILES, TOGETHER, ALIKE, SHARES = (20, 40, 60), (2, 3, 5, "1 to 5"), (0.0, 0.05, 0.1, 0.2), (0.5, 0.8, 0.95)
LISTED, HELD, TARGET = 110, 5, "0.8"  # a list of 110 files, five to a worker
Counts = tuple[int, int]
Generator = np.random.Generator


class Found(NamedTuple):
    """How often ranges hold the truth at worst, where that was, and the same of the range that looks at nothing."""

    coverage: float
    plain: float
    where: str


def in_two_phases(flagged: int, drawn: int, rest: int) -> Found:
    """Our range of a draw in two phases and Wilson's of all that was read, over every list: exact."""
    worst, plain = 1.0, 1.0
    for sure in (0, flagged // 2, flagged):
        found = [
            stratified_interval([(sure, flagged, flagged), (met, drawn, rest)]) or (0, 0) for met in range(drawn + 1)
        ]
        shares = [wilson_interval(sure + met, flagged + drawn) for met in range(drawn + 1)]
        bare = [(each.lower * (flagged + rest), each.upper * (flagged + rest)) for each in shares if each]
        for truth in range(rest + 1):
            chance = hypergeom.pmf(np.arange(drawn + 1), rest, truth, drawn)
            worst = min(worst, _held(found, sure + truth, chance))
            plain = min(plain, _held(bare, sure + truth, chance))
    return Found(worst, plain, "")


def _held(limits: Sequence[tuple[float, float]], truth: int, chance: np.ndarray) -> float:
    low, high = np.array(limits, dtype=float).T
    return float(chance @ ((low <= truth + 1e-9) & (truth - 1e-9 <= high)))


def by_worker(chance: Generator, *, draws: int) -> Iterator[tuple[float, Found]]:
    """For each likeness the worst of our ranges of a draw by worker, over sizes, files to a worker and shares."""
    for alike in ALIKE:
        found = [
            (*_by_worker(chance, _sizes(files, each), alike, level, draws), f"{files} files, {each} to a worker")
            for files, each, level in product(FILES, TOGETHER, SHARES)
        ]
        coverage, _, where = min(found)
        yield alike, Found(coverage, min(plain for _, plain, _ in found), where)


def _sizes(files: int, each: int | str) -> tuple[int, ...]:
    """How many files each worker has, as many as are read in all."""
    found: list[int] = []
    wanted = cycle((1, 2, 3, 4, 5)) if isinstance(each, str) else cycle((each,))
    while sum(found) < files:
        found.append(min(next(wanted), files - sum(found)))
    return tuple(found)


def _by_worker(chance: Generator, sizes: Sequence[int], alike: float, level: float, draws: int) -> tuple[float, float]:
    met = chance.binomial(sizes, _levels(chance, alike, level, (draws, len(sizes))))
    held = np.array([_limits(tuple(sorted(zip(each, sizes, strict=True)))) for each in met.tolist()])
    ours, plain = (((held[:, at] <= level) & (level <= held[:, at + 1])).mean() for at in (0, 2))
    return float(ours), float(plain)


def _levels(chance: Generator, alike: float, level: float, shape: tuple[int, ...]) -> np.ndarray:
    """Each worker's own share, so that two files of one are this much alike."""
    pull = 1 / alike - 1 if alike else 0
    return chance.beta(level * pull, (1 - level) * pull, shape) if alike else np.full(shape, level)


@cache
def _limits(pairs: tuple[Counts, ...]) -> tuple[float, float, float, float]:
    met, read = zip(*pairs, strict=True)
    plain = effective_limits(sum(met), sum(read), effect=1)
    return *effective_limits(sum(met), sum(read), effect=design_effect(met, read)), *plain


def one_by_one(chance: Generator, *, lists: int, alike: float = 0.2, read: int = 30) -> Found:
    """Ranges of files drawn one by one from lists whose workers differ: each list is another, and so is its truth."""
    held = 0
    for _ in range(lists):
        answers = _list(chance, alike, 0.8)
        ends = hypergeometric_interval(int(chance.choice(answers, read, replace=False).sum()), read, LISTED)
        held += ends is not None and ends.lower <= answers.sum() <= ends.upper
    return Found(held / lists, 1.0, "")


def _list(chance: Generator, alike: float, level: float, workers: np.ndarray | None = None) -> np.ndarray:
    of_each = _levels(chance, alike, level, (LISTED // HELD,)) if workers is None else workers
    return chance.random(LISTED) < np.repeat(of_each, HELD)


def unchanged(
    chance: Generator, called: Callable[[Counts, Counts], bool], *, pairs: int, alike: float = 0.2, read: int = 30
) -> tuple[float, float]:
    """How often no change is called better, files drawn one by one: by the same workers, and by others each round."""
    found = []
    for same in (True, False):
        better = 0
        for _ in range(pairs):
            workers = _levels(chance, alike, 0.65, (LISTED // HELD,))
            rounds = [_list(chance, alike, 0.65, workers if same else None) for _ in range(2)]
            was, now = ((int(chance.choice(each, read, replace=False).sum()), read) for each in rounds)
            better += called(was, now)
        found.append(better / pairs)
    return found[0], found[1]


def ever_wrongly(chance: Generator, *, lists: int) -> float:
    """How often reading in the order of the draw is ever decided wrongly, on lists whose workers are all or nothing."""
    counts = stopping_counts(LISTED, TARGET)
    enough = np.array([LISTED + 1 if each.met is None else each.met for each in counts])
    enough[:5] = LISTED + 1
    answers = np.arange(LISTED) < needed(TARGET, LISTED) - 1  # files of one worker stand together and are alike
    seen = np.array([np.append(0, np.cumsum(answers[chance.permutation(LISTED)])) for _ in range(lists)])
    return float((seen >= enough)[:, :LISTED].any(axis=1).mean())
