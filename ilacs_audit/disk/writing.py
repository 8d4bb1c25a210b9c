"""Write files whole or not at all.

A reader, or a scheduler killed half-way, never meets half a page: the text goes to a
temporary name beside its destination and takes its place in one step. A process that is killed in between cannot
tidy up, so whoever outlives it does, and the next run does again.
"""

import glob
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_LONGEST = 100
ANY_PARTIAL = ".*.partial-*"


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Replace a file in one step, making its folder if needed."""
    with replacing(path, mode=mode) as partial:
        partial.write_bytes(content)


@contextmanager
def replacing(path: Path, *, mode: int = 0o644) -> Iterator[Path]:
    """A name beside a file for those who write by name; what is written there takes the file's place in one step.

    Where the writing breaks off, the file stays as it was and nothing is left beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=partial_name(path))
    os.close(handle)
    partial = Path(name)
    try:
        yield partial
        with partial.open("rb+") as written:
            os.fsync(written.fileno())
        partial.chmod(mode)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can open, where the system allows it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError, NotImplementedError):
        path.chmod(0o700)
    return path


def write_json(path: Path, content: object) -> None:
    """Write JSON whole, its keys in order."""
    write_whole(path, (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode())


def read_json(path: Path, *, otherwise: Any = None) -> Any:
    """Read JSON; where there is no file or it is not whole, the other thing: an empty object unless given."""
    with suppress(OSError, ValueError):
        return json.loads(path.read_text(encoding="utf-8"))
    return {} if otherwise is None else otherwise


def partial_name(path: Path) -> str:
    """The beginning of the name under which a file is written before it takes its place."""
    return f".{path.name[:_LONGEST]}.partial-"


def sweep(path: Path) -> None:
    """Take away the unfinished files beside a path."""
    for leftover in path.parent.glob(f"{glob.escape(partial_name(path))}*"):
        leftover.unlink(missing_ok=True)
