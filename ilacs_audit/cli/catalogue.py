"""Commands about the workspace itself: make one, and say what it would publish."""

import shutil
from pathlib import Path

import click

from ilacs_audit.cli.options import evidence_option, workspace_option
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.first.template import template_folder
from ilacs_audit.publishing.timetable import plan_reports

# What a checkout may hold of its own council; a new workspace starts without it.
_OWN = shutil.ignore_patterns("evidence", ".ipynb_checkpoints", "__pycache__", ".*", "columns.before.yml")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Make a new workspace in FOLDER from the example authority."""
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"The folder {folder.name} is not empty.", fix="Name a new or empty folder.")
    template = template_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("data", "notebooks"):
        shutil.copytree(template / part, folder / part, ignore=_OWN)
    shutil.copy2(template / "reports.yml", folder)
    (folder / ".gitignore").write_text("outputs/\ndata/evidence/\n", encoding="utf-8")
    click.echo(f"Made a workspace in {folder}, with the invented authority Northmere to try it on. Next:")
    for words in ("check", "run 2024-11 --as-of 2024-11-21"):
        click.echo(f'  ilacs-audit {words} --workspace "{folder}"')
    click.echo("Your own returns go into a folder of their own, with --evidence FOLDER.")


@click.command("list")
@click.argument("period")
@workspace_option
@evidence_option
def list_reports(period: str, workspace: Path, evidence: Path | None) -> None:
    """List the reports that PERIOD (YYYY-MM) holds, and those it has nothing for."""
    work = load_workspace(workspace, evidence=evidence)
    work.check()
    reports, absent = plan_reports(work, Period.parse(period))
    for report in reports:
        click.echo(f"{report.id:<40} {report.title}")
    for each in absent:
        click.echo(f"{'(not produced)':<40} {each.title}: {each.reason}")
