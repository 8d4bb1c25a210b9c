"""Write a workbook so that the same cells always become the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

_MADE = datetime(2024, 11, 30, 9, 0, 0)  # noqa: DTZ001 Excel has no zones
_STAMP = (2024, 11, 30, 9, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def workbook(title: str) -> tuple[Workbook, Any]:
    """An empty workbook with fixed properties, and its first sheet."""
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = "Northmere"
    book.properties.created = book.properties.modified = _MADE
    sheet = book.active
    sheet.title = title
    return book, sheet


def saved(book: Workbook) -> bytes:
    """The workbook's bytes, with the date of saving and the dates inside the package fixed."""
    with io.BytesIO() as file:
        book.save(file)
        return _restamped(file.getvalue())


def _restamped(package: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as old, io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
            for name in sorted(old.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
                part = zipfile.ZipInfo(_as_excel(name.encode()).decode(), date_time=_STAMP)
                part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
                new.writestr(part, _as_excel(_undated(name, old.read(name))))
        return file.getvalue()


def _as_excel(text: bytes) -> bytes:
    """The part that holds notes, under the name that Excel gives it."""
    return text.replace(b"xl/comments/comment", b"xl/comments")


def _undated(name: str, content: bytes) -> bytes:
    return _MODIFIED.sub(rb"\g<1>2024-11-30T09:00:00Z\2", content) if name == "docProps/core.xml" else content


def widths(sheet: Any, *wide: int) -> None:
    """Set column widths from the first column on."""
    for place, width in enumerate(wide, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
