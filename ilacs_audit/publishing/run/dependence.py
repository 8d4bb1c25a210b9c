"""What a page depends on: itself, and the answer to every question that its report asked.

A report that tells what it was handed depends on that and on nothing else; one that does not tell depends on
every input, because a page too many costs a second and a stale page costs trust. What was not there when it
was asked for is an answer too. Answers are known by their marks, which are made here and nowhere else, from
the catalogue and the compiled store as they were when the run began.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.analysis.audits.reaudit import standing
from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint
from ilacs_audit.disk.writing import read_json
from ilacs_audit.domain.audiences import SERVICE
from ilacs_audit.domain.audiences import audience as find_audience
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.domain.programme import Audit
from ilacs_audit.intake.handed import Handed, withheld_file
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
        authority = self._authority(find_audience(asked["audience"]).service)
        return fingerprint(package_fingerprint(), dict(report.parameters), report.title, asked, notebook, authority)

    def _authority(self, service: str) -> object:
        """What of authority.yml moves every page of an edition: of services its own line alone."""
        if _AUTHORITY not in self.inputs.marks:
            return ABSENT
        told = self.workspace.authority
        return told.name, told.example, told.ordinary_breakdowns, told.service(service) if service else ""

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
            case "protocol" | "chain" | "series" | "alongside", (audit_id, service):
                return self._of_service(question, audit_id, service)
            case name, (audit_id, *of_service) if name == TOGETHER:
                return _marked(self._standing(audit_id, *of_service))
            case "answers", (audit_id,):
                return self._tables(self._manifest["audits"].get(audit_id))
            case "answers" | "register", (name, service):
                return self._of_service(question, name, service)
            case "withheld", (audience, period, name):
                path = self.inputs.files.get(f"{TOLD}{withheld_file(audience, period)}")
                return _marked(read_json(path).get(name) if path else None)
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

    def _standing(self, audit_id: str, service: str = "") -> Sequence[object]:
        """Which changes of an audit stand among those of its month, whatever the other audits are."""
        if audit_id not in self.workspace.programme:
            return ()
        audience = f"{SERVICE}:{service}" if service else "internal"
        day = self.workspace.programme[audit_id].on.isoformat()  # the answer is the same on every day
        return standing(opened(self._handed, audit_id, period="", as_of=day, audience=audience))

    def _of_service(self, question: str, about: str, service: str) -> str:
        """What is handed of one service: its files and rows, and the protocols as far as they speak for these."""
        if service not in {each.id for each in self.workspace.authority.services}:
            return ABSENT
        handed = replace(self._handed, service=self.workspace.authority.service(service))
        if question == "answers":
            return _rows(*handed.answers([about]))
        if question == "register":
            return _rows(handed.register(about, as_of=date.max), handed.register_problems(about))
        if about not in self.workspace.programme:
            return ABSENT
        told = getattr(handed, question)(about)
        return _marked((told,) if question == "protocol" else told)

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


def _rows(*tables: Any) -> str:
    """A mark of the rows of tables."""
    hashed = [str(pd.util.hash_pandas_object(each.astype(str), index=False).tolist()) for each in tables]
    return _marked(hashed if any(len(each) for each in tables) else None)


def _marked(answer: Any) -> str:
    return fingerprint(answer) if answer else ABSENT
