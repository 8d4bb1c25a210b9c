"""The warm process: it imports everything once, and makes a clean process for each notebook.

It does what `multiprocessing`'s own fork server does, which cannot be used as it is: ours has
its own environment from its first instruction, serves one batch and no other (code edited
since then is never run), and outlives a killed caller for as long as it takes to end every
notebook and remove their folder. It has one thread only, because a fork copies the thread
that forks and none of the locks' other owners. Where forking is not safe, the processes are
spawned instead and each starts an ordinary kernel.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any, NoReturn

from ilacs_audit.disk.leftovers import sweep
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.engine.environment import without_unwanted
from ilacs_audit.engine.jobs import DIED, Batch, Birth, Job, Outcome, overdue, was_in
from ilacs_audit.engine.notebook import run_job
from ilacs_audit.engine.papermill_engine import FORK, KERNEL
from ilacs_audit.engine.processes import can_fork, end_all, end_with_parent, kill_group, own_group, peak_memory
from ilacs_audit.engine.warm import made_warm, ready

# How often the warm process looks whether its caller is still its parent.
_GLANCE = 1.0


@dataclass
class Running:
    """A notebook's process at work, and what is known of it so far."""

    index: int
    birth: Birth
    process: Any
    handle: int
    reply: Connection
    started: float
    cell: int | None = None
    memory: int = 0
    outcome: Outcome | None = None
    overdue: bool = False


class Host:
    """Starts notebooks' processes, at most so many at a time, and reports on each."""

    def __init__(self, channel: Connection, batch: Batch, jobs: Sequence[tuple[int, Job]], *, forks: bool) -> None:
        self._channel, self._batch, self._waiting = channel, batch, deque(jobs)
        self._forks, self._engine = forks, FORK if forks and batch.engine != "kernel" else KERNEL
        self._context: Any = multiprocessing.get_context("fork" if forks else "spawn")
        self._running: list[Running] = []
        self._caller = os.getppid()

    def serve(self) -> None:
        """Run all jobs, or as many as the caller lives to see."""
        while self._waiting or self._running:
            while self._waiting and len(self._running) < self._batch.workers:
                self._start(*self._waiting.popleft())
            replies = [each.reply for each in self._running if not each.reply.closed]
            ready = connection.wait(
                [self._channel, *replies, *(each.handle for each in self._running)], self._patience()
            )
            if self._channel in ready or os.getppid() != self._caller:
                return
            for each in list(self._running):
                self._look_after(each, ended=each.handle in ready)

    def end(self) -> None:
        """End every process that is below this one."""
        for each in self._running:
            _kill(each)
        end_all(self._batch.folder)
        for each in self._running:
            sweep(each.birth.job.executed)

    def _patience(self) -> float:
        first = min(each.started for each in self._running)
        return max(0.0, min(_GLANCE, first + self._batch.timeout - time.monotonic()))

    def _start(self, index: int, job: Job) -> None:
        folder = self._batch.folder / f"job-{index}"
        folder.mkdir(mode=0o700)
        reply, theirs = multiprocessing.Pipe(duplex=False)
        birth = Birth(job, self._batch, folder, self._engine, os.getpid())
        ours = (self._channel, multiprocessing.current_process()) if self._forks else None
        told = ("ilacs_audit.engine.workers:live", birth, theirs, ours)
        process = self._context.Process(target=without_unwanted, args=told)
        process.start()
        theirs.close()
        # Our end of a pipe says less: processes that a notebook forked hold the other end open.
        handle = os.pidfd_open(process.pid) if can_fork() else process.sentinel
        self._running.append(Running(index, birth, process, handle, reply, time.monotonic()))
        self._channel.send(index)

    def _look_after(self, running: Running, *, ended: bool) -> None:
        _listen(running)
        if ended:
            self._bury(running)
        elif not running.overdue and time.monotonic() - running.started > self._batch.timeout:
            running.overdue = True
            _kill(running)

    def _bury(self, running: Running) -> None:
        """Take the result of a process that has ended, and end whatever it left behind."""
        _kill(running)
        running.process.join()
        end_all(running.birth.folder)
        _listen(running)
        running.reply.close()
        if can_fork():
            os.close(running.handle)
        self._running.remove(running)
        sweep(running.birth.job.executed)
        shutil.rmtree(running.birth.folder, ignore_errors=True)
        outcome = running.outcome or _lost(running, timeout=self._batch.timeout)
        seconds = time.monotonic() - running.started
        self._channel.send((running.index, replace(outcome, seconds=seconds, peak_memory_bytes=running.memory)))


def _kill(running: Running) -> None:
    kill_group(running.process.pid)
    running.process.kill()


def _listen(running: Running) -> None:
    """Note which cell a notebook is in, how much memory it has used, and its outcome."""
    try:
        while not running.reply.closed and running.reply.poll():
            said, running.memory = running.reply.recv()
            if isinstance(said, Outcome):
                running.outcome = said
            else:
                running.cell = said
    except (EOFError, OSError):
        running.reply.close()


def _lost(running: Running, *, timeout: float) -> Outcome:
    """The outcome of a process that could not tell it."""
    job, cell = running.birth.job, running.cell
    if running.overdue:
        return overdue(job.id, cell, timeout=timeout)
    problem = f"{DIED} {_cause(running.process.exitcode)}{was_in(cell)}"
    return Outcome(job.id, "crashed", problem=problem, failing_cell=cell)


def _cause(code: int) -> str:
    if code >= 0:
        return f"It ended itself with exit code {code}."
    if -code == signal.SIGKILL:
        return "It was killed, by hand or because the machine ran out of memory."
    return f"It was stopped by signal {-code} ({signal.Signals(-code).name})."


def live(birth: Birth, reply: Connection, forked: tuple[Connection, BaseProcess] | None) -> NoReturn:
    """Be the process of one job: run it, reply, and leave by the shortest way; never returns to who made it.

    `forked` holds what a fork copied from the warm process: its channel, and what it is to `multiprocessing`.
    """
    status = 1
    try:
        _become_new(birth)
        if forked:
            _forget(*forked)
        else:
            ready(birth.batch)
        _answer(reply, _outcome(birth, lambda said: _answer(reply, said)))
        status = 0
        atexit._run_exitfuncs()
    finally:
        os._exit(status)


def _answer(reply: Connection, said: int | Outcome) -> None:
    try:
        reply.send((said, peak_memory()))
    except (pickle.PicklingError, TypeError, AttributeError):
        problem = "The page was made, but what was found out about it cannot be sent back."
        reply.send((replace(said, status="failed", problem=problem, result=None), peak_memory()))  # type: ignore[type-var]


def _outcome(birth: Birth, tell: Callable[[int], object]) -> Outcome:
    try:
        return run_job(
            birth.job,
            engine=birth.engine,
            finish=birth.batch.finish,
            finish_options=birth.batch.finish_options,
            tell=tell,
            beneath=birth.folder,
        )
    except BaseException as error:
        problem = f"The notebook could not be run to its end: {type(error).__name__}."
        return Outcome(birth.job.id, "failed", problem=problem)


def _become_new(birth: Birth) -> None:
    """Take a group and a folder of our own, and answer signals as a new process does."""
    own_group()
    end_with_parent(birth.parent)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    atexit._clear()
    os.environ["TMPDIR"] = tempfile.tempdir = str(birth.folder)
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        file = os.open(birth.folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, descriptor)
        os.close(file)


def _forget(channel: Connection, warm: BaseProcess) -> None:
    """Undo what a fork copies but a new process would not have."""
    # A copy would hide from the caller that the warm process has ended.
    channel.close()
    vars(multiprocessing.process).update(_current_process=warm, _parent_process=None)
    if (numpy := sys.modules.get("numpy")) is not None:
        # Every fork would draw the same 'random' numbers otherwise.
        numpy.random.seed()


def main() -> NoReturn:
    """Serve the batch that arrives on the channel; the arguments are its number and our folder."""
    signal.signal(signal.SIGTERM, _leave)
    # On Windows a channel has a class of its own.
    channel: Connection = getattr(connection, "PipeConnection", Connection)(int(sys.argv[1]))
    host = None
    try:
        batch, jobs = channel.recv()
        reason = made_warm(batch, jobs)
        channel.send(reason)
        if not isinstance(reason, AuditError):
            host = Host(channel, batch, jobs, forks=can_fork() and not reason)
            host.serve()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # The caller has gone; so do we.
        pass
    finally:
        if host:
            host.end()
        shutil.rmtree(sys.argv[2], ignore_errors=True)
    os._exit(0)


def _leave(_: int, __: FrameType | None) -> NoReturn:
    sys.exit(0)
