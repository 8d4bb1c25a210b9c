"""Make the tables of a store anew where what they came from has changed, and only there."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ilacs_audit.claims.words import percent
from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint, key_fingerprint
from ilacs_audit.domain.columns import MOVED_TARGET
from ilacs_audit.domain.counting import read_by, with_met
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.files.sources import Source, return_files, sources
from ilacs_audit.intake.identity.linking import can_weigh
from ilacs_audit.intake.problems import Problem, problem, problems_table, together
from ilacs_audit.intake.registers.draws import draw_files, load_draws, stray_draws
from ilacs_audit.intake.registers.exports import register_files
from ilacs_audit.intake.registers.fields import HUBS, REGISTERS
from ilacs_audit.intake.registers.files import FOLDER
from ilacs_audit.intake.registers.hubs import Review
from ilacs_audit.intake.registers.reading import load_or_refuse
from ilacs_audit.intake.returns.exclusions import EXCLUSIONS, never_matched
from ilacs_audit.intake.returns.reading import Evidence, read_opened
from ilacs_audit.intake.store.reading import (
    ANSWERS,
    PROBLEMS,
    SCHEMA_VERSION,
    audit_file,
    moved_targets,
    register_schema,
    write_table,
)
from ilacs_audit.intake.tables.open_files import open_all

Entry = dict[str, Any]


class Work(NamedTuple):
    """What every step of one compilation needs; `before` is the manifest of the last one.

    The names of the files that had to be read are gathered in `read`, the pairs that a person is asked about in
    `review`.
    """

    evidence: Evidence
    store: Path
    before: Entry
    read: set[str]
    review: Review

    def made_from(self, *things: object) -> str:
        """The fingerprint of all that a compiled table depends on."""
        read_by = key_fingerprint(self.evidence.key), self.evidence.columns
        return fingerprint(SCHEMA_VERSION, code_fingerprint(), *read_by, *things)

    def kept(self, kind: str, name: str, made_from: str) -> Entry:
        """The entry of a table that was compiled from the same things and still lies there; else nothing."""
        entry: Entry = self.before.get(kind, {}).get(name, {})
        files = [entry[each] for each in ("table", "problems") if each in entry]
        same = entry.get("made_from") == made_from and all((self.store / file).is_file() for file in files)
        return dict(entry) if same else {}


@cache
def code_fingerprint() -> str:
    """The SHA-256 of the code that turns files into tables: other code may read them otherwise."""
    package = Path(__file__).parents[2]
    rooms = (package / "intake", package / "domain")
    return fingerprint([file_fingerprint(path) for room in rooms for path in sorted(room.rglob("*.py"))])


def compile_returns(work: Work, programme: Programme) -> Entry:
    """The manifest's entries for every audit with returns, and for the returns that are nobody's.

    Which file belongs to which audit is decided over all of them together: a file that two audits
    claim stays refused even though each audit is read alone.
    """
    evidence, known = work.evidence, {audit.id for audit in programme}
    found, problems = sources(return_files(evidence.folder), programme)
    problems += never_matched(evidence.exclusions, files={each.name for each in found}, audits=known)
    problems += stray_draws(evidence.folder, known)
    own = [(audit, [each for each in found if each.audit_id == audit.id]) for audit in programme]
    before_reading = [audit.id for audit, files in own if not files]  # the others are told with their returns
    problems += load_draws(evidence.folder, before_reading, evidence.columns, known={})[1]
    against = fingerprint(evidence.standards, evidence.people)
    audits = {audit.id: _audit(work, audit, files, against) for audit, files in own if files}
    told = _problems(work, "problems/returns.parquet", problems_table(problems))
    return {"audits": audits, "returns": {"made_from": "", "files": {}, **told}}


def compile_registers(work: Work) -> Entry:
    """The manifest's entries for every register; one that is not there has no table."""
    return {name: _register(work, name) for name in REGISTERS}


def _audit(work: Work, audit: Audit, own: list[Source], held_against: str) -> Entry:
    files, folder = {each.name: file_fingerprint(each.path) for each in own}, work.evidence.folder
    beside = (_content(folder / EXCLUSIONS), *map(_content, draw_files(folder).get(audit.id, ())))
    made_from = work.made_from(held_against, audit, files, *beside)
    if kept := work.kept("audits", audit.id, made_from):
        return kept
    work.read.update(files)
    loaded = read_opened(work.evidence, *open_all(own, work.evidence.standards, work.evidence.columns), audits=[audit])
    ours = loaded.problems["file"].isin(files) | (loaded.problems["audit_id"] == audit.id)
    answers, targets = loaded.table, _targets(work, loaded.table)
    moved = moved_targets(work.store, audit.id, targets)
    if audit.stopping == "sequence":
        late = answers["standard_id"].isin(moved)
        answers = answers.assign(drawn_as=answers["drawn_as"].astype(str).mask(late, MOVED_TARGET))
    table = audit_file("answers", str(audit.period), audit.id)
    write_table(work.store / table, answers, ANSWERS)
    entry = {"made_from": made_from, "files": files, "period": str(audit.period), "table": table}
    told = counts(answers, standards=work.evidence.standards)
    changed = (_changed(audit, code, was, targets[code]) for code, was in moved.items())
    found = together(loaded.problems[ours], problems_table(changed))
    problems = _problems(work, audit_file("problems", str(audit.period), audit.id), found)
    return {**entry, "rows": len(answers), "counts": told, "targets": {**targets, **moved}, **problems}


def _targets(work: Work, answers: pd.DataFrame) -> dict[str, str]:
    """Today's target of each standard that was read; empty where there is none."""
    known = {each.id: str(each.target or "") for each in work.evidence.standards}
    return {str(code): known[code] for code in answers["standard_id"].unique() if code in known}


def _changed(audit: Audit, code: str, *ends: str) -> Problem:
    """The problem of a target that is another one than when reading began."""
    was, now = (percent(float(each)) if each else "none" for each in ends)
    return problem("target-changed", standard=code, was=was, now=now, audit_id=audit.id, column=code)


def _content(path: Path) -> str:
    """The fingerprint of a file that need not be there."""
    return file_fingerprint(path) if path.is_file() else ""


def _register(work: Work, name: str) -> Entry:
    folder, columns = work.evidence.folder, work.evidence.columns
    files = {f"{FOLDER}/{path.name}": file_fingerprint(path) for path in register_files(folder, name)}
    linked = len(files) == len(HUBS) and name == "attendance"
    made_from = work.made_from(name, files, *([can_weigh(), dict(work.review.said)] if linked else []))
    if kept := work.kept("registers", name, made_from):
        return kept
    if not files:
        return {"made_from": made_from, "files": {}, "rows": 0, "errors": 0, "warnings": 1}
    work.read.update(files)
    loaded = load_or_refuse(name, folder, key=work.evidence.key, columns=columns, review=work.review)
    table = f"registers/{name}.parquet"
    write_table(work.store / table, loaded.table, register_schema(name))
    entry = {"made_from": made_from, "files": files, "table": table, "rows": len(loaded.table)}
    return {**entry, **_problems(work, f"problems/registers/{name}.parquet", loaded.problems)}


def _problems(work: Work, file: str, problems: pd.DataFrame) -> Entry:
    write_table(work.store / file, problems, PROBLEMS)
    severities = problems["severity"].tolist()
    return {"problems": file, "errors": severities.count("error"), "warnings": severities.count("warning")}


# A late return for an earlier month changes that month. Nobody should find out by comparing two papers, so the change
# is written down the first time it is seen.
_COUNTED = ("audit_id", "child_ref", "standard_id", "agency", "role", "audited_on", "answer")
Counts = dict[str, list[int]]


def counts(answers: pd.DataFrame, *, standards: Standards) -> Counts:
    """How many of one audit's files met each standard, of how many: {standard: [met, of]}."""
    if answers.empty:
        return {}
    judged = with_met(read_by(answers[list(_COUNTED)]), standards=standards)
    told = judged[judged["applies"]].groupby("standard_id")["met"].agg(["sum", "size"])
    return {str(standard_id): [int(met), int(of)] for standard_id, met, of in told.itertuples()}


def restatements(before: dict[str, Any], after: dict[str, Any], *, period: str) -> list[dict[str, Any]]:
    """What changed in audits of periods before this one, between two manifests.

    Each entry names the audit and standard, `before` and `after` as [met, of] and why: returns
    that are new, changed or gone, or the catalogue they are read by. `before` is [0, 0] where a
    whole audit came late.
    """
    found = []
    for audit_id in sorted(before.keys() | after.keys()):
        old, new = before.get(audit_id, {}), after.get(audit_id, {})
        if (new or old)["period"] < period:
            found += _changes(audit_id, old, new, period)
    return found


def _changes(audit_id: str, old: dict[str, Any], new: dict[str, Any], period: str) -> list[dict[str, Any]]:
    was, now = old.get("counts", {}), new.get("counts", {})
    files = dict(old.get("files", {}).items() ^ new.get("files", {}).items())
    about = {"audit_id": audit_id, "period": (new or old)["period"], "noticed_in": period}
    about |= {"because": "returns" if files else "catalogue", "files": sorted(files)}
    return [
        {**about, "standard_id": each, "before": was.get(each, [0, 0]), "after": now.get(each, [0, 0])}
        for each in sorted(was.keys() | now.keys())
        if was.get(each) != now.get(each)
    ]
