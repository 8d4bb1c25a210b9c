"""How near the corrected headline comes to the truth, on audits in which the truth is known.

Auditors pass some files that a moderator would not, and fail a few that a moderator would pass. Some of the files are
moderated, drawn from all of them or half from each kind. The correction is the product's own. Run it with

    python -m benchmarks.moderation

which prints the table and writes it into docs/methods.md between its markers. It ends with status 1 where the mean is
more than 2 points off or the range holds the truth in other than 93 to 97% of the runs.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

import numpy as np

from benchmarks.measuring import put
from ilacs_audit.stats.correction import Corrected, corrected_proportion
from ilacs_audit.stats.lists.allotting import alike

SEED, RUNS = 20241121, 2_000
COMMAND = "python -m benchmarks.moderation"
OFF_BY, COVERED = 0.02, (0.93, 0.97)


class Design(NamedTuple):
    """An audit: files read, files moderated and how they are drawn, the truth, and what auditors get wrong."""

    files: int
    moderated: int
    evenly: bool
    truth: float
    pass_poor: float
    fail_good: float

    @property
    def words(self) -> str:
        """The design in a cell of the table."""
        how = "half of each kind" if self.evenly else "of all files"
        return f"{self.moderated} of {self.files}, drawn {how}; truth {self.truth:.0%}, raw {self.raw:.0%}"

    @property
    def raw(self) -> float:
        """The share that auditors pass."""
        return self.truth * (1 - self.fail_good) + (1 - self.truth) * self.pass_poor


DESIGNS = tuple(
    Design(files, moderated, evenly, truth, pass_poor, fail_good)
    for files, moderated in ((120, 30), (60, 15), (200, 60))
    for truth, pass_poor, fail_good in ((0.5, 0.35, 0.05), (0.7, 0.6, 0.04))
    for evenly in (False, True)
)


class Found(NamedTuple):
    """What the runs of a design gave: the mean error, the share of ranges with the truth, and of runs without one."""

    design: Design
    error: float
    covered: float
    refused: float
    raw_error: float

    @property
    def kept(self) -> bool:
        """Whether the mean is near the truth and the ranges hold it as often as they say."""
        return abs(self.error) <= OFF_BY and COVERED[0] <= self.covered <= COVERED[1]


def one(design: Design, chance: np.random.Generator) -> tuple[Corrected | None, float]:
    """One audit: the corrected share, or None where it is refused, and the raw one."""
    good = chance.random(design.files) < design.truth
    passed = np.where(
        good, chance.random(design.files) >= design.fail_good, chance.random(design.files) < design.pass_poor
    )
    read = chance.permutation(design.files)
    sizes = {"passed": int(passed.sum()), "failed": int((~passed).sum())}
    shares = alike(sizes, design.moderated)
    again = (
        np.concatenate([read[passed[read]][: shares["passed"]], read[~passed[read]][: shares["failed"]]])
        if design.evenly
        else read[: design.moderated]
    )
    confirmed, raised = (good[again] & passed[again]).sum(), (good[again] & ~passed[again]).sum()
    found = corrected_proportion(
        sizes["passed"],
        design.files,
        passes_moderated=int(passed[again].sum()),
        passes_confirmed=int(confirmed),
        fails_moderated=int((~passed[again]).sum()),
        fails_raised=int(raised),
        draws=4_000,
    )
    return found, sizes["passed"] / design.files


def measured(design: Design, runs: int = RUNS) -> Found:
    """Run a design, each time with other files."""
    chance = np.random.default_rng([SEED, *map(ord, design.words)])
    tried = [one(design, chance) for _ in range(runs)]
    told = [found for found, _ in tried if found is not None]
    error = float(np.mean([found.value for found in told])) - design.truth
    covered = float(np.mean([found.interval.lower <= design.truth <= found.interval.upper for found in told]))
    off = float(np.mean([raw for _, raw in tried])) - design.truth
    return Found(design, error, covered, 1 - len(told) / runs, off)


def table(found: list[Found]) -> str:
    """The runs as Markdown."""
    lines = [
        f"Made by `{COMMAND}` with seed {SEED}, {RUNS:,} runs a row.",
        "",
        "| Moderated | Raw is off by | Corrected is off by, on average | Ranges that hold the truth | Refused | Kept |",
        "|---|---|---|---|---|---|",
    ]
    for each in found:
        off = f"{100 * each.raw_error:+.1f} points | {100 * each.error:+.1f} points"
        kept = "yes" if each.kept else "**no**"
        lines.append(f"| {each.design.words} | {off} | {each.covered:.1%} | {each.refused:.1%} | {kept} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table and write it into docs/methods.md."""
    found = [measured(design) for design in DESIGNS]
    text = table(found)
    print(text)
    put(text, name="moderation")
    return 0 if all(each.kept for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
