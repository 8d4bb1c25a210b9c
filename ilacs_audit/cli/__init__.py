"""The commands, each a light wrapper: all that they can do, the imported package can do too.

Errors are printed as one plain sentence with an exit code that a scheduler can read; a
traceback is for developers and is never shown.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ilacs_audit.cli.catalogue import init, list_reports
from ilacs_audit.cli.drawing import draw
from ilacs_audit.cli.evidence import check, intake
from ilacs_audit.cli.gym import gym
from ilacs_audit.cli.keeping import documents, find, purge, rebuild
from ilacs_audit.cli.new import new
from ilacs_audit.cli.reports import index, run, schedule
from ilacs_audit.cli.roll_out import roll_out
from ilacs_audit.cli.sampling import plan
from ilacs_audit.cli.stopping import stop
from ilacs_audit.domain.errors import AuditError

DEBUG = "ILACS_AUDIT_DEBUG"


class Commands(click.Group):
    """A command group that says what went wrong in words, with the exit code of the mistake."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, turning our own errors into a sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except AuditError as problem:
            click.echo(str(problem), err=True)
            sys.exit(problem.exit_code)
        except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
            raise
        except OSError as problem:
            name = Path(problem.filename).name if isinstance(problem.filename, str) else "not known"
            click.echo(f"A file or folder could not be used: {problem.strerror}. Where: {name}.", err=True)
            sys.exit(AuditError.exit_code)
        except Exception as problem:
            if DEBUG in os.environ:
                raise
            # The kind and the place alone: its own words could hold a value of a return.
            last = traceback.extract_tb(problem.__traceback__)[-1]
            where = f"{type(problem).__name__} in {Path(last.filename).name}, line {last.lineno}"
            do = f"Send this sentence to whoever looks after ilacs_audit; set {DEBUG}=1 to see the traceback."
            click.echo(f"The program itself failed: {where}. What to do: {do}", err=True)
            sys.exit(AuditError.exit_code)

    def list_commands(self, ctx: click.Context) -> Sequence[str]:  # type: ignore[override]  # click's stubs want a list
        """The commands in the order in which a council meets them."""
        return list(self.commands)


@click.group(cls=Commands)
@click.version_option(package_name="ilacs_audit")
def main() -> None:
    """Turn audit returns into reports that cannot over-claim."""


for command in (
    init,
    new,
    check,
    intake,
    plan,
    draw,
    stop,
    roll_out,
    gym,
    list_reports,
    run,
    documents,
    rebuild,
    find,
    index,
    schedule,
    purge,
):
    main.add_command(command)
