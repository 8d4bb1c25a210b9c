"""The plain route seen from the caller: some processes, each of which starts kernel after kernel.

It uses pipes and threads only, which every platform has. A thread stands at each process and
waits for its replies; a process that dies or overstays is replaced.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from queue import SimpleQueue

from ilacs_audit.disk.leftovers import private_folder, sweep
from ilacs_audit.engine.environment import bootstrap, variables, write_kernelspec
from ilacs_audit.engine.jobs import Batch, Ended, Event, Job, Outcome, overdue
from ilacs_audit.engine.processes import can_fork, end_all

LOST = "The process that starts the notebook's kernel was stopped."
# A worker ends a late kernel by itself; it is only ended from outside if it cannot.
_GRACE = 30.0


def kernel_events(batch: Batch, jobs: Mapping[int, Job]) -> Iterator[Event]:
    """Run the jobs and tell of each end."""
    with private_folder() as folder:
        write_kernelspec(folder)
        lanes = _Lanes(replace(batch, folder=folder), jobs)
        try:
            yield from lanes.events()
        finally:
            lanes.close()
            if can_fork():
                end_all(folder)


class _Lanes:
    """As many lanes as there are workers; each takes the next job when it is free."""

    def __init__(self, batch: Batch, jobs: Mapping[int, Job]) -> None:
        self._batch, self._waiting, self._count = batch, deque(sorted(jobs.items())), len(jobs)
        self._ended: SimpleQueue[Ended | BaseException] = SimpleQueue()
        self._workers = [_Worker(self._batch) for _ in range(batch.workers)]
        self._threads = [threading.Thread(target=self._serve, args=(each,), daemon=True) for each in self._workers]

    def events(self) -> Iterator[Event]:
        for thread in self._threads:
            thread.start()
        for _ in range(self._count):
            event = self._ended.get()
            if isinstance(event, BaseException):
                raise event
            yield event

    def close(self) -> None:
        self._waiting.clear()
        for worker in self._workers:
            worker.close()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def _serve(self, worker: _Worker) -> None:
        try:
            while self._waiting:
                with suppress(IndexError):
                    index, job = self._waiting.popleft()
                    self._ended.put(Ended(index, worker.run(index, job)))
        except BaseException as error:
            self._ended.put(error)


class _Worker:
    """One process and the pipes to it; started when there is a job, and again when it has died."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._lock = threading.Lock()

    def run(self, index: int, job: Job) -> Outcome:
        started = time.monotonic()
        process = self._started()
        watch = threading.Timer(self._batch.timeout + _GRACE, process.kill)
        watch.start()
        outcome = self._outcome(process, index, job)
        watch.cancel()
        seconds = time.monotonic() - started
        if outcome.status == "crashed" and seconds > self._batch.timeout + _GRACE:
            outcome = overdue(job.id, outcome.failing_cell, timeout=self._batch.timeout)
        return replace(outcome, seconds=seconds)

    def _outcome(self, process: subprocess.Popen[bytes], index: int, job: Job) -> Outcome:
        assert process.stdin is not None
        assert process.stdout is not None
        cell = None
        try:
            pickle.dump((index, job), process.stdin)
            process.stdin.flush()
            while not isinstance(reply := pickle.load(process.stdout), Outcome):
                cell = reply
            return reply
        except (EOFError, OSError, pickle.UnpicklingError):
            _end(process)
            sweep(job.executed)
            return Outcome(job.id, "crashed", problem=LOST, failing_cell=cell)

    def _started(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._process = _start(self._batch)
            if self._closed:
                self._process.kill()
            return self._process

    def close(self) -> None:
        """Close the worker's input, at which it ends its kernel and itself; insist if it does not."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is None:
            return
        with suppress(OSError):
            process.stdin.close()  # type: ignore[union-attr]
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and let go of the pipes to it."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            pipe.close()  # type: ignore[union-attr]


def _start(batch: Batch) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        bootstrap("ilacs_audit.engine.kernel_worker"),
        env=variables(batch.folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Ctrl-C at the keyboard reaches the caller alone, which then ends this in good order.
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    assert process.stdin is not None
    with suppress(OSError):
        pickle.dump(batch, process.stdin)
        process.stdin.flush()
    return process
