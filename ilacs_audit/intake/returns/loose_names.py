"""People named where no column asks for one: in sheet names, notes, hidden sheets, properties and file names.

Nobody says there that a word is a name, so one is taken for a person's only where two to four words with
capitals follow each other and none of them is a word of the catalogue: a title or a team that stands on every
page must not stop every page.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from pathlib import Path

from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.files.limits import part_names
from ilacs_audit.intake.files.workbook import Sheet

_WORD = re.compile(r"(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)|(?P<end>[^\s_.,]+)")
_AUTHORS = re.compile(
    rb"<(?:\w+:)?(?:creator|initial-creator|lastModifiedBy|author)(?:\s[^>]*)?>([^<]+)<|displayName=\"([^\"]+)\""
)
_PARTS = ("docprops/", "xl/comments", "xl/persons/", "meta.xml")
_MOST = 4
_OF_OFFICES = """
january february march april may june july august september october november december jan feb mar apr jun jul aug
sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
access admin administrator analysis annex apache app audit audits case cases chart children childrens comments copy
council data desktop document documents download downloads draft excel export exports file files final folder form
forms google guest guidance help import instructions intelligence key libre libreoffice list lists lookup lookups
macro me microsoft notes office open openpyxl owner page performance pivot poi power query read readme report reports
response responses return returns sample sheet spreadsheet summary system table tables team teams template test the
tool unknown user users values version workbook worksheet
"""
OF_OFFICES = frozenset(_OF_OFFICES.split())


def loose_names(path: Path, *, inside: Path, sheets: Iterable[Sheet], words: frozenset[str]) -> frozenset[str]:
    """What may be people's names about a file: its path within the evidence, its authors and what it hides.

    `words` are those of the catalogue, folded; none of them is taken for part of a name.
    """
    texts = [*path.relative_to(inside).with_suffix("").parts, *_authors(path)]
    texts += [text for sheet in sheets for text in _aside(sheet)]
    return frozenset(name for text in texts for name in names_in(text, words=words))


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


def _aside(sheet: Sheet) -> Iterator[str]:
    """What a sheet says beside its answers: its name, its notes, and all of it where it is hidden."""
    yield sheet.name
    yield from (text for _, text in sheet.facts.comments)
    if not sheet.visible:
        yield from {cell for row in sheet.cells.tolist() for cell in row if isinstance(cell, str) and cell}


def _authors(path: Path) -> Iterator[str]:
    """Who made a workbook, saved it last and wrote its notes, as its package says."""
    try:
        with zipfile.ZipFile(path) as package:
            told = [package.read(stored) for name, stored in part_names(package).items() if name.startswith(_PARTS)]
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return
    for found in (each for part in told for each in _AUTHORS.findall(part)):
        yield html.unescape(b"".join(found).decode("utf-8", "replace"))
