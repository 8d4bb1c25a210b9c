"""Teach the tool the headers of a new form, once: a person says what each stands for.

A header is proposed, never guessed. What is shown of a column are answers such as "Met" or "No";
a column that could hold names, dates or references is described and not shown.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ilacs_audit.claims.words import counted
from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain.errors import CatalogueError, UsageError
from ilacs_audit.domain.standards import SCALES
from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.cells.values import read_answer, spellings
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.tables.columns import FIELDS, IGNORE, ColumnMap, save_columns
from ilacs_audit.intake.tables.learnt_text import with_learnt
from ilacs_audit.intake.tables.proposals import Proposal, learn, propose
from ilacs_audit.intake.tables.proposals import accept as accepted_of
from ilacs_audit.intake.workspace import Workspace

LATER = "later"
YES = "yes"
_HOW = "Write yes, another meaning (a standard's id or a field), ignore, or later."


def learn_columns(work: Workspace, *, accept: Sequence[str] = (), ask: bool = False) -> int:
    """Learn what unknown headers stand for, and keep it in data/columns.yml. Returns how many were learnt.

    `accept` holds HEADER=MEANING; with `ask` a person who is there is asked about every other header.
    Raises UsageError or CatalogueError, and keeps nothing, where one of them cannot be taken.
    """
    waiting = _proposals(work, work.columns)
    told = _told(accept, waiting, work.columns)
    if ask:
        told |= _asked([each for each in waiting if each.spelling not in told], work)
    learnt = accepted_of(waiting, told, standards=work.standards)
    if learnt:
        _keep(work, learnt)
    for each in learnt:
        click.echo(f"Learnt: “{each.spelling}” means {_called(each, work)}.")
    _say_what_is_left([each for each in waiting if each.spelling not in told], work, ask=ask)
    return len(learnt)


def someone_is_there() -> bool:
    """Whether a person can answer a question."""
    return sys.stdin.isatty()


def _proposals(work: Workspace, columns: ColumnMap) -> list[Proposal]:
    """Every header without a meaning; an agency's or a team's name over a column is a heading, not a question."""
    found = propose(work.evidence, standards=work.standards, programme=work.programme, columns=columns)
    agencies = [name for audit in work.programme for name in audit.agencies]
    headings = {fold(each) for each in (*agencies, *columns.agencies, *columns.team_names)}
    return [each for each in found if fold(each.spelling) not in headings]


def _told(accept: Sequence[str], waiting: Sequence[Proposal], columns: ColumnMap) -> dict[str, str]:
    """What was accepted in advance, by the header as it stands in the file; what is known already is passed over."""
    spelt = {fold(each.spelling): each.spelling for each in waiting}
    told: dict[str, str] = {}
    for each in accept:
        header, equals, meaning = each.rpartition("=")
        if not equals or not header.strip() or not meaning.strip():
            raise UsageError(f"'{each}' is not HEADER=MEANING.", fix='Write it like "Mgr oversight?=PLN-11".')
        known = fold(header) in {*columns.learnt, *_answers(columns)} and fold(header) not in spelt
        if known:
            click.echo(f"“{header.strip()}” is known already.")
        else:
            told[spelt.get(fold(header), header.strip())] = meaning.strip()
    return told


def _answers(columns: ColumnMap) -> set[str]:
    return {fold(each) for told in columns.answers.values() for each in told}


def _asked(waiting: Sequence[Proposal], work: Workspace) -> dict[str, str]:
    """What a person says of each header; nothing is taken that was not said."""
    if not someone_is_there():
        return {}
    answers = {each.spelling: _ask(each, work) for each in waiting}
    return {header: meaning for header, meaning in answers.items() if meaning != LATER}


def _ask(proposal: Proposal, work: Workspace) -> str:
    click.echo()
    for line in _described(proposal, work):
        click.echo(line)
    if proposal.options:
        choices = click.Choice([*proposal.options, LATER], case_sensitive=False)
        return str(click.prompt("  Which answer is it?", type=choices, default=LATER))
    while True:
        said = str(click.prompt(f"  {_HOW}", default=LATER)).strip()
        meaning = proposal.meaning if said.casefold() in ("y", YES) and proposal.name else said
        if meaning in (LATER, IGNORE) or meaning in FIELDS or meaning in work.standards:
            return meaning
        click.echo(f"  '{said}' is neither a standard nor a field. Fields are {', '.join(FIELDS)}.")


def _described(proposal: Proposal, work: Workspace) -> list[str]:
    if proposal.options:
        told = f"“{proposal.spelling}” stands under questions in {proposal.file}: which answer is it?"
        return [told, f"  It could be one of: {', '.join(proposal.options)}."]
    likely = f"It could mean {_called(proposal, work)} (likeness {proposal.score:.2f} of 1)."
    return [
        f"“{proposal.spelling}” in {proposal.file}, sheet {proposal.sheet}: what does it stand for?",
        f"  {_content(proposal, work.columns.answers)}",
        f"  {likely if proposal.name else 'Nothing that is known is near it.'}",
    ]


def _content(proposal: Proposal, learnt: Mapping[str, Sequence[str]]) -> str:
    """Some of the cells where all of them are answers; nothing of a column that could name somebody."""
    known = [(scale, spellings(scale, learnt)) for scale in SCALES.values()]
    answers = all(any(read_answer(text, *each).answer for each in known) for text in proposal.samples)
    if answers:
        return f"Answers found there: {', '.join(proposal.samples)}."
    return "Its cells are not answers. They are not shown here, because they could name somebody."


def _called(proposal: Proposal, work: Workspace) -> str:
    """A meaning in words, with the word to write for it."""
    if proposal.kind == IGNORE:
        return "nothing that is wanted: it is ignored"
    if proposal.options:
        return f"the answer “{proposal.name}”"
    if proposal.kind == "standard":
        standard = work.standards[proposal.name]
        return f"{proposal.name}, {(standard.plain or standard.text).rstrip('.')}"
    return f"the field {proposal.name}"


def _say_what_is_left(waiting: Sequence[Proposal], work: Workspace, *, ask: bool) -> None:
    """Say what still has no meaning, and how to give it one where nobody can be asked."""
    if not waiting:
        click.echo("Every column is known; there is nothing more to learn.")
    elif not ask or someone_is_there():
        unit = "code" if all(each.options for each in waiting) else "column"
        click.echo(f"{counted(len(waiting), unit)} still without a meaning: ilacs-audit check --learn asks.")
    else:
        for each in waiting:
            for line in _described(each, work):
                click.echo(line)
            meaning = "ANSWER" if each.options else each.meaning
            click.echo(f'  To accept: ilacs-audit check --accept "{each.spelling}={meaning}"')


def _keep(work: Workspace, learnt: Sequence[Proposal]) -> None:
    """Write columns.yml, its comments kept where that can be done; refuse what would not be used."""
    columns = learn(work.columns, learnt)
    _refuse_unused(_proposals(work, columns), learnt)
    _refuse_doubled(work, columns, learnt)
    path = work.root / "data" / "columns.yml"
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    text = with_learnt(before, learnt, expected=columns)
    if text is not None:
        write_whole(path, text.encode())
        return
    kept = _set_by(path, before)
    save_columns(columns, path)
    click.echo(f"data/columns.yml was written anew without its comments; the earlier text is in data/{kept.name}.")


def _refuse_unused(waiting: Sequence[Proposal], learnt: Sequence[Proposal]) -> None:
    still = {fold(each.spelling) for each in waiting}
    for each in (each for each in learnt if not each.options):
        if fold(each.spelling) in still:
            raise CatalogueError(
                f"The audit does not ask {each.name}, so “{each.spelling}” cannot mean it there; nothing was learnt.",
                where=f"{each.file}, sheet {each.sheet}",
                fix="Choose a standard of the audit's own theme and edition, or ignore.",
            )


def _refuse_doubled(work: Workspace, columns: ColumnMap, learnt: Sequence[Proposal]) -> None:
    """Two columns for one thing would both be left unread."""
    problems = load_returns(work.evidence, standards=work.standards, programme=work.programme, columns=columns).problems
    doubled = set(problems.loc[problems["rule"] == "ambiguous-column", "column"].map(fold))
    for each in learnt:
        if fold(each.spelling) in doubled:
            raise CatalogueError(
                f"Another column stands for {each.name} already, so “{each.spelling}” cannot; nothing was learnt.",
                where=f"{each.file}, sheet {each.sheet}",
                fix="Choose another meaning, or ignore.",
            )


def _set_by(path: Path, text: str) -> Path:
    """Keep the text that is about to be replaced."""
    kept = path.with_name("columns.before.yml")
    write_whole(kept, text.encode())
    return kept
