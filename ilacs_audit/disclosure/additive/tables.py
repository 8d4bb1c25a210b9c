"""The additive tables that lie in a list of measures: what a reader can add up and subtract.

Rows of one measure, standard and period form tables. Three shapes occur:

* **shares** (k of n by team): each row splits into k and n - k, and the whole service is the total;
* **parts** (the grades of 30 files): the levels add up to their common denominator;
* **crossed** (group "team x grade", level "Duty x good"): parts in two directions, with the
  one-way rows as margins.

Where the total is not among the measures it is assumed to be known, because it is on another
page; what the levels leave over of a known total is a cell as well. A whole row is hidden or
shown, so k and n - k share one owner.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ilacs_audit.disclosure.additive.bounds import MANY, Edge

UNSEEN = "unseen"  # a cell that is never shown: what is left over, or an unpublished small total
FREE = "free"  # not a cell at all: a line without a total


class AdditiveCell(NamedTuple):
    """A count in a table; the owner is the measure that shows it, None where everybody knows it."""

    row: int
    column: int
    size: int
    owner: Hashable = None
    margin: bool = False
    highest: int = MANY


@dataclass(frozen=True)
class AdditiveTable:
    """Cells whose rows and columns each add up, and the measures a reader meets as its inner cells."""

    name: str
    cells: tuple[AdditiveCell, ...]
    members: tuple[int, ...]
    crossed: bool = False
    totals: frozenset[int] = field(default_factory=frozenset)

    def hidden(self, suppressed: frozenset[Hashable], *, dropped: bool = False) -> Iterator[tuple[AdditiveCell, Edge]]:
        """The cells an outsider does not see, each with what is known of it beforehand.

        Zeros are shown, so a hidden cell is at least 1, unless the whole breakdown was dropped.
        """
        for cell in self.cells:
            if cell.owner == FREE:
                yield cell, Edge(cell.row, cell.column, 0, False, -MANY, MANY)
            elif cell.owner == UNSEEN or cell.owner in suppressed:
                least = 0 if dropped else min(1, cell.size)
                yield cell, Edge(cell.row, cell.column, cell.size, cell.margin, least, cell.highest)


class Count(NamedTuple):
    """One measure as a table needs it: its place in the list, its level, k and n."""

    place: int
    level: str
    k: int
    n: int | None


def base(place: Hashable) -> tuple[str, Hashable]:
    """The owner of the n of a measure, hidden only where the group itself is too small to be seen."""
    return ("base", place)


def parts(name: str, counts: Sequence[Count], *, total: int, owner: Hashable = None) -> AdditiveTable:
    """Levels that add up to a total which everybody knows unless it has an owner; none exceeds its n."""
    most = [MANY if each.n is None else each.n for each in counts]
    cells = [AdditiveCell(0, column, each.k, each.place, False, most[column]) for column, each in enumerate(counts)]
    rest = total - sum(each.k for each in counts)
    if rest:
        cells.append(AdditiveCell(0, len(counts), rest, UNSEEN))
    free = [AdditiveCell(1, column, 0, FREE) for column in range(len(cells))]
    cells.append(AdditiveCell(0, len(cells), total, owner, True))
    return AdditiveTable(name, (*cells, *free), tuple(each.place for each in counts))


def shares(name: str, counts: Sequence[Count], *, total: Count, small: int) -> AdditiveTable:
    """Levels of k of n under a total of k of n; a total under `small` that no row shows is unseen."""
    cells = [cell for row, each in enumerate(counts) for cell in _split(row, each, each.place, base(each.place))]
    left = Count(-1, "", total.k - sum(each.k for each in counts), (total.n or 0) - sum(each.n or 0 for each in counts))
    if left.n:
        cells += _split(len(counts), left, UNSEEN, UNSEEN)
    k, rest = total.k, (total.n or 0) - total.k
    unseen = UNSEEN if 0 < k < small or 0 < rest < small else None
    owner: Hashable = total.place if total.place >= 0 else unseen
    last = len(counts) + 1
    cells += [AdditiveCell(last, column, size, owner, True) for column, size in enumerate((k, rest))]
    cells.append(AdditiveCell(last, 2, total.n or 0))
    totals = frozenset({total.place}) if total.place >= 0 else frozenset()
    return AdditiveTable(name, tuple(cells), tuple(each.place for each in counts), totals=totals)


def crossed(
    name: str,
    counts: Mapping[tuple[str, str], Count],
    *,
    rows: Mapping[str, tuple[int, Hashable]],
    columns: Mapping[str, tuple[int, Hashable]],
    total: tuple[int, Hashable],
    ceilings: bool = False,
) -> AdditiveTable:
    """Counts in two directions with the totals of both, each with its owner.

    `ceilings` says that the counts are k of a known n, so that none exceeds its n.
    """
    across, down = ({level: place for place, level in enumerate(levels)} for levels in (columns, rows))
    cells = []
    for (first, second), each in counts.items():
        n = each.n if ceilings and each.n is not None else MANY
        most = n - 1 if ceilings and each.k < n else n
        cells.append(AdditiveCell(down[first], across[second], each.k, each.place, False, most))
    cells += [AdditiveCell(down[level], len(across), n, owner, True) for level, (n, owner) in rows.items()]
    cells += [AdditiveCell(len(down), across[level], n, owner, True) for level, (n, owner) in columns.items()]
    cells.append(AdditiveCell(len(down), len(across), *total))
    return AdditiveTable(name, tuple(cells), tuple(each.place for each in counts.values()), crossed=True)


def _split(row: int, count: Count, owner: Hashable, of: Hashable) -> list[AdditiveCell]:
    n = count.n or 0
    parts_of_n = (AdditiveCell(row, column, size, owner) for column, size in enumerate((count.k, n - count.k)))
    return [*parts_of_n, AdditiveCell(row, 2, n, of, True)]
