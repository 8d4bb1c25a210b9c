"""Evidence that may be looked at after every file: how strongly the files read so far speak against a target.

A rule for one look is wrong more often than it promises where somebody looks, reads on and looks again. The evidence
here is kept up from file to file, and a verdict at 40 is wrong at most once in 40, whenever anyone looks or stops.

Why it holds. Files are read in an order drawn by chance, without putting any back, from a list of N. If M of the
list meet the standard, x met files of n have the hypergeometric chance p(x; M). The evidence that more than m meet
it is the mean of p(x; M) / p(x; m) over all M greater than m.

1. At M = m each ratio, looked at after every file, is the chance of the answers in their order under M over that under
   m: it starts at 1, is never negative, and its mean does not move (a martingale). So is the mean of the ratios, and
   that it ever reaches 40 has at most a chance of 1 in 40 (Ville's inequality).
2. Each ratio rises with x. Turn met files of a list into files that are not: every reading order then has at any
   file no more met than before, and no more evidence. So m is the least favourable of all counts up to m.
3. The other side is the same with met and not met exchanged.

Conditions: the list is known and its length is that of the files to which the standard applies; the order was drawn
by chance and kept; no file is left out or looked at first; the target stood before the first file was read.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from ilacs_audit.stats.counts import sample, tail, whole
from ilacs_audit.stats.intervals import Interval
from ilacs_audit.stats.target import Target, needed

DECISIVE = 1 / tail(0.95)  # 40, less a hair's breadth: evidence that is as strong as 2.5% a side asks for


class Evidence(NamedTuple):
    """How many times likelier the answers are if the target is met, and if it is not, than if it is only just not so.

    1 says nothing, 40 decides, infinity is certain.
    """

    met: float
    not_met: float


def sequence_evidence(successes: int, trials: int, population: int, *, target: Target) -> Evidence:
    """Evidence after some files of a list that the target is met, and that it is not; each decides at 40.

    Files were drawn at random without replacement and are looked at after any file, as often as one likes: the chance
    that a side is ever decided wrongly is at most 2.5%. Not where files were picked, skipped or read out of order,
    and not where nobody knows to how many of the list the standard applies: then there is no population.
    Source: the module's proof; Waudby-Smith and Ramdas 2020, arXiv 2006.04347; ALPHA, Stark 2023, Ann Appl Stat
    17:641, with the next file's chance by our mean (tests/stats/lists agrees to ten digits).

    >>> [round(side, 1) for side in sequence_evidence(30, 31, 110, target=0.8)]
    [72.1, 0.0]
    """
    met, read, listed = sample(successes, trials, population)
    need = needed(target, listed)
    if need == 0:
        return Evidence(np.inf, 0.0)
    return Evidence(_more(met, read, listed)[need - 1].item(), _more(read - met, read, listed)[listed - need].item())


def confidence_sequence(answers: Iterable[bool], population: int, *, confidence: float = 0.95) -> list[Interval]:
    """Limits, in whole children, after each file of a reading order: all of them hold together.

    A count leaves the interval for good once the evidence against it is as strong as the confidence asks for on one
    side, so the lower limit reaches the target when :func:`sequence_evidence` decides. Wider than the interval for
    one look. Not for files picked, skipped or read out of order. ``answers`` are True where a file meets the standard.
    Source: Waudby-Smith and Ramdas 2020, arXiv 2006.04347, by inversion of our one-sided evidence.

    >>> confidence_sequence([True] * 30, 40)[-1]
    Interval(lower=37, upper=40)
    """
    met, least = 0, 1 / tail(confidence)
    listed, found = whole(population, "population"), []
    too_few, too_many = np.zeros(listed + 1, dtype=bool), np.zeros(listed + 1, dtype=bool)
    for read, answer in enumerate(answers, start=1):
        met += whole(int(answer), "each answer")
        sample(met, read, listed)
        too_few |= _more(met, read, listed) >= least
        too_many |= _more(read - met, read, listed)[::-1] >= least
        lower, upper = int(np.argmin(too_few)), listed - int(np.argmin(too_many[::-1]))
        # What the files read make certain stands, however unlikely it had become.
        lower, upper = min(lower, listed - read + met), max(upper, met)
        found.append(Interval(min(lower, upper), max(lower, upper)))
    return found


def sequence_limits(successes: int, trials: int, population: int, *, confidence: float = 0.95) -> Interval:
    """Limits, in whole children, that the counts of a reading order allow whatever the order was.

    They hold the last of :func:`confidence_sequence` for every order with these counts, and so whenever anyone looks.
    Source: as there, without what earlier files ruled out.

    >>> sequence_limits(30, 30, 40)
    Interval(lower=37, upper=40)
    """
    met, read, listed = sample(successes, trials, population)
    least = 1 / tail(confidence)
    few, many = _more(met, read, listed) < least, _more(read - met, read, listed) < least
    return Interval(int(np.argmax(few)), listed - int(np.argmax(many)))


def _more(met: int, read: int, listed: int) -> NDArray[np.float64]:
    """Evidence that more than m of the list meet the standard, for every m from 0 to the whole list."""
    children = np.arange(listed + 1)
    chance = _ways(children, met) + _ways(listed - children, read - met)
    above = np.append(np.logaddexp.accumulate(chance[:0:-1])[::-1], -np.inf)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        ratio = np.exp(above - chance) / (listed - children)
    return np.where(np.isneginf(above), 0.0, ratio)


def _ways(of: NDArray[np.int64], taken: int) -> NDArray[np.float64]:
    """Logarithm of the number of ways to take so many; minus infinity where there are not as many."""
    return np.asarray(gammaln(of + 1) - gammaln(taken + 1) - gammaln(np.maximum(of - taken + 1, 0)))
