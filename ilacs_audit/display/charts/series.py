"""One standard over many months, with the lines that its numbers can carry and no others."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import pandas as pd

from ilacs_audit.claims.words import counted, listed, percent, period_words
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.charts import drawing
from ilacs_audit.display.charts.drawing import Band, Plot, Point, Trace, across, down, down_if, trace
from ilacs_audit.display.charts.lanes import bands, height, interventions, reaudits
from ilacs_audit.display.figures import code_and_asks, k_of_n, likely_range, of_one_standard
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable, mark_of
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import Standards

FEWEST_MONTHS = 3
SIGNALS = "▲ and ▼ mark a signal above or below: a reason to look, which by itself is neither better nor worse."


@accepts(
    Page,
    lambda page: {
        "released": page.of(standard_id=page.about.aim),
        "audits": page.about.rounds,
        "standards": page.about.standards,
    },
)
def spc_chart(
    released: pd.DataFrame,
    *,
    standard_id: str = "",
    audits: Sequence[Audit] = (),
    standards: Standards | None = None,
    measure: str = "over_time",
    finding: str | None = None,
    alt: str | None = None,
) -> Fragment:
    """Draw one standard over time with its centre, limits and signals; intervals alone where it carries none.

    Which lines there are, and why, was decided in analysis and stands in `method` and `note`;
    the note is the caption. With `audits`, what was done between them and the rounds that followed it stand
    in lanes under the months. Nothing is drawn of fewer than three periods to be seen: two months are no series.
    """
    audits = doors.each_audit(audits)
    doors.known_standard(standard_id, standards)
    found = [row for row in released_rows(released) if row.measure == measure]
    series = sorted(of_one_standard(found, standard_id), key=lambda row: row.period)
    if sum(row.value is not None for row in series) < FEWEST_MONTHS:
        return nothing("spc_chart")
    key = SIGNALS if any(row.signal for row in series) else ""
    return fragment(
        "spc_chart",
        template="plot.html.j2",
        released=series,
        finding=_finding(series) if finding is None else finding,
        explain=code_and_asks(series[0].standard_id, standards),
        plot=_plot(series, audits),
        alt=_alt(series) if alt is None else alt,
        caption=" ".join(filter(None, dict.fromkeys((*(row.note for row in series), key)))),
        table=_table(series),
        only=series[0].standard_id and mark_of(series[0].standard_id),
    )


def _plot(series: Sequence[Row], audits: Sequence[Audit]) -> Plot:
    places = [across(place, low=0, high=len(series) - 1, right=98) for place in range(len(series))]
    last, lanes = series[-1], _lanes(series, places, audits)
    centre = f"{'Median' if last.method == 'run_chart' else 'Average'} {percent(last.centre or 0)}"
    limits = ((last.centre, centre), (last.upper_limit, "Upper limit"), (last.lower_limit, "Lower limit"))
    named = drawing.line_names(limits)
    return Plot(
        tuple(_point(row, x) for row, x in zip(series, places, strict=True) if row.value is not None),
        drawing.percent_grid(),
        _lines(series, places),
        lanes,
        (*named, *drawing.tick_names(places, [period_words(row.period) for row in series])),
        stem=5,
        height=height(lanes),
        layout="ia-margin" if named else "",
    )


def _lanes(series: Sequence[Row], places: Sequence[float], audits: Sequence[Audit]) -> tuple[Band, ...]:
    """What was done between the first month and the last, and the rounds that followed it."""
    if len(series) < 2:
        return ()
    on = {str(audit.period): audit.on for audit in audits}
    days = [(on.get(row.period) or Period.parse(row.period).first.replace(day=15)).toordinal() for row in series]
    done = [
        each
        for each in (*interventions(audits), *reaudits(audits))
        if each.until.toordinal() >= days[0] and each.on.toordinal() <= days[-1]
    ]
    return bands(done, lambda day: round(float(np.interp(day.toordinal(), days, places)), 2))


def _lines(series: Sequence[Row], places: Sequence[float]) -> tuple[Trace, ...]:
    """The line through the months, and the centre and limits of each part of the series; never across a restart."""
    values = trace(((x, down_if(row.value)) for row, x in zip(series, places, strict=True)), "none-band", width=1.5)
    known = zip(series, places, strict=True)
    parts = [list(part) for _, part in groupby(known, key=lambda each: each[0].note)]
    lines = (line for place, part in enumerate(parts) for line in _limits_of(part, last=place == len(parts) - 1))
    return tuple(line for line in (values, *lines) if " " in line.points)


def _limits_of(part: Sequence[tuple[Row, float]], *, last: bool) -> tuple[Trace, ...]:
    def through(name: str) -> list[tuple[float, float | None]]:
        inner = [(x, down_if(getattr(row, name))) for row, x in part]
        return [*inner, (100.0, inner[-1][1])] if last else inner

    limits = (trace(through(name), "soft", width=1.5, dash="5 4") for name in ("upper_limit", "lower_limit"))
    return (trace(through("centre"), "ink", width=1.5), *limits)


def _point(row: Row, x: float) -> Point:
    limited = row.centre is not None
    low, high = (None, None) if limited else (down_if(row.lower), down_if(row.upper))
    shape, colour = _signal_looks(row.signal) if row.signal else ("dot", "accent" if limited else "none")
    return Point(x, down(row.value or 0), low, high, colour, shape)


def _signal_looks(signal: str) -> tuple[str, str]:
    """A signal has its direction in its shape, so that it survives a grey print."""
    return next((shape for side, shape in (("above", "up"), ("below", "down")) if side in signal), "diamond"), "unk"


def _table(series: Sequence[Row]) -> PageTable:
    limited = any(row.centre is not None for row in series)
    titles = ("Files", "Centre", "Limits", "Signal") if limited else ("Files", "Likely range")
    lines = tuple(Line(period_words(row.period), tuple(map(Cell, _figures(row, limited)))) for row in series)
    columns = (Column("Month"), *(Column(title, "num") for title in titles))
    return PageTable("Every month, oldest first", columns, lines)


def _figures(row: Row, limited: bool) -> tuple[str, ...]:
    if not limited:
        return (k_of_n(row), likely_range(row))
    centre = "none" if row.centre is None else percent(row.centre)
    known = row.lower_limit is not None and row.upper_limit is not None
    limits = f"{percent(row.lower_limit or 0)} to {percent(row.upper_limit or 0)}" if known else "none"
    return (k_of_n(row), centre, limits, row.signal or "none")


def _finding(series: Sequence[Row]) -> str:
    signals = [period_words(row.period) for row in series if row.signal]
    if signals:
        return f"A signal in {listed(signals)}"
    limited = any(row.centre is not None for row in series)
    return "No signal: the months differ by no more than chance" if limited else "Too few months to speak of a trend"


def _alt(series: Sequence[Row]) -> str:
    first, last = series[0], series[-1]
    ends = f"from {k_of_n(first)} in {period_words(first.period)} to {k_of_n(last)} in {period_words(last.period)}"
    return f"{counted(len(series), 'month')}, {ends}. {_finding(series)}."
