"""One period for one audience: stage the whole of it, search it all, then publish it in one step.

Staging is private. Pages that need not be made again are copied into it, so that what readers
get is always one whole folder: the old one or the new one. What failed keeps its earlier page,
and the index says so.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ilacs_audit.disclosure.search.scan import scan
from ilacs_audit.disk.fingerprints import folder_hashes
from ilacs_audit.disk.swap import recover, swap
from ilacs_audit.disk.writing import private_folder, write_whole
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.calendar import Period, date_words
from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.engine.pool import Job, Outcome
from ilacs_audit.publishing.edition import figures_workbook
from ilacs_audit.publishing.edition.figures_csv import measures_csv
from ilacs_audit.publishing.edition.front_page import entries, render_index
from ilacs_audit.publishing.edition.manifest import RUN, manifest_bytes, read_run, report_status
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.timetable import Absent, Report

INDEX = "index.html"


@dataclass(frozen=True)
class Made:
    """What one run made of an edition: how reports ended, and what each page was made from.

    `prints` are the fingerprints of the reports, `inputs` names the archived list of inputs and
    `made_from` goes into `run.json`.
    """

    reports: Sequence[Report]
    absent: Sequence[Absent]
    outcomes: Sequence[Outcome]
    prints: Mapping[str, str] = field(default_factory=dict)
    inputs: str = ""
    made_from: Mapping[str, Any] = field(default_factory=dict)
    known_failed: Collection[str] = ()

    @property
    def failed(self) -> set[str]:
        """The reports that could not be made."""
        return {each.job_id for each in self.outcomes if each.status != "ok"} | set(self.known_failed)


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
            **self._frame,
            "title": report.title,
            "index_href": INDEX,
            "reference": f"{report.id}-{self.period}-{self.audience.id}",
            "staged": str(self.staged / f"{report.id}.html"),
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

    def prepare(self) -> None:
        """Make the private folders, and clear away what an interrupted run left."""
        Outputs(self.outputs).opened()
        private_folder(self.private.parent)
        private_folder(self.private)
        recover(self.shared)
        shutil.rmtree(self.staged, ignore_errors=True)
        private_folder(self.staged)

    def known(self) -> dict[str, Any]:
        """What is remembered of each page that readers have, as far as its files are what was made."""
        path = self.private / "summaries.json"
        if not path.is_file():
            return {}
        there = folder_hashes(self.shared)
        told = json.loads(path.read_text(encoding="utf-8"))
        return {name: each for name, each in told.items() if _intact(each, there)}

    def fresh(self, prints: Mapping[str, str]) -> set[str]:
        """The reports whose page need not be made again."""
        known = self.known()
        return {name for name in prints if name in known and known[name]["made"]["of"] == prints[name]}

    def intact(self) -> bool:
        """Whether readers have every file that the last run gave them, unaltered."""
        given, there = read_run(self.shared).get("pages", {}), folder_hashes(self.shared)
        return INDEX in given and all(there.get(name) == mark for name, mark in given.items())

    def stage(self, made: Made) -> dict[str, Any]:
        """Put the whole edition together, unseen by readers. Returns what is to be remembered of it."""
        known = self.known()
        done = {each.job_id: self._figures(each, made) for each in made.outcomes if each.status == "ok"}
        summaries = {each.id: done.get(each.id) or known.get(each.id) for each in made.reports}
        summaries = {name: self._dated(name, each, made) for name, each in summaries.items() if each}
        for name in summaries.keys() - done.keys():
            for file in _files(name):
                shutil.copyfile(self.shared / file, self.staged / file)
        self._copy_foreign()
        wanted = {file for name in summaries for file in _files(name)}
        _keep_only(self.staged, wanted | self._foreign())
        self.write_around(self.staged, made, summaries)
        write_whole(self.staged / RUN, manifest_bytes(self._run_facts(made, summaries)))
        return summaries

    def search(self, identifiers: Collection[str]) -> None:
        """Search what was staged. Raises DisclosureError if a page holds an identifier."""
        findings = scan(sorted(self.staged.iterdir()), identifiers)
        if len(findings):
            raise DisclosureError(
                f"{len(findings)} identifiers were found in the finished pages; nothing was published.",
                where=", ".join(sorted({Path(file).name for file in findings["file"]})),
                fix="Look at the staged pages under outputs/private and release no free text that names a person.",
            )

    def publish(self) -> None:
        """Put what was staged and searched where readers look, in one step."""
        self.staged.chmod(0o755)
        swap(self.staged, self.shared)

    def changed(self) -> bool:
        """Whether what is staged differs from what readers have."""
        return folder_hashes(self.staged) != folder_hashes(self.shared)

    def remember(self, summaries: Mapping[str, Any]) -> None:
        """Keep what is known of the pages, in the order in which the index shows it, and clear the staging away."""
        write_whole(self.private / "summaries.json", json.dumps(summaries).encode())
        shutil.rmtree(self.staged, ignore_errors=True)

    def write_index(self, reports: Sequence[Report], absent: Sequence[Absent]) -> Path:
        """Write the index again from the pages that are there."""
        page = self.shared / INDEX
        made = Made(reports, absent, (), known_failed=_failed(self.shared))
        write_whole(page, self.index(made, self.known()))
        told = read_run(self.shared)
        if told:
            write_whole(self.shared / RUN, manifest_bytes({**told, "pages": _pages(self.shared)}))
        return page

    def _figures(self, outcome: Outcome, made: Made) -> dict[str, Any]:
        """Stage the figures beside a page, and say what both were made from."""
        summary: dict[str, Any] = dict(outcome.result)  # type: ignore[call-overload]
        write_whole(self.staged / f"{outcome.job_id}.csv", measures_csv(summary["released"]))
        there = folder_hashes(self.staged)
        return {**summary, "made": {"files": {name: there[name] for name in _files(outcome.job_id)}}}

    def _dated(self, name: str, summary: Mapping[str, Any], made: Made) -> dict[str, Any]:
        """Note the inputs of a page that is up to date; an earlier page keeps its earlier ones."""
        current = "of" not in summary["made"] or summary["made"]["of"] == made.prints.get(name)
        inputs = {"of": made.prints.get(name, ""), "inputs": made.inputs} if current else {}
        return {**summary, "made": {**summary["made"], **inputs}}

    def index(self, made: Made, summaries: Mapping[str, Any]) -> bytes:
        """The index of this edition as a page."""
        listed = entries(made.reports, summaries, made.failed)
        there = any((folder / figures_workbook.NAME).is_file() for folder in (self.staged, self.shared))
        return render_index(self._frame, listed, made.absent, spreadsheet=figures_workbook.NAME if there else "")

    def _run_facts(self, made: Made, summaries: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "period": str(self.period),
            "audience": self.audience.id,
            "as_of": self.as_of.isoformat(),
            "pages": _pages(self.staged),
            "reports": report_status(made.reports, summaries, made.failed),
            **made.made_from,
        }

    def write_around(self, folder: Path, made: Made, summaries: Mapping[str, Any]) -> None:
        """Write what goes round the pages: the figures of all as one spreadsheet (extra `[excel]`), and the index."""
        shown = [(each.title, summaries[each.id]["released"]) for each in made.reports if each.id in summaries]
        if shown and figures_workbook.available():
            write_whole(folder / figures_workbook.NAME, figures_workbook.edition_workbook(shown, self._frame))
        write_whole(folder / INDEX, self.index(made, summaries))

    def _foreign(self) -> set[str]:
        """The names of files that somebody else put into the readers' folder."""
        ours = {*read_run(self.shared).get("pages", {}), RUN, INDEX}
        return {name for name in folder_hashes(self.shared) if name not in ours and not name.endswith(".html")}

    def _copy_foreign(self) -> None:
        for name in self._foreign():
            if not (self.staged / name).exists():
                shutil.copyfile(self.shared / name, self.staged / name)


def _files(report_id: str) -> tuple[str, str]:
    return f"{report_id}.html", f"{report_id}.csv"


def _intact(summary: Mapping[str, Any], there: Mapping[str, str]) -> bool:
    files = summary.get("made", {}).get("files", {})
    return bool(files) and all(there.get(name) == mark for name, mark in files.items())


def _keep_only(folder: Path, wanted: set[str]) -> None:
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()


def _pages(folder: Path) -> dict[str, str]:
    return {name: mark for name, mark in folder_hashes(folder).items() if name != RUN}


def _failed(folder: Path) -> set[str]:
    """The reports that failed in the run that made a folder."""
    return {each["report"] for each in read_run(folder).get("reports", ()) if each["status"] == "failed"}
