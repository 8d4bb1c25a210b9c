"""One period for one audience: where it is made and kept, and how readers get it in one step.

Staging is private. What readers get is always one whole folder: the old one or the new one.
"""

import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ilacs_audit.disk.fingerprints import file_fingerprint, folder_hashes
from ilacs_audit.disk.swap import recover, swap
from ilacs_audit.disk.writing import private_folder, read_json, write_json, write_whole
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.calendar import Period, date_words
from ilacs_audit.engine.jobs import Job
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.timetable import Report

INDEX = "index.html"
FRONT_NOTE = "front.json"
RUN = "run.json"  # inputs, versions, how each report ended, rows taken out and why; no other value, and no clock


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
        return Outputs(self.outputs).shared(self.audience.id) / str(self.period)

    @property
    def private(self) -> Path:
        """The folder that nobody is sent: executed notebooks, staged pages, what the index knows."""
        return Outputs(self.outputs).kept(self.audience.id) / str(self.period)

    @property
    def staged(self) -> Path:
        """Where the next edition is put together."""
        return self.private / "staged"

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
            **self.frame,
            "title": report.title,
            "index_href": INDEX,
            "reference": f"{report.id.removesuffix(f'-{self.period}')}, {self.period.words}, {self.audience.id}",
            "staged": str(self.staged / f"{report.id}.html"),
        }

    @property
    def frame(self) -> dict[str, str]:
        """The words that every page of the edition has in its frame."""
        return {
            "authority": self.authority,
            "period": str(self.period),
            "period_words": self.period.words,
            "as_of_words": date_words(self.as_of),
            "audience": self.audience.id,
            "audience_title": self.audience.title,
        }

    def prepare(self) -> None:
        """Make the private folders, and clear away what an interrupted run left."""
        home = Outputs(self.outputs).opened()
        for part in self.private.relative_to(home).parts:
            home = private_folder(home / part)
        recover(self.shared)
        shutil.rmtree(self.staged, ignore_errors=True)
        private_folder(self.staged)

    def known(self) -> dict[str, Any]:
        """What is remembered of each page that readers have, as far as its files are what was made."""
        there = folder_hashes(self.shared)
        told = read_json(self.private / "summaries.json")
        files = {name: each.get("made", {}).get("files", {}) for name, each in told.items()}
        whole = {name for name, each in files.items() if each and each.items() <= there.items()}
        return {name: each for name, each in told.items() if name in whole}

    def intact(self) -> bool:
        """Whether readers have every file that the last run gave them, unaltered."""
        given = read_json(self.shared / RUN).get("pages", {})
        return INDEX in given and given.items() <= folder_hashes(self.shared).items()

    def made_last(self, file: str) -> dict[str, Any]:
        """What a page that was made last was made from; empty where readers' is not the one that was made."""
        known, there = read_json(self.private / FRONT_NOTE).get(file, {}), self.shared / file
        return known if there.is_file() and known.get("file") == file_fingerprint(there) else {}

    def changed(self, but: Collection[str] = ()) -> bool:
        """Whether what is staged differs from what readers have, in any file but these."""
        staged, shared = folder_hashes(self.staged).items(), folder_hashes(self.shared).items()
        return bool({name for name, _ in staged ^ shared}.difference(but))

    def publish(self) -> None:
        """Put what was staged and searched where readers look, in one step."""
        self.staged.chmod(0o755)
        swap(self.staged, self.shared)

    def remember(self, summaries: Mapping[str, Any], front: Mapping[str, Any]) -> None:
        """Keep what is known of the pages, in the order in which the index shows it, and clear the staging away."""
        write_whole(self.private / "summaries.json", json.dumps(summaries).encode())
        write_json(self.private / FRONT_NOTE, front)
        shutil.rmtree(self.staged, ignore_errors=True)


def page_files(report_id: str) -> tuple[str, str]:
    """The names of a report's page and of its figures."""
    return f"{report_id}.html", f"{report_id}.csv"
