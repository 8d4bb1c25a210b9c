"""What a workbook hides: reported, never passed on."""

from __future__ import annotations

from collections.abc import Iterator

from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.problems import Problem

_SHOW = "Unhide it, and delete it if it is not part of the return."


def hidden_content(sheet: Sheet, *, read: bool) -> Iterator[Problem]:
    """A problem for each thing a sheet hides. A hidden sheet of answers is set aside."""
    if not sheet.visible and (sheet.cells != "").any():
        yield _hidden_sheet(sheet, answers=read)
    if sheet.visible and sheet.facts.hidden_rows:
        rows = _ranges(sheet.facts.hidden_rows)
        yield _warning(
            sheet, f"Rows are hidden ({rows}); their answers were counted.", _SHOW, sheet.facts.hidden_rows[0]
        )
    if sheet.visible and sheet.facts.hidden_columns:
        letters = ", ".join(letter(column) for column in sheet.facts.hidden_columns)
        yield _warning(sheet, f"Columns are hidden ({letters}); they are read like the others.", _SHOW, None)
    for cell, text in sheet.facts.comments:
        row = int("".join(mark for mark in cell if mark.isdigit()))
        fix = "Move what matters into the comments column and delete the note."
        note = _warning(sheet, "A note is attached to a cell; it was not read.", fix, row)
        yield note._replace(column="".join(mark for mark in cell if mark.isalpha()), value=text)


def _hidden_sheet(sheet: Sheet, *, answers: bool) -> Problem:
    if answers:
        message = "A hidden sheet holds answers; they were not counted."
        return Problem(
            "error", "hidden-content", message, "Unhide the sheet if it belongs to the return.", sheet=sheet.name
        )
    return _warning(
        sheet, "The workbook has a hidden sheet.", "Delete it before sending: it may hold personal data.", None
    )


def _warning(sheet: Sheet, message: str, fix: str, row: int | None) -> Problem:
    return Problem("warning", "hidden-content", message, fix, sheet=sheet.name, row=row)


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
