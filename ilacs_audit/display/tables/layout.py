"""Columns whose heading says what every row would repeat, and columns left out where they say nothing."""

from collections.abc import Callable
from dataclasses import replace

from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable

RANGE = "Likely range"
THEN, NOW, POINTS_COLUMN = "Then", "Now", "Change, in points"
NOT_SHOWN = "not shown"


def shared(table: PageTable) -> PageTable:
    """Put a small line that every cell of a column repeats into its heading; the month of a round is the heading.

    The column of earlier counts is left out where none of them may be shown.
    """
    told = _without(table, lambda column, cells: column.title == THEN and {each.text for each in cells} == {NOT_SHOWN})
    for place, column in enumerate(told.columns[1:]):
        filled = [{*cell.small} for cell in _cells(told, place) if cell.small or column.title not in (THEN, NOW)]
        same = set.intersection(*filled) if filled and column.kind != "verdict" else set()
        if same and (len(filled) > 1 or column.title in (THEN, NOW)):
            columns = tuple(_told(each, *sorted(same)) if each is column else each for each in told.columns)
            told = replace(told, columns=columns, lines=tuple(_bare(line, place, same) for line in told.lines))
    return told


def without_chart(table: PageTable) -> PageTable:
    """The table without the columns of its drawing, where no row has one to draw."""
    return _without(table, lambda column, cells: column.kind == "chart" or column.title == POINTS_COLUMN)


def without_range(table: PageTable) -> PageTable:
    """The table without its column of ranges, where every file was read and there is none."""
    return _without(table, lambda column, cells: column.title == RANGE)


def _without(table: PageTable, left_out: Callable[[Column, list[Cell]], bool]) -> PageTable:
    kept = [place for place, column in enumerate(table.columns[1:]) if not left_out(column, _cells(table, place))]
    columns = (table.columns[0], *(table.columns[place + 1] for place in kept))
    lines = tuple(replace(line, cells=tuple(line.cells[place] for place in kept)) for line in table.lines)
    return replace(table, columns=columns, lines=lines)


def _told(column: Column, *small: str) -> Column:
    if column.title in (THEN, NOW):
        return replace(column, title=f"Read in {small[0]}")  # the month of the round, not of the practice
    return replace(column, title=column.title + "".join(f"{'' if it.startswith('of ') else ','} {it}" for it in small))


def _bare(line: Line, place: int, said: set[str]) -> Line:
    before, cell, after = line.cells[:place], line.cells[place], line.cells[place + 1 :]
    left = tuple(each for each in cell.small if each not in said)
    return replace(line, cells=(*before, replace(cell, small=left), *after))


def _cells(table: PageTable, place: int) -> list[Cell]:
    return [line.cells[place] for line in table.lines]
