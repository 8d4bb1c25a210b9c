"""The command that takes a workbook nobody has described to a page: it shows what it sees, and asks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ilacs_audit.claims.words import counted
from ilacs_audit.cli.options import (
    FILE,
    FILES,
    audience_option,
    evidence_option,
    outputs_option,
    someone_is_there,
    workspace_option,
)
from ilacs_audit.domain.errors import UsageError

if TYPE_CHECKING:
    from ilacs_audit.publishing.first.asking import Question
    from ilacs_audit.publishing.first.seen import Seen
    from ilacs_audit.publishing.first.workspace import Ground

OPTIONS = {
    "council": "What the council is called.",
    "title": "What the audit is called.",
    "month": "The month, YYYY-MM.",
    "readers": "Rows of a second reader, a moderator or a family: apart, or together with the auditors' own.",
    "rounds": "Whether rows of several rounds or months count together: yes or no.",
    "unit": "What one row is about: file, worker or request.",
    "reference": "The number of the column that says whose file a row is.",
    "questions": 'The columns that are questions, such as "9-19".',
    "columns": 'What other columns mean, such as "7=team, 9=comment".',
    "teams": "Whether each sheet is a team's, and called after it: yes or no.",
    "met": 'Which answers count as met, such as "yes".',
    "adverse": "The questions to which no is the good answer, by number, or none.",
    "target": "A target for each question, such as 90%.",
    "chosen": "How files were chosen: random, systematic, auditor_choice, census, ...",
    "listed": "How many were on the list they were chosen from.",
    "intended": "How many were meant to be audited.",
    "baseline": "The earlier audit it is to be compared with, by its id.",
    "same": "Whether a question in other words is the one it is like: yes or no.",
    "codes": 'What codes among the answers mean, such as "1=yes, 2=no".',
    "example": "Whether the invented council's audits are left out: yes or no.",
}
_LONGEST = 64


def _with_answers(command: Callable[..., Any]) -> Callable[..., Any]:
    """One option a question, so that a script can answer each of them."""
    for name, words in reversed(OPTIONS.items()):
        command = click.option(f"--{name}", default=None, metavar="ANSWER", help=words)(command)
    return command


@click.command()
@click.argument("workbook", nargs=-1, type=FILES)
@click.option("--plan", type=FILE, metavar="FILE", help="An inspection's points: write data/plan.yml from them.")
@click.option("--replace", is_flag=True, help="With --plan: put it in the place of the plan that is there.")
@click.option(
    "--answers",
    "file",
    type=FILE,
    metavar="FILE.yml",
    help="Answers by the names of the options below; an option wins.",
)
@_with_answers
@audience_option
@workspace_option
@evidence_option
@outputs_option
def new(
    workbook: tuple[Path, ...],
    plan: Path | None,
    replace: bool,
    file: Path | None,
    audience: tuple[str, ...],
    workspace: Path,
    evidence: Path | None,
    outputs: Path,
    **answers: str | None,
) -> None:
    """Make WORKBOOK, several of one form or a folder of them, an audit, and publish its page.

    It asks what cannot be seen.
    "don't know" is always an answer.
    With --plan it makes an inspection's list of points the improvement plan: a CSV (columns text, and report and tag
    where there are any), or text with a line or a bullet a point.
    """
    if plan is not None:
        _new_plan(plan, workspace=workspace, evidence=evidence, council=answers["council"] or "", replace=replace)
    if plan is not None and not workbook:
        return
    if not workbook:
        raise UsageError("Nothing was given.", fix="Give a workbook, or --plan with an inspection's list of points.")
    from ilacs_audit.publishing.first.audit import new_audit

    made = new_audit(
        workbook,
        answers=_told(file, answers),
        workspace=workspace,
        evidence=evidence,
        outputs=outputs,
        audiences=audience,
        ask=_ask if someone_is_there() else None,
        show=_show,
        tell=click.echo,
    )
    for line in (made.counted, *made.remarks):
        if line:
            click.echo(line)
    for page in made.pages:
        click.echo(f"Published {page}")
    if not made.pages:
        sys.exit(1)


def _new_plan(points: Path, *, workspace: Path, evidence: Path | None, council: str, replace: bool) -> None:
    """Write the plan; where one is there it is put in its place only if somebody says so."""
    from ilacs_audit.intake.workspace import load_workspace
    from ilacs_audit.publishing.owner.plan_file import PLAN, has_areas, new_plan

    if has_areas(workspace / PLAN) and not replace and someone_is_there():
        replace = click.confirm("The workspace has an improvement plan already. Put the new one in its place?")
    work = load_workspace(workspace, evidence=evidence)
    for line in new_plan(points, workspace=work, council=council, replace=replace):
        click.echo(line)
    click.echo(f"Wrote {PLAN.as_posix()}.")


def _told(file: Path | None, answers: dict[str, str | None]) -> dict[str, Any]:
    from ilacs_audit.intake.yaml_files import read_yaml

    said = {} if file is None else read_yaml(file) or {}
    if not isinstance(said, dict):
        raise UsageError(
            "The file does not hold answers.", where=str(file and file.name), fix="Write lines like month: 2024-11."
        )
    return {**said, **{name: text for name, text in answers.items() if text is not None}}


def _show(seen: Seen, found: Ground) -> None:
    """Show what was understood: the sheets, the columns with what each could be, and three rows without names."""
    names, unit = ", ".join(path.name for path in seen.paths), found.theme.unit if found.theme else seen.unit
    # Sheets by their number: they are called after children and workers as often as after teams.
    where = f" in {counted(len(seen.sheets), 'sheet')}" if seen.sheets else ""
    click.echo(f"{names}: {seen.rows} rows{where}, one a {unit}.")
    if seen.left:
        click.echo(f"Not read: {counted(len(seen.left), 'sheet')}.")
    if found.theme:
        click.echo(f"The form is known: {found.theme.title}.")
    click.echo("\nColumns, and three rows of them (what could name somebody is shown as •••):")
    rows = list(zip(*seen.samples, strict=True)) if seen.samples else [()] * len(seen.columns)
    for column, cells in zip(seen.columns, rows, strict=True):
        means = f"question ({column.scale})" if column.meaning == "question" else column.meaning
        means = "not read" if column.meaning == "ignore" else means
        shown = column.shown if len(column.shown) <= _LONGEST else f"{column.shown[: _LONGEST - 1]}…"
        click.echo(f"{column.number:>4}  {means:<18.18} {shown:<{_LONGEST}}  {' | '.join(cells)}")
    click.echo('\nEnter takes what stands in brackets. "don\'t know" is always an answer, and claims nothing.\n')


def _ask(asked: Question) -> str:
    from ilacs_audit.publishing.first.asking import understood

    click.echo(asked.asks)
    for name, words in asked.choices.items():
        click.echo(f"    {name}: {words}")
    while True:
        said = str(click.prompt("  ", default=asked.default or None, prompt_suffix="> ")).strip()
        try:
            understood(said, asked)
        except UsageError as problem:
            click.echo(f"  {problem}")
        else:
            return said
