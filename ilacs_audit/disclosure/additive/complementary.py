"""Hide enough complementary cells that no small cell can be worked out from the totals.

The search is greedy and every step is checked by the attacker of `bounds`: as long as a small
cell is exposed, hide the shown cell that helps most. It ends because in the last resort the
whole breakdown is hidden.
"""

from collections import defaultdict
from collections.abc import Hashable
from typing import NamedTuple

from ilacs_audit.disclosure.additive.bounds import bounds
from ilacs_audit.disclosure.additive.tables import FREE, UNSEEN, AdditiveTable, base

Suppressed = frozenset[Hashable]


class Exposure(NamedTuple):
    """How exposed a table's small cells are: how many, and by how many children together."""

    cells: int
    children: int


SAFE = Exposure(0, 0)
FEWEST_READINGS = 3


def exposure(
    table: AdditiveTable, suppressed: Suppressed, *, small: Suppressed, threshold: int, dropped: bool = False
) -> Exposure:
    """How many small cells fail rule D4 or D5.

    `small` are the owners hidden for their own sake. A cell of 1 to threshold - 1 must have an
    interval that spans at least threshold - 1, and so does not lie wholly among small counts.
    """
    hidden = list(table.hidden(suppressed, dropped=dropped))
    edges = [edge for _, edge in hidden]
    missing = []
    for place, (cell, _) in enumerate(hidden):
        if cell.owner != FREE and 0 < cell.size < threshold and (cell.owner == UNSEEN or cell.owner in small):
            low, high = bounds(edges, place, limit=threshold)
            missing.append(max(0, threshold - 1 - (high - low)))
    pairs = _single_pairs(table, suppressed)
    return Exposure(sum(each > 0 for each in missing) + pairs, sum(missing) + pairs)


def with_complementary(
    table: AdditiveTable, suppressed: Suppressed, *, small: Suppressed, threshold: int
) -> Suppressed:
    """What is suppressed once complementary measures make the table's small cells safe, or all of it is hidden."""
    state = exposure(table, suppressed, small=small, threshold=threshold)
    while state != SAFE:
        scored = [
            (exposure(table, suppressed | {place}, small=small, threshold=threshold), loss, place)
            for loss, place in _hideable(table, suppressed)
        ]
        if not scored:
            return suppressed | frozenset(table.members)
        state, _, place = min(scored)
        suppressed = suppressed | {place}
    return suppressed


def with_room(table: AdditiveTable, suppressed: Suppressed) -> Suppressed:
    """What is suppressed once no further cell would leave more readings of what is hidden with an unseen base.

    Where nobody of two hidden groups missed a standard, a third one hides that; where nobody at all did, none does.
    """
    state = _narrow(table, suppressed)
    while state:
        choices = _hideable(table, suppressed)
        scored = [(_narrow(table, suppressed | {place}), loss, place) for loss, place in choices]
        best, _, place = min(scored, default=(state, 0, 0))
        if best >= state:
            break
        state, suppressed = best, suppressed | {place, base(place)}
    return suppressed


def _narrow(table: AdditiveTable, suppressed: Suppressed) -> int:
    """How many readings are wanting until each hidden count of a group with an unseen base has three."""
    hidden = list(table.hidden(suppressed, dropped=True))  # a group with an unseen base may hide a nought
    edges = [edge for _, edge in hidden]
    unseen = [place for place, (cell, _) in enumerate(hidden) if base(cell.owner) in suppressed]
    ends = (bounds(edges, place, limit=FEWEST_READINGS) for place in unseen)
    return sum(max(0, FEWEST_READINGS - 1 - (high - low)) for low, high in ends)


def _hideable(table: AdditiveTable, suppressed: Suppressed) -> list[tuple[int, int]]:
    """Each measure that may be complementary, after the children readers lose with it; zeros are shown (rule D3)."""
    sizes = {place: [cell.size for cell in table.cells if cell.owner == place] for place in table.members}
    return [(sum(each), place) for place, each in sizes.items() if place not in suppressed and all(each)]


def _single_pairs(table: AdditiveTable, suppressed: Suppressed) -> int:
    """Rows and columns whose only two hidden cells are both 1 (rule D5)."""
    lines: dict[tuple[str, int], list[int]] = defaultdict(list)
    for cell, _ in table.hidden(suppressed):
        count = 0 if cell.owner == FREE else cell.size
        lines["row", cell.row].append(count)
        lines["column", cell.column].append(count)
    return sum(each == [1, 1] for each in lines.values())
