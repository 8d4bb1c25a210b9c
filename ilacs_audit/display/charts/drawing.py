"""A drawing as data: grid, traces, points and bands with their place on the paper.

Across is in percent of the width and down in pixels: the drawing stretches with the page
while its words stay as large as the words around it, on a phone and at 400% zoom.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TOP, FLOOR, TICKS, LANE, LINE = 28, 208, 22, 36, 18
LEFT, RIGHT = 18.0, 93.0
_APART = 30  # what two dates need between them on a phone to stand under their points, in percent


@dataclass(frozen=True)
class Grid:
    """A line across with its label."""

    y: float
    label: str
    base: bool = False


@dataclass(frozen=True)
class Trace:
    """A line through places, written as SVG wants them."""

    points: str
    colour: str
    width: float = 2
    dash: str = ""


@dataclass(frozen=True)
class Point:
    """A mark, the range it stands in, and its label to the right or `before` it, `off` the line that would cross it."""

    x: float
    y: float
    low: float | None
    high: float | None
    colour: str
    shape: str
    label: str = ""
    before: bool = False
    off: float = 5


@dataclass(frozen=True)
class Band:
    """Something done over a stretch of time, in a lane of its own under the axis, with its name in lines under it.

    The name hangs under it from where it is `named`, and leans to where there is room: a phone is 400 points wide.
    """

    start: float
    width: float
    lines: tuple[str, ...]
    lane: int
    named: float
    side: str


@dataclass(frozen=True)
class Name:
    """Words in the drawing; the kind 'wide' is left out on a phone, 'margin' stands beside it."""

    x: float
    y: float
    text: str
    anchor: str = "middle"
    kind: str = ""


@dataclass(frozen=True)
class Plot:
    """A whole drawing."""

    points: tuple[Point, ...]
    grids: tuple[Grid, ...]
    traces: tuple[Trace, ...] = ()
    bands: tuple[Band, ...] = ()
    names: tuple[Name, ...] = ()
    height: int = FLOOR + TICKS + 8
    stem: int = 8
    top: int = TOP
    layout: str = ""


def down(share: float) -> float:
    """How far down the paper a share lies, between the top and the floor of the drawing.

    >>> down(1.0), down(0.0)
    (28.0, 208.0)
    """
    return round(FLOOR - (FLOOR - TOP) * min(max(share, 0.0), 1.0), 1)


def down_if(share: float | None) -> float | None:
    """The same, or nothing where there is no number."""
    return None if share is None else down(share)


def across(number: float, *, low: float, high: float, right: float = RIGHT) -> float:
    """How far across a number lies, leaving room for labels on both sides.

    >>> across(5, low=0, high=10)
    55.5
    """
    part = 0.5 if high == low else (number - low) / (high - low)
    return round(LEFT + (right - LEFT) * part, 2)


def percent_grid() -> tuple[Grid, ...]:
    """The lines at nought, a half and the whole."""
    return (Grid(down(1), "100%"), Grid(down(0.5), "50%"), Grid(down(0), "0", base=True))


def trace(places: Iterable[tuple[float, float | None]], colour: str, *, width: float = 2, dash: str = "") -> Trace:
    """A line through the places that have a number."""
    known = [f"{x},{y}" for x, y in places if y is not None]
    return Trace(" ".join(known), colour, width, dash)


def edge(place: int, count: int) -> str:
    """Where a label hangs: the first and last lean inwards so that they stay on the paper."""
    return "start" if place == 0 and count > 1 else "end" if place == count - 1 and count > 1 else "middle"


def line_names(lines: Iterable[tuple[float | None, str]]) -> tuple[Name, ...]:
    """Names of lines in the right margin, moved apart where the lines lie close."""
    made: list[Name] = []
    for share, text in sorted(((line, text) for line, text in lines if line is not None), reverse=True):
        y = max(down(share) + 5, made[-1].y + 18 if made else 0)
        made.append(Name(100, y, text, "start", "margin"))
    return tuple(made)


def tick_names(places: Sequence[float], words: Sequence[str]) -> tuple[Name, ...]:
    """Labels under the axis: all of a few, some of many, only the ends on a phone; two close ones lean apart."""
    count = len(places)
    if count == 2:
        sides = ("end", "start") if places[1] - places[0] < _APART else ("middle", "middle")
        return tuple(Name(x, FLOOR + TICKS, text, side) for x, text, side in zip(places, words, sides, strict=True))
    step = max(1, -(-count // 6))
    shown = [i for i in range(count) if i in (0, count - 1) or (i % step == 0 and count - 1 - i >= step)]
    return tuple(
        Name(places[i], FLOOR + TICKS, words[i], edge(i, count), "" if i in (0, count - 1) else "wide") for i in shown
    )
