"""Commands about what was published before: make it again or as documents, and let go of what is no longer needed."""

import sys
from datetime import date
from pathlib import Path

import click

from ilacs_audit.cli.options import audience_option, day_of, outputs_option, workspace_option

DIFFERENT = 1


@click.command()
@click.argument("period")
@audience_option
@workspace_option
@outputs_option
def rebuild(period: str, audience: tuple[str, ...], workspace: Path, outputs: Path) -> None:
    """Make PERIOD again from its archived inputs, and say whether every byte is the same."""
    from ilacs_audit.publishing.outputs import Outputs
    from ilacs_audit.publishing.run.rebuild import rebuild as again

    different: list[str] = []
    for name in Outputs(outputs).named(audience):
        made = again(period, outputs=outputs, audience_id=name)
        for remark in made.remarks:
            click.echo(remark)
        click.echo(f"{name}: {len(made.identical)} files are identical to what was published.")
        for file in made.different:
            click.echo(f"{name}: {file} is different.", err=True)
        click.echo(f"The rebuilt pages are in {made.folder}.")
        different += made.different
    if different:
        sys.exit(DIFFERENT)


@click.command()
@click.argument("period")
@audience_option
@click.option("--as", "kinds", multiple=True, type=click.Choice(["word", "pdf"]), help="Both, if left out.")
@click.option("--only", multiple=True, help="A page's name, such as dip-sample-consent-2024-11; repeatable.")
@workspace_option
@outputs_option
def documents(
    period: str,
    audience: tuple[str, ...],
    kinds: tuple[str, ...],
    only: tuple[str, ...],
    workspace: Path,
    outputs: Path,
) -> None:
    """Write the pages of PERIOD as Word files and tagged PDFs; those of an earlier run are replaced as a whole."""
    from ilacs_audit.publishing.outputs import Outputs
    from ilacs_audit.publishing.twins.documents import documents as written

    for name in Outputs(outputs).named(audience):
        made = written(period, outputs=outputs, audience=name, kinds=kinds, only=only)
        click.echo(f"{name}: {len(made)} documents in {made[0].parent}.")


@click.command()
@click.argument("code")
@click.option("--period", default="", help="YYYY-MM; every month that was published, if left out.")
@audience_option
@workspace_option
@outputs_option
def find(code: str, period: str, audience: tuple[str, ...], workspace: Path, outputs: Path) -> None:
    """Say what has the reference CODE: a figure or sentence, its pages, and what it said each month."""
    from ilacs_audit.publishing.edition.finding import find as found

    for name in audience:
        click.echo(found(code, outputs=outputs, audience=name, period=period))


@click.command()
@click.option(
    "--before", metavar="YYYY-MM-DD", callback=day_of, required=True, help="Months that ended before this day."
)
@click.option("--remove", is_flag=True, help="Remove them; without it they are only listed.")
@click.option("--pages", is_flag=True, help="Also the pages that readers have.")
@workspace_option
@outputs_option
def purge(before: date, remove: bool, pages: bool, workspace: Path, outputs: Path) -> None:
    """List, or remove, private files of months that ended before a day."""
    from ilacs_audit.publishing.run.retention import purge as let_go

    found = let_go(outputs, before=before, remove=remove, pages=pages)
    for path in found:
        click.echo(f"{'Removed' if remove else 'Would remove'} {path.relative_to(outputs)}")
    click.echo(f"{len(found)} files and folders of months before {before}.")
    if found and not remove:
        click.echo("Nothing was removed. Add --remove to remove them.")
