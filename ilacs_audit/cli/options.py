"""The options that several commands share, so that one word means one thing everywhere."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from ilacs_audit.domain.audiences import AUDIENCES
from ilacs_audit.domain.calendar import parse_day

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
FILE = click.Path(dir_okay=False, path_type=Path)
FILES = click.Path(path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)

workspace_option: Decorator = click.option(
    "--workspace",
    type=_FOLDER,
    default=Path(),
    show_default="this folder",
    is_eager=True,  # read before the outputs, which are in it unless told otherwise
    help="Folder with data/ and reports.yml.",
)
evidence_option: Decorator = click.option(
    "--evidence", type=_FOLDER, default=None, help="Folder of returns and registers; the example if left out."
)
outputs_option: Decorator = click.option(
    "--outputs",
    type=_FOLDER,
    callback=lambda context, _, folder: folder or context.params["workspace"] / "outputs",
    help="Where pages go; outputs/ in the workspace if left out.",
)
audience_option: Decorator = click.option(
    "--audience",
    multiple=True,
    type=click.Choice(list(AUDIENCES)),
    default=("board",),
    help="Edition; repeatable. Board if left out.",
)


def day_of(_: click.Context, option: click.Parameter, text: str | None) -> date | None:
    """A day as YYYY-MM-DD, read as everywhere else. Raises UsageError."""
    return None if text is None else parse_day(text, name=option.opts[0])


def someone_is_there() -> bool:
    """Whether a person can answer a question."""
    return sys.stdin.isatty()
