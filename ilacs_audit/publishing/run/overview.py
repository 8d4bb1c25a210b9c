"""The front page of each edition: the notebook that is run last, over what all other pages released.

It is run on this machine, whichever ran the others, and only where something that it is made of has changed.
Where there is no such notebook, or it fails, readers get the list of pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint
from ilacs_audit.disk.writing import write_json, write_whole
from ilacs_audit.engine.pool import Job, Outcome, run_jobs
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.edition.edition import INDEX, Edition
from ilacs_audit.publishing.edition.front_page import plain_index
from ilacs_audit.publishing.edition.staging import Made, edition_told
from ilacs_audit.publishing.run.reports import FINISH, PREPARE

_OURS = ("intake.open_audit", "analysis.plan.overview", "display.page.front")
PRELOAD = ("pandas", *(f"ilacs_audit.{each}" for each in _OURS))
_SETTINGS = ("engine", "workers", "timeout", "preload")


@dataclass(frozen=True)
class Front:
    """The front page of one edition: what it is made of, and the folder of pages into which it is written."""

    edition: Edition
    made: Made
    told: Mapping[str, Any]
    folder: Path

    @classmethod
    def of(cls, edition: Edition, made: Made, summaries: Mapping[str, Any], *, folder: Path | None = None) -> "Front":
        """The front page over what an edition remembers of its pages."""
        place = folder or edition.staged
        return cls(edition, made, edition_told(edition, made, summaries, folder=place), place)

    @property
    def name(self) -> str:
        """The name of its job."""
        return f"{self.edition.audience.id}/{self.made.front.id if self.made.front else INDEX}"

    def mark(self, work: Workspace) -> str:
        """One mark for all that it is made of."""
        report = self.made.front
        notebook = file_fingerprint(report.notebook) if report and report.notebook.is_file() else ""
        title, frame = report.title if report else "", self.edition.frame
        return fingerprint(package_fingerprint(), self.told, title, frame, notebook, work.standards, work.programme)

    def job(self, work: Workspace) -> Job:
        """What its notebook is asked."""
        assert self.made.front is not None
        note = self.edition.private / "edition.json"
        write_json(note, self.told)
        places = {"edition": note, "workspace": work.root, "evidence": work.evidence}
        asked = {name: str(place.resolve()) for name, place in places.items()}
        return Job(self.name, self.made.front.notebook, asked, self.edition.private / f"{self.made.front.id}.ipynb")

    @property
    def facts(self) -> dict[str, str]:
        """The words of its frame, and where it is written."""
        assert self.made.front is not None
        return {**self.edition.frame, "title": self.made.front.title, "staged": str(self.folder / INDEX)}


def write_fronts(
    fronts: Sequence[Front], work: Workspace, **options: Any
) -> tuple[list[dict[str, str]], list[Outcome]]:
    """Write the front page of each edition. Returns what each was made from, and how the notebooks ended."""
    marks = [each.mark(work) for each in fronts]
    due = [each for each, mark in zip(fronts, marks, strict=True) if not _stands(each, mark)]
    asked = [each for each in due if each.made.front]
    jobs, pages = [each.job(work) for each in asked], {each.name: each.facts for each in asked}
    settings = {"preload": PRELOAD, **{name: each for name, each in options.items() if name in _SETTINGS}}
    ended = run_jobs(jobs, finish=FINISH, finish_options={"pages": pages}, prepare=PREPARE, **settings) if jobs else []
    failed = {outcome.job_id for outcome in ended if outcome.status != "ok"}
    for each in due:
        if not each.made.front or each.name in failed:
            write_whole(each.folder / INDEX, plain_index(each.edition.frame, each.told))
    # What failed has no mark, so that it is tried again.
    of = ("" if each.name in failed else mark for each, mark in zip(fronts, marks, strict=True))
    files = (file_fingerprint(each.folder / INDEX) for each in fronts)
    return [{"of": mark, "file": file} for mark, file in zip(of, files, strict=True)], ended


def _stands(front: Front, mark: str) -> bool:
    """Whether the front page that readers have would come out the same; it is then taken over."""
    if front.edition.front().get("of") != mark:
        return False
    write_whole(front.folder / INDEX, (front.edition.shared / INDEX).read_bytes())
    return True
