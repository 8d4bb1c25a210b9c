"""Codes among the answers: what stands under a question, is on no scale, and could be asked about once.

A case system writes 01 for yes. What is shown to be asked about is a short code with a figure, or a word that
stands there often and names nobody whom the file names.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np

from ilacs_audit.domain.standards import NOT_APPLICABLE
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import UNKNOWN, read_answer, spellings
from ilacs_audit.intake.identity.people import person
from ilacs_audit.intake.tables.questions import grade_question
from ilacs_audit.intake.tables.shown import Seen

_CODE = re.compile(r"(?=\D*\d)[A-Z0-9](?:[A-Z0-9.+/-]{0,3}[A-Z0-9+-])?")
_OFTEN, _LONGEST = 3, 30
_FIGURE = re.compile(r"\d")
_PEOPLE = ("child_name", "worker", "supervisor", "auditor", "moderator")
Learnt = Mapping[str, Sequence[str]]


def codes(seen: Iterable[Seen], *, learnt: bool = True) -> Iterator[tuple[Seen, str, tuple[str, ...]]]:
    """Each code or usual word that stands under a file's questions and is on no scale, with what it could mean.

    Without `learnt` also those whose meaning was learnt.
    """
    for _, tables in groupby((each for each in seen if each.table.body.size), lambda each: each.source.path):
        of = list(tables)
        answers = of[0].recogniser.columns.answers if learnt else {}
        for text, options in _of_one_file(of, answers).items():
            yield of[0], text, options


def _of_one_file(tables: Sequence[Seen], answers: Learnt) -> dict[str, tuple[str, ...]]:
    times: Counter[str] = Counter()
    could: dict[str, dict[str, None]] = {}
    for text, levels, often in (each for seen in tables for each in _unread(seen, answers)):
        times[text] += often
        could.setdefault(text, {}).update(dict.fromkeys((*levels, NOT_APPLICABLE)))
    named = {part for seen in tables for each in _named(seen) for part in (each, *each.split())}
    usual = {text for text in could if times[text] >= _OFTEN and not _FIGURE.search(text) and person(text) not in named}
    return {text: tuple(levels) for text, levels in could.items() if _CODE.fullmatch(text) or text in usual}


def _unread(seen: Seen, answers: Learnt) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Every cell under a question that its scale does not know, with the scale's answers and how often it stands."""
    graded = [grade_question(place, "", seen.grade) for name, place in seen.columns.fields.items() if name == "grade"]
    for question in (*seen.columns.questions, *graded):
        known = spellings(question.scale, answers)
        which, cells = seen.table.distinct(question.place)
        for number, cell in enumerate(cells):
            text = written(cell)
            reason = read_answer(cell, question.scale, known).reason
            if reason.startswith(UNKNOWN) and fold(text) and len(text) <= _LONGEST:
                yield text, question.scale.levels, int(np.count_nonzero(which == number))


def _named(seen: Seen) -> set[str]:
    """Whoever the table names, in the form people are compared in."""
    places = [place for name, place in (*seen.columns.fields.items(), *seen.columns.unread) if name in _PEOPLE]
    return {person(cell) for place in places for cell in set(seen.table.column(place)) if written(cell)}
