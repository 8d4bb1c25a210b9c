"""Commands before an audit: what a number of files can show, and a fair draw of them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ilacs_audit.cli.options import outputs_option, workspace_option
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.given import read_share

if TYPE_CHECKING:
    from ilacs_audit.analysis.draw import Draw
    from ilacs_audit.publishing.outputs import Outputs

_THERE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SOME = click.IntRange(min=1)
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


def _aim(command: Callable[..., None]) -> Callable[..., None]:
    """What an audit is meant to show: a target to prove or disprove, or two shares to tell apart."""
    for name, read, told in (
        ("--after", _part, "The share hoped for in the second round."),
        ("--before", _part, "The share expected in the first round."),
        ("--target", _share, "The target to prove or disprove, such as 0.9 or 90%."),
    ):
        command = click.option(name, metavar="SHARE", callback=read, help=told)(command)
    return command


@click.command()
@click.option("--population", type=_SOME, help="How many are on the list; left out, practice in general.")
@click.option("--files", type=_SOME, help="How many files you can read.")
@click.option(
    "--margin", metavar="SHARE", callback=_part, help="The margin wanted, such as 0.1 or 10 for 10 points either way."
)
@click.option(
    "--until-known", is_flag=True, help="Read in the order of the draw until it is known: how many files that takes."
)
@click.option(
    "--flagged", type=_SOME, help="How many files of the list are flagged and read in full; --files counts them too."
)
@_aim
def plan(before: float | None, after: float | None, until_known: bool, flagged: int | None, **aim: Any) -> None:
    """Say what a number of files can and cannot show, before they are read.

    To tell 60% from 80% in two rounds: --before 60% --after 80%
    To read until it is known: --until-known --population 110 --target 80%
    To read 12 flagged files and 25 of the others: --population 110 --flagged 12 --files 37
    """
    from ilacs_audit.claims.sentences.draws import until_known as reading
    from ilacs_audit.claims.sentences.power import power_card

    _check_aim(before, after)
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


def _check_aim(before: float | None, after: float | None) -> None:
    """Two rounds need two different shares."""
    if (before is None) != (after is None) or (before is not None and before == after):
        fix = "Write --before 60% --after 80%, for example."
        raise UsageError("An aim needs two different shares, one for each round.", fix=fix)


@click.command()
@click.argument("cases", type=_THERE)
@click.option("--size", type=_SOME, help="Files wanted.")
@click.option("--auditors", type=_THERE, help="Table of auditor, team, capacity.")
@click.option("--teams", is_flag=True, help="Draw no files, but the order in which the teams of the list are trained.")
@click.option(
    "--seed", type=int, required=True, help="Any whole number; it is printed, and draws the same files again."
)
@click.option("--stratify", help="A column of the case list, such as team.")
@click.option(
    "--moderation",
    metavar="COLUMN",
    help="For a second reading: as many files graded good or better, by this column of the list, as of the others.",
)
@click.option(
    "--flagged",
    metavar="COLUMN",
    help="A draw in two parts: all files with a yes in this column of the list, the rest of the size by chance.",
)
@click.option(
    "--by",
    type=click.Choice(["file", "worker", "family"]),
    default="file",
    show_default=True,
    help="Draw workers or families, each with all its files; the ranges are then wider.",
)
@click.option("--audited", type=_THERE, help="References audited in the last twelve months.")
@click.option(
    "--own-team", is_flag=True, help="Let auditors read files of their own team, though never their own cases."
)
@_aim
@workspace_option
@outputs_option
def draw(
    cases: Path,
    size: int | None,
    auditors: Path | None,
    teams: bool,
    seed: int,
    stratify: str | None,
    moderation: str | None,
    flagged: str | None,
    by: str,
    audited: Path | None,
    own_team: bool,
    workspace: Path,
    outputs: Path,
    **aim: Any,
) -> None:
    """Draw files fairly from CASES and share them among auditors. The result is personal data.

    Keep the allocation as draws/AUDIT-ID.xlsx beside the returns: check then says who owes a return.
    """
    from ilacs_audit.analysis.draw import draw_sample
    from ilacs_audit.intake.cells.footers import told_rows
    from ilacs_audit.intake.registers import case_list
    from ilacs_audit.publishing.outputs import Outputs
    from ilacs_audit.publishing.owner.protocol import save_draw

    if teams:
        if size is not None or by != "file" or any((stratify, moderation, flagged)):
            fix = "Leave --size, --by, --stratify, --moderation and --flagged out of it."
            raise UsageError("An order of teams has no files.", where="--teams", fix=fix)
        _draw_teams(cases, seed, Outputs(outputs))
        return
    if size is None or auditors is None:
        fix = "Write --size 40 --auditors auditors.xlsx, or --teams for an order of training."
        raise UsageError("A draw takes a size and those who read.", where="--size and --auditors", fix=fix)
    _check_aim(aim["before"], aim["after"])
    divided = [
        name
        for name, given in zip(("stratify", "moderation", "flagged"), (stratify, moderation, flagged), strict=True)
        if given
    ]
    if len(divided) + (by != "file") > 1:
        fix = "Write one of --stratify, --moderation, --flagged and --by."
        raise UsageError("A list is divided by one column.", where=f"--{divided[0]}", fix=fix)
    readers, earlier = case_list.load_auditors(auditors), case_list.load_references(audited) if audited else ()
    listed = case_list.load_case_list(cases, stratify=stratify or moderation or flagged, known=earlier)
    listed = case_list.graded_apart(listed, moderation, file=cases.name) if moderation else listed
    listed = case_list.flagged_apart(listed, flagged, file=cases.name) if flagged else listed
    if padded := int(listed["padded"].sum()):
        click.echo(f"{padded} references of {cases.name} had lost their leading zeros; they were given back.")
    for path, left in ((cases, case_list.rows_left_out(listed)), (auditors, case_list.rows_left_out(readers))):
        if left:
            click.echo(f"{path.name}: no file or auditor stands in {told_rows(left)}, only totals or notes.")
    drawn = draw_sample(
        listed,
        size=size,
        auditors=readers,
        seed=seed,
        strata="graded" if moderation else "part" if flagged else stratify,
        audited_recently=case_list.load_references(audited, known=set(listed["child_ref"])) if audited else None,
        own_team_allowed=own_team,
        evenly=moderation is not None,
        in_parts=flagged is not None,
        by=by,
    )
    private = Outputs(outputs).opened()
    for line in _told(drawn, size):
        click.echo(line)
    for path in save_draw(drawn, private / "draws", name=cases.stem, **aim):
        click.echo(f"Wrote {path}")


def _draw_teams(cases: Path, seed: int, outputs: "Outputs") -> None:
    """Draw the order of training, and say what it is good for."""
    from ilacs_audit.analysis.draw import draw_order
    from ilacs_audit.intake.registers.case_list import load_teams
    from ilacs_audit.publishing.owner.protocol import save_order

    order = draw_order(load_teams(cases), seed=seed)
    path = save_order(order, outputs.opened() / "draws", name=cases.stem, seed=seed)
    click.echo(f"{len(order)} teams in the order drawn with seed {seed}: {', '.join(order)}.")
    click.echo("Train them in this order and write the days in: ilacs-audit rollout then compares those trained first.")
    click.echo(f"Wrote {path}")


def _told(drawn: "Draw", size: int) -> Iterator[str]:
    """What was drawn of what, and what it is too small for."""
    from ilacs_audit.publishing.owner.protocol import drawn_words
    from ilacs_audit.stats.correction import FEWEST_MODERATED, FEWEST_MODERATED_IN_A_GROUP

    files, kinds = len(drawn.allocation), drawn.strata["drawn"].tolist()
    yield f"{files} of {drawn.listed - drawn.excluded} files drawn with seed {drawn.seed}."
    if files < size or (drawn.by != "file" and files > size):
        whole = (
            f"as many whole cases of a {drawn.by} as come nearest" if drawn.by != "file" else "all that may be drawn"
        )
        yield f"{size} were asked for: these are {whole}."
    if drawn.evenly and (files < FEWEST_MODERATED or len(kinds) < 2 or min(kinds) < FEWEST_MODERATED_IN_A_GROUP):
        yield "Too few to set a headline right by them: that takes 15 in all, and two of each kind."
    yield from drawn_words(drawn)
    if drawn.excluded:
        yield f"{drawn.excluded} left out, because they were audited in the last twelve months."
