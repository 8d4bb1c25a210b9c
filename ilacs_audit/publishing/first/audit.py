"""From a workbook and some answers to a page: see, ask, work out, try it, write, publish."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ilacs_audit.disk.together import write_together
from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import ReturnsError, UsageError, near, quoted
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.identity.pseudonyms import find_key
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.tables.columns import ColumnMap
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.first.asking import EXAMPLE, NAMES, Known, Question, next_question, understood
from ilacs_audit.publishing.first.entries import planned
from ilacs_audit.publishing.first.replies import plain
from ilacs_audit.publishing.first.seen import Seen, look
from ilacs_audit.publishing.first.workspace import Ground, files_of, ground, meant
from ilacs_audit.publishing.run.batch import run
from ilacs_audit.publishing.timetable import plan_reports

Ask = Callable[[Question], str]
SCALED = "met_"


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
    workbook: str | Path,
    *,
    answers: Mapping[str, Any] | None = None,
    workspace: str | Path = ".",
    evidence: str | Path | None = None,
    outputs: str | Path | None = None,
    audiences: Sequence[str] = ("board",),
    ask: Ask | None = None,
    show: Callable[[Seen, Known], None] | None = None,
    tell: Callable[[str], None] | None = None,
    publish: bool = True,
) -> NewAudit:
    """Make a workbook an audit of the workspace, and publish its page: the theme, the programme entry, the headers.

    `answers` hold what is asked, by name: council, title, month, unit, questions, columns, teams, met, target, chosen,
    listed, intended, baseline; each may be "don't know". What is missing is put to `ask`, or its default is
    taken. A workspace that is not there is made. A workbook that an audit claims already changes nothing and is
    published again. Everything is written at the end and together, or nothing is.
    Raises UsageError for an answer that cannot be, ReturnsError where the workbook is not read or there is no key.

    >>> new_audit("Consent.xlsx", answers={"mouth": "2024-11"})
    Traceback (most recent call last):
    ilacs_audit.domain.errors.UsageError: There is no question 'mouth'. What to do: Did you mean 'month'? ...
    """
    given.path(workbook, "new_audit")
    told, path, root = _checked(answers or {}), Path(workbook), Path(workspace)
    if not path.is_file():
        raise UsageError(f"There is no file {quoted(path.name)}.", fix="Write the path of the workbook.")
    find_key(None)
    found = ground(root, Path(evidence) if evidence else None)
    claimed = None if found.untouched else found.claiming(path)
    if claimed is None:
        made = _made(path, found, Interview(told, ask, tell), show)
    else:
        made = NewAudit(claimed.id, str(claimed.period), {}, (), "", (), (_claimed(claimed.id, path),))
    if not publish:
        return made
    return _published(made, root, found.evidence, Path(outputs) if outputs else root / "outputs", audiences)


@dataclass(frozen=True)
class Interview:
    """Where answers come from: what was told before, else whom to ask, else the default."""

    told: Mapping[str, str]
    ask: Ask | None
    tell: Callable[[str], None] | None

    def said(self, asked: Question) -> str:
        """The answer to one question, as it was given or taken."""
        name = asked.name if asked.name in self.told or not asked.name.startswith(SCALED) else SCALED.rstrip("_")
        if name in self.told:
            return self.told[name]
        if self.ask:
            return self.ask(asked)
        if self.tell and asked.default:
            self.tell(f"{asked.asks} Taken: {asked.default}.")
        return asked.default

    def answers(self, seen: Seen, known: Known) -> tuple[dict[str, str], dict[str, Any]]:
        """Every answer, as it was given and as it is understood. Raises UsageError."""
        said: dict[str, str] = {}
        read: dict[str, Any] = {}
        while asked := next_question(seen, known, read):
            text = plain(self.said(asked))
            try:
                read[asked.name] = understood(text, asked)
            except UsageError as problem:
                raise UsageError(problem.what, where=f"the answer '{asked.name}'", fix=problem.fix) from None
            said[asked.name] = text
        return said, read


def _made(path: Path, found: Ground, interview: Interview, show: Callable[[Seen, Known], None] | None) -> NewAudit:
    """Ask, work out what follows, try it, and only then write it."""
    bare = found.untouched and understood(interview.said(EXAMPLE), EXAMPLE)
    found = found.bared() if bare else found
    seen = look(path, standards=found.standards, columns=found.columns)
    known = found.known(seen)
    if show:
        show(seen, known)
    said, read = interview.answers(seen, known)
    earlier = [*(audit.title for audit in known.rounds), known.theme.title if known.theme else ""]
    plan = planned(
        seen,
        read,
        theme=known.theme,
        standards=found.standards,
        audits=[audit.id for audit in found.programme],
        title=read.get("title") or interview.told.get("title") or earlier[0],
    )
    files = files_of(plan, seen, found, council=read.get("council") or found.council, bare=bare)
    counted = _tried(path, plan.audit_id, *meant(files, found))
    write_together(files)
    unheard = tuple(f"Not asked of this form: {name}." for name in interview.told if name not in _heard(said))
    return NewAudit(plan.audit_id, str(read["month"]), said, tuple(files), counted, (), unheard)


def _heard(said: Mapping[str, str]) -> set[str]:
    return {*said, *(name.partition("_")[0] for name in said), "title", "example", "council"}


def _checked(answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers as words. Raises UsageError for a name that is no question."""
    if not isinstance(answers, Mapping):
        raise UsageError("The answers are not a list of names and words.", fix="Write them like month: 2024-11.")
    for name in answers:
        if name not in NAMES and not str(name).startswith(SCALED):
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


def _claimed(audit_id: str, path: Path) -> str:
    return f"{path.name} belongs to {audit_id} already, so nothing was written; data/programme.yml changes it."


def _tried(path: Path, audit_id: str, standards: Standards, programme: Programme, columns: ColumnMap) -> str:
    """Read the workbook as it will be read, before anything is written. Raises ReturnsError where nothing is read."""
    audit = replace(programme[audit_id], returns=(path.name,))
    others = [each for each in programme if each.id != audit_id]
    tried = Programme((*(replace(each, returns=()) for each in others), audit))
    loaded = load_returns(path, standards=standards, programme=tried, columns=columns)
    if not len(loaded.table):
        raise ReturnsError(
            "No answer could be read with these answers, so nothing was written.",
            where=path.name,
            fix="Say which column names the child, the request or the worker, as in columns: 7=child_ref.",
        )
    amiss = int((loaded.problems["severity"] == "error").sum())
    if amiss > len(loaded.table):
        worst = loaded.problems.loc[loaded.problems["severity"] == "error", "message"].mode().iloc[0]
        raise ReturnsError(
            f"{len(loaded.table):,} answers could be read and {amiss:,} could not, so nothing was written. {worst}",
            where=path.name,
            fix="Say what the columns mean (columns: 7=team), or ask for a sheet with a row for each file.",
        )
    units = loaded.table["unit_id"].nunique() if "unit_id" in loaded.table else 0
    told = f"{len(loaded.table):,} answers read" + (f" about {units:,}" if units else "")
    return f"{told}; {amiss:,} set aside (ilacs-audit check says which and why)." if amiss else f"{told}."


def _published(made: NewAudit, root: Path, evidence: Path, outputs: Path, audiences: Sequence[str]) -> NewAudit:
    """Publish the audit's own pages, as `ilacs-audit run MONTH --only ...` does."""
    work = load_workspace(root, evidence=evidence)
    work.check()
    from_audit = Period.parse(made.month)
    reports, _ = plan_reports(root, standards=work.standards, programme=work.programme, period=from_audit)
    ours = tuple(each.id for each in reports if each.parameters.get("audit") == made.audit)
    ended = run(made.month, workspace=work, outputs=outputs, audiences=audiences, only=ours)
    failed = {each.job_id: each.problem for each in ended.failed}
    pages = [outputs / audience / made.month / f"{each}.html" for audience in audiences for each in ours]
    remarks = (*made.remarks, *ended.remarks, *(f"Not made: {name}. {why}" for name, why in failed.items()))
    return replace(made, pages=tuple(each for each in pages if each.is_file()), remarks=remarks)
