"""Hidden counts and bases, worked out from everything that is printed.

The relations are those that the written rules state: met and not met make the base; base, not applicable and missing
make the files drawn; groups make the whole; a rounded count lies within two of what is shown, and one of 1 to 5 is
never shown. A number counts as recovered when one value alone is left, as narrowed when two small ones are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from benchmarks.adversary.planted import Round
from benchmarks.adversary.printed import Line
from benchmarks.adversary.puzzle import MOST, Puzzle

SMALLEST_PUBLIC, SMALLEST_BREAKDOWN, STEP = 6, 5, 5
Key = tuple[str, ...]
Ends = tuple[int, int]
WHOLE = ("all", "all")
PARTS = ("met", "unmet", "na")
STATE = "#"


class Attack(NamedTuple):
    """What an adversary is left with for each hidden number, its least and its most, and for each rounded one."""

    bounds: Mapping[Key, Ends]
    rounded: Mapping[Key, Ends]
    wholes: Mapping[Key, int]

    @property
    def recovered(self) -> dict[Key, int]:
        """The hidden numbers with one value left.

        Left out is what tells of nobody: that nothing was inapplicable in a group, that no group has what the whole
        is shown to have none of, and how many files were read in a group that is large enough to be shown.
        """
        one = {key: ends[0] for key, ends in self._of(late=False).items() if ends[0] == ends[1]}
        return {key: value for key, value in one.items() if not self._of_nobody(key, value)}

    @property
    def narrowed(self) -> dict[Key, Ends]:
        """The hidden numbers with two values left, one of them small, unless the whole that is shown says no less."""
        ours = self._of(late=False).items()
        two = {key: ends for key, ends in ours if ends[1] - ends[0] == 1 and ends[0] < SMALLEST_PUBLIC}
        return {key: ends for key, ends in two.items() if ends != (0, self.wholes.get(_whole(key)))}

    @property
    def given_back(self) -> dict[Key, int]:
        """The counts that are shown rounded and come out exactly; none of anything is shown as it is."""
        return {key: low for key, (low, high) in self.rounded.items() if low == high and low}

    @property
    def late(self) -> dict[Key, int]:
        """Answers of late files that subtraction gives: one value left, and it is not nought."""
        return {key: low for key, (low, high) in self._of(late=True).items() if 0 < low == high < SMALLEST_PUBLIC}

    def _of(self, *, late: bool) -> dict[Key, Ends]:
        return {key: ends for key, ends in self.bounds.items() if key[0].startswith("late ") == late}

    def _of_nobody(self, key: Key, value: int) -> bool:
        if key[0] == "answered":
            return value == 0 or value >= SMALLEST_BREAKDOWN
        return value == 0 and (key[0] == "na" or self.wholes.get(_whole(key)) == 0)


def _whole(key: Key) -> Key:
    """The number of the whole service that a group's is part of."""
    return (*key[:4], *WHOLE)


def _stateless(key: Key) -> Key:
    return (key[0], key[1].partition(STATE)[0], *key[2:])


def attack(read: Iterable[Line]) -> Attack:
    """Bound every number that is hidden wherever these lines speak of it. Raises ContradictionError.

    An audit whose name ends in "#2" is the one that ends in "#1" once late returns have come in; what is shown to
    the same readers as it was then, or as it is later, is not hidden from them.
    """
    told = [each for each in read if each.level != "not shown"]
    puzzle, hidden, near, plain = Puzzle(), set(), set(), set()
    for line in told:
        (hidden if line.hidden else near if line.rounded else plain).update(numbers(line))
        if not line.hidden:
            _printed(puzzle, line)
    every = hidden | near | plain
    _sums(puzzle, every)
    grown = _growth(puzzle, every) if any(STATE in key[1] for key in every) else set()
    open_ones = {_stateless(key) for key in plain}
    wanted = [key for key in sorted(hidden - near - plain) if _stateless(key) not in open_ones]
    bounds = puzzle.solved([*wanted, *sorted(grown)], enough=3)
    rounded = puzzle.solved(sorted(near - plain), enough=2)
    wholes = {key: puzzle.high[key] for key in every if key[4:] == WHOLE and puzzle.low[key] == puzzle.high[key]}
    return Attack(bounds, rounded, wholes)


def numbers(line: Line) -> list[Key]:
    """The names of the numbers that a line speaks of: the one above the line, then what goes with it."""
    where = line.audit, line.period, line.standard, line.group, line.level
    audit = (line.audit, line.period, "", "", "")
    if line.measure in ("compliance", "impact", "change", "over_time", "group_comparison"):
        return [("met", *where), ("base", *where), ("unmet", *where)]
    if line.measure == "not_applicable":
        return [("na", *where), ("answered", *where)]
    if line.measure in ("grade", "moderated_grade"):
        return [(line.measure, *where), (f"{line.measure} base", *audit)]
    if line.measure == "returned":
        return [("returned", *audit), ("drawn", *audit)]
    if line.measure == "moderated":
        return [("moderated", *audit), ("returned", *audit)]
    if line.measure in ("marked_down", "marked_up"):
        return [(line.measure, *audit), ("graded twice", *audit)]
    return []


def _printed(puzzle: Puzzle, line: Line) -> None:
    """What a line that is not hidden says of its numbers."""
    names = numbers(line)
    for name, column in zip(names, ("numerator", "denominator"), strict=False):
        count = line.count(column)
        if count is not None:
            _near(puzzle, name, count, rounded=line.rounded)
    if len(names) == 3 and line.rounded:
        puzzle.none_or(names[2], SMALLEST_PUBLIC)
    missing = line.count("missing")
    if line.measure == "compliance" and line.group == "all" and missing is not None and not line.rounded:
        puzzle.between(("missing", *names[0][1:]), missing, missing)


def _near(puzzle: Puzzle, name: Key, shown: int, *, rounded: bool) -> None:
    """A number is as it is shown; rounded, it lies within two of it and is none or large enough."""
    if not rounded or shown == 0:
        puzzle.between(name, shown, shown)
    else:
        puzzle.between(name, max(SMALLEST_PUBLIC, shown - STEP // 2), shown + STEP // 2)


def _sums(puzzle: Puzzle, every: set[Key]) -> None:
    """The sums that the written rules state, wherever the numbers in them are spoken of."""
    places = {key[1:] for key in every if key[3]}
    for where in places:
        puzzle.total({("met", *where): 1, ("unmet", *where): 1, ("base", *where): -1}, 0)
        puzzle.total({("base", *where): 1, ("na", *where): 1, ("answered", *where): -1}, 0)
    levels: dict[Key, list[str]] = defaultdict(list)
    for audit, period, standard, group, level in sorted(each for each in places if each[3:] != WHOLE):
        levels[audit, period, standard, group].append(level)
    for where, found in levels.items():
        _parts(puzzle, where, found)
    for audit, period, standard, *_ in (each for each in places if each[3:] == WHOLE):
        _of_files(puzzle, (audit, period), standard)
    for what in ("grade", "moderated_grade"):
        _grades(puzzle, every, what)


def _parts(puzzle: Puzzle, where: Key, levels: list[str]) -> None:
    """Groups make the whole, and a group has the same files whatever it is asked."""
    audit, period, standard, group = where
    for what in (*PARTS, "blank"):
        parts: dict[Key, int] = {(what, *where, each): 1 for each in levels}
        puzzle.total({**parts, (what, audit, period, standard, *WHOLE): -1}, 0)
    for each in levels:
        files = ("files", audit, period, "", group, each)
        puzzle.total({("answered", *where, each): 1, ("blank", *where, each): 1, files: -1}, 0)


def _of_files(puzzle: Puzzle, audit: Key, standard: str) -> None:
    whole, rest = (*audit, standard, *WHOLE), (*audit, "", "", "")
    puzzle.total({("answered", *whole): 1, ("blank", *whole): 1, ("returned", *rest): -1}, 0)
    puzzle.total({("answered", *whole): 1, ("missing", *whole): 1, ("drawn", *rest): -1}, 0)
    puzzle.total({("drawn", *rest): 1, ("returned", *rest): -1}, 0, MOST)


def _grades(puzzle: Puzzle, every: set[Key], what: str) -> None:
    for audit in {key[1:3] for key in every if key[0] == what}:
        parts = {key: 1 for key in every if key[0] == what and key[1:3] == audit}
        puzzle.total({**parts, (f"{what} base", *audit, "", "", ""): -1}, 0)


def _growth(puzzle: Puzzle, every: set[Key]) -> set[Key]:
    """What late returns added to each number: never less than nothing. Gives the names of what was added."""
    states: dict[Key, list[int]] = defaultdict(list)
    for key in every:
        if key[0] in (*PARTS, "base") and STATE in key[1]:
            audit, _, state = key[1].partition(STATE)
            states[(key[0], audit, *key[2:])].append(int(state))
    grown = set()
    for (what, audit, *where), found in states.items():
        ordered = sorted(set(found))
        for before, after in pairwise(ordered):
            one, two = ((what, f"{audit}{STATE}{each}", *where) for each in (before, after))
            new = (f"late {what}", f"{audit}{STATE}{before}{STATE}{after}", *where)
            puzzle.total({two: 1, one: -1, new: -1}, 0)
            grown.add(new)
    return grown


def truth(keys: Iterable[Key], rounds: Mapping[str, Round]) -> Iterator[tuple[Key, int]]:
    """The true value of each number, from the rounds by audit (its state in its name)."""
    keys = list(keys)
    named: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        named[key[1]].add(key[-1])
    for key in keys:
        done = rounds.get(key[1])
        value = _true(key, done, named[key[1]]) if done else None
        if value is not None:
            yield key, value


def _true(key: Key, done: Round, named: set[str]) -> int | None:
    """A group that has no team's name holds the teams that no other group is named after."""
    what, _, _, standard, group, level = key
    if what in ("returned", "drawn"):
        return len(done.returned) if what == "returned" else len(done.truth)
    if group not in ("all", "team") or what not in (*PARTS, "base", "answered"):
        return None
    teams = {team for _, team, _ in done.returned}
    of = teams if level == "all" else {level} if level in teams else teams - named
    said = [answers[standard] for _, team, answers in done.returned if team in of]
    counts = {"met": said.count("yes"), "unmet": said.count("no"), "na": said.count("not applicable")}
    counts["base"] = counts["met"] + counts["unmet"]
    counts["answered"] = counts["base"] + counts["na"]
    return counts[what]
