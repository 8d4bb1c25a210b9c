"""The front page of each edition and the page on the improvement plan: run last, over what all other pages released.

They are run on this machine, whichever ran the others, and only where something that they are made of has changed.
Where there is no notebook of the front page, or one of them fails, readers get the list of pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint
from ilacs_audit.disk.writing import write_json, write_whole
from ilacs_audit.domain.references.challenges import Challenge
from ilacs_audit.engine.pool import Job, Outcome, run_jobs
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.edition.edition import INDEX, Edition
from ilacs_audit.publishing.edition.front_page import plain_index
from ilacs_audit.publishing.edition.staging import Made, edition_told
from ilacs_audit.publishing.run.reports import FINISH, PREPARE
from ilacs_audit.publishing.timetable import FRONT, LAST, Report

_ANALYSED = ("improvement", "overview", "since")
_DRAWN = ("areas", "front", "plan", "since")
_OURS = (*(f"analysis.plan.{each}" for each in _ANALYSED), *(f"display.page.{each}" for each in _DRAWN))
PRELOAD = ("pandas", *(f"ilacs_audit.{each}" for each in ("intake.open_audit", *_OURS)))
_SETTINGS = ("engine", "workers", "timeout", "preload", "warm")


@dataclass(frozen=True)
class Front:
    """A last page of one edition: its report, what it is made of, and the folder of pages into which it is written.

    A front page without a report is the list of pages.
    """

    edition: Edition
    report: Report | None
    told: Mapping[str, Any]
    folder: Path

    @classmethod
    def all_of(
        cls,
        edition: Edition,
        made: Made,
        summaries: Mapping[str, Any],
        *,
        folder: Path | None = None,
        challenges: Sequence[Challenge] = (),
    ) -> list["Front"]:
        """The last pages over what an edition remembers of the others, the front page at the end."""
        place = folder or edition.staged
        told = edition_told(edition, made, summaries, folder=place, challenges=challenges)
        last: list[Report | None] = [*made.last]
        there = any(each.name == FRONT for each in made.last)
        return [cls(edition, each, told, place) for each in (last if there else [*last, None])]

    @property
    def name(self) -> str:
        """The name of its job."""
        return f"{self.edition.audience.id}/{self.report.id if self.report else INDEX}"

    @property
    def file(self) -> str:
        """The name of its file."""
        return LAST[self.report.name] if self.report else INDEX

    def mark(self, work: Workspace) -> str:
        """One mark for all that it is made of; what people wrote is read for the plan alone, and marks both."""
        report = self.report
        notebook = file_fingerprint(report.notebook) if report and report.notebook.is_file() else ""
        title, frame = report.title if report else "", self.edition.frame
        said = work.evidence / "commentary" / f"{self.edition.period}.yml"
        words = file_fingerprint(said) if said.is_file() else ""
        catalogue = (work.standards, work.programme, work.plan)
        return fingerprint(package_fingerprint(), self.told, title, frame, notebook, words, *catalogue)

    def job(self, work: Workspace) -> Job:
        """What its notebook is asked."""
        assert self.report is not None
        note = self.edition.private / "edition.json"
        write_json(note, self.told)
        places = {"edition": note, "workspace": work.root, "evidence": work.evidence}
        asked = {name: str(place.resolve()) for name, place in places.items()}
        return Job(self.name, self.report.notebook, asked, self.edition.private / f"{self.report.id}.ipynb")

    @property
    def facts(self) -> dict[str, str]:
        """The words of its frame, and where it is written."""
        assert self.report is not None
        around = self.edition.frame if self.report.name == FRONT else self.edition.facts(self.report)
        return {**around, "title": self.report.title, "staged": str(self.folder / self.file)}


def write_fronts(
    fronts: Sequence[Front], work: Workspace, **options: Any
) -> tuple[dict[str, dict[str, dict[str, Any]]], list[Outcome]]:
    """Write the last pages. Returns what each was made from, by audience and file, and how the notebooks ended."""
    marks = [each.mark(work) for each in fronts]
    due = [each for each, mark in zip(fronts, marks, strict=True) if not _stands(each, mark)]
    asked = [each for each in due if each.report]
    jobs, pages = [each.job(work) for each in asked], {each.name: each.facts for each in asked}
    settings = {"preload": PRELOAD, **{name: each for name, each in options.items() if name in _SETTINGS}}
    ended = run_jobs(jobs, finish=FINISH, finish_options={"pages": pages}, prepare=PREPARE, **settings) if jobs else []
    failed = {outcome.job_id for outcome in ended if outcome.status != "ok"}
    for each in due:
        if not each.report or each.name in failed:
            write_whole(each.folder / each.file, plain_index(each.edition.frame, each.told))
    said = {outcome.job_id: outcome.result["statuses"] for outcome in ended if outcome.status == "ok"}  # type: ignore[index]  # ok has one
    notes: dict[str, dict[str, dict[str, Any]]] = {}
    for each, mark in zip(fronts, marks, strict=True):
        # What failed has no mark, so that it is tried again.
        note = {"of": "" if each.name in failed else mark, "file": file_fingerprint(each.folder / each.file)}
        note["statuses"] = said.get(each.name, each.edition.made_last(each.file).get("statuses", []))
        notes.setdefault(each.edition.audience.id, {})[each.file] = note
    return notes, ended


def _stands(front: Front, mark: str) -> bool:
    """Whether the page that readers have would come out the same; it is then taken over."""
    if front.edition.made_last(front.file).get("of") != mark:
        return False
    write_whole(front.folder / front.file, (front.edition.shared / front.file).read_bytes())
    return True
