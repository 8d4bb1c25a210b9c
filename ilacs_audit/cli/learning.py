"""Teach the tool the headers of a new form, once: a person says what each stands for.

A header is proposed, never guessed. What is shown of a column are answers such as "Met" or "No";
a column that could hold names, dates or references is described and not shown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os.path import commonprefix

import click

from ilacs_audit.claims.words import counted
from ilacs_audit.cli.options import someone_is_there
from ilacs_audit.domain.errors import AuditError, CatalogueError, UsageError
from ilacs_audit.domain.standards import SCALES, Standard
from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.cells.values import read_answer, spellings
from ilacs_audit.intake.tables.learnt import EVERY, Learnt, Said, Teaching, put
from ilacs_audit.intake.tables.proposals import Proposal, propose, unanswered
from ilacs_audit.intake.tables.shown import open_returns
from ilacs_audit.intake.tables.usual import FIELDS, IGNORE
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.intake.yaml_files import edited, read_yaml

LATER, YES, EACH = "later", "yes", "each"
_HOW = "a meaning (a standard's id or a field), ignore, or later"
_SHORTEST = 3
_UNSAFE = "Its cells are not answers. They are not shown here, because they could name somebody."


def learn_columns(work: Workspace, *, accept: Sequence[str] = (), ask: bool = False) -> int:
    """Learn what headers stand for, and keep it in data/columns.yml. Returns how many meanings were learnt.

    `accept` holds HEADER=MEANING or FORM: HEADER=MEANING; with `ask` a person who is there is asked about every other
    header. What is good is kept. Raises CatalogueError or UsageError at the end, naming whatever could not be taken.
    """
    returns = open_returns(
        work.evidence, standards=work.standards, programme=work.programme, words=work.catalogue_words
    )
    teaching = Teaching(returns, work.columns)
    said, bad = _told(accept, work)
    # An agency's or a team's name over a column is a heading, not a question.
    agencies = [name for audit in work.programme for name in audit.agencies]
    headings = {fold(each) for each in (*agencies, *work.columns.agencies, *work.columns.team_names)}
    waiting = [each for each in propose(teaching.seen) if fold(each.spelling) not in headings]
    empty = unanswered(teaching.seen)
    if ask and someone_is_there():
        answered = {fold(each.header) for each in said}
        said += _asked([each for each in waiting if fold(each.spelling) not in answered], empty, work)
    learnt = _keep(said, teaching, work, bad)
    known = {(fold(each.spelling), audit) for each in learnt for audit in each.audits}
    left = ((each, [name for name in each.audits if (fold(each.spelling), name) not in known]) for each in waiting)
    unlearnt = [each._replace(audits=tuple(audits)) for each, audits in left if audits]
    _say_what_is_left(unlearnt, empty, work, ask=ask)
    _tell(_unseen(teaching))
    if bad:
        raise _refusal(bad, kept=len(learnt))
    return len(learnt)


def _told(accept: Sequence[str], work: Workspace) -> tuple[list[Said], list[AuditError]]:
    forms = {audit.id for audit in work.programme} | {theme.id for theme in work.standards.themes}
    said, bad = list[Said](), list[AuditError]()
    for each in accept:
        header, equals, meaning = (part.strip() for part in each.rpartition("="))
        form, colon, rest = (part.strip() for part in header.partition(":"))
        if not equals or not header or not meaning:
            fix = 'Write it like "Mgr oversight?=PLN-11", or for one audit "AUDIT: Mgr oversight?=PLN-11".'
            bad.append(UsageError(f"'{each}' is not HEADER=MEANING.", fix=fix))
        else:
            said.append(Said(rest, meaning, form) if colon and form in forms else Said(header, meaning))
    return said, bad


def _asked(waiting: Sequence[Proposal], left: Mapping[str, list[Standard]], work: Workspace) -> Iterator[Said]:
    """What a person says of each header, or of a group of like ones at once; nothing is taken that was not said."""
    shown: set[str] = set()
    for group in _grouped(waiting):
        for audit in [each for each in group[0].audits if each not in shown]:
            shown.add(audit)
            _tell(_unanswered(audit, left.get(audit, []), work))
        meaning = _ask(group, work)
        for each in group:
            word = _ask([each], work) if meaning == EACH else meaning
            if word != LATER:
                again = [other for other in waiting if fold(other.spelling) == fold(each.spelling)]
                yield from (Said(each.spelling, word, form) for form in (each.audits if len(again) > 1 else ("",)))
                taken = left.get(each.audits[0], [])
                taken[:] = [standard for standard in taken if standard.id != word]


def _unanswered(audit: str, left: Sequence[Standard], work: Workspace) -> Iterator[str]:
    """The questions of an audit that no column answers yet: what an unknown column most likely is."""
    title = next(each.title for each in work.programme if each.id == audit)
    yield ""
    yield f"{title} ({audit}): {'every standard has its column' if not left else 'standards without a column yet'}."
    for standard in left:
        yield f"  {standard.id:<8} {(standard.plain or standard.text).rstrip('.')}"


def _grouped(waiting: Sequence[Proposal]) -> list[list[Proposal]]:
    """Like columns together: three or more that begin alike ("Points - ..."), or that could be comments each."""
    groups: dict[tuple[object, ...], list[Proposal]] = {}
    for each in waiting:
        start = _start(each.spelling)
        alike = [other for other in waiting if start and _start(other.spelling) == start]
        many = len(alike) >= _SHORTEST and not any(other.kind == "standard" for other in alike)
        comment = ("comment",) if each.meaning == "comment" else (each,)
        groups.setdefault((*((start,) if many else comment), *each.audits), []).append(each)
    # A group whose columns could mean different things is proposed as nothing that is wanted.
    return [
        group
        if len({each.meaning for each in group}) == 1
        else [each._replace(kind=IGNORE, name="", score=0.0) for each in group]
        for group in groups.values()
    ]


def _start(header: str) -> str:
    """The words before a header's first dash or colon, or before the number at its end."""
    found = re.match(r"^(.{3,}?)(?:\s+[-–—]\s|:\s|\s*#?\d+$)", header)
    return fold(found[1]) if found else ""


def _ask(group: Sequence[Proposal], work: Workspace) -> str:
    proposal, many = group[0], len(group) > 1
    click.echo()
    _tell(_described(group, work))
    if proposal.options:
        choices = click.Choice([*proposal.options, LATER], case_sensitive=False)
        return str(click.prompt("  Which answer is it?", type=choices, default=LATER))
    likely = proposal.meaning if proposal.name else ""
    while True:
        how = f"  {'y for that, ' if likely else ''}{_HOW}{', or each to be asked one by one' if many else ''}"
        said = str(click.prompt(how, default=YES if likely else LATER)).strip()
        meaning = likely if said.casefold() in ("y", YES) and likely else said
        if meaning in (LATER, IGNORE) or meaning in FIELDS or meaning in work.standards or (many and meaning == EACH):
            return meaning
        click.echo(f"  '{said}' is neither a standard nor a field. Fields are {', '.join(FIELDS)}.")


def _described(group: Sequence[Proposal], work: Workspace) -> Iterator[str]:
    proposal, more = group[0], len(group) - 1
    if proposal.options:
        yield f"“{proposal.spelling}” stands under questions in {proposal.where}: which answer is it?"
        yield f"  It could be one of: {', '.join(proposal.options)}."
        return
    if more:
        yield f"{counted(len(group), 'column')} that are alike in {proposal.where}: what do they stand for?"
        yield from (f"  “{each.spelling}”" for each in group)
    else:
        yield f"“{proposal.spelling}” in {proposal.where}: what does it stand for?"
        told = f"  Answers found there: {', '.join(proposal.samples)}."
        yield told if _answers(proposal, work) else f"  {_UNSAFE}"
    likely = f"It could mean {_called(proposal.kind, proposal.name, work)} (likeness {proposal.score:.2f} of 1)."
    yield f"  {likely if proposal.name else 'Nothing that is known is near it.'}"


def _answers(proposal: Proposal, work: Workspace) -> bool:
    """Whether all of the cells shown are answers; nothing is shown of a column that could name somebody."""
    scales = {(each.id, each.levels): each for each in (*SCALES.values(), *(each.scale for each in work.standards))}
    known = [(scale, spellings(scale, work.columns.answers)) for scale in scales.values()]
    return all(any(read_answer(text, *each).answer for each in known) for text in proposal.samples)


def _called(kind: str, name: str, work: Workspace) -> str:
    if kind == IGNORE:
        return "nothing that is wanted: it is ignored"
    if kind == "answer":
        return f"the answer “{name}”"
    if kind == "standard":
        standard = work.standards[name]
        return f"{name}, {(standard.plain or standard.text).rstrip('.')}"
    return f"the field {name}"


def _keep(said: Sequence[Said], teaching: Teaching, work: Workspace, bad: list[AuditError]) -> list[Learnt]:
    path = work.root / "data" / "columns.yml"
    fresh = [each for each in said if not teaching.known(each)]
    _tell(f"“{each.header}” is known already." for each in said if each not in fresh)
    learnt, refused = teaching.taken(fresh, (read_yaml(path) if path.is_file() else None) or {})
    bad += refused
    if learnt:
        with edited(path) as content:
            put(content, learnt)
    for told in learnt:
        of = f" in the form {told.form}" if told.form else ""
        click.echo(f"Learnt: “{told.spelling}” means {_called(*told.target, work)}{of}.")
    return learnt


def _say_what_is_left(
    left: Sequence[Proposal], empty: Mapping[str, list[Standard]], work: Workspace, *, ask: bool
) -> None:
    """Say what still has no meaning, and how to give it one where nobody can be asked."""
    if not left and empty:
        click.echo("Every column is known; there is nothing more to learn.")
    elif left and (not ask or someone_is_there()):
        unit = "code" if all(each.options for each in left) else "column"
        click.echo(f"{counted(len(left), unit)} still without a meaning: ilacs-audit check --learn asks.")
    else:
        for audit in dict.fromkeys(audit for each in left for audit in each.audits):
            _tell(_unanswered(audit, empty.get(audit, []), work))
        for group in _grouped(left):
            _tell(_described(group, work))
            options = dict.fromkeys(_option(each, group, work) for each in group)
            click.echo(f"  To accept: ilacs-audit check {' '.join(options)}")


def _unseen(teaching: Teaching) -> Iterator[str]:
    if hidden := sum(each.hidden for each in teaching.seen):
        told = f"{counted(hidden, 'column')} not shown: the header could be somebody's name or reference."
        yield f"{told} A question among them needs a longer header."
    filled = {each.source.path for each in teaching.seen if each.table.body.size}
    for source, _ in teaching.returns.files:
        if source.path not in filled:
            yield f"{source.name}: there is nothing under its headers to learn from, or it cannot be read."


def _option(proposal: Proposal, group: Sequence[Proposal], work: Workspace) -> str:
    """The option that accepts a proposal; what a column of answers asks is left for a person to fill in."""
    start = commonprefix([each.spelling for each in group])  # noqa: RUF071 headers are no paths
    header = f"{start}{EVERY}" if len(group) > 1 and len(start) >= _SHORTEST else proposal.spelling
    unsaid = not proposal.name and _answers(proposal, work)
    meaning = "ANSWER" if proposal.options else "MEANING" if unsaid else proposal.meaning
    return f'--accept "{header}={meaning}"'


def _refusal(bad: Sequence[AuditError], *, kept: int) -> AuditError:
    kind = UsageError if all(isinstance(each, UsageError) for each in bad) else CatalogueError
    if len(bad) == 1:
        return kind(bad[0].what, where=bad[0].where, fix=bad[0].fix)
    told = "".join(f"\n  {each}" for each in bad)
    return kind(f"{counted(len(bad), 'answer')} could not be taken; {counted(kept, 'other')} kept:{told}")


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
