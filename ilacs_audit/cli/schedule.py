"""The command that prints a recipe for a scheduler."""

import shutil
import sys
from pathlib import Path

import click

from ilacs_audit.cli.options import audience_option, evidence_option, workspace_option


@click.command()
@click.argument("scheduler", type=click.Choice(["cron", "systemd", "windows", "github", "airflow"]))
@audience_option
@workspace_option
@evidence_option
def schedule(scheduler: str, audience: tuple[str, ...], workspace: Path, evidence: Path | None) -> None:
    """Print a ready recipe that publishes last month with SCHEDULER."""
    from ilacs_audit.publishing.owner.schedule import recipe

    beside = Path(sys.executable).with_name("ilacs-audit")
    program = str(beside) if beside.exists() else shutil.which("ilacs-audit") or "ilacs-audit"
    where = evidence.resolve() if evidence else None
    text = recipe(scheduler, program=program, workspace=workspace.resolve(), evidence=where, audiences=audience)
    click.echo(text, nl=False)
