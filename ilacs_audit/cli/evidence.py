"""Commands about what came in: check the returns, and compile them for a run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ilacs_audit.claims.words import counted
from ilacs_audit.cli.options import audience_option, day_of, evidence_option, outputs_option, workspace_option
from ilacs_audit.domain.calendar import Period, date_words
from ilacs_audit.domain.errors import CommentaryError, ReturnsError

if TYPE_CHECKING:
    from ilacs_audit.intake.workspace import Workspace

_NOT_READ = ("unreadable-file", "two-files", "no-audit", "register refused")
_HEADINGS = {
    "error": "set aside, and counted nowhere until put right",
    "warning": "kept, but in doubt: look before you publish",
}


@click.command()
@click.option("--learn", is_flag=True, help="Propose a meaning for each unknown column, and remember what you accept.")
@click.option("--accept", multiple=True, metavar="HEADER=MEANING", help="Accept a meaning unasked; repeatable.")
@click.option(
    "--as-of",
    metavar="YYYY-MM-DD",
    callback=day_of,
    help="The day for which statute and guidance are looked up; the end of the latest month with returns if left out.",
)
@audience_option
@workspace_option
@evidence_option
@outputs_option
def check(
    learn: bool,
    accept: tuple[str, ...],
    as_of: date | None,
    audience: tuple[str, ...],
    workspace: Path,
    evidence: Path | None,
    outputs: Path,
) -> None:
    """Check the catalogue, every return and register and the commentary, and write a fix list for each file."""
    from ilacs_audit.cli.commentary import refused_commentary, refused_wording
    from ilacs_audit.intake.loading import load_returns
    from ilacs_audit.intake.problems import together
    from ilacs_audit.intake.registers.exports import annexes
    from ilacs_audit.intake.registers.reading import register_problems, told_of_columns
    from ilacs_audit.intake.workspace import load_workspace
    from ilacs_audit.publishing.owner.fix_page import write_fix_lists

    work = load_workspace(workspace, evidence=evidence)
    work.check(*_beside(work))
    if learn or accept:
        from ilacs_audit.cli.learning import learn_columns

        learn_columns(work, accept=accept, ask=learn)
        work = load_workspace(workspace, evidence=evidence)
    loaded = load_returns(work.evidence, standards=work.standards, programme=work.programme, columns=work.columns)
    lists = (each for path in annexes(work.evidence) for each in _annex_a(path, as_of))
    registers = register_problems(work.evidence, columns=work.columns)
    problems = together(loaded.problems, registers, *lists)
    problems = problems.drop_duplicates(ignore_index=True)
    folder = write_fix_lists(problems, outputs)
    _tell(loaded.table, problems, folder)
    for line in told_of_columns(registers[registers["rule"] != "register refused"]):
        click.echo(line)
    _tell_doubts(work, as_of or max(map(Period.parse, loaded.table["period"].unique()), default=_this_month()).last)
    refused = [*refused_commentary(work, loaded, audiences=audience), *refused_wording(work)]
    for each in refused:
        click.echo(str(each), err=True)
    _end(problems, refused)


def _annex_a(path: Path, as_of: date | None) -> Iterator[Any]:
    """The problems of every list of an Annex A, and of which day its ages speak where no day was asked for."""
    from ilacs_audit.intake.annex_a.reading import implied_reference_date, load_annex_a
    from ilacs_audit.intake.problems import problem, problems_table

    try:
        lists, implied = load_annex_a(path, as_of=as_of), implied_reference_date(path)
    except ReturnsError as no:
        yield problems_table([problem("register refused", what=no.what, fix=no.fix, file=no.where)])
        return
    if as_of is None and implied.day:
        agree = f"{implied.agree} of {counted(implied.of, 'age')}"
        click.echo(
            f"The Annex A speaks of {date_words(implied.day)}, as {agree} tell: give --as-of {implied.day} to run."
        )
    yield from (each.problems for each in lists.values())


def _beside(work: Workspace) -> list[Callable[[], object]]:
    """How the files beside the catalogue are read, those that are there."""
    from ilacs_audit.domain.references.challenges import CHALLENGES
    from ilacs_audit.domain.references.decided import DECISIONS
    from ilacs_audit.intake.commentary import all_commentary, load_challenges, load_decided
    from ilacs_audit.intake.database import load_views
    from ilacs_audit.intake.returns.exclusions import load_exclusions
    from ilacs_audit.publishing.timetable import load_timetable

    files: dict[Path, Callable[[Path], object]] = {
        work.evidence / "authority.yml": lambda _: work.authority,
        work.root / "data" / "bank_holidays.csv": lambda _: work.holidays,
        work.evidence / "exclusions.yml": load_exclusions,
        work.evidence / "learning.yml": lambda _: work.learning,
        work.evidence / "views.yml": load_views,
        work.evidence / "commentary": lambda _: list(all_commentary(work.evidence)),
        work.evidence / CHALLENGES: lambda _: load_challenges(work.evidence),
        work.evidence / DECISIONS: lambda _: load_decided(work.evidence),
        work.root / "reports.yml": load_timetable,
    }
    return [partial(read, path) for path, read in files.items() if path.exists()]


@click.command()
@workspace_option
@evidence_option
@outputs_option
def intake(workspace: Path, evidence: Path | None, outputs: Path) -> None:
    """Compile the returns and registers into the private store."""
    from ilacs_audit.intake.store.reading import read_answers
    from ilacs_audit.intake.workspace import load_workspace
    from ilacs_audit.publishing.run.batch import compile_evidence

    made = compile_evidence(load_workspace(workspace, evidence=evidence), outputs)
    audits, registers = counted(made.audits, "audit"), counted(made.registers, "register")
    click.echo(f"In the store: {counted(made.answers, 'answer')} of {audits}, and {registers}.")
    click.echo(f"{counted(len(made.read), 'file')} read, {len(made.unchanged):,} unchanged.")
    for each in made.restatements:
        was, now = (f"{met} of {of}" for met, of in (each["before"], each["after"]))
        where = f"{each['standard_id']} of {each['audit_id']} ({each['period']})"
        click.echo(f"Restated: {where}, met {was}, now {now}.")
    if made.errors or made.warnings:
        click.echo(f"{made.errors:,} set aside and {made.warnings:,} in doubt: ilacs-audit check says which and why.")
    _end(read_answers(made.store, columns=["audit_id"]).problems, [])


def _tell(answers: Any, problems: Any, folder: Path) -> None:
    """Say how many of each problem there are; places and values stay in the private fix lists."""
    click.echo(f"{counted(len(answers), 'answer')} of {counted(answers['audit_id'].nunique(), 'audit')} read.")
    for severity, heading in _HEADINGS.items():
        found = problems[problems["severity"] == severity]
        if len(found):
            click.echo(f"\n{len(found)} {heading}:")
        for rule, rows in found.groupby("rule"):
            click.echo(f"{len(rows):>6}  {rule:<21} {rows['message'].iloc[0]}")
    if not len(problems):
        click.echo("Nothing is wrong with them.")
        return
    files = problems.loc[problems["file"] != "", "file"].nunique()
    click.echo(f"\n{counted(files, 'file')} to put right. A fix list for each, and one page of them all, is in")
    click.echo(f"{folder} (personal data: for the person who mends the file, nobody else).")
    if (problems["rule"].eq("unknown-column") & problems["fix"].str.contains("--learn")).any():
        click.echo("To give unknown columns a meaning: ilacs-audit check --learn")


def _this_month() -> Period:
    """For evidence without a return, this month: a command is the one place that may look at a clock."""
    today = datetime.now().astimezone()
    return Period(today.year, today.month)


def _tell_doubts(work: Workspace, day: date) -> None:
    """Say which standards and limits rest on a rule that was replaced, or that nobody has looked at for a year."""
    found: dict[str, list[str]] = {}
    for name, why in work.doubts(day, today=datetime.now().astimezone().date()):
        found.setdefault(why, []).append(name)
    for number, (why, names) in enumerate(found.items()):
        if not number:
            click.echo(f"\nStatute and guidance to look at, as of {date_words(day)}:")
        click.echo(f"  {', '.join(names)}: {why}.")


def _end(problems: Any, refused: list[CommentaryError]) -> None:
    """Name the files that were not read, and end with the code of the most serious fault."""
    unread = problems[problems["rule"].isin(_NOT_READ)]
    for each in unread.itertuples():
        click.echo(str(ReturnsError(each.message, where=each.file, fix=each.fix)), err=True)
    if len(unread):
        sys.exit(ReturnsError.exit_code)
    if refused:
        sys.exit(CommentaryError.exit_code)
