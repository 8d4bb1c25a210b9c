"""What a report depends on, as one fingerprint: while it is the same, so is the page.

Everything that can move a page is in it. Of the returns and of the programme, a report that asks
about one audit depends on that audit and the rounds before it, as far as its notebook shows that it
looks at no other; in doubt it depends on them all, because a page too many costs a second and a
stale page costs trust. On the standards every report depends whole: a person's words may name any.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.domain.programme import Programme
from ilacs_audit.intake.catalogue import read_yaml
from ilacs_audit.intake.store.parquet import RESTATEMENTS
from ilacs_audit.intake.store.update import read_manifest
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.run.reads import EVERYTHING, Reads, reads
from ilacs_audit.publishing.timetable import Report


@dataclass(frozen=True)
class Ground:
    """What the reports of one run stand on: the workspace and its compiled store."""

    workspace: Workspace
    store: Path
    period: Period

    def fingerprint(self, report: Report, *, as_of: str, audience: str) -> str:
        """One mark for everything that can move the page of a report."""
        audit = report.parameters.get("audit", "")
        asked = reads(report.notebook) if audit else EVERYTHING
        known = {name: entry["period"] for name, entry in self._manifest["audits"].items()}
        audits = _audits(asked, audit, self.workspace.programme, known)
        return fingerprint(
            package_fingerprint(),
            (dict(report.parameters), report.title, str(self.period), as_of, audience),
            self._mark(report.notebook),
            self._catalogue(asked, audits),
            self._words(asked, audit),
            self._tables(asked, audits),
        )

    def _catalogue(self, asked: Reads, audits: Collection[str]) -> Any:
        """The files of the catalogue that count; of a programme that is only asked for audits, those audits."""
        data = self.workspace.root / "data"
        files = {path for pattern in asked.catalogue for path in data.glob(pattern) if path.is_file()}
        authority = self.workspace.evidence / "authority.yml"
        marks = {path.relative_to(data).as_posix(): self._mark(path) for path in files}
        programme = self.workspace.programme
        return marks, self._mark(authority), [programme[each] for each in sorted(audits) if each in programme]

    def _words(self, asked: Reads, audit: str | None) -> Any:
        """What people wrote about the report's audit; where that is not all it reads, everything they wrote."""
        path = self.workspace.evidence / "commentary" / f"{self.period}.yml"
        if audit and asked.own_words and path.is_file():
            with suppress(AuditError, AttributeError):
                return (read_yaml(path) or {}).get(audit)
        return self._mark(path)

    def _tables(self, asked: Reads, audits: Collection[str]) -> dict[str, str]:
        ours = self._manifest["audits"]
        entries = {f"audit {name}": ours[name] for name in sorted(audits) if name in ours}
        entries |= {f"register {name}": self._manifest["registers"][name] for name in sorted(asked.registers)}
        if "all" in asked.returns:
            entries["returns"] = {**self._manifest["returns"], "table": RESTATEMENTS}
        files = {(name, part): entry.get(part) for name, entry in entries.items() for part in ("table", "problems")}
        return {" ".join(name): self._mark(self.store / file) for name, file in files.items() if file}

    @cached_property
    def _manifest(self) -> dict[str, Any]:
        return read_manifest(self.store)

    @cached_property
    def _marks(self) -> dict[Path, str]:
        return {}

    def _mark(self, path: Path) -> str:
        if path not in self._marks:
            self._marks[path] = file_fingerprint(path) if path.is_file() else ""
        return self._marks[path]


def _audits(asked: Reads, audit: str, programme: Programme, known: Mapping[str, str]) -> set[str]:
    """The audits whose answers, and whose entries in the programme, a report reads; `known` tells each one's month."""
    earlier = programme.baselines(audit) if audit else ()
    months = {str(each.period) for each in earlier} if "periods" in asked.returns else set()
    alike = audit[:-7] if "rounds" in asked.returns else None
    more = {name for name, month in known.items() if "all" in asked.returns or month in months or name[:-7] == alike}
    return {audit, *(each.id for each in earlier)} | more
