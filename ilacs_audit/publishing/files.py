"""Write files whole or not at all.

A reader, or a scheduler killed half-way, never meets half a page: the text goes to a
temporary name beside its destination and takes its place in one step.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Replace a file in one step, making its folder if needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can open, where the system allows it."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file's content."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def folder_hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a folder by its name; empty where there is no such folder."""
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return {path.name: fingerprint(path) for path in paths if path.is_file()}


def write_json(path: Path, content: object) -> None:
    """Write JSON whole, its keys in order."""
    write_whole(path, (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode())


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON object; empty where there is none that is whole."""
    with suppress(OSError, ValueError):
        return dict(json.loads(path.read_text(encoding="utf-8")))
    return {}
