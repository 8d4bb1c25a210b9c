"""Hidden counts and bases, worked out from everything that is printed.

The relations are those that the written rules state: met and not met make the base; base, not applicable and missing
make the files drawn; groups make the whole; a rounded count lies within two of what is shown, and one of 1 to 5 is
never shown. A number counts as recovered when one value alone is left, as narrowed when two are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from benchmarks.adversary.printed import Line
from benchmarks.adversary.puzzle import Puzzle

SMALLEST_PUBLIC, STEP = 6, 5
Key = tuple[str, ...]
WHOLE = ("all", "all")


class Attack(NamedTuple):
    """What an adversary is left with for each hidden number: its least and its most."""

    bounds: Mapping[Key, tuple[int, int]]

    def left(self, most: int) -> dict[Key, tuple[int, int]]:
        """The hidden numbers for which so many values, or fewer, are left."""
        return {key: ends for key, ends in self.bounds.items() if ends[1] - ends[0] < most}


def attack(read: Iterable[Line]) -> Attack:
    """Bound every number that is hidden wherever these lines speak of it. Raises Contradiction."""
    told = [each for each in read if each.level != "not shown"]
    puzzle, hidden, shown = Puzzle(), set(), set()
    levels: dict[Key, set[str]] = defaultdict(set)
    for line in told:
        names = _numbers(line)
        (hidden if line.hidden else shown).update(names)
        if line.measure in ("compliance", "not_applicable") and line.level != "all":
            levels[_where(line)[:3] + (line.group,)].add(line.level)
        if not line.hidden:
            _printed(puzzle, line)
    _whole(puzzle, hidden | shown, levels)
    return Attack(puzzle.solved(sorted(hidden - shown), enough=3))


def _where(line: Line) -> Key:
    return line.audit, line.period, line.standard, line.group, line.level


def _numbers(line: Line) -> list[Key]:
    """The names of the numbers that a line speaks of."""
    where = _where(line)
    if line.measure in ("compliance", "impact", "change", "over_time", "group_comparison"):
        return [("met", *where), ("unmet", *where), ("base", *where)]
    if line.measure == "not_applicable":
        return [("na", *where), ("answered", *where)]
    if line.measure in ("grade", "moderated_grade"):
        return [(line.measure, *where)]
    if line.measure in ("returned", "moderated"):
        return [(line.measure, *where[:2], "", "", "")]
    if line.measure in ("marked_down", "marked_up"):
        return [(line.measure, *where[:2], "", "", "")]
    return []


def _printed(puzzle: Puzzle, line: Line) -> None:
    """What a line that is not hidden says of its numbers."""
    names, top, bottom = _numbers(line), line.count("numerator"), line.count("denominator")
    if not names or top is None:
        return
    _near(puzzle, names[0], top, line)
    if len(names) == 3 and bottom is not None:
        _near(puzzle, names[2], bottom, line)
        puzzle.total({names[0]: 1, names[1]: 1, names[2]: -1}, 0)
        if line.rounded:
            puzzle.none_or(names[1], SMALLEST_PUBLIC)
    if len(names) == 2 and bottom is not None:
        _near(puzzle, names[1], bottom, line)
    if line.measure == "returned" and bottom is not None:
        _near(puzzle, ("drawn", *names[0][1:]), bottom, line)
    if line.measure in ("grade", "moderated_grade") and bottom is not None:
        _near(puzzle, (f"{line.measure} base", *names[0][1:3]), bottom, line)
    missing = line.count("missing")
    if line.measure == "compliance" and line.group == "all" and missing is not None and not line.rounded:
        puzzle.between(("missing", *_where(line)[:3]), missing, missing)


def _near(puzzle: Puzzle, name: Key, shown: int, line: Line) -> None:
    """A number is as it is shown; rounded, it lies within two of it and is none or large enough."""
    if not line.rounded:
        puzzle.between(name, shown, shown)
    elif shown == 0:
        puzzle.between(name, 0, 0)
    else:
        puzzle.between(name, max(SMALLEST_PUBLIC, shown - STEP // 2), shown + STEP // 2)


def _whole(puzzle: Puzzle, names: set[Key], levels: Mapping[Key, set[str]]) -> None:
    """The sums that the written rules state, wherever the numbers in them are spoken of."""
    places = {key[1:] for key in names if key[0] in ("met", "na", "base", "answered") and key[3]}
    for where in places:
        puzzle.total({("met", *where): 1, ("unmet", *where): 1, ("base", *where): -1}, 0)
        puzzle.total({("base", *where): 1, ("na", *where): 1, ("answered", *where): -1}, 0)
    for (audit, period, standard, group), found in levels.items():
        for what in ("met", "unmet", "na"):
            parts: dict[Key, int] = {(what, audit, period, standard, group, each): 1 for each in found}
            puzzle.total({**parts, (what, audit, period, standard, *WHOLE): -1}, 0)
        for each in found:
            files, blank = ("files", audit, period, group, each), ("blank", audit, period, standard, group, each)
            puzzle.total({("answered", audit, period, standard, group, each): 1, blank: 1, files: -1}, 0)
        blanks = {("blank", audit, period, standard, group, each): 1 for each in found}
        puzzle.total({**blanks, ("blank", audit, period, standard, *WHOLE): -1}, 0)
    for where in {each for each in places if each[3:] == WHOLE}:
        audit = (*where[:2], "", "", "")
        puzzle.total({("answered", *where): 1, ("blank", *where): 1, ("returned", *audit): -1}, 0)
        puzzle.total({("answered", *where): 1, ("missing", *where[:3]): 1, ("drawn", *audit): -1}, 0)
    for audit, period, *_ in {each for each in places if each[3:] == WHOLE}:
        puzzle.total({("drawn", audit, period, "", "", ""): 1, ("returned", audit, period, "", "", ""): -1}, 0, 2_000)
    for what in ("grade", "moderated_grade"):
        _grades(puzzle, names, what)


def _grades(puzzle: Puzzle, names: set[Key], what: str) -> None:
    for audit, period in {key[1:3] for key in names if key[0] == what}:
        parts = {key: 1 for key in names if key[0] == what and key[1:3] == (audit, period)}
        puzzle.total({**parts, (f"{what} base", audit, period): -1}, 0)
