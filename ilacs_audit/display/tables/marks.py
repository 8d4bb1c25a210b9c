"""The small drawings that stand in a table cell: each is one row's number on a shared scale.

A mark is placed in percent of the cell's width and drawn by `templates/marks.html.j2`, so it
stretches with the page while its text-sized parts keep their size. Nothing is computed here
but the place on the paper.
"""

from dataclasses import dataclass

from ilacs_audit.claims.words import count_of, percent, signed_points
from ilacs_audit.display.looks import NO_VERDICT, VerdictLook, verdict_of
from ilacs_audit.domain.measures import Row, earlier_round


@dataclass(frozen=True)
class Mark:
    """A dot, its range and its reference line, in percent of the width; `was` is where the earlier round lay."""

    alt: str
    at: float | None
    low: float | None
    high: float | None
    reference: float | None
    colour: str
    shape: str
    was: float | None = None


@dataclass(frozen=True)
class Bar:
    """A bar from nought, in percent of the width, with its own label at the end."""

    alt: str
    length: float
    label: str
    colour: str


@dataclass(frozen=True)
class Span:
    """A stretch of time on a shared calendar, in percent of the width."""

    alt: str
    start: float
    end: float
    colour: str
    shape: str


def place(share: float | None, *, low: float = 0.0, high: float = 1.0) -> float | None:
    """Where a number lies on a scale, in percent of its length, kept on the paper.

    >>> place(0.37), place(0.1, low=-1), place(None)
    (37.0, 55.0, None)
    """
    if share is None:
        return None
    return round(100 * min(max((share - low) / (high - low), 0.0), 1.0), 2)


def read_whole(row: Row) -> bool:
    """Whether every file on the list was read, so that the share needs no range."""
    return row.method == "whole list"


def interval_mark(row: Row) -> Mark | None:
    """The dot, range and target of one share; nothing where no share may be shown."""
    if row.hidden or row.value is None or (row.lower is None and not read_whole(row)):
        return None
    looks = verdict_of(row)
    return Mark(
        _interval_words(row),
        place(row.value),
        place(row.lower),
        place(row.upper),
        place(row.target),
        looks.colour,
        looks.shape if looks is not NO_VERDICT else "dot",
    )


def change_mark(row: Row, *, reach: float) -> Mark | None:
    """The change and its range on a scale from minus to plus `reach`, with a line at no change."""
    if row.hidden or row.value is None or row.lower is None or row.upper is None:
        return None
    looks = verdict_of(row)
    at, low, high = (place(each, low=-reach, high=reach) for each in (row.value, row.lower, row.upper))
    return Mark(_change_words(row, looks), at, low, high, 50.0, looks.colour, looks.shape)


def rounds_mark(row: Row) -> Mark | None:
    """Both rounds of one standard and its target on one scale; nothing where either count may not be shown."""
    then = earlier_round(row.note)
    if change_mark(row, reach=1) is None or then is None or row.numerator is None or not row.denominator:
        return None
    was, at = place(then[0] / then[1]), place(row.numerator / row.denominator)
    looks = verdict_of(row)
    alt = f"From {row.note} to {count_of(row.numerator, row.denominator)}. {_change_words(row, looks)}"
    low, high = sorted((was or 0.0, at or 0.0))
    return Mark(alt, at, low, high, place(row.target), looks.colour, looks.shape, was)


def _interval_words(row: Row) -> str:
    share = percent(row.value or 0)
    if read_whole(row):
        return f"{share}. The whole list was read."
    if row.target is None or row.upper is None or row.lower is None:
        return f"{share}, likely between {percent(row.lower or 0)} and {percent(row.upper or 0)}."
    side = "lies on both sides of"
    if row.verdict in ("met", "not met"):
        above = (row.verdict == "met") == (row.direction != "lower")
        side = "reaches or is above" if above else "is below"
    return f"{share} met it. The likely range {side} the target of {percent(row.target)}."


def _change_words(row: Row, looks: VerdictLook) -> str:
    low, high = signed_points(row.lower or 0), signed_points(row.upper or 0)
    return f"{signed_points(row.value or 0)} points, likely between {low} and {high}. {looks.word}."
