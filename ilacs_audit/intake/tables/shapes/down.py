"""Questions down a sheet: one form about one child, or a column (or a group of tick columns) for each child.

The wordings of the standards say which column holds the questions; the cells beside them say which columns hold
answers. What stands above and below by its label belongs to the child, or to the child in that column.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ilacs_audit.intake.cells.footers import is_total
from ilacs_audit.intake.cells.grid import Cells
from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.shapes.choices import Group, groups, ticked
from ilacs_audit.intake.tables.shapes.laid import (
    INSIDE,
    Cell,
    Column,
    label_in,
    lines_of,
    parts,
    table_of_columns,
    unclear,
)
from ilacs_audit.intake.tables.shapes.words import Words, answers, comments, could_be_a_name

_HEADS = ("question", "answer")
_SHORT = 30
_SHEET_REFERENCE = re.compile(r"^[A-Za-z]{0,4}[- ]?\d{5,}$")


def questions_down(sheet: Sheet, words: Words) -> list[SheetTable]:
    """The tables of a sheet whose questions stand under one another; none where they do not.

    Raises ReturnsError where a column could be a child or something else.
    """
    known = {cell: words.standard(cell) for cell in set(sheet.cells.ravel().tolist()) if isinstance(cell, str)}
    found = [[known.get(cell, "") for cell in column] for column in sheet.cells.T.tolist()]
    best = max(range(len(found)), key=lambda place: len({each for each in found[place] if each}), default=None)
    if best is None or len({each for each in found[best] if each}) < 2:
        return []
    asked = {row: each for row, each in enumerate(found[best]) if each}
    forms = [
        _Form(sheet, sheet.cells, words, best, part, (top, end)) for top, end, part in parts(sheet.cells, words, asked)
    ]
    return [table for form in forms if (table := form.table()) is not None]


@dataclass(frozen=True)
class _Form:
    """One part of a sheet with each question once: where the questions stand, and the rows it takes up."""

    sheet: Sheet
    cells: Cells
    words: Words
    label: int
    asked: dict[int, str]
    span: tuple[int, int]

    def table(self) -> SheetTable | None:
        """A row for each child; None where the part is no return, such as a list of the standards."""
        known = {field for field, _, _ in self.labels}
        named = any(unit in known for unit in self.words.units)
        if not self.sources and not named and not (known - set(_HEADS) and self.header is not None):
            return None
        files = self._files()
        columns = [*self._references(named, files), *self._fields(), *self._questions()]
        titles = lines_of(self.sheet, until=min(self.asked))
        beside = range(self.label + 1, self.cells.shape[1])
        notes = ("left-out: column",) if self.many and any(is_total(written(self.over(n))) for n in beside) else ()
        return table_of_columns(self.sheet, columns, files=files, titles=titles, turned=self.many, notes=notes)

    @cached_property
    def header(self) -> int | None:
        """The row that heads the columns beside the questions: nearest above without a field's label in it."""
        above = range(self.span[0], min(self.asked))
        tagged = [row for row in above if self.words.field(self.cells[row, self.label]) in _HEADS]
        open_rows = [row for row in above if self._open(row)]
        asked = list(self.asked.values())
        ticks = [row for row in open_rows if sum(self.words.option(cell, asked) for cell in self.cells[row]) > 1]
        blank = [row for row in open_rows if not written(self.cells[row, self.label])]
        return next((rows[-1] for rows in (ticks, tagged, blank, open_rows) if rows), None)

    def _open(self, row: int) -> bool:
        cells = self.cells[row, self.label + 1 :]
        label = self.cells[row, self.label]
        free = self.words.field(label_in(label)) in ("", *_HEADS) and not any(
            self.words.field(label_in(cell)) in self.words.units for cell in self.cells[row]
        )
        last = row + 1 == min(self.asked) or not any(written(cell) for cell in self.cells[row + 1])
        single = bool(written(label)) and sum(bool(written(cell)) for cell in cells) == 1
        return free and any(written(cell) for cell in cells) and not (single and not last and not answers(cells[0]))

    def over(self, column: int) -> Any:
        return "" if self.header is None else self.cells[self.header, column]

    @cached_property
    def groups(self) -> list[Group]:
        """Groups of tick columns, each with the answers' words over them."""
        if self.header is None:
            return []
        asked, option = list(self.asked.values()), self.words.option
        heads = {n: text for n in range(self.label + 1, self.cells.shape[1]) if option(text := self.over(n), asked)}
        return groups(heads, self.cells[list(self.asked)])

    @cached_property
    def sources(self) -> list[Group]:
        """Each column, or group of tick columns, that holds one reader's answers on one child."""
        if self.groups:
            return self.groups
        beside = [n for n in range(self.label + 1, self.cells.shape[1]) if not is_total(written(self.over(n)))]
        told = [n for n in beside if self._answering(n)]
        if not told:
            told = [n for n in beside if self._headed_as_answers(n)][:1]
        elif len(told) > 1 or self.words.heads_a_child(self.over(told[0])):
            heads = [n for n in beside if self.words.heads_a_child(self.over(n))]
            told = sorted({*told, *(n for n in heads if not any(map(written, self.cells[[*self.asked], n])))})
        return [Group({n: ""}) for n in told]

    def _answering(self, column: int) -> bool:
        filled = [(cell, each) for row, each in self.asked.items() if written(cell := self.cells[row, column])]
        read = sum(bool(self.words.answer(cell, each, beside=_SHORT)) for cell, each in filled)
        return bool(filled) and 2 * read > len(filled) and not comments(self.over(column))

    def _headed_as_answers(self, column: int) -> bool:
        filled = [text for row in self.asked if (text := written(self.cells[row, column]))]
        return answers(self.over(column)) and all(len(text) <= _SHORT for text in filled)

    @property
    def many(self) -> bool:
        """Whether a file is a column of the sheet."""
        heads = self.words.heads_a_child(self.over(self.sources[0].first)) if len(self.sources) == 1 else ""
        return len(self.sources) > 1 or heads == "reference"

    @cached_property
    def labels(self) -> list[tuple[str, int, int]]:
        """Every known label that is no question, with its row and column."""
        width = self.sources[0].first if len(self.sources) > 1 else self.cells.shape[1]
        return [
            (name, row, column)
            for row in range(*self.span)
            if row not in self.asked and row != self.header
            for column in range(width)
            if (name := self.words.field(label_in(self.cells[row, column]))) and name not in _HEADS
        ]

    def _files(self) -> list[Cell]:
        if not self.many:
            unit = next(((row, n) for name, row, n in self.labels if name in self.words.units), None)
            empty = not self.sources and not (unit and written(self._value(*unit).value))
            row, column = unit or (min(self.asked), self.label)
            return [] if empty else [Cell("", row, column)]
        told = (row for name, row, _ in self.labels if name in self.words.units)
        place = next(told, min(self.asked) if self.header is None else self.header)
        return [Cell(self.cells[place, each.first], place, each.first) for each in self.sources]

    def _references(self, named: bool, files: Sequence[Cell]) -> list[Column]:
        """The column of references that the headers of a sheet with a column for each child give, or a sheet's name."""
        if not self.many:
            name = self.sheet.name
            alone = [Cell(name, each.row, each.column) for each in files] if _SHEET_REFERENCE.match(name) else []
            return [Column("Child reference", 0, alone)] if alone and not named else []
        heads = [Cell(self._head(each), self.header or 0, each.first) for each in self.sources]
        kinds = {self.words.heads_a_child(each.value) for each in heads}
        if named:
            return [Column("Child's name", heads[0].row, heads)] if kinds == {"name"} else []
        if kinds not in ({"reference"}, {"name"}):
            raise unclear(self.sheet, len(heads), kinds)
        name = "Worker" if "worker" in self.words.unit else "Child's name"
        return [Column("Child reference" if kinds == {"reference"} else name, heads[0].row, heads)]

    def _head(self, source: Group) -> Any:
        row = self.header
        if row is None:
            return ""
        return self.cells[row - 1, source.first] if self.groups and row else self.cells[row, source.first]

    def _fields(self) -> Iterator[Column]:
        told: set[tuple[str, str]] = set()
        for _, row, column in self.labels:
            header = label_in(written(self.cells[row, column]))
            cells = self._across(row, column) if self.many else [self._value(row, column)]
            if len(cells) > 1 or (header, written(cells[0].value)) not in told:
                yield Column(header, row, cells)
            told.add((header, written(cells[0].value)))
        yield from self._strangers()

    def _across(self, row: int, column: int) -> list[Cell]:
        """A label's value for each child; one that stands above the header is every child's."""
        cells = [Cell(self.cells[row, each.first], row, each.first) for each in self.sources]
        inside = INSIDE.match(written(self.cells[row, column]))
        lone = [each for each in cells if written(each.value)]
        if inside and not lone:
            return [each._replace(value=inside[2]) for each in cells]
        shared = self.header is not None and row < self.header and len(lone) == 1
        return [each._replace(value=lone[0].value) if shared else each for each in cells]

    def _value(self, row: int, column: int) -> Cell:
        """The value of a label: behind its colon, to its right, or below it where a row is nothing but labels."""
        if inside := INSIDE.match(written(self.cells[row, column])):
            return Cell(inside[2], row, column)
        right = [n for n in range(column + 1, self.cells.shape[1]) if written(self.cells[row, n])]
        if right and not self.words.field(label_in(self.cells[row, right[0]])):
            return Cell(self.cells[row, right[0]], row, right[0])
        if self._heads_values(row):
            return Cell(self.cells[row + 1, column], row + 1, column)
        return Cell("", row, column)

    def _heads_values(self, row: int) -> bool:
        """Whether a row holds labels only, with their values in the row below."""
        if row + 1 >= self.span[1] or row + 1 in self.asked or row + 1 == self.header:
            return False
        here = [cell for cell in self.cells[row] if written(cell)]
        below = [cell for cell in self.cells[row + 1] if written(cell)]
        labels = sum(bool(self.words.field(label_in(cell))) for cell in here)
        return labels > 1 and labels == len(here) and not any(self.words.field(label_in(cell)) for cell in below)

    def _strangers(self) -> Iterator[Column]:
        """Rows with a label that is not known; a label that could be a name is told by its row alone."""
        taken = {row for _, row, _ in self.labels}
        for row in range(*self.span):
            text = written(self.cells[row, self.label])
            if row in self.asked or row in taken or row == self.header or not text or is_total(text):
                continue
            places = [each.first for each in self.sources] if self.many else [self.label + 1]
            cells = [Cell(self.cells[row, n], row, n) for n in places if n < self.cells.shape[1]]
            if len(cells) == len(places) and any(written(each.value) for each in cells):
                yield Column(f"the label in row {row + 1}" if could_be_a_name(text) else text, row, cells)

    def _questions(self) -> Iterator[Column]:
        """Each question with its answers, and after it the comments beside it."""
        beside = self._commenting()
        for row in self.asked:
            told = [Cell(ticked(self.cells[row], each), row, each.first) for each in self.sources]
            yield Column(written(self.cells[row, self.label]), row, told or [Cell("", row, self.label)])
            for places in beside:
                yield Column("Evidence", row, [Cell(self.cells[row, n], row, n) for n in places])

    def _commenting(self) -> list[list[int]]:
        """The columns of comments: all of a form's, or one to the right of each child's answers."""
        taken = {n for each in self.sources for n in each.options}
        free = [n for n in range(self.label + 1, self.cells.shape[1]) if n not in taken and comments(self.over(n))]
        if len(self.sources) <= 1:
            return [[n] for n in free]
        next_to = [each.last + 1 for each in self.sources]
        return [next_to] if free == next_to else []
