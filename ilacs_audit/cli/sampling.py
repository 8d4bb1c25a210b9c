"""The command before an audit that says what a number of files can show, and what an aim is."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.given import read_share

SOME = click.IntRange(min=1)
_FIX = "Write it like 0.9 or 90%."


def _share(_: click.Context, option: click.Parameter, text: str | None) -> str | None:
    """A share as it was written."""
    share = None if text is None else read_share(text)
    if share == "":
        raise UsageError(f"'{text}' is not a share.", where=f"--{option.name}", fix=_FIX)
    return share


def _part(context: click.Context, option: click.Parameter, text: str | None) -> float | None:
    """A share below the whole."""
    share = _share(context, option, text)
    if share == "1":
        raise UsageError("All of them leaves nothing to tell.", where=f"--{option.name}", fix=_FIX)
    return None if share is None else float(share)


def aim_options(command: Callable[..., None]) -> Callable[..., None]:
    """What an audit is meant to show: a target to prove or disprove, or two shares to tell apart."""
    for name, read, told in (
        ("--after", _part, "The share hoped for in the second round."),
        ("--before", _part, "The share expected in the first round."),
        ("--target", _share, "The target to prove or disprove, such as 0.9 or 90%."),
    ):
        command = click.option(name, metavar="SHARE", callback=read, help=told)(command)
    return command


@click.command()
@click.option("--population", type=SOME, help="How many are on the list; left out, practice in general.")
@click.option("--files", type=SOME, help="How many files you can read.")
@click.option(
    "--margin", metavar="SHARE", callback=_part, help="The margin wanted, such as 0.1 or 10 for 10 points either way."
)
@click.option(
    "--until-known", is_flag=True, help="Read in the order of the draw until it is known: how many files that takes."
)
@click.option(
    "--flagged", type=SOME, help="How many files of the list are flagged and read in full; --files counts them too."
)
@aim_options
def plan(before: float | None, after: float | None, until_known: bool, flagged: int | None, **aim: Any) -> None:
    """Say what a number of files can and cannot show, before they are read.

    To tell 60% from 80% in two rounds: --before 60% --after 80%
    To read until it is known: --until-known --population 110 --target 80%
    To read 12 flagged files and 25 of the others: --population 110 --flagged 12 --files 37
    """
    from ilacs_audit.claims.sentences.draws import until_known as reading
    from ilacs_audit.claims.sentences.power import power_card

    check_aim(before, after)
    if until_known:
        if aim["population"] is None or aim["target"] is None:
            fix = "Write --population 110 --target 80%, for example."
            raise UsageError("To stop when it is known takes a list and a target.", where="--until-known", fix=fix)
        _no_size({**aim, "before": before, "after": after, "flagged": flagged})
        for line in reading.until_known(aim["population"], aim["target"]):
            click.echo(line)
        return
    if flagged is not None:
        for line in _in_two_parts(flagged, **aim, before=before):
            click.echo(line)
        return
    told = {name: value for name, value in aim.items() if value is not None}
    for line in power_card(before=before, after=after, **told).lines():
        click.echo(line)


def _in_two_parts(flagged: int, **aim: Any) -> Iterator[str]:
    """What flagged files and some of the rest can show."""
    from ilacs_audit.claims.sentences.draws.in_parts import two_phase_card

    files, population = aim["files"], aim["population"]
    if not files or not population or not flagged < files < population or aim["margin"] or aim["before"]:
        fix = "Write --population 110 --flagged 12 --files 37 --target 80%, for example."
        told = "A draw in two parts takes a list, and more files than are flagged and fewer than are listed."
        raise UsageError(told, where="--flagged", fix=fix)
    yield from two_phase_card(files, population=population, flagged=flagged, target=aim["target"])


def _no_size(said: Mapping[str, object]) -> None:
    """Who reads until it is known decides no size and compares no rounds."""
    if size := [f"--{name}" for name in ("files", "flagged", "margin", "before", "after") if said[name] is not None]:
        told = "Whoever reads until it is known decides no size beforehand and compares no rounds."
        fix = f"Leave out {' and '.join(size)}, or leave out --until-known."
        raise UsageError(told, where="--until-known", fix=fix)


def check_aim(before: float | None, after: float | None) -> None:
    """Two rounds need two different shares."""
    if (before is None) != (after is None) or (before is not None and before == after):
        fix = "Write --before 60% --after 80%, for example."
        raise UsageError("An aim needs two different shares, one for each round.", fix=fix)
