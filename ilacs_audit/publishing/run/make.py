"""Make what is not up to date, then publish every edition of a period whole.

A report whose ground has not moved is not run again. Readers' folders change only at the very
end, in one step each, after every page was searched and the inputs were found to be the same
as at the beginning.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ilacs_audit.desks import record
from ilacs_audit.disk.code import package_fingerprint, versions
from ilacs_audit.disk.writing import read_json, write_json, write_whole
from ilacs_audit.engine.pool import Outcome
from ilacs_audit.intake.commentary import load_challenges, load_decided
from ilacs_audit.intake.registers.reading import evidence_key
from ilacs_audit.intake.store.update import StoreReport, compile_store
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.edition import earlier_releases, staging
from ilacs_audit.publishing.edition.challenged import doubts, note_challenged
from ilacs_audit.publishing.edition.edition import INDEX, RUN, Edition
from ilacs_audit.publishing.edition.last_edition import note_last, undecided
from ilacs_audit.publishing.edition.searching import People, search
from ilacs_audit.publishing.edition.staging import Made, Summaries
from ilacs_audit.publishing.outcomes import Entry, Run
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.owner import pairs, to_do
from ilacs_audit.publishing.owner.learning_files import write_learning_files
from ilacs_audit.publishing.run import preflight, services
from ilacs_audit.publishing.run.archive import Archive
from ilacs_audit.publishing.run.asked import Asked, Plan, inputs_of, plans_of
from ilacs_audit.publishing.run.dependence import Ground
from ilacs_audit.publishing.run.inputs import Inputs, taken_out
from ilacs_audit.publishing.run.overview import Front, write_fronts
from ilacs_audit.publishing.run.reports import PRELOAD, PREPARE, run_reports
from ilacs_audit.publishing.timetable import LAST, Report, choose, not_made, plan_reports


def make_period(asked: Asked) -> Run:
    """Check the inputs and keep them, run the reports that are due, search what they made, and publish it."""
    work = asked.workspace
    remarks = preflight.check_inputs(work, asked.period, asked.only)
    pairs.take_answers(Outputs(asked.outputs))
    for edition in asked.editions:
        edition.prepare()
    challenges, decided = load_challenges(work.evidence), load_decided(work.evidence)
    notes = (note for each in asked.editions for note in (earlier_releases.note_told(each), note_last(each, decided)))
    before = [*filter(None, notes)]
    before += filter(None, (note_challenged(edition, challenges) for edition in asked.editions))
    inputs = inputs_of(asked, before)
    if asked.unattended and not asked.force:
        _refuse_nothing_new(asked, inputs, remarks)

    reports, absent = plan_reports(work, asked.period)
    chosen = {each.id: each for each in choose(reports, asked.only)}
    audits = list(dict.fromkeys(filter(None, (each.parameters.get("audit", "") for each in chosen.values()))))
    if asked.strict and not asked.services:
        to_do.refuse_unwritten(work.evidence, asked.period, audits)
    if not asked.fronts:  # a draft, for which somebody waits, and which always has a notebook to run
        asked.options["warm"].begin(preload=PRELOAD, prepare=PREPARE)
    ground = Ground(work, compile_evidence(work, asked.outputs).store, inputs)
    write_learning_files(ground.store, asked.period, Outputs(asked.outputs), themes=work.learning.themes)
    plans = plans_of(asked, reports, absent, ground)
    due = [(plan.edition, plan.due(chosen, force=asked.force)) for plan in plans]
    facts = {"period": str(asked.period), "package": package_fingerprint(), "versions": versions()}
    total, watch = sum(len(reports) for _, reports in due), asked.on_progress
    on_progress = (lambda outcome: watch(outcome, total)) if watch else None
    outcomes = run_reports(due, work, ground.store, on_progress=on_progress, **asked.options)
    if asked.services and (again := _withhold(asked, plans, outcomes)):
        inputs = inputs_of(asked, before)
        ground = replace(ground, inputs=inputs)
        plans = plans_of(asked, reports, absent, ground)
        due = [(each.edition, again[each.edition.audience.id]) for each in plans]
        second = run_reports(due, work, ground.store, **asked.options)
        outcomes = [_instead(*each) for each in zip(plans, outcomes, second, strict=True)]
    kept = Archive(Outputs(asked.outputs).archive).keep_run(inputs.files, facts)

    out = taken_out(ground.store, work.evidence, audits)
    told = {"inputs": inputs.told(evidence_key(work.evidence, None)), "taken_out": out, "versions": versions()}
    told["desk"] = record.told(work.evidence, audits)
    made: Sequence[Made] = [
        plan.made(each, kept=kept, made_from=told) for plan, each in zip(plans, outcomes, strict=True)
    ]
    summaries = [staging.stage(edition, each) for edition, each in zip(asked.editions, made, strict=True)]
    audit_of = {each.id: each.parameters.get("audit", "") for each in reports}
    written = (
        work.evidence,
        asked.period,
        audits,
        to_do.failing((audit_of[name], page) for each in summaries for name, page in each.items()),
    )
    if asked.strict and not asked.services:
        to_do.refuse_unwritten(*written)
    if inputs.moved():
        preflight.refuse("changing", asked.period)
    made, fronts, published = _publish(asked, inputs, kept, made, summaries)
    right = not any(each.failed or each.pending for each in made)
    if right and not asked.followed and all(each.status == "ok" for each in fronts.values()):
        write_json(asked.success, {"mark": asked.mark(inputs)})
    ours = [(name, page) for each in summaries for name, page in each.items() if name in chosen]
    owed = (
        services.told_of_services(work, ground.store, [each.audience.service for each in asked.editions], asked.period)
        if asked.services
        else (
            *_owed(asked, ground.store, audits),
            *to_do.left_out(ours),
            *to_do.left_as_told(ours),
            *to_do.unwritten(*written),
            *(_of_challenges(asked, summaries) if asked.fronts else ()),
        )
    )
    odd = (*_odd(asked, [*chosen.values()], ground.store, remarks),)
    ended = zip(asked.editions, made, strict=True)
    entries = [entry for edition, each in ended for entry in _entries(edition, each, fronts, chosen)]
    ran = (*(outcome for each in made for outcome in each.outcomes), *fronts.values())
    return Run(ran, tuple(each.shared / INDEX for each in asked.editions), tuple(entries), published, odd, tuple(owed))


def _withhold(
    asked: Asked, plans: Sequence[Plan], outcomes: Sequence[Sequence[Outcome]]
) -> dict[str, list[Report]] | None:
    """What is to be run again of each service, because it may not be shown as it is beside the editions of others."""
    work = asked.workspace
    made = [(plan.edition, each, plan.reports) for plan, each in zip(plans, outcomes, strict=True)]
    rounds = _rounds(work, [report for plan in plans for report in plan.reports])
    ledger = earlier_releases.ledger_of(asked.outputs)
    again = services.withhold(made, ledger=ledger, rounds=rounds, teams=services.teams_of(work))
    if again is None:
        return None
    return {
        plan.edition.audience.id: [each for each in plan.reports if each.id in names]
        for plan, names in zip(plans, again, strict=True)
    }


def _instead(plan: Plan, first: Sequence[Outcome], anew: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes with those of a second run in the place of the first; none of a page that is left out."""
    second, ours = {each.job_id: each for each in anew}, {each.id for each in plan.reports}
    return [second.get(each.job_id, each) for each in first if each.job_id in ours]


def _rounds(work: Workspace, reports: Sequence[Report]) -> dict[str, dict[str, str]]:
    """The audit of each month that a page may speak of."""
    return {each.id: work.programme.rounds(each.parameters.get("audit", "")) for each in reports}


def _odd(asked: Asked, chosen: Sequence[Report], store: Path, remarks: Sequence[str]) -> Iterator[str]:
    """What was strange in the inputs of what was asked for, and which of it is not made for whom."""
    audits = [each.parameters.get("audit", "") for each in chosen]
    yield from (each for each in remarks if not asked.only or any(audit and audit in each for audit in audits))
    if any(each.registers for each in chosen):
        yield from to_do.columns(store)
    if asked.only:
        for edition in asked.editions:
            yield from not_made(chosen, edition.audience.id)


def _refuse_nothing_new(asked: Asked, inputs: Inputs, remarks: list[str]) -> None:
    """A run that nobody watches stops where it was handed last month's files, or what it has published already."""
    if remarks:
        preflight.refuse("repeats", asked.period, remarks)
    if asked.followed:  # whether anything is new is known with the editions that follow
        return
    known = read_json(asked.success).get("mark") == asked.mark(inputs)
    if known and all(edition.intact() for edition in (*asked.before, *asked.editions)):
        preflight.refuse("unchanged", asked.period)


def _of_challenges(asked: Asked, summaries: Sequence[Summaries]) -> Iterator[str]:
    """What the owner has to see to in what readers asked and decided, told once for all editions."""
    challenges = load_challenges(asked.workspace.evidence)
    standards = asked.workspace.standards
    found = (
        doubts(edition, challenges, pages, standards=standards)
        for edition, pages in zip(asked.editions, summaries, strict=True)
    )
    decided = load_decided(asked.workspace.evidence)
    outcomes = (undecided(edition, decided) for edition in asked.editions)
    yield from dict.fromkeys(told for each in (*found, *outcomes) for told in each)


def _owed(asked: Asked, store: Path, audits: Sequence[str]) -> Iterator[str]:
    """What the owner has to see to: rows set aside, and, where everything was asked for, what nothing could place."""
    yield from to_do.set_aside(store, audits, unclaimed=not asked.only)
    if not asked.only:
        yield from to_do.mistyped(store, [each.id for each in asked.workspace.programme])
        yield from to_do.unread_words(store)


def compile_evidence(workspace: Workspace, outputs: Path) -> StoreReport:
    """Bring the private store up to date with the evidence, and write down the pairs that a person can judge."""
    workspace.check()
    Outputs(outputs).opened()
    said = pairs.take_answers(Outputs(outputs))
    made = compile_store(
        workspace.evidence,
        Outputs(outputs).store,
        standards=workspace.standards,
        programme=workspace.programme,
        columns=workspace.columns,
        key=None,
        said=said,
    )
    if made.asked is not None:
        pairs.write_pairs(made.asked, Outputs(outputs), said=said)
    return made


def _publish(
    asked: Asked, inputs: Inputs, kept: str, made: Sequence[Made], summaries: Sequence[Summaries]
) -> tuple[Sequence[Made], dict[str, Outcome], bool]:
    """Hold new pages against what went out before, make the last pages, search every edition, publish what changed.

    Returns what was made, with what waits for a restatement, how the last pages of each audience ended, by the names
    of audience and report, and whether any edition had changed.
    """
    people, ledger = People(asked.workspace, inputs.mark), None
    if any(edition.changed(but=(RUN, *LAST.values())) for edition in asked.editions):
        made, summaries, ledger = _held_against_earlier(asked, made, summaries)
    staged = list(zip(asked.editions, made, summaries, strict=True))
    asks = load_challenges(asked.workspace.evidence)
    fronts = [front for edition, each, told in staged for front in Front.all_of(edition, each, told, challenges=asks)]
    notes, ended = write_fronts(fronts, asked.workspace, **asked.options)
    for edition, each, told in staged:
        staging.write_run(edition, each, told)
    changed = [edition for edition in asked.editions if edition.changed()]
    for edition in asked.editions:
        search(edition, people)
    for edition in changed:
        edition.publish()
    if ledger is not None:
        write_whole(Outputs(asked.outputs).ledger, ledger.to_json().encode(), mode=0o600)
    for edition, _, told in staged:
        edition.remember(told, {"inputs": kept, **notes[edition.audience.id]})
    return made, {each.job_id: replace(each, job_id=each.job_id.partition("/")[2]) for each in ended}, bool(changed)


def _held_against_earlier(
    asked: Asked, made: Sequence[Made], summaries: Sequence[Summaries]
) -> tuple[list[Made], list[Summaries], Any]:
    """Put the earlier page in place of each that may not go out beside what went out before."""
    rounds = _rounds(asked.workspace, [report for each in made for report in each.reports])
    standing = [each.keys() - ours.done.keys() for ours, each in zip(made, summaries, strict=True)]
    ledger, held = earlier_releases.held_against_earlier(
        asked.outputs,
        summaries,
        rounds=rounds,
        earlier=[edition.known() for edition in asked.editions],
        standing=standing,
        ordinary=asked.workspace.authority.ordinary_breakdowns,
        services=services.teams_of(asked.workspace),
        nested=not asked.services,
    )
    settled = [replace(each, pending=pending) for each, pending in zip(made, held, strict=True)]
    again = [
        staging.stage(edition, each) if each.pending else kept
        for edition, each, kept in zip(asked.editions, settled, summaries, strict=True)
    ]
    return settled, again, ledger


def _entries(edition: Edition, made: Made, fronts: Mapping[str, Outcome], chosen: Collection[str]) -> Iterator[Entry]:
    """How each report stands that was asked for, or was run beside those; the front page last."""
    ran, known = {each.job_id: each for each in made.outcomes}, edition.known()
    last = {each.id: fronts.get(f"{edition.audience.id}/{each.id}") for each in made.last}
    ran |= {name: each for name, each in last.items() if each}
    for report in made.every:
        outcome, pending, told = ran.get(report.id), made.pending.get(report.id), known.get(report.id, {})
        status, problem, seconds = "kept", "", 0.0
        if pending is not None:
            status, problem = "pending", str(pending)
        elif outcome is not None:
            status = "made" if outcome.status == "ok" else outcome.status
            problem, seconds = outcome.problem, outcome.seconds
        elif report.id not in {*last, *chosen}:
            continue
        about = (to_do.hidden(told), tuple(to_do.restated(told)))
        yield Entry(
            edition.audience.id, report.id, report.title, status, problem, seconds, *about, edition.audience.title
        )
