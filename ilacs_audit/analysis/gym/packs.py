"""Which extracts make a pack: a choice by chance that is balanced over themes and overlaps with the pack before."""

from collections.abc import Sequence

import numpy as np

from ilacs_audit.domain.catalogue.gym import Vignette
from ilacs_audit.domain.errors import UsageError

SHARED = 3  # one extract in three of a pack stood in the pack before it, so that drift can be told


def choose(vignettes: Sequence[Vignette], *, number: int, size: int, seed: int) -> tuple[Vignette, ...]:
    """The extracts of the pack with this number, in the order in which auditors read them.

    All extracts stand in a circle, mixed by the seed, themes at even distances. A pack is a stretch of it, and the
    next one begins within its last third. The same extracts, number, size and seed give the same pack. Raises
    UsageError where there are not so many.
    """
    if not 2 <= size <= len(vignettes):
        fix = "Ask for fewer, or write more in data/gym."
        raise UsageError(f"There are {len(vignettes)} extracts, and a pack of {size} is asked for.", fix=fix)
    circle = _mixed(vignettes, np.random.default_rng(seed))
    begin = (number - 1) * (size - size // SHARED)
    chosen = [circle[(begin + step) % len(circle)] for step in range(size)]
    return tuple(chosen[place] for place in np.random.default_rng([seed, number]).permutation(size))


def _mixed(vignettes: Sequence[Vignette], chance: np.random.Generator) -> list[Vignette]:
    """Each theme mixed, and spread evenly over the circle."""
    places: list[tuple[float, float, Vignette]] = []
    for theme in dict.fromkeys(each.theme for each in vignettes):
        ours = [each for each in vignettes if each.theme == theme]
        for at, place in enumerate(chance.permutation(len(ours))):
            places.append(((at + 0.5) / len(ours), float(chance.random()), ours[place]))
    return [each for *_, each in sorted(places, key=lambda each: each[:2])]
