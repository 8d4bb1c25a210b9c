"""One job from beginning to end, in the process it was given.

The steps are papermill's own (load, parameterise, run by an engine, look for errors), with
four differences: a parameter the notebook does not know is refused instead of warned of, the
status is read from the cells instead of from papermill's metadata, the notebook is written
once and whole, and the page is made from it here, while everything is warm.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from nbclient.exceptions import DeadKernelError
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors, remove_error_markers
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from papermill.utils import find_first_tagged_cell_index

from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain.doors.parameters import assigned
from ilacs_audit.domain.errors import AuditError, NotebookError
from ilacs_audit.engine.jobs import DIED, Batch, Job, Outcome, was_in
from ilacs_audit.engine.papermill_engine import NotebookLeftError
from ilacs_audit.engine.settled import settled

_KERNEL = {"kernel_name": "python3", "language": "python"}


def function(name: str) -> Callable[..., Any]:
    """The function behind a dotted name such as `package.module:function`."""
    module, _, attribute = name.partition(":")
    found = getattr(import_module(module), attribute, None)
    if not callable(found):
        raise NotebookError(f"There is no function called {name}.", fix="Write it as package.module:function.")
    return found  # type: ignore[no-any-return]  # nbformat has no types


def run_job(job: Job, *, engine: str, batch: Batch, tell: Callable[[int], object]) -> Outcome:
    """Run a job in this process and say how it ended; nothing that a notebook does is raised.

    `tell` hears the place of each cell before it is run, and the batch's folder is the job's own.
    The page is made (`finish`) only from a notebook without errors.
    """
    try:
        source = opened(job.notebook)
        notebook = _parameterised(job, source)
        outcome = _executed(job, notebook, engine=engine, tell=tell, beneath=batch.folder)
        # Not by nbformat, which always indents: that is done in Python, and takes thirty times as long.
        text = json.dumps(settled(notebook, authored=source.authored), ensure_ascii=False, sort_keys=True)
        write_whole(job.executed, text.encode(), mode=0o600)
        if batch.finish and outcome.status == "ok":
            return _finished(outcome, job, notebook, batch)
    except AuditError as error:
        return Outcome(job.id, "failed", problem=str(error), exit_code=error.exit_code)
    except OSError as error:
        return Outcome(job.id, "failed", problem=f"A file could not be read or written: {error.strerror}.")
    return outcome


def _finished(outcome: Outcome, job: Job, notebook: Any, batch: Batch) -> Outcome:
    try:
        return replace(outcome, result=function(batch.finish)(job, notebook, **batch.finish_options))
    except (AuditError, OSError):
        raise
    except Exception as error:
        problem = f"The notebook ran, but making its page stopped with {type(error).__name__}."
        return replace(outcome, status="failed", problem=problem)


@dataclass(frozen=True)
class Opened:
    """A notebook as its author wrote it, the identifiers of its cells, and the parameters that it declares."""

    notebook: Any
    authored: set[str]
    parameters: set[str] | None


@cache
def opened(path: Path) -> Opened:
    """Read and check a notebook, once a batch: what is run in a forked process is a copy that nobody else sees."""
    try:
        text = path.read_text(encoding="utf-8")
        authored = {cell["id"] for cell in json.loads(text)["cells"] if "id" in cell}
        notebook = remove_error_markers(load_notebook_node(str(path)))
        return Opened(notebook, authored, _parameter_names(notebook))
    except OSError as error:
        what, fix = f"The notebook cannot be read: {error.strerror}.", "Check its path."
    except SyntaxError:
        what, fix = "The cell tagged `parameters` cannot be read.", "Write only name = value there."
    except Exception:
        what, fix = "The file is not a notebook.", "Open and save it in JupyterLab."
    raise NotebookError(what, where=str(path), fix=fix)


def _parameterised(job: Job, source: Opened) -> Any:
    """The notebook with a job's parameters; one that it does not declare is refused: papermill warns and runs it."""
    known = source.parameters
    if not job.parameters:
        return source.notebook
    if known is None:
        raise NotebookError(
            f"The notebook takes no parameters, and was given {', '.join(sorted(job.parameters))}.",
            where=str(job.notebook),
            fix="Give a cell the tag `parameters` and name them there, or leave them out.",
        )
    if unknown := sorted(set(job.parameters) - known):
        near = [name for each in unknown for name in get_close_matches(each, sorted(known))]
        meant = f"Did you mean {', '.join(dict.fromkeys(near))}? " if near else ""
        raise NotebookError(
            f"The notebook has no parameter called {', '.join(unknown)}.",
            where=str(job.notebook),
            fix=f"{meant}Its parameters are {', '.join(sorted(known)) or 'none'}.",
        )
    return parameterize_notebook(source.notebook, dict(job.parameters), **_KERNEL)


def _parameter_names(notebook: Any) -> set[str] | None:
    """The names assigned in the cell tagged `parameters`, or None where there is no such cell."""
    place = find_first_tagged_cell_index(notebook, "parameters")
    return None if place < 0 else assigned(notebook.cells[place].source)


def _executed(job: Job, notebook: Any, *, engine: str, tell: Callable[[int], object], beneath: Path) -> Outcome:
    """Run the cells; the outcome is read from what they left behind, as papermill does."""
    reached: list[int] = []

    def remember(index: int) -> None:
        reached[:] = [_authored_index(notebook, index)]
        tell(reached[0])

    try:
        papermill_engines.execute_notebook_with_engine(
            engine,
            notebook,
            "python3",
            output_path=None,
            progress_bar=False,
            autosave_cell_every=0,
            tell=remember,
            beneath=beneath,
        )
        raise_for_execution_errors(notebook, None)
    except PapermillExecutionError as error:
        cell = _authored_index(notebook, error.cell_index)
        ours = _own_errors(AuditError)
        # Its words are added only where they are ours and hold no values.
        words = f" {error.evalue}" if error.ename in ours else ""
        problem = f"The notebook stopped in cell {cell + 1} with {error.ename}.{words}"
        return Outcome(job.id, "failed", problem=problem, failing_cell=cell, exit_code=ours.get(error.ename, 1))
    except (DeadKernelError, NotebookLeftError):
        last = reached[0] if reached else None
        return Outcome(job.id, "crashed", problem=f"{DIED}{was_in(last)}", failing_cell=last)
    return Outcome(job.id, "ok")


def _authored_index(notebook: Any, index: int) -> int:
    """Where a cell stands in the author's notebook, which has no injected cell."""
    injected = find_first_tagged_cell_index(notebook, "injected-parameters")
    before = [cell for cell in notebook.cells[:2] if "papermill-error-cell-tag" in cell.metadata.get("tags", [])]
    injected -= len(before)
    return index - 1 if 0 <= injected < index else index


def _own_errors(kind: type[AuditError]) -> dict[str, int]:
    """Our own kinds of mistake by name, each with its exit code."""
    known = {kind.__name__: kind.exit_code}
    for each in kind.__subclasses__():
        known |= _own_errors(each)
    return known
