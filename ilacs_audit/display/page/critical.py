"""Critical standards before anything else on a page: what failed, whatever the verdict, and what was done about it."""

import pandas as pd

from ilacs_audit.claims.sentences.critical import critical_lines
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.standards import Standards


@accepts(Page, lambda page: {"released": page.released, "standards": page.about.standards})
def critical_panel(released: pd.DataFrame, *, standards: Standards) -> Fragment:
    """A line for each critical standard of the whole service, the largest share of failures first.

    Reads the measures `critical_failure` and `put_right`; of several themes each line opens with its theme.
    Empty where the rows hold no critical standard.
    """
    found = [row for row in released_rows(released, standards) if row.measure in ("critical_failure", "put_right")]
    told = critical_lines(found, standards)
    return (
        fragment("critical_panel", template="critical.html.j2", released=found, told=told)
        if told
        else nothing("critical_panel")
    )
