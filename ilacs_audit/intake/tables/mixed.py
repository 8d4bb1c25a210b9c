"""What must not be counted together: several readers, rounds or months; and codes that a workbook explains otherwise.

A column that says so is asked about once: as a column of readers it keeps the others' rows apart, ignored it means
nothing. What was said of it in columns.yml is not asked again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ilacs_audit.domain.columns import AI
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import Scale
from ilacs_audit.intake.cells.agencies import reader_of
from ilacs_audit.intake.cells.months import several_months
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import spelling, spellings
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.tables.columns import Recogniser, Target
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.shapes.words import could_be_a_name

READER, AUDITOR = Target("field", "reader"), Target("field", "auditor")
_READER = re.compile(r"(?:role|reader|reviewer|auditor|rater)(?: (?:type|role|number|no))?|type of (?:reader|reviewer)")
_FIRST = re.compile(r"auditor|audit|(?:1st|first) (?:read(?:er|ing)?|audit(?:or)?|reviewer|rater)")
_ROUND = re.compile(
    r"(?:audit )?(?:round|wave|cycle)(?: (?:no|number))?|(?:audit )?(?:month|quarter)(?: of (?:the )?audit| audited)?"
)
_ROUNDS = re.compile(
    r"baseline|(?:before|after)(?: .*)?|pre|post|re ?audit|(?:round|wave|cycle) ?\w+|(?:first|second) audit"
)
_LATER = re.compile(
    r"baseline|before|after|re ?audit|(?:round|wave|cycle) ?\d+|(?:moderation|second read\w*|2nd read\w*).*"
)
_FEW = 12  # a column of rounds has no more different cells
READERS = "Some rows are a second reader's, a moderator's or a family's"
ROUNDS = "There is more than one round or month of the audit"
APART = "Save each as a workbook of its own, and make each an audit (ilacs-audit new, with it alone)"


class Mixed(NamedTuple):
    """A column by which rows are of several readers, or else of several rounds or months; `shown` as it may be."""

    header: str
    shown: str
    readers: bool


def tells_apart(header: str) -> bool:
    """Whether a column may say, this month or a later one, that rows are not to be counted together."""
    return bool(_READER.fullmatch(fold(header)) or _ROUND.fullmatch(fold(header)))


def mixed_columns(tables: Sequence[SheetTable], recogniser: Recogniser) -> Iterator[Mixed]:
    """The columns that nobody has explained and that say that rows are not to be counted together."""
    for header, cells in _columns(tables):
        key = fold(header)
        if key in recogniser.columns.learnt or recogniser.target(header) == READER:
            continue
        readers = _READER.fullmatch(key) or (
            len(cells) > 1 and all(reader_of(each) or _FIRST.fullmatch(each) for each in cells)
        )
        apart = {"", AI} if recogniser.target(header) == AUDITOR else {""}  # an auditor called AI is one anyhow
        second = [reader_of(cell) not in apart for cell in cells] if readers else []
        rounds = _ROUND.fullmatch(key) or (len(cells) <= _FEW and all(map(_ROUNDS.fullmatch, cells)))
        if (any(second) and not all(second)) or (rounds and len(cells) > 1):
            hidden = could_be_a_name(header) and not tells_apart(header)
            yield Mixed(header, "a column of the sheet" if hidden else f"the column “{header}”", any(second))


def refuse_mixed(tables: Sequence[SheetTable], recogniser: Recogniser) -> None:
    """Raise ReturnsError where a column or the sheets say that rows are of two readers, rounds or months."""
    for header, shown, readers in mixed_columns(tables, recogniser):
        told = header if header in shown else "HEADER"
        apart = f'ilacs-audit check --accept "{told}=reader" keeps them apart' if readers else APART
        fix = f'{apart}; --accept "{told}=ignore" counts all rows together.'
        raise ReturnsError(f"{READERS if readers else ROUNDS}, by {shown}. Nothing was counted.", fix=fix)
    refuse_names([table.sheet.name for table in tables], of="sheets")


def refuse_names(names: Iterable[str], *, of: str) -> None:
    """Raise ReturnsError where names, of sheets or of workbooks, say that they are two readers', rounds or months."""
    each = {fold(name): name for name in names}
    odd = next((name for name in each if _LATER.fullmatch(name)), "")
    if len(each) > 1 and (odd or several_months(each.values())):
        what = READERS if "moderat" in odd or "read" in odd else ROUNDS
        raise ReturnsError(f"{what}, by the names of the {of}. Nothing was counted.", fix=f"{APART}.")


def _columns(tables: Sequence[SheetTable]) -> Iterator[tuple[str, set[str]]]:
    """Each header with the different cells under it in all tables, folded."""
    for key, header in {fold(text): text for table in tables for text in table.headers if text}.items():
        places = [(table, at) for table in tables for at, text in enumerate(table.headers) if fold(text) == key]
        yield header, {fold(written(cell)) for table, at in places for cell in table.distinct(at)[1]} - {""}


def refuse_other_key(
    sheets: Iterable[Sheet], tables: Sequence[SheetTable], scales: Iterable[Scale], learnt: Mapping[str, Sequence[str]]
) -> None:
    """Raise ReturnsError where a sheet says that a code means another answer than it would be read as."""
    rows = [[cell for cell in row if written(cell)] for sheet in sheets for row in sheet.cells.tolist()]
    pairs = [row for row in rows if len(row) == 2]
    used = {cell for _, cells in _columns(tables) for cell in cells} if pairs else set[str]()
    for known in [spellings(scale, learnt) for scale in scales]:
        for code, meaning in pairs:
            usual, said = (known.get(spelling(cell), "") for cell in (code, meaning))
            other = said if said != usual else ""
            if usual == "partly" and "part" not in fold(written(meaning)):  # P may be for pass
                other = written(meaning)
            if usual and other and fold(written(code)) in used:
                raise ReturnsError(
                    f"A sheet says that “{written(code)}” means “{other}”, and it would be read as “{usual}”.",
                    fix="Write the answers in words, such as Yes, No and Not applicable, and send it again.",
                )
