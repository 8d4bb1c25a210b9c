"""Work out what two releases say together that neither says alone.

Numbers over months are differences between points in time, so every chain of released
windows gives the sum over the stretch between its ends: a year to date less a shorter one, a
year to date less its months. Each such stretch is tested as if it had been published.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from ilacs_audit.disclosure.rules import AS_A_LEVEL, COUNTED_ON, OF_THINGS, WHOLE, factors, group_of, laxer, small
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.calendar import Period

CONFLICT_COLUMNS = ("rule", "measure", "standard_id", "group", "level", "period", "with_period", "reason")

Key = tuple[str, str, str, str, str]
Conflict = tuple[str, str, str, str, str, str, str, str]


class ReleasedNumber(NamedTuple):
    """A released number: what it counts, its first and last month, k and n, or nothing where it is [c]."""

    key: Key
    first: str
    last: str
    k: int | None
    n: int | None
    audience: str

    @property
    def window(self) -> str:
        """The months in words."""
        return self.first if self.first == self.last else f"{self.first} to {self.last}"


def over_time(new: Sequence[ReleasedNumber], old: Sequence[ReleasedNumber], *, about: Audience) -> list[Conflict]:
    """Stretches of time, and restatements, whose difference is a small count."""
    before: dict[Key, list[ReleasedNumber]] = defaultdict(list)
    for cell in old:
        before[cell.key].append(cell)
    return [found for cell in new if cell.k is not None for found in _stretches(cell, before[cell.key], about)]


def _stretches(cell: ReleasedNumber, before: Sequence[ReleasedNumber], about: Audience) -> Iterator[Conflict]:
    """The stretches that become known with this number, from the chains of windows it joins."""
    shown = [each for each in before if each.k is not None]
    for each in shown:
        if (each.first, each.last) == (cell.first, cell.last) and _tells(cell, each, about):
            yield conflict("restatement", cell, each.window, "The same number was released before and differs by few.")
    points = _points([cell, *(each for each in shown if (each.first, each.last) != (cell.first, cell.last))])
    reached = points.get(start(cell), {})
    for one, other in combinations(sorted(reached), 2):
        (k, n), (more, of) = reached[one], reached[other]
        gap = ReleasedNumber(cell.key, "", "", more - k, of - n, cell.audience)
        if _is_small(gap, about):
            yield conflict("windows", cell, months(one, other), "Subtracting overlapping months leaves few children.")


def _points(cells: Sequence[ReleasedNumber]) -> dict[str, dict[str, tuple[int, int]]]:
    """The running totals at each end of a window, reached from the start of the first one."""
    links: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for cell in cells:
        first, end, k, n = start(cell), cell.last, cell.k or 0, cell.n or 0
        links[first].append((end, k, n))
        links[end].append((first, -k, -n))
    origin = start(cells[0])
    reached, waiting = {origin: (0, 0)}, [origin]
    while waiting:
        here = waiting.pop()
        for there, k, n in links[here]:
            if there not in reached:
                reached[there] = (reached[here][0] + k, reached[here][1] + n)
                waiting.append(there)
    return {origin: reached}


def start(cell: ReleasedNumber) -> str:
    """The month before the first, so that months that follow each other share a point."""
    return str(Period.parse(cell.first).before(1))


def months(after: str, until: str) -> str:
    """The months between two points in time, in words."""
    first = str(Period.parse(after).before(-1))
    return first if first == until else f"{first} to {until}"


def against_wholes(
    new: Sequence[ReleasedNumber], old: Sequence[ReleasedNumber], *, nesting: Mapping[str, str], about: Audience
) -> list[Conflict]:
    """Levels that leave few children over when taken from what they lie in."""
    found = []
    alike: dict[tuple[str, ...], list[ReleasedNumber]] = defaultdict(list)
    for each in (*new, *old):
        alike[(*each.key[:3], each.first, each.last)].append(each)
    same = ((one, each) for one in new for each in alike[(*one.key[:3], one.first, one.last)])
    for cell, other in same:
        if cell.k is None or other.k is None or cell.key == other.key:
            continue
        for inner, outer in ((cell, other), (other, cell)):
            whole = outer.key[3] in ("", "all") and inner.key[3] not in WHOLE
            inside = whole or nesting.get(inner.key[4]) == outer.key[4]
            if inside and _is_small(_less(outer, inner), about):
                why = "Taking a part from its whole leaves few children."
                found.append(conflict("nested", cell, other.window, why))
    return found


def reappeared(new: Sequence[ReleasedNumber], old: Sequence[ReleasedNumber], *, about: Audience) -> list[Conflict]:
    """Numbers shown now that were hidden before, from this audience or from a more open one."""
    earlier = {each.id for each in (*laxer(about), about)}
    hidden = {(each.key, each.first, each.last): each for each in old if each.k is None and each.audience in earlier}
    partly = {(each.key[:4], each.first, each.last) for each in new if each.k is None}
    found = []
    for cell in new:
        place = (cell.key, cell.first, cell.last)
        alone = about.rounded_to > 1 and (cell.key[:4], cell.first, cell.last) not in partly
        if cell.k is not None and place in hidden and not alone:
            found.append(conflict("shown again", cell, cell.window, "This number was hidden in an earlier release."))
    return found


def _less(outer: ReleasedNumber, inner: ReleasedNumber) -> ReleasedNumber:
    return inner._replace(k=(outer.k or 0) - (inner.k or 0), n=(outer.n or 0) - (inner.n or 0))


def _tells(one: ReleasedNumber, other: ReleasedNumber, about: Audience) -> bool:
    """Whether a restatement is of few: those who came late are a group, also in a number of the whole service."""
    return tells(_less(one, other), about)


def tells(gap: ReleasedNumber, about: Audience) -> bool:
    """Whether a difference between two tellings of one number is of few."""
    return _is_small(gap, about) or (gap.key[0] not in OF_THINGS and small(abs(gap.n or 0), about.smallest_base))


def over_running(new: Sequence[ReleasedNumber], old: Sequence[ReleasedNumber], *, about: Audience) -> list[Conflict]:
    """Counts from the beginning of a register whose growth since an earlier month is of few."""
    before: dict[Key, list[ReleasedNumber]] = defaultdict(list)
    for each in old:
        if each.key[0] in COUNTED_ON and each.k is not None:
            before[_running(each.key)].append(each)
    found = []
    for cell in new:
        told = before[_running(cell.key)] if cell.k is not None and cell.key[0] in COUNTED_ON else []
        if not any((each.k, each.n) == (cell.k, cell.n) for each in told):
            few = [each for each in told if each.first != cell.first and _tells(cell, each, about)]
            found += [conflict("running", cell, each.window, "The list has grown by few since.") for each in few]
    return found


def _running(key: Key) -> Key:
    """The key of a number in whatever month it is told; the level of a whole may be a day or a limit."""
    return (*key[:4], "" if key[3] == "all" else key[4])


def _is_small(gap: ReleasedNumber, about: Audience) -> bool:
    """Whether a difference, either way, is a count this audience may not see."""
    k, n = abs(gap.k or 0), abs(gap.n or 0)
    rest = abs((gap.n or 0) - (gap.k or 0)) if gap.n else 0
    group = group_of(gap.key[0], gap.key[3], gap.key[4])
    told = gap.key[0] in AS_A_LEVEL
    if about.protects == "all" or told or any(map(about.sensitive, factors(group))):
        return any(small(count, about.smallest_count) for count in (k, n, rest))
    return group not in WHOLE and small(n, about.smallest_base)


def conflict(rule: str, cell: ReleasedNumber, other: str, reason: str) -> Conflict:
    """A line of what a release would give away, without the number."""
    measure, _, standard, group, level = cell.key
    return (rule, measure, standard, group, level, cell.window, other, reason)
