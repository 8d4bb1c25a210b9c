"""Rows that their author has not sent: a list keeps drafts beside what was submitted, and only a status tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.tables.layout import SheetTable

STATUS = "status"
_UNSENT = frozenset(
    (
        *("draft", "in draft", "saved", "saved as draft", "in progress", "not submitted", "incomplete", "not started"),
        *("wip", "work in progress", "ongoing", "unsubmitted", "not complete", "not completed", "part complete"),
        *("pending", "rejected", "cancelled", "withdrawn", "deleted", "abandoned", "void", "2 pending", "3 draft"),
    )
)
_SENT = frozenset(("submitted", "complete", "completed", "approved", "final", "finalised", "signed off", "0 approved"))


def without_drafts(table: SheetTable, fields: Mapping[str, int]) -> SheetTable:
    """The table without the rows whose status says that they were not submitted."""
    unsent = _unsent(table, fields)
    if not unsent:
        return table
    kept = np.setdiff1d(np.arange(len(table.body)), unsent)
    places = {int(old): new for new, old in enumerate(kept)}
    spots = {(places[old], header): row for (old, header), row in table.spots.items() if old in places}
    letters = tuple(table.letters[old] for old in places) if table.letters else ()
    rows = None if table.rows is None else table.rows[kept]
    return replace(table, body=table.body[kept], rows=rows, spots=spots, letters=letters)


def drafts(table: SheetTable, fields: Mapping[str, int]) -> Iterator[Problem]:
    """A problem for each row that was not submitted, and for each of which that cannot be told beside one that was."""
    status = [fold(written(cell)) for cell in table.column(fields[STATUS])] if STATUS in fields else []
    told = not _SENT.isdisjoint(status)
    for place, said in enumerate(status):
        case = "draft" if said in _UNSENT else "unknown-status" if told and said not in _SENT else ""
        if case:
            row, header = int(table.excel_rows[place]), table.headers[fields[STATUS]]
            yield problem(case, sheet=table.sheet.name, row=row, column=header)


def _unsent(table: SheetTable, fields: Mapping[str, int]) -> list[int]:
    if STATUS not in fields:
        return []
    return [n for n, cell in enumerate(table.column(fields[STATUS])) if fold(written(cell)) in _UNSENT]
