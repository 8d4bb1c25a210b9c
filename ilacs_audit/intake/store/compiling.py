"""Make the tables of a store anew where what they came from has changed, and only there."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint
from ilacs_audit.domain.programme import Programme
from ilacs_audit.intake.registers.draws import draw_files
from ilacs_audit.intake.registers.fields import REGISTERS
from ilacs_audit.intake.registers.files import FOLDER, register_files
from ilacs_audit.intake.registers.reading import load_or_refuse
from ilacs_audit.intake.store.audit_files import EXCLUSIONS, AuditFiles, AuditReader, batches
from ilacs_audit.intake.store.parquet import ANSWERS, PROBLEMS, SCHEMA_VERSION, audit_file, register_schema, write_table
from ilacs_audit.intake.store.restatements import counts

Entry = dict[str, Any]


class Work(NamedTuple):
    """What every step of one compilation needs; `before` is the manifest of the last one.

    The names of the files that had to be read are gathered in `read`.
    """

    reader: AuditReader
    store: Path
    before: Entry
    read: set[str]

    @property
    def evidence(self) -> Path:
        """Where the files lie."""
        return self.reader.evidence

    def made_from(self, *things: object) -> str:
        """The fingerprint of all that a compiled table depends on."""
        return fingerprint(SCHEMA_VERSION, code_fingerprint(), self.reader.read_by, *things)

    def sound(self, entry: Entry, made_from: str) -> bool:
        """Whether a table was compiled from the same things and still lies there."""
        files = [entry[each] for each in ("table", "problems") if each in entry]
        return entry.get("made_from") == made_from and all((self.store / file).is_file() for file in files)


@cache
def code_fingerprint() -> str:
    """The SHA-256 of the code that turns files into tables: other code may read them otherwise."""
    package = Path(__file__).parents[2]
    rooms = (package / "intake", package / "domain")
    return fingerprint([file_fingerprint(path) for room in rooms for path in sorted(room.rglob("*.py"))])


def compile_returns(work: Work, programme: Programme) -> Entry:
    """The manifest's entries for every audit with returns, and for the returns that are nobody's."""
    found, problems = batches(work.evidence, programme, key=work.reader.key)
    audits = {batch.audit.id: _audit(work, batch) for batch in found}
    loose = {"made_from": "", "files": {}, **_problems(work, "problems/returns.parquet", problems)}
    return {"audits": audits, "returns": loose}


def compile_registers(work: Work) -> Entry:
    """The manifest's entries for every register; one that is not there has no table."""
    return {name: _register(work, name) for name in REGISTERS}


def _audit(work: Work, batch: AuditFiles) -> Entry:
    audit, files = batch.audit, {each.name: file_fingerprint(each.path) for each in batch.sources}
    made_from = work.made_from(
        work.reader.held_against,
        audit,
        files,
        _content(work.evidence / EXCLUSIONS),
        _content(draw_files(work.evidence).get(audit.id, Path())),
    )
    kept = work.before.get("audits", {}).get(audit.id, {})
    if work.sound(kept, made_from):
        return dict(kept)
    work.read.update(files)
    loaded = work.reader.read(batch)
    table = audit_file("answers", str(audit.period), audit.id)
    write_table(work.store / table, loaded.table, ANSWERS)
    entry = {"made_from": made_from, "files": files, "period": str(audit.period), "table": table}
    told = counts(loaded.table, standards=work.reader.standards)
    problems = _problems(work, audit_file("problems", str(audit.period), audit.id), loaded.problems)
    return {**entry, "rows": len(loaded.table), "counts": told, **problems}


def _content(path: Path) -> str:
    """The fingerprint of a file that need not be there."""
    return file_fingerprint(path) if path.is_file() else ""


def _register(work: Work, name: str) -> Entry:
    files = {f"{FOLDER}/{path.name}": file_fingerprint(path) for path in register_files(work.evidence, name)}
    made_from = work.made_from(name, files)
    kept = work.before.get("registers", {}).get(name, {})
    if work.sound(kept, made_from):
        return dict(kept)
    if not files:
        return {"made_from": made_from, "files": {}, "rows": 0, "errors": 0, "warnings": 1}
    work.read.update(files)
    loaded = load_or_refuse(name, work.evidence, key=work.reader.key, columns=work.reader.columns)
    table = f"registers/{name}.parquet"
    write_table(work.store / table, loaded.table, register_schema(name))
    entry = {"made_from": made_from, "files": files, "table": table, "rows": len(loaded.table)}
    return {**entry, **_problems(work, f"problems/registers/{name}.parquet", loaded.problems)}


def _problems(work: Work, file: str, problems: pd.DataFrame) -> Entry:
    write_table(work.store / file, problems, PROBLEMS)
    severities = problems["severity"].tolist()
    return {"problems": file, "errors": severities.count("error"), "warnings": severities.count("warning")}
