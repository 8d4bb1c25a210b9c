"""Tick columns: an answer is the word over the column in which somebody made a mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.shapes.words import Words, mark


class Group(NamedTuple):
    """The columns that hold one answer, each with the word over it; "" where the cell itself is the answer."""

    options: Mapping[int, str]

    @property
    def first(self) -> int:
        """The leftmost column."""
        return min(self.options)

    @property
    def last(self) -> int:
        """The rightmost column."""
        return max(self.options)


def groups(heads: Mapping[int, Any], rows: npt.NDArray[np.object_]) -> list[Group]:
    """Neighbouring columns under different options, whose cells are marks; none where the cells are counts.

    Raises ReturnsError where ticks and crosses are mixed: a cross could be a tick or its opposite.
    """
    found: list[dict[int, str]] = []
    for place, head in heads.items():
        text = written(head)
        again = bool(found) and fold(text) in map(fold, found[-1].values())
        if not found or place - 1 not in found[-1] or again:
            found.append({})
        found[-1][place] = text
    several = [Group(each) for each in found if len(each) > 1]
    cells = [rows[:, place].tolist() for each in several for place in each.options]
    if any(isinstance(cell, int | float) and cell not in (0, 1) for column in cells for cell in column):
        return []
    marks = {mark(cell) for column in cells for cell in column}
    if {"tick", "cross"} <= marks:
        raise ReturnsError(
            "Ticks and crosses both stand in the columns of answers. A cross could mean that the answer applies, "
            "or that it does not.",
            fix="Use one mark only, and leave the other columns empty.",
        )
    return several


def ticked(row: npt.NDArray[np.object_], group: Group) -> Any:
    """The answer that is marked in a row; every marked one where there are several, so that none is chosen."""
    if len(group.options) == 1:
        return row[group.first]
    said = [_said(row[place], head) for place, head in group.options.items()]
    return " / ".join(each for each in said if each)


def one_answer(table: SheetTable, words: Words) -> SheetTable:
    """A table with a row a question and a column for each answer, as one with a column "Answer"; else as it was."""
    asked = list(words.recogniser.standards)
    heads = {n: text for n, text in enumerate(table.headers) if any(words.answer(text, each) for each in asked)}
    found = groups(heads, table.sheet.cells[table.body]) if heads else []
    if len(found) != 1:
        return table
    cells, headers = table.sheet.cells.copy(), list(table.headers)
    said = [ticked(row, found[0]) for row in cells[table.body]]
    for place in found[0].options:
        cells[:, place], headers[place] = "", ""
    cells[table.body, found[0].first], headers[found[0].first] = said, "Answer"
    return replace(table, sheet=replace(table.sheet, cells=cells), headers=tuple(headers))


def _said(cell: Any, head: str) -> str:
    """The option where its cell is marked; else whatever stands there, which no answer reads as."""
    kind = mark(cell)
    if not kind:
        return ""
    text = written(cell)
    own = kind == "cross" or fold(text) == fold(head) or (text.casefold() not in ("yes", "y") and kind == "tick")
    return head if own or (text.casefold() == "y" and head.casefold().startswith("y")) else f"{head}: {text}"
