"""Whether cells are answers, and on which scale: for a column, and for a row that a question stands beside."""

import re
from collections.abc import Sequence
from typing import Any

from ilacs_audit.domain.standards import SCALES, Scale
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import read_answer, spelling, spellings
from ilacs_audit.intake.tables.columns import ColumnMap
from ilacs_audit.publishing.first.own_scales import asks, own_scale, read_on

_ANSWERED, _SOME = 0.6, 0.25  # a header that asks needs fewer to be a question
_TO_TEN = re.compile(r"\b(?:1|one)\s*(?:-|–|to|/)\s*(?:10|ten)\b|\bout of 10\b", re.IGNORECASE)


def scale_of(header: str, cells: Sequence[Any], columns: ColumnMap) -> str:
    """The scale that most cells answer on, "" where they are not answers.

    Marks are taken for answers only where the header asks or says their span: counts look the same.

    >>> scale_of("Is it met?", ["Met", "Not met", "N/A"], ColumnMap()), scale_of("Children", [3, 4], ColumnMap())
    ('met', '')
    """
    if any(level(header, scale) for scale in SCALES.values()):
        return ""  # a column of ticks is headed by an answer
    if {"p", "f"} <= {spelling(cell) for cell in cells}:
        return ""  # pass and fail, and P would be read as partly
    told = {scale.id: _answered(cells, scale, columns) for scale in SCALES.values() if scale.id != "scaling"}
    if _TO_TEN.search(header):
        told["scaling"] = _answered(cells, SCALES["scaling"], columns)
    best = max(told, key=lambda name: (told[name], name == "yes_no"))  # TRUE and FALSE are yes and no
    own = own_scale(header, cells)
    if own and read_on(own, cells) > told[best][0]:
        return own
    least = (_SOME if asks(header) else _ANSWERED) * len(cells)
    return best if cells and told[best][0] >= least and told[best][2] else ""


def _answered(cells: Sequence[Any], scale: Scale, columns: ColumnMap) -> tuple[int, int, int]:
    """How many cells are read on a scale, how many of them in its own words, and how many are on its levels."""
    known = spellings(scale, columns.answers)
    # "Yes - but not recorded" is no answer, and its column asks all the same.
    read = [read_answer(cell, scale, known).answer or known.get(spelling(_head(cell)), "") for cell in cells]
    own = sum(fold(_head(cell)) in scale.levels for cell in cells)
    return sum(map(bool, read)), own, sum(answer in scale.levels for answer in read)


def _head(cell: Any) -> str:
    return re.split(r"\s+[-–—]\s+|[:;,(]", written(cell), maxsplit=1)[0]


def level(text: str, scale: Scale) -> str:
    """The level of a scale that a text is the word for, "" where it is none or a number."""
    told = text and not text[:1].isdigit() and not asks(text)
    return read_answer(text, scale, spellings(scale, {})).answer if told else ""
