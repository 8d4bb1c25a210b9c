"""What is told of columns that are not read, or are read in a way of their own, beside an audit that was made."""

from collections.abc import Iterator, Mapping
from typing import Any

from ilacs_audit.claims.words import counted
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.tables.usual import IGNORE
from ilacs_audit.publishing.first.meanings import Column
from ilacs_audit.publishing.first.own_scales import scale_called
from ilacs_audit.publishing.first.seen import Seen
from ilacs_audit.publishing.first.workspace import Ground


def kept_apart(seen: Seen, read: dict[str, Any]) -> dict[str, Any]:
    """What is taken for the columns by which rows are of several readers or rounds: one keeps readers apart."""
    readers = [column.number for column, readers in seen.mixed if readers and read["readers"] == "apart"]
    told = {column.number: "reader" if column.number in readers[:1] else IGNORE for column, _ in seen.mixed}
    return {**read, "columns": {**told, **read.get("columns", {})}}


def together(seen: Seen, found: Ground, read: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What is taken for the agency's column: the team where each file was read once; and what is told of it.

    Raises ReturnsError where several agencies read a file and none is the service's own: nothing would be counted.
    """
    (partners, own, once), column = seen.partners, seen.of("agency")
    taken = read.get("columns", {})
    if not partners or column is None or column.number in taken or seen.unit != "file":
        return read, []
    if once and not found.theme:
        as_team = IGNORE if seen.of("team") else "team"
        told = f"Each file was read once, so all count together, whichever agency read it (column {column.number})."
        return {**read, "columns": {**taken, column.number: as_team}}, [told]
    if own:
        rows = f"Rows of partner agencies: {partners} of {partners + own} (column {column.number})"
        return read, [f"{rows}. They are kept apart, and no page counts them with the {own} of your own service."]
    raise ReturnsError(
        f"No row of column {column.number}, “{column.shown}”, is your own service's, so nothing would be counted.",
        fix="Write Children's social care in your own rows, or say that it is another column (columns: "
        f"{column.number}=team, or {column.number}=ignore).",
    )


def not_judged(column: Column) -> str:
    """Why a question is not read, and what would have it read."""
    scale = scale_called(column.scale)
    levels = ", ".join(scale.levels) if scale else ""
    say = f"--adverse {column.number}, or --adverse none" if column.adverse else '--met "..."'
    why = "whether “no” is the good answer" if column.adverse else f"which of {levels} count as met"
    return f"Not read: column {column.number}, “{column.shown}”. Nobody said {why}: {say}."


def not_read(seen: Seen, read: Mapping[str, Any]) -> Iterator[str]:
    """The columns that ask and that nobody chose to leave out, each with why it is not read and what to do."""
    for column in seen.columns:
        at = f"Not read: column {column.number}, “{column.shown}”"
        if column.unread and column.number not in read.get("columns", {}):
            yield f"{at}: its cells are not answers of one scale. Write yes, no, N/A or words of one scale in them."
        elif column.of_moderation:
            yield f"{at}: it is a moderator's or a family's. Head a moderator's as its question, with (moderator)."
        elif column.of_the_child and column.number not in (read.get("questions") or ()):
            yield f"{at}: it seems a fact about the child, not practice; --questions with its number reads it."
    if seen.apart:
        told = f"Not read: {counted(seen.apart, 'table')} with questions of another kind"
        yield f"{told}; give each a row for each file that the others have, or make it a workbook of its own."
