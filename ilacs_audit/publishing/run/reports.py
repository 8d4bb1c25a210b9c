"""The notebooks of a run, for every edition at once, so that one warm process serves them all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ilacs_audit import _ROOMS
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.engine.pool import Outcome, run_jobs
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.edition.edition import Edition
from ilacs_audit.publishing.timetable import Report

FINISH = "ilacs_audit.publishing.edition.page:finish_page"
PREPARE = "ilacs_audit.publishing.edition.page:prepare"
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
    asked = {report.parameters.get("audit", "") for _, reports in due for report in reports}
    programme = workspace.programme
    # An audit and the rounds before it are read once for all reports.
    chains = [(name, *(each.id for each in programme.baselines(name))) for name in asked if name in programme]
    audits = sorted({name for chain in chains for name in chain})
    settings: dict[str, Any] = {
        "preload": PRELOAD,
        "finish": FINISH,
        "prepare": PREPARE,
        "prepare_options": {**{name: str(place) for name, place in places.items()}, "audits": audits},
        **options,
    }
    run: Callable[..., list[Outcome]] = run_jobs
    if scheduler:
        del settings["warm"]  # of this machine
        from ilacs_audit.engine.cluster import run_on_cluster

        run = partial(run_on_cluster, scheduler=scheduler)
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
    every = {f"{edition.audience.id}/{each.id}": (edition, each) for edition, reports in due for each in reports}
    jobs = [replace(edition.job(each, **places), id=name) for name, (edition, each) in every.items()]
    pages = {name: edition.facts(each) for name, (edition, each) in every.items()}
    tell = (lambda outcome: on_progress(_of_report(outcome))) if on_progress else None
    ended = run(jobs, finish_options={"pages": pages}, on_progress=tell, **settings) if jobs else []
    if any(each.status == "interrupted" for each in ended):
        raise AuditError("The run was interrupted; nothing was published.", fix="Run it again.")
    outcomes = map(_of_report, ended)
    for _, reports in due:
        yield [next(outcomes) for _ in reports]


def _of_report(outcome: Outcome) -> Outcome:
    return replace(outcome, job_id=outcome.job_id.partition("/")[2])
