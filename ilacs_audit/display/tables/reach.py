"""What was done to move the answer, and whom it reached: people, not attendances."""

from collections.abc import Sequence

import pandas as pd

from ilacs_audit.claims.words import counted
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL
from ilacs_audit.display.fragments import Fragment, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.cells import text_table
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row

CAPTION = "Training and support before this round. A person at two sessions is counted once."
UNKNOWN = "not recorded"
UNRECORDED = "Done before this round; whom it reached was not recorded"
_COLUMNS = ("What was done", "Sessions", "People reached", "Of these, by team", "Booked, still to come")


@accepts(Page, lambda page: {"released": page.of(measure=("reach", "booked", "sessions"))})
def reach_table(released: pd.DataFrame, *, caption: str = CAPTION, finding: str | None = None) -> Fragment:
    """Show each intervention: sessions held, people reached, by team, and those still to come.

    Reads the measures `reach`, `sessions` and `booked`. Where nothing of it was recorded, what was done is named;
    where nothing was done, nothing is shown.
    """
    found = [row for row in released_rows(released) if row.measure in ("reach", "sessions", "booked")]
    done = [row for row in found if row.group == "intervention" and row.measure == "reach"]
    if not done:
        return nothing("reach_table")
    lines = [_line(row, found) for row in done]
    if all(cell == UNKNOWN for _, *cells in lines for cell in cells):
        items = [name for name, *_ in lines]
        return fragment("reach_table", template="list.html.j2", heading=UNRECORDED, items=items)
    return fragment(
        "reach_table",
        template="part.html.j2",
        data={"released": records(found)},
        finding=_finding(done) if finding is None else finding,
        explain="",
        table=text_table(caption, _COLUMNS, lines),
        key=[],
        note="",
    )


def _finding(done: Sequence[Row]) -> str:
    first = done[0]
    if not first.numerator:
        return "What was done before this round, and whom it reached"
    return f"{first.note} reached {counted(first.numerator, 'person')} before this round"


def _line(row: Row, found: Sequence[Row]) -> tuple[str, ...]:
    ours = {each.measure: each for each in found if each.level == row.level and each.group == "intervention"}
    teams = [each for each in found if each.group == "team" and each.measure == "reach" and each.note == row.note]
    by_team = "; ".join(f"{team.level} {_count(team)}" for team in teams)
    return (row.note, _count(ours.get("sessions")), _count(row), by_team or UNKNOWN, _count(ours.get("booked")))


def _count(row: Row | None) -> str:
    if row is None or row.numerator is None:
        return CONFIDENTIAL if row is not None and row.hidden else UNKNOWN
    return str(row.numerator)
