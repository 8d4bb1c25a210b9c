"""Tables as data: columns, rows and cells that one template turns into one accessible table."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from ilacs_audit.claims.change.changes import withheld
from ilacs_audit.claims.words import CANNOT_TELL
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL, IN_TABLE
from ilacs_audit.display.looks import VerdictLook, verdict_of
from ilacs_audit.display.tables.marks import Bar, Mark, Span
from ilacs_audit.domain.measures import Row

_SHORT, _LONG = 14, 32


def mark_of(text: str) -> str:
    """A mark for a word that is safe in an attribute and in a style sheet, the same on every page.

    >>> mark_of("North team") == mark_of("North team") != mark_of("South team")
    True
    """
    return f"k{blake2b(text.encode(), digest_size=4).hexdigest()}"


@dataclass(frozen=True)
class Column:
    """One column: its heading, how its cells sit, and the scale over a column of drawings."""

    title: str
    kind: str = ""
    scale: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One cell: words, smaller lines under them, or a drawing or verdict in their place."""

    text: str = ""
    small: tuple[str, ...] = ()
    mark: Mark | None = None
    bars: tuple[Bar, ...] = ()
    span: Span | None = None
    verdict: VerdictLook | None = None
    tint: str = ""


@dataclass(frozen=True)
class Line:
    """One row: its heading with code, flag and remark, and its cells in the order of the columns.

    `reference` is the code by which readers name its figure, `anchor` the one by which a link finds the row.
    """

    title: str
    cells: tuple[Cell, ...]
    code: str = ""
    flag: str = ""
    remark: str = ""
    reference: str = ""
    anchor: str = ""

    @property
    def only(self) -> str:
        """The mark by which a reader narrows the page to this row's standard."""
        return mark_of(self.code) if self.code else ""


@dataclass(frozen=True)
class PageTable:
    """A whole table with its caption and the class that says how it behaves on a phone."""

    caption: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    layout: str = "stack"

    @property
    def narrows(self) -> bool:
        """Whether a reader's choice of a standard leaves rows of it out of sight."""
        return any(line.only for line in self.lines)

    @property
    def shorthand(self) -> str:
        """The sentence that defines [c], wherever the table uses it."""
        told = (words for line in self.lines for cell in line.cells for words in (cell.text, *cell.small))
        return IN_TABLE if any(CONFIDENTIAL in words for words in told) else ""


def verdict_cell(row: Row) -> Cell:
    """The verdict of a row, and under it why there is none or what would turn it."""
    if row.hidden and not row.verdict:
        return Cell(CONFIDENTIAL)
    return Cell(verdict=verdict_of(row), small=_beside_verdict(row))


def text_table(caption: str, titles: Sequence[str], lines: Sequence[Sequence[str]]) -> PageTable:
    """A plain table of words, the first of each row being its heading; short columns stand to the right."""
    kinds = [_kind(column) for column in zip(*lines, strict=True)] or [""] * len(titles)
    columns = tuple(Column(title, kind) for title, kind in zip(titles, ["", *kinds[1:]], strict=True))
    made = tuple(Line(line[0], tuple(Cell(text) for text in line[1:])) for line in lines)
    return PageTable(caption, columns, made)


def _kind(column: Sequence[str]) -> str:
    longest = max(len(text) for text in column)
    return "num" if longest <= _SHORT else "words" if longest > _LONG else ""


def _beside_verdict(row: Row) -> tuple[str, ...]:
    """Why a count and its verdict seem to part: how few missing answers turn it, too few files, or no verdict."""
    if row.would_turn is not None:
        of = "" if row.would_turn == row.missing else f"{row.would_turn} of the "
        answers = f"{row.missing} missing answer{'' if row.missing == 1 else 's'}"
        return (f"{of}{answers} could turn it",)
    if row.verdict == CANNOT_TELL and row.measure == "compliance" and row.status == "shown":
        return ("too few to be sure",)
    if withheld(row):
        return ("could be luck among all compared",)
    if row.rule == "X1":
        return ("it is critical and was failed",)
    no_target = not row.verdict and row.target is None and row.lower is not None
    return ("no target is set",) if no_target else ()
