"""What a killed process leaves behind, and how it is found again.

A file is written under a partial name and then takes its place in one step. A process that
is killed in between cannot tidy up, so whoever outlives it does, and the next run does again.
"""

import glob
from pathlib import Path

_LONGEST = 100
ANY_PARTIAL = ".*.partial-*"


def partial_name(path: Path) -> str:
    """The beginning of the name under which a file is written before it takes its place."""
    return f".{path.name[:_LONGEST]}.partial-"


def sweep(path: Path) -> None:
    """Take away the unfinished files beside a path."""
    for leftover in path.parent.glob(f"{glob.escape(partial_name(path))}*"):
        leftover.unlink(missing_ok=True)
