"""Turn a long table (a row for each question) into a wide one (a row for each file).

Case systems export a row for each answer. Laid out wide, such an export passes the same
reading and the same checks as a sheet made by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.files.workbook import Sheet, grid
from ilacs_audit.intake.tables.layout import SheetTable

QUESTION, ANSWER = "question", "answer"


def widened(table: SheetTable, *, question: int, answer: int, comment: int | None = None) -> SheetTable:
    """The same answers with a column for each question; a file's row is the first it came from."""
    told = [place for place in (answer, comment) if place is not None]
    shared = [place for place in range(len(table.headers)) if place not in (question, *told)]
    asked = [written(cell) for cell in table.column(question)]
    questions = [text for text in dict.fromkeys(asked) if text]
    keys = list(zip(*(table.column(place) for place in shared), strict=True))
    entries = _entries(keys, asked)
    columns = {place: table.column(place) for place in told}
    rows = [[*key, *_cells(rows_of, questions, columns, told)] for key, rows_of in entries]
    named = [text if place == answer else table.headers[place] for text in questions for place in told]
    headers = [*(table.headers[place] for place in shared), *named]
    first = np.array([table.excel_rows[min(rows_of.values())] for _, rows_of in entries], dtype=np.intp)
    sheet = Sheet(table.sheet.name, grid([headers, *rows]), table.sheet.visible, table.sheet.facts)
    body = np.arange(1, len(rows) + 1, dtype=np.intp)
    wide = SheetTable(sheet, table.header_row, tuple(headers), body, table.preamble, (), first, top=table.top)
    return replace(wide, totals=tuple(sorted((*table.totals, *table.lines))))


def _entries(keys: Sequence[tuple[Any, ...]], asked: Sequence[str]) -> list[tuple[tuple[Any, ...], dict[str, int]]]:
    """Rows of the same file together; a question asked twice of one file starts a second entry."""
    entries: list[tuple[tuple[Any, ...], dict[str, int]]] = []
    latest: dict[tuple[Any, ...], dict[str, int]] = {}
    for row, (key, question) in enumerate(zip(keys, asked, strict=True)):
        if key not in latest or question in latest[key]:
            latest[key] = {}
            entries.append((key, latest[key]))
        latest[key][question] = row
    return entries


def _cells(
    rows: dict[str, int], questions: Sequence[str], columns: dict[int, list[Any]], told: Sequence[int]
) -> list[Any]:
    return [columns[place][rows[text]] if text in rows else "" for text in questions for place in told]
