"""Returns exported from an online form: one sheet, one table, questions as whole sentences."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table

from tests.northmere.returns.workbook import saved, workbook
from tests.northmere.truth.audits import File
from tests.northmere.truth.questions import chosen

_GRADING = ("Overall grade", "Moderated grade", "Moderated by", "Date moderated")
_ENDING = (
    "What went well?",
    "What are you worried about? (no names please)",
    "Next steps – who, what, by when",
    "Discussed with the practitioner?",
)
_CONSENTERS = ("Mother;", "Mother;Father;", "Father;", "Mother;Father;Child;", "Nobody;", "Grandparent with PR;")


@dataclass(frozen=True)
class Form:
    """How a form asks: its questions, those followed by a box for more, and its own extra questions."""

    questions: Mapping[str, str]
    more_after: tuple[str, ...] = ()
    about: tuple[str, ...] = (
        "Date of contact or referral",
        "Contact screening or assessment?",
        "Who gave consent? (tick all)",
    )
    graded: bool = False
    late: Mapping[int, date] = field(default_factory=dict)


def forms_export(files: Sequence[File], form: Form, *, rng: random.Random) -> bytes:
    """The workbook that the form tool makes of these files, in order of entry."""
    book, sheet = workbook("Sheet1")
    headers = _headers(form)
    sheet.append(headers)
    for number, file in enumerate(files, start=1):
        sheet.append(_row(number, file, form, rng))
    sheet.add_table(Table(displayName="Table1", ref=f"A1:{get_column_letter(len(headers))}{len(files) + 1}"))
    return saved(book)


def _headers(form: Form) -> list[str]:
    questions: list[str] = []
    for standard, text in form.questions.items():
        boxes = sum(each.startswith("Tell us more") for each in questions)
        more = [f"Tell us more{boxes + 1 if boxes else ''}"] if standard in form.more_after else []
        questions += [text, *more]
    first = ["ID", "Start time", "Completion time", "Email", "Name", "Child’s reference on the case system\xa0"]
    about = ["Which team holds the case?", "Allocated worker", *form.about]
    return [*first, *about, *questions, *_ENDING, *(_GRADING if form.graded else ())]


def _row(number: int, file: File, form: Form, rng: random.Random) -> list[Any]:
    started, ended = _times(number, file.on, rng)
    ended = datetime.combine(form.late[number], ended.time()) if number in form.late else ended
    email = f"{file.auditor.lower().replace(' ', '.')}@northmere.example"
    first: list[Any] = [number, started, ended, email, file.auditor, _reference(file.child.ref, rng)]
    return [
        *first,
        file.child.team,
        file.child.worker,
        *_about(file, form, rng),
        *_answers(file, form),
        *_end(file, form, rng),
    ]


def _times(number: int, on: date, rng: random.Random) -> tuple[datetime, datetime]:
    start = datetime.combine(on, time(9, 5)) + timedelta(minutes=13 * number % 400, seconds=rng.randrange(60))
    return start, start + timedelta(minutes=rng.randrange(6, 38), seconds=rng.randrange(60))


def _reference(ref: str, rng: random.Random) -> str:
    """A reference as people type it: mostly right, sometimes with a space or the word in front."""
    return rng.choice((ref,) * 12 + (f"{ref} ", f"{ref}\xa0", f"ref {ref}"))


def _about(file: File, form: Form, rng: random.Random) -> list[Any]:
    day = datetime.combine(file.on - timedelta(days=rng.randrange(12, 70)), time())
    consent = [rng.choice(("Assessment", "Contact screening")), rng.choice(_CONSENTERS)]
    return [day, *consent][: len(form.about)]


def _answers(file: File, form: Form) -> list[Any]:
    cells: list[Any] = []
    for standard in form.questions:
        cells.append(chosen(file.answers[standard]))
        if standard in form.more_after:
            cells.append(file.extra.get(standard))
    return cells


def _end(file: File, form: Form, rng: random.Random) -> list[Any]:
    texts: list[Any] = [text or None for text in (file.strength, file.worry, file.step)]
    when = datetime.combine(file.moderated_on, time()) if file.moderated_on else None
    grading = [_grade(file.grade), _grade(file.moderated), file.moderator or None, when]
    return [*texts, rng.choice(("Yes", "Yes", "Yes", "No")), *(grading if form.graded else ())]


def _grade(grade: str) -> str | None:
    return grade.capitalize() or None


CASE_FORM_ABOUT = ("Date assessment started",)
