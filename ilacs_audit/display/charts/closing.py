"""How soon actions are closed, and how many of them with the problem gone: what still waits is above the line."""

from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from ilacs_audit.claims.words import percent
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.charts import drawing
from ilacs_audit.display.charts.drawing import Plot, Point, across, down, trace
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.display.tables.cells import text_table
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row

SINCE = "time since it was raised"
CLOSED, GONE = "action_ends", "action_ends_gone"
_EACH = (CLOSED, GONE, "action_ends_unproven", "action_ends_still")
CAPTION = "To the nearest five in a hundred; actions still open count as waiting."
_COLUMNS = ("Within", "Closed", "Problem gone by a check", "Closed without evidence", "Problem still there")


@accepts(Page, lambda page: {"released": page.of(group=SINCE)})
def closing_chart(released: pd.DataFrame) -> Fragment:
    """Draw the share of actions closed by a number of days, and under it the share whose problem a check found gone.

    Reads the measures `action_ends_...`. Nothing is drawn where too few have ended.
    """
    found = [row for row in released_rows(released) if row.group == SINCE and row.value is not None]
    days = [
        (int(level.split()[0]), {each.measure: each.value or 0.0 for each in ours}) for level, ours in _levels(found)
    ]
    if len(days) < 2:
        return nothing("closing_chart")
    last, shares = days[-1]
    said = f"Within {last} days {_about(shares[CLOSED])} were closed, {_about(shares[GONE])} with the problem gone"
    lines = [(f"{day} days", *(_about(each[name]) for name in _EACH)) for day, each in days]
    return fragment(
        "closing_chart",
        template="plot.html.j2",
        released=found,
        finding=said,
        plot=_plot(days),
        alt=f"{said}; the rest still waited.",
        caption=CAPTION,
        table=text_table("How actions had ended, by the days since they were raised.", _COLUMNS, lines),
    )


def _levels(found: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    return [(level, list(ours)) for level, ours in groupby(found, key=lambda row: row.level)]


def _about(share: float) -> str:
    return f"about {percent(share)}"


def _plot(days: Sequence[tuple[int, dict[str, float]]]) -> Plot:
    """Two lines from nought: all that are closed, and those of them whose problem is gone."""
    most = days[-1][0]
    places = [across(day, low=0, high=most, right=88) for day, _ in days]
    start = (across(0, low=0, high=most, right=88), down(0))
    closed, gone = ([each[name] for _, each in days] for name in (CLOSED, GONE))
    points = [
        Point(x, down(share), None, None, colour, shape)
        for shares, colour, shape in ((closed, "unk", "diamond"), (gone, "met", "dot"))
        for x, share in zip(places, shares, strict=True)
    ]
    traces = tuple(
        trace([start, *zip(places, map(down, shares), strict=True)], colour, dash=dash)
        for shares, colour, dash in ((closed, "unk", "5 4"), (gone, "met", ""))
    )
    named = drawing.line_names([(closed[-1], "Closed"), (gone[-1], "Problem gone")])
    ticks = drawing.tick_names(places, [f"{day} days" for day, _ in days])
    return Plot(tuple(points), drawing.percent_grid(), traces, (), (*named, *ticks), layout="ia-margin")
