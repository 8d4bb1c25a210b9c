"""What was set aside or doubted, with the place, the rule and what to do about it.

The table is personal data: it holds the offending value so that an auditor can find the cell.
Messages hold no value, because they travel further than the table does.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

import openpyxl
import pandas as pd
from openpyxl.styles import Alignment, Font

from ilacs_audit.domain.schemas import PROBLEM, PROBLEM_COLUMNS, check_table
from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.rules import RULES

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_HEADINGS = ("File", "Sheet", "Cell row", "Column", "What is there", "How serious", "Rule", "What is wrong", "Fix")
_ORDER = ("file", "sheet", "row", "column", "value", "severity", "rule", "message", "fix")
_WIDTHS = (34, 20, 9, 34, 28, 12, 22, 60, 60)


class Problem(NamedTuple):
    """One fault. `error`: the row, answer or file was set aside; `warning`: it was kept."""

    severity: str
    rule: str
    message: str
    fix: str
    audit_id: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""


def problem(
    case: str,
    *,
    severity: str = "",
    audit_id: str = "",
    file: str = "",
    sheet: str = "",
    row: int | None = None,
    column: str = "",
    value: str = "",
    **words: Any,
) -> Problem:
    """A fault by its case in `RULES`; `words` fill the rule's sentence and its fix, as `audit_id` and `column` may.

    `severity` is given only where a cell's fault costs its row. Raises KeyError where there is no such case, or
    where a word of its sentences is not given.
    """
    rule, told = RULES[case], {"audit_id": audit_id, "column": column, **words}
    sentences = rule.message.format_map(told), rule.fix.format_map(told)
    return Problem(severity or rule.severity, rule.id, *sentences, audit_id, file, sheet, row, column, value)


def problems_table(problems: Iterable[Problem]) -> pd.DataFrame:
    """The problems as a table with `PROBLEM_COLUMNS`, checked at the door."""
    found = pd.DataFrame(list(problems), columns=list(Problem._fields))
    found["row"] = found["row"].astype("Int64")
    words = [name for name in PROBLEM_COLUMNS if name != "row"]
    found[words] = found[words].astype(str)
    return check_table(found[list(PROBLEM_COLUMNS)], PROBLEM, name="problems")


def together(*tables: pd.DataFrame) -> pd.DataFrame:
    """Several tables of problems as one; empty ones are left out, because their columns have no type."""
    filled = [each for each in tables if len(each)]
    return pd.concat(filled, ignore_index=True) if filled else problems_table([])


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
    sheet.append(_HEADINGS)
    for row in problems.sort_values(["file", "severity", "sheet", "row"], kind="stable").to_dict("records"):
        sheet.append([_safe(_plain(row)[name]) for name in _ORDER])
    _dress(sheet)
    return _saved(book)


def fix_lists(problems: pd.DataFrame) -> dict[str, bytes]:
    """One fix list for each file, by the file's name."""
    return {str(file): fix_list(rows) for file, rows in problems.groupby("file", sort=True)}


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    number = row["row"]
    return {**{str(name): value for name, value in row.items()}, "row": None if pd.isna(number) else int(number)}


def _safe(value: Any) -> Any:
    """Text that no spreadsheet takes for a formula."""
    if value is None or isinstance(value, int):
        return value
    text = "".join(mark for mark in str(value) if mark >= " " or mark in "\t\n")
    return f"'{text}" if text.startswith(_RISKY) else text


def _dress(sheet: Any) -> None:
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place, width in enumerate(_WIDTHS):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(place + 1)].width = width
        sheet.cell(1, place + 1).font = Font(bold=True)


def _saved(book: openpyxl.Workbook) -> bytes:
    book.properties.creator = "ilacs_audit"
    with io.BytesIO() as file:
        book.save(file)
        return file.getvalue()


def shown(value: Any, *, longest: int = 200) -> str:
    """A cell's content for the private value column, cut where it is a whole case note."""
    text = written(value)
    return text if len(text) <= longest else f"{text[:longest]}…"
