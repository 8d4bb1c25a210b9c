"""The options that several commands share, so that one word means one thing everywhere."""

import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from ilacs_audit.domain.audiences import AUDIENCES, SERVICE
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
_EVIDENCE = "Folder of returns and registers, or the address of a database; the example if left out."
_VIEWS = "With an address: the file that names the views; data/evidence/views.yml in the workspace if left out."


def _folder_of(context: click.Context, option: click.Parameter, said: str | None) -> Path | None:
    """A folder of evidence; with the address of a database that of its views, after they were read."""
    if said is None or "://" not in said:
        return None if said is None else Path(_FOLDER.convert(said, option, context))
    from ilacs_audit.intake.database import VIEWS, load_database

    own = context.params["workspace"] / "data" / "evidence" / VIEWS
    return load_database(said, views=context.meta[_VIEWS] or own)


def evidence_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Where the evidence is: a folder, or a database and the file that names its views."""
    noted = click.option(
        "--views",
        type=FILE,
        is_eager=True,  # read before the address, and known to it alone
        expose_value=False,
        callback=lambda context, _, file: context.meta.update({_VIEWS: file}),
        help=_VIEWS,
    )
    return click.option("--evidence", metavar="FOLDER|ADDRESS", callback=_folder_of, help=_EVIDENCE)(noted(command))


def evidence_words(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same two as they were written, for a command that reads nothing."""
    return click.option("--evidence", metavar="FOLDER|ADDRESS", help=_EVIDENCE)(
        click.option("--views", type=FILE, help=_VIEWS)(command)
    )


outputs_option: Decorator = click.option(
    "--outputs",
    type=_FOLDER,
    callback=lambda context, _, folder: folder or context.params["workspace"] / "outputs",
    help="Where pages go; outputs/ in the workspace if left out.",
)


def _with_services(_: click.Context, __: click.Parameter, named: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{SERVICE}:{name}" for name in named)


def audience_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Which editions: of the whole council, or of services; the board's if none is named."""

    @wraps(command)
    def called(*, audience: tuple[str, ...], service: tuple[str, ...], **others: Any) -> Any:
        return command(audience=(*audience, *service) or ("board",), **others)

    told = click.option(
        "--audience",
        multiple=True,
        type=click.Choice([*AUDIENCES, SERVICE]),
        help="Edition; repeatable. Board if left out; service is the edition of every service.",
    )
    return told(
        click.option("--service", multiple=True, callback=_with_services, help="Edition of one service; repeatable.")(
            called
        )
    )


def day_of(_: click.Context, option: click.Parameter, text: str | None) -> date | None:
    """A day as YYYY-MM-DD, read as everywhere else. Raises UsageError."""
    return None if text is None else parse_day(text, name=option.opts[0])


def someone_is_there() -> bool:
    """Whether a person can answer a question."""
    return sys.stdin.isatty()
