"""Whether a sample is as unlike its list as a fair draw would hardly be, over all that is known of its children.

A count of five kinds of groups has twenty differences to look at, and one of them is nearly always striking. Here the
kinds are judged together: draws of the same size are made again from the same list, so children keep what belongs
together, and the rarest difference of the sample is held against the rarest one of each draw.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from ilacs_audit.stats.counts import sample, tail

DRAWS = 4999  # a fair draw is called unlike by luck in 5 of 100; so many make one chance in 5,000 the smallest told
AT_ONCE = 500


class Unlike(NamedTuple):
    """How likely a fair draw is as unlike its list in anything, and in each kind of group, judged together."""

    chance: float
    by_kind: Mapping[str, float]


def chance_of_so_unlike(
    groups: Mapping[str, Sequence[object]], drawn: Sequence[bool], *, seed: int, draws: int = DRAWS
) -> Unlike:
    """The chance that a simple random draw of the same size is as unlike its list as the sample.

    ``groups`` has a kind of group (team, age band) with the group of each child of the list, ``drawn`` whether each of
    them is in the sample. A kind's difference is Pearson's, of the sample from what the list leads one to expect; how
    rare it is, is counted over ``draws`` draws without replacement, and the rarest over all kinds is held against the
    rarest of each draw (so one kind more makes no more false alarms). ``by_kind`` gives each kind's chance adjusted so.
    Of a kind with one group, of nobody and of the whole list the chance is 1. Not for a draw out of proportion.
    Source: Westfall and Young 1993, Resampling-Based Multiple Testing, min-p; one kind alone is Pearson's exact test of
    the multivariate hypergeometric distribution (tests/stats/lists/test_alike.py holds it against scipy's).

    >>> team = {"team": ["North"] * 20 + ["South"] * 20}
    >>> chance_of_so_unlike(team, [True] * 8 + [False] * 32, seed=1).chance
    0.0048
    >>> chance_of_so_unlike(team, ([True] * 4 + [False] * 16) * 2, seed=1).chance
    1.0
    """
    chosen = np.flatnonzero(np.asarray(drawn, dtype=bool))
    codes = {kind: np.unique([*map(str, said)], return_inverse=True)[1] for kind, said in groups.items()}
    codes = {kind: each for kind, each in codes.items() if len(each) and each.max() > 0}
    if not codes or len(chosen) in (0, len(drawn)):
        return Unlike(1.0, dict.fromkeys(groups, 1.0))
    rng = np.random.default_rng(seed)
    each_draw = np.vstack([chosen[None], *_drawn(rng, len(drawn), len(chosen), draws)])
    rare = np.array([_rarity(_apart(code, each_draw)) for code in codes.values()])
    rarest = rare.min(axis=0)
    told = {kind: _share(rarest <= own) for kind, own in zip(codes, rare[:, 0], strict=True)}
    return Unlike(_share(rarest <= rarest[0]), dict.fromkeys(groups, 1.0) | told)


def _drawn(rng: np.random.Generator, listed: int, size: int, draws: int) -> Iterator[NDArray[np.intp]]:
    """Simple random draws without replacement, a row each, a few hundred at a time."""
    for first in range(0, draws, AT_ONCE):
        keys = rng.random((min(AT_ONCE, draws - first), listed))
        yield np.argpartition(keys, size - 1, axis=1)[:, :size]


def _apart(code: NDArray[np.intp], each_draw: NDArray[np.intp]) -> NDArray[np.float64]:
    """Pearson's difference of each draw from its list, rounded so that draws which are equal are counted as equal."""
    listed, (draws, size) = np.bincount(code), each_draw.shape
    places = code[each_draw] + len(listed) * np.arange(draws)[:, None]
    counts = np.bincount(places.ravel(), minlength=draws * len(listed)).reshape(draws, len(listed))
    due = listed * (size / len(code))
    return np.asarray(np.round(((counts - due) ** 2 / due).sum(axis=1), 9), dtype=float)


def _rarity(apart: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of every draw, in what share of them the difference is at least as great."""
    below = np.searchsorted(np.sort(apart), apart, side="left")
    return np.asarray((len(apart) - below) / len(apart), dtype=float)


def _share(so: NDArray[np.bool_]) -> float:
    return float(so.mean())


def least_seen(drawn: int, listed: int, *, kinds: int = 1, confidence: float = 0.95, power: float = 0.8) -> float:
    """By how much a group that is half of its list must be over or under in a sample to be seen with this power.

    As a share of the sample, with each of so many kinds of groups judged at its part of 1 - confidence; the normal
    approximation with the finite-population correction. ``inf`` where nothing was drawn, 0 where all was. Not for a
    group far from half. Source: Cochran 1977, Sampling Techniques, 2.6 and 3.2.

    >>> round(least_seen(57, 110, kinds=5), 3)
    0.158
    """
    _, drawn, listed = sample(0, drawn, listed)
    if not drawn:
        return float("inf")
    reach = norm.isf(tail(confidence) / kinds) + norm.ppf(power)
    return float(reach * np.sqrt(0.25 / drawn * (listed - drawn) / max(listed - 1, 1)))
