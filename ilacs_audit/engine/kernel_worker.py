"""A process of the plain route: takes one job after another, each with a new kernel.

It lives for a whole batch, because importing papermill takes longer than most notebooks. Jobs
arrive on standard input and replies leave by what was standard output, so that it works on
every platform. When its input closes, the caller has gone: the kernel is ended and so is it.
"""

from __future__ import annotations

import os
import pickle
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO, NoReturn

from jupyter_client.manager import AsyncKernelManager

from ilacs_audit.disk.leftovers import sweep
from ilacs_audit.engine.jobs import Batch, Job, Outcome, overdue
from ilacs_audit.engine.notebook import function, run_job
from ilacs_audit.engine.papermill_engine import KERNEL, kernel_manager, register
from ilacs_audit.engine.processes import can_fork, end_all, kill_group

Request = tuple[int, Job]


class Kernel:
    """The kernel of one job: its folder, its memory, and the power to end it at any moment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.overdue = False
        self.memory = 0
        self.manager: AsyncKernelManager = kernel_manager(folder)

    def measure(self) -> None:
        """Note the largest memory so far, where the system tells."""
        try:
            process = getattr(self.manager.provisioner, "pid", None)
            status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
        except OSError:
            return
        peak = status.partition("VmHWM:")[2].split(maxsplit=1)
        self.memory = max(self.memory, int(peak[0]) * 1024) if peak else self.memory

    def expire(self) -> None:
        """The time is up."""
        self.overdue = True
        self.kill()

    def kill(self) -> None:
        """End the kernel and what it started; no matter if there is none any more."""
        process = getattr(self.manager.provisioner, "process", None)
        if process is None or process.poll() is not None:
            return
        if os.name == "posix":
            kill_group(process.pid)
        else:
            process.kill()


class Worker:
    """Runs the jobs that arrive, and answers each with the cells it reaches and its outcome."""

    def __init__(self, replies: BinaryIO, batch: Batch) -> None:
        self._replies, self._batch = replies, batch
        self._kernel: Kernel | None = None

    def run(self, index: int, job: Job) -> None:
        """Run one job in a folder and a kernel of its own."""
        folder = self._batch.folder / f"job-{index}"
        folder.mkdir(mode=0o700, exist_ok=True)
        self._kernel = kernel = Kernel(folder)
        watch = threading.Timer(self._batch.timeout, kernel.expire)
        watch.start()
        try:
            outcome = self._run(job, kernel)
        finally:
            watch.cancel()
            kernel.kill()
            shutil.rmtree(folder, ignore_errors=True)
        self.say(replace(_late(outcome, kernel, self._batch.timeout), peak_memory_bytes=kernel.memory))

    def _run(self, job: Job, kernel: Kernel) -> Outcome:
        try:
            return run_job(
                job,
                engine=KERNEL,
                finish=self._batch.finish,
                finish_options=self._batch.finish_options,
                tell=self.say,
                manager=kernel.manager,
                environment={"TMPDIR": str(kernel.folder)},
                after_cell=kernel.measure,
            )
        except Exception as error:
            problem = f"The notebook could not be run to its end: {type(error).__name__}."
            return Outcome(job.id, "failed", problem=problem)

    def say(self, reply: object) -> None:
        """Send one reply whole."""
        try:
            words = pickle.dumps(reply)
        except (pickle.PicklingError, TypeError, AttributeError):
            problem = "The page was made, but what was found out about it cannot be sent back."
            words = pickle.dumps(replace(reply, status="failed", problem=problem, result=None))  # type: ignore[type-var]
        self._replies.write(words)
        self._replies.flush()

    def abandon(self) -> NoReturn:
        """End the kernel and this process at once; the first worker to do so clears up after all of them.

        Two that cleared up would end each other before either had removed the folder.
        """
        if self._kernel:
            self._kernel.kill()
        with suppress(OSError):
            (self._batch.folder / "ending").mkdir()
            if can_fork():
                end_all(self._batch.folder)
            shutil.rmtree(self._batch.folder, ignore_errors=True)
        os._exit(1)


def _late(outcome: Outcome, kernel: Kernel, timeout: float) -> Outcome:
    """The outcome, unless we ended the kernel ourselves because its time was up."""
    return overdue(outcome.job_id, outcome.failing_cell, timeout=timeout) if kernel.overdue else outcome


def _listen(requests: BinaryIO, put: Callable[[Any], None], abandon: Callable[[], NoReturn]) -> None:
    """Pass on what arrives; the end of input while a job runs is the caller's death."""
    while True:
        try:
            put(pickle.load(requests))
        except (EOFError, OSError):
            abandon()


def main() -> NoReturn:
    """Serve until the input closes."""
    replies = os.fdopen(os.dup(1), "wb")
    requests = os.fdopen(os.dup(0), "rb")
    with open(os.devnull, "r+b") as nowhere:  # noqa: PTH123
        for descriptor in (0, 1, 2):
            os.dup2(nowhere.fileno(), descriptor)
    batch: Batch = pickle.load(requests)
    worker = Worker(replies, batch)
    arrived: SimpleQueue[Request] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, arrived.put, worker.abandon), daemon=True).start()
    register()
    if batch.prepare:
        function(batch.prepare)(**batch.prepare_options)
    while True:
        index, job = arrived.get()
        worker.run(index, job)
        sweep(job.executed)
