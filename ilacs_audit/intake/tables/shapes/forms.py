"""Where one form ends and the next begins, and what a label says apart from the value behind its colon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ilacs_audit.intake.cells.grid import Cells
from ilacs_audit.intake.tables.shapes.words import Words

INSIDE = re.compile(r"^([^:]{2,40}):\s*(\S.*)$", re.DOTALL)


def parts(cells: Cells, words: Words, label: int, asked: dict[int, str]) -> Iterator[tuple[int, int, dict[int, str]]]:
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
