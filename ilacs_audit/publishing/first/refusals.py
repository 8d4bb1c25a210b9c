"""Why workbooks that nobody has described cannot be one audit, and what to do."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ilacs_audit.claims.words import counted
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.tables.columns import Recogniser
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.publishing.first.meanings import over_people


def refuse_strangers(
    books: Mapping[Path, Sequence[Sheet]], found: Sequence[SheetTable], alike: Sequence[SheetTable]
) -> None:
    """Refuse workbooks that hold a table and none of the form that the others hold."""
    filled, ours = ({id(each.sheet.facts) for each in tables if each.body.size} for tables in (found, alike))
    told = [
        path.name
        for path, book in books.items()
        if (held := {id(each.facts) for each in book}) & filled and not held & ours
    ]
    if told:
        raise ReturnsError(
            "It does not hold the form that the other workbooks hold.",
            where=", ".join(told),
            fix="Leave it out; a return of another form is an audit of its own (ilacs-audit new, with it alone).",
        )


def nothing_seen(found: Sequence[SheetTable], recogniser: Recogniser, sheets: Sequence[Sheet]) -> tuple[str, str]:
    """Why no answers were seen, and what to do."""
    filled = [sheet for sheet in sheets if (sheet.cells != "").any()]
    if not filled:
        return "There is nothing in the workbook.", "Send the filled return."
    if not any(sheet.visible for sheet in filled):
        return (
            "Every filled sheet of the workbook is hidden.",
            "Show the sheet that holds the return, and save it again.",
        )
    if any(table.body.size and over_people(table, recogniser) for table in found):
        return (
            "The sheet seems to have a column for each child or worker, with the questions down the side; or its "
            "questions are written like names. Until the questions are known these cannot be told apart.",
            "Turn the sheet (copy, then paste special, transpose), so that each file has a row.",
        )
    if found and not any(table.body.size for table in found):
        what = "The return is empty: it has its headers, and nothing under them."
        return what, "Send the filled return: what is asked cannot be told from headers alone."
    return (
        "No column of answers was seen: a header with words of one scale under it, such as yes, partly and no, or "
        f"green, amber and red; or marks of one scale under a question.{_asking_otherwise(found)}",
        "Give each question its own column, and answer all files in the words of one scale. Words of your own can be "
        "written down: see 'use a scale of your own' in README.md.",
    )


def _asking_otherwise(tables: Sequence[SheetTable]) -> str:
    """The first question under which the words are of no scale, with how many there are: they may name somebody."""
    asked = ((table, place, text) for table in tables for place, text in enumerate(table.headers) if text.endswith("?"))
    for table, place, text in asked:
        if words := {fold(written(cell)) for cell in table.column(place)} - {""}:
            return f" “{text}” is answered in {counted(len(words), 'different word')}."
    return ""
