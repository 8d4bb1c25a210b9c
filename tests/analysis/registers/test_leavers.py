"""Care leavers: in touch, in education or work, plan reviewed and contacted in time; silence is a row of its own."""

from pathlib import Path

import pytest

from ilacs_audit.analysis.registers.leavers import care_leavers
from ilacs_audit.domain.catalogue.limits import Limits
from ilacs_audit.intake.workspace import load_workspace
from tests.analysis.registers.test_lists import AS_OF, counted, register

WORK = load_workspace(Path(__file__).parents[3])
RULES = {"limits": WORK.limits, "holidays": WORK.holidays}


def leaver(child, *, kind="Former relevant", touch="Yes", contacted="2024-11-04", reviewed="2024-09-02", activity="F2"):
    return (child, "Leaving Care", "Pat", kind, touch, contacted, reviewed, activity)


def found(*told, **options):
    return counted(care_leavers(register("care_leavers", *told), **{"as_of": AS_OF, **RULES, **options}))


NOW = leaver("0", contacted="2024-11-21")  # the list tells up to the day of the page


@pytest.mark.parametrize(("reviewed", "kept"), [("2024-05-21", 2), ("2024-05-20", 1)])
def test_a_pathway_plan_is_reviewed_in_six_calendar_months_and_not_in_182_days(reviewed, kept):
    assert found(NOW, leaver("1", reviewed=reviewed))["leaver_plan_in_time", "6 months"] == (kept, 2)


@pytest.mark.parametrize(("contacted", "kept"), [("2024-09-21", 2), ("2024-09-20", 1)])
def test_contact_within_two_months_is_not_contact_within_eight_weeks(contacted, kept):
    assert found(NOW, leaver("1", contacted=contacted))["leaver_contact_in_time", "2 months"] == (kept, 2)


def test_a_date_that_nobody_wrote_is_never_in_time_and_has_a_row():
    told = found(NOW, leaver("1", contacted=None, reviewed=None), leaver("2", reviewed=None))
    assert told["leaver_plan_in_time", "6 months"] == (1, 3)
    assert told["leaver_plan_undated", "all"] == (2, 3)
    assert told["leaver_contact_undated", "all"] == (1, 3)


def test_a_list_without_any_date_tells_of_no_delay_and_says_so():
    told = found(leaver("1", contacted=None, reviewed=None), leaver("2", contacted=None, reviewed=None))
    assert told["leaver_plan_in_time", "6 months"] == told["leaver_contact_in_time", "2 months"] == (None, None)
    assert told["leaver_eet", "all"] == (2, 2)


def test_a_limit_that_passed_after_the_list_ends_is_not_known_and_not_late():
    ended = found(leaver("1", contacted="2024-09-10"), leaver("2", contacted="2024-11-04"), as_of="2024-11-15")
    assert ended["leaver_contact_since", "4 November 2024"] == (1, 2)
    assert ended["leaver_contact_in_time", "2 months"] == (1, 2)


def test_education_and_work_are_told_of_all_and_what_nobody_knows_is_a_row():
    codes = ["F1", "p2", "F4: apprenticeship", "G5", "d) G6", "NEET", "EET", "", "at home with Ann"]
    told = found(*(leaver(str(n), activity=each) for n, each in enumerate(codes)))
    assert told["leaver_eet", "all"] == (4, 9)
    assert told["leaver_neet", "all"] == (3, 9)
    assert told["leaver_activity_unknown", "all"] == (2, 9)


def test_who_has_died_is_in_no_count_and_who_needs_no_service_is_owed_no_plan():
    said = ["a) Yes", "No", "REFU", "Died", "NREQ", "Rhom", "", "yes - in touch"]
    told = found(*(leaver(str(n), touch=each) for n, each in enumerate(said)), leaver("9", kind="c) Qualifying"))
    assert told["leaver_in_touch", "all"] == (3, 8)
    assert told["leaver_touch_unknown", "all"] == (1, 8)
    assert told["leaver_plan_in_time", "6 months"] == (5, 5)
    assert told["leaver_not_owed", "all"] == (3, 8)


def test_a_young_person_on_the_list_twice_counts_once_by_the_latest_contact():
    told = found(leaver("1", contacted="2024-05-01", activity="G5"), leaver("1"), NOW)
    assert (told["leaver_eet", "all"], told["leaver_contact_in_time", "2 months"]) == ((2, 2), (2, 2))


def test_without_a_limit_nobody_is_judged_and_an_empty_list_says_nothing():
    told = found(NOW, limits=Limits())
    assert ("leaver_plan_in_time", "6 months") not in told
    assert told["set_aside", "no limit of time in force in care leavers"] == (1, None)
    assert found() == {}
