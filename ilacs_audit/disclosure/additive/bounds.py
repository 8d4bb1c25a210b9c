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

    @property
    def ends(self) -> tuple[int, int]:
        """The nodes of its row and of its column."""
        return 2 * self.row, 2 * self.column + 1


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
    """How much the others can make up for when this goes up or down: the maximum flow, or the limit if less."""
    arcs: Arcs = defaultdict(dict)
    for other in others:
        (up, down), (row, column) = other.room, other.ends
        arcs[row][column], arcs[column][row] = (down, up) if upwards else (up, down)
    total = 0
    while total < limit and (steps := _path(arcs, *edge.ends)):
        amount = min(limit - total, *(arcs[start][end] for start, end in steps))
        for start, end in steps:
            arcs[start][end] -= amount
            arcs[end][start] += amount
        total += amount
    return total


def _path(arcs: Arcs, source: int, sink: int) -> list[tuple[int, int]]:
    """The steps of a shortest way with room left, last step first; none where there is no such way."""
    before, waiting = {source: source}, deque([source])
    while waiting and sink not in before:
        node = waiting.popleft()
        for after, room in arcs.get(node, {}).items():
            if room > 0 and after not in before:
                before[after] = node
                waiting.append(after)
    steps, node = list[tuple[int, int]](), sink
    while node in before and node != source:
        steps.append((before[node], node))
        node = before[node]
    return steps
