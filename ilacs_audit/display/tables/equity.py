"""The tables of a report on equity: each group of children beside all others, standard by standard."""

from collections.abc import Sequence

import pandas as pd

from ilacs_audit.claims.sentences.teams import GROUP_MET, finding, heading
from ilacs_audit.claims.words import capital, counted
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.figures import k_of_n
from ilacs_audit.display.fragments import Fragment, Fragments, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.cells import text_table
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.standards import Standards

CAPTION = "Files that met the first standard of each theme, of those read in twelve months."
COLUMNS = ("Group and standard", "This group", "All others", "What can be said")


@accepts(Page, lambda page: {"released": page.of(measure=(GROUP_MET,)), "standards": page.about.standards})
def equity_tables(released: pd.DataFrame, *, standards: Standards) -> Fragments:
    """Show each group of children beside all others, folded, a table a characteristic; nothing where none is told."""
    found = [row for row in released_rows(released) if not row.hidden]
    names = {each.id: each.plain for each in standards}
    groups = dict.fromkeys(row.group for row in found)
    made = [_table([row for row in found if row.group == group], names) for group in groups]
    return Fragments(tuple(made) or (nothing("equity_tables"),))


def _table(found: Sequence[Row], names: dict[str, str]) -> Fragment:
    apart = [row for row in found if row.verdict == "different"]
    said = f"{len(apart) or 'none'} {'stand' if len(apart) > 1 else 'stands'} out from luck"
    lines = [
        (
            f"{heading(row)}: {names.get(row.standard_id, row.standard_id)}",
            k_of_n(row),
            row.reason,
            capital(finding(row)),
        )
        for row in found
    ]
    return fragment(
        "equity_tables",
        template="part.html.j2",
        data={"released": records(found)},
        finding=f"{capital(found[0].group)}: of {counted(len(found), 'comparison')} {said}",
        table=text_table(CAPTION, COLUMNS, lines),
        fold="Group by group",
    )
