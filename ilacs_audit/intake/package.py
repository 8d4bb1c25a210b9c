"""What only the parts of an xlsx package tell: limits, what is hidden, notes, unsaved formulas.

The reader of values is fast and sees none of this. Unpacking a part and searching it for the
few attributes that matter costs a tenth of a second where a full parse costs five.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import basename, join, normpath
from xml.etree import ElementTree

from ilacs_audit.domain.errors import ReturnsError

LARGEST_FILE = 100 * 1024**2
LARGEST_UNPACKED = 500 * 1024**2
LARGEST_RATIO = 300
MOST_ROWS = 200_000
_RATIO_APPLIES_FROM = 20 * 1024**2
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_SHEET_FOLDER = "xl/worksheets"
_HIDDEN = re.compile(rb'hidden="(?:1|true)"')
_HIDDEN_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')
_HIDDEN_ROW_BEFORE = re.compile(rb'<row [^>]*?\bhidden="(?:1|true)"[^>]*?\br="(\d+)"')
_COLUMN = re.compile(rb"<col [^>]*>")
_UNSAVED = re.compile(
    rb'<c r="([A-Z]{1,3}\d+)"[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_FAR_COLUMN = re.compile(rb'<c r="[A-Z]{3}\d')
_LAST_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
_FORMULA = re.compile(rb"<f[ >/]")
_ERROR_MARK = b't="e"'
_CELL = re.compile(rb"<c\b([^>]*)>(.*?)</c>", re.DOTALL)
_NAME = re.compile(rb'\br="([A-Z]{1,3}\d+)"')
_VALUE = re.compile(rb"<v>([^<]+)</v>")
_STYLED = re.compile(rb'<c r="([A-Z]{1,3}\d+)" s="(\d+)"')


@dataclass(frozen=True)
class SheetFacts:
    """What a sheet hides and what its cells do not say. Rows are numbers, cells are A1 names."""

    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    unsaved: frozenset[str] = frozenset()
    percent: frozenset[str] = field(default=frozenset())
    errors: tuple[tuple[str, str], ...] = ()


def check_size(path: Path) -> None:
    """Refuse a file that is too large to be a return, before anything reads it."""
    size = path.stat().st_size
    if size == 0:
        raise ReturnsError("The file is empty.", where=path.name, fix="Ask for it again.")
    if size > LARGEST_FILE:
        raise ReturnsError(
            f"The file is {size // 1024**2} MB; the limit is {LARGEST_FILE // 1024**2} MB.",
            where=path.name,
            fix="Remove pictures and empty formatted rows, or split the file.",
        )


def check_package(path: Path) -> None:
    """Refuse what is not a sound, open, reasonably sized xlsx, saying in one sentence why."""
    with path.open("rb") as file:
        start = file.read(8)
    if start == _OLE:
        _refuse_encrypted(path)
        return
    if not start.startswith(b"PK"):
        raise ReturnsError(*_not_a_workbook(path))
    _check_unpacked(path)


def _refuse_encrypted(path: Path) -> None:
    if _ENCRYPTED in path.read_bytes():
        raise ReturnsError(
            "The workbook is protected by a password.",
            where=path.name,
            fix="Open it in Excel, choose File, Info, Protect Workbook, Encrypt with Password, clear it, and save.",
        )
    if path.suffix.casefold() != ".xls":
        raise ReturnsError("This is an old Excel file under a new name.", where=path.name, fix="Save it as .xlsx.")


def _not_a_workbook(path: Path) -> tuple[str]:
    with path.open("rb") as file:
        start = file.read(4096)
    if b"\0" not in start and b"\n" in start:
        raise ReturnsError(
            "This is a text file (CSV) whose name says workbook.",
            where=path.name,
            fix="Rename it to end in .csv, or save it from Excel as a workbook.",
        )
    raise ReturnsError("The file is not a workbook.", where=path.name, fix="Open it in Excel and save it as .xlsx.")


def _check_unpacked(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError):
        raise damaged(path) from None
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    swollen = unpacked > _RATIO_APPLIES_FROM and unpacked > LARGEST_RATIO * max(packed, 1)
    if unpacked > LARGEST_UNPACKED or swollen:
        raise ReturnsError(
            f"The workbook unpacks to {unpacked // 1024**2} MB, {unpacked // max(packed, 1)} times its size.",
            where=path.name,
            fix=f"Limits are {LARGEST_UNPACKED // 1024**2} MB and {LARGEST_RATIO} times. Save only the filled cells.",
        )


def damaged(path: Path) -> ReturnsError:
    """The error for a workbook that breaks off or does not unpack."""
    return ReturnsError(
        "The workbook is damaged or incomplete.",
        where=path.name,
        fix="Ask for it again, or open it in Excel, repair it and save.",
    )


def sheet_facts(path: Path) -> dict[str, SheetFacts]:
    """What each sheet of an xlsx hides, by sheet name. Raises ReturnsError where it cannot be unpacked."""
    try:
        with zipfile.ZipFile(path) as package:
            _read_through(package, "xl/sharedStrings.xml")
            percent = _percent_styles(package)
            return {name: _facts(package, part, percent, path) for name, part in _sheets(package)}
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, EOFError, OSError, ValueError):
        raise damaged(path) from None


def _read_through(package: zipfile.ZipFile, part: str) -> None:
    """Unpack a part once, so that one whose stated size is a lie is refused here."""
    if part in package.namelist():
        with package.open(part) as stream:
            while stream.read(1 << 20):
                pass


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each worksheet's name and the part that holds it."""
    parts = dict(_relations(package, "xl/_rels/workbook.xml.rels", "xl"))
    for sheet in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        if sheet.tag.endswith("}sheet"):
            linked = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
            if parts.get(linked, "").startswith(_SHEET_FOLDER):
                yield sheet.attrib["name"], parts[linked]


def _relations(package: zipfile.ZipFile, part: str, folder: str) -> Iterator[tuple[str, str]]:
    if part not in package.namelist():
        return
    for each in ElementTree.fromstring(package.read(part)):
        target = each.attrib["Target"]
        yield each.attrib["Id"], target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))


def _facts(package: zipfile.ZipFile, part: str, percent: frozenset[bytes], path: Path) -> SheetFacts:
    xml = package.read(part)
    _check_extent(xml, path)
    hides = _HIDDEN.search(xml) is not None
    return SheetFacts(
        hidden_rows=_hidden_rows(xml) if hides else (),
        hidden_columns=_hidden_columns(xml) if hides else (),
        comments=tuple(_comments(package, part)),
        unsaved=_unsaved(xml),
        percent=_percent_cells(xml, percent),
        errors=tuple(_errors(xml)),
    )


def _check_extent(xml: bytes, path: Path) -> None:
    """Refuse a sheet so wide or long that reading it as a grid would exhaust the memory."""
    last = xml.rfind(b"<row ")
    found = _LAST_ROW.match(xml, last) if last >= 0 else None
    if (found and int(found[1]) > MOST_ROWS) or _FAR_COLUMN.search(xml):
        raise ReturnsError(
            f"A sheet reaches beyond row {MOST_ROWS} or column ZZ.",
            where=path.name,
            fix="Delete the empty rows and columns beyond the return, and save.",
        )


def _hidden_rows(xml: bytes) -> tuple[int, ...]:
    return tuple(sorted({int(row) for find in (_HIDDEN_ROW, _HIDDEN_ROW_BEFORE) for row in find.findall(xml)}))


def _hidden_columns(xml: bytes) -> tuple[int, ...]:
    hidden: list[int] = []
    for column in _COLUMN.findall(xml[: max(xml.find(b"<sheetData"), 0)]):
        if _HIDDEN.search(column):
            first, last = (int(_attribute(column, name)) for name in (b"min", b"max"))
            hidden.extend(range(first, min(last, first + 50) + 1))
    return tuple(hidden)


def _attribute(tag: bytes, name: bytes) -> bytes:
    found = re.search(rb"\b" + name + rb'="(\d+)"', tag)
    return found[1] if found else b"0"


def _comments(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """Each note beside a cell: the cell and the text."""
    relations = f"{_SHEET_FOLDER}/_rels/{basename(part)}.rels"
    for _, target in _relations(package, relations, _SHEET_FOLDER):
        if basename(target).casefold().startswith("comment"):
            for note in ElementTree.fromstring(package.read(target)).iter():
                if note.tag.endswith("}comment"):
                    yield note.attrib["ref"], "".join(note.itertext()).strip()


def _unsaved(xml: bytes) -> frozenset[str]:
    if not _FORMULA.search(xml):
        return frozenset()
    return frozenset(cell.decode() for cell in _UNSAVED.findall(xml))


def _errors(xml: bytes) -> Iterator[tuple[str, str]]:
    """Each cell with a spreadsheet error, such as #N/A, and its text: the reader of values leaves it blank."""
    for cell in _CELL.finditer(xml) if _ERROR_MARK in xml else ():
        name, value = _NAME.search(cell[1]), _VALUE.search(cell[2])
        if _ERROR_MARK in cell[1] and name and value:
            yield name[1].decode(), value[1].decode()


def _percent_styles(package: zipfile.ZipFile) -> frozenset[bytes]:
    """The cell styles whose number format is a percentage."""
    if "xl/styles.xml" not in package.namelist():
        return frozenset()
    root = ElementTree.fromstring(package.read("xl/styles.xml"))
    space = root.tag.partition("}")[0] + "}"
    own = {each.attrib["numFmtId"] for each in root.iter(f"{space}numFmt") if "%" in each.attrib.get("formatCode", "")}
    formats = root.find(f"{space}cellXfs")
    cells = list(formats) if formats is not None else []
    shown = own | {"9", "10"}  # the two percent formats every workbook has
    return frozenset(str(place).encode() for place, cell in enumerate(cells) if cell.attrib.get("numFmtId") in shown)


def _percent_cells(xml: bytes, percent: frozenset[bytes]) -> frozenset[str]:
    if not percent or not any(b' s="%s"' % style in xml for style in percent):
        return frozenset()
    return frozenset(cell.decode() for cell, style in _STYLED.findall(xml) if style in percent)
