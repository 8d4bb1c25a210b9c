"""Whether the gym finds how reliable readers are, where that is known, and calls no drift where there is none.

Readers give the anchor's grade with a known chance and else one beside it; extracts may be easier or harder, which
every reader feels alike. Everything is worked out by the functions that `gym_results` calls. Run it with

    python -m benchmarks.gym

which prints the tables and writes them into docs/methods.md between their markers. It ends with status 1 where a range
holds the truth in fewer than 93% of the runs (kappa and alpha of lopsided packs apart), or drift is called in more
than 7% of those without any.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from benchmarks.measuring import put
from ilacs_audit.analysis.gym.results import AC2, KAPPA
from ilacs_audit.domain.catalogue.gym import GRADES
from ilacs_audit.stats.agreement import (
    Agreement,
    agreement_weights,
    alphas,
    coincidences,
    gwet_ac,
    gwets,
    kappas,
    krippendorff_alpha,
    weighted_kappa,
)
from ilacs_audit.stats.readers.clustered import Clustered, clustered_agreement, clustered_difference, clustered_share
from ilacs_audit.stats.readers.questions import pairs_alike

SEED, RUNS = 20241121, 1_000
COMMAND = "python -m benchmarks.gym"
READERS, VIGNETTES, QUESTIONS, SHARED = 6, 12, 3, 4
COVERED, CALLED = 0.93, 0.07
LINEAR = agreement_weights(3, "linear")
LARGE = 40_000  # questions from which the truth of a coefficient is worked out
NAMES = {
    "gym_same": "one reader and the anchor",
    "gym_pairs": "pairs of readers",
    KAPPA: "linear kappa",
    AC2: "AC2",
    "agreement": "alpha",
}


class Design(NamedTuple):
    """Readers' chance of the anchor's grade, how far extracts move it either way, and the anchors' shares."""

    reliability: float
    spread: float
    anchors: tuple[float, float, float]

    @property
    def words(self) -> str:
        """The design in a cell of the table."""
        hard = f", extracts {self.spread:.0%} easier or harder" if self.spread else ""
        return f"right {self.reliability:.0%}{hard}; anchors met {self.anchors[0]:.0%}"


EVEN, LOPSIDED = (0.46, 0.28, 0.26), (0.9, 0.06, 0.04)
DESIGNS = (
    Design(0.9, 0.0, EVEN),
    Design(0.75, 0.0, EVEN),
    Design(0.75, 0.15, EVEN),
    Design(0.6, 0.0, EVEN),
    Design(0.75, 0.0, LOPSIDED),
    Design(0.9, 0.0, LOPSIDED),
)


class Found(NamedTuple):
    """Of one figure: the truth, the mean error, and the share of ranges that hold the truth."""

    design: Design
    name: str
    truth: float
    error: float
    covered: float
    told: int

    @property
    def kept(self) -> bool:
        """Whether ranges hold the truth as often as they should."""
        return self.covered >= COVERED

    @property
    def promised(self) -> bool:
        """Whether it must: of kappa and alpha in a pack with hardly a grade but one it is known that they fall."""
        return self.design.anchors == EVEN or self.name not in (KAPPA, "agreement")


def asked(design: Design, chance: np.random.Generator, *, vignettes: int) -> tuple[np.ndarray, np.ndarray]:
    """The anchor of each question, and a reader's chance to give it, which is the same within an extract."""
    anchors = chance.choice(len(GRADES), size=vignettes * QUESTIONS, p=design.anchors)
    right = design.reliability + design.spread * chance.choice([-1, 1], size=vignettes)
    return anchors, np.repeat(right, QUESTIONS)


def answers(anchors: np.ndarray, right: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """What each reader gives to questions with these anchors: the anchor, or a grade beside it."""
    beside = np.where(anchors[:, None] == 1, chance.choice([0, 2], size=(len(anchors), READERS)), 1)
    return np.where(chance.random((len(anchors), READERS)) < right[:, None], anchors[:, None], beside)


def graded(design: Design, chance: np.random.Generator, *, vignettes: int) -> tuple[np.ndarray, np.ndarray]:
    """A pack of so many extracts: the anchor of each question, and what each reader gives to it."""
    anchors, right = asked(design, chance, vignettes=vignettes)
    return anchors, answers(anchors, right, chance)


def truth(design: Design) -> dict[str, float]:
    """Each figure as it would be of very many extracts."""
    anchors, given = graded(design, np.random.default_rng(SEED), vignettes=LARGE // QUESTIONS)
    table = np.zeros((3, 3), dtype=int)
    np.add.at(table, (np.repeat(anchors, READERS), given.ravel()), 1)
    counts = np.stack([(given == grade).sum(axis=1) for grade in range(3)])
    pairs = (counts * (counts - 1)).sum() / (given.shape[0] * READERS * (READERS - 1))
    return {
        "gym_same": float((given == anchors[:, None]).mean()),
        "gym_pairs": float(pairs),
        KAPPA: weighted_kappa(table).value,
        AC2: gwet_ac(table, draws=2).value,
        "agreement": krippendorff_alpha(given.tolist(), categories=[0, 1, 2], draws=2).value,
    }


def measured(design: Design, runs: int = RUNS) -> list[Found]:
    """Run a design, each time with other extracts, and hold every range against the truth."""
    chance, true = np.random.default_rng([SEED, *map(ord, design.words)]), truth(design)
    told: dict[str, list[Ranged]] = {name: [] for name in NAMES}
    for _ in range(runs):
        for name, found in figures(*graded(design, chance, vignettes=VIGNETTES)):
            if found is not None and found.interval is not None:
                told[name].append(found)
    return [_held(design, name, true[name], told[name]) for name in NAMES]


Ranged = Clustered | Agreement


def figures(anchors: np.ndarray, given: np.ndarray) -> Iterator[tuple[str, Ranged | None]]:
    """Every figure of a pack with its range, by the functions that `gym_results` calls, without its tables."""
    extract = np.arange(len(anchors)) // QUESTIONS
    by = partial(_by_extract, extract)
    right = by(given == anchors[:, None])
    for reader in range(READERS):
        yield "gym_same", clustered_share(right[:, reader].tolist(), [QUESTIONS] * len(right))
        tables = np.zeros((len(anchors), 3, 3))
        tables[np.arange(len(anchors)), anchors, given[:, reader]] = 1
        for name, statistic in ((KAPPA, kappas), (AC2, gwets)):
            yield name, clustered_agreement(by(tables), partial(statistic, weights=LINEAR))
    alike = by(np.array([pairs_alike(each)[0] for each in given.tolist()]))
    pairs = QUESTIONS * READERS * (READERS - 1) // 2
    yield "gym_pairs", clustered_share([*map(int, alike)], [pairs] * len(alike))
    yield (
        "agreement",
        clustered_agreement(by(coincidences(given.tolist(), [0, 1, 2])), partial(alphas, level="ordinal")),
    )


def _by_extract(extract: np.ndarray, counted: np.ndarray) -> np.ndarray:
    summed = np.zeros((extract[-1] + 1, *counted.shape[1:]))
    np.add.at(summed, extract, counted)
    return summed


def _held(design: Design, name: str, true: float, found: list[Ranged]) -> Found:
    covered = np.mean([row.interval.lower <= true <= row.interval.upper for row in found])
    error = float(np.mean([row.value for row in found])) - true
    return Found(design, name, true, error, float(covered), len(found))


class Drift(NamedTuple):
    """How often drift is called where readers became so much better."""

    better: float
    nearer: float
    further: float


def drifted(better: float, runs: int = RUNS) -> Drift:
    """Two packs with four extracts of both, in the second of which readers are better by this chance."""
    design, chance = DESIGNS[2], np.random.default_rng([SEED, round(100 * better) + 100])
    called = {1: 0, -1: 0}
    for _ in range(runs):
        anchors, right = asked(design, chance, vignettes=SHARED)
        was, now = (answers(anchors, right + more, chance) == anchors[:, None] for more in (0.0, better))
        changes = (now.astype(int) - was.astype(int)).sum(axis=0)
        found = clustered_difference(changes.tolist(), [len(anchors)] * READERS)
        if found is not None and found.interval is not None:
            called[1] += found.interval.lower > 0
            called[-1] += found.interval.upper < 0
    return Drift(better, called[1] / runs, called[-1] / runs)


def table(found: list[Found]) -> Iterator[str]:
    """The runs as Markdown."""
    yield f"Made by `{COMMAND}` with seed {SEED}: {RUNS:,} packs a row, each of {VIGNETTES} extracts with {QUESTIONS}"
    yield f"questions, graded by {READERS} readers."
    yield ""
    yield "| Readers and pack | Figure | Truth | Off by, on average | Ranges that hold the truth | Kept |"
    yield "|---|---|---|---|---|---|"
    for each in found:
        kept = "yes" if each.kept else "**no**"
        yield (
            f"| {each.design.words} | {NAMES[each.name]} | {each.truth:.2f} | {each.error:+.3f} | {each.covered:.1%} "
            f"| {kept} |"
        )


def drift_table(found: list[Drift]) -> Iterator[str]:
    """How often drift is called, as Markdown."""
    yield ""
    yield "| Readers of the second pack | Called nearer to the anchor | Called further from it |"
    yield "|---|---|---|"
    for each in found:
        size = f"{abs(100 * each.better):.0f} points {'more' if each.better > 0 else 'less'} often"
        how = size if each.better else "as often as before"
        yield f"| right {how} | {each.nearer:.1%} | {each.further:.1%} |"


def main() -> int:
    """Print the tables and write them into docs/methods.md."""
    found = [each for design in DESIGNS for each in measured(design)]
    moved = [drifted(better) for better in (0.0, 0.1, -0.15)]
    text = "\n".join([*table(found), *drift_table(moved)])
    print(text)
    put(text, name="gym")
    quiet = moved[0].nearer + moved[0].further <= CALLED
    return 0 if quiet and all(each.kept for each in found if each.promised) else 1


if __name__ == "__main__":
    sys.exit(main())
