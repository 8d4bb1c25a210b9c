"""Critical standards before anything else on a page: what failed, whatever the verdict, and what was done about it."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.critical import Part, critical_lines
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.standards import Standards

MOST = 12  # lines that stand open; a council with more has the rest in a fold
GRAVEST = 4  # of every audit of an edition


@accepts(Page, lambda page: {"released": page.released, "standards": page.about.standards, "then": page.about.outdated})
def critical_panel(released: pd.DataFrame, *, standards: Standards, then: str = "") -> Fragment:
    """A line for each critical standard of the whole service, the largest share of failures first.

    Reads the measures `critical_failure` and `put_right`; evidence that is old was read `then`. Empty where the rows
    hold no critical standard.
    """
    return panel_of([Part(released_rows(released, standards), then=then)], standards=standards)


def panel_of(parts: Sequence[Part], *, standards: Standards) -> Fragment:
    """The panel of one audit, or of every audit of an edition: the gravest large, each with its audit's name."""
    several = any(part.name for part in parts)
    told = critical_lines(parts, standards)
    if told is None:
        return nothing("critical_panel")
    shown = [row for part in parts for row in part.rows if row.measure in ("critical_failure", "put_right")]
    said: dict[str, Any] = {"told": told, "most": GRAVEST if several else MOST, "several": several}
    return fragment("critical_panel", template="critical.html.j2", released=shown, **said)
