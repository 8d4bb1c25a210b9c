"""One run at a time in a folder, on any system, with a plain word about who holds it.

The lock is a file that only one process can create. A run that died leaves it behind, so the
next one takes it over when the owner is gone from this machine, or after half a day.
"""

import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ilacs_audit.domain.errors import LockedError

NAME = "store.lock"
STALE_AFTER = 12 * 3600
_WRITING = 60


@contextmanager
def locked(folder: Path, *, name: str = NAME) -> Iterator[None]:
    """Hold a folder for this run, by a lock of that name. Raises LockedError naming the run that holds it."""
    path = folder / name
    if not _create(path):
        _take_over(path)
    try:
        yield
    finally:
        if _owner(path) == _ourselves():
            path.unlink(missing_ok=True)


def _ourselves() -> dict[str, Any]:
    return {"host": socket.gethostname(), "process": os.getpid()}


def _create(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    except PermissionError:  # on Windows also a lock that is just being removed
        if sys.platform == "win32":
            return False
        raise
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(_ourselves(), file)
    except OSError:  # a full disk: a lock without an owner would only hold up the next run
        path.unlink(missing_ok=True)
        raise
    return True


def _take_over(path: Path) -> None:
    """Replace the lock of a run that is gone; only one process at a time may try."""
    breaking = path.with_suffix(".breaking")
    if _age(breaking) > _WRITING:
        breaking.unlink(missing_ok=True)
    if not _create(breaking):
        raise _held(path)
    try:
        if not _abandoned(path):
            raise _held(path)
        path.unlink(missing_ok=True)
        if not _create(path):
            raise _held(path)
    finally:
        breaking.unlink(missing_ok=True)


def _abandoned(path: Path) -> bool:
    age, owner = _age(path), _owner(path)
    if not owner:
        return age > _WRITING
    import psutil  # a command that finds no lock need not wait for it

    gone = owner.get("host") == socket.gethostname() and not psutil.pid_exists(int(owner.get("process", 0)))
    return gone or age > STALE_AFTER


def _owner(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return dict(json.loads(path.read_text(encoding="utf-8")))
    return {}


def _age(path: Path) -> float:
    """Seconds since the lock was made; 0 where there is none."""
    with suppress(OSError):
        return time.time() - path.stat().st_mtime
    return 0.0


def _held(path: Path) -> LockedError:
    owner = _owner(path)
    who = f"process {owner['process']} on {owner['host']}" if owner else "another process"
    return LockedError(
        f"Another run is writing the {path.stem}: {who}, for {_age(path) / 60:.0f} minutes.",
        where=path.name,
        fix="Wait for it to end. If no run is under way, delete that file.",
    )
