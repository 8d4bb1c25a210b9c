"""What a page of each kind knows: one recipe, for the notebook, for `check` and for the reviewed numbers.

A person's words are judged by what their page shows. A second list of it, kept elsewhere, would let
`check` pass on Monday what publication refuses at night.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from ilacs_audit.analysis.audits.agreement import inter_rater_agreement, on_one_scale, second_readings
from ilacs_audit.analysis.audits.ai_readers import ai_readers
from ilacs_audit.analysis.audits.compliance import compliance, dip_sample_estimate
from ilacs_audit.analysis.audits.contradictions import grade_against_answers
from ilacs_audit.analysis.audits.corrected import corrected_headline
from ilacs_audit.analysis.audits.form import form_doctor
from ilacs_audit.analysis.audits.grades import grade_distribution, moderation_flow
from ilacs_audit.analysis.audits.groups import compare_children
from ilacs_audit.analysis.audits.missing_returns import missing_return_bounds
from ilacs_audit.analysis.audits.reaudit import reaudit_impact
from ilacs_audit.analysis.audits.triangulation import triangulate
from ilacs_audit.analysis.audits.trust import trust_facts
from ilacs_audit.analysis.helped import helped
from ilacs_audit.analysis.learning.families import families_beside_files
from ilacs_audit.analysis.learning.strengths import strengths
from ilacs_audit.analysis.learning.themes import learning_themes
from ilacs_audit.analysis.loop import LOOKS, action_loop, open_findings
from ilacs_audit.analysis.month import of_month, of_year
from ilacs_audit.analysis.plan.mirror import audit_quality, kinds_met
from ilacs_audit.analysis.plan.programme import YEAR, capacity, coverage, programme_kept, read_once
from ilacs_audit.analysis.plan.sample import sample_beside_list
from ilacs_audit.analysis.registers.actions import action_states, loop_counts, put_right
from ilacs_audit.analysis.registers.away import missing_interviews, private_fostering
from ilacs_audit.analysis.registers.consent import consent_oversight
from ilacs_audit.analysis.registers.courses import training_coverage
from ilacs_audit.analysis.registers.escalations import escalation_ages
from ilacs_audit.analysis.registers.facts import register_facts
from ilacs_audit.analysis.registers.hubs import hub_attendance
from ilacs_audit.analysis.registers.leavers import care_leavers
from ilacs_audit.analysis.registers.lists import milestones, survey_answers, vulnerability
from ilacs_audit.analysis.registers.placements import placement_decisions
from ilacs_audit.analysis.registers.timeliness import (
    assessment_timeliness,
    conference_timeliness,
    meeting_timeliness,
)
from ilacs_audit.analysis.registers.tracker import case_progression, open_case_ages
from ilacs_audit.analysis.registers.training import training_reach
from ilacs_audit.analysis.registers.visits import recording_lag, seen_alone, visit_timeliness
from ilacs_audit.analysis.stopping import list_parts, stopping
from ilacs_audit.claims.verdicts.critical import critical_failures
from ilacs_audit.claims.verdicts.mirror import mirror as worth_a_look
from ilacs_audit.claims.verdicts.missing_returns import APART, TOGETHER
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.claims.words import NOT_MET
from ilacs_audit.domain import given
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import add_months, parse_day
from ilacs_audit.domain.errors import UsageError, quoted
from ilacs_audit.domain.measures import MEASURE_COLUMNS, from_rows, gather, measures, rows, select

Findings = tuple[pd.DataFrame, ...]


def thematic(work: Dossier) -> Findings:
    """Which standards are met, whether it helped, how far to trust it, whom training reached, teams and grades."""
    given.needed(work, Dossier, "work")
    found, trust = _judged(work, compliance(work)), trust_facts(work)
    impacts = helped(work, found, reaudit_impact(work), trust)
    teams = verdict(compliance(work, by="team"), standards=work.standards)
    shown = gather(found, stopping(work))
    apart = gather(teams, list_parts(work))
    trust = gather(_set_right(work, trust), _ends(work))
    return shown, impacts, trust, training_reach(work), apart, grade_distribution(work)


def _ends(work: Dossier) -> pd.DataFrame:
    """Between which ends each standard lies where agencies owe returns, as `triangulation` tells the same readers.

    A service's edition has no such page, and the public's shows no agency's count: they are told how many are missing.
    """
    if work.audience not in ("internal", "board"):
        return measures([])
    found = missing_return_bounds(
        work.answers, programme=work.programme, audits=[work.id], standards=work.standards, problems=work.problems
    )
    ends = [row for row in rows(found) if row.measure in (TOGETHER, APART)]
    return from_rows(ends if any(row.missing for row in ends) else [], columns=found.columns)


def dip_sample(work: Dossier) -> Findings:
    """Which standards are met, the change since the round before, how far to trust it, and whom training reached."""
    given.needed(work, Dossier, "work")
    found, changes, trust = _judged(work, dip_sample_estimate(work)), reaudit_impact(work), trust_facts(work)
    told = gather(found, helped(work, found, changes, trust), stopping(work), list_parts(work))
    return told, changes, _set_right(work, trust), training_reach(work)


def reaudit(work: Dossier) -> Findings:
    """Which standards are met, the change, whether it helped, how far to trust it, and whom training reached."""
    given.needed(work, Dossier, "work")
    found, changes, trust = _judged(work, compliance(work)), reaudit_impact(work), trust_facts(work)
    impacts = gather(helped(work, found, changes, trust), list_parts(work))
    return found, changes, impacts, _set_right(work, trust), training_reach(work)


def _set_right(work: Dossier, trust: pd.DataFrame) -> pd.DataFrame:
    """How far to trust an audit, and the share good or better had a moderator graded all, where that can be said.

    Its `centre` is the share as auditors graded it. No public page has it: of so few files read again it would give
    back what is hidden of them.
    """
    found = {row.measure: row for row in rows(corrected_headline(work))} if work.audience != "public" else {}
    raw, fixed = found.get("graded_good"), found.get("graded_good_corrected")
    if raw is None or fixed is None or fixed.value is None:
        return trust
    told = fixed._replace(level=work.id, theme=work.protocol.theme, centre=raw.value)
    return gather(trust, from_rows([told], columns=[*MEASURE_COLUMNS, "centre"]))


def moderation(work: Dossier) -> Findings:
    """Whether a second reader agreed, which way grades went, the headline set right, how far to trust it, and AI."""
    given.needed(work, Dossier, "work")
    flow = moderation_flow(on_one_scale(work), standards=work.standards)
    found = inter_rater_agreement(work), flow, corrected_headline(work), second_readings(work)
    return *found, ai_readers(work)


def equity(work: Dossier, *, theme: str = "") -> Findings:
    """Whether groups of children stand out, of whom it is known to which they belong, and how far to trust it."""
    given.needed(work, Dossier, "work")
    found = compare_children(work)
    return found.assign(theme=theme), register_facts(work, "cases")


def form(work: Dossier) -> Findings:
    """Which questions of the month's forms could go, want other words or decide the grade, over all their rounds."""
    given.needed(work, Dossier, "work")
    return (form_doctor(work),)


def mirror(work: Dossier) -> Findings:
    """Which of the nine weaknesses that inspectors criticise show in a council's own auditing of twelve months."""
    given.needed(work, Dossier, "work")
    year = {name: each for name, each in of_year(work).items() if name != "period"}
    found = audit_quality(work, contradicted=grade_against_answers(**year, exact=work.audience == "internal"))
    read = _judged_of_month(work).values()
    kinds = kinds_met([row for each in read for row in rows(each)], standards=work.standards, period=work.period)
    return worth_a_look(found, exact=work.audience == "internal"), kinds, register_facts(work, "actions")


def _judged_of_month(work: Dossier) -> dict[str, pd.DataFrame]:
    """The standards of each audit of the month that was read, with their verdicts."""
    month = [replace(work, id=each.id) for each in work.handed.planned() if str(each.period) == work.period]
    return {each.id: verdict(compliance(each), standards=work.standards) for each in month if len(each.answers)}


def learning(work: Dossier) -> Findings:
    """Themes that a person released, what is good and who can share it, and what families say beside their files."""
    given.needed(work, Dossier, "work")
    sharing, returns = work.handed.learning().sharing, of_month(work)["returns"]
    about: dict[str, Any] = {"standards": work.standards, "sharing": sharing, "period": work.period}
    good = strengths(_judged_of_month(work), returns, **about)
    return learning_themes(work), good, families_beside_files(work), register_facts(work, "survey")


def tracker(work: Dossier, *, theme: str = "") -> Findings:
    """What a case review decided and who has left since, how long the rest have waited, and how far to trust it."""
    given.needed(work, Dossier, "work")
    return case_progression(work, theme=theme), open_case_ages(work, theme=theme), register_facts(work, "tracker")


def timeliness(work: Dossier, *, theme: str = "") -> Findings:
    """What was done within its limit: visits, meetings, assessments; who was seen, what is recorded, and the trust."""
    given.needed(work, Dossier, "work")
    limited = (visit_timeliness, meeting_timeliness, assessment_timeliness, conference_timeliness)
    found = (each(work, theme=theme) for each in (*limited, seen_alone, recording_lag))
    return *found, register_facts(work, "visits", "meetings", "assessments", "conferences")


def consent(work: Dossier, *, theme: str = "") -> Findings:
    """Who agreed to closures for want of consent, which are the form's word only, and how far to trust it."""
    given.needed(work, Dossier, "work")
    return consent_oversight(work, theme=theme), register_facts(work, "closures")


def escalations(work: Dossier, *, theme: str = "") -> Findings:
    """Whose escalation is resolved in time, whose waits and for how long, what it was about; how far to trust it."""
    given.needed(work, Dossier, "work")
    return escalation_ages(work, theme=theme), register_facts(work, "escalations")


def training(work: Dossier, *, theme: str = "") -> Findings:
    """Whom each course reached of the staff in post, whom not, and the files of both; how far to trust it."""
    given.needed(work, Dossier, "work")
    return training_coverage(work, theme=theme), register_facts(work, "training", "workforce")


def actions(work: Dossier, *, theme: str = "") -> Findings:
    """Whether what was found is put right: what checks found, what is late, where its thread is lost; the trust.

    What is right and what only looks so are the first two rows; what was planned beside actions is the last.
    """
    given.needed(work, Dossier, "work")
    looks, programme, staff = _looks(work), work.handed.planned(), work.register("workforce")
    catalogue: dict[str, Any] = {"programme": programme, "standards": work.standards}
    loop = action_loop(work.register("actions"), looks, workforce=staff, as_of=work.as_of, **catalogue)
    found = open_findings(looks, loop, as_of=work.as_of)
    told: dict[str, Any] = {"seed": int(work.period.replace("-", "")), "period": work.period, "theme": theme}
    joined = loop_counts(loop, found, exact=work.audience == "internal", **told, **catalogue)
    states = action_states(work, theme=theme)
    trust = register_facts(work, "actions", "workforce", "training")
    return states.iloc[:1], joined, states.iloc[1:], milestones(work, theme=theme), trust


def programme(work: Dossier) -> Findings:
    """Whether audits were done, where nobody has looked, whether samples look like their lists, who there is to look.

    The public is told of no team, no person and no sample.
    """
    given.needed(work, Dossier, "work")
    planned, day = work.handed.planned(), parse_day(work.as_of)
    answers = work.handed.answers([each.id for each in planned if each.on <= day])[0]
    files = read_once(answers)
    year = {each.id for each in planned if each.until > add_months(day, -YEAR)}
    asked = {*answers.loc[answers["audit_id"].isin(year), "standard_id"]}
    cases, public = work.register("cases"), work.audience == "public"
    holding = {*cases.loc[~(cases["closed_on"] <= pd.Timestamp(day)), "team"]}
    teams = set() if public else (holding or {*files["team"]}) - {""}
    about: dict[str, Any] = {"as_of": work.as_of, "period": work.period}
    kept = programme_kept(planned, files, **about)
    seen = coverage(
        planned, files, asked=asked, standards=work.standards, plan=work.handed.plan(), teams=teams, **about
    )
    readers = (
        []
        if public
        else [capacity(planned, read_once(answers, roles=["auditor"]), exact=work.audience == "internal", **about)]
    )
    drawn = [] if public else [sample_beside_list(work)]
    return kept.iloc[:1], seen, kept.iloc[1:], *readers, *drawn, register_facts(work, "cases", "population")


def _looks(work: Dossier) -> pd.DataFrame:
    """Each standard of each audit begun by the day, with its verdict; a critical one that failed is not met."""
    begun = [each for each in work.handed.planned() if each.on <= parse_day(work.as_of)]
    judged = ((each, verdict(compliance(replace(work, id=each.id)), standards=work.standards)) for each in begun)
    return pd.DataFrame(
        [
            (each.id, row.standard_id, pd.Timestamp(each.on), pd.Timestamp(each.until), said)
            for each, found in judged
            for row in rows(select(found, measure="compliance"))
            for said in (NOT_MET if row.rule == "X1" else row.verdict,)
        ],
        columns=[*LOOKS],
    )


_BESIDE = (  # counts of registers that a standard or an area of the plan may name in `measured_by`
    *(visit_timeliness, meeting_timeliness, assessment_timeliness, conference_timeliness, seen_alone),
    *(consent_oversight, case_progression, escalation_ages, survey_answers, action_states, vulnerability),
)


def triangulation(work: Dossier) -> Findings:
    """Who did not return, what each source says of each standard and where they conflict; grades against answers."""
    given.needed(work, Dossier, "work")
    counts = gather(*(each(work) for each in _BESIDE))
    facts = register_facts(work, "visits", "meetings", "conferences", "closures", "survey", "escalations", "tracker")
    came = select(missing_return_bounds(work), measure="returns_came")
    answered = select(counts, measure="survey_answered")
    return came, triangulate(work, counts=counts), answered, grade_against_answers(work), facts


PLAIN: Mapping[str, tuple[Callable[..., pd.DataFrame], tuple[str, ...]]] = {
    "surveys": (survey_answers, ("survey",)),
    "vulnerability": (vulnerability, ("screening",)),
    "placements": (placement_decisions, ("placements", "beds")),
    "care_leavers": (care_leavers, ("care_leavers",)),
    "private_fostering": (private_fostering, ("private_fostering",)),
    "missing": (missing_interviews, ("missing",)),
    "family_hubs": (hub_attendance, ("attendance",)),
}


def register_report(work: Dossier, report: str, *, theme: str = "") -> Findings:
    """What one of the plain registers counts, how far to trust it. Raises UsageError where no report has that name."""
    given.needed(work, Dossier, "work")
    if report not in PLAIN:
        raise UsageError(f"There is no report {quoted(report)} on a register.", fix=f"Use one of: {', '.join(PLAIN)}.")
    counts, registers = PLAIN[report]
    return counts(work, theme=theme), register_facts(work, *registers)


def _judged(work: Dossier, found: pd.DataFrame) -> pd.DataFrame:
    """The verdicts on the whole service, how many files failed each critical standard, and what was done about it."""
    found = verdict(found, standards=work.standards)
    failures = critical_failures(found, standards=work.standards)
    actions = work.register("actions")
    return gather(found, failures, put_right(failures, actions=actions, audit=work.id, as_of=work.as_of))


RECIPES: Mapping[str, Callable[[Dossier], Findings]] = {
    "thematic": thematic,
    "dip_sample": dip_sample,
    "reaudit": reaudit,
}
