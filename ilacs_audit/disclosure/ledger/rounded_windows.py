"""Work out what rounded numbers over overlapping months say about the months between them.

A rounded number is a range: 10 stands for 8 to 12, and 5 for 6 or 7, because the public is shown no count under
6. Two ranges alone never leave a difference of 1 to 5 for certain, neither a number beside its restatement nor a
part beside its whole (tried in the tests, every pair). Months beside a year to date can, and are tested here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from ilacs_audit.disclosure.additive.bounds import MANY
from ilacs_audit.disclosure.ledger.differencing import Conflict, Key, ReleasedNumber, conflict, months, start
from ilacs_audit.domain.audiences import Audience

Range = tuple[int, int]
Window = tuple[str, str]


def over_rounded_time(
    new: Sequence[ReleasedNumber], old: Sequence[ReleasedNumber], *, about: Audience
) -> list[Conflict]:
    """Stretches of time that rounded numbers over several months leave a small count for certain."""
    shown: dict[Key, dict[Window, ReleasedNumber]] = defaultdict(dict)
    for cell in (*old, *new):
        shown[cell.key][start(cell), cell.last] = cell
    found = []
    for key in dict.fromkeys(cell.key for cell in new):
        cell = next(each for each in reversed(new) if each.key == key)
        if any(each.first != each.last for each in shown[key].values()):
            found += [
                conflict("windows", cell, months(*ends), "Rounded numbers of overlapping months leave few children.")
                for ends in _few(shown[key], about)
            ]
    return found


def possible(count: int | None, about: Audience) -> Range:
    """The true counts that a rounded count may stand for, None where it is hidden.

    >>> from ilacs_audit.domain.audiences import audience
    >>> [possible(count, audience("public")) for count in (0, 5, 10)]
    [(0, 0), (6, 7), (8, 12)]
    """
    if count is None:
        return 1, MANY
    slack = about.rounded_to // 2
    return (max(count - slack, about.smallest_count), count + slack) if count else (0, 0)


def _few(windows: Mapping[Window, ReleasedNumber], about: Audience) -> Iterator[Window]:
    """The stretches whose k, n or n - k must be a small count."""
    for ranges in _readings(windows, about):
        furthest = _furthest(ranges)
        points = sorted({point for window in ranges for point in window})
        for early, late in combinations(points, 2):
            least, most = -furthest[late, early], furthest[early, late]
            if least > 0 and most < about.smallest_count:
                yield early, late


def _readings(windows: Mapping[Window, ReleasedNumber], about: Audience) -> Iterator[dict[Window, Range]]:
    """What the windows say of k, of n and of n - k."""
    yield {window: possible(cell.k, about) for window, cell in windows.items()}
    if all(cell.n is not None or cell.k is None for cell in windows.values()):
        yield {window: possible(cell.n, about) for window, cell in windows.items()}
        yield {window: _rest(cell, about) for window, cell in windows.items()}


def _rest(cell: ReleasedNumber, about: Audience) -> Range:
    if cell.k is None:
        return possible(None, about)
    (least, most), (fewest, all_of) = possible(cell.k, about), possible(cell.n, about)
    low = max(0, fewest - most)
    return (max(low, about.smallest_count) if low else 0, max(0, all_of - least))


def _furthest(ranges: Mapping[Window, Range]) -> dict[Window, int]:
    """How much more at most is counted by one point in time than by another, over every point between; time only adds.

    The differences are combined as Floyd and Warshall do.
    """
    points = sorted({point for window in ranges for point in window})
    found = {(one, other): 0 if other <= one else MANY for one, other in product(points, points)}
    for (early, late), (low, high) in ranges.items():
        found[early, late], found[late, early] = min(found[early, late], high), min(found[late, early], -low)
    for middle, one, other in product(points, points, points):
        through = found[one, middle] + found[middle, other]
        found[one, other] = min(found[one, other], through)
    return found
