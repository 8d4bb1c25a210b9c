"""Refuse what is not a sound, open file of a reasonable size, before it fills the memory.

A return is small. What unpacks to hundreds of megabytes, or spans millions of empty cells, is a
mistake or an attack, and is refused by a limit that the message states.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable
from functools import reduce
from pathlib import Path

from ilacs_audit.domain.errors import ReturnsError

LARGEST_FILE = 100 * 1024**2
LARGEST_UNPACKED = 500 * 1024**2
LARGEST_RATIO = 300
MOST_CELLS = 20_000_000
_RATIO_APPLIES_FROM = 20 * 1024**2
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STEP = 1 << 20
_PAGE = "a web page"
_LOCKED = "The workbook is protected by a password."
_STARTS = {b"<": _PAGE, b"MIME-Version": _PAGE, b"%PDF": "a PDF", b"{\\rtf": "a document"}
_PARTS = {"xl/workbook.xml": ".xlsx", "xl/workbook.bin": ".xlsb", "content.xml": ".ods"}
_OTHERS = {"word/": "a Word document", "ppt/": "a presentation", "index/": "an Apple Numbers or Pages file"}
# What a package raises that is spoilt, packed in a way that nothing here unpacks, or locked part by part.
UNREADABLE = (zlib.error, KeyError, EOFError, OSError, ValueError, RuntimeError)

_FAR = re.compile(rb'<c r="(?:[A-Z]{3}\d|[D-Z][A-Z]\d|[A-Z]{1,2}\d{6})')  # beyond column CZ or row 99,999
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_REPEATED = re.compile(
    rb'<table:table-cell[^>]*number-columns-repeated="\d{4,}"[^>]*(?<!/)>'
    rb'|<table:table-row[^>]*number-rows-repeated="\d{6,}"[^>]*>'
    rb"(?!(?:<table:(?:covered-)?table-cell[^>]*/>)*</table:table-row>)"
)


def refused(path: Path, what: str, fix: str) -> ReturnsError:
    """Why a file is not read, and what to do about it."""
    return ReturnsError(what, where=path.name, fix=fix)


def check_size(path: Path) -> None:
    """Refuse a file that is too large to be a return, before anything reads it."""
    size = path.stat().st_size
    if size == 0:
        fix = "Ask for it again; where it lies in OneDrive, first choose 'Always keep on this device'."
        raise refused(path, "The file is empty.", fix)
    if size > LARGEST_FILE:
        what = f"The file is {size // 1024**2} MB; the limit is {LARGEST_FILE // 1024**2} MB."
        raise refused(path, what, "Remove pictures and empty formatted rows, or split the file.")


def check_package(path: Path) -> str:
    """The kind of a sound, open, reasonably sized workbook, whatever its name says. Raises ReturnsError."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(_OLE):
        _check_old(path)
        return ".xls"
    if not start.startswith(b"PK"):
        raise _not_a_workbook(path, start)
    try:
        with zipfile.ZipFile(path) as package:
            parts, names = package.infolist(), part_names(package)
    except (zipfile.BadZipFile, OSError):
        raise damaged(path) from None
    _check_unpacked(path, parts)
    kind = next((kind for part, kind in _PARTS.items() if part in names), "")
    if not kind:
        raise _another_package(path, names)
    if kind in (".ods", ".xlsb"):
        _check_parts(path, kind)
    return kind


def _check_old(path: Path) -> None:
    if _ENCRYPTED in path.read_bytes():
        fix = "Open it in Excel, choose File, Info, Protect Workbook, Encrypt with Password, clear it, and save."
        raise refused(path, _LOCKED, fix)
    if path.suffix.casefold() != ".xls":
        raise refused(path, "This is an old Excel file under a new name.", "Save it as .xlsx.")


def _not_a_workbook(path: Path, start: bytes) -> ReturnsError:
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if other := next((other for sign, other in _STARTS.items() if bare.startswith(sign)), ""):
        fix = "Open it in Excel and save it as .xlsx." if other == _PAGE else "Ask for the workbook itself."
        return refused(path, f"This is {other} whose name says workbook.", fix)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\0" not in start and b"\n" in start):
        fix = "Rename it to end in .csv, or save it from Excel as a workbook."
        return refused(path, "This is a text file (CSV) whose name says workbook.", fix)
    return refused(path, "The file is not a workbook.", "Open it in Excel and save it as .xlsx.")


def _check_unpacked(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    size, packed = sum(part.file_size for part in parts), max(sum(part.compress_size for part in parts), 1)
    if size > LARGEST_UNPACKED or (size > _RATIO_APPLIES_FROM and size > LARGEST_RATIO * packed):
        what = f"The workbook unpacks to {size // 1024**2} MB, {size // packed} times its size."
        fix = f"Limits are {LARGEST_UNPACKED // 1024**2} MB and {LARGEST_RATIO} times. Save only the filled cells."
        raise refused(path, what, fix)
    if any(part.flag_bits & 1 for part in parts):
        raise refused(path, _LOCKED, "Ask for it without the password.")


def _another_package(path: Path, names: Iterable[str]) -> ReturnsError:
    if any(name.lstrip("./").startswith(("xl/", "meta-inf/")) for name in names):
        return damaged(path)
    other = next((other for start, other in _OTHERS.items() if any(name.startswith(start) for name in names)), "")
    what = f"This is {other or 'a folder in a zip'} whose name says workbook."
    return refused(path, what, "Ask for the return as an Excel workbook, or unpack it first.")


def _check_parts(path: Path, kind: str) -> None:
    """Read through the parts of a workbook that only the reader of values will open."""
    try:
        with zipfile.ZipFile(path) as package:
            for part in package.namelist():
                read_through(package, part)
            content = unpacked(package, "content.xml") if kind == ".ods" else b""
            locked = b"encryption-data" in unpacked(package, "META-INF/manifest.xml") if content else False
    except (zipfile.BadZipFile, *UNREADABLE):
        raise damaged(path) from None
    if locked:
        raise refused(path, _LOCKED, "Open it, choose File, Save As, clear 'Save with password', and save.")
    if _REPEATED.search(content):
        raise _too_many_cells(path)


def read_through(package: zipfile.ZipFile, part: str) -> None:
    """Unpack a part once, a little at a time, so that one whose stated size is a lie is refused here."""
    with package.open(part) as stream:
        while stream.read(_STEP):
            pass


def unpacked(package: zipfile.ZipFile, part: str) -> bytes:
    """A part's content. One that is larger than it says is refused before it is unpacked beyond that.

    Raises KeyError where the package has no such part.
    """
    stored = part_names(package)[plain_name(part)]
    with package.open(stored) as stream:
        return stream.read(package.getinfo(stored).file_size + 1)


def part_names(package: zipfile.ZipFile) -> dict[str, str]:
    """The parts as a reader compares their names, each with its name as it was stored."""
    return {plain_name(stored): stored for stored in package.namelist()}


def plain_name(part: str) -> str:
    r"""A part's name without regard to case and to the way its slashes lean, as Excel finds it.

    >>> plain_name("xl\\Worksheets\\Sheet1.xml")
    'xl/worksheets/sheet1.xml'
    """
    return part.replace("\\", "/").casefold()


def check_extent(xml: bytes, path: Path) -> None:
    """Refuse a sheet so wide and long that reading it as a grid would exhaust the memory."""
    if _FAR.search(xml):
        rows, width = 0, b"  A"
        for cell in _FILLED.finditer(xml):
            rows, width = max(rows, int(cell[2])), max(width, cell[1].rjust(3))
        check_cells(rows, column_number(width.decode().strip()), path)


def column_number(letters: str) -> int:
    """A column counted from 1 by its letters.

    >>> column_number("AB")
    28
    """
    return reduce(lambda number, letter: number * 26 + ord(letter) - 64, letters, 0)


def check_cells(rows: int, columns: int, path: Path) -> None:
    """Refuse a grid of more cells than any return has."""
    if rows * columns > MOST_CELLS:
        raise _too_many_cells(path)


def _too_many_cells(path: Path) -> ReturnsError:
    what = f"A sheet spans more than {MOST_CELLS // 1_000_000} million cells, the limit."
    return refused(path, what, "Delete the empty rows and columns beyond the return, and save.")


def damaged(path: Path) -> ReturnsError:
    """The error for a file that breaks off or does not unpack."""
    fix = "Ask for it again, or open it in Excel, repair it and save."
    return refused(path, "The file is damaged or incomplete.", fix)
