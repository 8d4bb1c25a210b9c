"""Groups side by side without a league table: intervals, a funnel, a map of standards by team.

A funnel of three teams would say more than anybody knows: intervals stand in its place.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.teams import falls_short, shortfalls
from ilacs_audit.claims.words import counted, listed, percent, plural
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.gate.release import DROPPED
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL
from ilacs_audit.display.charts import drawing
from ilacs_audit.display.charts.drawing import Plot, Point, across, down, down_if
from ilacs_audit.display.figures import asks, code_and_asks, k_of_n, likely_range, of_one_standard, unit_of
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.display.looks import verdict_of
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable, mark_of
from ilacs_audit.display.tables.evidence import figures_table
from ilacs_audit.display.tables.marks import interval_mark
from ilacs_audit.domain.counting import OTHERS
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row, in_order
from ilacs_audit.domain.standards import Standards

NAMELESS = "Not recorded"
KIN = " ia-teams"  # the class of what compares teams: out of sight where a reader has chosen one
ALONE = "No team can be shown on its own"
NOWHERE = "Nothing can be shown by team: what was read names none."
UNSHOWN = "The standards by {group} are not shown: hardly any of the numbers are large enough."
TOGETHER = "Too few {units} were read in each team. All of them together are in the table above."
FEW = "Too few to compare: {teams}. What is counted of them stands under every figure."
FEW_OR_HIDDEN = "Too few to compare, or hidden: {teams}. What may be shown of them stands under every figure."
UNJUDGED = "We cannot tell of any team whether a standard is met"
FEWEST_DRAWN = 10  # with fewer dots nobody sees a funnel, nor whether all of them lie too far apart for it
FEWEST_COMPARED = 3
NO_RANK = "Not a ranking: so few {units} of each team cannot put teams in order."
NO_LEAGUE = "Where bands overlap we cannot tell teams apart."


def _teams_apart(page: Page) -> dict[str, Any]:
    """The teams of the one standard on which they are compared, so that a file counts once."""
    code = page.about.focus
    return {
        "released": page.of(group="team", measure="compliance", standard_id=code),
        "caption": "Each team on one standard.",
        "finding": f"Team by team on {code_and_asks(code, page.about.standards)}".rstrip("."),
    }


@accepts(Page, _teams_apart)
def interval_plot(released: pd.DataFrame, *, caption: str, measure: str = "compliance", finding: str = "") -> Fragment:
    """Show each group's share with its interval, one row a group, in alphabetical order.

    Nothing is shown where fewer than two groups have a range, or where there are enough groups for a funnel.
    """
    found = [row for row in released_rows(released) if row.measure == measure]
    ordered = sorted(filter(interval_mark, found), key=lambda row: in_order(row.level))
    if not 1 < len(ordered) < FEWEST_DRAWN:
        return nothing("interval_plot")
    few = "; ".join(row.level or NAMELESS for row in found if row.status == "low_base")
    chart, about = Column("Share that met it", "chart", ("0", "50", "100%")), ordered[0].group.capitalize() or "Group"
    columns = (Column(about), chart, Column("Met, of those read", "num"), Column("Likely range", "num"))
    told = ((row, (Cell(mark=interval_mark(row)), Cell(k_of_n(row)), Cell(likely_range(row)))) for row in ordered)
    lines = tuple(Line(row.level or NAMELESS, cells) for row, cells in told)
    return fragment(
        "interval_plot",
        template="part.html.j2",
        released=found,
        finding=finding,
        explain=NO_LEAGUE,
        table=PageTable(caption, columns, lines),
        note=FEW.format(teams=few) if few else "",
        only=ordered[0].standard_id and mark_of(ordered[0].standard_id),
        kin=KIN,
    )


def _by_team(page: Page) -> dict[str, Any]:
    caption = "Each standard by team: how many met it, of those read. What most teams fall short on comes first."
    released = page.of(group="team", measure="compliance")
    return {"released": released, "standards": page.about.standards, "caption": caption}


@accepts(Page, _by_team)
def heat_map(
    released: pd.DataFrame,
    *,
    caption: str,
    standards: Standards | None = None,
    measure: str = "compliance",
    finding: str | None = None,
) -> Fragment:
    """Show standards by team, the weakest first, as a table with words in every cell.

    Teams of which no standard can be judged are named under it. Where no team was recorded it says so.
    """
    found = [row for row in released_rows(released, standards) if row.measure == measure]
    teams = sorted({row.level for row in found} - {DROPPED}, key=in_order)
    if not found or teams == [""]:
        return fragment("heat_map", template="list.html.j2", heading="", items=[NOWHERE], kin=KIN)
    told = [row for row in found if not row.hidden and row.status != "low_base"]
    judged, units = {row.level for row in told}, plural(unit_of(found[0], standards))
    note = _left_out(found, [name for name in teams if name not in judged])
    if judged <= {OTHERS}:
        hidden = all(row.hidden for row in found)
        why = UNSHOWN.format(group=found[0].group) if hidden else note or TOGETHER.format(units=units)
        return fragment("heat_map", template="list.html.j2", heading=ALONE, items=[why], kin=KIN)
    asked, shown = {row.standard_id for row in found}, [name for name in shortfalls(told) if name != DROPPED]
    said = falls_short(told, teams=len(teams), asked=len(asked)) or UNJUDGED if finding is None else finding
    if len(shown) == 1 and len({*teams} - {""}) > 1:  # its figures stand behind the choice of a team
        return fragment("heat_map", template="list.html.j2", heading="", items=[f"{said}. {note}".strip()], kin=KIN)
    return fragment(
        "heat_map",
        template="part.html.j2",
        released=found,
        finding=said,
        explain=NO_RANK.format(units=units),
        table=_heat_table(caption, found, shown, standards),
        kin=KIN,
        key=[],
        note=note,
    )


def _left_out(found: Sequence[Row], few: Sequence[str]) -> str:
    """Which teams the map leaves out, and that some have no name."""
    why = FEW if {row.level for row in found if row.status == "low_base"} >= {*few} else FEW_OR_HIDDEN
    left_out = why.format(teams="; ".join(name or NAMELESS for name in few)) if few else ""
    dropped = "Some teams are too small to be named." if any(row.level == DROPPED for row in found) else ""
    return " ".join(filter(None, (left_out, dropped)))


def _heat_table(caption: str, found: Sequence[Row], shown: Sequence[str], standards: Standards | None) -> PageTable:
    """A line a standard, the one on which most teams fall short first."""
    cells = {(row.standard_id, row.level): row for row in found}
    seen = [row for row in found if not row.hidden and row.status != "low_base"]
    short = Counter(row.standard_id for row in seen if row.verdict == "not met")
    lines = tuple(
        _heat_line(code, standards, tuple(_heat_cell(cells.get((code, team))) for team in shown))
        for code in sorted({row.standard_id for row in found}, key=lambda code: (-short[code], in_order(code)))
    )
    columns = (Column("Standard"), *(Column(team or NAMELESS) for team in shown))
    return PageTable(caption, columns, lines, layout="stack ia-heat")


@accepts(Page, lambda page: {"released": page.released, "standards": page.about.standards})
def funnel_plot(
    released: pd.DataFrame,
    *,
    standard_id: str = "",
    standards: Standards | None = None,
    measure: str = "group_comparison",
    finding: str | None = None,
    alt: str | None = None,
) -> Fragment:
    """Draw the groups of one standard by how many files were read, with the lines that chance alone would reach.

    One standard, because a funnel counts files: eleven answers from one file are not eleven files. Groups with
    few files stand in the table with their count and are not drawn. Fewer than ten groups are no funnel: what is
    known of them is said, from three of them. Where one group is hidden nothing is said: the average and the other
    groups together would give its count away.
    """
    doors.known_standard(standard_id, standards)
    found = [row for row in released_rows(released) if row.measure == measure]
    ordered = sorted(of_one_standard(found, standard_id), key=lambda row: in_order(row.level))
    drawn = sum(row.value is not None for row in ordered)
    if drawn < FEWEST_COMPARED or any(row.hidden for row in ordered):
        return nothing("funnel_plot")
    said, group = _funnel_words(ordered), ordered[0].group or "group"
    only = ordered[0].standard_id and mark_of(ordered[0].standard_id)
    if drawn < FEWEST_DRAWN:
        told = f"{ordered[0].standard_id}: {said}."
        return fragment("funnel_plot", template="list.html.j2", released=ordered, items=[told], only=only, kin=KIN)
    inside = f"Inside the lines: no evidence of a difference. It does not mean that the {group} is good."
    return fragment(
        "funnel_plot",
        template="plot.html.j2",
        released=ordered,
        finding=said if finding is None else finding,
        explain=f"{code_and_asks(ordered[0].standard_id, standards)} {inside}".strip(),
        plot=_funnel(ordered),
        alt=f"{counted(len(ordered), 'group')}. {said}." if alt is None else alt,
        caption=next((row.note for row in ordered if row.note), ""),
        table=figures_table(ordered, caption="Every group, in alphabetical order"),
        only=only,
        kin=KIN,
    )


def _heat_line(code: str, standards: Standards | None, cells: tuple[Cell, ...]) -> Line:
    asked = asks(code, standards)
    return Line(asked, cells, code=code) if asked else Line(code or "All standards", cells)


def _heat_cell(row: Row | None) -> Cell:
    if row is None:
        return Cell("not audited")
    if row.hidden:
        return Cell(CONFIDENTIAL)
    if row.status == "low_base":
        return Cell(k_of_n(row), ("too few to compare",))
    looks = verdict_of(row)
    return Cell(k_of_n(row), verdict=looks, tint=looks.colour)


def _funnel(ordered: Sequence[Row]) -> Plot:
    seen = sorted(
        (row for row in ordered if row.value is not None and row.denominator), key=lambda row: row.denominator or 0
    )
    most = max((row.denominator or 0 for row in seen), default=1)
    places = {row.level: across(row.denominator or 0, low=0, high=most, right=98) for row in seen}
    lines = tuple(
        drawing.trace([(places[row.level], down_if(getattr(row, name))) for row in seen], "soft", width=1.5, dash=dash)
        for name, dash in (("centre", ""), ("lower_limit", "5 4"), ("upper_limit", "5 4"))
    )
    centre = next((row.centre for row in seen if row.centre is not None), None)
    named = drawing.line_names([(centre, f"Average {percent(centre or 0)}")])
    ticks = drawing.tick_names(
        [across(0, low=0, high=1), across(1, low=0, high=1, right=98)], ["0 files", f"{most} files"]
    )
    return Plot(
        tuple(_group_point(row, places[row.level]) for row in seen),
        drawing.percent_grid(),
        tuple(line for line in lines if " " in line.points),
        names=(*named, *ticks),
        layout="ia-margin",
    )


def _group_point(row: Row, x: float) -> Point:
    looks = verdict_of(row)
    label = row.level if row.verdict in ("different", "worth a look") else ""
    return Point(x, down(row.value or 0), None, None, looks.colour, looks.shape, label, before=x > 60)


def _funnel_words(ordered: Sequence[Row]) -> str:
    apart = [row.level for row in ordered if row.verdict == "different"]
    look = [row.level for row in ordered if row.verdict == "worth a look"]
    said = [f"{listed(apart)} different from the average"] if apart else []
    said += [f"{listed(look)} worth a look"] if look else []
    return "; ".join(said) or "No group differs from the average by more than luck"
