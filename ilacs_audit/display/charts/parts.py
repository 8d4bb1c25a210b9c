"""What each part of a list can say, where flagged files were all read and the rest was drawn from by chance."""

import pandas as pd

from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.figures import k_of_n, likely_range
from ilacs_audit.display.fragments import Fragment, fragment, nothing, records, released_rows
from ilacs_audit.display.looks import verdict_of
from ilacs_audit.display.tables.cells import text_table
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row

CAPTION = "Each standard in each part of the list: the files flagged beforehand, and the rest."
_HEADING = "What each part of the list can say"
_COLUMNS = ("Standard", "Part of the list", "Met it", "Likely range in that part", "Verdict on that part")
_NONE = ("none read", "no range: nothing of this part was read")
_HOW = (
    "A part that was read in full is counted, and says nothing of the other. The range for the whole list puts both "
    "together, each as large as it is on the list."
)


@accepts(Page, lambda page: {"released": page.of(measure="compliance", group="part of the list")})
def parts_table(released: pd.DataFrame, *, caption: str = CAPTION) -> Fragment:
    """Show what each part of a list drawn in two phases says of itself.

    Reads the rows of the group "part of the list". For an audit drawn in another way nothing is shown.
    """
    found = [row for row in released_rows(released) if row.group == "part of the list"]
    if not found:
        return nothing("parts_table")
    lines = [
        (row.standard_id, row.level, *((k_of_n(row), likely_range(row)) if _read(row) else _NONE), verdict_of(row).word)
        for row in found
    ]
    return fragment(
        "parts_table",
        template="part.html.j2",
        data={"released": records(found)},
        finding=_HEADING,
        table=text_table(caption, _COLUMNS, lines),
        note=_HOW,
    )


def _read(row: Row) -> bool:
    """Whether any file of the part was read to which the standard applies, or that is hidden."""
    return row.hidden or row.denominator != 0
