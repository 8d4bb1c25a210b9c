"""Narrow a page to one standard or one team, with HTML and CSS alone.

Every reader of a long page looks for their own team first. The rows are all there and all released; a filter
only leaves some of them out of sight, so it can show nothing that the page did not hold, it needs no script and
works on paper. A box stands under the chart that it changes and says what it changes; with a table changes its
heading, and a chart of another standard goes out of sight with heading and figures.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.gate.release import DROPPED
from ilacs_audit.display.figures import asks
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.display.tables.cells import mark_of
from ilacs_audit.domain import given
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.measures import Row, in_order
from ilacs_audit.domain.standards import Standards

MAIN = ("compliance", "change")
LABELS = {
    "standard": ("Show one standard, in every table and chart of this page", "Every standard"),
    "team": ("Show one team, in every table of teams", "Every team"),
}


@accepts(Page, lambda page: {"released": page.released, "standards": page.about.standards})
def filters(released: pd.DataFrame, *, standards: Standards | None = None, by: str = "standard") -> Fragment:
    """Let a reader narrow the page to one `standard` or one `team` of what was released.

    It belongs under the chart that it changes. Nothing is shown where there are fewer than two things to choose.
    Raises UsageError on another word than these two.
    """
    if by not in LABELS:
        raise UsageError(f"A page does not narrow by {given.told(by)}.", fix=f"Use {given.listed(LABELS)}.")
    found = [row for row in released_rows(released, standards) if row.measure in MAIN]
    options = [(mark_of(name), words) for name, words in _choices(found, standards)[by]]
    if len(options) < 2:
        return nothing("filters")
    css = "".join(
        f'body:has(#ia-only-{by} option[value="{key}"]:checked) [data-{by}]:not([data-{by}="{key}"]){{display:none}}\n'
        for key, _ in options
    )
    label, everything = LABELS[by]
    about: dict[str, Any] = {"name": by, "label": label, "everything": everything, "options": options}
    return fragment("filters", template="filters.html.j2", data={"css": css}, **about)


def _choices(found: Sequence[Row], standards: Standards | None) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen, and its words: standards, and the teams of which something can be judged."""
    codes = {row.standard_id for row in found if row.standard_id}
    told = (row for row in found if row.group == "team" and row.level and not row.hidden and row.status != "low_base")
    teams = {row.level for row in told} - {DROPPED}
    return {
        "standard": [(each, _named(each, standards)) for each in sorted(codes, key=in_order)],
        "team": [(each, each) for each in sorted(teams, key=in_order)],
    }


def _named(code: str, standards: Standards | None) -> str:
    asked = asks(code, standards)
    return f"{code}: {asked}" if asked else code
