"""Make what is not up to date, then publish every edition of a period whole.

A report whose ground has not moved is not run again. Readers' folders change only at the very
end, in one step each, after every page was searched and the inputs were found to be the same
as at the beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ilacs_audit import _ROOMS
from ilacs_audit.disk.code import package_fingerprint, versions
from ilacs_audit.disk.fingerprints import fingerprint
from ilacs_audit.disk.writing import read_json, write_json
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.engine.pool import Outcome, run_jobs
from ilacs_audit.intake.store.update import StoreReport, compile_store
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.edition import earlier_releases
from ilacs_audit.publishing.edition.edition import Edition, Made
from ilacs_audit.publishing.edition.manifest import input_hashes
from ilacs_audit.publishing.outcomes import Entry, Run
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.run import preflight
from ilacs_audit.publishing.run.archive import Archive, inputs, marks
from ilacs_audit.publishing.run.dependence import Ground
from ilacs_audit.publishing.timetable import Report, choose, plan_reports

FINISH = "ilacs_audit.publishing.edition.page:finish_page"
PREPARE = "ilacs_audit.publishing.edition.page:prepare"
# The rooms open on first use, which in a forked notebook would be once for every report: 2.3 s of it.
PRELOAD = (
    "pandas",
    "ilacs_audit.intake.store.update",
    *(f"ilacs_audit.{room}" for room in _ROOMS if not room.startswith("publishing.")),
)


@dataclass(frozen=True)
class Asked:
    """Everything that was asked of one run."""

    workspace: Workspace
    outputs: Path
    period: Period
    editions: Sequence[Edition]
    only: tuple[str, ...]
    force: bool
    unattended: bool
    on_progress: Callable[[Outcome, int], None] | None
    options: Mapping[str, Any]

    def inputs(self) -> dict[str, Path]:
        """Every file that the run reads."""
        return inputs(self.workspace.root, self.workspace.evidence)

    @property
    def success(self) -> Path:
        """Where the mark of the last run that succeeded is kept."""
        return Outputs(self.outputs).succeeded / f"{self.period}.json"

    def mark(self, before: Mapping[str, str]) -> str:
        """One mark for all that these editions are made from."""
        editions = [(each.audience.id, str(each.as_of)) for each in self.editions]
        return fingerprint(package_fingerprint(), before, editions, self.only)


def make_period(asked: Asked) -> Run:
    """Check the inputs, keep them, make what is not up to date, and publish."""
    remarks = preflight.check_inputs(asked.workspace, asked.period)
    before = marks(asked.inputs())
    mark = asked.mark(before)
    for edition in asked.editions:
        edition.prepare()
    if asked.unattended and not asked.force:
        preflight.refuse_repeats(remarks, asked.period)
        if _succeeded(asked, mark):
            preflight.refuse_unchanged(asked.period)
    ended = replace(_make(asked, before), remarks=tuple(remarks))
    if not ended.failed:
        write_json(asked.success, {"mark": mark})
    return ended


def compile_evidence(workspace: Workspace, outputs: Path) -> StoreReport:
    """Bring the private store up to date with the evidence."""
    workspace.check()
    Outputs(outputs).opened()
    return compile_store(
        workspace.evidence,
        Outputs(outputs).store,
        standards=workspace.standards,
        programme=workspace.programme,
        columns=workspace.columns,
        key=None,
    )


def _succeeded(asked: Asked, mark: str) -> bool:
    known = read_json(asked.success).get("mark") == mark
    return known and all(edition.intact() for edition in asked.editions)


def _make(asked: Asked, before: Mapping[str, str]) -> Run:
    work = asked.workspace
    reports, absent = plan_reports(work.root, standards=work.standards, programme=work.programme, period=asked.period)
    chosen = choose(reports, asked.only)
    ground = Ground(work, compile_evidence(work, asked.outputs).store, asked.period)
    prints = [_prints(ground, edition, reports) for edition in asked.editions]
    due = [_due(asked, edition, chosen, each) for edition, each in zip(asked.editions, prints, strict=True)]
    facts = {"period": str(asked.period), "package": package_fingerprint(), "versions": versions()}
    kept = Archive(Outputs(asked.outputs).archive).keep_run(asked.inputs(), facts)
    made_from = {"inputs": input_hashes(work.root, work.evidence), "versions": versions()}
    made = [
        Made(reports, absent, outcomes, marks_, kept, made_from)
        for outcomes, marks_ in zip(_run_all(asked, due, ground.store), prints, strict=True)
    ]
    summaries = [edition.stage(each) for edition, each in zip(asked.editions, made, strict=True)]
    if marks(asked.inputs()) != before:
        preflight.refuse_changing(asked.period)
    rounds = {each.id: work.programme.rounds(each.parameters.get("audit", "")) for each in reports}
    published = _publish(asked, summaries, rounds)
    entries = [entry for edition, each in zip(asked.editions, made, strict=True) for entry in _entries(edition, each)]
    outcomes = tuple(outcome for each in made for outcome in each.outcomes)
    indexes = tuple(edition.shared / "index.html" for edition in asked.editions)
    return Run(outcomes, indexes, tuple(entries), published)


def _prints(ground: Ground, edition: Edition, reports: Sequence[Report]) -> dict[str, str]:
    about = {"as_of": edition.as_of.isoformat(), "audience": edition.audience.id}
    return {each.id: ground.fingerprint(each, **about) for each in reports}


def _due(asked: Asked, edition: Edition, chosen: Sequence[Report], prints: Mapping[str, str]) -> list[Report]:
    """The reports to run: those asked for whose page is not there or not up to date."""
    fresh = set() if asked.force else edition.fresh(prints)
    return [each for each in chosen if each.id not in fresh]


def _run_all(asked: Asked, due: Sequence[Sequence[Report]], store: Path) -> list[list[Outcome]]:
    total, watch = sum(map(len, due)), asked.on_progress
    told = (lambda outcome: watch(outcome, total)) if watch else None
    return [
        run_reports(edition, reports, asked.workspace, store, on_progress=told, **asked.options)
        for edition, reports in zip(asked.editions, due, strict=True)
    ]


def run_reports(
    edition: Edition, reports: Sequence[Report], workspace: Workspace, store: Path, **options: Any
) -> list[Outcome]:
    """Run the notebooks of an edition, each page staged. Raises AuditError where a person interrupts."""
    if not reports:
        return []
    folders = {"workspace": workspace.root, "evidence": workspace.evidence, "store": store}
    places = {name: folder.resolve() for name, folder in folders.items()}
    jobs = [edition.job(each, **places) for each in reports]
    pages = {each.id: edition.facts(each) for each in reports}
    settings = {"preload": PRELOAD, **options}
    ended = _route(**options)(jobs, finish=FINISH, prepare=PREPARE, finish_options={"pages": pages}, **settings)
    if any(each.status == "interrupted" for each in ended):
        raise AuditError("The run was interrupted; nothing was published.", fix="Run it again.")
    return ended


def _route(*, scheduler: str = "", **_: Any) -> Callable[..., list[Outcome]]:
    """On this machine, or on those of a cluster."""
    if not scheduler:
        return run_jobs
    from ilacs_audit.engine.cluster import run_on_cluster

    return run_on_cluster


def _publish(asked: Asked, summaries: Sequence[Mapping[str, Any]], rounds: Mapping[str, Mapping[str, str]]) -> bool:
    """Search every edition that changed, hold all against what went out before, then publish them.

    Returns whether any had changed.
    """
    changed = [edition for edition in asked.editions if edition.changed()]
    known = asked.workspace.identifiers() if changed else frozenset()
    for edition in changed:
        edition.search(known)
    ledger = earlier_releases.held_against_earlier(asked.outputs, summaries, rounds=rounds) if changed else None
    for edition, each in zip(asked.editions, summaries, strict=True):
        if edition in changed:
            edition.publish()
        edition.remember(each)
    if ledger is not None:
        earlier_releases.keep(ledger, asked.outputs)
    return bool(changed)


def _entries(edition: Edition, made: Made) -> list[Entry]:
    ran = {each.job_id: each for each in made.outcomes}
    return [_entry(edition, report, ran.get(report.id)) for report in made.reports]


def _entry(edition: Edition, report: Report, outcome: Outcome | None) -> Entry:
    name = edition.audience.id
    if outcome is None:
        there = (edition.shared / f"{report.id}.html").is_file()
        return Entry(name, report.id, report.title, "kept" if there else "not asked for")
    status = "made" if outcome.status == "ok" else outcome.status
    return Entry(name, report.id, report.title, status, outcome.problem, outcome.seconds)
