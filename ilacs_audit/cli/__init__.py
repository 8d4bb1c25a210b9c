"""The commands, each a light wrapper: all that they can do, the imported package can do too.

Errors are printed as one plain sentence with an exit code that a scheduler can read; a
traceback is for developers and is never shown.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from ilacs_audit.cli.catalogue import init, list_reports
from ilacs_audit.cli.evidence import check, intake
from ilacs_audit.cli.reports import index, run
from ilacs_audit.cli.sampling import draw, plan
from ilacs_audit.domain.errors import AuditError


class Commands(click.Group):
    """A command group that says what went wrong in words, with the exit code of the mistake."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, turning our own errors into a sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except AuditError as problem:
            click.echo(str(problem), err=True)
            sys.exit(problem.exit_code)

    def list_commands(self, ctx: click.Context) -> Sequence[str]:  # type: ignore[override]
        """The commands in the order in which a council meets them."""
        return list(self.commands)


@click.group(cls=Commands)
@click.version_option(package_name="ilacs_audit")
def main() -> None:
    """Turn audit returns into reports that cannot over-claim."""


for command in (init, check, intake, plan, draw, list_reports, run, index):
    main.add_command(command)
