"""Know whether something changed, by its content and never by its date.

A file that was saved again unchanged is the same file; a catalogue that was edited is another.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

_KEY_TEST = b"ilacs_audit: which key made these pseudonyms"


def file_fingerprint(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a folder by its name; empty where there is no such folder."""
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return {path.name: file_fingerprint(path) for path in paths if path.is_file()}


def fingerprint(*things: object) -> str:
    """The SHA-256 of what the things say, whatever order their sets and mappings are in.

    >>> fingerprint({"a": 1, "b": {2, 3}}) == fingerprint({"b": {3, 2}, "a": 1})
    True
    """
    said = json.dumps([_plain(thing) for thing in things], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


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
