"""Verdicts and printed ranges held against lists whose truth is known.

Each audit of a council is a cell of the grid, each of its standards a list of its own; bad answers are likelier to be
missing than good ones. What is read is what a page and its data file print.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.adversary import planted, rules
from benchmarks.adversary.planted import NO, NOT_APPLICABLE, YES, Round
from benchmarks.adversary.printed import Line, lines, told

PERIOD = "2025-03"
MET, NOT_MET = "met", "not met"
EVEN = 1e-9
TEAMS = ("North", "South")


class Cell(NamedTuple):
    """One design: files drawn of a list, and how much of the bad, of the good and of whole files never came."""

    name: str
    drawn: int
    listed: int | None
    bad: float = 0.0
    good: float = 0.0
    absent: int = 0
    targets: tuple[float, ...] = (0.8, 0.9, 0.75)
    levels: tuple[float, ...] = (0.5, 0.65, 0.72, 0.78, 0.8, 0.84, 0.9, 0.96)
    selection: str = "random"
    inapplicable: float = 0.0
    kind: str = "dip_sample"


GRID = (
    Cell("small and whole", 20, 60),
    Cell("a third of the bad blank", 30, 110, bad=0.3, kind="thematic"),
    Cell("some of all blank", 40, 200, bad=0.3, good=0.1),
    Cell("files that never came", 40, 80, bad=0.1, absent=4),
    Cell("thirty points short", 60, 200, targets=(0.8,), levels=(0.5,)),
    Cell("thirty points short, bad ones blank", 60, 200, bad=0.2, targets=(0.8,), levels=(0.5,)),
    Cell("all the bad blank", 30, 150, bad=1.0),
    Cell("applies to some", 45, 150, bad=0.2, inapplicable=0.4, kind="thematic"),
    Cell("no list known", 35, None, bad=0.2),
    Cell("a list read whole", 40, 40, bad=0.3, selection="census"),
)
SHORT = ("thirty points short", "thirty points short, bad ones blank")


class Planted(NamedTuple):
    """A standard of the grid: its cell, its true share in the list, its target, what was read and what is missing."""

    cell: Cell
    share: float
    target: float
    met: int
    base: int
    missing: int
    teams: tuple[float, ...] = ()

    @property
    def by_rule(self) -> str:
        """The verdict that the written rule gives for what was read."""
        listed = None if self.cell.inapplicable else self.cell.listed
        return rules.verdict(self.met, self.base, self.missing, listed, Fraction(str(self.target)))


class Seen(NamedTuple):
    """What one edition printed of a standard, on its page or in its data file."""

    edition: str
    where: str
    planted: Planted
    share: float | None
    lower: float | None
    upper: float | None
    verdict: str
    counts: tuple[int | None, int | None, int | None] = (None, None, None)

    @property
    def one_reading(self) -> bool:
        """Whether a public row is left with one pair of counts for somebody who knows that nothing is missing."""
        met, read, listed = self.counts
        if self.edition != "public" or met is None or read is None or self.planted.missing:
            return False
        found = rules.readings(met, read, listed, Fraction(str(self.planted.target)), self.verdict)
        return next(found, None) is not None and next(found, None) is None

    @property
    def lost(self) -> bool:
        """Whether nothing is missing and a verdict that the rule gives is not printed."""
        rule = self.planted.by_rule
        return not self.planted.missing and rule in (MET, NOT_MET) and self.verdict != rule

    @property
    def misses(self) -> bool:
        """Whether a range is printed that does not hold the truth."""
        return self.has_range and not self.lower - EVEN <= self.planted.share <= self.upper + EVEN  # type: ignore[operator]  # has_range

    @property
    def has_range(self) -> bool:
        """Whether a range is printed."""
        return self.lower is not None and self.upper is not None

    @property
    def wrong(self) -> bool:
        """Whether the verdict says what is not so of the list."""
        reached = self.planted.share >= self.planted.target - EVEN
        return (self.verdict == MET and not reached) or (self.verdict == NOT_MET and reached)

    @property
    def contradicts(self) -> bool:
        """Whether range or share stand on the other side of the target than the verdict."""
        if self.verdict not in (MET, NOT_MET):
            return False
        printed = [each for each in (self.share, self.lower, self.upper) if each is not None]
        sides = {each >= self.planted.target - EVEN for each in printed}
        return bool(sides - {self.verdict == MET})


def rounds(seed: int, grid: Sequence[Cell] = GRID) -> Iterator[tuple[Round, dict[str, Planted]]]:
    """An audit for each cell, with the truth of each of its standards."""
    for number, cell in enumerate(grid):
        chance = Random(f"ranges {seed} {cell.name}")
        code = f"G{number}"
        asked = [(level, target) for level in cell.levels for target in cell.targets]
        asked = asked * (24 // len(asked)) if len(asked) < 24 else asked
        answers, truth = {}, {}
        for place, (level, target) in enumerate(asked, 1):
            answers[f"{code}-{place}"], truth[f"{code}-{place}"] = _standard(cell, level, target, chance)
        targets = {name: str(each.target) for name, each in truth.items()}
        files = [
            (TEAMS[file % 2], {name: said[file][0] for name, said in answers.items()}) for file in range(cell.drawn)
        ]
        blank = frozenset((file, name) for name, said in answers.items() for file, (_, gone) in enumerate(said) if gone)
        applies = "some files" if cell.inapplicable else "every file"
        theme = f"grid_{number}"
        about = cell.absent, cell.listed, cell.selection, cell.kind, "", applies
        yield Round(theme, PERIOD, targets, files, blank, *about), truth


def _standard(cell: Cell, level: float, target: float, chance: Random) -> tuple[list[tuple[str, bool]], Planted]:
    """One standard: each drawn file's true answer and whether it is left blank, and the truth of the whole list.

    The list has two teams of one size, of which the second does a little worse; files are drawn from both in turn.
    """
    size = (cell.listed or 4_000) // 2
    teams = [_list(size, min(max(level + step, 0.0), 1.0), cell.inapplicable, chance) for step in (0.04, -0.04)]
    drawn = [iter(chance.sample(marks, (cell.drawn + 1) // 2)) for marks in teams]
    losing = {YES: cell.good, NO: cell.bad, NOT_APPLICABLE: 0.0}
    answers = [next(drawn[file % 2]) for file in range(cell.drawn)]
    said = [(answer, chance.random() < losing[answer]) for answer in answers]
    read = [answer for answer, gone in said[: cell.drawn - cell.absent] if not gone]
    shares = tuple(marks.count(YES) / (marks.count(YES) + marks.count(NO)) for marks in teams)
    whole = [*teams[0], *teams[1]]
    share = whole.count(YES) / (whole.count(YES) + whole.count(NO))
    met, base = read.count(YES), read.count(YES) + read.count(NO)
    return said, Planted(cell, share, target, met, base, cell.drawn - len(read), shares)


def _list(size: int, level: float, inapplicable: float, chance: Random) -> list[str]:
    asked = size - sum(chance.random() < inapplicable for _ in range(size))
    good = round(level * asked)
    return [YES] * good + [NO] * (asked - good) + [NOT_APPLICABLE] * (size - asked)


def seen(seed: int, grid: Sequence[Cell] = GRID) -> list[Seen]:
    """Publish the grid and read every row of it, from data files and pages of every edition. Raises where refused."""
    made = list(rounds(seed, grid))
    truth = {name: each for _, ours in made for name, each in ours.items()}
    with tempfile.TemporaryDirectory(prefix="adversary-") as name:
        folder = Path(name)
        place, found = planted.written(planted.council([each for each, _ in made], seed=seed, period=PERIOD), folder)
        ended = planted.publish(place, found, folder / "outputs", PERIOD)
        if ended.refused:
            raise RuntimeError(f"exit {ended.code}: {ended.said[-500:]}")
        folders = {each: folder / "outputs" / each / PERIOD for each in planted.AUDIENCES}
        return [each for edition, where in folders.items() for each in _of(edition, where, truth)]


def _of(edition: str, folder: Path, truth: dict[str, Planted]) -> Iterator[Seen]:
    for line in lines(folder):
        if line.measure == "compliance" and line.group == "all" and line.standard in truth and not line.hidden:
            counts = line.count("numerator"), line.count("denominator"), line.count("population")
            yield Seen(edition, "data file", truth[line.standard], *ends_of(line), line.said["verdict"], counts)
        elif line.measure == "compliance" and line.level in TEAMS and line.standard in truth and not line.hidden:
            ours = truth[line.standard]
            share = ours._replace(share=ours.teams[TEAMS.index(line.level)])
            yield Seen(edition, "team", share, *ends_of(line), line.said["verdict"])
    for row in told(folder):
        if row.standard in truth and "[c]" not in row.verdict:
            yield Seen(edition, "page", truth[row.standard], row.share, row.lower, row.upper, row.verdict)


def ends_of(line: Line) -> tuple[float | None, float | None, float | None]:
    """The share that a line prints, and its range."""
    return line.share("value"), line.share("lower"), line.share("upper")
