"""Give back the spreadsheet errors of a workbook, such as #N/A, which the fast reader leaves blank.

A look-up that failed is not an empty cell: somebody thinks there is a team in it.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl

from ilacs_audit.intake.workbook import Sheet

_MARK = b't="e"'


def with_errors(path: Path, sheets: list[Sheet]) -> list[Sheet]:
    """The sheets with each error as its text. Only a workbook that holds an error is opened again."""
    if path.suffix.casefold() not in (".xlsx", ".xlsm") or not _has_errors(path):
        return sheets
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in sheets:
            for row in book[sheet.name].iter_rows():
                for cell in row:
                    if cell.data_type == "e":
                        sheet.cells[cell.row - 1, cell.column - 1] = cell.value
    finally:
        book.close()
    return sheets


def _has_errors(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        return any(_MARK in package.read(part) for part in parts)
