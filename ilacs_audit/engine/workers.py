"""The warm process: it imports everything once, and makes a clean process for each notebook.

It does what `multiprocessing`'s own fork server does, which cannot be used as it is: ours has
its own environment from its first instruction, serves one run and no other (code edited
since then is never run), and outlives a killed caller for as long as it takes to end every
notebook and remove their folder. It has one thread only, because a fork copies the thread
that forks and none of the locks' other owners. Where forking is not safe, the processes are
spawned instead and each starts an ordinary kernel.
"""

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
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NoReturn

from ilacs_audit.disk.writing import sweep
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.engine.environment import without_unwanted
from ilacs_audit.engine.jobs import DIED, Batch, Job, Outcome, Status, was_in
from ilacs_audit.engine.notebook import run_job
from ilacs_audit.engine.papermill_engine import FORK, KERNEL
from ilacs_audit.engine.processes import can_fork, end_all, end_with_parent, kill_group, peak_memory
from ilacs_audit.engine.warm import made_warm, ready

# How often the warm process looks whether its caller is still its parent.
_GLANCE = 1.0


@dataclass
class Running:
    """A notebook's process at work, and what is known of it so far."""

    index: int
    job: Job
    folder: Path
    process: Any
    handle: int
    reply: Connection
    started: float
    said: int | Outcome | None = None
    memory: int = 0
    overdue: bool = False

    def listen(self) -> None:
        """Hear which cell the notebook is in or how it ended, and the memory it has used."""
        try:
            while not self.reply.closed and self.reply.poll():
                self.said, self.memory = self.reply.recv()
        except (EOFError, OSError):
            self.reply.close()

    def kill(self) -> None:
        """End the process and its group."""
        kill_group(self.process.pid)
        self.process.kill()

    def ended(self, timeout: float) -> Outcome:
        """How the job ended: what its process told, or why that could not tell it."""
        if isinstance(self.said, Outcome):
            return self.said
        status: Status = "timeout" if self.overdue else "crashed"
        late = f"The notebook was still running after {timeout:g} seconds and was stopped."
        why = late if self.overdue else f"{DIED} {_cause(self.process.exitcode)}"
        return Outcome(self.job.id, status, problem=f"{why}{was_in(self.said)}", failing_cell=self.said)


def _cause(code: int) -> str:
    if code >= 0:
        return f"It ended itself with exit code {code}."
    if -code == signal.SIGKILL:
        return "It was killed, by hand or because the machine ran out of memory."
    return f"It was stopped by signal {-code} ({signal.Signals(-code).name})."


class Host:
    """Starts notebooks' processes, at most so many at a time, and reports on each."""

    def __init__(
        self, channel: Connection, batch: Batch, jobs: Sequence[tuple[int, Job]], *, forks: bool, served: int = 0
    ) -> None:
        self._channel, self._batch, self._waiting, self._forks = channel, batch, deque(jobs), forks
        self._served = served  # jobs of earlier batches, whose folders are never used again
        self._engine = FORK if forks and batch.engine != "kernel" else KERNEL
        self._running: list[Running] = []
        self._caller = os.getppid()

    def serve(self) -> bool:
        """Run all jobs, or as many as the caller lives to see; whether it was all."""
        while self._waiting or self._running:
            while self._waiting and len(self._running) < self._batch.workers:
                self._start(*self._waiting.popleft())
            replies = [each.reply for each in self._running if not each.reply.closed]
            handles = [each.handle for each in self._running]
            first = min(each.started for each in self._running)
            patience = max(0.0, min(_GLANCE, first + self._batch.timeout - time.monotonic()))
            ready = connection.wait([self._channel, *replies, *handles], patience)
            if self._channel in ready or os.getppid() != self._caller:
                return False
            for each in list(self._running):
                each.listen()
                if each.handle in ready:
                    self._bury(each)
                elif not each.overdue and time.monotonic() - each.started > self._batch.timeout:
                    each.overdue = True
                    each.kill()
        return True

    def end(self) -> None:
        """End every process that is below this one."""
        for each in self._running:
            each.kill()
        end_all(self._batch.folder)
        for each in self._running:
            sweep(each.job.executed)

    def _start(self, index: int, job: Job) -> None:
        batch = replace(self._batch, folder=self._batch.folder / f"job-{self._served + index}")
        batch.folder.mkdir(mode=0o700)
        reply, theirs = multiprocessing.Pipe(duplex=False)
        ours = (self._channel, multiprocessing.current_process()) if self._forks else None
        context: Any = multiprocessing.get_context("fork" if self._forks else "spawn")
        told = ("ilacs_audit.engine.workers:live", job, batch, self._engine, theirs, ours)
        process = context.Process(target=without_unwanted, args=told)
        process.start()
        theirs.close()
        # The sentinel says less: processes that a notebook forked hold it open.
        handle = os.pidfd_open(process.pid) if can_fork() else process.sentinel
        self._running.append(Running(index, job, batch.folder, process, handle, reply, time.monotonic()))
        self._channel.send(index)

    def _bury(self, running: Running) -> None:
        """Take the result of a process that has ended, and end whatever it left behind."""
        running.kill()
        running.process.join()
        if self._engine == KERNEL:
            # A kernel leads a group of its own; whatever else left its group is found when the batch ends.
            end_all(running.folder)
        running.listen()
        running.reply.close()
        if can_fork():
            os.close(running.handle)
        self._running.remove(running)
        sweep(running.job.executed)
        shutil.rmtree(running.folder, ignore_errors=True)
        outcome, seconds = running.ended(self._batch.timeout), time.monotonic() - running.started
        self._channel.send((running.index, replace(outcome, seconds=seconds, peak_memory_bytes=running.memory)))


def live(
    job: Job, batch: Batch, engine: str, reply: Connection, forked: tuple[Connection, BaseProcess] | None
) -> NoReturn:
    """Be the process of one job: run it, reply, and leave by the shortest way; never returns to who made it.

    `forked` holds what a fork copied from the warm process: its channel, and what it is to `multiprocessing`.
    """
    status = 1
    try:
        _become_new(batch.folder)
        if forked:
            _forget(*forked)
        else:
            ready(batch)
        try:
            outcome = run_job(job, engine=engine, batch=batch, tell=lambda cell: _answer(reply, cell))
        except BaseException as error:
            problem = f"The notebook could not be run to its end: {type(error).__name__}."
            outcome = Outcome(job.id, "failed", problem=problem)
        _answer(reply, outcome)
        status = 0
        atexit._run_exitfuncs()
    finally:
        os._exit(status)


def _answer(reply: Connection, said: int | Outcome) -> None:
    try:
        reply.send((said, peak_memory()))
    except (pickle.PicklingError, TypeError, AttributeError):
        problem = "The page was made, but what was found out about it cannot be sent back."
        reply.send((replace(said, status="failed", problem=problem, result=None), peak_memory()))  # type: ignore[type-var]  # a tuple's first


def _become_new(folder: Path) -> None:
    """Take a group and a folder of our own, and answer signals as a new process does."""
    end_with_parent(vars(multiprocessing.process)["_parent_process"].pid)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    atexit._clear()
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
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
    """Serve the batches that arrive on the channel, one by one; the arguments are its number and our folder."""
    # A service manager that stops everything at once must not leave our folder behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # On Windows a channel has a class of its own.
    channel: Connection = getattr(connection, "PipeConnection", Connection)(int(sys.argv[1]))
    host, served = None, 0
    try:
        while True:
            batch, jobs = channel.recv()
            reason = made_warm(batch, jobs)
            channel.send(reason)
            if isinstance(reason, AuditError):
                break
            host = Host(channel, batch, jobs, forks=can_fork() and not reason, served=served)
            if not host.serve():
                break
            host.end()
            served += len(jobs)
            channel.send(None)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # The caller has gone; so do we.
        pass
    finally:
        if host:
            host.end()
        shutil.rmtree(sys.argv[2], ignore_errors=True)
    os._exit(0)
