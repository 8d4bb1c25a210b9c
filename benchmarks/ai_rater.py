"""How often a range holds the truth when an AI grades every file and people only a few, where the truth is known.

An AI passes some files that a person would not, and fails some that a person would pass. Three ranges are held against
the share of the list that people would pass: of the files that people read, drawn at random, as the product has it;
prediction-powered, which is the AI's share of the list set right by where the two differ in those files; and of the
AI's grades alone, as if they were a person's. Run it with

    python -m benchmarks.ai_rater

which prints the table and writes it into docs/methods.md between its markers. It ends with status 1 where the range of
the files that people read holds the truth in under 95% of the runs.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from benchmarks.measuring import put
from ilacs_audit.stats.intervals import hypergeometric_interval, wilson_interval

SEED, RUNS, LISTED, READ = 20241121, 4_000, 110, 20
COMMAND = "python -m benchmarks.ai_rater"
Z = float(norm.ppf(0.975))


class Design(NamedTuple):
    """The truth, and what the AI gets wrong."""

    kind: str
    truth: float
    pass_poor: float
    fail_good: float

    @property
    def words(self) -> str:
        """The design in a cell of the table."""
        wrong = f"passes {self.pass_poor:.0%} of poor files and fails {self.fail_good:.0%} of good ones"
        return f"{self.kind}: {wrong}; truth {self.truth:.0%}"


DESIGNS = tuple(
    Design(kind, truth, pass_poor, fail_good)
    for kind, pass_poor, fail_good in (
        ("A sharp AI", 0.1, 0.1),
        ("A kind AI", 0.4, 0.05),
        ("A harsh AI", 0.05, 0.3),
        ("An AI that guesses", 0.5, 0.5),
    )
    for truth in (0.3, 0.5, 0.7)
)


class Found(NamedTuple):
    """What the runs of a design gave: of each range how often it held the truth, and how wide the first two were."""

    design: Design
    people: float
    powered: float
    alone: float
    people_wide: float
    powered_wide: float


def prediction_powered(ai: NDArray[np.bool_], read: NDArray[np.intp], person: NDArray[np.bool_]) -> tuple[float, float]:
    """The range of a share of the list: the AI's of all files, less its mean error in those that people read.

    Source: Angelopoulos et al. 2023, Science 382:669, with the finite list allowed for.
    """
    off = ai[read].astype(float) - person
    middle = ai.mean() - off.mean()
    wide = Z * np.sqrt(off.var(ddof=1) / len(read) * (1 - len(read) / len(ai)))
    return float(middle - wide), float(middle + wide)


def one(design: Design, chance: np.random.Generator) -> tuple[float, list[tuple[float, float]]]:
    """One list: the share of it that people would pass, and the three ranges."""
    good = chance.random(LISTED) < design.truth
    ai = np.where(good, chance.random(LISTED) >= design.fail_good, chance.random(LISTED) < design.pass_poor)
    read = chance.permutation(LISTED)[:READ]
    people = hypergeometric_interval(int(good[read].sum()), READ, LISTED)
    alone = wilson_interval(int(ai.sum()), LISTED)
    ends = (people.lower / LISTED, people.upper / LISTED), prediction_powered(ai, read, good[read])
    return float(good.mean()), [*ends, (alone.lower, alone.upper)]


def measured(design: Design, runs: int = RUNS) -> Found:
    """Run a design, each time with another list."""
    chance = np.random.default_rng([SEED, *map(ord, design.words)])
    tried = [one(design, chance) for _ in range(runs)]
    held = np.array([[lower <= truth <= upper for lower, upper in ranges] for truth, ranges in tried]).mean(axis=0)
    wide = np.array([[upper - lower for lower, upper in ranges] for _, ranges in tried]).mean(axis=0)
    return Found(design, *map(float, held), *map(float, wide[:2]))


def table(found: list[Found]) -> str:
    """The runs as Markdown."""
    lines = [
        f"Made by `{COMMAND}` with seed {SEED}, {RUNS:,} runs a row: a list of {LISTED}, {READ} files read by people.",
        "",
        "| The AI | Files people read: holds the truth | Prediction-powered | AI alone | Width of the first two |",
        "|---|---|---|---|---|",
    ]
    for each in found:
        held = f"{each.people:.1%} | {each.powered:.1%} | {each.alone:.1%}"
        wide = f"{100 * each.people_wide:.0f} and {100 * each.powered_wide:.0f} points"
        lines.append(f"| {each.design.words} | {held} | {wide} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table and write it into docs/methods.md."""
    found = [measured(design) for design in DESIGNS]
    text = table(found)
    print(text)
    put(text, name="ai_rater")
    return 0 if all(each.people >= 0.95 for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
