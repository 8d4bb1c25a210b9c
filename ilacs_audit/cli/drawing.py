"""The command that draws: files for an audit, fairly, or the order in which teams are trained."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ilacs_audit.cli.options import outputs_option, workspace_option
from ilacs_audit.cli.sampling import SOME, aim_options, check_aim
from ilacs_audit.domain.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from ilacs_audit.analysis.draw import Draw
    from ilacs_audit.publishing.outputs import Outputs

_THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("cases", type=_THERE)
@click.option("--size", type=SOME, help="Files wanted.")
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
@aim_options
@workspace_option
@outputs_option
def draw(
    cases: Path,
    size: int | None,
    auditors: Path | None,
    teams: bool,
    seed: int,
    by: str,
    audited: Path | None,
    own_team: bool,
    workspace: Path,
    outputs: Path,
    stratify: str | None,
    moderation: str | None,
    flagged: str | None,
    **aim: Any,
) -> None:
    """Draw files fairly from CASES and share them among auditors. The result is personal data.

    Keep the allocation as draws/AUDIT-ID.xlsx beside the returns: check then says who owes a return.
    """
    from ilacs_audit.analysis.draw import draw_sample
    from ilacs_audit.intake.registers import case_list
    from ilacs_audit.publishing.outputs import Outputs
    from ilacs_audit.publishing.owner.protocol import save_draw

    columns = {"stratify": stratify, "moderation": moderation, "flagged": flagged}
    if teams:
        _check_teams(size, by, columns)
        _draw_teams(cases, seed, Outputs(outputs))
        return
    size, auditors = _needed(size, auditors)
    check_aim(aim["before"], aim["after"])
    _check_divided(by, columns)
    readers = case_list.load_auditors(auditors)
    listed, strata = _listed(cases, columns, audited)
    for line in _not_as_written({cases: listed, auditors: readers}):
        click.echo(line)
    drawn = draw_sample(
        listed,
        size=size,
        auditors=readers,
        seed=seed,
        strata=strata,
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


def _needed(size: int | None, auditors: Path | None) -> tuple[int, Path]:
    """A size and those who read, without which nothing is drawn."""
    if size is None or auditors is None:
        fix = "Write --size 40 --auditors auditors.xlsx, or --teams for an order of training."
        raise UsageError("A draw takes a size and those who read.", where="--size and --auditors", fix=fix)
    return size, auditors


def _check_teams(size: int | None, by: str, columns: Mapping[str, str | None]) -> None:
    """An order of teams takes nothing that is about files."""
    if size is not None or by != "file" or any(columns.values()):
        fix = "Leave --size, --by, --stratify, --moderation and --flagged out of it."
        raise UsageError("An order of teams has no files.", where="--teams", fix=fix)


def _check_divided(by: str, columns: Mapping[str, str | None]) -> None:
    """A list is divided by one thing alone."""
    divided = [name for name, given in columns.items() if given]
    if len(divided) + (by != "file") > 1:
        fix = "Write one of --stratify, --moderation, --flagged and --by."
        raise UsageError("A list is divided by one column.", where=f"--{divided[0]}", fix=fix)


def _listed(cases: Path, columns: Mapping[str, str | None], audited: Path | None) -> tuple["pd.DataFrame", str | None]:
    """The list that is drawn from, and the column by which it is divided."""
    from ilacs_audit.intake.registers import case_list

    earlier = case_list.load_references(audited) if audited else ()
    listed = case_list.load_case_list(cases, stratify=next(filter(None, columns.values()), None), known=earlier)
    if grades := columns["moderation"]:
        return case_list.graded_apart(listed, grades, file=cases.name), "graded"
    if flags := columns["flagged"]:
        return case_list.flagged_apart(listed, flags, file=cases.name), "part"
    return listed, columns["stratify"]


def _not_as_written(read: "Mapping[Path, pd.DataFrame]") -> Iterator[str]:
    """What of the lists was given back or left out."""
    from ilacs_audit.intake.cells.footers import told_rows
    from ilacs_audit.intake.registers.case_list import rows_left_out

    for path, table in read.items():
        if "padded" in table and (padded := int(table["padded"].sum())):
            yield f"{padded} references of {path.name} had lost their leading zeros; they were given back."
    for path, table in read.items():
        if left := rows_left_out(table):
            yield f"{path.name}: no file or auditor stands in {told_rows(left)}, only totals or notes."


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
