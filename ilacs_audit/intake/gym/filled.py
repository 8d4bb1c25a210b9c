"""Read a workbook of a pack that an auditor has filled in: whose it is, which pack, and what cannot be counted.

Rows are found by the number of their question and never by their place, so sorting or deleting rows misplaces no grade.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ilacs_audit.domain.catalogue.gym import SCALE, Pack, question_names
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import NOT_APPLICABLE
from ilacs_audit.intake.cells.spelling import clean, fold, written
from ilacs_audit.intake.cells.values import read_answer, spellings
from ilacs_audit.intake.files.workbook import Sheet, letter, read_sheets
from ilacs_audit.intake.problems import Problem, problem

NUMBER, READ, GRADE = "No.", "Read, then grade each question", "Your grade"
CODE, READER = "Pack code", "Your reader id"
_READER = re.compile(r"([A-Za-z])[\s-]?(\d{2,3})")
_KNOWN = spellings(SCALE, {})
_NOT_HERE = "Not applicable is no grade here: each question applies to its extract."


class Filled(NamedTuple):
    """What one workbook holds: the reader, the code of the pack, and grades by the name of their question."""

    reader: str
    code: str
    grades: Mapping[str, str]
    file: str


def reader_id(text: Any) -> str:
    """A made-up reader id in one spelling, or "" where it is none: only a letter with digits is surely no name.

    >>> reader_id("k 27"), reader_id("K-027"), reader_id("Ann"), reader_id("JS12")
    ('K27', 'K027', '', '')
    """
    found = _READER.fullmatch(written(text))
    return f"{found[1].upper()}{found[2]}" if found else ""


def question_text(standard: str, text: str) -> str:
    """A question as it stands in the workbook."""
    return f"{standard}. {text}"


def read_filled(path: Path, *, packs: Mapping[str, Pack], name: str) -> tuple[Filled | None, list[Problem]]:
    """The grades of a workbook, and a problem for each that cannot be counted; neither where nothing is filled in."""
    try:
        sheets = read_sheets(path)
    except ReturnsError as no:
        return None, [problem("unreadable-file", what=no.what, fix=no.fix, file=name)]
    tables = [each for sheet in sheets if (each := _table(sheet))]
    found = next((each for each in tables if _graded_at_all(*each)), tables[0] if tables else None)
    if not found:
        return None, [problem("not-a-pack", file=name)]
    return _read(*found, packs=packs, name=name)


class _Places(NamedTuple):
    """Where the row of headings is and which columns are which, counted from 0."""

    top: int
    number: int
    text: int
    grade: int


def _table(sheet: Sheet) -> tuple[Sheet, _Places] | None:
    for top, row in enumerate(sheet.cells.tolist()):
        heads = [fold(written(cell)) for cell in row]
        if all(fold(each) in heads for each in (NUMBER, READ, GRADE)):
            return sheet, _Places(top, *(heads.index(fold(each)) for each in (NUMBER, READ, GRADE)))
    return None


def _read(sheet: Sheet, at: _Places, *, packs: Mapping[str, Pack], name: str) -> tuple[Filled | None, list[Problem]]:
    where: dict[str, Any] = {"file": name, "sheet": sheet.name}
    code, said = (_beside(sheet, at, label) for label in (CODE, READER))
    rows = _rows(sheet, at)
    if not said[1] and not _graded_at_all(sheet, at):
        return None, []
    pack = packs.get(clean(code[1]))
    if pack is None:
        return None, [problem("other-pack", row=code[0], **where)]
    reader = reader_id(said[1])
    if not reader:
        return None, [problem("reader-id" if said[1] else "no-reader", row=said[0], **where)]
    grades, problems = dict[str, str](), list[Problem]()
    for question, (grade, fault, row) in _graded(sheet, at, rows, pack):
        if grade:
            grades[question] = grade
        if fault:
            of: dict[str, Any] = {"row": row, "column": letter(at.grade + 1), "question": question}
            problems.append(problem(fault[0], **where, **of, reason=fault[1]))
    extra = [(question, row) for question in rows.keys() - _texts(pack).keys() for row in rows[question]]
    problems += [problem("no-question", row=row + 1, **where) for _, row in sorted(extra, key=lambda each: each[1])]
    return Filled(reader, pack.code, grades, name), problems


def _graded_at_all(sheet: Sheet, at: _Places) -> bool:
    return any(written(sheet.cells[row, at.grade]) for each in _rows(sheet, at).values() for row in each)


def _beside(sheet: Sheet, at: _Places, label: str) -> tuple[int | None, str]:
    """The row of a label above the headings, and what stands to the right of it."""
    for row, cells in enumerate(sheet.cells[: at.top].tolist(), start=1):
        told = [written(cell) for cell in cells]
        for place, text in enumerate(told):
            if fold(text) == fold(label):
                return row, "".join(told[place + 1 : place + 2])
    return None, ""


def _rows(sheet: Sheet, at: _Places) -> dict[str, list[int]]:
    """The rows of each number under the headings."""
    rows: dict[str, list[int]] = {}
    for row in range(at.top + 1, len(sheet.cells)):
        if text := written(sheet.cells[row, at.number]).casefold():
            rows.setdefault(text, []).append(row)
    return rows


def _texts(pack: Pack) -> dict[str, str]:
    """What stands in each row of the pack, by its number: extracts and questions."""
    told: dict[str, str] = {}
    for place, vignette in enumerate(pack.vignettes, start=1):
        told[str(place)] = vignette.text
        names = zip(question_names(place, vignette), vignette.asked, strict=True)
        told |= {name: question_text(asked.standard, asked.text) for name, asked in names}
    return told


_Found = tuple[str, tuple[str, str] | None, int | None]


def _graded(sheet: Sheet, at: _Places, rows: Mapping[str, Sequence[int]], pack: Pack) -> Iterator[tuple[str, _Found]]:
    """Of each question of the pack its grade, or why it has none and in which row."""
    merged = {
        row - 1 for first, last, column in sheet.facts.merged if column == at.grade for row in range(first, last + 1)
    }
    told = _texts(pack)

    def altered(name: str) -> bool:
        return any(clean(written(sheet.cells[row, at.text])) != clean(told[name]) for row in rows.get(name, ()))

    for place, vignette in enumerate(pack.vignettes, start=1):
        spoilt = altered(str(place)) or str(place) not in rows
        for name in question_names(place, vignette):
            ours = rows.get(name, ())
            if len(ours) != 1:
                yield name, ("", ("two-rows" if ours else "row-gone", ""), ours[0] + 1 if ours else None)
            elif spoilt or altered(name):
                yield name, ("", ("altered-extract", ""), ours[0] + 1)
            elif ours[0] in merged:
                yield name, ("", ("merged-grade", ""), ours[0] + 1)
            else:
                yield name, (*_grade(sheet.cells[ours[0], at.grade]), ours[0] + 1)


def _grade(cell: Any) -> tuple[str, tuple[str, str] | None]:
    read = read_answer(cell, SCALE, _KNOWN)
    if read.answer == NOT_APPLICABLE:
        return "", ("unread-grade", _NOT_HERE)
    if not read.answer:
        return "", ("unread-grade", read.reason) if read.reason else ("no-grade", "")
    return read.answer, None
