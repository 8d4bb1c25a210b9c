"""What was done to move an answer, drawn in lanes under the line it was meant to move.

Two drawings show it, two rounds and many months. They share the lanes, so that a training bar lies under
the same dates in both.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from textwrap import wrap
from typing import NamedTuple

from ilacs_audit.display.charts.drawing import FLOOR, LANE, LINE, TICKS, Band
from ilacs_audit.display.figures import short_day
from ilacs_audit.domain.programme import Audit

_UNDER = 12
_LETTERS = 26  # what fits into half a drawing on a phone
_MIDST = 33, 67  # between them a name has room on both sides


class Done(NamedTuple):
    """Something done from one day to another, as it is named in its lane."""

    on: date
    until: date
    title: str


def interventions(audits: Sequence[Audit]) -> list[Done]:
    """Everything done between the rounds, once each and in order of date."""
    found = {each.id: Done(each.on, each.until, each.title) for audit in audits for each in audit.interventions}
    return sorted(found.values())


def reaudits(audits: Sequence[Audit]) -> list[Done]:
    """The rounds that followed an intervention."""
    after = [audit for audit in audits if audit.baseline and audit.interventions]
    return [Done(audit.on, audit.until, f"Re-audit, {short_day(audit.on)}") for audit in after]


def bands(done: Iterable[Done], where: Callable[[date], float]) -> tuple[Band, ...]:
    """One lane each, one under the other; `where` says how far across a day lies, in percent."""
    made: list[Band] = []
    for each in done:
        start, end, lines = where(each.on), where(each.until), tuple(wrap(each.title, _LETTERS))
        width = round(max(end - start, 1.5), 2)
        share, side = (0.0, "start") if start < _MIDST[0] else (0.5, "middle") if start < _MIDST[1] else (1.0, "end")
        made.append(Band(start, width, lines, height(made), round(start + share * width, 2), side))
    return tuple(made)


def height(lanes: Sequence[Band]) -> int:
    """The height of a drawing down to the end of its lanes."""
    if not lanes:
        return FLOOR + TICKS + _UNDER
    return lanes[-1].lane + LANE + LINE * (len(lanes[-1].lines) - 1)
