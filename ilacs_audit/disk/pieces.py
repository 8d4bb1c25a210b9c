"""What a change did to a file, kept small enough to be read by a person, and taken back while others write on.

A text keeps the piece that was put in and the piece that was taken out. Of a whole file that came or went only the mark
is kept: it may be a return, and no copy of a return is made.
"""

import hashlib
from collections.abc import Mapping, Sequence
from itertools import takewhile
from os.path import relpath
from pathlib import Path

from ilacs_audit.domain.errors import UsageError

Piece = Mapping[str, str]
_CHANGED = "{name} was changed since in the same place, so what was written cannot be told apart from it."


def content(path: Path) -> bytes | None:
    """What a file holds; None where there is none."""
    return path.read_bytes() if path.is_file() else None


def piece(path: Path, before: bytes | None, after: bytes | None, *, folder: Path) -> Piece:
    r"""What became of one file, as plain words, its place told from a folder; empty where nothing did.

    >>> made = piece(Path("a/b.yml"), b"one\nthree\n", b"one\ntwo\nthree\n", folder=Path("a"))
    >>> made["file"], made["at"], made["put"], made["took"]
    ('b.yml', '5', 'wo\nt', '')
    """
    if before == after:
        return {}
    told = {"file": _told(path, folder), "was": _mark(before), "now": _mark(after)}
    if path.suffix != ".yml" and (before is None or after is None):
        return told
    try:
        one, other = ((each or b"").decode() for each in (before, after))
    except UnicodeDecodeError:
        fix = "Save it as UTF-8 first; nothing was changed."
        raise UsageError(f"{path.name} is not saved as UTF-8, so it cannot be written from here.", fix=fix) from None
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    return {**told, "at": str(start), "put": other[start : len(other) - end], "took": one[start : len(one) - end]}


def taken_back(pieces: Sequence[Piece], *, folder: Path) -> dict[Path, bytes | None]:
    """The files as they were before these pieces, with what others wrote elsewhere in them since.

    Raises UsageError where a piece cannot be found again.
    """
    there = {each["file"]: content(folder / each["file"]) for each in pieces}
    known = {_mark(each): each for each in there.values()}
    return {folder / each["file"]: _before(each, there[each["file"]], known) for each in pieces}


def _told(path: Path, folder: Path) -> str:
    try:
        return Path(relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return path.resolve().as_posix()


def _before(each: Piece, now: bytes | None, known: Mapping[str, bytes | None]) -> bytes | None:
    same = _mark(now) == each["now"]
    if "put" not in each:
        if not same or each["was"] not in {*known, ""}:
            raise _changed(each)
        return known[each["was"]] if each["was"] else None
    if same and not each["was"]:
        return None
    text, put, at = (now or b"").decode(), each["put"], int(each["at"])
    if not same and (each["took"] or text.count(put) != 1):
        raise _changed(each)
    at = at if same else text.index(put)
    return (text[:at] + each["took"] + text[at + len(put) :]).encode()


def _changed(each: Piece) -> UsageError:
    name = Path(each["file"]).name
    return UsageError(_CHANGED.format(name=name), fix=f"Put {name} right by hand; nothing was changed now.")


def _mark(held: bytes | None) -> str:
    return "" if held is None else hashlib.sha256(held).hexdigest()


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
