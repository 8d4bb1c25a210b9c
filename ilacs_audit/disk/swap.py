"""Put a whole folder in the place of another, so that readers meet the old or the new and never half.

On Linux the two change places in one step. Elsewhere the old one steps aside first; a run that
was killed between the two steps is made good by the next one (`recover`).
"""

import ctypes
import os
import shutil
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are seen from the current folder
_EXCHANGE = 2  # RENAME_EXCHANGE


def swap(new: Path, place: Path) -> None:
    """Move a folder to a place, instead of the folder that stood there.

    The new folder may lie on another disk: it is first brought beside its place.
    """
    arriving, leaving = _beside(place, "arriving"), _beside(place, "leaving")
    shutil.rmtree(arriving, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(new, arriving)
    if not place.exists():
        arriving.rename(place)
    elif exchange(arriving, place):
        shutil.rmtree(arriving, ignore_errors=True)
    else:
        _step_aside(place, leaving, arriving)


def _step_aside(place: Path, leaving: Path, arriving: Path) -> None:
    shutil.rmtree(leaving, ignore_errors=True)
    place.rename(leaving)
    try:
        arriving.rename(place)
    except OSError:
        leaving.rename(place)
        raise
    shutil.rmtree(leaving, ignore_errors=True)


def recover(place: Path) -> None:
    """Make good what a run left that was killed while it swapped."""
    arriving, leaving = _beside(place, "arriving"), _beside(place, "leaving")
    if leaving.exists() and not place.exists():
        (arriving if arriving.exists() else leaving).rename(place)
    for leftover in (arriving, leaving):
        shutil.rmtree(leftover, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system or the disk cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _beside(place: Path, word: str) -> Path:
    return place.with_name(f".{place.name}.{word}")
