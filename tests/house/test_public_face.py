"""The names a notebook author relies on: those that are fixed, and those still to be built."""

import inspect
import re
from pathlib import Path

import pytest

import ilacs_audit

FIXED = re.findall(
    r"\w+",
    """
wilson_interval clopper_pearson_interval hypergeometric_interval wilson_fpc_interval newcombe_difference
sequence_evidence confidence_sequence stratified_interval
paired_difference boschloo mcnemar_midp trend_test false_discovery xmr_limits p_chart_limits making_data_count
run_chart choose_chart funnel_limits funnel_flags weighted_kappa gwet_ac krippendorff_alpha corrected_proportion
sample_size sample_size_change zero_failure_size detectable_change load_standards load_plan load_programme
open_audit open_evidence page opening closing thematic dip_sample reaudit load_database load_assessments
load_conferences load_placements load_beds load_care_leavers load_private_fostering load_missing
load_returns load_annex_a load_cases load_visits load_tracker load_closures load_training load_workforce
load_attendance load_escalations load_actions load_meetings load_screening load_survey pseudonymise link_records
compliance compliance_over_time compare_groups grade_distribution dip_sample_estimate reaudit_impact
moderation_flow training_reach verdict change impact_status sentence lint_prose power_card release attack scan
case_progression open_case_ages consent consent_oversight tracker timeliness visit_timeliness seen_alone recording_lag
escalations escalation_ages triangulation triangulate missing_return_bounds grade_against_answers
assessment_timeliness conference_timeliness meeting_timeliness register_table
stop_table interval_plot spc_chart funnel_plot before_after_plot heat_map flow_plot grade_bar timeline measures_table
form form_doctor form_tables
moderation inter_rater_agreement corrected_headline movement agreement_table corrected_table moderators_table
gym_results gym_answer load_gym gym_readers_table gym_questions_table gym_standards_table gym_drift_table
gym_councils_table gym_method
comparison_table evidence_table problems_table title headline commentary trust_box provenance save_measures run
""",
)

# Named by the design and not built yet; each leaves this list in the issue that builds it.
LATER = {
    "the evidence of one report beside another's": (
        "expected_rebound",
        "audit_quality_mirror",
    ),
    "the registers as reports": ("hub_reach",),
    "the plan and the programme": (
        *("action_closure", "closed_on_paper", "programme_progress", "coverage", "plan_evidence", "plan_status"),
    ),
    "issue 6, unattended runs": ("rebuild",),
}
PARAMETERS = ("audit", "period", "as_of", "audience", "workspace", "evidence", "store")
READS, SHOWS, WRITES = "load_", ("_plot", "_chart", "_table"), "save_"


@pytest.mark.parametrize("name", FIXED)
def test_a_fixed_name_is_there_and_says_what_it_does(name):
    assert name in ilacs_audit.__all__
    assert (inspect.getdoc(getattr(ilacs_audit, name)) or "").strip()


def test_what_is_still_to_be_built_is_not_there_yet():
    built = {name for names in LATER.values() for name in names} & set(ilacs_audit.__all__)
    assert not built, f"Built: move {', '.join(sorted(built))} from LATER to FIXED."


def test_the_doors_to_evidence_take_the_same_options():
    options = [
        set(inspect.signature(getattr(ilacs_audit, name)).parameters) for name in ("open_audit", "open_evidence")
    ]
    assert options[0] - options[1] == {"audit"} and options[1] - options[0] == {"report"}
    assert options[0] == {*PARAMETERS}


def test_every_public_name_opens():
    assert all(getattr(ilacs_audit, name) is not None for name in ilacs_audit.__all__)


def test_a_name_that_does_not_exist_is_refused_in_words():
    with pytest.raises(AttributeError, match=r"no public name 'improved'\.$"):
        ilacs_audit.improved  # noqa: B018 asking for the name is the test
    with pytest.raises(AttributeError, match=r"Did you mean ia\.compliance"):
        ilacs_audit.complaince  # noqa: B018 asking for the name is the test


def test_editors_are_told_every_name_by_a_stub(request):
    """`ilacs_audit/__init__.pyi` is generated: run with --rewrite-golden after a name came or went."""
    home = {name: room for room, names in ilacs_audit._ROOMS.items() for name in names}
    lines = [
        f"from ilacs_audit.{home[name]} import {name} as {name}" for name in sorted(home, key=lambda n: (home[n], n))
    ]
    stub = Path(ilacs_audit.__file__).with_suffix(".pyi")
    text = "\n".join([*lines, "", "_ROOMS: dict[str, tuple[str, ...]]", "__all__: list[str]", ""])
    if request.config.getoption("--rewrite-golden"):
        stub.write_text(text, encoding="utf-8")
    assert stub.read_text(encoding="utf-8") == text
    assert stub.with_name("py.typed").is_file()


def test_names_tell_the_room_they_come_from():
    home = {name: getattr(ilacs_audit, name).__module__.split(".")[1] for name in FIXED}
    assert {home[name] for name in FIXED if name.startswith(READS)} == {"intake"}
    assert {home[name] for name in FIXED if name.endswith(SHOWS) and name not in ("choose_chart", "run_chart")} == {
        "display"
    }
    assert {home[name] for name in FIXED if name.startswith(WRITES)} == {"publishing"}


@pytest.mark.parametrize("name", [name for name in FIXED if name.startswith(READS)])
def test_what_reads_takes_its_source_first(name):
    first, *rest = inspect.signature(getattr(ilacs_audit, name)).parameters.values()
    assert first.kind == first.POSITIONAL_OR_KEYWORD
    assert all(each.kind == each.KEYWORD_ONLY for each in rest)
