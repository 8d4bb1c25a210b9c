"""Run many notebooks on many machines, by a Dask cluster that somebody else keeps.

Each report is a task of its own, run on its worker by the same pool as on one machine, so its
bytes are the same. A cluster may run a task twice, on a worker that was lost and on the next:
no task writes to a final place. It leaves its files on shared storage under a name that no
other attempt has, and the caller takes the files of the attempt that counted, each whole or
not at all. What a worker is asked and what it answers hold no data; nothing is raised there,
because a cluster writes what is raised into its logs.
"""

from __future__ import annotations

import os
import platform
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ilacs_audit.domain.errors import AuditError, NotebookError, UsageError
from ilacs_audit.intake.fingerprints import file_fingerprint, fingerprint
from ilacs_audit.publishing.jobs import Job, Outcome, checked
from ilacs_audit.publishing.leftovers import partial_name, sweep
from ilacs_audit.publishing.pool import INTERRUPTED, PRELOAD, run_jobs

__all__ = ["run_on_cluster"]

LOST = "Every worker that was given this report was lost."
_PATIENCE = 60.0
_ATTEMPTS = ".cluster-"
_SOURCES = (".py", ".j2", ".css", ".json", ".js", ".svg")
_BENEATH = ("ilacs_audit", "pandas", "numpy", "scipy", "matplotlib", "papermill", "nbconvert", "ipykernel")


@dataclass(frozen=True)
class _Task:
    """One report as it is sent to a worker; `place` is where its attempts leave their files."""

    job: Job
    settings: Mapping[str, Any]
    place: str
    package: str


@dataclass(frozen=True)
class _Sent:
    """What a worker answers: the outcome, and the files of this attempt as (from, to, mode)."""

    outcome: Outcome
    files: Sequence[tuple[str, str, int]] = field(default=())


def run_on_cluster(
    jobs: Sequence[Job],
    *,
    scheduler: str,
    finish: str | None = None,
    finish_options: Mapping[str, object] | None = None,
    prepare: str | None = None,
    timeout: float = 300.0,
    engine: str = "auto",
    preload: Sequence[str] = PRELOAD,
    staging: str = "",
    patience: float = _PATIENCE,
    on_progress: Callable[[Outcome], None] | None = None,
) -> list[Outcome]:
    """Run the jobs on a cluster, and return how each ended in the order in which they were given.

    Parameters
    ----------
    scheduler
        The address of a Dask scheduler, such as `tls://audit.example:8786`.
    finish, finish_options, prepare, timeout, engine, preload, on_progress
        As in `pool.run_jobs`. What a report writes lies in the folder of its executed notebook or below.
        An option that is a mapping by job is sent with that job's entry alone.
    staging
        An fsspec path that the workers can write and this process can read, such as
        `s3://bucket/audit`; the folders of the executed notebooks, on a shared disk, unless given.
    patience
        Seconds without any worker after which reports that are still waiting are given up.

    Notebooks, catalogue and store are read at the same paths on every machine. A report whose worker
    dies is given to another one. Ctrl-C calls off what waits; what has begun ends on its worker unseen.
    Raises a UsageError where there is no cluster, a NotebookError for jobs that contradict each other.
    """
    chosen = checked(jobs)
    if not chosen:
        return []
    settings = {"finish": finish, "prepare": prepare, "timeout": timeout, "engine": engine, "preload": tuple(preload)}
    ended: dict[int, Outcome] = {}
    tell = on_progress or (lambda _: None)
    with ExitStack() as stack:
        client = stack.enter_context(_client(scheduler, patience))
        mark = _installed()
        tasks = []
        for job in chosen:
            place = _place(job, staging)
            stack.callback(_remove, place)
            tasks.append(_Task(job, {**settings, "finish_options": _own(finish_options or {}, job)}, place, mark))
        with suppress(KeyboardInterrupt):
            for index, sent in _answers(client, tasks, patience):
                ended[index] = _taken(sent, chosen[index])
                tell(ended[index])
        for index, job in enumerate(chosen):
            if index not in ended:
                ended[index] = Outcome(job.id, "interrupted", problem=INTERRUPTED)
                tell(ended[index])
    return [ended[index] for index in range(len(chosen))]


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise UsageError(
            "Reports can be sent to a cluster only where the package `distributed` is installed.",
            fix="Install it with: pip install 'ilacs_audit[cluster]'.",
        ) from error


@contextmanager
def _client(scheduler: str, patience: float) -> Iterator[Any]:
    """A connection to the cluster once it has a worker; Raises UsageError where that does not come about."""
    library = _distributed()
    try:
        client = library.Client(scheduler, timeout=min(patience, 30.0), set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(
            f"There is no Dask scheduler at {scheduler}.",
            fix="Start one with `dask scheduler`, and give its address.",
        ) from error
    with client, client.as_current():
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError as error:
            raise UsageError(
                f"The cluster at {scheduler} has no workers.", fix=f"Start some with `dask worker {scheduler}`."
            ) from error
        yield client


def _answers(client: Any, tasks: Sequence[_Task], patience: float) -> Iterator[tuple[int, _Sent]]:
    """What the workers answer, as it comes."""
    waiting = {
        client.submit(run_task, task, pure=False, key=f"report-{uuid.uuid4().hex}"): index
        for index, task in enumerate(tasks)
    }
    try:
        while waiting:
            for future in _next(client, list(waiting), patience):
                index = waiting.pop(future)
                yield index, _answer(future, tasks[index].job)
    finally:
        client.cancel(list(waiting))


def _next(client: Any, futures: Sequence[Any], patience: float) -> Sequence[Any]:
    """Those that have ended next; all of them when there is nobody left to work."""
    while True:
        with suppress(TimeoutError):
            done: Sequence[Any] = list(
                _distributed().wait(futures, timeout=patience, return_when="FIRST_COMPLETED").done
            )
            return done
        if client.status != "running" or not client.nthreads():
            return futures


def _answer(future: Any, job: Job) -> _Sent:
    """A worker's answer; whatever else happened, in words without data."""
    if future.status == "finished":
        with suppress(Exception):
            sent: _Sent = future.result(timeout=30)
            return sent
    return _Sent(Outcome(job.id, "crashed", problem=LOST))


def run_task(task: _Task) -> _Sent:
    """Run one report on a worker and leave its files on shared storage. Raises nothing."""
    try:
        return _run(task)
    except AuditError as error:
        problem = str(error)
    except OSError as error:
        problem = f"A file could not be read or written on the worker: {error.strerror or type(error).__name__}."
    except Exception as error:
        problem = f"The worker stopped with {type(error).__name__}."
    return _Sent(Outcome(task.job.id, "failed", problem=problem))


def _run(task: _Task) -> _Sent:
    if _installed() != task.package:
        raise NotebookError(
            "The worker has another version of ilacs_audit, or of what it stands on.",
            fix="Install the same requirements on every machine of the cluster, and start the workers again.",
        )
    final = task.job.executed.parent
    with tempfile.TemporaryDirectory(prefix="ilacs-task-") as name:
        here = Path(name)
        settings = {**task.settings, "finish_options": _moved(task.settings["finish_options"], final, here)}
        job = replace(task.job, executed=here / task.job.executed.name)
        [outcome] = run_jobs([job], workers=1, **settings)
        return _Sent(outcome, tuple(_left(here, final, f"{task.place}/{uuid.uuid4().hex}")))


@cache
def _installed() -> str:
    """One mark for this package and for what decides beside it on the bytes of a page; imports none of them."""
    package = Path(__file__).parents[1]
    files = sorted(path for path in package.rglob("*") if path.suffix in _SOURCES)
    beneath = {name: version(name) for name in _BENEATH}
    told = [(path.relative_to(package).as_posix(), file_fingerprint(path)) for path in files]
    return fingerprint(platform.python_version(), beneath, told)


def _left(here: Path, final: Path, attempt: str) -> Iterator[tuple[str, str, int]]:
    """Copy what a report wrote to a place of this attempt alone."""
    storage, root = _storage(attempt)
    for path in sorted(each for each in here.rglob("*") if each.is_file()):
        inner = path.relative_to(here).as_posix()
        storage.makedirs(f"{root}/{inner}".rpartition("/")[0], exist_ok=True)
        storage.pipe_file(f"{root}/{inner}", path.read_bytes())
        yield f"{attempt}/{inner}", str(final / inner), path.stat().st_mode & 0o777


def _taken(sent: _Sent, job: Job) -> Outcome:
    """Put the files of the attempt that counted into their places."""
    try:
        for source, target, mode in sent.files:
            storage, path = _storage(source)
            _put(Path(target), storage.cat_file(path), mode)
    except OSError as error:
        told = f"What the worker made could not be fetched: {error.strerror or type(error).__name__}."
        return Outcome(job.id, "failed", problem=told, seconds=sent.outcome.seconds)
    return sent.outcome


def _put(path: Path, content: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path)
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=partial_name(path))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).chmod(mode)
        Path(partial).replace(path)
    finally:
        Path(partial).unlink(missing_ok=True)


def _place(job: Job, staging: str) -> str:
    """A place on shared storage for the attempts of one report, which no other run has."""
    return f"{staging.rstrip('/') or job.executed.parent.resolve()}/{_ATTEMPTS}{uuid.uuid4().hex}"


def _storage(place: str) -> tuple[Any, str]:
    found: tuple[Any, str] = import_module("fsspec").core.url_to_fs(place)
    return found


def _remove(place: str) -> None:
    storage, path = _storage(place)
    with suppress(OSError):
        storage.rm(path, recursive=True)


def _own(options: Mapping[str, object], job: Job) -> dict[str, object]:
    """The options as one job needs them: of what is listed by job, its own entry."""
    return {
        name: {job.id: value[job.id]} if isinstance(value, Mapping) and job.id in value else value
        for name, value in options.items()
    }


def _moved(value: Any, final: Path, here: Path) -> Any:
    """The same options with every path below one folder put below the other."""
    if isinstance(value, Mapping):
        return {name: _moved(each, final, here) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_moved(each, final, here) for each in value)
    if isinstance(value, str | Path) and Path(value).is_relative_to(final):
        return type(value)(here / Path(value).relative_to(final))
    return value
