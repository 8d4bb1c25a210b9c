"""Commands that publish: run a period, and write its index again."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from ilacs_audit.cli.options import (
    audience_option,
    day_of,
    evidence_option,
    outputs_of,
    outputs_option,
    workspace_option,
)
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import CommentaryError

SOME_FAILED = 1
LAST_MONTH = "last-month"


def month_of(period: str, now: datetime) -> str:
    """The month that was asked for; a schedule asks for the last one that is over.

    >>> month_of("last-month", datetime(2025, 1, 1)), month_of("2024-11", datetime(2025, 1, 1))
    ('2024-12', '2024-11')
    """
    return str(Period(now.year, now.month).before(1)) if period == LAST_MONTH else period


@click.command()
@click.argument("period")
@audience_option
@click.option("--only", multiple=True, help="A report's id, or a notebook's name; repeatable.")
@click.option(
    "--as-of",
    metavar="YYYY-MM-DD",
    callback=day_of,
    default=None,
    help="The day the evidence speaks for; the period's last day if left out.",
)
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Reports at a time; all cores if left out.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "fork", "kernel"]),
    default="auto",
    show_default=True,
    help="How notebooks are run.",
)
@click.option("--scheduler", default=None, help="Address of a Dask cluster that runs the reports; see the runbook.")
@click.option("--staging", default="", help="With --scheduler: an fsspec path that all its machines share.")
@click.option("--force", is_flag=True, help="Run every report, also those that are up to date.")
@click.option("--unattended", is_flag=True, help="For schedulers: stop where the inputs are not new (exit code 15).")
@workspace_option
@evidence_option
@outputs_option
def run(
    period: str,
    audience: tuple[str, ...],
    only: tuple[str, ...],
    as_of: date | None,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    staging: str,
    force: bool,
    unattended: bool,
    workspace: Path,
    evidence: Path | None,
    outputs: Path | None,
) -> None:
    """Publish the reports of PERIOD (YYYY-MM, or last-month)."""
    from ilacs_audit.cli.progress import watched
    from ilacs_audit.intake.workspace import load_workspace
    from ilacs_audit.publishing.run.batch import run as publish

    now = datetime.now().astimezone()
    with watched() as on_progress:
        ended = publish(
            month_of(period, now),
            workspace=load_workspace(workspace, evidence=evidence),
            outputs=outputs_of(workspace, outputs),
            as_of=as_of,
            audiences=audience or ("board",),
            only=only,
            workers=jobs,
            engine=engine,
            **({"scheduler": scheduler, "staging": staging} if scheduler else {}),
            force=force,
            unattended=unattended,
            now=now,
            on_progress=on_progress,
        )
    for remark in ended.remarks:
        click.echo(remark)
    for page in ended.indexes:
        click.echo(
            f"Published {page}" if ended.published else f"Nothing has changed, so nothing new was published: {page}"
        )
    for each in ended.failed:
        click.echo(f"Not made: {each.job_id}. {each.problem}", err=True)
    if ended.failed:
        sys.exit(_exit_code({each.exit_code for each in ended.failed}))


def _exit_code(codes: set[int]) -> int:
    """17 where people's words are all that is wrong, so that their author is asked; else 1."""
    return CommentaryError.exit_code if codes == {CommentaryError.exit_code} else SOME_FAILED


@click.command()
@click.argument("period")
@audience_option
@workspace_option
@evidence_option
@outputs_option
def index(period: str, audience: tuple[str, ...], workspace: Path, evidence: Path | None, outputs: Path | None) -> None:
    """Write the index of PERIOD (YYYY-MM) again from the pages that are there."""
    from ilacs_audit.intake.workspace import load_workspace
    from ilacs_audit.publishing.run.batch import rewrite_index

    work = load_workspace(workspace, evidence=evidence)
    for name in audience or ("board",):
        page = rewrite_index(period, workspace=work, outputs=outputs_of(workspace, outputs), audience_id=name)
        click.echo(f"Published {page}")
