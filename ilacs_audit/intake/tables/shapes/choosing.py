"""Which layout a sheet has: the one reading that explains it, or a refusal that names both."""

from __future__ import annotations

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.tables.columns import Recogniser, Target
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.long import ANSWER, QUESTION, widened
from ilacs_audit.intake.tables.shapes.blocks import blocks
from ilacs_audit.intake.tables.shapes.choices import one_answer, spread
from ilacs_audit.intake.tables.shapes.down import questions_down
from ilacs_audit.intake.tables.shapes.words import Words

_NOTE = 30


def tables_of(sheet: Sheet, recogniser: Recogniser, *, unit: str = "file") -> list[SheetTable]:
    """The tables of a sheet, each with a row for each file; `unit` is what one file is about.

    Raises ReturnsError where the sheet can be read in two ways.
    """
    words = Words(recogniser, unit)
    across = [_answering(spread(table, words), recogniser, words) for table in blocks(sheet, words)]
    listed = [table for table in across if _lists_answers(table, recogniser, words)]
    if listed:
        return [_wide(table, recogniser) for table in across]
    asking = [table for table in across if _most_asked(table, words) > 1]
    down = questions_down(sheet, words)
    if not down:
        return [_wide(table, recogniser) for table in across]
    if any(_answered(table, words) for table in asking) and any(_answered(table, words) for table in down):
        raise ReturnsError(
            f"The standards stand both across the sheet '{sheet.name}' and down it. A row could be a child "
            "and a column a question, or the other way round.",
            fix="Leave the standards in one place only: in the header with a row for each child, or down the side.",
        )
    return asking if any(_answered(table, words) for table in asking) else down


def _most_asked(table: SheetTable, words: Words) -> int:
    return len({words.standard(text) for text in table.headers} - {""})


def _answered(table: SheetTable, words: Words) -> bool:
    """Whether a cell under a standard is an answer to it."""
    asked = [(place, each) for place, text in enumerate(table.headers) if (each := words.standard(text))]
    return any(words.answer(cell, each, beside=_NOTE) for place, each in asked for cell in table.distinct(place)[1])


def _places(table: SheetTable, recogniser: Recogniser) -> dict[str, int]:
    targets = recogniser.targets(table.headers)
    return {each.name: n for n, each in enumerate(targets) if isinstance(each, Target) and each.kind == "field"}


def _answering(table: SheetTable, recogniser: Recogniser, words: Words) -> SheetTable:
    fields = _places(table, recogniser)
    return one_answer(table, words) if QUESTION in fields and ANSWER not in fields else table


def _lists_answers(table: SheetTable, recogniser: Recogniser, words: Words) -> bool:
    """Whether a row is one answer about the file that the row names."""
    fields = _places(table, recogniser)
    return QUESTION in fields and ANSWER in fields and any(each in fields for each in (*words.units, "worker"))


def _wide(table: SheetTable, recogniser: Recogniser) -> SheetTable:
    """The table, one with a row an answer laid out wide."""
    place = _places(table, recogniser)
    if QUESTION not in place or ANSWER not in place or not table.body.size or len(place) < 3:
        return table
    return widened(table, place)
