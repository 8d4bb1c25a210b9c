"""Commands about what came in: check the returns, and compile them for a run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ilacs_audit.cli.options import evidence_option, outputs_of, outputs_option, workspace_option
from ilacs_audit.domain.errors import ReturnsError

_SHOWN = 20


@click.command()
@click.option("--learn", is_flag=True, help="Propose a meaning for each unknown column, and remember what you accept.")
@click.option(
    "--accept", multiple=True, metavar="HEADER=MEANING", help="Accept a proposal without being asked; repeatable."
)
@workspace_option
@evidence_option
@outputs_option
def check(learn: bool, accept: tuple[str, ...], workspace: Path, evidence: Path | None, outputs: Path | None) -> None:
    """Check the catalogue and every return, and write a fix list for each file."""
    from ilacs_audit.intake.returns import load_returns
    from ilacs_audit.intake.workspace import load_workspace

    work = load_workspace(workspace, evidence=evidence)
    work.check()
    if learn or accept:
        from ilacs_audit.cli.learning import learn_columns

        learn_columns(work, accept=accept, ask=learn)
        work = load_workspace(workspace, evidence=evidence)
    loaded = load_returns(work.evidence, standards=work.standards, programme=work.programme, columns=work.columns)
    folder = _write_fix_lists(loaded.problems, outputs_of(workspace, outputs))
    _tell(loaded, folder)


@click.command()
@workspace_option
@evidence_option
@outputs_option
def intake(workspace: Path, evidence: Path | None, outputs: Path | None) -> None:
    """Compile the returns and registers into the private store."""
    from ilacs_audit.intake.workspace import load_workspace
    from ilacs_audit.publishing.batch import compile_evidence

    made = compile_evidence(load_workspace(workspace, evidence=evidence), outputs_of(workspace, outputs))
    click.echo(f"{made.answers} answers of {made.audits} audits and {made.registers} registers are in the store.")
    click.echo(f"{len(made.read)} files read, {len(made.unchanged)} unchanged.")
    for each in made.restatements:
        click.echo(f"Restated: {each['audit_id']} of {each['period']}.")


def _write_fix_lists(problems: Any, outputs: Path) -> Path:
    """Write each file's fix list where nobody but its owner looks: the values in it are personal data."""
    from ilacs_audit.intake.problems import fix_lists, problems_json
    from ilacs_audit.publishing.files import private_folder, write_whole

    private_folder(outputs / "private")
    folder = private_folder(outputs / "private" / "fix-lists")
    for stale in folder.glob("*.xlsx"):
        stale.unlink()
    for number, (_, content) in enumerate(fix_lists(problems).items(), start=1):
        write_whole(folder / f"fix-list-{number:02d}.xlsx", content)
    write_whole(folder / "problems.json", problems_json(problems).encode())
    return folder


def _tell(loaded: Any, folder: Path) -> None:
    """Say how many of each problem there are; places and values stay in the private fix lists."""
    problems = loaded.problems
    answers = loaded.table
    click.echo(f"{len(answers)} answers read from {answers['audit_id'].nunique()} audits.")
    counts = problems.groupby(["severity", "rule"]).size()
    for (severity, rule), count in counts.items():
        click.echo(f"{severity:<8} {count:>4}  {rule}")
    if len(problems):
        click.echo(f"The places, the values and what to do are in {folder}.")
    if (problems["rule"] == "unreadable-file").any():
        named = problems[problems["rule"] == "unreadable-file"].head(_SHOWN)
        for each in named.itertuples():
            click.echo(str(ReturnsError(each.message, where=each.file, fix=each.fix)), err=True)
        sys.exit(ReturnsError.exit_code)
