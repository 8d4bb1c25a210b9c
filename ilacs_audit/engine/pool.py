"""Run many notebooks, each in a clean process of its own, several at a time.

Two routes lead to the same bytes. The fast one forks a warm process for each notebook; the
plain one starts an ordinary kernel, and is taken by itself where forking is not possible or
not safe. The caller's process starts other processes and listens; it imports no notebook
machinery and runs no notebook.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ilacs_audit.disk.leftovers import sweep
from ilacs_audit.domain.errors import NotebookError, UsageError
from ilacs_audit.engine.forks import UnsafeError, fork_events
from ilacs_audit.engine.jobs import Batch, Ended, Event, Job, Outcome, checked
from ilacs_audit.engine.kernels import kernel_events
from ilacs_audit.engine.processes import can_fork

__all__ = ["Job", "Outcome", "Route", "choose_route", "run_jobs"]

# Half a second and 25 MiB that no report of ours uses; a notebook that draws by other means finds it all the same.
CHARTS = ("matplotlib.pyplot", "matplotlib_inline.backend_inline")
INTERRUPTED = "The run was interrupted before this notebook had ended."
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Route:
    """How notebooks will be run, and a sentence about it for the person who asked."""

    name: Literal["fork", "kernel"]
    reason: str


def choose_route(engine: str = "auto") -> Route:
    """The route for an engine name; `auto` takes the fast one where this system has it."""
    if engine not in {"auto", "fork", "kernel"}:
        raise UsageError(f"'{engine}' is not an engine.", fix="Write auto, fork or kernel.")
    if engine == "kernel":
        return Route("kernel", "Each notebook starts a kernel of its own, as asked.")
    if can_fork():
        return Route("fork", "Each notebook is forked from one warm process.")
    if engine == "fork":
        raise UsageError("Notebooks cannot be forked on this system.", fix="Leave the engine at auto.")
    return Route("kernel", "Each notebook starts a kernel of its own, because this system cannot fork safely.")


def run_jobs(
    jobs: Sequence[Job],
    *,
    finish: str | None = None,
    finish_options: Mapping[str, object] | None = None,
    prepare: str | None = None,
    prepare_options: Mapping[str, object] | None = None,
    workers: int | None = None,
    timeout: float = 300.0,
    engine: str = "auto",
    preload: Sequence[str] = (),
    on_progress: Callable[[Outcome], None] | None = None,
) -> list[Outcome]:
    """Run the jobs, and return how each ended in the order in which they were given.

    Parameters
    ----------
    finish
        Dotted name of a function, `package.module:function`, that is called as
        `function(job, notebook, **finish_options)` in the notebook's own process after it ran
        without error. What it returns, small and picklable, is the outcome's `result`.
    prepare
        Dotted name of a function that is called as `function(**prepare_options)` once in the warm
        process, such as one that reads what every notebook needs. It must start no thread.
    workers
        How many notebooks run at a time; all cores unless given.
    timeout
        Seconds that a whole notebook may take, with its page.
    preload
        Modules imported once in the warm process, beside matplotlib where a notebook names it.
    on_progress
        Called with each outcome as soon as it is known, so in no fixed order: make a log from
        the list that is returned.

    Ctrl-C ends everything that runs; what was not finished is then `interrupted`. Nothing is
    printed. Raises a NotebookError for jobs that contradict each other.
    """
    chosen = checked(jobs)
    for job in chosen:
        sweep(job.executed)
    batch = Batch(
        folder=Path(),
        workers=_workers(workers, len(chosen)),
        timeout=timeout,
        preload=(*preload, *_charts(chosen)),
        finish=finish or "",
        finish_options=dict(finish_options or {}),
        prepare=prepare or "",
        prepare_options=dict(prepare_options or {}),
    )
    return _collect(chosen, _events(batch, dict(enumerate(chosen)), engine), on_progress or (lambda _: None))


def _charts(jobs: Sequence[Job]) -> tuple[str, ...]:
    """What draws charts, if any of the notebooks speaks of it."""
    notebooks = {job.notebook for job in jobs}
    return CHARTS if any(b"matplotlib" in path.read_bytes() for path in notebooks if path.is_file()) else ()


def _workers(asked: int | None, jobs: int) -> int:
    if asked is not None and asked < 1:
        raise UsageError(f"{asked} is not a number of workers.", fix="Give 1 or more.")
    return max(1, min(asked or _cores(), jobs))


def _cores() -> int:
    """The cores this process may use, which in a container are fewer than the machine's."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _events(batch: Batch, jobs: Mapping[int, Job], engine: str) -> Generator[Event, None, None]:
    route = choose_route(engine)
    if not jobs:
        return
    if route.name == "fork":
        try:
            yield from fork_events(batch, jobs)
            return
        except UnsafeError as reason:
            if engine == "fork":
                raise NotebookError(f"Notebooks cannot be forked here: {reason}.", fix="Choose auto.") from None
            _log.info("Each notebook starts a kernel of its own, because %s.", reason)
    else:
        _log.info("%s", route.reason)
    yield from kernel_events(batch, jobs)


def _collect(
    jobs: Sequence[Job], events: Generator[Event, None, None], on_progress: Callable[[Outcome], None]
) -> list[Outcome]:
    """Gather outcomes until all have ended or the person at the keyboard has had enough."""
    ended: dict[int, Outcome] = {}
    with suppress(KeyboardInterrupt), closing(events):
        for event in events:
            if isinstance(event, Ended):
                ended[event.index] = event.outcome
                on_progress(event.outcome)
    for index, job in enumerate(jobs):
        if index not in ended:
            sweep(job.executed)
            ended[index] = Outcome(job.id, "interrupted", problem=INTERRUPTED)
            on_progress(ended[index])
    return [ended[index] for index in range(len(jobs))]
