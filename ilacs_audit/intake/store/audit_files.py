"""Read one audit's files and no others, so that a changed file makes only its own audit anew.

Which file belongs to which audit is decided over all of them together: a file that two audits
claim stays refused even though each audit is read alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from glob import escape
from pathlib import Path

import pandas as pd

from ilacs_audit.disk.fingerprints import fingerprint, key_fingerprint
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.schemas import ANSWER_COLUMNS
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.files.sources import Source, return_files, sources
from ilacs_audit.intake.loaded import Loaded
from ilacs_audit.intake.problems import Problem, problem, problems_table
from ilacs_audit.intake.registers.draws import stray_draws
from ilacs_audit.intake.registers.identifiers import Registered, registered
from ilacs_audit.intake.returns.exclusions import load_exclusions, unmatched
from ilacs_audit.intake.returns.reading import read_returns
from ilacs_audit.intake.tables.columns import ColumnMap

EXCLUSIONS = "exclusions.yml"


@dataclass(frozen=True)
class AuditFiles:
    """One audit and the files that belong to it."""

    audit: Audit
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class AuditReader:
    """What is needed to read any audit of an evidence folder."""

    evidence: Path
    standards: Standards
    columns: ColumnMap | None
    key: bytes

    @cached_property
    def people(self) -> Registered:
        """Whom the registers name: workers are checked against them, and they are looked for in free text."""
        return registered(self.evidence, key=self.key)

    @cached_property
    def read_by(self) -> str:
        """One mark of the key and the column names, by which every table is read."""
        return fingerprint(key_fingerprint(self.key), self.columns)

    @cached_property
    def held_against(self) -> str:
        """One mark of the standards and of the people, against which every return is held."""
        return fingerprint(self.standards, self.people)

    def read(self, batch: AuditFiles) -> Loaded:
        """The answers and problems of one audit; where no file can be read, why not."""
        names = {each.name for each in batch.sources}
        try:
            loaded = self._load(self.evidence, batch.audit, names)
        except ReturnsError:
            return Loaded(pd.DataFrame(columns=list(ANSWER_COLUMNS)), problems_table(self._refusals(batch)))
        found = loaded.problems
        ours = found["file"].isin(names) | (found["audit_id"] == batch.audit.id)
        return Loaded(loaded.table, found[ours])

    def _load(self, source: Path, audit: Audit, names: set[str]) -> Loaded:
        alone = replace(audit, returns=tuple(escape(name) for name in sorted(names)))
        return read_returns(
            source,
            standards=self.standards,
            programme=Programme((alone,)),
            columns=self.columns,
            key=self.key,
            exclusions=self.evidence / EXCLUSIONS,
            people=self.people,
        )

    def _refusals(self, batch: AuditFiles) -> Iterator[Problem]:
        for each in batch.sources:
            try:
                self._load(each.path, batch.audit, {each.path.name})
            except ReturnsError as no:
                told = problem("unreadable-file", what=no.what, fix=no.fix, audit_id=batch.audit.id)
                yield told._replace(file=each.name)


def batches(evidence: Path, programme: Programme, *, key: bytes) -> tuple[list[AuditFiles], pd.DataFrame]:
    """Every audit with files of its own, and what is wrong with files and exclusions that are nobody's."""
    found, problems = sources(return_files(evidence), programme)
    problems += _nobodys(evidence / EXCLUSIONS, {each.name for each in found}, {audit.id for audit in programme}, key)
    problems += stray_draws(evidence, {audit.id for audit in programme})
    own = [(audit, tuple(each for each in found if each.audit_id == audit.id)) for audit in programme]
    return [AuditFiles(audit, files) for audit, files in own if files], problems_table(problems)


def _nobodys(path: Path, files: set[str], audits: set[str], key: bytes) -> list[Problem]:
    """Exclusions that name a file or an audit that is not there, so that no audit would report them."""
    lost = [each for each in load_exclusions(path) if each.file not in files and each.audit not in audits]
    none = pd.DataFrame(columns=["audit_id", "child_ref", "unit", "file", "sheet", "row"])
    return unmatched(none, lost, key)
