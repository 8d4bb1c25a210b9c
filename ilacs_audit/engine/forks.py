"""The fast route seen from the caller: a zygote is started, fed and outlived."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from ilacs_audit.disk.leftovers import private_folder, sweep
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.engine.environment import bootstrap, variables
from ilacs_audit.engine.jobs import Batch, Ended, Event, Job, Outcome, Started
from ilacs_audit.engine.processes import end_all

LOST = "The process that starts the notebooks was stopped."
# A zygote can be killed by mistake or for want of memory; one that is killed again and again is not.
_ATTEMPTS = 3
_FAREWELL = 10.0


class UnsafeError(Exception):
    """Notebooks cannot be forked here; the words say why."""


def fork_events(batch: Batch, jobs: Mapping[int, Job]) -> Iterator[Event]:
    """Run the jobs and tell of each start and end; jobs a dead zygote had not begun are given to a new one."""
    waiting = dict(jobs)
    for _ in range(_ATTEMPTS):
        if waiting:
            with private_folder() as folder:
                yield from _one_zygote(replace(batch, folder=folder), waiting)
    for index, job in waiting.items():
        yield Ended(index, Outcome(job.id, "crashed", problem=LOST))


def _one_zygote(batch: Batch, waiting: dict[int, Job]) -> Iterator[Event]:
    """What one zygote achieves; the jobs it has begun are taken from `waiting`."""
    begun: dict[int, Job] = {}
    with Zygote(batch, waiting) as zygote:
        for event in zygote.events():
            if isinstance(event, Started):
                begun[event.index] = waiting.pop(event.index)
            else:
                del begun[event.index]
            yield event
    for index, job in begun.items():
        sweep(job.executed)
        yield Ended(index, Outcome(job.id, "crashed", problem=LOST))


class Zygote:
    """A zygote at work: a process of its own session, so that Ctrl-C reaches the caller alone."""

    def __init__(self, batch: Batch, jobs: Mapping[int, Job]) -> None:
        self._batch, self._jobs = batch, jobs

    def __enter__(self) -> Zygote:
        ours, theirs = socket.socketpair()
        self._channel = Connection(ours.detach())
        with theirs:
            self._process = subprocess.Popen(
                [*bootstrap("ilacs_audit.engine.workers"), str(theirs.fileno()), str(self._batch.folder)],
                env=variables(self._batch.folder),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self

    def events(self) -> Iterator[Event]:
        """What the zygote reports, until it has nothing more to say."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self._channel.send((self._batch, sorted(self._jobs.items())))
        _refuse(self._heard())
        while (event := self._heard()) is not None:
            yield event

    def _heard(self) -> Any:
        try:
            return self._channel.recv()
        except (EOFError, OSError):
            return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close our end, which is the sign for the zygote to end everything; insist if it cannot."""
        self._channel.close()
        try:
            self._process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.returncode != 0:
            end_all(self._batch.folder)


def _refuse(answer: object) -> None:
    if isinstance(answer, AuditError):
        raise answer
    if answer:
        raise UnsafeError(str(answer))
