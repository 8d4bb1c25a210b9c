"""One progress line for a run: a bar where a person watches, silence where a scheduler does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def watched() -> Iterator[Callable[[Any, int], None]]:
    """Show reports as they finish; gives the function to call with each outcome."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("Reading the returns", total=None)

        def finished(outcome: Any, total: int) -> None:
            progress.update(task, description=outcome.job_id, total=total, advance=1)

        yield finished
