"""What only the parts of an xlsx package tell: what is hidden, notes, unsaved formulas.

The reader of values is fast and sees none of this. Unpacking a part and searching it for the
few attributes that matter costs a tenth of a second where a full parse costs five.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import basename, join, normpath
from xml.etree import ElementTree

from ilacs_audit.intake.files.limits import (
    UNREADABLE,
    check_extent,
    damaged,
    part_names,
    plain_name,
    read_through,
    unpacked,
)

_SHEET_FOLDER = "xl/worksheets"
_STRINGS = "xl/sharedstrings.xml"
_PREFIX = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?[^>]*>\s*)?<(\w+:)worksheet\b")
_HIDDEN = re.compile(rb'hidden="(?:1|true)"')
_ROW = re.compile(rb"<row [^>]*>")
_COLUMN = re.compile(rb"<col [^>]*>")
_UNSAVED = re.compile(
    rb'<c r="([A-Z]{1,3}\d+)"(?![^>]*\bt="str")[^>]*>'  # a text was saved: it may be empty
    rb"\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_WORKBOOK = "xl/workbook.xml"
_SINCE_1904 = re.compile(rb'\bdate1904="(?:1|true)"')
_FORMULA = re.compile(rb"<f[ >/]")
_ERROR_MARK = b't="e"'
_CELL = re.compile(rb"<c\b([^>]*)(?<!/)>(.*?)</c>", re.DOTALL)
_NAME = re.compile(rb'\br="([A-Z]{1,3}\d+)"')
_VALUE = re.compile(rb"<v>([^<]+)</v>")


@dataclass(frozen=True)
class SheetFacts:
    """What a sheet hides and what its cells do not say. Rows are numbers, cells are A1 names.

    `merged` are the first row, the last, and the place of the column, of cells merged down one column.
    """

    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    unsaved: frozenset[str] = frozenset()
    errors: tuple[tuple[str, str], ...] = ()
    since_1904: bool = False
    merged: tuple[tuple[int, int, int], ...] = ()


def sheet_facts(path: Path) -> dict[str, SheetFacts]:
    """What each sheet of an xlsx hides, by sheet name. Raises ReturnsError where it cannot be unpacked."""
    try:
        with zipfile.ZipFile(path) as package:
            if strings := part_names(package).get(_STRINGS):
                read_through(package, strings)
            old = _SINCE_1904.search(unpacked(package, _WORKBOOK)) is not None
            return {name: replace(_facts(package, part, path), since_1904=old) for name, part in _sheets(package)}
    except (zipfile.BadZipFile, ElementTree.ParseError, *UNREADABLE):
        raise damaged(path) from None


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    parts = dict(_relations(package, "xl/_rels/workbook.xml.rels", "xl"))
    for sheet in ElementTree.fromstring(unpacked(package, _WORKBOOK)).iter():
        if sheet.tag.endswith("}sheet"):
            linked = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
            if plain_name(parts.get(linked, "")).startswith(_SHEET_FOLDER):
                yield sheet.attrib["name"], parts[linked]


def _relations(package: zipfile.ZipFile, part: str, folder: str) -> Iterator[tuple[str, str]]:
    if plain_name(part) not in part_names(package):
        return
    for each in ElementTree.fromstring(unpacked(package, part)):
        target = each.attrib["Target"].replace("\\", "/")
        yield each.attrib["Id"], target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))


def _facts(package: zipfile.ZipFile, part: str, path: Path) -> SheetFacts:
    xml = _unprefixed(unpacked(package, part))
    check_extent(xml, path)
    hides = _HIDDEN.search(xml) is not None
    return SheetFacts(
        hidden_rows=_hidden_rows(xml) if hides else (),
        hidden_columns=tuple(_hidden_columns(xml)) if hides else (),
        comments=tuple(_comments(package, part)),
        unsaved=frozenset(cell.decode() for cell in _UNSAVED.findall(xml)) if _FORMULA.search(xml) else frozenset(),
        errors=tuple(_errors(xml)),
    )


def _unprefixed(xml: bytes) -> bytes:
    """The sheet with plain element names: some exporters write <x:row> where Excel writes <row>."""
    found = _PREFIX.match(xml)
    return xml.replace(b"<" + found[1], b"<").replace(b"</" + found[1], b"</") if found else xml


def _hidden_rows(xml: bytes) -> tuple[int, ...]:
    rows = (tag[0] for tag in _ROW.finditer(xml) if _HIDDEN.search(tag[0]))
    return tuple(sorted({_attribute(row, b"r") for row in rows}))


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for column in _COLUMN.findall(xml[: max(xml.find(b"<sheetData"), 0)]):
        if _HIDDEN.search(column):
            first, last = _attribute(column, b"min"), _attribute(column, b"max")
            yield from range(first, min(last, first + 50) + 1)


def _attribute(tag: bytes, name: bytes) -> int:
    found = re.search(rb"\b" + name + rb'="(\d+)"', tag)
    return int(found[1]) if found else 0


def _comments(package: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    relations = f"{_SHEET_FOLDER}/_rels/{basename(part)}.rels"
    for _, target in _relations(package, relations, _SHEET_FOLDER):
        if basename(target).casefold().startswith("comment"):
            for note in ElementTree.fromstring(unpacked(package, target)).iter():
                if note.tag.endswith("}comment"):
                    yield note.attrib["ref"], "".join(note.itertext()).strip()


def _errors(xml: bytes) -> Iterator[tuple[str, str]]:
    """Each cell with a spreadsheet error, such as #N/A, and its text: the reader of values leaves it blank."""
    for cell in _CELL.finditer(xml) if _ERROR_MARK in xml else ():
        name, value = _NAME.search(cell[1]), _VALUE.search(cell[2])
        if _ERROR_MARK in cell[1] and name and value:
            yield name[1].decode(), value[1].decode()
