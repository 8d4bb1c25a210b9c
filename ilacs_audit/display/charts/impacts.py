"""Did it help: the impact status of each standard.

What was done is one question and what it changed is another. The status follows from rules that stand in the
method fold, so that a board can disagree with a rule and need not argue with a colour.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from ilacs_audit.claims.change.chance import PROMISE
from ilacs_audit.claims.change.changes import warning
from ilacs_audit.claims.sentences.tallies import shared
from ilacs_audit.claims.words import clause
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL
from ilacs_audit.display.figures import asks, k_of_n
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.display.looks import STATUSES, WARNING
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row, in_order
from ilacs_audit.domain.standards import Standards

CAPTION = "Whether what was done has helped, the least evidence first."

STALE = "I?"
UNSURE = "I6?"  # a warning on a critical standard that may be luck
_SHORT = 45  # letters of what was done that a heading of two lines can name
UNKNOWN = frozenset(("I0", "I1", "I2"))
_TOLD = (
    ("I6", "{} is worsening", "{} are worsening"),
    (UNSURE, "{} may be worse", "{} may be worse"),
    ("I4", "{} is improving", "{} are improving"),
    ("I5", "{} has kept an earlier rise", "{} have kept an earlier rise"),
    ("I3", "{} shows no worthwhile improvement", "{} show no worthwhile improvement"),
    ("I2", "on {} we cannot tell", "on {} we cannot tell"),
    ("I1", "{} can only be compared next time", "{} can only be compared next time"),
    ("I0", "{} cannot be measured yet", "{} cannot be measured yet"),
)
_ORDER = {status: place for place, status in enumerate(STATUSES)}


@accepts(Page, lambda page: {"released": page.released, "standards": page.about.standards})
def impact_table(released: pd.DataFrame, *, standards: Standards | None = None) -> Fragment:
    """Show the impact status of every standard with its reason; the rules stand in the method fold.

    Reads the measures `impact`, and `change` where the page has told of it. A reason that all standards share
    is said once, above the table, and a table that tells nothing beyond its heading is folded away under it.
    Nothing is shown where there is no status, or none but what the table of changes on the page has said.
    """
    everything = released_rows(released, standards)
    found = [row for row in everything if row.measure == "impact"]
    found.sort(key=lambda row: (_ORDER.get(row.verdict, len(_ORDER)), row.rule != STALE, in_order(row.standard_id)))
    done = [row for row in everything if row.measure == "reach" and row.group == "intervention"]
    told = not done and any(row.measure == "change" for row in everything)
    if not found or (told and {row.verdict for row in found if not row.hidden} == {"I2"}):
        return nothing("impact_table")
    reasons = [row.reason for row in found if not row.hidden]
    said = reasons[0] if len(reasons) == len(found) > 1 and len({*reasons}) == 1 else ""
    left = iter(reasons)
    columns = (Column("Standard"), Column("Files", "num"), Column("Did it help?", "verdict"), Column("Why", "words"))
    lines = tuple(_line(row, standards, "" if row.hidden else next(left)) for row in found)
    table = PageTable(CAPTION, columns, lines)
    if said:
        table = replace(table, columns=columns[:-1], lines=tuple(replace(it, cells=it.cells[:-1]) for it in lines))
    seen = {row.verdict for row in found if not row.hidden}
    promised = any(row.measure == "change" and row.verdict in ("better", "worse") for row in everything)
    judged = [PROMISE] if seen & {"I4", "I5", "I6"} and not promised else []
    return fragment(
        "impact_table",
        template="part.html.j2",
        data={"impact": dict(Counter(row.verdict for row in found if not row.hidden))},
        released=found,
        finding=_finding(found, done),
        explain=said,
        table=table,
        fold="The status of each standard" if len(found) > 1 and (len(seen) == 1 or seen <= UNKNOWN) else "",
        key=[],
        note=" ".join(judged),
    )


def _line(row: Row, standards: Standards | None, reason: str) -> Line:
    asked = asks(row.standard_id, standards)
    title, code = (asked, row.standard_id) if asked else (row.standard_id, "")
    named = {"code": code, "reference": row.reference}
    if row.hidden or row.verdict not in STATUSES:
        return Line(title, (Cell(CONFIDENTIAL), Cell(CONFIDENTIAL), Cell(CONFIDENTIAL)), **named)
    look = WARNING if warning(row) else STATUSES[row.verdict]
    status = Cell(verdict=look, small=("old evidence",) if row.rule == STALE else ())
    return Line(title, (Cell(k_of_n(row)), status, Cell(reason or "none given")), **named)


def _finding(found: Sequence[Row], done: Sequence[Row]) -> str:
    """The heading: what helped and what did not come before what is not known; `done` is what was to help."""
    counts = Counter(UNSURE if warning(row) else row.verdict for row in found if not row.hidden)
    if not set(counts) & {*STATUSES, UNSURE}:
        return "Whether it helped is hidden in every standard"
    if set(counts) in ({"I0"}, {"I2"}):
        named = done[0].note if len(done) == 1 and len(done[0].note) <= _SHORT else "what was done"
        what = f"{clause(named)} helped" if done else "anything has changed"
        return f"We cannot tell yet whether {what}" if "I2" in counts else f"We cannot measure yet whether {what}"
    return shared(counts, _TOLD, len(found))
