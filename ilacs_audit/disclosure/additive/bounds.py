"""What the margins of a table say about a hidden cell, by maximum flow.

Hidden cells are the edges of a graph whose two sides are the rows and the columns. A hidden
cell can be larger than it is by as much as can be moved round the other hidden cells from
its row to its column, and smaller by as much as can be moved the other way (rule P5). Margins
are cells too, counted negatively, so that every row and every column sums to nothing; that is
how a hidden margin is handled (E11). Bounds are in whole children and exact, because flows
with whole capacities are whole (checked against linear programming in the tests).
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

MANY = 10**9  # more than any count: how far something unknown can go

Arcs = dict[int, dict[int, int]]


class Edge(NamedTuple):
    """A hidden cell: where it stands, its count, whether it is a margin, and what an outsider knows of it."""

    row: int
    column: int
    size: int
    margin: bool = False
    lowest: int = 0
    highest: int = MANY

    @property
    def room(self) -> tuple[int, int]:
        """How far the signed count can go up and down on its own."""
        up, down = self.highest - self.size, self.size - self.lowest
        return (down, up) if self.margin else (up, down)


def bounds(edges: Sequence[Edge], place: int, *, limit: int = MANY) -> tuple[int, int]:
    """The least and the most that an outsider can conclude for one hidden cell.

    `limit` stops the search once a cell is known to reach so far either way.

    >>> table = [Edge(0, 0, 3), Edge(0, 1, 8), Edge(1, 0, 7), Edge(1, 1, 2)]
    >>> bounds(table, 0)
    (1, 10)
    >>> bounds(table[:2], 0)
    (3, 3)
    """
    edge = edges[place]
    others = [each for other, each in enumerate(edges) if other != place]
    room_up, room_down = edge.room
    up = min(room_up, _rerouted(others, edge, limit=min(limit, room_up), upwards=True))
    down = min(room_down, _rerouted(others, edge, limit=min(limit, room_down), upwards=False))
    more, less = (down, up) if edge.margin else (up, down)
    return edge.size - less, edge.size + more


def _rerouted(others: Iterable[Edge], edge: Edge, *, limit: int, upwards: bool) -> int:
    """How much the other cells can make up for when this one goes up or down."""
    arcs: Arcs = defaultdict(dict)
    for other in others:
        up, down = other.room
        there, back = (down, up) if upwards else (up, down)
        arcs[_row(other)][_column(other)] = there
        arcs[_column(other)][_row(other)] = back
    return _most(arcs, _row(edge), _column(edge), limit=limit)


def _row(edge: Edge) -> int:
    return 2 * edge.row


def _column(edge: Edge) -> int:
    return 2 * edge.column + 1


def _most(arcs: Arcs, source: int, sink: int, *, limit: int) -> int:
    """The maximum flow, by shortest augmenting paths, or the limit if that is reached first."""
    total = 0
    while total < limit:
        before = _path(arcs, source, sink)
        if sink not in before:
            break
        steps = _steps(before, sink)
        amount = min(limit - total, *(arcs[start][end] for start, end in steps))
        for start, end in steps:
            arcs[start][end] -= amount
            arcs[end][start] += amount
        total += amount
    return total


def _path(arcs: Arcs, source: int, sink: int) -> dict[int, int]:
    """Each node that can still be reached, with the node before it; the search stops at the sink."""
    before, waiting = {source: source}, deque([source])
    while waiting and sink not in before:
        node = waiting.popleft()
        for after, room in arcs.get(node, {}).items():
            if room > 0 and after not in before:
                before[after] = node
                waiting.append(after)
    return before


def _steps(before: dict[int, int], sink: int) -> list[tuple[int, int]]:
    steps, node = [], sink
    while before[node] != node:
        steps.append((before[node], node))
        node = before[node]
    return steps
