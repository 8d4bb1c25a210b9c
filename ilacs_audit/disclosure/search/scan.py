"""Search finished files for every identifier that came in.

The last boundary: whatever the rooms before it did wrong, a page that holds a name is not
published. A finding says which file and what kind, never the identifier itself.

Full names and references are always looked for. A single word that is also an ordinary word
("Will", "Rose", "May") is looked for only within the full name, or no page could be published.
People are also looked for by initial and family name (`initials`).

A file is opened as far as it goes: a workbook and a Word file are archives of XML with comments, hidden sheets and
properties, and all of them leave the building with the page.
"""

import gzip
import hashlib
import io
import re
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ilacs_audit.disclosure.search.finder import IdentifierFinder
from ilacs_audit.disclosure.search.undisguise import (
    apart,
    decoded,
    legible,
    sentences,
    unescaped,
    without_blobs,
    without_drawing,
    without_numbers,
)
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.identifying import in_print

_DEEPEST = 3
_LOOKS = re.compile(
    r"(?:theme/theme\d*|styles)\.xml$"
)  # colours and sizes that the program of a workbook writes itself
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class FilePart(NamedTuple):
    """One text of a file: the member it came from, its words, and whether it is only legible bytes."""

    member: str
    text: str
    noisy: bool = False


class Finding(NamedTuple):
    """One identifier in one file: where, of which kind, in which disguise, and a keyed mark to tell two apart."""

    file: str
    member: str
    kind: str
    disguise: str
    mark: str


class Hit(NamedTuple):
    """What was found, for the owner's eyes only: as it came in, and the sentence, empty where it stands in no text."""

    kind: str
    disguise: str
    what: str
    sentence: str


def hits_in(path: Path, identifiers: Iterable[str]) -> list[Hit]:
    """Everything that `scan` finds in a file, in the open."""
    finder = IdentifierFinder(identifiers)
    parts = [FilePart("", path.name), *_contents(path.read_bytes())]
    return sorted({Hit(*hit, _sentence(part.text, hit[2])) for part in parts for hit in _hits(part, finder)})


def _sentence(text: str, what: str) -> str:
    """The first sentence of a text in which something stands."""
    one = IdentifierFinder([what])
    said = (" ".join(each.split()) for each in sentences(text))
    return next((each for each in said if what in each or one.find(each)), "")


def scan(sources: Path | str | Iterable[Path | str], identifiers: Iterable[str]) -> pd.DataFrame:
    """Search files, folders and texts for identifiers in any disguise.

    Parameters
    ----------
    sources
        Paths (folders are searched through) and texts: a `Path` is opened, a `str` is read as it is.
    identifiers
        Every name, reference and number that came in, as it was written.

    Returns a table with `file, member, kind, disguise, mark`, empty when nothing was found.
    Example: `ia.scan("outputs/board/2024-11", {"Zebedee Quillfeather"})`.
    """
    if isinstance(identifiers, str) or not isinstance(identifiers, Iterable):
        raise UsageError("It is not said whom to look for.", fix="Give a list of names and references.")
    if not isinstance(sources, Iterable | Path):
        raise UsageError("It is not said where to look.", fix="Give paths, or texts.")
    finder, secret = IdentifierFinder(identifiers), secrets.token_bytes(16)
    found = {
        each
        for place, (name, content) in enumerate(_opened(sources), start=1)
        for each in _search(name, place, content, finder, secret)
    }
    return pd.DataFrame(sorted(found), columns=list(Finding._fields))


def _opened(sources: Path | str | Iterable[Path | str]) -> Iterator[tuple[str, str | bytes]]:
    listed = [sources] if isinstance(sources, (Path, str)) else sources
    for place, source in enumerate(listed, start=1):
        if isinstance(source, Path):
            inner = sorted(each for each in source.rglob("*") if each.is_file()) if source.is_dir() else (source,)
            yield from ((str(path), path.read_bytes()) for path in inner)
        else:
            yield f"text {place}", source


def _search(name: str, place: int, content: str | bytes, finder: IdentifierFinder, secret: bytes) -> Iterator[Finding]:
    """The findings of one file; a name that is itself a finding is not repeated."""
    in_name = set(_hits(FilePart("", Path(name).name), finder))
    safe = f"file {place} (name withheld)" if in_name else name
    for kind, _, what in in_name:
        yield Finding(safe, "(file name)", kind, "file name", _mark(what, secret))
    for part in [FilePart("", content)] if isinstance(content, str) else _contents(content):
        hits = set(_hits(part, finder))
        member = "" if any(finder.find(part.member)) else part.member
        yield from (Finding(safe, member, kind, how, _mark(what, secret)) for kind, how, what in hits)


def _hits(part: FilePart, finder: IdentifierFinder) -> Iterator[tuple[str, str, str]]:
    """Kind, disguise and identifier, for each disguise in turn."""
    for text, how in zip(apart(without_drawing(unescaped(part.text))), ("plain", "in a tag"), strict=True):
        yield from (("identifier", how, name) for name in finder.find(text, noisy=part.noisy))
        if not part.noisy:
            yield from ((kind, how, what) for kind, what in _of_form(without_blobs(text)))
    yield from _encoded(part.text, finder)


def _encoded(text: str, finder: IdentifierFinder) -> Iterator[tuple[str, str, str]]:
    """What hides in base64, and in base64 within base64."""
    said = list(decoded(text))
    inner = unescaped("\n".join(each for each, whole in said if whole))
    noise = "\n".join(each for each, whole in said if not whole)
    again = "\n".join(each for each, whole in decoded(inner) if whole)
    yield from (("identifier", "base64", name) for name in finder.find(inner))
    yield from (("identifier", "base64", name) for name in finder.find(noise, noisy=True))
    yield from (("identifier", "base64 twice", name) for name in finder.find(again))
    yield from ((kind, "base64", what) for kind, what in _of_form(inner))


def _of_form(text: str) -> Iterator[tuple[str, str]]:
    return ((each.kind, text[each.start : each.end]) for each in in_print(text))


def _mark(what: str, secret: bytes) -> str:
    return hashlib.blake2b(what.encode(), key=secret, digest_size=4).hexdigest()


def _contents(content: bytes, *, member: str = "", depth: int = 0) -> Iterator[FilePart]:
    """The texts of a file's bytes, archives opened."""
    if depth < _DEEPEST and content[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            notes = [archive.comment, *(each.comment for each in archive.infolist())]
            yield FilePart(f"{member}(archive)", "\n".join(archive.namelist()) + legible(b"\n".join(notes)))
            for name in archive.namelist():
                yield from _contents(archive.read(name), member=f"{member}{name}", depth=depth + 1)
    elif depth < _DEEPEST and content[:2] == b"\x1f\x8b":
        yield from _contents(gzip.decompress(content), member=member, depth=depth + 1)
    else:
        yield _text(content, member=member)


def _text(content: bytes, *, member: str) -> FilePart:
    encoding = next((each for mark, each in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return FilePart(member, legible(content), noisy=True)
    if "\0" in text:
        return FilePart(member, legible(content), noisy=True)
    return FilePart(member, without_numbers(text) if _LOOKS.search(member) else text)
