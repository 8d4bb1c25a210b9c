"""What a workbook hides: reported, never passed on."""

from __future__ import annotations

from collections.abc import Iterator

from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.problems import Problem, problem


def hidden_content(sheet: Sheet, *, read: bool) -> Iterator[Problem]:
    """A problem for each thing a sheet hides. A hidden sheet of answers is set aside."""
    if not sheet.visible and (sheet.cells != "").any():
        yield problem("hidden-content: answers" if read else "hidden-content: sheet", sheet=sheet.name)
    if sheet.visible and sheet.facts.hidden_rows:
        rows = sheet.facts.hidden_rows
        yield problem("hidden-content: rows", rows=_ranges(rows), sheet=sheet.name, row=rows[0])
    if sheet.visible and sheet.facts.hidden_columns:
        letters = ", ".join(letter(column) for column in sheet.facts.hidden_columns)
        yield problem("hidden-content: columns", letters=letters, sheet=sheet.name)
    for cell, text in sheet.facts.comments:
        column = cell.rstrip("0123456789")
        row = int(cell.removeprefix(column))
        yield problem("hidden-content: note", sheet=sheet.name, row=row, column=column, value=text)


def _ranges(rows: tuple[int, ...]) -> str:
    """Row numbers as short ranges.

    >>> _ranges((3, 4, 5, 9))
    '3-5, 9'
    """
    starts = [row for row in rows if row - 1 not in rows]
    ends = [row for row in rows if row + 1 not in rows]
    spans = [str(first) if first == last else f"{first}-{last}" for first, last in zip(starts, ends, strict=True)]
    return ", ".join(spans[:6]) + (" and more" if len(spans) > 6 else "")


def letter(column: int) -> str:
    """The letters of a column counted from 1.

    >>> letter(28)
    'AB'
    """
    column, last = divmod(column - 1, 26)
    return (letter(column) if column else "") + chr(65 + last)
