"""Narrow a page to one standard or one team, with HTML and CSS alone.

Every reader of a long page looks for their own team first. The rows are all there and all released; a filter
only leaves some of them out of sight, so it can show nothing that the page did not hold, it needs no script and
works on paper. What is chosen stands in the box, and a sentence says that headings speak of the whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.gate.release import DROPPED
from ilacs_audit.display.figures import asks, in_order
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.display.tables.cells import mark_of
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.standards import Standards

MAIN = ("compliance", "change")


@dataclass(frozen=True)
class Choice:
    """One box: its place in the page's attributes, its label, and what can be chosen, key and words."""

    name: str
    label: str
    everything: str
    options: tuple[tuple[str, str], ...]

    @property
    def css(self) -> str:
        """One rule for each option: what is marked and is not this goes out of sight."""
        return "".join(
            f'body:has(#ia-only-{self.name} option[value="{key}"]:checked) '
            f'[data-{self.name}]:not([data-{self.name}="{key}"]){{display:none}}\n'
            for key, _ in self.options
        )


@accepts(Page, lambda page: {"released": page.released, "standards": page.about.standards})
def filters(released: pd.DataFrame, *, standards: Standards | None = None) -> Fragment:
    """Let a reader narrow the page to one standard or team of what was released.

    A box with fewer than two things to choose is left out, and all of it where no box is left.
    """
    found = [row for row in released_rows(released, standards) if row.measure in MAIN]
    boxes = [each for each in _boxes(found, standards) if len(each.options) > 1]
    if not boxes:
        return nothing("filters")
    css = "".join(each.css for each in boxes)
    return fragment("filters", template="filters.html.j2", data={"css": css}, boxes=boxes)


def _boxes(found: Sequence[Row], standards: Standards | None) -> Iterable[Choice]:
    codes = sorted({row.standard_id for row in found if row.standard_id}, key=in_order)
    yield Choice(
        "standard", "Standard", "Every standard", tuple((mark_of(each), _named(each, standards)) for each in codes)
    )
    teams = sorted({row.level for row in found if row.group == "team" and row.level and not row.hidden} - {DROPPED})
    yield Choice("team", "Team", "Every team", tuple((mark_of(each), each) for each in teams))


def _named(code: str, standards: Standards | None) -> str:
    asked = asks(code, standards)
    return f"{code}: {asked}" if asked else code
