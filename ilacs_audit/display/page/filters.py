"""Narrow a page to one standard or one team, with HTML and CSS alone.

Every reader of a long page looks for their own team first. What can be chosen is there already and was released; a
filter only puts some of it out of sight, so it can show nothing that the page did not hold, it needs no script and
works on paper. A box stands directly above what it changes: heading, chart, table and notes go together, and what
speaks of another standard or of every team goes out of sight.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.teams import short_on
from ilacs_audit.claims.words import LOW_BASE, clause, plural
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.gate.release import DROPPED
from ilacs_audit.display.figures import asks, unit_of
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.display.tables.cells import mark_of
from ilacs_audit.display.tables.measures import CAPTION, measures_table
from ilacs_audit.domain import given
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.measures import Row, in_order, select
from ilacs_audit.domain.standards import Standards

MAIN = ("compliance", "change")
LABELS = {
    "team": (
        "Show one team in this table",
        "The whole service",
        "The opening of the page and all that stands below the table still speak of every team.",
    ),
    "standard": (
        "Show one standard below",
        "Every standard",
        "The opening of the page and what people wrote still speak of every standard.",
    ),
}
TOO_FEW = "Too few {units} of this team were read to judge a standard. {shown}"
SHOWN = "What was counted of it stands in the list of every figure, below."
ALLOWED = " Nobody knows of which team the unread ones are, so each range allows for all of them."
HIDDEN = "Its numbers are hidden, so that nobody can be recognised."
_RULES = {
    "team": '[data-team="{key}"]{{display:block}}',
    "standard": '[data-standard]:not([data-standard~="{key}"]){{display:none}}',
}


@accepts(Page, lambda page: {"released": page.released, "standards": page.about.standards})
def filters(released: pd.DataFrame, *, standards: Standards | None = None, by: str = "standard") -> Fragment:
    """Let a reader narrow the page to one `standard`, or see one `team` in place of the whole service.

    It belongs directly above the table that it changes; a team's own table takes its place. Of a team of which no
    standard can be judged it says "too few". Nothing is shown where there are fewer than two things to choose.
    Raises UsageError on another word than these two.
    """
    if by not in LABELS:
        raise UsageError(f"A page does not narrow by {given.told(by)}.", fix=f"Use {given.listed(LABELS)}.")
    found = [row for row in released_rows(released, standards) if row.measure in MAIN]
    choices = _choices(found, standards)[by]
    if len(choices) < 2:
        return nothing("filters")
    options = [(mark_of(name), words) for name, words in choices]
    css = "".join(
        f'body:has(#ia-only-{by} option[value="{key}"]:checked) {_RULES[by].format(key=key)}\n' for key, _ in options
    )
    label, everything, rest = LABELS[by]
    teams = [(mark_of(name), _team(name, released, found, standards)) for name, _ in choices] if by == "team" else []
    about: dict[str, Any] = {"name": by, "label": label, "everything": everything, "rest": rest}
    return fragment("filters", template="filters.html.j2", data={"css": css}, options=options, teams=teams, **about)


def _choices(found: Sequence[Row], standards: Standards | None) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen, and its words: standards, and teams where anything can be judged of one."""
    codes = {row.standard_id for row in found if row.standard_id}
    teams = {row.level for row in found if row.group == "team" and row.level} - {DROPPED}
    judged = any(map(_told, found))
    return {
        "standard": [(each, _named(each, standards)) for each in sorted(codes, key=in_order)],
        "team": [(each, each) for each in sorted(teams, key=in_order)] if judged else [],
    }


def _told(row: Row) -> bool:
    return row.group == "team" and bool(row.level) and not row.hidden and row.status != "low_base"


def team_table(page: Page, team: str, *, codes: Sequence[str], finding: str = "") -> Fragment:
    """Some standards of one team: judged where enough of its files were read, else their counts where those are shown.

    What the gate hides of it stays hidden.
    """
    standards = page.about.standards
    released = page.of(standard_id=tuple(codes))
    found = [row for row in released_rows(released, standards) if row.measure in MAIN]
    ours = [row for row in found if row.group == "team" and row.level == team]
    if any(map(_told, ours)) or not any(not row.hidden for row in ours):
        return _team(team, released, found, standards, finding=finding)
    counts = select(released, group="team", level=team).assign(verdict="")
    few = f"{team}: too few {plural(page.about.unit)} to judge, so counts alone"
    return measures_table(counts, standards=standards, caption=f"{team}: {clause(CAPTION)}", finding=few)


def _team(
    name: str, released: pd.DataFrame, found: Sequence[Row], standards: Standards | None, *, finding: str = ""
) -> Fragment:
    """The main table of one team under a heading of its own, or that too few of its files were read."""
    units = plural(unit_of(found[0], standards))
    if not any(_told(row) for row in found if row.level == name):
        shown = SHOWN if any(row.level == name and not row.hidden for row in found) else HIDDEN
        said = TOO_FEW.format(units=units, shown=shown)
        return fragment("measures_table", template="list.html.j2", heading=f"{name}: too few", items=[said])
    ours = select(released, group="team", level=name)
    ours = ours.assign(verdict=ours["verdict"].where(ours["status"] != "low_base", ""))  # too few bear no verdict
    mine = [row for row in found if row.level == name]
    finding = finding or f"{name}: {short_on([row.verdict for row in mine if _told(row)], len(mine))}"
    caption = f"{name}: {clause(CAPTION)}. Fewer than {LOW_BASE} {units} are too few to judge."
    caption += ALLOWED if any(row.missing for row in found if row.group != "team") else ""
    return measures_table(ours, standards=standards, caption=caption, finding=finding)


def _named(code: str, standards: Standards | None) -> str:
    asked = asks(code, standards)
    return f"{code}: {asked}" if asked else code
