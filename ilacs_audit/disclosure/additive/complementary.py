"""Hide enough partners that no small cell can be worked out from the totals.

The search is greedy and every step is checked by the attacker of `flow`: as long as a small
cell is exposed, hide the shown cell that helps most. It ends because in the last resort the
whole breakdown is hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from typing import NamedTuple

from ilacs_audit.disclosure.additive.bounds import bounds
from ilacs_audit.disclosure.additive.tables import FREE, UNSEEN, Table

Mask = frozenset[Hashable]


class Exposure(NamedTuple):
    """How exposed a table's small cells are: how many, and by how many children together."""

    cells: int
    children: int


SAFE = Exposure(0, 0)


def exposure(table: Table, masked: Mask, *, small: Mask, threshold: int, dropped: bool = False) -> Exposure:
    """How many small cells fail rule D4 or D5.

    `small` are the owners hidden for their own sake. A cell of 1 to threshold - 1 must have an
    interval that spans at least threshold - 1, and so does not lie wholly among small counts.
    """
    hidden = list(table.hidden(masked, dropped=dropped))
    edges = [edge for _, edge in hidden]
    missing = []
    for place, (cell, _) in enumerate(hidden):
        if cell.owner != FREE and 0 < cell.size < threshold and (cell.owner == UNSEEN or cell.owner in small):
            low, high = bounds(edges, place, limit=threshold)
            missing.append(max(0, threshold - 1 - (high - low)))
    pairs = _single_pairs(table, masked)
    return Exposure(sum(each > 0 for each in missing) + pairs, sum(missing) + pairs)


def with_partners(table: Table, masked: Mask, *, small: Mask, threshold: int) -> Mask:
    """The mask with partners added until the table's small cells are safe, or all of it hidden."""
    state = exposure(table, masked, small=small, threshold=threshold)
    while state != SAFE:
        choices = [(masked | {place}, place) for place in table.members if _hideable(table, masked, place)]
        if not choices:
            return masked | frozenset(table.members)
        scored = [
            (exposure(table, more, small=small, threshold=threshold), _loss(table, place), place, more)
            for more, place in choices
        ]
        state, _, _, masked = min(scored, key=lambda each: each[:3])
    return masked


def _hideable(table: Table, masked: Mask, place: int) -> bool:
    """Whether a shown measure may be a partner: never one with a zero, for zeros are shown (rule D3)."""
    return place not in masked and all(cell.size > 0 for cell in table.cells if cell.owner == place)


def _loss(table: Table, place: int) -> int:
    """What readers lose with a measure: its children."""
    return sum(cell.size for cell in table.cells if cell.owner == place)


def _single_pairs(table: Table, masked: Mask) -> int:
    """Rows and columns whose only two hidden cells are both 1 (rule D5)."""
    lines: dict[tuple[str, int], list[int]] = defaultdict(list)
    for cell, _ in table.hidden(masked):
        count = 0 if cell.owner == FREE else cell.size
        lines["row", cell.row].append(count)
        lines["column", cell.column].append(count)
    return sum(each == [1, 1] for each in lines.values())
