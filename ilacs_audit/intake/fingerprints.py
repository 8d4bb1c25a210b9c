"""Know whether something changed, by its content and never by its date.

A file that was saved again unchanged is the same file; a catalogue that was edited is another.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

_KEY_TEST = b"ilacs_audit: which key made these pseudonyms"


def file_fingerprint(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(*things: object) -> str:
    """The SHA-256 of what the things say, whatever order their sets and mappings are in.

    >>> fingerprint({"a": 1, "b": {2, 3}}) == fingerprint({"b": {3, 2}, "a": 1})
    True
    """
    said = json.dumps([_plain(thing) for thing in things], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


@cache
def code_fingerprint() -> str:
    """The SHA-256 of the code that turns files into tables: other code may read them otherwise."""
    rooms = (Path(__file__).parent, Path(__file__).parent.parent / "domain")
    return fingerprint([file_fingerprint(path) for room in rooms for path in sorted(room.glob("*.py"))])


def key_fingerprint(key: bytes) -> str:
    """Which key it is, without saying the key."""
    return hmac.digest(key, _KEY_TEST, "sha256").hex()[:16]


def _plain(thing: Any) -> Any:
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(name): _plain(value) for name, value in thing.items()}
    if isinstance(thing, (set, frozenset)):
        return sorted(json.dumps(_plain(each), sort_keys=True) for each in thing)
    if isinstance(thing, (list, tuple)):
        return [_plain(each) for each in thing]
    return thing if thing is None or isinstance(thing, (str, int, float, bool)) else str(thing)
