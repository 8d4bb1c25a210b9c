"""What was set aside or doubted as a workbook for each file, and as JSON: personal data, for whoever mends the file."""

import io
import json
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.styles import Alignment, Font

from ilacs_audit.disclosure.safe_text import inert_cell

_COLUMNS = {
    "file": ("File", 34),
    "sheet": ("Sheet", 20),
    "row": ("Cell row", 9),
    "column": ("Column", 34),
    "value": ("What is there", 28),
    "severity": ("How serious", 12),
    "rule": ("Rule", 22),
    "message": ("What is wrong", 60),
    "fix": ("Fix", 60),
}


def problems_json(problems: pd.DataFrame) -> str:
    """The problems for machines: a JSON list, row numbers whole or null. Personal data."""
    return json.dumps([_plain(row) for row in problems.to_dict("records")], ensure_ascii=False, indent=1)


def fix_list(problems: pd.DataFrame) -> bytes:
    """One workbook to work through: a sheet, a row for each problem, errors first.

    Every cell is written as text, and text that a spreadsheet could take for a formula is
    quoted, because return values come from other people. Personal data.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Fix list"
    sheet.append([heading for heading, _ in _COLUMNS.values()])
    for row in problems.sort_values(["file", "severity", "sheet", "row"], kind="stable").to_dict("records"):
        sheet.append([inert_cell(_plain(row)[name]) for name in _COLUMNS])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place, (_, width) in enumerate(_COLUMNS.values(), start=1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(place)].width = width
        sheet.cell(1, place).font = Font(bold=True)
    return saved(book)


def fix_lists(problems: pd.DataFrame) -> dict[str, bytes]:
    """One fix list for each file, by the file's name."""
    return {str(file): fix_list(rows) for file, rows in problems.groupby("file", sort=True)}


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    number = row["row"]
    return {**{str(name): value for name, value in row.items()}, "row": None if pd.isna(number) else int(number)}


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook as bytes, in our name."""
    book.properties.creator = "ilacs_audit"
    with io.BytesIO() as file:
        book.save(file)
        return file.getvalue()
