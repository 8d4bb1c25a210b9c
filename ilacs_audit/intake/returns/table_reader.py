"""One table with its columns and setting, read cell by cell but thought about value by value."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import NOT_APPLICABLE, Scale
from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.cells.values import SPOILT
from ilacs_audit.intake.identity.freetext import IdentifierFinder
from ilacs_audit.intake.identity.people import beside, name_parts, person
from ilacs_audit.intake.problems import Problem, problem, shown
from ilacs_audit.intake.returns.whole_columns import WholeColumns, unit_field
from ilacs_audit.intake.tables.columns import ColumnMap
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.questions import Columns, Question

NA = 0
BLANK, REFUSED = -1, -2
COMMENT_COLUMNS = ("entry", "question", "text", "raw", "header")
Codes = npt.NDArray[np.int16]
T = TypeVar("T")


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
    headers: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    qualified: int = 0

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
