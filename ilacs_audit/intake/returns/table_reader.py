"""One table with its columns and setting, read cell by cell but thought about value by value."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import NOT_APPLICABLE, Scale
from ilacs_audit.intake.cells.days import DayRead, DaysRead, read_days
from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.cells.values import SPOILT
from ilacs_audit.intake.identity.freetext import IdentifierFinder
from ilacs_audit.intake.identity.people import beside, name_parts, person
from ilacs_audit.intake.identity.references import ReferenceRead, read_references
from ilacs_audit.intake.problems import Problem, problem, shown
from ilacs_audit.intake.tables.columns import ColumnMap
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.open_files import OpenedFile
from ilacs_audit.intake.tables.questions import Columns, Question
from ilacs_audit.intake.tables.usual import UNITS, unit_fields

NA = 0
BLANK, REFUSED = -1, -2
COMMENT_COLUMNS = ("entry", "question", "text", "raw", "header")
Codes = npt.NDArray[np.int16]
T = TypeVar("T")
DATED_BY = ("audited_on", "completed_on", "received_on")


class WholeColumns(NamedTuple):
    """What the cells of one file's references stand for, and by field those of its dates.

    Only a whole column tells, over all files of an audit: how long references are, and how dates are turned.
    """

    references: Mapping[Any, ReferenceRead]
    days: Mapping[str, Mapping[Any, DayRead]]


def by_audit(opened: list[OpenedFile]) -> dict[str, list[OpenedFile]]:
    """The files of each audit."""
    found: dict[str, list[OpenedFile]] = {}
    for file in opened:
        found.setdefault(file.source.audit_id, []).append(file)
    return found


def unit_field(columns: Columns, unit: str) -> tuple[str, str]:
    """The field that names what was audited, and its kind of pseudonym."""
    found = next((name for name in (*unit_fields(unit), *UNITS) if name in columns.fields), "child_ref")
    return found, {"worker": "person", "request_ref": "request"}.get(found, "child")


def references_in(files: list[OpenedFile]) -> set[Any]:
    """The cells that hold the references of an audit; none where names tell its files apart."""
    found: set[Any] = {""}
    for file in files:
        for table, columns in file.tables:
            name = unit_field(columns, file.unit)[0]
            found.update(_cells(table, columns, name) if name.endswith("_ref") else ())
    return found


def dated_by(columns: Columns) -> str:
    """The field that dates an audit, "" where there is none."""
    return next((name for name in DATED_BY if name in columns.fields), "")


def whole_columns(files: list[OpenedFile], *, known: Collection[str]) -> tuple[dict[str, WholeColumns], list[Problem]]:
    """The columns of one audit by file, and a word where dates could be turned; `known` are references in full."""
    references = read_references(references_in(files), known=known)
    days: dict[str, dict[str, DaysRead]] = {file.source.name: {} for file in files}
    problems: list[Problem] = []
    for field in (*DATED_BY, "moderated_on", "week_commencing"):
        with_it = {file.source.name: (file, set(_dates(file, field))) for file in files}
        orders = {read_days(cells).order for _, cells in with_it.values()} - {""}
        usual = orders.pop() if len(orders) == 1 else ""
        for name, (file, cells) in with_it.items():
            since_1904 = any(sheet.facts.since_1904 for sheet in file.sheets)
            audit = file.source.audit
            within = (min(audit.on, audit.period.first), max(audit.until, audit.period.last)) if audit else None
            days[name][field] = read_days(("", *cells), within=within, usual=usual, since_1904=since_1904)
        problems += _told(files, field, days)
    read = {name: {field: each.read for field, each in found.items()} for name, found in days.items()}
    return {name: WholeColumns(references, found) for name, found in read.items()}, problems


def _cells(table: SheetTable, columns: Columns, name: str) -> list[Any]:
    return table.column(columns.fields[name]) if name in columns.fields else []


def _dates(file: OpenedFile, field: str) -> Iterator[Any]:
    for table, columns in file.tables:
        if field not in DATED_BY or field == dated_by(columns):
            yield from _cells(table, columns, field)


def _told(files: list[OpenedFile], field: str, days: Mapping[str, Mapping[str, DaysRead]]) -> Iterator[Problem]:
    """One word an audit for each way in which the dates of a field could be turned."""
    said: set[str] = set()
    for file in files:
        case = days[file.source.name][field].case
        if case and case not in said:
            table, columns = next(each for each in file.tables if field in each[1].fields)
            told = problem(case, audit_id=file.source.audit_id, file=file.source.name, sheet=table.sheet.name)
            yield told._replace(column=table.headers[columns.fields[field]])
        said.add(case)


@dataclass(frozen=True)
class Setting:
    """What is known about a file before its rows are read."""

    file: str
    audit_id: str
    audit: Audit | None
    unit: str
    grade: Scale
    columns: ColumnMap
    key: bytes
    people: Mapping[str, str]
    finder: IdentifierFinder
    whole: WholeColumns


@dataclass
class ReturnPart:
    """The entries of one table and one role, with a grid of answer codes: a row for each entry.

    `qualified` is how many answers have words behind them that were not read.
    """

    entries: pd.DataFrame
    codes: Codes
    questions: tuple[Question, ...]
    comments: pd.DataFrame
    headers: Mapping[str, str]
    problems: list[Problem]
    qualified: int

    @property
    def words(self) -> tuple[str, ...]:
        """The answer of each code."""
        return vocabulary(self.questions)


def vocabulary(questions: Sequence[Question]) -> tuple[str, ...]:
    """Every answer to these questions, the same whatever their order; the place of an answer is its code."""
    return (NOT_APPLICABLE, *sorted({level for question in questions for level in question.scale.levels}))


class TableReader(NamedTuple):
    """A table, what its columns stand for, and what is known of its file."""

    table: SheetTable
    columns: Columns
    setting: Setting

    @property
    def unit(self) -> tuple[str, str]:
        """The field that names what was audited, and its kind of pseudonym."""
        return unit_field(self.columns, self.setting.unit)

    def cells(self, name: str) -> list[Any]:
        """The body cells of a field; blanks where the table has no such column, and where a spreadsheet's error is."""
        return _said(self.columns.cells(self.table, name))

    def read(self, name: str, how: Callable[[Any], T]) -> list[T]:
        """A field read by a function that sees each distinct cell once."""
        return each(self.cells(name), how)

    def header(self, name: str) -> str:
        """The header of a field's column, "" where the table has none."""
        place = self.columns.fields.get(name)
        return "" if place is None else self.table.headers[place]

    def problem(self, case: str, place: int, column: str, value: Any, **words: Any) -> Problem:
        """A problem with one body row; the cell's value stays in the private column."""
        row, column = self.table.spot(place, column)
        return self.sheet_problem(case, **words)._replace(row=row, column=column, value=shown(value))

    def sheet_problem(self, case: str, **words: Any) -> Problem:
        """A problem with the sheet."""
        setting = self.setting
        return problem(case, audit_id=setting.audit_id, file=setting.file, sheet=self.table.sheet.name, **words)

    def comments(self, problems: list[Problem]) -> pd.DataFrame:
        """Every comment under `COMMENT_COLUMNS`: `raw` as it was written, in `text` with identifiers hidden.

        Each is a problem too, for a person to decide.
        """
        found: list[tuple[int, str, str, str, str]] = []
        finder, own = self.setting.finder, self.read("child_name", _own_names)
        for comment in self.columns.comments:
            for entry, cell in enumerate(_said(self.table.column(comment.place))):
                text = written(cell)
                hits = finder.hits(text, own=own[entry]) if len(text) > 1 else []
                if hits:
                    kinds = ", ".join(sorted({hit.kind for hit in hits}))
                    problems.append(self.problem("free-text-identifier", entry, comment.header, text, kinds=kinds))
                if len(text) > 1:
                    masked = finder.masked(text, own=own[entry]) if hits else text
                    found.append((entry, comment.question, masked, text, comment.header))
        return pd.DataFrame(found, columns=list(COMMENT_COLUMNS))


def _own_names(child: Any) -> frozenset[str]:
    return frozenset(name_parts(" ".join((person(child), *beside(child, brackets=True)))))


def _said(cells: list[Any]) -> list[Any]:
    """The cells; a spreadsheet's error and an unsaved formula say nothing, so they are blank."""
    return cells if SPOILT.isdisjoint(cells) else ["" if cell in SPOILT else cell for cell in cells]


def each(cells: Sequence[Any], how: Callable[[Any], T]) -> list[T]:
    """Every cell read by a function that is called once for each distinct cell."""
    known: dict[Hashable, T] = {cell: how(cell) for cell in set(cells)}
    return list(map(known.__getitem__, cells))
