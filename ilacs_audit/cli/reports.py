"""Commands that publish: run a period, write its index again, and print a recipe for a scheduler."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from ilacs_audit.cli.options import (
    audience_option,
    day_of,
    evidence_option,
    evidence_words,
    outputs_option,
    workspace_option,
)
from ilacs_audit.domain.calendar import Period

LAST_MONTH = "last-month"
ENGINES = ("auto", "fork", "kernel")


def month_of(period: str, now: datetime) -> str:
    """The month that was asked for; a schedule asks for the last one that is over.

    >>> month_of("last-month", datetime(2025, 1, 1)), month_of("2024-11", datetime(2025, 1, 1))
    ('2024-12', '2024-11')
    """
    return str(Period(now.year, now.month).before(1)) if period == LAST_MONTH else period


@contextmanager
def _watched() -> Iterator[Callable[[Any, int], None]]:
    """Show reports as they finish, by a bar where a person watches; gives the function to call with each outcome."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("Reading the returns", total=None)
        yield lambda outcome, total: progress.update(task, description=outcome.job_id, total=total, advance=1)


@click.command()
@click.argument("period")
@audience_option
@click.option("--only", multiple=True, help="A report's id, or a notebook's name; repeatable.")
@click.option(
    "--as-of",
    metavar="YYYY-MM-DD",
    callback=day_of,
    help="The day the evidence speaks for; the period's last day if left out.",
)
@click.option("--jobs", "workers", type=click.IntRange(min=1), help="Reports at a time; all cores if left out.")
@click.option("--engine", type=click.Choice(ENGINES), default="auto", show_default=True, help="How notebooks are run.")
@click.option("--scheduler", help="Address of a Dask cluster that runs the reports; see the runbook.")
@click.option("--staging", default="", help="With --scheduler: an fsspec path that all its machines share.")
@click.option("--force", is_flag=True, help="Run every report, also those that are up to date.")
@click.option("--unattended", is_flag=True, help="For schedulers: stop where the inputs are not new (exit code 15).")
@click.option("--strict", is_flag=True, help="Stop where a decision, its owner or date, or words lack (exit code 19).")
@workspace_option
@evidence_option
@outputs_option
def run(
    period: str,
    audience: tuple[str, ...],
    scheduler: str | None,
    staging: str,
    workspace: Path,
    evidence: Path | None,
    **options: Any,
) -> None:
    """Publish the reports of PERIOD (YYYY-MM, or last-month)."""
    from ilacs_audit.intake.workspace import load_workspace
    from ilacs_audit.publishing.run.batch import run as publish

    now, work = datetime.now().astimezone(), load_workspace(workspace, evidence=evidence)
    options |= {"scheduler": scheduler, "staging": staging} if scheduler else {}
    with _watched() as on_progress:
        ended = publish(
            month_of(period, now),
            workspace=work,
            audiences=audience,
            now=now,
            on_progress=on_progress,
            **options,
        )
    for remark in ended.remarks:
        click.echo(remark)
    did = "Published" if ended.published else "Nothing has changed, so nothing new was published:"
    for page in ended.indexes:
        click.echo(f"{did} {page}")
    for each in ended.failed:
        click.echo(f"Not made: {each.job_id}. {each.problem}", err=True)
    for waiting in ended.pending:
        click.echo(f"Restatement pending: {waiting.title} ({waiting.audience}). {waiting.problem}", err=True)
    if ended.to_do:
        click.echo(f"{len(ended.to_do)} more to look at: private/status/what-to-do.txt in the outputs says what.")
    if ended.exit_code:
        sys.exit(ended.exit_code)


@click.command()
@click.argument("period")
@audience_option
@workspace_option
@evidence_option
@outputs_option
def index(period: str, audience: tuple[str, ...], workspace: Path, evidence: Path | None, outputs: Path) -> None:
    """Write the index of PERIOD (YYYY-MM) again from the pages that are there."""
    from ilacs_audit.intake.workspace import load_workspace
    from ilacs_audit.publishing.outputs import Outputs
    from ilacs_audit.publishing.run.batch import rewrite_index

    work = load_workspace(workspace, evidence=evidence)
    for name in Outputs(outputs).named(audience):
        click.echo(f"Published {rewrite_index(period, workspace=work, outputs=outputs, audience_id=name)}")


@click.command()
@click.argument("scheduler", type=click.Choice(["cron", "systemd", "windows", "github", "airflow"]))
@audience_option
@workspace_option
@evidence_words
def schedule(
    scheduler: str, audience: tuple[str, ...], workspace: Path, evidence: str | None, views: Path | None
) -> None:
    """Print a ready recipe that publishes last month with SCHEDULER."""
    from ilacs_audit.intake.database import is_address, without_password
    from ilacs_audit.publishing.owner.schedule import recipe

    beside = Path(sys.executable).with_name("ilacs-audit")
    program = str(beside) if beside.exists() else shutil.which("ilacs-audit") or "ilacs-audit"
    where = without_password(evidence) if is_address(evidence) else evidence and Path(evidence).resolve()
    source = {"evidence": where, "views": views and views.resolve()}
    told = {name: str(each) for name, each in source.items() if each}
    text = recipe(scheduler, program=program, workspace=workspace.resolve(), source=told, audiences=audience)
    click.echo(text, nl=False)
