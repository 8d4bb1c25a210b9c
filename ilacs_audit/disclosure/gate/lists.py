"""Lists of people told in parts, and what stands beside them on a page.

A shared page tells a list whole or not at all. What else it tells of the same people goes with a hidden list wherever
one number less another would be a few of them, and what is told twice is told twice or never.
"""

from collections.abc import Iterator, Mapping, Sequence

from ilacs_audit.disclosure import rules
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.measures import Row

Places = frozenset[int]


def told_again(listed: Sequence[Row]) -> dict[int, int]:
    """Where a part of a list stands, and where the page tells the same counts of the whole service."""
    wholes = {(*_told(row), row.numerator, row.denominator): at for at, row in enumerate(listed) if rules.whole(row)}
    found: dict[int, int] = {}
    for at, row in enumerate(listed):
        name = rules.AGAIN.get((row.measure, row.level), "")
        same = wholes.get((name, *_told(row)[1:], row.numerator, row.denominator))
        found |= {} if same is None or not name else {at: same}
    return found


def closed(listed: Sequence[Row], hidden: Places, again: Mapping[int, int], about: Audience) -> tuple[Places, Places]:
    """What is hidden once no list of a shared page has a gap, and of that what may not keep even its whole."""
    if about.protects == "none":
        return hidden, frozenset()
    hidden -= again.keys()
    hidden |= {part for part, whole in again.items() if whole in hidden}
    gaps = {(row.measure, row.group) for row in (listed[at] for at in hidden) if row.group in rules.LISTS}
    beside = frozenset(_beside(listed, {measure for measure, _ in gaps}, about))
    gone = {
        at for at, row in enumerate(listed) if (row.measure, row.group) in gaps and _goes(at, again, beside | hidden)
    }
    return hidden | beside | gone, beside


def _goes(at: int, again: Mapping[int, int], hidden: Places) -> bool:
    return at not in again or again[at] in hidden


def _beside(listed: Sequence[Row], measures: set[str], about: Audience) -> Iterator[int]:
    """What tells of sums of a hidden list's parts and would leave few people of them, less what stays before it."""
    for measure in measures & rules.BESIDE.keys():
        for told in {_told(row): row for row in listed if row.measure == measure}.values():
            known = {("list", 0), ("list", told.denominator or 0)}
            for name, kinds in rules.BESIDE[measure].items():
                ours = [at for at, row in enumerate(listed) if _told(row) == (name, *_told(told)[1:])]
                more = {pair for at in ours[:1] for pair in _counted(listed[at], kinds)}
                if any(_near(one, other, about) for one in more for other in known):
                    yield from ours
                else:
                    known |= more


def _counted(row: Row, kinds: Sequence[str]) -> Iterator[tuple[str, int]]:
    """How many people of which kind a row tells: its k, its n and the rest."""
    k, n = row.numerator or 0, row.denominator or 0
    yield from ((kind, count) for kind, count in zip(kinds, (k, n, n - k), strict=True) if kind)


def _near(one: tuple[str, int], other: tuple[str, int], about: Audience) -> bool:
    return one[0] == other[0] and rules.small(abs(one[1] - other[1]), about.smallest_count)


def _told(row: Row) -> tuple[str, str, str]:
    return (row.measure, row.theme, row.period)
