"""Open a finished file as far as it goes: every member of an archive, every legible byte.

A workbook and a Word file are archives of XML with comments, hidden sheets and properties;
all of them leave the building with the page.
"""

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ilacs_audit.disclosure.search.undisguise import legible

_DEEPEST = 3
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class FilePart(NamedTuple):
    """One text of a file: the member it came from, its words, and whether it is only legible bytes."""

    member: str
    text: str
    noisy: bool = False


def files(source: Path) -> Iterator[Path]:
    """The file itself, or every file under a folder, hidden ones included, in order of name."""
    yield from sorted(each for each in source.rglob("*") if each.is_file()) if source.is_dir() else (source,)


def contents(content: bytes, *, member: str = "", depth: int = 0) -> Iterator[FilePart]:
    """The texts of a file's bytes, archives opened."""
    if depth < _DEEPEST and content[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(content)):
        yield from _members(content, member=member, depth=depth)
    elif depth < _DEEPEST and content[:2] == b"\x1f\x8b":
        yield from contents(gzip.decompress(content), member=member, depth=depth + 1)
    else:
        yield _text(content, member=member)


def _members(content: bytes, *, member: str, depth: int) -> Iterator[FilePart]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        notes = [archive.comment, *(each.comment for each in archive.infolist())]
        yield FilePart(f"{member}(archive)", "\n".join(archive.namelist()) + legible(b"\n".join(notes)))
        for name in archive.namelist():
            yield from contents(archive.read(name), member=f"{member}{name}", depth=depth + 1)


def _text(content: bytes, *, member: str) -> FilePart:
    encoding = next((each for mark, each in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return FilePart(member, legible(content), noisy=True)
    return FilePart(member, legible(content), noisy=True) if "\0" in text else FilePart(member, text)
