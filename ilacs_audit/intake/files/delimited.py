"""Read a CSV as it was sent: any usual character set, any usual separator, cells over many lines.

A guessed character set would turn a name into another one, so only three are tried, in an
order in which the first that fits is right.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.grid import Cells, grid
from ilacs_audit.intake.files.limits import LARGEST_FILE, check_cells, refused

SEPARATORS = (";", ",", "\t", "|")
_LOOKED_AT = 50
_LOOKED_THROUGH = 1 << 20
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|table|\?xml)\b", re.IGNORECASE)
_ODD = re.compile("\ufffd|(?<=\\w)[ŽŸŒÕ‡†ˆ‰‹›](?=[a-z])")  # no letter at all, or what an old Mac's accents look like
_SEPARATOR_NAMED = re.compile(r"\Asep=.[\r\n]+", re.IGNORECASE)  # Excel's own first line: it is no row


def read_delimited(path: Path) -> Cells:
    """The cells of a CSV, blanks as "". Raises ReturnsError where it is not text or breaks off."""
    content = path.read_bytes()
    if content.startswith(b"PK\x03\x04"):
        raise refused(path, "This is a workbook whose name says CSV.", "Rename it to end in .xlsx.")
    text = _SEPARATOR_NAMED.sub("", decoded(content))
    if _PAGE.match(text):
        raise refused(path, "This is a web page whose name says CSV.", "Open it in Excel and save it as .xlsx.")
    if "\0" in text:
        raise refused(path, "The file is not text.", "Save it from Excel as a workbook.")
    if _ODD.search(text):
        what = "Some letters of the file cannot be told, so a name could become another one."
        raise refused(path, what, "Save it from Excel as a workbook, or as CSV UTF-8.")
    mark = separator(text)
    check_cells(1, text.count(mark), path)
    rows = list(_reader(text, mark))
    _check_closed(rows, text, path)
    check_cells(len(rows), max(map(len, rows), default=0), path)
    return grid(rows)


def decoded(content: bytes) -> str:
    """The text: by its byte order mark, else UTF-16 if every other byte is 0, else each line UTF-8 or Windows-1252.

    >>> decoded("Child’s".encode("cp1252"))
    'Child’s'
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    start = content[:_LOOKED_AT]
    for zeros, other, name in ((start[1::2], start[::2], "utf-16-le"), (start[::2], start[1::2], "utf-16-be")):
        if len(zeros) > 1 and not any(zeros) and all(other):
            return content.decode(name, errors="replace")
    return "".join(map(_line, content.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)))


def _line(content: bytes) -> str:
    """A line's text: two files pasted together may be in two character sets."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def separator(text: str) -> str:
    r"""The separator that cuts the first lines into the same number of cells most often.

    >>> separator("Ref;Team;Cost\n1;North;1,200\n2;South;850\n")
    ';'
    """
    start = text[:_LOOKED_THROUGH]
    return max(SEPARATORS, key=lambda mark: _evenness(start, mark))


def _evenness(text: str, mark: str) -> tuple[int, int]:
    widths = [len(row) for row in islice(_reader(text, mark), _LOOKED_AT)]
    common = max(set(widths), key=widths.count, default=0)
    return (widths.count(common) if common > 1 else 0), common


def _reader(text: str, mark: str) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST_FILE)
    return csv.reader(io.StringIO(text, newline=""), delimiter=mark)


def _check_closed(rows: list[list[str]], text: str, path: Path) -> None:
    """Refuse a quotation mark that swallows all the rows below it as one cell."""
    if rows and rows[-1] and "\n" in rows[-1][-1] and text.count('"') % 2:
        raise ReturnsError(
            "A quotation mark opens a cell and never closes it, so the rows below cannot be told apart.",
            where=f"{path.name}, row {len(rows)}",
            fix="Close the quotation mark, or save the file as a workbook.",
        )
