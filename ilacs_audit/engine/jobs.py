"""What one notebook run is asked for, and what came of it.

Both sides of every process boundary speak in these two shapes, so they hold only plain
values that can be pickled, and this module imports nothing that takes time to import.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from ilacs_audit.domain.errors import NotebookError

Status = Literal["ok", "failed", "timeout", "crashed", "interrupted"]


@dataclass(frozen=True)
class Job:
    """One notebook with its parameters, and the private place where it is kept once it has run."""

    id: str
    notebook: Path
    parameters: Mapping[str, object]
    executed: Path


@dataclass(frozen=True)
class Outcome:
    """How one job ended, in words that can stand in a log.

    `problem` names kinds of error and places, never values: the executed notebook, which is
    private, has the rest. `failing_cell` counts the cells of the author's notebook from 0.
    `exit_code` is that of our own kind of mistake, and 1 of any other. `peak_memory_bytes` is the
    largest resident size of any one process of the job, before its last cell where the job could
    not tell it at the end, and 0 where the platform does not tell.
    """

    job_id: str
    status: Status
    seconds: float = 0.0
    peak_memory_bytes: int = 0
    problem: str = ""
    failing_cell: int | None = None
    result: object = None
    exit_code: int = 1


@dataclass(frozen=True)
class Batch:
    """Everything that is the same for all jobs of one call, as `pool.run_jobs` tells it.

    A function is named, for a closure crosses to no process.
    """

    folder: Path
    workers: int
    timeout: float = 300.0
    engine: str = "auto"
    preload: Sequence[str] = ()
    finish: str = ""
    finish_options: Mapping[str, object] = field(default_factory=dict)
    prepare: str = ""
    prepare_options: Mapping[str, object] = field(default_factory=dict)


DIED = "The process that ran the notebook ended before the notebook did."


def was_in(cell: int | None) -> str:
    """Say which cell a notebook had reached, if it had reached one."""
    return f" It was in cell {cell + 1}." if cell is not None else ""


def checked(jobs: Sequence[Job]) -> list[Job]:
    """The jobs with plain parameters, refused as a whole if two would write over each other."""
    names = {"job": [job.id for job in jobs], "place for an executed notebook": [str(job.executed) for job in jobs]}
    for what, found in names.items():
        if repeated := sorted({name for name in found if found.count(name) > 1}):
            raise NotebookError(
                f"The same {what} is listed more than once: {', '.join(repeated)}.",
                fix="Give every report its own name and its own output.",
            )
    told = {
        job.id: {n: _plain(value, where=f"{job.id}, parameter {n}") for n, value in job.parameters.items()}
        for job in jobs
    }
    return [replace(job, parameters=told[job.id]) for job in jobs]


def _plain(value: object, *, where: str) -> object:
    """A value that reads the same in the notebook's code, in its metadata and on every platform."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(item, where=where) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item, where=where) for key, item in value.items()}
    raise NotebookError(
        f"A parameter is a {type(value).__name__}, which cannot be written into a notebook.",
        where=where,
        fix="Use text, whole or decimal numbers, true or false, dates, or lists of these.",
    )
