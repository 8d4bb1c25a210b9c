"""A period's run: compile the evidence once, then make and publish each audience's edition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ilacs_audit.domain.audiences import audience
from ilacs_audit.domain.calendar import Period
from ilacs_audit.intake.store import StoreReport, compile_store
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.edition import Edition
from ilacs_audit.publishing.files import private_folder
from ilacs_audit.publishing.manifest import input_hashes, versions
from ilacs_audit.publishing.pool import Outcome, run_jobs
from ilacs_audit.publishing.timetable import Report, choose, plan_reports

FINISH = "ilacs_audit.publishing.render:finish_page"
PREPARE = "ilacs_audit.publishing.render:prepare"


@dataclass(frozen=True)
class Run:
    """How a run ended."""

    outcomes: tuple[Outcome, ...]
    indexes: tuple[Path, ...]

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The reports that were not made."""
        return tuple(each for each in self.outcomes if each.status != "ok")


def run(
    period: str,
    *,
    workspace: Workspace,
    outputs: Path,
    as_of: date | None = None,
    audiences: Sequence[str] = ("board",),
    only: tuple[str, ...] = (),
    workers: int | None = None,
    engine: str = "auto",
    on_progress: Callable[[Outcome, int], None] | None = None,
) -> Run:
    """Publish a period for each audience; `as_of` is its last day unless given.

    `on_progress` is called with each outcome and the number of pages there will be.

    Earlier good pages stay where a report fails. Raises an AuditError when the catalogue, the
    returns or the disclosure search refuse the run as a whole.
    """
    month = Period.parse(period)
    editions = [
        Edition(outputs, month, audience(name), workspace.authority.name, as_of or month.last) for name in audiences
    ]
    reports, absent = plan_reports(
        workspace.root, standards=workspace.standards, programme=workspace.programme, period=month
    )
    chosen = choose(reports, only)
    store = compile_evidence(workspace, outputs).store
    known = workspace.identifiers()
    made_from = {"inputs": input_hashes(workspace.root, workspace.evidence), "versions": versions()}
    total = len(chosen) * len(editions)
    watch = (lambda outcome: on_progress(outcome, total)) if on_progress else None
    outcomes: list[Outcome] = []
    indexes: list[Path] = []
    for edition in editions:
        ended = _make(edition, chosen, workspace, store, workers=workers, engine=engine, on_progress=watch)
        indexes.append(edition.publish(ended, reports, absent, identifiers=known, made_from=made_from))
        outcomes += ended
    return Run(tuple(outcomes), tuple(indexes))


def compile_evidence(workspace: Workspace, outputs: Path) -> StoreReport:
    """Bring the private store up to date with the evidence."""
    workspace.check()
    return compile_store(
        workspace.evidence,
        private_folder(outputs / "private") / "store",
        standards=workspace.standards,
        programme=workspace.programme,
        columns=workspace.columns,
        key=None,
    )


def rewrite_index(period: str, *, workspace: Workspace, outputs: Path, audience_id: str) -> Path:
    """Write an edition's index again from the pages that are there. Returns the index page."""
    month = Period.parse(period)
    edition = Edition(outputs, month, audience(audience_id), workspace.authority.name, month.last)
    reports, absent = plan_reports(
        workspace.root, standards=workspace.standards, programme=workspace.programme, period=month
    )
    return edition.write_index(reports, absent)


def _make(
    edition: Edition, reports: Sequence[Report], workspace: Workspace, store: Path, **options: Any
) -> list[Outcome]:
    edition.prepare()
    folders = {"workspace": workspace.root, "evidence": workspace.evidence, "store": store}
    places = {name: folder.resolve() for name, folder in folders.items()}
    jobs = [edition.job(each, **places) for each in reports]
    pages = {each.id: edition.facts(each) for each in reports}
    return run_jobs(jobs, finish=FINISH, prepare=PREPARE, finish_options={"pages": pages}, **options)
