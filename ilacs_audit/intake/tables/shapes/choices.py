"""What is ticked: a cell that lists the standards that are met, or columns whose word is the answer that is marked."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import Standard
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.long import ANSWER, QUESTION
from ilacs_audit.intake.tables.shapes.words import Words, mark

_BETWEEN = re.compile(r"[;\n]")
_TICKED = ("yes_no", "met")
_MET = re.compile(
    r"\b(?:met|meets?|yes|achieved|evidenced?|evident|in place|complian\w+|satisfied|present|passed)\b", re.I
)
_UNMET = re.compile(
    r"\b(?:not?|non|never|without|partly|partial\w*|missing|lack\w*|concerns?|gaps?|fail\w*|weak\w*|improve\w*|absent"
    r"|un(?:met|evidenced|satisfied))\b|n[’']t\b",
    re.I,
)


def spread(table: SheetTable, words: Words) -> SheetTable:
    """The table with a column for each standard of a list to be ticked; as it was where it has none.

    What is ticked is met and what is not is not met; a cell without a tick is blank. Raises ReturnsError where a list
    holds what is no standard of the audit, or standards that are more than met or not met, and where its header does
    not say that what is ticked is met.
    """
    listed = {place: known for place, header in enumerate(table.headers) if (known := _listed(table, place, words))}
    if not listed:
        return table
    place, known = next(iter(listed.items()))
    asked = [each for each in words.recogniser.standards.values() if any(each.id in found for found in known)]
    layout = f"Several standards stand in one cell of sheet '{table.sheet.name}', as in a list to be ticked, and "
    if any("" in found for found in known) or any(each.scale.id not in _TICKED for each in asked):
        raise ReturnsError(
            f"{layout}some of what stands there is no standard of the audit, or has more answers than met or not met.",
            fix="Ask for a column for each standard, or name the options with the standards' own wordings.",
        )
    header = table.headers[place]
    if len(listed) > 1 or _UNMET.search(header) or not _MET.search(header):
        raise ReturnsError(
            f"{layout}what is ticked there could be what is met, or what is not met.",
            fix="Ask for a column for each standard; or keep one list only, of what is met, under 'Standards met'.",
        )
    return _spread(table, place, known, list(words.recogniser.standards.values()))


def _listed(table: SheetTable, place: int, words: Words) -> list[set[str]]:
    """The standards that each cell of a column lists; nothing where no cell has two: one a row is a question."""
    if words.target(table.headers[place]):
        return []
    cells = table.column(place)
    told = {cell: _found(cell, words) for cell in set(cells)}
    return [told[cell] for cell in cells] if any(len(found - {""}) > 1 for found in told.values()) else []


def _found(cell: object, words: Words) -> set[str]:
    """The standards that a cell lists, "" among them where it holds something else; commas may part them too."""
    text = cell if isinstance(cell, str) else ""
    found = {words.standard(part) for each in _BETWEEN.split(text) if (part := written(each))}
    if "" not in found or "," not in text:
        return found
    left, among = f" {fold(text)} ", set[str]()
    wordings = [(fold(each), one.id) for one in words.recogniser.standards.values() for each in (one.id, one.text)]
    for wording, standard in sorted(wordings, key=lambda each: len(each[0]), reverse=True):
        if f" {wording} " in left:
            left, among = left.replace(f" {wording} ", " "), among | {standard}
    return among if not left.strip() else found


def _spread(table: SheetTable, place: int, known: list[set[str]], asked: list[Standard]) -> SheetTable:
    cells = np.full((len(table.sheet.cells), len(asked)), "", dtype=object)
    for number, standard in enumerate(asked):
        said = (standard.scale.levels[0], standard.scale.levels[-1])
        cells[table.body, number] = ["" if not found else said[standard.id not in found] for found in known]
    sheet = replace(table.sheet, cells=np.hstack([table.sheet.cells, cells]))
    headers = [*table.headers, *(standard.id for standard in asked)]
    headers[place] = ""
    return replace(table, sheet=sheet, headers=tuple(headers), notes=("ticked-list",))


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
    fields = words.fields(table.headers)
    if QUESTION not in fields or ANSWER in fields:
        return table
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
