"""A forked child: made clean, given one notebook, ended without ceremony."""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import sys
import tempfile
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from ilacs_audit.engine.jobs import Batch, Job, Outcome
from ilacs_audit.engine.notebook import run_job
from ilacs_audit.engine.papermill_engine import FORK
from ilacs_audit.engine.processes import ProcessControl, expendable


@dataclass(frozen=True)
class Birth:
    """What a child is told by its parent at the moment of the fork."""

    job: Job
    batch: Batch
    folder: Path
    reply: Connection
    parent: int
    control: ProcessControl


def live(birth: Birth) -> NoReturn:
    """Run the job, reply, and leave by the shortest way; never returns into the parent's code."""
    status = 1
    try:
        _separate(birth)
        _cleanse(birth.folder)
        _reply(birth, _outcome(birth))
        status = 0
        atexit._run_exitfuncs()
    finally:
        os._exit(status)


def _reply(birth: Birth, outcome: Outcome) -> None:
    try:
        birth.reply.send(outcome)
    except (pickle.PicklingError, TypeError, AttributeError):
        problem = "The page was made, but what was found out about it cannot be sent back."
        birth.reply.send(replace(outcome, status="failed", problem=problem, result=None))


def _outcome(birth: Birth) -> Outcome:
    try:
        return run_job(
            birth.job,
            engine=FORK,
            finish=birth.batch.finish,
            finish_options=birth.batch.finish_options,
            tell=birth.reply.send,
            beneath=birth.folder,
        )
    except BaseException as error:
        problem = f"The notebook could not be run to its end: {type(error).__name__}."
        return Outcome(birth.job.id, "failed", problem=problem)


def _separate(birth: Birth) -> None:
    """Lead a process group of our own, end with the parent, and answer signals as a new process does."""
    os.setpgid(0, 0)
    birth.control.die_with_parent(birth.parent)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    expendable()


def _cleanse(folder: Path) -> None:
    """Undo what a fork copies but a new process would not have."""
    atexit._clear()
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, descriptor)
        os.close(file)
    _reseed()


def _reseed() -> None:
    """Give numpy a seed of its own; every fork would draw the same 'random' numbers otherwise."""
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()
