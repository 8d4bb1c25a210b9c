"""Evidence that cannot over-claim: the names a notebook author uses, as `import ilacs_audit as ia`.

Three words first: `open_audit` gives the evidence, nouns give findings, `page` takes them through the gate.
`load_*` reads, nouns compute, `*_plot`, `*_chart` and `*_table` show, `save_*` writes. The
table comes first, options are named, a new table is returned. A room is opened when one of
its names is first used, so that a command that needs no tables does not wait for them.
"""

from importlib import import_module
from typing import Any

_ROOMS = {
    "domain.measures": ("gather", "select"),
    "domain.calendar": ("Period",),
    "stats.intervals": (
        "clopper_pearson_interval",
        "hypergeometric_interval",
        "newcombe_difference",
        "paired_difference",
        "wilson_fpc_interval",
        "wilson_interval",
    ),
    "stats.lists.alike": ("chance_of_so_unlike", "least_seen"),
    "stats.lists.sequential": ("confidence_sequence", "sequence_evidence"),
    "stats.lists.stratified": ("stratified_interval",),
    "stats.comparison": ("boschloo", "false_discovery", "mcnemar_midp", "trend_test"),
    "stats.spc": ("p_chart_limits", "run_chart", "xmr_limits"),
    "stats.spc_rules": ("making_data_count",),
    "stats.chart_choice": ("choose_chart",),
    "stats.funnel": ("funnel_flags", "funnel_limits"),
    "stats.agreement": ("corrected_proportion", "gwet_ac", "krippendorff_alpha", "weighted_kappa"),
    "stats.movement": ("movement",),
    "stats.sampling": ("detectable_change", "sample_size", "sample_size_change", "zero_failure_size"),
    "intake.workspace": ("load_workspace",),
    "intake.open_audit": ("open_audit", "open_edition", "open_evidence"),
    "intake.catalogue": ("load_plan", "load_programme", "load_standards"),
    "intake.commentary": ("load_commentary",),
    "intake.identity.pseudonyms": ("pseudonymise",),
    "intake.identity.linking": ("link_records",),
    "intake.annex_a.reading": ("load_annex_a",),
    "intake.database": ("load_database",),
    "intake.gym.reading": ("load_gym",),
    "intake.loading": (
        "load_returns",
        "load_actions",
        "load_assessments",
        "load_attendance",
        "load_beds",
        "load_care_leavers",
        "load_cases",
        "load_closures",
        "load_conferences",
        "load_escalations",
        "load_meetings",
        "load_missing",
        "load_placements",
        "load_population",
        "load_private_fostering",
        "load_screening",
        "load_survey",
        "load_tracker",
        "load_training",
        "load_visits",
        "load_workforce",
    ),
    "analysis.audits.compliance": ("compliance", "dip_sample_estimate"),
    "analysis.draw": ("draw_sample",),
    "analysis.recipes": (
        *(
            "actions",
            "consent",
            "dip_sample",
            "equity",
            "escalations",
            "form",
            "learning",
            "mirror",
            "moderation",
            "programme",
            "reaudit",
            "register_report",
            "thematic",
            "timeliness",
            "tracker",
            "training",
            "triangulation",
        ),
    ),
    "analysis.audits.agreement": ("inter_rater_agreement",),
    "analysis.audits.ai_readers": ("ai_readers",),
    "analysis.audits.corrected": ("corrected_headline",),
    "analysis.audits.contradictions": ("grade_against_answers",),
    "analysis.audits.form": ("form_doctor",),
    "analysis.audits.missing_returns": ("missing_return_bounds",),
    "analysis.audits.triangulation": ("triangulate",),
    "analysis.audits.grades": ("grade_distribution", "moderation_flow"),
    "analysis.audits.impact": ("impact",),
    "analysis.audits.groups": ("compare_children", "compare_groups", "team_estimates"),
    "analysis.audits.over_time": ("compliance_over_time",),
    "analysis.audits.reaudit": ("reaudit_impact",),
    "analysis.registers.consent": ("consent_oversight",),
    "analysis.registers.escalations": ("escalation_ages",),
    "analysis.registers.timeliness": ("assessment_timeliness", "conference_timeliness", "meeting_timeliness"),
    "analysis.registers.visits": ("recording_lag", "seen_alone", "visit_timeliness"),
    "analysis.registers.tracker": ("case_progression", "open_case_ages"),
    "analysis.registers.training": ("training_reach",),
    "analysis.learning.themes": ("frequent_phrases",),
    "analysis.gym.results": ("gym_results",),
    "analysis.plan.improvement": ("improvement_plan",),
    "analysis.plan.overview": ("overview",),
    "analysis.plan.since": ("since_last",),
    "analysis.audits.trust": ("trust_facts",),
    "claims.verdicts.verdicts": ("verdict",),
    "claims.change.changes": ("change",),
    "claims.change.impact": ("impact_status",),
    "claims.change.chance": ("expected_false_flags",),
    "claims.sentences.sentences": ("sentence",),
    "claims.prose.keep": ("licensed",),
    "claims.sentences.readers.gym": ("gym_answer",),
    "claims.sentences.method_notes": ("method_notes",),
    "claims.prose.linter": ("lint_prose",),
    "claims.sentences.power": ("power_card",),
    "disclosure.gate.page": ("page",),
    "disclosure.gate.release": ("release",),
    "disclosure.additive.attack": ("attack",),
    "disclosure.search.scan": ("scan",),
    "display.page.sections": ("closing", "opening"),
    "display.page.words": ("commentary", "decisions", "headline", "provenance", "title"),
    "domain.counting": ("small_groups_together",),
    "display.page.trust.box": ("trust_box",),
    "display.page.filters": ("filters",),
    "display.page.coverage": ("booked_table", "coverage_map", "told_list"),
    "display.page.learning": ("families_table", "strengths_table", "themes_table"),
    "display.page.sample": ("sample_table",),
    "display.page.mirror": ("mirror_table",),
    "display.page.challenges": ("challenges",),
    "display.page.areas": ("areas_table",),
    "display.page.front": ("contents", "practice"),
    "display.page.since": ("since_list",),
    "display.page.plan": ("plan_areas", "plan_glance", "plan_items"),
    "display.tables.agreement": ("agreement_table", "corrected_table", "moderators_table"),
    "display.tables.comparison": ("comparison_table",),
    "display.tables.form": ("form_tables",),
    "display.tables.gym": (
        *("gym_councils_table", "gym_drift_table", "gym_method", "gym_questions_table", "gym_readers_table"),
        "gym_standards_table",
    ),
    "display.tables.measures": ("evidence_table", "measures_table", "problems_table"),
    "display.charts.closing": ("closing_chart",),
    "display.charts.grades": ("flow_plot", "grade_bar"),
    "display.charts.groups": ("funnel_plot", "heat_map", "interval_plot"),
    "display.charts.impacts": ("impact_table",),
    "display.tables.registers": ("actions_table", "aims_table", "equity_tables", "register_table", "register_tables"),
    "display.tables.sources": ("bounds_table", "grades_table", "returns_table", "sources_table"),
    "display.tables.reach": ("reach_table",),
    "display.charts.parts": ("parts_table",),
    "display.charts.stopping": ("stop_table",),
    "display.charts.rounds": ("before_after_plot",),
    "display.charts.paper": ("save_chart",),
    "display.charts.series": ("spc_chart",),
    "display.tables.timelines": ("timeline",),
    "desks.desk": ("desk",),
    "publishing.draft": ("draft",),
    "publishing.first.audit": ("new_audit",),
    "publishing.run.batch": ("run",),
    "publishing.twins.documents": ("documents",),
    "publishing.edition.figures_csv": ("save_measures",),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    """Open the room of a public name the first time it is used."""
    if name not in _HOME:
        raise AttributeError(_unknown(name))
    return getattr(import_module(f"ilacs_audit.{_HOME[name]}"), name)


def _unknown(name: str) -> str:
    """What to say of a name that is not there: IPython asks for some of its own, so nothing is opened for it."""
    from difflib import get_close_matches

    meant = " or ".join(f"ia.{each}" for each in get_close_matches(name, __all__, n=2))
    return f"ilacs_audit has no public name '{name}'.{f' Did you mean {meant}?' if meant else ''}"


def __dir__() -> list[str]:
    return __all__
