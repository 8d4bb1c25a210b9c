"""How often a fair draw is called unlike its list, and how often a sample of one team or one age is.

Lists of a few hundred children are made up with teams, ages, plans, ethnic groups and workers that hang together as in
a council; samples are drawn from them fairly, or with the odds of one group raised. Run it with

    python -m benchmarks.samples

It ends with status 1 where more than 5 in 100 fair draws are called unlike, or a sample of one team is not seen.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

import numpy as np

from benchmarks.measuring import put
from ilacs_audit.stats.lists.alike import chance_of_so_unlike, least_seen

TIMES, DRAWS, LUCK = 1000, 499, 0.05
Kinds = dict[str, list[str]]


class Case(NamedTuple):
    """A list and a sample of it: how long, how many are read, and by how much the odds of the first team are raised."""

    name: str
    listed: int
    read: int
    odds: float


CASES = (
    Case("fair, 20 of 88", 88, 20, 1.0),
    Case("fair, 57 of 110", 110, 57, 1.0),
    Case("fair, 60 of 400", 400, 60, 1.0),
    Case("one team three times as likely, 57 of 110", 110, 57, 3.0),
    Case("one team three times as likely, 60 of 400", 400, 60, 3.0),
    Case("one team alone, 20 of 88", 88, 20, float("inf")),
)


def made_up(size: int, rng: np.random.Generator) -> Kinds:
    """A list whose plans hang on teams, and ages on plans; workers and ethnic groups by themselves."""
    team = rng.choice(5, size, p=(0.3, 0.3, 0.2, 0.1, 0.1))
    plan = np.where(rng.random(size) < 0.7, team, rng.integers(0, 5, size))
    age = np.where(rng.random(size) < 0.4, plan % 4, rng.integers(0, 4, size))
    others = {"ethnic group": rng.choice(5, size, p=(0.7, 0.1, 0.1, 0.07, 0.03)), "post": rng.integers(0, 4, size)}
    return {name: list(map(str, each)) for name, each in {"team": team, "plan": plan, "age": age, **others}.items()}


def tried(case: Case, rng: np.random.Generator, *, times: int = TIMES) -> tuple[int, int]:
    """Of so many samples those that are called unlike, and those of which the team is named."""
    called = named = 0
    for seed in range(times):
        listed = made_up(case.listed, rng)
        first = np.array(listed["team"]) == "0"
        weights = np.where(first, 1.0, 0.0) if np.isinf(case.odds) else np.where(first, case.odds, 1.0)
        read = rng.choice(
            case.listed, min(case.read, int((weights > 0).sum())), replace=False, p=weights / weights.sum()
        )
        drawn = np.isin(np.arange(case.listed), read).tolist()
        found = chance_of_so_unlike(listed, drawn, seed=seed, draws=DRAWS)
        called += found.chance <= LUCK
        named += found.by_kind["team"] <= LUCK
    return called, named


def main() -> int:
    """Make the table. Returns 1 where a promise is broken."""
    rng, broken = np.random.default_rng(2024), False
    lines = [f"Made by `python -m benchmarks.samples`: {TIMES:,} samples a row, each of another list.", ""]
    lines += ["| sample | called unlike | the team named | seen from, points |", "| --- | --- | --- | --- |"]
    for case in CASES:
        called, named = tried(case, rng)
        least = round(100 * least_seen(case.read, case.listed, kinds=5))
        lines.append(f"| {case.name} | {called} of {TIMES:,} | {named} of {TIMES:,} | {least} |")
        limit = LUCK * TIMES + 2 * (TIMES * LUCK * (1 - LUCK)) ** 0.5
        broken |= called > limit if case.odds == 1 else np.isinf(case.odds) and named < 0.95 * TIMES
    put("\n".join(lines), name="samples")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
