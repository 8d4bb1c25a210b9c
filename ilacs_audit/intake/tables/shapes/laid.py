"""A form's labels, values and parts, and a table laid out anew of cells that remember where they stood."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.grid import Cells
from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.files.workbook import Sheet, letter
from ilacs_audit.intake.tables.layout import SheetTable, laid_out
from ilacs_audit.intake.tables.shapes.words import Words

INSIDE = re.compile(r"^([^:]{2,40}):\s*(\S.*)$", re.DOTALL)


class Cell(NamedTuple):
    """A value and where it stood, counted from 0."""

    value: Any
    row: int
    column: int


class Column(NamedTuple):
    """One column of the new table: its header, the row the header stood in, and a cell for each file."""

    header: str
    row: int
    cells: Sequence[Cell]


def table_of_columns(
    sheet: Sheet, columns: Sequence[Column], *, files: Sequence[Cell], titles: Sequence[str], turned: bool, **more: Any
) -> SheetTable:
    """The canonical table. `files` says where each file stands; `turned` where a file is a column of the sheet."""
    rows = [[column.cells[number].value for column in columns] for number in range(len(files))]
    pairs = [(number, column) for column in reversed(columns) for number in range(len(files))]
    return laid_out(
        sheet,
        [each.header for each in columns],
        rows,
        header_row=min((each.row for each in columns), default=0),
        stood=[file.row + 1 for file in files],
        spots={(number, column.header): column.cells[number].row + 1 for number, column in pairs},
        letters=tuple(f"column {letter(file.column + 1)}" for file in files) if turned else (),
        preamble=tuple(titles),
        **more,
    )


def lines_of(sheet: Sheet, *, until: int) -> list[str]:
    """The texts that stand alone in their rows above a table: its titles."""
    found = ([written(cell) for cell in row if written(cell)] for row in sheet.cells[:until].tolist())
    return [texts[0] for texts in found if len(texts) == 1]


def parts(cells: Cells, words: Words, asked: dict[int, str]) -> Iterator[tuple[int, int, dict[int, str]]]:
    """One part for each form under one another: a form starts where the first label stands again."""
    if len(set(asked.values())) == len(asked):
        yield 0, len(cells), asked
        return
    labels = [(row, words.field(label_in(cell))) for row, line in enumerate(cells.tolist()) for cell in line]
    unit = next((name for _, name in labels if name in words.units), "")
    starts = sorted({row for row, name in labels if name and name == unit})
    for top, end in zip(starts, [*starts[1:], len(cells)], strict=True) if starts else ():
        part = {row: each for row, each in asked.items() if top <= row < end}
        if not part or len(set(part.values())) < len(part):
            return
        yield top, end, part


def label_in(cell: Any) -> str:
    """A label without the value that stands behind its colon."""
    text = cell if isinstance(cell, str) else ""
    inside = INSIDE.match(text)
    return inside[1] if inside else text


def unclear(sheet: Sheet, number: int, kinds: set[str]) -> ReturnsError:
    """The refusal of a sheet whose columns could be children or something else: no header is shown."""
    days = " Their headers are dates: a reference that Excel turned into one is lost." if "day" in kinds else ""
    return ReturnsError(
        f"The questions stand down the sheet '{sheet.name}', with {number} columns of answers beside them, and no row "
        "or header gives each column a reference. The columns could be children, or teams or readers of one "
        f"child.{days}",
        fix="Add a row 'Case ref' with the reference over each child's answers, or send a row for each child.",
    )
