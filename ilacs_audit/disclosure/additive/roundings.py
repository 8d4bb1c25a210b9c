"""What rounded counts still say exactly: "5 of 10" is 6 of 12 where every count is none or six and more.

A rounded count stands for a few whole numbers, fewer where small counts are never shown. What adds up
narrows them further, and where one number is left the rounding has hidden nothing.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from ilacs_audit.disclosure.additive.bounds import MANY
from ilacs_audit.disclosure.additive.tables import FREE, UNSEEN, AdditiveCell, AdditiveTable
from ilacs_audit.disclosure.rules import nearest

Span = tuple[int, int]
Place = tuple[int, int]


def told_exactly(
    table: AdditiveTable, suppressed: frozenset[Hashable], *, base: int, smallest: int
) -> Iterator[AdditiveCell]:
    """The cells that are shown, rounded to `base`, and of which one number is left; not the noughts, which are shown.

    `smallest` is the least count above 0 that is ever shown. Lines are added up until each has heard of every other.

    >>> from ilacs_audit.disclosure.additive.tables import Count, shares
    >>> row = shares("", [], total=Count(0, "", 6, 12), small=6)
    >>> [cell.size for cell in told_exactly(row, frozenset(), base=5, smallest=6)]
    [6, 6, 12]
    >>> row = shares("", [], total=Count(0, "", 8, 14), small=6)
    >>> list(told_exactly(row, frozenset(), base=5, smallest=6))
    []
    """
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    split = not table.crossed and all(cell.owner != FREE for cell in table.cells)
    spans = {place: _span(cell, suppressed, base, smallest) for place, cell in cells.items()}
    for place, (least, _) in spans.items():
        if split and place[1] == 1 and least:  # n - k is not printed: a reader knows no more than that it is not small
            spans[place] = least if least == 1 else smallest, MANY
    lines: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for place in sorted(cells):  # a total is the last of its row, and of its column
        lines[0, place[0]].append(place)
        lines[1, place[1]].append(place)
    for _ in cells:  # what one line says reaches every other by then
        for *inner, total in (each for each in lines.values() if len(each) > 1):
            _narrow(spans, inner, total)
    for place, cell in cells.items():
        if cell.size and cell.owner != FREE and _seen(cell, suppressed) and spans[place][0] == spans[place][1]:
            yield cell


def _seen(cell: AdditiveCell, suppressed: frozenset[Hashable]) -> bool:
    return cell.owner != UNSEEN and cell.owner not in suppressed


def _span(cell: AdditiveCell, suppressed: frozenset[Hashable], base: int, smallest: int) -> Span:
    if cell.owner == FREE:
        return -MANY, MANY
    if not cell.size:
        return 0, 0
    if not _seen(cell, suppressed):
        return 1, cell.highest
    shown = nearest(cell.size, base) or 0
    return max(smallest, shown - base // 2), shown + base // 2


def _narrow(spans: dict[Place, Span], inner: Sequence[Place], total: Place) -> None:
    least, most = (sum(spans[place][end] for place in inner) for end in (0, 1))
    low, high = spans[total]
    spans[total] = max(low, least), min(high, most)
    for place in inner:
        at_least, at_most = spans[place]
        spans[place] = (
            max(at_least, spans[total][0] - (most - at_most)),
            min(at_most, spans[total][1] - (least - at_least)),
        )
