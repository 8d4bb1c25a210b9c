"""People named where no column asks for one: above the table, in notes, in whatever is hidden, beside the cells.

A package is read through: properties, comments, headers and footers, validation lists, defined names, pivot caches,
text boxes, charts, links, and texts that no cell holds any more.

Nobody says there that a word is a name, so one is taken for a person's only where two to four words with
capitals follow each other and none of them is a word of the catalogue: a title or a team that stands on every
page must not stop every page.
"""

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from pathlib import Path
from urllib.parse import unquote

from ilacs_audit.domain.errors import AuditError
from ilacs_audit.domain.identifying import in_words
from ilacs_audit.intake.cells.spelling import clean, fold
from ilacs_audit.intake.files.limits import UNREADABLE, check_package, part_names, unpacked
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.returns.known_people import header_end

_WORD = re.compile(r"(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)|(?P<end>[^\s_.,]+)")
_PACKED = re.compile(rb"</?(?:\w+:)?(?:r|t|rPr|sz|rFont|b|i|u|color)\b[^>]*>|<(?:\w+:)?rPr>.*?</(?:\w+:)?rPr>")
_TEXT = re.compile(
    rb">([^<>]{4,})<|\b(?:\w*[nN]ame|refreshedBy|v|val|title|prompt\w*|descr|tooltip|Target)=\"([^\"]{4,})\""
)
_CELLS = re.compile(rb"<(\w+:)?sheetData\b.*</(\w+:)?sheetData>", re.DOTALL)
_PRINTED = re.compile(r'&(?:"[^"]*"|\d+|K[\dA-F]{6}|[A-Z])')
_OF_LOOKS = ("xl/styles", "xl/theme", "xl/calcchain", "[content_types]", "_rels/")
_SAYS_WHO = re.compile(r"\b(?:by|for|manager|author|auditor|worker|contact|lead|name|from|signed)\W*$", re.IGNORECASE)
_LISTED = re.compile(r"[;\n|\"]|,(?=\S)|,(?=[^,]*,)")
_WRITTEN = (".xml", ".rels", ".vml")
_MOST = 4
_LONGEST_LABEL = 40
_OF_OFFICES = """
january february march april may june july august september october november december jan feb mar apr jun jul aug
sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
access admin administrator analysis annex apache app audit audits case cases chart children childrens comments copy
council data desktop document documents download downloads draft excel export exports file files final folder form
forms google guest guidance help import instructions intelligence key libre libreoffice list lists lookup lookups
macro me microsoft notes office open openpyxl owner page performance pivot poi power query read readme report reports
response responses return returns sample sheet spreadsheet summary system table tables team teams template test the
tool unknown user users values version workbook worksheet
sensitive confidential official personal private public internal restricted strictly general default normal print titles
quality assurance practice standard standards learning improvement board council borough county department service
services social work worker workers care early help protection plan plans review reviews meeting meetings monthly weekly
quarterly annual period date month week year total totals number percent yes no not met partly good outstanding requires
inadequate applicable north south east west central city area family families young people person child reference
subject address manager managers head heads lead principal senior assistant director officer prepared completed exported
signed checked approved produced generated created modified by for from with and the of new other all please select
arial calibri times roman bold italic regular light liberation sans serif cambria aptos segoe
"""
OF_OFFICES = frozenset(_OF_OFFICES.split())


def loose_names(path: Path, *, inside: Path, sheets: Iterable[Sheet], words: frozenset[str]) -> frozenset[str]:
    """What may be people's names about a file: its path within the evidence, its authors and what it hides.

    `words` are those of the catalogue, folded; none of them is taken for part of a name.
    """
    texts = [*path.relative_to(inside).with_suffix("").parts, *(text for sheet in sheets for text in _aside(sheet))]
    cells = {clean(cell) for sheet in sheets for row in sheet.cells.tolist() for cell in row if isinstance(cell, str)}
    texts += [part for text in _beside(path) if clean(text) not in cells for part in _LISTED.split(text)]
    written = {text[each.start : each.end] for text in texts if "@" in text for each in in_words(text)}
    return frozenset(name for text in texts for name in names_in(text, words=words)) | written


def names_in(text: str, *, words: frozenset[str] = frozenset()) -> Iterator[str]:
    """Two to four words with capitals that follow each other, and each pair of them ("Rang Zelda Quill").

    >>> list(names_in("Plans audit - Zelda O'Quill_Nov 24", words=frozenset({"plans"})))
    ["Zelda O'Quill"]
    """
    found = [(each["word"] or "", _names_somebody(each["word"] or "", words)) for each in _WORD.finditer(text)]
    for telling, run in groupby(found, key=lambda each: each[1]):
        name = [word for word, _ in run]
        if telling and len(name) <= _MOST:
            yield from dict.fromkeys(map(" ".join, (*pairwise(name), name) if len(name) > 1 else ()))


def _names_somebody(word: str, words: frozenset[str]) -> bool:
    plain = fold(word)
    return len(word) > 1 and word[0].isupper() and plain not in OF_OFFICES and not words & {plain, *plain.split()}


def names_signed(sheets: Iterable[Sheet], words: frozenset[str]) -> frozenset[str]:
    """The names in cells to the right of "Prepared by" or "Auditor:", whatever column they stand in."""
    grids = ((sheet.cells.tolist(), header_end(sheet) - 1) for sheet in sheets)
    rows = (row for grid, header in grids for number, row in enumerate(grid) if number != header)
    told = ((str(label)[-_LONGEST_LABEL:], cell) for row in rows for label, cell in pairwise(row) if cell and label)
    return frozenset(
        name for label, cell in told if _SAYS_WHO.search(label) for name in names_in(str(cell), words=words)
    )


def _aside(sheet: Sheet) -> Iterator[str]:
    """What a sheet says beside its answers: its name, its notes, what stands above the table, and what is hidden."""
    yield sheet.name
    yield from (text for _, text in sheet.facts.comments)
    top = header_end(sheet) - 1
    rows = {*range(top), *(row - 1 for row in sheet.facts.hidden_rows)}
    columns = {column - 1 for column in sheet.facts.hidden_columns}
    for number, row in enumerate(sheet.cells.tolist()):
        every = not sheet.visible or number in rows
        yield from (str(each) for place, each in enumerate(row) if each != "" and (every or place in columns))


def _beside(path: Path) -> Iterator[str]:
    """Every text of a workbook's package that stands beside its cells, and those that may have stood in one."""
    try:
        check_package(path)
        with zipfile.ZipFile(path) as package:
            wanted = [name for name in part_names(package) if name.endswith(_WRITTEN)]
            content = {name: unpacked(package, name) for name in wanted if not name.startswith(_OF_LOOKS)}
    except (zipfile.BadZipFile, AuditError, *UNREADABLE):
        return
    for name, part in content.items():
        beside = _CELLS.sub(b"", part) if name.startswith("xl/worksheets/") else part
        for found in _TEXT.findall(_PACKED.sub(b"", beside)):
            text = html.unescape(b"".join(found).decode("utf-8", "replace"))
            yield text if "sharedstr" in name else _PRINTED.sub("\n", unquote(text))
