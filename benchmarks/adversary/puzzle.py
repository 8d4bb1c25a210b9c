"""Whole numbers that nobody printed, bounded by all that was printed: the solver of the adversary.

Exact, by mixed-integer programming; what follows from one relation alone is found first, because most of it does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

MOST = 2_000
Name = Hashable


class Relation(NamedTuple):
    """What is known of a sum: it lies between low and high."""

    terms: Mapping[Name, int]
    low: int
    high: int


class ContradictionError(Exception):
    """No numbers can be as printed: a page contradicts itself, or a rule is not what we took it for."""


class Puzzle:
    """Numbers and what is known of them.

    >>> puzzle = Puzzle()
    >>> puzzle.total({"north": 1, "south": 1, "all": -1}, 0)
    >>> puzzle.between("all", 9, 9)
    >>> puzzle.between("north", 7, 7)
    >>> puzzle.solved(["south"])
    {'south': (2, 2)}
    """

    def __init__(self) -> None:
        self.low: dict[Name, int] = {}
        self.high: dict[Name, int] = {}
        self.relations: list[Relation] = []

    def between(self, name: Name, low: int = 0, high: int = MOST) -> None:
        """A number lies between these two, both included."""
        self.low[name] = max(low, self.low.get(name, 0))
        self.high[name] = min(high, self.high.get(name, MOST))

    def total(self, terms: Mapping[Name, int], low: int, high: int | None = None) -> None:
        """A sum of numbers, each with its factor, lies between these two."""
        for name in terms:
            self.between(name)
        self.relations.append(Relation(dict(terms), low, low if high is None else high))

    def none_or(self, name: Name, least: int) -> None:
        """A number is nought or at least so large."""
        some = ("some", name)
        self.between(some, 0, 1)
        self.total({name: 1, some: -least}, 0, MOST)
        self.total({name: 1, some: -MOST}, -MOST, 0)

    def solved(self, names: Iterable[Name], *, enough: int = MOST) -> dict[Name, tuple[int, int]]:
        """The least and the most that each of these numbers can be. Raises ContradictionError where none fits.

        A number that is seen to take `enough` values is not looked at further; its ends are then those seen.
        """
        wanted = list(names)
        self._tightened()
        found = {name: (self.low[name], self.high[name]) for name in wanted if name in self.low}
        open_ones = [name for name in found if found[name][0] < found[name][1]]
        for members, relations in self._apart(open_ones):
            if not relations:  # nothing that is stated names it: its bounds are all there is
                continue
            ours = [name for name in open_ones if name in members]
            found |= _Part(relations, self.low, self.high).bounded(ours, enough)
        return found

    def _tightened(self) -> None:
        """Draw every bound in as far as each relation by itself allows, until none moves."""
        if odd := [name for name in self.low if self.low[name] > self.high[name]]:
            raise ContradictionError(f"no number is left for {odd[0]}")
        moved = True
        while moved:
            moved = False
            for relation in self.relations:
                moved = self._drawn_in(relation) or moved

    def _drawn_in(self, relation: Relation) -> bool:
        ends = {name: self._ends(name, factor) for name, factor in relation.terms.items()}
        least, most = sum(low for low, _ in ends.values()), sum(high for _, high in ends.values())
        if least > relation.high or most < relation.low:
            raise ContradictionError(f"{dict(relation.terms)} cannot lie between {relation.low} and {relation.high}")
        moved = False
        for name, factor in relation.terms.items():
            low, high = relation.low - (most - ends[name][1]), relation.high - (least - ends[name][0])
            low, high = (-(-low // factor), high // factor) if factor > 0 else (-(high // -factor), -low // -factor)
            if low > self.low[name] or high < self.high[name]:
                self.low[name], self.high[name] = max(low, self.low[name]), min(high, self.high[name])
                moved = True
        return moved

    def _ends(self, name: Name, factor: int) -> tuple[int, int]:
        one, two = factor * self.low[name], factor * self.high[name]
        return min(one, two), max(one, two)

    def _apart(self, wanted: list[Name]) -> list[tuple[set[Name], list[Relation]]]:
        """The relations in groups that share no open number; only groups that hold a wanted one."""
        touching: dict[Name, list[int]] = defaultdict(list)
        for place, relation in enumerate(self.relations):
            for name in relation.terms:
                if self.low[name] < self.high[name]:
                    touching[name].append(place)
        groups, seen = [], set()
        for start in wanted:
            if start in seen:
                continue
            members, places, waiting = {start}, set(), [start]
            while waiting:
                for place in set(touching[waiting.pop()]) - places:
                    places.add(place)
                    new = {each for each in self.relations[place].terms if self.low[each] < self.high[each]} - members
                    members |= new
                    waiting += new
            seen |= members
            groups.append((members, [self.relations[place] for place in sorted(places)]))
        return groups


class _Part:
    """Numbers that hang together, and all that is known of them, as one programme."""

    def __init__(self, relations: list[Relation], low: Mapping[Name, int], high: Mapping[Name, int]) -> None:
        names = list(dict.fromkeys(name for each in relations for name in each.terms))
        self.place = {name: number for number, name in enumerate(names)}
        rows = [number for number, each in enumerate(relations) for _ in each.terms]
        columns = [self.place[name] for each in relations for name in each.terms]
        factors = [float(factor) for each in relations for factor in each.terms.values()]
        matrix = csr_array((factors, (rows, columns)), shape=(len(relations), len(names)))
        self.limits = LinearConstraint(matrix, [each.low for each in relations], [each.high for each in relations])
        self.bounds = Bounds([low[name] for name in names], [high[name] for name in names])

    def bounded(self, wanted: list[Name], enough: int) -> dict[Name, tuple[int, int]]:
        """The ends of each wanted number; every answer on the way is seen for all of them."""
        seen = [self._one(np.zeros(len(self.place)))]
        found = {}
        for name in wanted:
            place, ends = self.place[name], []
            for sign in (1, -1):
                values = [each[place] for each in seen]
                if max(values) - min(values) + 1 >= enough:
                    break
                cost = np.zeros(len(self.place))
                cost[place] = sign
                seen.append(self._one(cost))
                ends.append(seen[-1][place])
            values = ends if len(ends) == 2 else [each[place] for each in seen]
            found[name] = (min(values), max(values))
        return found

    def _one(self, cost: np.ndarray) -> list[int]:
        """Numbers that fit, least by this cost. Raises ContradictionError."""
        found = milp(cost, constraints=self.limits, bounds=self.bounds, integrality=np.ones(len(cost)))
        if found.x is None:
            raise ContradictionError(found.message)
        return [round(each) for each in found.x]
