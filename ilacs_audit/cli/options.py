"""The options that several commands share, so that one word means one thing everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from ilacs_audit.domain.audiences import AUDIENCES
from ilacs_audit.domain.calendar import parse_day

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
_FOLDER = click.Path(file_okay=False, path_type=Path)

workspace_option: Decorator = click.option(
    "--workspace", type=_FOLDER, default=Path(), show_default="this folder", help="Folder with data/ and reports.yml."
)
evidence_option: Decorator = click.option(
    "--evidence", type=_FOLDER, default=None, help="Folder of returns and registers; the example if left out."
)
outputs_option: Decorator = click.option(
    "--outputs", type=_FOLDER, default=None, help="Where pages go; outputs/ in the workspace if left out."
)
audience_option: Decorator = click.option(
    "--audience", multiple=True, type=click.Choice(list(AUDIENCES)), help="Edition; repeatable. Board if left out."
)


def outputs_of(workspace: Path, outputs: Path | None) -> Path:
    """The outputs folder that a command was given, or the workspace's own."""
    return outputs or workspace / "outputs"


def day_of(_: click.Context, option: click.Parameter, text: str | None) -> date | None:
    """A day as YYYY-MM-DD, read as everywhere else. Raises UsageError."""
    return None if text is None else parse_day(text, name=option.opts[0])
