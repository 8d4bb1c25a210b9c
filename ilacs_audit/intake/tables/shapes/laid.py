"""A table laid out anew: its cells, and where each stood in the sheet as it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ilacs_audit.intake.cells.grid import grid
from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.files.hidden import letter
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.tables.layout import SheetTable


class Cell(NamedTuple):
    """A value and where it stood, counted from 0."""

    value: Any
    row: int
    column: int


class Column(NamedTuple):
    """One column of the new table: its header, the row the header stood in, and a cell for each file."""

    header: str
    row: int
    cells: Sequence[Cell]


def table_of_columns(
    sheet: Sheet, columns: Sequence[Column], *, files: Sequence[Cell], titles: Sequence[str], turned: bool
) -> SheetTable:
    """The canonical table. `files` says where each file stands; `turned` where a file is a column of the sheet."""
    headers = tuple(each.header for each in columns)
    rows = [[column.cells[number].value for column in columns] for number in range(len(files))]
    new = Sheet(sheet.name, grid([list(headers), *rows]), sheet.visible, sheet.facts)
    body = np.arange(1, len(rows) + 1, dtype=np.intp)
    stood = np.array([file.row + 1 for file in files], dtype=np.intp)
    spots = {
        (number, column.header): column.cells[number].row + 1
        for column in reversed(columns)
        for number in range(len(files))
    }
    letters = tuple(f"column {letter(file.column + 1)}" for file in files) if turned else ()
    first = min((each.row for each in columns), default=0)
    return SheetTable(
        sheet=new,
        header_row=first,
        headers=headers,
        body=body,
        preamble=tuple(titles),
        lines=(),
        rows=stood,
        spots=spots,
        letters=letters,
    )


def lines_of(sheet: Sheet, *, until: int) -> list[str]:
    """The texts that stand alone in their rows above a table: its titles."""
    found = ([written(cell) for cell in row if written(cell)] for row in sheet.cells[:until].tolist())
    return [texts[0] for texts in found if len(texts) == 1]
