"""From a workbook and some answers to a page: see, ask, work out, try it, write, publish."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ilacs_audit.claims.words import counted
from ilacs_audit.disk.together import write_together
from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import ReturnsError, UsageError, near, quoted
from ilacs_audit.domain.programme import Programme
from ilacs_audit.intake.identity.pseudonyms import find_key
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.first.asking import EXAMPLE, NAMES, Question, questions, reworded, understood, unjudged
from ilacs_audit.publishing.first.entries import planned
from ilacs_audit.publishing.first.remarks import kept_apart, not_judged, not_read, together
from ilacs_audit.publishing.first.replies import plain
from ilacs_audit.publishing.first.seen import Seen, look
from ilacs_audit.publishing.first.texts import changes, with_entries
from ilacs_audit.publishing.first.workspace import Ground, ground
from ilacs_audit.publishing.run.batch import run
from ilacs_audit.publishing.timetable import plan_reports

Ask = Callable[[Question], str]
Show = Callable[[Seen, Ground], None]
_SAY = (
    "Say which column names the child, the request or the worker, as in columns: 7=child_ref, or what codes mean, "
    "as in codes: 1=yes, 2=no; or take a sheet that is no return out of the workbook."
)
_CLAIMED = "{file} belongs to {audit} already, so nothing was written; data/programme.yml changes it."


@dataclass(frozen=True)
class NewAudit:
    """What came of a workbook: the audit's id, each answer as it was given or taken, what was written and read.

    `written` are the files that changed, in order; it is empty where the workbook was there already.
    """

    audit: str
    month: str
    answers: Mapping[str, str]
    written: tuple[Path, ...]
    counted: str
    pages: tuple[Path, ...]
    remarks: tuple[str, ...] = ()


def new_audit(
    workbook: str | Path | Sequence[str | Path],
    *,
    answers: Mapping[str, Any] | None = None,
    workspace: str | Path = ".",
    evidence: str | Path | None = None,
    outputs: str | Path | None = None,
    audiences: Sequence[str] = ("board",),
    ask: Ask | None = None,
    show: Show | None = None,
    tell: Callable[[str], None] | None = None,
    publish: bool = True,
) -> NewAudit:
    """Make a workbook an audit of the workspace, and publish its page: the theme, the programme entry, the headers.

    Several workbooks of one form, such as one from each team, are one audit.
    `answers` hold what is asked, by name: council, title, month, unit, questions, columns, teams, met, target, chosen,
    adverse, listed, intended, baseline; each may be "don't know". What is missing is put to `ask`, or its default is
    taken. A workspace that is not there is made. A workbook that an audit claims already changes nothing and is
    published again. Everything is written at the end and together, or nothing is.
    Raises UsageError for an answer that cannot be, ReturnsError where the workbook is not read or there is no key.

    >>> new_audit("Consent.xlsx", answers={"mouth": "2024-11"})
    Traceback (most recent call last):
    ilacs_audit.domain.errors.UsageError: There is no question 'mouth'. What to do: Did you mean 'month'? ...
    """
    paths = [workbook] if isinstance(workbook, str | Path) else list(workbook)
    for path in paths:
        given.path(path, "new_audit")
    told, books, root = _checked(answers or {}), _workbooks(map(Path, paths)), Path(workspace)
    find_key(None)
    found = ground(root, Path(evidence) if evidence else None)
    if claimed := found.claiming(books):
        remark = _CLAIMED.format(file=", ".join(path.name for path in books), audit=claimed.id)
        made = NewAudit(claimed.id, str(claimed.period), {}, (), "", (), (remark,))
    else:
        made = _made(books, found, told, partial(_said, told, ask, tell), show)
    if not publish:
        return made
    return _published(made, root, found.evidence, Path(outputs) if outputs else root / "outputs", audiences)


def _workbooks(paths: Iterable[Path]) -> list[Path]:
    """The workbooks, those of a folder by name; not the files that Excel keeps beside one that is open."""
    inside = (sorted(each.iterdir()) if each.is_dir() else [each] for each in paths)
    books = [path for each in inside for path in each if not path.name.startswith("~$")]
    for path in books:
        if not path.is_file():
            raise UsageError(f"There is no file {quoted(path.name)}.", fix="Write the path of the workbook.")
    if len({path.name.casefold() for path in books}) < len(books):
        raise UsageError("Two workbooks have the same name.", fix="Give each a name of its own.")
    if not books:
        raise UsageError(
            "There is no workbook there.", fix="Write the path of the workbook, or of the folder of returns."
        )
    return books


def _said(told: Mapping[str, str], ask: Ask | None, tell: Callable[[str], None] | None, asked: Question) -> str:
    """The answer to one question: what was told before, else what is said when asked, else the default."""
    name = asked.name if asked.name in told else asked.name.partition("_")[0]
    if name in told:
        return told[name]
    if ask:
        return ask(asked)
    if tell and asked.default:
        tell(f"{asked.asks} Taken: {asked.default}.")
    return asked.default


def _interview(seen: Seen, found: Ground, say: Ask) -> tuple[dict[str, str], dict[str, Any]]:
    said: dict[str, str] = {}
    read: dict[str, Any] = {}
    while asked := next((each for each in questions(seen, found, read) if each.name not in read), None):
        text = plain(say(asked))
        try:
            read[asked.name] = understood(text, asked)
        except UsageError as problem:
            raise UsageError(problem.what, where=f"the answer '{asked.name}'", fix=problem.fix) from None
        said[asked.name] = text
    return said, read


def _made(books: Sequence[Path], found: Ground, told: Mapping[str, str], say: Ask, show: Show | None) -> NewAudit:
    found = found.bared() if found.untouched and understood(say(EXAMPLE), EXAMPLE) else found
    seen = look(books, standards=found.standards, columns=found.columns)
    found = found.facing(seen)
    if found.theme and found.theme.id in found.columns.forms:
        own = found.columns.under(found.columns.forms[found.theme.id])
        seen = look(books, standards=found.standards, columns=own)
    if show:
        show(seen, found)
    said, read = _interview(seen, found, say)
    read, agencies = together(seen, found, kept_apart(seen, read))
    earlier = [*(audit.title for audit in found.rounds), found.theme.title if found.theme else ""]
    same = {number: each for number, each in reworded(seen, found).items() if read[f"same_{number}"]}
    plan = planned(seen, {**read, "same": same}, found, title=read.get("title") or told.get("title") or earlier[0])
    files = changes(found, plan, books, council=read.get("council") or found.council)
    counted = _tried(books, plan.audit["id"], with_entries(found, plan))
    write_together(files)
    heard = {*said, *(name.partition("_")[0] for name in said), "title", "example", "council"}
    unheard = tuple(f"Not asked of this form: {name}." for name in told if name not in heard)
    aside = (*map(not_judged, unjudged(seen, read)), *not_read(seen, read), *agencies)
    return NewAudit(plan.audit["id"], str(read["month"]), said, tuple(files), counted, (), (*aside, *unheard))


def _checked(answers: Mapping[str, Any]) -> dict[str, str]:
    if not isinstance(answers, Mapping):
        raise UsageError("The answers are not a list of names and words.", fix="Write them like month: 2024-11.")
    for name in answers:
        if str(name).partition("_")[0] not in NAMES:
            fix = near(name, NAMES, otherwise=f"Questions are {', '.join(NAMES)}.")
            raise UsageError(f"There is no question {quoted(name)}.", fix=fix)
    return {name: _worded(value) for name, value in answers.items()}


def _worded(value: Any) -> str:
    """An answer as a person would write it: YAML makes yes a truth, 90 a number and a list of several."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={_worded(each)}" for key, each in value.items())
    return ", ".join(map(_worded, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)


def _tried(books: Sequence[Path], audit_id: str, after: Ground) -> str:
    """Read the workbooks as they will be read, before anything is written. Raises ReturnsError."""
    names = tuple(path.name for path in books)
    others = [replace(each, returns=()) for each in after.programme if each.id != audit_id]
    tried = Programme((*others, replace(after.programme[audit_id], returns=names)))
    with TemporaryDirectory() as folder:  # together, as a month's folder is read: what stands twice counts once
        for book in books:
            shutil.copyfile(book, Path(folder) / book.name)
        try:
            read = load_returns(folder, standards=after.standards, programme=tried, columns=after.columns)
        except ReturnsError as no:  # what check could be told is not there yet
            fix = _SAY if "check --" in no.fix else no.fix
            raise ReturnsError(f"Nothing was written. {no.what}", where=no.where, fix=fix) from None
    table, errors = read.table, read.problems[read.problems["severity"] == "error"]
    faults, misread = errors["message"], errors.loc[errors["rule"] != "missing-answer", "message"]
    twice = errors.loc[errors["rule"] == "duplicate", ["message", "fix"]].value_counts()
    if not len(table) and len(twice):
        what, fix = twice.index[0]
        raise ReturnsError(f"Nothing was written: no answer could be read. {what}", where=", ".join(names), fix=fix)
    if len(misread) > len(table) or not len(table):
        told = f"{len(table):,} answers could be read and {len(misread):,} could not, so nothing was written."
        raise ReturnsError(f"{told} {''.join(misread.mode()[:1])}".strip(), where=", ".join(names), fix=_SAY)
    doubts = len(read.problems) - len(faults)
    said = [f"{len(faults):,} set aside"] if len(faults) else []
    said += [f"{counted(doubts, 'thing')} to look at"] if doubts else []
    more = f"; {' and '.join(said)} (ilacs-audit check says which and why)" if said else ""
    return f"{len(table):,} answers read{more}."


def _published(made: NewAudit, root: Path, evidence: Path, outputs: Path, audiences: Sequence[str]) -> NewAudit:
    """Publish the audit's own pages, as `ilacs-audit run MONTH --only ...` does."""
    work = load_workspace(root, evidence=evidence)
    work.check()
    reports, _ = plan_reports(work, Period.parse(made.month))
    ours = tuple(each.id for each in reports if each.parameters.get("audit") == made.audit)
    ended = run(made.month, workspace=work, outputs=outputs, audiences=audiences, only=ours)
    failed = {each.job_id: each.problem for each in ended.failed}
    pages = [outputs / audience / made.month / f"{each}.html" for audience in audiences for each in ours]
    remarks = (*made.remarks, *ended.remarks, *(f"Not made: {name}. {why}" for name, why in failed.items()))
    return replace(made, pages=tuple(each for each in pages if each.is_file()), remarks=remarks)
