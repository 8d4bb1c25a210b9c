"""Columns whose heading says what every row would repeat, and columns left out where they say nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable

RANGE = "Likely range"
THEN, NOW, POINTS_COLUMN = "Then", "Now", "Change, in points"
NOT_SHOWN = "not shown"


def dated(table: PageTable) -> PageTable:
    """Put the month of each round into the heading of its column, where it is one and the same in all rows.

    The column of earlier counts is left out where none of them may be shown.
    """
    told = _without(table, lambda column, cells: column.title == THEN and {each.text for each in cells} == {NOT_SHOWN})
    return _headed(_headed(told, THEN), NOW)


def shared(table: PageTable) -> PageTable:
    """Put a small line that every cell of a column repeats into its heading."""
    if len(table.lines) < 2:
        return table
    for place, column in enumerate(table.columns[1:]):
        cells = _cells(table, place)
        same = (
            []
            if column.kind == "verdict"
            else [each for each in cells[0].small if all(each in it.small for it in cells)]
        )
        if same:
            title = "".join((column.title, *(f" {each}" if each.startswith("of ") else f", {each}" for each in same)))
            columns = tuple(replace(each, title=title) if each is column else each for each in table.columns)
            table = replace(table, columns=columns, lines=tuple(_bare(line, place, same) for line in table.lines))
    return table


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


def _headed(table: PageTable, title: str) -> PageTable:
    place = next((place for place, column in enumerate(table.columns[1:]) if column.title == title), None)
    months = {each.small for each in _cells(table, place) if each.small} if place is not None else set()
    if place is None or len(months) != 1:
        return table
    ((month,),) = months
    columns = tuple(replace(each, title=month) if each.title == title else each for each in table.columns)
    return replace(table, columns=columns, lines=tuple(_bare(line, place, (month,)) for line in table.lines))


def _bare(line: Line, place: int, said: Sequence[str]) -> Line:
    before, cell, after = line.cells[:place], line.cells[place], line.cells[place + 1 :]
    left = tuple(each for each in cell.small if each not in said)
    return replace(line, cells=(*before, replace(cell, small=left), *after))


def _cells(table: PageTable, place: int) -> list[Cell]:
    return [line.cells[place] for line in table.lines]
