"""The inbox of a workspace: a workbook that was dropped there is looked at, asked about, and taken in as a return.

A column is taken for something only where it is known or where a person says what it is; what was said is kept, so that
the next workbook of the form asks nothing. The workbook itself is moved and never changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from filecmp import cmp
from functools import cached_property
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pandas as pd

from ilacs_audit.claims.words import counted
from ilacs_audit.desks.answer import Answer, said, table
from ilacs_audit.desks.record import Writer, recorded
from ilacs_audit.disk.writing import write_whole
from ilacs_audit.display.fragments import Fragment
from ilacs_audit.domain import given
from ilacs_audit.domain.errors import AuditError, ReturnsError, UsageError, near, quoted
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.files.sources import return_files, sources
from ilacs_audit.intake.files.workbook import READABLE
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.problems import Loaded
from ilacs_audit.intake.registers.reading import evidence_key
from ilacs_audit.intake.tables.columns import ColumnMap, Target, read_columns
from ilacs_audit.intake.tables.learnt import Learnt, Said, Teaching, put
from ilacs_audit.intake.tables.proposals import Proposal, propose, unanswered
from ilacs_audit.intake.tables.shown import open_returns
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.intake.yaml_files import edited, read_yaml

INBOX = "inbox"
_NEW = (
    "Nothing of it is a question of this audit. To make it an audit of its own: ia.new_audit(path), or in a terminal: "
)
_EMPTY = "Put the workbook of your form tool into the folder inbox/ beside data/, then ask desk.inbox() again."
_UNSAID, _SAY = "?", "what it is, or ignore"
_MEAN = 'Say what each is, or that it is not wanted: columns={{"{header}": "{meaning}"}}; "ignore" leaves one out.'


@dataclass(frozen=True)
class Waiting:
    """A workbook of the inbox as a return of one audit, with what is known of its columns."""

    path: Path
    work: Workspace
    audit: Audit

    @cached_property
    def programme(self) -> Programme:
        """The programme as if this audit, and no other, claimed the workbook."""
        others = (replace(each, returns=()) for each in self.work.programme if each.id != self.audit.id)
        return Programme((*others, replace(self.audit, returns=(self.path.name,))))

    @cached_property
    def teaching(self) -> Teaching:
        """Its tables, and what is known of their headers."""
        work = self.work
        found = open_returns(self.path, standards=work.standards, programme=self.programme, words=work.catalogue_words)
        return Teaching(found, work.columns)

    @cached_property
    def known(self) -> list[str]:
        """The headers that are recognised."""
        told = {fold(text): text for seen in self.teaching.seen for _, text, to in seen.headers() if to is not None}
        return [*told.values()]

    @cached_property
    def asked(self) -> list[Proposal]:
        """The headers that a person has to say the meaning of, with what each most likely is."""
        return propose(self.teaching.seen)

    @property
    def ours(self) -> bool:
        """Whether any column of it is a question of the audit's own."""
        targets = (to for seen in self.teaching.seen for _, _, to in seen.headers())
        return any(isinstance(each, Target) and each.kind == "standard" for each in targets)

    def learnt(self, columns: Mapping[str, str]) -> tuple[list[Learnt], ColumnMap]:
        """What is learnt of what was said, and the map with it. Raises UsageError where a column is left unsaid."""
        unsaid = [each for each in self.asked if fold(each.spelling) not in {fold(name) for name in columns}]
        if unsaid:
            what = f"Of {self.path.name} it is not known what these columns stand for: {_names(unsaid)}."
            fix = _MEAN.format(header=unsaid[0].spelling, meaning=unsaid[0].name or _UNSAID)
            raise UsageError(what, fix=fix)
        told = [Said(name, meaning) for name, meaning in columns.items()]
        entry = self._columns
        learnt, bad = self.teaching.taken([each for each in told if not self.teaching.known(each)], entry)
        if bad:
            raise bad[0]
        return learnt, read_columns(entry, file="columns.yml")

    @property
    def _columns(self) -> dict[str, object]:
        path = self.work.root / "data" / "columns.yml"
        return (read_yaml(path) if path.is_file() else None) or {}

    def read(self, columns: ColumnMap) -> Loaded:
        """What would be read of it. Raises ReturnsError where nothing is."""
        with TemporaryDirectory() as folder:
            copyfile(self.path, Path(folder) / self.path.name)
            about = self.work
            found = load_returns(
                folder,
                standards=about.standards,
                programme=self.programme,
                columns=columns,
                key=evidence_key(about.evidence, None),
            )
        ours = found.problems[found.problems["audit_id"] == self.audit.id]
        if found.table.empty:
            first = next(iter(ours["message"]), "No answer could be read.")
            raise ReturnsError(f"Nothing was taken in. {first}", where=self.path.name, fix="Look at the workbook.")
        return Loaded(found.table, ours)


def _names(asked: Sequence[Proposal]) -> str:
    return ", ".join(f"“{each.spelling}”" for each in asked)


def waiting(work: Workspace, audit: Audit) -> list[Waiting]:
    """The workbooks of the inbox, by name; hidden files and what a spreadsheet leaves beside an open one are none."""
    folder = work.root / INBOX
    paths = [*return_files(folder).values()] if folder.is_dir() else []
    return [Waiting(path, work, audit) for path in paths if path.suffix.casefold() in READABLE]


def shown(work: Workspace, audit: Audit) -> Answer:
    """Every workbook of the inbox: what is recognised, what is asked, and the line that takes it in."""
    told = [piece for each in waiting(work, audit) for piece in _offered(each)]
    return Answer(tuple(told or [said("Nothing is in the inbox", _EMPTY)]))


def _offered(each: Waiting) -> list[Fragment]:
    name = each.path.name
    try:
        ours, asked = each.ours, each.asked
    except AuditError as problem:
        return [said(name, str(problem))]
    if not any(sheets for _, sheets in each.teaching.returns.files):
        return [said(name, "It cannot be opened as a workbook: save it anew from your spreadsheet program.")]
    if not ours:
        return [said(name, f'{_NEW}ilacs-audit new "{INBOX}/{name}".')]
    finding = f"{name}: {counted(len(each.known), 'column')} recognised, {len(asked)} asked about"
    columns = ", ".join(f'"{one.spelling}": "{one.name or _UNSAID}"' for one in asked)
    line = f'desk.take_in("{name}"{f", columns={{{columns}}}" if asked else ""})'
    lines = [(one.spelling, _likely(one, each.work), one.name or _SAY) for one in asked]
    titles = ("Column", "Most likely", "Write")
    return [table("What each could be, for you to say", titles, lines, finding=finding, explain=_line(each, line))]


def _line(each: Waiting, line: str) -> str:
    """What is not shown and what no column asks yet, then the line that takes it in: it is copied from the end."""
    hidden = sum(seen.hidden for seen in each.teaching.seen)
    told = f"{counted(hidden, 'column')} not shown: the header could be somebody's name or reference, and is left out."
    unseen = f"{told} A question among them needs a longer header. " if hidden else ""
    if not each.asked:
        return f"{unseen}To take it in: {line}"
    if all(one.name for one in each.asked):
        return f"{unseen}If that is right: {line}"
    left = [told for of in unanswered(each.teaching.seen).values() for told in of]
    free = "; ".join(f"{one.id}, {(one.plain or one.text).rstrip('.')}" for one in left)
    return f"{unseen}{f'No column yet: {free}. ' if free else ''}Put a meaning for each {_UNSAID} into: {line}"


def _likely(asked: Proposal, work: Workspace) -> str:
    if asked.options:
        return f"An answer, one of: {', '.join(asked.options)}"
    if not asked.name:
        return "Nothing that is known is near it, or several things are"
    plain = f": {work.standards[asked.name].plain}" if asked.kind == "standard" else ""
    return f"{asked.name}{plain} (likeness {asked.score:.2f} of 1)"


def take_in(work: Workspace, audit: Audit, name: str, *, columns: Mapping[str, str], who: Writer) -> Answer:
    """Take a workbook of the inbox in: teach its columns, move it to the returns, have the audit claim it, tell faults.

    Raises UsageError where a column is left unsaid or a return of that name is there, ReturnsError where it is not
    read; then nothing is written.
    """
    given.identifier(name, "take_in")
    there = {each.path.name: each for each in waiting(work, audit)}
    if name not in there:
        fix = near(name, there, otherwise="desk.inbox() shows what is there.")
        raise UsageError(f"The inbox holds no {quoted(name)}.", fix=fix)
    each, place = there[name], work.evidence / "returns" / str(audit.period) / name
    if place.exists():
        raise UsageError("A return of that name is there already.", fix="Give the workbook another name.")
    if same := next((told for told, path in return_files(work.evidence).items() if cmp(path, each.path, False)), ""):
        raise UsageError(f"This workbook is a return already: {same}.", fix="Take it out of the inbox.")
    learnt, known = each.learnt(columns)
    read = each.read(known)
    done = f"Workbook taken in, {counted(len(learnt), 'column')} learnt"
    paths = (work.root / "data" / "columns.yml", work.root / "data" / "programme.yml", place, each.path)
    with recorded(work.evidence, *paths, who=who, what="taken in", audit=audit.id, done=done):
        _write(each, place, learnt)
    return _taken(each, read)


def _write(each: Waiting, place: Path, learnt: Sequence[Learnt]) -> None:
    if learnt:
        with edited(each.work.root / "data" / "columns.yml") as content:
            put(content, learnt)
    write_whole(place, each.path.read_bytes())
    each.path.unlink()
    name = place.relative_to(each.work.evidence / "returns").as_posix()
    claims = sources({name: place}, each.work.programme)[0]
    if [one.audit_id for one in claims] == [each.audit.id]:
        return
    with edited(each.work.root / "data" / "programme.yml") as content:
        entry = next(one for one in content["audits"] if one["id"] == each.audit.id)
        claimed = entry.get("returns") or []
        entry["returns"] = [claimed] if isinstance(claimed, str) else claimed
        entry["returns"].append(name)


def _taken(each: Waiting, read: Loaded) -> Answer:
    files = counted(read.table["child_ref"].nunique(), "file")
    told = read.problems.sort_values(["severity", "row"], kind="stable")
    where = ["All" if pd.isna(row) else f"Row {row}" for row in told["row"]]
    lines = [*zip(where, told["rule"], told["message"], told["fix"], strict=True)]
    finding = f"{each.path.name} is taken in: {files} read, {counted(len(lines), 'thing')} to look at"
    explain = "The workbook lies with the returns, unchanged. desk.undo() puts it back into the inbox."
    return Answer(
        (table("Found in it", ("Where", "Rule", "What", "What to do"), lines, finding=finding, explain=explain),)
    )
