"""One period for one audience: stage every page, search them all, then publish them.

What readers see is replaced page by page, whole, and the index last. What failed keeps its
earlier page, and the index says so.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ilacs_audit.disclosure.scan import scan
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.calendar import Period, date_words
from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.publishing.files import fingerprint, private_folder, write_whole
from ilacs_audit.publishing.index import render_index
from ilacs_audit.publishing.manifest import write_manifest
from ilacs_audit.publishing.pool import Job, Outcome
from ilacs_audit.publishing.timetable import Absent, Report


@dataclass(frozen=True)
class Edition:
    """Where one audience's pages for one period are made and kept."""

    outputs: Path
    period: Period
    audience: Audience
    authority: str
    as_of: date

    @property
    def shared(self) -> Path:
        """The folder that readers get."""
        return self.outputs / self.audience.id / str(self.period)

    @property
    def private(self) -> Path:
        """The folder that nobody is sent: executed notebooks, staged pages, what the index knows."""
        return self.outputs / "private" / self.audience.id / str(self.period)

    def job(self, report: Report, *, workspace: Path, evidence: Path, store: Path) -> Job:
        """What the notebook of a report is asked."""
        parameters = {
            **report.parameters,
            "period": str(self.period),
            "as_of": self.as_of.isoformat(),
            "audience": self.audience.id,
            "workspace": str(workspace),
            "evidence": str(evidence),
            "store": str(store),
        }
        return Job(report.id, report.notebook, parameters, self.private / f"{report.id}.ipynb")

    def facts(self, report: Report) -> dict[str, str]:
        """The words of a page's frame, and where the page is staged."""
        return {
            **self._frame,
            "title": report.title,
            "index_href": "index.html",
            "reference": f"{report.id}-{self.period}-{self.audience.id}",
            "staged": str(self._staged(report.id)),
        }

    @property
    def _frame(self) -> dict[str, str]:
        return {
            "authority": self.authority,
            "period": str(self.period),
            "period_words": self.period.words,
            "as_of_words": date_words(self.as_of),
            "audience": self.audience.id,
            "audience_title": self.audience.title,
        }

    def _staged(self, report_id: str) -> Path:
        return self.private / "staged" / f"{report_id}.html"

    def prepare(self) -> None:
        """Make the private folders and clear away an interrupted run's staging."""
        private_folder(self.outputs / "private")
        private_folder(self.private)
        shutil.rmtree(self.private / "staged", ignore_errors=True)
        private_folder(self.private / "staged")

    def publish(
        self,
        outcomes: Sequence[Outcome],
        reports: Sequence[Report],
        absent: Sequence[Absent],
        *,
        identifiers: frozenset[str],
        made_from: dict[str, Any],
    ) -> Path:
        """Search what was staged, then put it where readers look. Returns the index page.

        Raises DisclosureError, and publishes nothing, if a page holds an identifier.
        """
        summaries = self._summaries() | {each.job_id: each.result for each in outcomes if each.status == "ok"}
        index = render_index(self._frame, self._entries(reports, summaries, outcomes), absent)
        write_whole(self.private / "staged" / "index.html", index)
        self._search(identifiers)
        for each in outcomes:
            if each.status == "ok":
                write_whole(self.shared / f"{each.job_id}.html", self._staged(each.job_id).read_bytes())
        write_whole(self.shared / "index.html", index)
        self._remember(summaries, outcomes, made_from)
        shutil.rmtree(self.private / "staged", ignore_errors=True)
        return self.shared / "index.html"

    def write_index(self, reports: Sequence[Report], absent: Sequence[Absent]) -> Path:
        """Write the index again from the pages that are there."""
        page = self.shared / "index.html"
        write_whole(page, render_index(self._frame, self._entries(reports, self._summaries(), ()), absent))
        return page

    def _entries(
        self, reports: Sequence[Report], summaries: dict[str, Any], outcomes: Sequence[Outcome]
    ) -> list[dict[str, Any]]:
        failed = {each.job_id for each in outcomes if each.status != "ok"}
        return [
            {
                "id": report.id,
                "name": report.name,
                "title": report.title,
                "href": f"{report.id}.html",
                "summary": summaries.get(report.id),
                "failed": report.id in failed,
            }
            for report in reports
        ]

    def _search(self, identifiers: frozenset[str]) -> None:
        findings = scan(sorted((self.private / "staged").iterdir()), identifiers)
        if len(findings):
            raise DisclosureError(
                f"{len(findings)} identifiers were found in the finished pages; nothing was published.",
                where=", ".join(sorted({Path(file).name for file in findings["file"]})),
                fix="Look at the staged pages under outputs/private and release no free text that names a person.",
            )

    def _summaries(self) -> dict[str, Any]:
        path = self.private / "summaries.json"
        known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return {name: each for name, each in known.items() if (self.shared / f"{name}.html").is_file()}

    def _remember(self, summaries: dict[str, Any], outcomes: Sequence[Outcome], made_from: dict[str, Any]) -> None:
        write_whole(self.private / "summaries.json", json.dumps(summaries, sort_keys=True).encode())
        pages = {path.name: fingerprint(path) for path in sorted(self.shared.glob("*.html"))}
        reports = [{"report": each.job_id, "status": each.status, "problem": each.problem} for each in outcomes]
        content = {"period": str(self.period), "audience": self.audience.id, "as_of": self.as_of.isoformat()}
        write_manifest(self.shared / "run.json", {**content, "pages": pages, "reports": reports, **made_from})
