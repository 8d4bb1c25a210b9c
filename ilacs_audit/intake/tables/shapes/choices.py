"""A cell that lists the standards that are met: each becomes a column of its own, ticked or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import Standard
from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.shapes.words import Words

_BETWEEN = re.compile(r"[;\n]")
_TICKED = ("yes_no", "met")


def spread(table: SheetTable, words: Words) -> SheetTable:
    """The table with a column for each standard of a list to be ticked; as it was where it has none.

    What is ticked is met and what is not is not met; a cell without a tick is blank. Raises ReturnsError where a list
    holds what is no standard of the audit, or standards that are more than met or not met.
    """
    for place, header in enumerate(table.headers):
        lists = [list(_parts(cell)) for cell in table.column(place)]
        known = [{words.standard(part) for part in parts} for parts in lists]
        asked = [each for each in words.recogniser.standards.values() if any(each.id in found for found in known)]
        listed = any(len(found - {""}) > 1 for found in known)  # one wording a row is a question, not a list
        if not listed or words.target(header):
            continue
        if any("" in found for found in known) or any(each.scale.id not in _TICKED for each in asked):
            raise ReturnsError(
                f"Several standards stand in one cell of sheet '{table.sheet.name}', as in a list to be ticked, and "
                "some of what stands there is no standard of the audit, or has more answers than met or not met.",
                fix="Ask for a column for each standard, or name the options with the standards' own wordings.",
            )
        return _spread(table, place, known, list(words.recogniser.standards.values()))
    return table


def _parts(cell: object) -> Iterator[str]:
    text = cell if isinstance(cell, str) else ""
    return (part for each in _BETWEEN.split(text) if (part := written(each)))


def _spread(table: SheetTable, place: int, known: list[set[str]], asked: list[Standard]) -> SheetTable:
    cells = np.full((len(table.sheet.cells), len(asked)), "", dtype=object)
    for number, standard in enumerate(asked):
        said = (standard.scale.levels[0], standard.scale.levels[-1])
        cells[table.body, number] = ["" if not found else said[standard.id not in found] for found in known]
    sheet = replace(table.sheet, cells=np.hstack([table.sheet.cells, cells]))
    headers = [*table.headers, *(standard.id for standard in asked)]
    headers[place] = ""
    return replace(table, sheet=sheet, headers=tuple(headers), notes=("ticked-list",))
