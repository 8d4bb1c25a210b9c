"""Rows that their author has not sent: a list keeps drafts beside what was submitted, and only a status tells them."""

from collections.abc import Mapping
from typing import Any

from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.typed import NO, YES
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.tables.layout import SheetTable

STATUS, _ENDED = "status", "completion time"
_UNSENT = frozenset(
    (
        *("draft", "in draft", "saved", "saved as draft", "in progress", "not submitted", "incomplete", "not started"),
        *("wip", "work in progress", "ongoing", "unsubmitted", "not complete", "not completed", "part complete"),
        *("pending", "rejected", "cancelled", "withdrawn", "deleted", "abandoned", "void", "2 pending", "3 draft"),
    )
)
_SENT = frozenset(("submitted", "complete", "completed", "approved", "final", "finalised", "signed off", "0 approved"))


def _told_by(header: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of rows that were not sent, and of those that were, under a header: a yes, or a list's numbers too."""
    words = frozenset(fold(header).split())
    if "draft" in words:
        return _UNSENT | YES, _SENT | NO
    if words & {"complete", "completed", "finished", "finalised", "submitted"}:
        return _UNSENT | NO | {"not yet", "partly"}, _SENT | YES
    return (_UNSENT | {"1", "2", "3"}, _SENT | {"0"}) if "moderation" in words else (_UNSENT, _SENT)


def _said(cell: Any) -> str:
    """A status as it is compared; how far a form is, as 60% or 0.6, is in progress until it is all of it."""
    text = written(cell)
    share = text.rstrip("% ").replace(".", "", 1)
    if not share.isdigit() or not ("%" in text or isinstance(cell, float)):
        return fold(text)
    done = float(text.rstrip("% ")) / (100 if "%" in text else 1)
    return "complete" if done >= 1 else "in progress"


def without_drafts(table: SheetTable, fields: Mapping[str, int]) -> tuple[SheetTable, list[Problem]]:
    """The table without the rows whose status says that they were not submitted.

    Each is a problem, and so is each row of which that cannot be told beside one that was submitted.
    """
    ended = next((place for place, text in enumerate(table.headers) if fold(text) == _ENDED), None)
    place = fields.get(STATUS, ended)
    if place is None:
        return table, []
    status = [_said(cell) for cell in table.column(place)]
    unsent, sent = _told_by(table.headers[place])
    if STATUS not in fields:  # a form that was begun and not ended has no time of completion, where others have one
        unsent, sent = (frozenset({""}) if 2 * status.count("") < len(status) else frozenset()), frozenset[str]()
    told = not sent.isdisjoint(status)
    cases = ["draft" if said in unsent else "unknown-status" if told and said not in sent else "" for said in status]
    at: dict[str, Any] = {"sheet": table.sheet.name, "column": table.headers[place]}
    rows = zip(cases, table.excel_rows.tolist(), strict=True)
    problems = [problem(case, row=row, **at) for case, row in rows if case]
    kept = [number for number, case in enumerate(cases) if case != "draft"]
    return (table if len(kept) == len(cases) else table.only(kept)), problems
