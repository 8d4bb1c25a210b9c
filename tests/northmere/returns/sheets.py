"""Returns made by hand in a spreadsheet: titles above the table, teams as headings, totals below."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font

from tests.northmere.returns.workbook import saved, widths, workbook
from tests.northmere.truth.audits import File
from tests.northmere.truth.questions import PLAN_GROUPS, PLANS, by_hand, grade_by_hand

_CASE = (
    "Case ID",
    "Child’s name",
    "DOB",
    "Social\nworker",
    "Plan\ntype",
    "Date of\nplan",
    "Date audited ",
    "Auditor\xa0",
)
_GRADING = ("Overall grade", "Moderated\ngrade", "Moderator", "Date\nmoderated")


def plans_book(files: Sequence[File], *, month: str, managers: Mapping[str, str], rng: random.Random) -> Workbook:
    """The plans audit: a header of two merged rows, rows under the teams' names, totals at the foot."""
    book, sheet = workbook(f"Plans audit {month}")
    _titles(sheet, month, len(files))
    _plan_header(sheet)
    for team in dict.fromkeys(file.child.team for file in files):
        sheet.append([f"{team.upper()} – TM {managers[team]}"])
        for file in (each for each in files if each.child.team == team):
            sheet.append(_plan_row(file, rng))
    sheet.append([])
    sheet.append(["TOTAL MET", *[None] * 7, *_totals(files)])
    sheet.append([])
    sheet.append([f"NB {month}: outstanding audits have been chased with team managers"])
    widths(sheet, 11, 20, 11, 20, 8, 11, 12, 20, *[11] * 11, 16, 14, 20, 12, 50)
    return book


def _titles(sheet: Any, month: str, files: int) -> None:
    sheet.append(["NORTHMERE CHILDREN’S SERVICES – plans and planning audit"])
    sheet.append([f"Audit period: {month}          Returned so far: {files}"])
    sheet.append(["OFFICIAL – SENSITIVE. Please return to the quality assurance team"])
    sheet.append([])
    for row in (1, 2, 3):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=24)
        sheet.cell(row, 1).font = Font(bold=True)


def _plan_header(sheet: Any) -> None:
    groups = (("Child", 3), ("Case", 5), *PLAN_GROUPS, ("Grading", 4))
    sheet.append([text for name, size in groups for text in (name, *[None] * (size - 1))] + ["Remarks"])
    sheet.append([*_CASE, *PLANS.values(), *_GRADING])
    at = 1
    for _, size in groups:
        sheet.merge_cells(start_row=5, start_column=at, end_row=5, end_column=at + size - 1)
        at += size
    sheet.merge_cells(start_row=5, start_column=at, end_row=6, end_column=at)
    for cell in (*sheet[5], *sheet[6]):
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _plan_row(file: File, rng: random.Random) -> list[Any]:
    child = file.child
    planned = file.on - timedelta(days=rng.randrange(20, 160))
    case = [
        f"{child.ref}{rng.choice(('', '', '', ' '))}",
        child.name,
        _midnight(child.born),
        _worker(child.worker, rng),
    ]
    when = [rng.choice(("CIN", "CP", "CIC")), day_by_hand(planned, rng), day_by_hand(file.on, rng)]
    answers = [by_hand(file.answers[standard], rng) for standard in PLANS]
    return [*case, *when, file.auditor, *answers, *_grading(file, rng), _text(file)]


def _grading(file: File, rng: random.Random) -> list[Any]:
    second = grade_by_hand(file.moderated, rng) if file.moderated else None
    when = day_by_hand(file.moderated_on, rng) if file.moderated_on else None
    return [grade_by_hand(file.grade, rng) if file.grade else None, second, file.moderator or None, when]


def _text(file: File) -> str | None:
    return "\n".join(filter(None, (file.strength, file.worry))) or None


def _worker(name: str, rng: random.Random) -> str:
    """A worker's name as people write it: in full, or with an initial."""
    first, last = name.split(" ", 1)
    return rng.choice((name, name, name, f"{first[0]}. {last}"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def day_by_hand(day: date, rng: random.Random) -> Any:
    """A date as a spreadsheet holds it: a real date, British text, or a serial number."""
    return rng.choice((_midnight(day),) * 4 + (f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y} ", f"{day:%d/%m/%y}"))


def _totals(files: Sequence[File]) -> Iterator[int]:
    for standard in PLANS:
        yield sum(file.answers[standard] == "met" for file in files)


def simple_sheet(
    files: Sequence[File],
    questions: Mapping[str, str],
    *,
    title: str,
    rng: random.Random,
    graded: bool = True,
    beside: Mapping[str, Sequence[str]] | None = None,
) -> Workbook:
    """A plainer sheet: one title line, one header row, one row for each file.

    `beside` adds columns of its own, header to cells.
    """
    book, sheet = workbook("Returns")
    sheet.append([title])
    sheet.append([])
    own = beside or {}
    sheet.append(
        [
            "Case ID",
            "Team",
            "Social worker",
            "Auditor",
            "Audit date",
            *questions.values(),
            *own,
            *(_GRADING if graded else ()),
            "Comments",
        ]
    )
    for place, file in enumerate(files):
        extra = [cells[place] or None for cells in own.values()]
        answers = [by_hand(file.answers[standard], rng) if file.answers[standard] else None for standard in questions]
        child = file.child
        first = [child.ref, child.team, _worker(child.worker, rng), file.auditor, day_by_hand(file.on, rng)]
        sheet.append([*first, *answers, *extra, *(_grading(file, rng) if graded else ()), _text(file)])
    return book


def hide_lists(book: Workbook, auditors: Sequence[str], child: str) -> None:
    """Add the hidden sheet of choices that somebody also used as a notepad."""
    sheet = book.create_sheet("lists")
    sheet.sheet_state = "hidden"
    for row in zip(("Rating", "Met", "Partly met", "Not met", "N/A"), ("Auditors", *auditors[:4]), strict=True):
        sheet.append(row)
    sheet.append([f"check {child} was counted once"])


def note(book: Workbook, cell: str, text: str) -> None:
    """Add a note beside a cell of the first sheet."""
    book.worksheets[0][cell].comment = Comment(text, "QA")


def bytes_of(book: Workbook) -> bytes:
    """The workbook as it is committed."""
    return saved(book)
