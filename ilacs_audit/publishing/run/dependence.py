"""What a page depends on: itself, and the answer to every question that its report asked.

A report that tells what it was handed depends on that and on nothing else; one that does not tell depends on
every input, because a page too many costs a second and a stale page costs trust. What was not there when it
was asked for is an answer too. Answers are known by their marks, which are made here and nowhere else, from
the catalogue and the compiled store as they were when the run began.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ilacs_audit.analysis.audits.reaudit import standing
from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.domain.programme import Audit
from ilacs_audit.intake.handed import Handed
from ilacs_audit.intake.open_audit import opened
from ilacs_audit.intake.store.reading import RESTATEMENTS, read_manifest
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.intake.yaml_files import read_yaml
from ilacs_audit.publishing.run.inputs import EVIDENCE, NOTEBOOKS, TIMETABLE, TOLD, WORKSPACE, Inputs
from ilacs_audit.publishing.timetable import Report

ABSENT = "absent"
TOGETHER = "together"
EVERYTHING = (("everything", ()),)
_AUTHORITY = f"{EVIDENCE}authority.yml"
_FILES = {
    "standards": f"{WORKSPACE}data/standards/",
    "plan": f"{WORKSPACE}data/plan.yml",
    "limits": f"{WORKSPACE}data/limits.yml",
    "learning": f"{EVIDENCE}learning.yml",
    "holidays": f"{WORKSPACE}data/bank_holidays.csv",
}

Questions = Sequence[Sequence[Any]]
Answered = list[list[Any]]


@dataclass(frozen=True)
class Ground:
    """What the reports of one run stand on: the workspace, its inputs and its compiled store."""

    workspace: Workspace
    store: Path
    inputs: Inputs

    def of(self, report: Report, **asked: str) -> str:
        """One mark for what moves a page whatever it asks: package, notebook, title, parameters, authority."""
        notebook = self.inputs.marks.get(f"{NOTEBOOKS}{report.notebook.name}", ABSENT)
        authority = self.inputs.marks.get(_AUTHORITY, ABSENT)
        return fingerprint(package_fingerprint(), dict(report.parameters), report.title, asked, notebook, authority)

    def answered(self, asked: Questions | None) -> Answered:
        """Each question that a report asked, with what it is about and the mark of its answer."""
        questions = EVERYTHING if asked is None else asked
        return [[question, list(about), self.mark(question, *about)] for question, about in questions]

    def holds(self, made: Mapping[str, Any], of: str) -> bool:
        """Whether a page that was made so would come out the same."""
        asked = made.get("asked")
        return (
            asked is not None
            and made.get("of") == of
            and all(self.mark(question, *about) == mark for question, about, mark in asked)
        )

    def mark(self, question: str, *about: str) -> str:
        """The mark of an answer; the mark of everything for a question that is not known here."""
        if (question, about) not in self._marks:
            self._marks[question, about] = self._answer(question, *about)
        return self._marks[question, about]

    def _answer(self, question: str, *about: str) -> str:
        match question, about:
            case name, () if name in _FILES:
                return _marked(self.inputs.below(_FILES[name]))
            case "planned", ():
                return _marked(tuple(self.workspace.programme))
            case "protocol" | "chain" | "series" | "alongside", (audit_id,):
                return _marked(self._audits(question, audit_id))
            case name, (audit_id,) if name == TOGETHER:
                return _marked(self._standing(audit_id))
            case "answers", (audit_id,):
                return self._tables(self._manifest["audits"].get(audit_id))
            case "register", (name,):
                return self._tables(self._manifest["registers"].get(name))
            case "told", (audience, period):
                return self.inputs.marks.get(f"{TOLD}{audience}-{period}.json", ABSENT)
            case "words", (period, name):
                return self._words(period, name)
        return self._everything

    def _audits(self, question: str, audit_id: str) -> Sequence[Audit]:
        """What the programme says of an audit, of the rounds before it, of its series or of its month."""
        programme = self.workspace.programme
        if audit_id not in programme:
            return ()
        audit = programme[audit_id]
        if question == "alongside":
            return programme.in_period(audit.period)
        if question == "protocol":
            return (audit,)
        return (programme.baselines if question == "chain" else programme.series)(audit_id)

    def turned(self, made: Mapping[str, Any]) -> bool:
        """Whether a change on a page is named otherwise than when it was made, among the changes of the month."""
        told = made.get("asked") or ()
        return any(self.mark(question, *about) != mark for question, about, mark in told if question == TOGETHER)

    def _standing(self, audit_id: str) -> Sequence[object]:
        """Which changes of an audit stand among those of its month, whatever the other audits are."""
        if audit_id not in self.workspace.programme:
            return ()
        return standing(opened(self._handed, audit_id, period="", as_of="2000-01-01", audience="internal"))

    def _tables(self, entry: Mapping[str, Any] | None) -> str:
        files = [self.store / entry[part] for part in ("table", "problems") if entry and part in entry]
        return _marked([file_fingerprint(path) for path in files])

    def _words(self, period: str, about: str) -> str:
        """What people wrote about something; of a file that is not understood, the file."""
        name = f"{EVIDENCE}commentary/{period}.yml"
        if name not in self.inputs.files:
            return ABSENT
        if name not in self._written:
            self._written[name] = None
            with suppress(AuditError):
                self._written[name] = read_yaml(self.inputs.files[name]) or {}
        entries = self._written[name]
        return _marked(entries.get(about)) if isinstance(entries, dict) else self.inputs.marks[name]

    @cached_property
    def _everything(self) -> str:
        apart = {name for name in self.inputs.marks if name.startswith((NOTEBOOKS, TIMETABLE))}
        files = {name: mark for name, mark in self.inputs.marks.items() if name not in apart}
        told = self.store / RESTATEMENTS
        return fingerprint(files, file_fingerprint(told) if told.is_file() else ABSENT)

    @cached_property
    def _handed(self) -> Handed:
        return Handed(replace(self.workspace, store=self.store))

    @cached_property
    def _manifest(self) -> dict[str, Any]:
        return read_manifest(self.store)

    @cached_property
    def _written(self) -> dict[str, Any]:
        """The commentary of each month, read once."""
        return {}

    @cached_property
    def _marks(self) -> dict[tuple[str, tuple[str, ...]], str]:
        return {}


def _marked(answer: Any) -> str:
    return fingerprint(answer) if answer else ABSENT
