"""Which layout a sheet has: the one reading that explains it, or a refusal that names both."""

from collections.abc import Mapping

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.tables.columns import Recogniser
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
    across = [one_answer(spread(table, words), words) for table in blocks(sheet, words)]
    fields = [words.fields(table.headers) for table in across]
    lists_answers = any({QUESTION, ANSWER} <= set(each) and {*words.units, "worker"} & set(each) for each in fields)
    down = [] if lists_answers else questions_down(sheet, words)
    if not down:
        return [_wide(table, places) for table, places in zip(across, fields, strict=True)]
    asking = [table for table in across if len({words.standard(text) for text in table.headers} - {""}) > 1]
    if any(_answered(table, words) for table in asking) and any(_answered(table, words) for table in down):
        raise ReturnsError(
            f"The standards stand both across the sheet '{sheet.name}' and down it. A row could be a child "
            "and a column a question, or the other way round.",
            fix="Leave the standards in one place only: in the header with a row for each child, or down the side.",
        )
    return asking if any(_answered(table, words) for table in asking) else down


def _answered(table: SheetTable, words: Words) -> bool:
    asked = [(place, each) for place, text in enumerate(table.headers) if (each := words.standard(text))]
    return any(words.answer(cell, each, beside=_NOTE) for place, each in asked for cell in table.distinct(place)[1])


def _wide(table: SheetTable, places: Mapping[str, int]) -> SheetTable:
    listed = {QUESTION, ANSWER} <= set(places) and table.body.size and len(places) > 2
    return widened(table, places) if listed else table
