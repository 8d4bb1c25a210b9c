"""The notebooks of a run, for every edition at once, so that one warm process serves them all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ilacs_audit import _ROOMS
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.engine.pool import Job, Outcome, run_jobs
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.edition.edition import Edition
from ilacs_audit.publishing.timetable import Report

FINISH = "ilacs_audit.publishing.edition.page:finish_page"
PREPARE = "ilacs_audit.publishing.run.warm:prepare"
# The rooms open on first use, which in a forked notebook would be once for every report: 2.3 s of it.
PRELOAD = (
    "pandas",
    "ilacs_audit.intake.store.update",
    *(f"ilacs_audit.{room}" for room in _ROOMS if not room.startswith("publishing.")),
)

Due = Sequence[tuple[Edition, Sequence[Report]]]


def run_reports(
    due: Due,
    workspace: Workspace,
    store: Path,
    *,
    on_progress: Callable[[Outcome], None] | None = None,
    scheduler: str = "",
    **options: Any,
) -> list[list[Outcome]]:
    """Run the notebooks that are due, each page staged in its edition. Returns the outcomes of each edition.

    Raises AuditError where a person interrupts.
    """
    folders = {"workspace": workspace.root, "evidence": workspace.evidence, "store": store}
    places = {name: folder.resolve() for name, folder in folders.items()}
    audits = {part for _, reports in due for report in reports for part in _audits(report, workspace)}
    settings: dict[str, Any] = {
        "preload": PRELOAD,
        "finish": FINISH,
        "prepare": PREPARE,
        "prepare_options": {**{name: str(place) for name, place in places.items()}, "audits": sorted(audits)},
        **options,
    }
    run = _on_cluster(scheduler) if scheduler else run_jobs
    # What a cluster sends back lies in one folder, so it makes an edition at a time.
    calls = [[each] for each in due] if scheduler else [due]
    return [ended for each in calls for ended in _run(run, each, places, on_progress, settings)]


def _run(
    run: Callable[..., list[Outcome]],
    due: Due,
    places: dict[str, Path],
    on_progress: Callable[[Outcome], None] | None,
    settings: dict[str, Any],
) -> Iterator[list[Outcome]]:
    """Run some editions together; a job is named after its edition and report, an outcome after its report."""
    jobs = [_job(edition, report, places) for edition, reports in due for report in reports]
    facts = [edition.facts(report) for edition, reports in due for report in reports]
    pages = {job.id: each for job, each in zip(jobs, facts, strict=True)}
    tell = (lambda outcome: on_progress(_of_report(outcome))) if on_progress else None
    ended = run(jobs, finish_options={"pages": pages}, on_progress=tell, **settings) if jobs else []
    if any(each.status == "interrupted" for each in ended):
        raise AuditError("The run was interrupted; nothing was published.", fix="Run it again.")
    outcomes = map(_of_report, ended)
    for _, reports in due:
        yield [next(outcomes) for _ in reports]


def _job(edition: Edition, report: Report, places: dict[str, Path]) -> Job:
    return replace(edition.job(report, **places), id=f"{edition.audience.id}/{report.id}")


def _of_report(outcome: Outcome) -> Outcome:
    return replace(outcome, job_id=outcome.job_id.partition("/")[2])


def _audits(report: Report, workspace: Workspace) -> Iterator[str]:
    """The audit that a report is about and the rounds before it, to be read once for all reports."""
    audit = report.parameters.get("audit", "")
    if audit in workspace.programme:
        yield from (audit, *(each.id for each in workspace.programme.baselines(audit)))


def _on_cluster(scheduler: str) -> Callable[..., list[Outcome]]:
    """On the machines of a cluster, in place of this one."""
    from functools import partial

    from ilacs_audit.engine.cluster import run_on_cluster

    return partial(run_on_cluster, scheduler=scheduler)
