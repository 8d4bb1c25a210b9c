"""Run notebooks on many machines, by a Dask cluster that somebody else keeps.

Reports are sent a few at a time, so that a worker warms up once for several; each still runs in a
clean process of its own, by the same pool as on one machine, so its bytes are the same. A cluster
may run a task twice, on a worker that was lost and on the next: no task writes to a final place. It
leaves its files on shared storage under a name that no other attempt has, and the caller takes the
files of the attempt that counted, each whole or not at all. Nothing is raised on a worker, because
a cluster writes what is raised into its logs.
"""

import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain.errors import AuditError, NotebookError, UsageError
from ilacs_audit.engine.jobs import Job, Outcome, checked
from ilacs_audit.engine.pool import INTERRUPTED, run_jobs

LOST = "Every worker that was given this report was lost."
_MOST_AT_A_TIME = 8
_ATTEMPTS = ".cluster-"


@dataclass(frozen=True)
class Task:
    """A few reports as they are sent to a worker; `place` is where attempts leave their files."""

    jobs: Sequence[Job]
    settings: Mapping[str, Any]
    place: str
    package: str


@dataclass(frozen=True)
class Sent:
    """What a worker answers: how the reports ended, and the files of this attempt as (from, to, mode)."""

    outcomes: Sequence[Outcome]
    files: Sequence[tuple[str, str, int]] = ()


def run_on_cluster(
    jobs: Sequence[Job],
    *,
    scheduler: str,
    staging: str = "",
    patience: float = 60.0,
    workers: int | None = None,
    on_progress: Callable[[Outcome], None] | None = None,
    **settings: Any,
) -> list[Outcome]:
    """Run the jobs on a cluster, and return how each ended in the order in which they were given.

    Parameters
    ----------
    scheduler
        The address of a Dask scheduler, such as `tls://audit.example:8786`.
    staging
        An fsspec path that the workers can write and this process can read, such as
        `s3://bucket/audit`; the folder of the executed notebooks, on a shared disk, unless given.
    patience
        Seconds without any worker after which what is still waiting is given up.
    workers
        Not heeded: how many reports run at a time is what the cluster was started with.
    settings
        As in `pool.run_jobs`. What a report writes lies in the folder of its executed notebook or below.

    Notebooks, catalogue and store are read at the same paths on every machine. What a lost worker had in
    hand is given to another one. Ctrl-C calls off what waits; what has begun ends on its worker unseen.
    Raises a UsageError where there is no cluster, a NotebookError for jobs that contradict each other.
    """
    chosen, tell = checked(jobs), on_progress or (lambda _: None)
    ended: dict[str, Outcome] = {}
    if not chosen:
        return []
    with _client(scheduler, patience) as client, _places(staging or str(chosen[0].executed.parent.resolve())) as place:
        size = min(_MOST_AT_A_TIME, -(-len(chosen) // len(client.nthreads())))
        parts = [chosen[first : first + size] for first in range(0, len(chosen), size)]
        with suppress(KeyboardInterrupt):
            tasks = [Task(part, settings, place, package_fingerprint()) for part in parts]
            for sent in _answers(client, tasks, patience):
                for outcome in _taken(sent):
                    ended[outcome.job_id] = outcome
                    tell(outcome)
    for job in chosen:
        if job.id not in ended:
            ended[job.id] = Outcome(job.id, "interrupted", problem=INTERRUPTED)
            tell(ended[job.id])
    return [ended[job.id] for job in chosen]


@contextmanager
def _client(scheduler: str, patience: float) -> Iterator[Any]:
    """A connection to the cluster once it has a worker. Raises UsageError where that does not come about."""
    try:
        library = import_module("distributed")
    except ImportError as error:
        what = "Reports can be sent to a cluster only where the package `distributed` is installed."
        raise UsageError(what, fix="Install it with: pip install 'ilacs_audit[cluster]'.") from error
    try:
        client = library.Client(scheduler, timeout=min(patience, 30.0), set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        fix = "Start one with `dask scheduler`, and give its address."
        raise UsageError(f"There is no Dask scheduler at {scheduler}.", fix=fix) from error
    with client, client.as_current():
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError as error:
            fix = f"Start some with `dask worker {scheduler}`."
            raise UsageError(f"The cluster at {scheduler} has no workers.", fix=fix) from error
        yield client


def _answers(client: Any, tasks: Sequence[Task], patience: float) -> Iterator[Sent]:
    """What the workers answer, as it comes."""
    waiting = {client.submit(run_task, task, pure=False): task for task in tasks}
    try:
        while waiting:
            done: Sequence[Any] = ()
            with suppress(TimeoutError):
                ended = import_module("distributed").wait(list(waiting), patience, return_when="FIRST_COMPLETED")
                done = list(ended.done)
            # All of them have ended when there is nobody left to work.
            lost = not done and (client.status != "running" or not client.nthreads())
            for future in list(waiting) if lost else done:
                task, sent = waiting.pop(future), None
                if future.status == "finished":
                    with suppress(Exception):
                        sent = future.result(timeout=30)
                # Whatever else happened, in words without data.
                yield sent or Sent([Outcome(job.id, "crashed", problem=LOST) for job in task.jobs])
    finally:
        client.cancel(list(waiting))


def run_task(task: Task) -> Sent:
    """Run a few reports on a worker and leave their files on shared storage. Raises nothing."""
    try:
        if package_fingerprint() != task.package:
            raise NotebookError(
                "The worker has another version of ilacs_audit, or of what it stands on.",
                fix="Install the same requirements on every machine of the cluster, and start the workers again.",
            )
        final = task.jobs[0].executed.parent
        with tempfile.TemporaryDirectory(prefix="ilacs-task-", dir=_cleared_by_dask()) as name:
            here = Path(name)
            jobs = [replace(job, executed=_moved(job.executed, final, here)) for job in task.jobs]
            outcomes = run_jobs(jobs, workers=1, **_moved(dict(task.settings), final, here))
            return Sent(outcomes, tuple(_left(here, final, f"{task.place}/{uuid.uuid4().hex}")))
    except AuditError as error:
        problem = str(error)
    except OSError as error:
        problem = f"A file could not be read or written on the worker: {error.strerror or type(error).__name__}."
    except Exception as error:
        problem = f"The worker stopped with {type(error).__name__}."
    return Sent([Outcome(job.id, "failed", problem=problem) for job in task.jobs])


def _cleared_by_dask() -> str | None:
    """The worker's own folder, which the next worker there clears away where this one is killed."""
    with suppress(ValueError):
        return str(import_module("distributed").get_worker().local_directory)
    return None


def _left(here: Path, final: Path, attempt: str) -> Iterator[tuple[str, str, int]]:
    """Copy what reports wrote to a place of this attempt alone."""
    storage, root = _storage(attempt)
    for path in sorted(each for each in here.rglob("*") if each.is_file()):
        inner = path.relative_to(here).as_posix()
        storage.makedirs(f"{root}/{inner}".rpartition("/")[0], exist_ok=True)
        storage.pipe_file(f"{root}/{inner}", path.read_bytes())
        yield f"{attempt}/{inner}", str(final / inner), path.stat().st_mode & 0o777


def _taken(sent: Sent) -> Sequence[Outcome]:
    """Put the files of the attempt that counted into their places."""
    try:
        for source, target, mode in sent.files:
            storage, path = _storage(source)
            write_whole(Path(target), storage.cat_file(path), mode=mode)
    except OSError as error:
        problem = f"What the worker made could not be fetched: {error.strerror or type(error).__name__}."
        return [replace(each, status="failed", problem=problem, result=None) for each in sent.outcomes]
    return sent.outcomes


@contextmanager
def _places(staging: str) -> Iterator[str]:
    """A place on shared storage that no other run has, for as long as it is needed."""
    place = f"{staging.rstrip('/')}/{_ATTEMPTS}{uuid.uuid4().hex}"
    storage, path = _storage(place)
    try:
        yield place
    finally:
        with suppress(OSError):
            storage.rm(path, recursive=True)


def _storage(place: str) -> tuple[Any, str]:
    found: tuple[Any, str] = import_module("fsspec").core.url_to_fs(place)
    return found


def _moved(value: Any, final: Path, here: Path) -> Any:
    """The same value with every path below one folder put below the other."""
    if isinstance(value, Mapping):
        return {name: _moved(each, final, here) for name, each in value.items()}
    if isinstance(value, str | Path) and Path(value).is_relative_to(final):
        return type(value)(here / Path(value).relative_to(final))
    return value
