"""The few calls that only Linux has, and that keep processes from outliving their purpose."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
# A middling figure: when memory runs out, the kernel ends a report before anything else here.
_EXPENDABLE = "500"
# A process that starts others while it is being ended is met again in the next round.
_ROUNDS = 20


def can_fork() -> bool:
    """Whether this system can fork notebooks safely: Linux, with handles on processes."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


class ProcessControl:
    """`prctl`, loaded once before the first fork, because loading it takes time and memory."""

    def __init__(self) -> None:
        self._call = ctypes.CDLL(None, use_errno=True).prctl

    def die_with_parent(self, parent: int) -> None:
        """End this process when its parent ends, even when the parent is killed."""
        self._call(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    def adopt_orphans(self) -> None:
        """Become the parent of grandchildren whose own parent has gone, to be able to end them."""
        self._call(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def expendable() -> None:
    """Offer this process first when memory runs out."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_EXPENDABLE, encoding="ascii")


def kill_group(group: int) -> None:
    """End a process group; no matter if it has ended by itself."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def reap_group(group: int) -> None:
    """Forget those of a killed group that have become ours."""
    try:
        while os.waitpid(-group, os.WNOHANG)[0]:
            continue
    except ChildProcessError:
        return


def end_all(folder: Path) -> None:
    """End every other process that was started with this folder as its place for temporary files.

    Processes that made themselves independent of their parents and groups are found as well.
    """
    for _ in range(_ROUNDS):
        found = list(_started_with(folder))
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if not found:
            return
        time.sleep(0.01)


def _started_with(folder: Path) -> Iterator[int]:
    name = os.fsencode(f"TMPDIR={folder}")
    for process in Path("/proc").glob("[0-9]*"):
        # Those that have just ended, or belong to others, cannot be read.
        with suppress(OSError):
            if name in (process / "environ").read_bytes() and int(process.name) != os.getpid():
                yield int(process.name)


def threads() -> int:
    """How many threads this process has, those started by C libraries included."""
    return sum(1 for _ in Path("/proc/self/task").iterdir())
