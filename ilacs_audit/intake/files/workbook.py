"""Open a return, whatever it is saved as, and hand over its sheets as plain cells.

Values come from calamine, which is fast and leaves "N/A" alone; what a workbook hides comes
from its package. Nothing is interpreted here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.footers import ranges
from ilacs_audit.intake.cells.grid import Cells, grid
from ilacs_audit.intake.cells.listed import unlisted
from ilacs_audit.intake.cells.values import UNCACHED
from ilacs_audit.intake.files.delimited import read_delimited
from ilacs_audit.intake.files.limits import check_cells, check_package, check_size, column_number, damaged
from ilacs_audit.intake.files.xlsx_parts import SheetFacts, sheet_facts
from ilacs_audit.intake.problems import Problem, problem

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
DELIMITED = (".csv", ".tsv", ".txt")
READABLE = (*WORKBOOKS, *DELIMITED, ".parquet")
_CELL = re.compile(r"^([A-Z]+)(\d+)$")


@dataclass(frozen=True)
class Sheet:
    """One sheet as it was sent: a grid of cells from A1 on, blanks as "", and what is hidden."""

    name: str
    cells: Cells
    visible: bool = True
    facts: SheetFacts = field(default_factory=SheetFacts)


def read_sheets(path: Path) -> list[Sheet]:
    """Every sheet of a return. Raises ReturnsError with one plain sentence where it cannot be read."""
    check_size(path)
    kind = kind_of(path)
    if kind in DELIMITED or kind == ".parquet":
        sheets = [Sheet("", read_delimited(path) if kind in DELIMITED else _parquet(path))]
    else:
        sheets = _workbook(path)
    return [replace(each, cells=unlisted(each.cells)) for each in sheets]


def kind_of(path: Path) -> str:
    """The ending of a file's name: a blank behind it, as a mail programme leaves, is no other kind."""
    return path.suffix.strip().casefold()


def _workbook(path: Path) -> list[Sheet]:
    kind = check_package(path)
    facts = sheet_facts(path) if kind == ".xlsx" else {}
    try:
        with path.open("rb") as file:  # by what it holds: its name may say another kind
            book = CalamineWorkbook.from_filelike(file)
            return [
                _sheet(book, each.name, each.visible == SheetVisibleEnum.Visible, facts.get(each.name, SheetFacts()))
                for each in book.sheets_metadata
                if each.typ == SheetTypeEnum.WorkSheet
            ]
    except (CalamineError, OSError, ValueError):
        raise damaged(path) from None


def _sheet(book: CalamineWorkbook, name: str, visible: bool, facts: SheetFacts) -> Sheet:
    read = book.get_sheet_by_name(name)
    cells = grid(read.to_python(skip_empty_area=False))
    spans = (each for each in read.merged_cell_ranges or () if each[0][1] == each[1][1])
    facts = replace(facts, merged=tuple((first + 1, last + 1, at) for (first, at), (last, _) in spans))
    for cell, text in (*((cell, UNCACHED) for cell in facts.unsaved), *facts.errors):
        row, column = place(cell)
        if row < cells.shape[0] and column < cells.shape[1]:
            cells[row, column] = text
    return Sheet(name, cells, visible, facts)


def place(cell: str) -> tuple[int, int]:
    """The row and column of an A1 name, counted from 0.

    >>> place("B3")
    (2, 1)
    """
    found = _CELL.match(cell)
    if not found:
        raise ReturnsError("A cell has no proper name.", fix="Open the workbook in Excel, repair it and save.")
    return int(found[2]) - 1, column_number(found[1]) - 1


def _parquet(path: Path) -> Cells:
    try:
        size = pq.ParquetFile(path).metadata
        check_cells(size.num_rows, size.num_columns, path)
        table = pd.read_parquet(path)
    except (OSError, ValueError):
        raise damaged(path) from None
    body = table.astype(object).where(table.notna(), "").to_numpy()
    return grid([[str(name) for name in table.columns], *[list(row) for row in body]])


def hidden_content(sheet: Sheet, *, read: bool) -> Iterator[Problem]:
    """A problem for each thing a sheet hides. A hidden sheet of answers is set aside."""
    if not sheet.visible and (sheet.cells != "").any():
        yield problem("hidden-content: answers" if read else "hidden-content: sheet", sheet=sheet.name)
    if sheet.visible and sheet.facts.hidden_rows:
        rows = sheet.facts.hidden_rows
        yield problem("hidden-content: rows", rows=ranges(rows, most=6), sheet=sheet.name, row=rows[0])
    if sheet.visible and sheet.facts.hidden_columns:
        letters = ", ".join(letter(column) for column in sheet.facts.hidden_columns)
        yield problem("hidden-content: columns", letters=letters, sheet=sheet.name)
    for cell, text in sheet.facts.comments:
        column = cell.rstrip("0123456789")
        row = int(cell.removeprefix(column))
        yield problem("hidden-content: note", sheet=sheet.name, row=row, column=column, value=text)


def letter(column: int) -> str:
    """The letters of a column counted from 1.

    >>> letter(28)
    'AB'
    """
    column, last = divmod(column - 1, 26)
    return (letter(column) if column else "") + chr(65 + last)
