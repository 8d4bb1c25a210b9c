"""Read a CSV as it was sent: any usual character set, any usual separator, cells over many lines.

A guessed character set would turn a name into another one, so only three are tried, in an
order in which the first that fits is right.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ilacs_audit.domain.errors import ReturnsError

SEPARATORS = (";", ",", "\t", "|")
_LOOKED_AT = 50


def read_delimited(path: Path) -> npt.NDArray[np.object_]:
    """The cells of a CSV, blanks as "". Raises ReturnsError where it is not text or breaks off."""
    content = path.read_bytes()
    if content.startswith(b"PK\x03\x04"):
        raise ReturnsError("This is a workbook whose name says CSV.", where=path.name, fix="Rename it to end in .xlsx.")
    text = decoded(content)
    if "\0" in text:
        raise ReturnsError("The file is not text.", where=path.name, fix="Save it from Excel as a workbook.")
    rows = _rows(text, separator(text))
    width = max((len(row) for row in rows), default=0)
    cells = np.empty((len(rows), width), dtype=object)
    cells[:, :] = [[*row, *[""] * (width - len(row))] for row in rows] if width else cells
    return cells


def decoded(content: bytes) -> str:
    """The text: by its byte order mark, else UTF-8 if it is valid UTF-8, else Windows-1252.

    >>> decoded("Child’s".encode("cp1252"))
    'Child’s'
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def separator(text: str) -> str:
    r"""The separator that cuts the first lines into the same number of cells most often.

    >>> separator("Ref;Team;Cost\n1;North;1,200\n2;South;850\n")
    ';'
    """
    return max(SEPARATORS, key=lambda mark: _evenness(text, mark))


def _evenness(text: str, mark: str) -> tuple[int, int]:
    widths = [
        len(row) for row, _ in zip(csv.reader(io.StringIO(text), delimiter=mark), range(_LOOKED_AT), strict=False)
    ]
    common = max(set(widths), key=widths.count, default=0)
    return (widths.count(common) if common > 1 else 0), common


def _rows(text: str, mark: str) -> list[list[str]]:
    csv.field_size_limit(2**24)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
