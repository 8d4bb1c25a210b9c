"""Commands about the workspace itself: make one, and say what it would publish."""

import shutil
from pathlib import Path

import click

from ilacs_audit.cli.options import evidence_option, workspace_option
from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.first.template import one_finished_audit, template_folder
from ilacs_audit.publishing.timetable import plan_reports

# What a checkout may hold of its own council; a new workspace starts without it.
_OWN = shutil.ignore_patterns("evidence", ".ipynb_checkpoints", "__pycache__", ".*", "columns.before.yml")

_EXAMPLE = "Made a workspace with everything of the invented authority Northmere, to try it on. Next:"
_ONE_AUDIT = """Made a workspace in {folder}, with one finished audit to copy, an invented dip sample:
  its protocol   data/programme.yml
  its standards  data/standards/consent.yml
  its return     data/example/returns/2024-09
Next:"""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--example", is_flag=True, help="With all audits and registers of the invented council, to look round in."
)
def init(folder: Path, example: bool) -> None:
    """Make a new workspace in FOLDER, with one finished audit to copy and nobody else's rows."""
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"The folder {folder.name} is not empty.", fix="Name a new or empty folder.")
    if example:
        _copy_example(folder)
    else:
        for name, content in one_finished_audit().items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name, content)
    click.echo(_EXAMPLE if example else _ONE_AUDIT.format(folder=folder))
    for words in ("check", f"run {'2024-11 --as-of 2024-11-21' if example else '2024-09 --as-of 2024-09-30'}"):
        click.echo(f'  ilacs-audit {words} --workspace "{folder}"')
    click.echo(f'Your own: ilacs-audit new WORKBOOK --workspace "{folder}"')


def _copy_example(folder: Path) -> None:
    template = template_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("data", "notebooks"):
        shutil.copytree(template / part, folder / part, ignore=_OWN)
    shutil.copy2(template / "reports.yml", folder)
    (folder / ".gitignore").write_text("outputs/\ndata/evidence/\n", encoding="utf-8")


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
