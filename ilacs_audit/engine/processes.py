"""What keeps processes from outliving their purpose; some of it only Linux has."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import psutil

_PR_SET_PDEATHSIG = 1
# A middling figure: when memory runs out, the system ends a report before anything else here.
_EXPENDABLE = "500"
# A process that starts others while it is being ended is met again in the next round.
_ROUNDS = 20


def can_fork() -> bool:
    """Whether this system can fork notebooks safely: Linux, with handles on processes."""
    return sys.platform.startswith("linux") and hasattr(os, "pidfd_open")


def end_with_parent(parent: int) -> None:
    """Lead a group of our own, end when the parent is killed, and before all others when memory runs out."""
    if os.name == "posix":
        os.setpgid(0, 0)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(_EXPENDABLE, encoding="ascii")


def kill_group(group: int) -> None:
    """End a process group; no matter if it has ended by itself."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


def end_all(folder: Path) -> None:
    """End every other process that was started with this folder as its place for temporary files.

    Processes that made themselves independent of their parents and groups are found as well.
    """
    for _ in range(_ROUNDS):
        found = list(_started_with(folder))
        for process in found:
            with suppress(psutil.Error):
                process.kill()
        if not found:
            return
        time.sleep(0.01)


def _started_with(folder: Path) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        # Those that have just ended, or belong to others, cannot be read.
        with suppress(psutil.Error, OSError):
            place = process.environ().get("TMPDIR", "")
            if Path(place).is_relative_to(folder) and process.pid != os.getpid():
                yield process


def peak_memory() -> int:
    """The largest resident size so far of this process or of one that it started, in bytes; 0 if unknown."""
    if not sys.platform.startswith("linux"):
        return 0
    resource = import_module("resource")
    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return 1024 * int(max(used))


def threads() -> int:
    """How many threads this process has, those started by C libraries included."""
    return int(psutil.Process().num_threads())
