"""Run many notebooks, each in a clean process of its own, several at a time.

Two routes lead to the same bytes. The fast one forks a warm process for each notebook; the
plain one starts an ordinary kernel, and is taken by itself where forking is not possible or
not safe. The caller's process starts one other, the warm one, and listens; it imports no
notebook machinery, runs no notebook, and what it has itself (threads, an Arrow pool) is not
copied into any. A run of several batches keeps its warm process from one to the next.
"""

import logging
import os
import subprocess
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from ilacs_audit.disk.writing import sweep
from ilacs_audit.domain.errors import AuditError, NotebookError, UsageError
from ilacs_audit.engine.environment import bootstrap, variables
from ilacs_audit.engine.jobs import Batch, Job, Outcome, checked
from ilacs_audit.engine.processes import can_fork, end_all

__all__ = ["Job", "Outcome", "Warm", "choose_route", "run_jobs"]

# Half a second and 25 MiB that no report of ours uses; a notebook that draws by other means finds it all the same.
CHARTS = ("matplotlib.pyplot", "matplotlib_inline.backend_inline")
INTERRUPTED = "The run was interrupted before this notebook had ended."
LOST = "The process that starts the notebooks was stopped."
# The warm process can be killed by mistake or for want of memory; one that is killed again and again is not.
_ATTEMPTS = 3
_FAREWELL = 10.0
_log = logging.getLogger(__name__)


@dataclass
class Warm:
    """The warm process of a run: started with its first batch, kept for the others, and ended with the run.

    It ends early where a batch was not served to its end, and the next batch starts another.
    """

    _held: ExitStack = field(default_factory=ExitStack)
    _at_work: tuple[Path, Connection] | None = None
    _begun: bool = False

    def __enter__(self) -> "Warm":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def at_work(self) -> tuple[Path, Connection]:
        """The folder of the process, and the channel to it."""
        if self._at_work is None:
            place = TemporaryDirectory(prefix="ilacs-", ignore_cleanup_errors=True)
            folder = Path(self._held.enter_context(place))
            self._at_work = folder, self._held.enter_context(_warm_process(folder))
        if self._begun:
            self._begun, channel = False, self._at_work[1]
            while channel.recv() is not None:  # what it said of being warm; of a batch it says it again
                pass
        return self._at_work

    def begin(self, *, preload: Sequence[str], prepare: str) -> None:
        """Let the process warm up while the caller does something else: a batch of no jobs, whose end is awaited last.

        Only for who is sure to run notebooks: ending it waits until it is warm.
        """
        folder, channel = self.at_work()
        channel.send((Batch(folder, 1, preload=preload, prepare=prepare), []))
        self._begun = True

    def end(self) -> None:
        """End the process and everything that it has started."""
        self._at_work, self._begun = None, False
        self._held.close()


def choose_route(engine: str = "auto") -> Literal["fork", "kernel"]:
    """The route for an engine name; `auto` takes the fast one where this system has it."""
    if engine not in {"auto", "fork", "kernel"}:
        raise UsageError(f"'{engine}' is not an engine.", fix="Write auto, fork or kernel.")
    if engine == "fork" and not can_fork():
        raise UsageError("Notebooks cannot be forked on this system.", fix="Leave the engine at auto.")
    if engine == "auto" and not can_fork():
        _log.info("Each notebook starts a kernel of its own, because this system cannot fork safely.")
    return "fork" if engine != "kernel" and can_fork() else "kernel"


def run_jobs(
    jobs: Sequence[Job],
    *,
    workers: int | None = None,
    timeout: float = 300.0,
    engine: str = "auto",
    preload: Sequence[str] = (),
    finish: str = "",
    finish_options: Mapping[str, object] | None = None,
    prepare: str = "",
    prepare_options: Mapping[str, object] | None = None,
    on_progress: Callable[[Outcome], None] | None = None,
    warm: Warm | None = None,
) -> list[Outcome]:
    """Run the jobs, and return how each ended in the order in which they were given.

    Parameters
    ----------
    workers
        How many notebooks run at a time; all cores unless given.
    timeout
        Seconds that a whole notebook may take, with its page.
    engine
        auto, fork or kernel.
    preload
        Modules imported once in the warm process, beside matplotlib where a notebook names it.
    finish
        Dotted name of a function, `package.module:function`, that is called as
        `function(job, notebook, **finish_options)` in the notebook's own process after it ran
        without error. What it returns, small and picklable, is the outcome's `result`.
    prepare
        Dotted name of a function that is called as `function(**prepare_options)` once in the warm
        process, such as one that reads what every notebook needs. It must start no thread.
    on_progress
        Called with each outcome as soon as it is known, so in no fixed order: make a log from
        the list that is returned.
    warm
        The warm process of a run of several batches; one for these jobs alone unless given.

    Ctrl-C ends everything that runs; what was not finished is then `interrupted`. Nothing is
    printed. Raises a NotebookError for jobs that contradict each other.
    """
    chosen, tell = checked(jobs), on_progress or (lambda _: None)
    for job in chosen:
        sweep(job.executed)
    if workers is not None and workers < 1:
        raise UsageError(f"{workers} is not a number of workers.", fix="Give 1 or more.")
    # In a container the cores that this process may use are fewer than the machine's.
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    at_a_time, imported = max(1, min(workers or cores, len(chosen))), (*preload, *_charts(chosen))
    finishing, preparing = finish_options or {}, prepare_options or {}
    batch = Batch(Path(), at_a_time, timeout, engine, imported, finish, finishing, prepare, preparing)
    ended: dict[int, Outcome] = {}
    kept = nullcontext(warm) if warm else Warm()
    with kept as ours, suppress(KeyboardInterrupt), closing(_outcomes(batch, chosen, ours)) as outcomes:
        for index, outcome in outcomes:
            ended[index] = outcome
            tell(outcome)
    for index, job in enumerate(chosen):
        if index not in ended:
            sweep(job.executed)
            ended[index] = Outcome(job.id, "interrupted", problem=INTERRUPTED)
            tell(ended[index])
    return [ended[index] for index in range(len(chosen))]


def _charts(jobs: Sequence[Job]) -> tuple[str, ...]:
    """What draws charts, if any of the notebooks speaks of it."""
    notebooks = {job.notebook for job in jobs}
    return CHARTS if any(b"matplotlib" in path.read_bytes() for path in notebooks if path.is_file()) else ()


def _outcomes(batch: Batch, jobs: Sequence[Job], warm: Warm) -> Generator[tuple[int, Outcome], None, None]:
    """Each job's number and end, as it comes; what a dead warm process had not begun is given to a new one."""
    choose_route(batch.engine)
    waiting = dict(enumerate(jobs))
    for _ in range(_ATTEMPTS):
        begun: set[int] = set()
        with closing(_told(batch, waiting, warm)) as told:
            for event in told if waiting else ():
                if isinstance(event, int):
                    begun.add(event)
                    continue
                begun.remove(event[0])
                del waiting[event[0]]
                yield event
        for index in begun:
            sweep(jobs[index].executed)
            yield index, Outcome(waiting.pop(index).id, "crashed", problem=LOST)
    for index, job in waiting.items():
        yield index, Outcome(job.id, "crashed", problem=LOST)


def _told(batch: Batch, jobs: Mapping[int, Job], warm: Warm) -> Generator[int | tuple[int, Outcome], None, None]:
    """What the warm process says: the number of a job that begins, its number and outcome when it has ended."""
    served = False
    try:
        with suppress(EOFError, OSError):
            folder, channel = warm.at_work()
            channel.send((replace(batch, folder=folder), sorted(jobs.items())))
            reason = channel.recv()
            if isinstance(reason, AuditError):
                raise reason
            if reason and batch.engine == "fork":
                raise NotebookError(f"Notebooks cannot be forked here: {reason}.", fix="Choose auto.")
            if reason:
                _log.info("Each notebook starts a kernel of its own, because %s.", reason)
            while (event := channel.recv()) is not None:
                yield event
            served = True
    finally:
        if not served:
            warm.end()


@contextmanager
def _warm_process(folder: Path) -> Iterator[Connection]:
    """The warm process at work, in a session of its own, so that Ctrl-C at the keyboard reaches the caller alone."""
    ours, theirs = Pipe()
    process = subprocess.Popen(
        [*bootstrap("ilacs_audit.engine.workers"), str(theirs.fileno()), str(folder)],
        env=variables(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **_handed_on(theirs.fileno()),
    )
    theirs.close()
    try:
        yield ours
    finally:
        # The sign to end everything; insist where it is not heard.
        ours.close()
        try:
            process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.returncode != 0:
            end_all(folder)


def _handed_on(channel: int) -> dict[str, Any]:
    """How a new process is given its end of the channel, and kept away from the caller's keyboard."""
    if os.name == "posix":
        return {"pass_fds": [channel], "start_new_session": True}
    system: Any = subprocess
    vars(os)["set_handle_inheritable"](channel, True)
    return {
        "startupinfo": system.STARTUPINFO(lpAttributeList={"handle_list": [channel]}),
        "creationflags": system.CREATE_NEW_PROCESS_GROUP,
    }
