"""Hidden counts and bases, worked out from everything that is printed.

The relations are those that the written rules state: met and not met make the base; base, not applicable and missing
make the files drawn; groups make the whole; a rounded count lies within two of what is shown, and one of 1 to 5 is
never shown. A number counts as recovered when one value alone is left, as narrowed when two small ones are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from benchmarks.adversary.printed import Line
from benchmarks.adversary.puzzle import MOST, Puzzle

SMALLEST_PUBLIC, STEP = 6, 5
Key = tuple[str, ...]
Ends = tuple[int, int]
WHOLE = ("all", "all")
PARTS = ("met", "unmet", "na")
STATE = "#"


class Attack(NamedTuple):
    """What an adversary is left with for each hidden number: its least and its most."""

    bounds: Mapping[Key, Ends]
    none_at_all: frozenset[Key] = frozenset()

    @property
    def recovered(self) -> dict[Key, int]:
        """The hidden numbers with one value left.

        That nothing was inapplicable in a group tells of nobody, and that no group has what the whole is shown to
        have none of tells nothing new: both are left out.
        """
        one = {key: ends[0] for key, ends in self._of(late=False).items() if ends[0] == ends[1]}
        known = {key for key in one if key[0] == "na" or (*key[:4], *WHOLE) in self.none_at_all}
        return {key: value for key, value in one.items() if value or key not in known}

    @property
    def late(self) -> dict[Key, int]:
        """Answers of one to five late files that subtraction gives: one value left, and it is not nought."""
        return {key: low for key, (low, high) in self._of(late=True).items() if 0 < low == high < SMALLEST_PUBLIC}

    def _of(self, *, late: bool) -> dict[Key, Ends]:
        return {key: ends for key, ends in self.bounds.items() if key[0].startswith("late ") == late}

    @property
    def narrowed(self) -> dict[Key, Ends]:
        """The hidden numbers with two values left, one of them at least small."""
        ours = self._of(late=False).items()
        return {key: ends for key, ends in ours if ends[1] - ends[0] == 1 and ends[0] < SMALLEST_PUBLIC}


def attack(read: Iterable[Line]) -> Attack:
    """Bound every number that is hidden wherever these lines speak of it. Raises Contradiction.

    An audit whose name ends in "#2" is the one that ends in "#1" once late returns have come in.
    """
    told = [each for each in read if each.level != "not shown"]
    puzzle, hidden, shown = Puzzle(), set(), set()
    for line in told:
        (hidden if line.hidden else shown).update(numbers(line))
        if not line.hidden:
            _printed(puzzle, line)
    every = hidden | shown
    _sums(puzzle, every)
    grown = _growth(puzzle, every) if any(STATE in key[1] for key in every) else set()
    bounds = puzzle.solved([*sorted(hidden - shown), *sorted(grown)], enough=3)
    return Attack(bounds, frozenset(key for key in every if key[4:] == WHOLE and puzzle.high[key] == 0))


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
        for before, after in zip(ordered, ordered[1:], strict=False):
            one, two = ((what, f"{audit}{STATE}{each}", *where) for each in (before, after))
            new = (f"late {what}", *two[1:])
            puzzle.total({two: 1, one: -1, new: -1}, 0)
            grown.add(new)
    return grown


def truth(line_keys: Iterable[Key], rounds: Mapping[str, object]) -> Iterator[tuple[Key, int]]:
    """The true value of each number, from the rounds by audit (its state in its name)."""
    for key in line_keys:
        done = rounds.get(key[1])
        if done is not None:
            value = _true(key, done)
            if value is not None:
                yield key, value


def _true(key: Key, done: object) -> int | None:
    what, _, _, standard, group, level = key
    returned = done.returned  # type: ignore[attr-defined]
    if what in ("returned", "drawn"):
        return len(returned) if what == "returned" else len(done.truth)  # type: ignore[attr-defined]
    if group not in ("all", "team") or what not in (*PARTS, "base", "answered"):
        return None
    sizes: dict[str, int] = defaultdict(int)
    for _, team, _ in returned:
        sizes[team] += 1
    others = {team for team, size in sizes.items() if size < 5}
    teams = {level} if level in sizes else others if level.startswith("Others") else set(sizes)
    said = [answers[standard] for _, team, answers in returned if team in teams]
    counts = {"met": said.count("yes"), "unmet": said.count("no"), "na": said.count("not applicable")}
    counts["base"] = counts["met"] + counts["unmet"]
    counts["answered"] = counts["base"] + counts["na"]
    return counts[what]
