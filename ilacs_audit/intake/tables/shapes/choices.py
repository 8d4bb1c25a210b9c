"""A cell that lists the standards that are met: each becomes a column of its own, ticked or not."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import Standard
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.shapes.words import Words

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
