"""Two rounds of one standard with what was done between them, so that a reader sees whether it moved."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from ilacs_audit.claims.change.changes import warning
from ilacs_audit.claims.change.luck import foremost
from ilacs_audit.claims.words import CANNOT_TELL, clause, percent, period_words, plural, signed_points
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.charts import drawing
from ilacs_audit.display.charts.drawing import Plot, Point, across, down, down_if
from ilacs_audit.display.charts.lanes import bands, height, interventions
from ilacs_audit.display.figures import code_and_asks, days, k_of_n, likely_range, people_of, short_day
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.display.looks import verdict_of
from ilacs_audit.display.tables.cells import mark_of
from ilacs_audit.display.tables.evidence import figures_table
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.measures import Row, rows
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import Standards


def _drawn(page: Page) -> str:
    """The standard of which headline and note speak, else the one that the work was meant to move."""
    told = [row for row in rows(page.of(measure="change")) if row.group in WHOLE_SERVICE and row.value is not None]
    shown = [row for row in told if not row.hidden and row.lower is not None]
    return foremost(shown, page.about.aim).standard_id if shown else page.about.aim


CAPTION = "Bars: the likely range. Shaded: what was done."
_MOVED = {  # more or fewer of them, by the verdict on a change
    **dict.fromkeys(("better", "worse"), ("A larger share", "A smaller share")),
    "no worthwhile change": ("About the same share", "About the same share"),
}
_TOUCHES = 12  # a label nearer to the line of the target than this stands above it


@accepts(
    Page,
    lambda page: {
        "released": page.released,
        "standards": page.about.standards,
        "standard_id": _drawn(page),
        "audits": page.about.rounds,
        "unit": page.about.unit,
    },
)
def before_after_plot(
    released: pd.DataFrame,
    *,
    standard_id: str,
    audits: Sequence[Audit],
    standards: Standards | None = None,
    finding: str | None = None,
    explain: str | None = None,
    unit: str = "file",
    alt: str | None = None,
) -> Fragment:
    """Draw the rounds of one standard on a true calendar, with interventions and target.

    `released` holds the `compliance` rows of the rounds and, if there is one, the `change` row, whose verdict stands
    over the drawing; whether it could be luck, the table of changes says. Rows and audits meet by period; a standard
    without a round is not drawn.
    Raises UsageError where no audit has the period of a row.
    """
    doors.known_standard(standard_id, standards)
    audits = doors.each_audit(audits)
    found = [
        row for row in released_rows(released, standards) if row.standard_id == standard_id and row.level in ("", "all")
    ]
    rounds = sorted((row for row in found if row.measure == "compliance"), key=lambda row: row.period)
    moved = next((row for row in found if row.measure == "change"), None)
    if not rounds:
        return nothing("before_after_plot")
    dates = [_date(row, audits) for row in rounds]
    return fragment(
        "before_after_plot",
        template="plot.html.j2",
        released=found,
        finding=_moved(standard_id, moved, standards, unit) if finding is None else finding,
        explain=_named(standard_id, standards) if explain is None else explain,
        plot=_plot(rounds, dates, audits, colour=verdict_of(moved).colour if moved else "none"),
        alt=_alt(rounds, moved, audits, standards) if alt is None else alt,
        caption=CAPTION if any(each.interventions for each in audits) else CAPTION.split(". ")[0] + ".",
        verdict=verdict_of(moved) if moved and moved.verdict else None,
        table=figures_table(found, caption="The rounds, oldest first", standards=standards),
        only=mark_of(standard_id),
    )


def _named(code: str, standards: Standards | None) -> str:
    """A standard by its code, with its words where the heading has none of it."""
    passing = standards is not None and code in standards and standards[code].passing
    return code if passing else code_and_asks(code, standards)


def _moved(code: str, moved: Row | None, standards: Standards | None, unit: str) -> str:
    """The heading: whether more of what was read meets the standard, in the words of those that do."""
    did = standards[code].passing.rstrip(".") if standards is not None and code in standards else ""
    what = f"{plural(unit)} {did}" if did else f"{plural(unit)} meet {code}"
    if moved is None or moved.hidden or moved.verdict not in _MOVED:
        way = "fewer" if moved and (moved.value or 0) < 0 else "more"
        return (
            f"We cannot tell yet whether {way} {what}" if moved and moved.verdict == CANNOT_TELL else f"How many {what}"
        )
    said = _MOVED[moved.verdict][(moved.value or 0) < 0]
    return f"{f'Perhaps {clause(said)}' if warning(moved) else said} of {what}"


def _change_words(row: Row) -> str:
    """A change with its range in one sentence; nothing where it may not be shown."""
    if row.value is None or row.lower is None or row.upper is None:
        return ""
    low, high = signed_points(row.lower), signed_points(row.upper)
    return f"The change is {signed_points(row.value)} points, likely between {low} and {high}."


def _plot(rounds: Sequence[Row], dates: Sequence[date], audits: Sequence[Audit], *, colour: str) -> Plot:
    done = interventions(audits)
    ends = [*dates, *(day for each in done for day in (each.on, each.until))]

    def where(day: date) -> float:
        return across(day.toordinal(), low=min(ends).toordinal(), high=max(ends).toordinal())

    places = [where(day) for day in dates]
    target = next((row.target for row in reversed(rounds) if row.target is not None), None)
    aim = (
        ()
        if target is None
        else (drawing.trace([(0, down(target)), (100, down(target))], "ink", width=1.5, dash="6 4"),)
    )
    named = () if target is None else drawing.line_names([(target, f"Target {percent(target)}")])
    lanes = bands(done, where)
    return Plot(
        points=tuple(
            _point(*each, colour, target, last=each[0] is rounds[-1]) for each in zip(rounds, places, strict=True)
        ),
        grids=drawing.percent_grid(),
        traces=aim,
        bands=lanes,
        names=(*named, *drawing.tick_names(places, [short_day(day) for day in dates])),
        height=height(lanes),
        layout="ia-margin" if named else "",
    )


def _point(row: Row, x: float, colour: str, target: float | None, *, last: bool) -> Point:
    y, shape = (drawing.FLOOR - 8, "") if row.value is None else (down(row.value), "dot")
    line = y if target is None else down(target)
    off = 5 if target is None or abs(line - y) > _TOUCHES else line - y - 6
    return Point(x, y, down_if(row.lower), down_if(row.upper), colour, shape, k_of_n(row), before=last, off=off)


def _date(row: Row, audits: Sequence[Audit]) -> date:
    for audit in audits:
        if str(audit.period) == row.period:
            return audit.on
    raise UsageError(f"No audit is given for {period_words(row.period)}.", fix="Pass both audits of the chain.")


def _alt(rounds: Sequence[Row], moved: Row | None, audits: Sequence[Audit], standards: Standards | None) -> str:
    said = [
        f"{period_words(row.period)}: {k_of_n(row)}, {likely_range(row, people=people_of(row, standards))}."
        for row in rounds
    ]
    done = [f"{each.title}, {days(each.on, each.until)}" for audit in audits for each in audit.interventions]
    between = [f"What was done: {'; '.join(done)}."] if done else []
    verdict = [f"{verdict_of(moved).word}. {_change_words(moved)}".strip()] if moved else []
    return " ".join([*said, *between, *verdict])
