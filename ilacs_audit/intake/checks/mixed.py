"""What must not be counted together: several readers or rounds; and codes that a workbook explains otherwise."""

import re
from collections.abc import Iterator, Sequence

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import SCALES
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import spelling, spellings
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.tables.layout import SheetTable

_READER = re.compile(r"(?:role|reader|reviewer|auditor|rater)(?: (?:type|role|number|no))?|type of (?:reader|reviewer)")
_SECOND = re.compile(
    r"(?:2nd|second|moderat\w*)\b.*|2|parents?|carers?|family|families|child|young person|mother|father"
)
_ROUND = re.compile(r"(?:audit )?(?:round|wave|cycle)(?: (?:no|number))?")
_ROUNDS = re.compile(
    r"baseline|(?:before|after)(?: .*)?|pre|post|re ?audit|(?:round|wave|cycle) ?\w+|(?:first|second) audit"
)
_LATER = re.compile(
    r"baseline|before|after|re ?audit|(?:round|wave|cycle) ?\d+|(?:moderation|second read\w*|2nd read\w*).*"
)
_ALONE = "make each an audit (ilacs-audit new, with it alone)."


def refuse_mixed(tables: Sequence[SheetTable]) -> None:
    """Raise ReturnsError where a column or the sheets say that rows are of two readers, or of two rounds."""
    readers = (
        "Some rows are a second reader's, a moderator's or a family's",
        "Keep the auditors' own rows in one workbook and the others in another, and " + _ALONE,
    )
    rounds = ("There is more than one round of the audit", "Save each round as a workbook of its own, and " + _ALONE)
    for header, cells in _columns(tables):
        second = [bool(_SECOND.fullmatch(cell)) for cell in cells]
        if _READER.fullmatch(header) and any(second) and not all(second):
            raise ReturnsError(f"{readers[0]}, by the column “{header}”. Nothing was counted.", fix=readers[1])
        told = _ROUND.fullmatch(header) or all(_ROUNDS.fullmatch(cell) for cell in cells)
        if told and len(cells) > 1:
            raise ReturnsError(f"{rounds[0]}, by a column of the sheet. Nothing was counted.", fix=rounds[1])
    sheets = dict.fromkeys(fold(table.sheet.name) for table in tables)
    if len(sheets) > 1 and (odd := next((name for name in sheets if _LATER.fullmatch(name)), "")):
        what, fix = readers if "moderat" in odd or "read" in odd else rounds
        raise ReturnsError(f"{what}, by the name of a sheet. Nothing was counted.", fix=fix)


def _columns(tables: Sequence[SheetTable]) -> Iterator[tuple[str, set[str]]]:
    """Each header, folded, with the different cells under it in all tables."""
    for key in dict.fromkeys(fold(text) for table in tables for text in table.headers if text):
        places = [(table, at) for table in tables for at, text in enumerate(table.headers) if fold(text) == key]
        yield key, {fold(written(cell)) for table, at in places for cell in table.distinct(at)[1]} - {""}


def refuse_other_key(sheets: Sequence[Sheet], tables: Sequence[SheetTable]) -> None:
    """Raise ReturnsError where a sheet says that a code means another answer than it would be read as."""
    known, used = spellings(SCALES["yes_no"], {}), {cell for _, cells in _columns(tables) for cell in cells}
    for row in (row for sheet in sheets for row in sheet.cells.tolist()):
        told = [cell for cell in row if written(cell)]
        usual, said = (known.get(spelling(cell), "") for cell in told) if len(told) == 2 else ("", "")
        if usual and said and usual != said and fold(written(told[0])) in used:
            raise ReturnsError(
                f"A sheet says that “{written(told[0])}” means “{said}”, and it would be read as “{usual}”.",
                fix="Write the answers in words, such as Yes, No and Not applicable, and send it again.",
            )
