"""Codes among the answers: what stands under a question, is on no scale, and could be asked about once.

A case system writes 01 for yes. What is shown to be asked about is a short code with a figure, or a word that
stands there often and names nobody whom the file names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from ilacs_audit.domain.standards import NOT_APPLICABLE, Scale
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import UNKNOWN, read_answer, spellings
from ilacs_audit.intake.identity.people import person
from ilacs_audit.intake.tables.columns import Recogniser
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.questions import Columns, grade_question

_CODE = re.compile(r"(?=\D*\d)[A-Z0-9](?:[A-Z0-9.+/-]{0,3}[A-Z0-9+-])?")
_OFTEN, _LONGEST = 3, 30
_FIGURE = re.compile(r"\d")


def unknown_answers(
    tables: Sequence[tuple[SheetTable, Columns]], recogniser: Recogniser, *, grade: Scale
) -> dict[str, tuple[str, ...]]:
    """Each code or usual word that no scale of its questions knows, with the answers that it could mean there."""
    times: Counter[str] = Counter()
    could: dict[str, dict[str, None]] = {}
    for text, levels, often in _unread(tables, recogniser, grade):
        times[text] += often
        could.setdefault(text, {}).update(dict.fromkeys((*levels, NOT_APPLICABLE)))
    named = {part for each in _named(tables) for part in (each, *each.split())}
    usual = {
        text
        for text, often in times.items()
        if often >= _OFTEN and not _FIGURE.search(text) and person(text) not in named
    }
    return {text: tuple(levels) for text, levels in could.items() if _CODE.fullmatch(text) or text in usual}


def _unread(
    tables: Sequence[tuple[SheetTable, Columns]], recogniser: Recogniser, grade: Scale
) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Every cell under a question that its scale does not know, with the scale's answers and how often it stands."""
    for table, columns in tables:
        graded = [grade_question(place, "", grade) for name, place in columns.fields.items() if name == "grade"]
        for question in (*columns.questions, *graded):
            known = spellings(question.scale, recogniser.columns.answers)
            which, cells = table.distinct(question.place)
            for number, cell in enumerate(cells):
                text = written(cell)
                reason = read_answer(cell, question.scale, known).reason
                if reason.startswith(UNKNOWN) and fold(text) and len(text) <= _LONGEST:
                    yield text, question.scale.levels, int(np.count_nonzero(which == number))


def _named(tables: Sequence[tuple[SheetTable, Columns]]) -> set[str]:
    """Whoever the file names, in the form people are compared in."""
    people = ("child_name", "worker", "supervisor", "auditor", "moderator")
    places = [
        (table, place)
        for table, found in tables
        for name, place in (*found.fields.items(), *found.unread)
        if name in people
    ]
    return {person(cell) for table, place in places for cell in set(table.column(place)) if written(cell)}
