"""The warm parent: imports everything once, and forks itself for each notebook.

It is a process of its own, so that whatever the caller has (threads, a progress display, an
Arrow pool) is not copied into notebooks, and it has one thread only, because a fork copies
the thread that forks and none of the locks' other owners. One zygote serves one batch: code
edited since then is never run.

The caller is at the other end of a socket. When that end closes, for whatever reason, every
child is ended, the folder is removed, and the zygote goes.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import FrameType
from typing import NoReturn

from ilacs_audit.disk.leftovers import sweep
from ilacs_audit.engine.child import Birth, live
from ilacs_audit.engine.jobs import DIED, Batch, Ended, Job, Outcome, Started, overdue, was_in
from ilacs_audit.engine.processes import ProcessControl, end_all, kill_group, reap_group
from ilacs_audit.engine.warm import made_warm

# How often the zygote looks whether its caller is still its parent.
_GLANCE = 1.0
_KIBIBYTE = 1024


@dataclass
class Running:
    """A child at work, and what is known of it so far."""

    index: int
    job: Job
    pid: int
    handle: int
    reply: Connection
    folder: Path
    started: float
    cell: int | None = None
    outcome: Outcome | None = None
    overdue: bool = False


class Zygote:
    """Forks children, at most so many at a time, and reports on each."""

    def __init__(self, channel: Connection, batch: Batch, jobs: list[tuple[int, Job]]) -> None:
        self._channel, self._batch = channel, batch
        self._waiting = deque(jobs)
        self._running: list[Running] = []
        self._control = ProcessControl()
        self._caller = os.getppid()
        self._control.adopt_orphans()

    def serve(self) -> None:
        """Run all jobs, or as many as the caller lives to see."""
        while self._waiting or self._running:
            while self._waiting and len(self._running) < self._batch.workers:
                self._start(*self._waiting.popleft())
            ready = wait([self._channel, *self._handles()], self._patience())
            if self._channel in ready or os.getppid() != self._caller:
                return
            for child in list(self._running):
                self._look_after(child, ended=child.handle in ready)

    def end(self) -> None:
        """End every process that is below this one."""
        for child in self._running:
            kill_group(child.pid)
        end_all(self._batch.folder)
        for child in self._running:
            sweep(child.job.executed)

    def _handles(self) -> list[Connection | int]:
        replies: list[Connection | int] = [child.reply for child in self._running if not child.reply.closed]
        return [*replies, *(child.handle for child in self._running)]

    def _patience(self) -> float:
        first = min(child.started for child in self._running)
        return max(0.0, min(_GLANCE, first + self._batch.timeout - time.monotonic()))

    def _start(self, index: int, job: Job) -> None:
        folder = self._batch.folder / f"job-{index}"
        folder.mkdir(mode=0o700)
        reply, child_reply = _pipe()
        birth = Birth(job, self._batch, folder, child_reply, os.getpid(), self._control)
        # A child that heard our own signal before it has its own handlers would act as us.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        pid = os.fork()
        if pid == 0:
            try:
                self._forget_the_others(reply)
                live(birth)
            finally:
                os._exit(1)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        child_reply.close()
        with suppress(PermissionError, ProcessLookupError):
            os.setpgid(pid, pid)
        self._running.append(Running(index, job, pid, os.pidfd_open(pid), reply, folder, time.monotonic()))
        self._channel.send(Started(index))

    def _forget_the_others(self, reply: Connection) -> None:
        """Close, in a child, what would keep others' pipes open after their end."""
        for connection in [self._channel, reply, *(child.reply for child in self._running)]:
            connection.close()
        for child in self._running:
            os.close(child.handle)

    def _look_after(self, child: Running, *, ended: bool) -> None:
        _listen(child)
        if ended:
            self._bury(child)
        elif not child.overdue and time.monotonic() - child.started > self._batch.timeout:
            child.overdue = True
            kill_group(child.pid)

    def _bury(self, child: Running) -> None:
        """Take the result of an ended child, and whatever processes it left behind."""
        kill_group(child.pid)
        _, status, usage = os.wait4(child.pid, 0)
        reap_group(child.pid)
        _listen(child)
        child.reply.close()
        os.close(child.handle)
        self._running.remove(child)
        sweep(child.job.executed)
        shutil.rmtree(child.folder, ignore_errors=True)
        outcome = child.outcome or _lost(child, status, timeout=self._batch.timeout)
        seconds, memory = time.monotonic() - child.started, usage.ru_maxrss * _KIBIBYTE
        self._channel.send(Ended(child.index, replace(outcome, seconds=seconds, peak_memory_bytes=memory)))


def _pipe() -> tuple[Connection, Connection]:
    reading, writing = os.pipe()
    return Connection(reading, writable=False), Connection(writing, readable=False)


def _listen(child: Running) -> None:
    """Note which cell a child is in, and its outcome."""
    try:
        while not child.reply.closed and child.reply.poll():
            said = child.reply.recv()
            if isinstance(said, Outcome):
                child.outcome = said
            else:
                child.cell = said
    except (EOFError, OSError):
        child.reply.close()


def _lost(child: Running, status: int, *, timeout: float) -> Outcome:
    """The outcome of a child that could not tell it."""
    if child.overdue:
        return overdue(child.job.id, child.cell, timeout=timeout)
    cause = _cause(os.waitstatus_to_exitcode(status))
    return Outcome(child.job.id, "crashed", problem=f"{DIED} {cause}{was_in(child.cell)}", failing_cell=child.cell)


def _cause(code: int) -> str:
    if code >= 0:
        return f"It ended itself with exit code {code}."
    if -code == signal.SIGKILL:
        return "It was killed, by hand or because the machine ran out of memory."
    return f"It was stopped by signal {-code} ({signal.Signals(-code).name})."


def main() -> NoReturn:
    """Serve the batch that arrives on the socket; the arguments are its number and our folder."""
    signal.signal(signal.SIGTERM, _leave)
    channel, zygote = Connection(int(sys.argv[1])), None
    try:
        batch, jobs = channel.recv()
        refusal = made_warm(batch)
        channel.send(refusal)
        if not refusal:
            zygote = Zygote(channel, batch, jobs)
            zygote.serve()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # The caller has gone; so do we.
        pass
    finally:
        if zygote:
            zygote.end()
        shutil.rmtree(sys.argv[2], ignore_errors=True)
    os._exit(0)


def _leave(_: int, __: FrameType | None) -> NoReturn:
    sys.exit(0)
