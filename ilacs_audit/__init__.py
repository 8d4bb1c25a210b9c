"""Evidence that cannot over-claim: the names a notebook author uses, as `import ilacs_audit as ia`.

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
    "stats.comparison": ("boschloo", "false_discovery", "mcnemar_midp", "trend_test"),
    "stats.spc": ("p_chart_limits", "run_chart", "xmr_limits"),
    "stats.spc_rules": ("making_data_count",),
    "stats.chart_choice": ("choose_chart",),
    "stats.funnel": ("funnel_flags", "funnel_limits"),
    "stats.agreement": ("corrected_proportion", "gwet_ac", "krippendorff_alpha", "weighted_kappa"),
    "stats.sampling": ("detectable_change", "sample_size", "sample_size_change", "zero_failure_size"),
    "intake.workspace": ("load_workspace",),
    "intake.catalogue": ("load_plan", "load_programme", "load_standards"),
    "intake.commentary": ("load_commentary",),
    "intake.returns": ("load_returns",),
    "intake.pseudonyms": ("pseudonymise",),
    "intake.linking": ("link_records",),
    "intake.annex_a": ("load_annex_a",),
    "intake.registers": (
        "load_actions",
        "load_attendance",
        "load_cases",
        "load_closures",
        "load_escalations",
        "load_meetings",
        "load_screening",
        "load_survey",
        "load_tracker",
        "load_training",
        "load_visits",
        "load_workforce",
    ),
    "analysis.compliance": ("compliance", "dip_sample_estimate"),
    "analysis.draw": ("draw_sample",),
    "analysis.grades": ("grade_distribution", "moderation_flow"),
    "analysis.impact": ("impact",),
    "analysis.groups": ("compare_groups",),
    "analysis.over_time": ("compliance_over_time",),
    "analysis.reaudit": ("reaudit_impact",),
    "analysis.training": ("training_reach",),
    "analysis.trust": ("trust_facts",),
    "claims.verdicts": ("verdict",),
    "claims.changes": ("change",),
    "claims.impact": ("impact_status",),
    "claims.luck": ("expected_false_flags", "fdr"),
    "claims.sentences": ("sentence",),
    "claims.licensed": ("licensed",),
    "claims.method": ("method_notes",),
    "claims.prose": ("lint_prose",),
    "claims.power": ("power_card",),
    "disclosure.release": ("release",),
    "disclosure.attack": ("attack",),
    "disclosure.scan": ("scan",),
    "display.page": ("commentary", "decisions", "headline", "provenance", "title"),
    "domain.counting": ("small_groups_together",),
    "display.facts": ("trust_box",),
    "display.filters": ("filters",),
    "display.comparison": ("comparison_table",),
    "display.tables": ("evidence_table", "measures_table", "problems_table"),
    "display.grades": ("flow_plot", "grade_bar"),
    "display.groups": ("funnel_plot", "heat_map", "interval_plot"),
    "display.impacts": ("group_funnel", "impact_table", "months_chart"),
    "display.reach": ("reach_table",),
    "display.rounds": ("before_after_plot",),
    "display.series": ("spc_chart",),
    "display.timelines": ("timeline",),
    "publishing.batch": ("run",),
    "publishing.measures": ("save_measures",),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    """Open the room of a public name the first time it is used."""
    if name not in _HOME:
        raise AttributeError(f"ilacs_audit has no public name '{name}'")
    return getattr(import_module(f"ilacs_audit.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
