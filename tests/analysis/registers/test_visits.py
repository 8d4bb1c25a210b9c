"""Visits: in time on the last day of their limit, late after it; seen, seen alone, and written up or not."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from ilacs_audit.analysis.registers.visits import recording_lag, seen_alone, visit_timeliness
from ilacs_audit.domain.catalogue.limits import Limit, Limits
from ilacs_audit.domain.measures import rows
from ilacs_audit.intake.loading import load_register
from ilacs_audit.intake.workspace import load_workspace

ROOT = Path(__file__).parents[3]
AS_OF = "2024-11-21"
LIMITS = load_workspace(ROOT).limits
HOLIDAYS = load_workspace(ROOT).holidays


def counted(found):
    return {(row.measure, row.group, row.level): (row.numerator, row.denominator) for row in rows(found)}


def visits(*made, plan="child protection"):
    """Visits of (child, day visited, day recorded or none, seen, seen alone), all dates in November 2024."""
    days = [
        {
            "child_ref": child,
            "team": "North",
            "worker_ref": "W1",
            "plan_type": plan,
            "visited_on": pd.Timestamp(2024, 11, visited),
            "recorded_on": pd.Timestamp(2024, 11, recorded) if recorded else pd.NaT,
            "seen": seen,
            "seen_alone": alone,
        }
        for child, visited, recorded, seen, alone in made
    ]
    return pd.DataFrame(days).astype({"recorded_on": "datetime64[ns]", "visited_on": "datetime64[ns]"})


def timed(table, **options):
    return counted(visit_timeliness(table, **{"limits": LIMITS, "holidays": HOLIDAYS, "as_of": AS_OF, **options}))


@pytest.mark.parametrize(("visited", "in_time"), [(6, 1), (5, 0)])
def test_a_visit_exactly_ten_working_days_ago_is_in_time_and_one_day_more_is_late(visited, in_time):
    last = ("2", 20, 20, "yes", "yes")
    found = timed(visits(("1", visited, 20, "yes", "yes"), last), as_of="2024-11-20")
    assert found["cp_visited_in_time", "all", "10 working days"] == (in_time + 1, 2)


def test_a_late_visit_between_two_is_found_though_the_last_one_was_in_time():
    late = [("1", day, day, "yes", "yes") for day in (1, 18)]
    fine = [("2", day, day, "yes", "yes") for day in (4, 18)]
    found = timed(visits(*late, *fine, ("3", 20, 20, "yes", "yes")))
    assert found["cp_visited_in_time", "all", "10 working days"] == (3, 3)
    assert found["cp_all_in_time", "all", "10 working days"] == (1, 2)  # one visit is no interval


def test_a_council_without_a_register_of_cases_has_its_visits_counted(tmp_path):
    found = timed(visits(("1", 20, 20, "yes", "yes")), cases=load_register("cases", tmp_path, key=b"key").table)
    assert found["cp_visited_in_time", "all", "10 working days"] == (1, 1)


def test_where_no_visit_says_when_it_was_written_up_nothing_is_called_unrecorded():
    assert counted(recording_lag(visits(("1", 20, None, "yes", "yes")), holidays=(), as_of=AS_OF)) == {}


def test_each_plan_is_judged_by_its_own_limit_and_a_plan_without_one_is_not_counted():
    need = visits(("1", 1, 1, "yes", "yes"), plan="child in need")
    found = timed(
        pd.concat([need, visits(("2", 1, 20, "yes", "no")), visits(("3", 20, 20, "yes", "no"), plan="other")])
    )
    assert found["visited_in_time", "plan type", "child in need"] == (1, 1)
    assert found["visited_in_time", "plan type", "child protection"] == (0, 1)
    assert {level for _, group, level in found if group == "plan type"} == {"child in need", "child protection"}


def test_a_limit_is_the_one_in_force_on_the_day_of_the_page():
    def rule(days, **dates):
        told = {"title": "A visit", "clock": "the visit before", "status": "local", "source": "Ours"}
        return Limit("cp-visit", at_most=days, unit="working days", **told, **dates)

    limits = Limits((rule(10, in_force_to=date(2024, 10, 31)), rule(15, in_force_from=date(2024, 11, 1))))
    assert limits.on(date(2024, 10, 31))["cp-visit"].at_most == 10
    assert limits.on(date(2024, 11, 1))["cp-visit"].length == "15 working days"


def test_seen_alone_is_asked_of_those_who_were_seen_and_a_blank_is_no_no():
    log = visits(*(("1", 4, 4, "no", "no"), ("1", 8, 8, "yes", "yes")), ("2", 8, 8, "yes", ""), ("3", 8, 8, "no", "no"))
    found = counted(seen_alone(log, as_of=AS_OF))
    assert found["child_seen", "all", "all"] == (2, 3)
    assert found["child_seen_alone", "all", "all"] == (1, 1)


def test_not_recorded_is_a_row_of_its_own_and_the_rows_are_all_the_children():
    log = visits(("1", 4, 4, "yes", ""), ("2", 4, 7, "yes", ""), ("3", 4, None, "yes", ""), ("4", 4, 22, "yes", ""))
    found = {level: k for (_, _, level), (k, _) in counted(recording_lag(log, holidays=(), as_of=AS_OF)).items()}
    assert found["not recorded yet"] == 2  # one of them was written up after the day of the page
    assert found["after 3 to 5 working days"] == found["on the day"] == 1
    assert sum(found.values()) == 4


WHOLE = ("all", "10 working days")


def test_a_log_that_stops_is_never_in_time_and_the_page_says_up_to_when_it_tells():
    found = timed(visits(*((str(child), 1, 2, "yes", "yes") for child in range(20))))
    assert found["cp_visited_in_time", *WHOLE] == (0, 20)
    assert found["cp_visited_in_time", "team", "North"] == (0, 20)
    assert found["visit_not_known", "all", "2 November 2024"] == (20, 20)
    assert [key[0] for key in found if key[1] == "all"][:2] == ["visit_not_known", "cp_visited_in_time"]  # the headline


def test_a_visit_that_the_log_itself_shows_to_be_late_is_late_and_not_unknown():
    found = timed(visits(("1", 1, 1, "yes", "yes"), ("2", 20, 20, "yes", "yes")))
    assert found["cp_visited_in_time", *WHOLE] == (1, 2)
    assert not [key for key in found if key[0] == "visit_not_known"]


def test_every_visit_in_time_includes_the_gap_that_is_still_open():
    stopped = [("1", day, day, "yes", "yes") for day in (1, 4)]
    found = timed(visits(*stopped, ("2", 20, 20, "yes", "yes")))
    assert found["cp_all_in_time", *WHOLE] == (0, 1)


@pytest.mark.parametrize("said", ["CPP", "Child Protection", "child-protection plan", " CP "])
def test_a_plan_spelt_otherwise_is_the_plan(said):
    assert timed(visits(("1", 20, 20, "yes", "yes"), plan=said))["cp_visited_in_time", *WHOLE] == (1, 1)


def test_a_plan_that_is_not_known_is_a_row_and_told_as_set_aside():
    log = pd.concat([visits(("1", 20, 20, "yes", "yes"), plan=""), visits(("2", 20, 20, "yes", "yes"), plan="step up")])
    found = timed(pd.concat([log, visits(("3", 20, 20, "yes", "yes"))]))
    assert found["plan_not_known", "all", "all"] == (2, 3)
    assert found["set_aside", "rule", "plan not known in visits"] == (2, None)
    plans = {level: n for (m, g, level), (_, n) in counted(seen_alone(log, as_of=AS_OF)).items() if m == "child_seen"}
    assert plans == {"all": 2, "plan not known": 2}


def closures(*told, plan="CPP"):
    table = pd.DataFrame(told, columns=["child_ref", "closed_on"])
    days = {"closed_on": pd.to_datetime(table["closed_on"]), "opened_on": pd.Timestamp(2024, 1, 8)}
    return table.assign(plan_type=plan, **days)


def test_a_closed_case_is_owed_no_visit_and_one_opened_again_is():
    log = visits(*((child, 1, 1, "yes", "yes") for child in "1234"), ("5", 20, 20, "yes", "yes"))
    cases = closures(("1", "2024-11-04"), ("2", "2024-11-04"), ("2", None), ("3", None), ("4", "2024-10-01"))
    found = timed(log, cases=cases)
    other = pd.concat([log, visits(("6", 20, 20, "yes", "yes"), plan="step up")])
    assert timed(other, cases=cases)["plan_not_known", "all", "all"] == (1, 6)
    assert found["visit_not_owed", "all", "all"] == (1, 5)  # 4 was visited after the closing
    assert found["cp_visited_in_time", *WHOLE] == (1, 4)


def test_who_is_in_no_count_and_the_worst_lead_and_the_two_lists_can_be_reconciled():
    log = visits(*((child, 20, 20, "yes", "yes") for child in "123"), ("1", 1, 1, "yes", "yes"))
    found = timed(log, cases=closures(("1", None), ("2", None), ("8", None), ("9", None)))
    assert [key[0] for key in found if key[1] == "all"][:2] == ["cp_not_in_log", "cp_all_in_time"]
    assert found["cp_not_in_log", "all", "all"] == (2, 4)
    assert found["cp_all_in_time", *WHOLE] == (0, 1)
    assert found["cp_log_alone", "all", "all"] == (1, 3)  # 4 less 2 are 3 less 1


def test_of_two_rows_on_one_day_the_child_was_seen_if_either_says_so_in_any_order():
    log = visits(("1", 8, None, "yes", "yes"), ("1", 8, 9, "no", "no"), ("2", 8, 8, "no", ""), ("2", 8, 8, "", ""))
    for table in (log, log[::-1]):
        found = counted(seen_alone(table, as_of=AS_OF))
        assert found["child_seen", "all", "all"] == (1, 2)
        assert found["child_seen_alone", "all", "all"] == (1, 1)


def test_on_the_day_is_the_day_itself_and_a_record_before_the_visit_has_its_own_row():
    log = visits(("1", 16, 16, "yes", ""), ("2", 16, 17, "yes", ""), ("3", 18, 15, "yes", ""))  # 16 is a Saturday
    found = counted(recording_lag(log, holidays=(), as_of=AS_OF))
    lags = {level: k for (measure, _, level), (k, _) in found.items() if measure == "recorded_after"}
    assert lags["on the day"] == lags["later, within 2 working days"] == lags["recorded before the visit"] == 1
    assert sum(lags.values()) == 3
    assert found["set_aside", "rule", "recorded before the visit in visits"] == (1, None)


def test_children_on_a_plan_whom_the_log_does_not_name_are_a_row():
    log = visits(("1", 20, 20, "yes", "yes"))
    cases = closures(
        ("1", None), ("2", None), ("3", None), ("3", "2024-10-01"), ("4", "2024-10-01"), ("5", "2024-11-29")
    )
    assert timed(log, cases=cases)["cp_not_in_log", "all", "all"] == (3, 4)  # 2, 3 and 5; the case of 4 is closed
    assert ("cp_not_in_log", "all", "all") not in timed(log, cases=closures(("9", None), plan="child in need"))


def test_a_child_is_judged_by_the_plan_of_today_where_the_cases_register_knows_it():
    """A child who left a protection plan two weeks ago is late by the old plan, and in time by the new one."""
    log = visits(("1", 1, 1, "yes", "yes"), ("2", 20, 20, "yes", "yes"))
    cases = pd.concat(
        [closures(("1", "2024-11-04"), ("2", None)), closures(("1", None), plan="child in need")], ignore_index=True
    )
    found = timed(log, cases=cases)
    assert found["cp_visited_in_time", *WHOLE] == (1, 1)
    assert found["visited_in_time", "plan type", "child in need"] == (1, 1)
    assert ("cp_log_alone", "all", "all") not in found
    other = closures(("1", None), ("2", None), plan="assessment")  # a plan without a limit tells nothing of visits
    assert timed(log, cases=other)["cp_visited_in_time", *WHOLE] == (1, 2)


def test_a_box_left_blank_is_no_visit_alone_and_no_visit_with_others():
    made = [(str(child), 18, 18, "yes", alone) for child, alone in enumerate(["yes", "yes", "", "unknown", ""])]
    found = counted(seen_alone(visits(*made, ("6", 18, 18, "no", "")), as_of=AS_OF, holidays=HOLIDAYS))
    assert found["child_seen_alone", "all", "all"] == (2, 2)
    assert found["alone_not_known", "all", "all"] == (3, 5)


def test_a_visit_under_an_earlier_plan_is_not_judged_by_the_limit_of_this_one():
    need = visits(("1", 1, 1, "yes", "yes"), plan="child in need")
    log = pd.concat([need, visits(("1", 18, 18, "yes", "yes"), ("2", 8, 8, "yes", "yes"), ("2", 20, 20, "yes", "yes"))])
    found = timed(log)
    assert found["cp_visited_in_time", *WHOLE] == (2, 2)
    assert found["cp_all_in_time", *WHOLE] == (1, 1)


def test_visits_that_name_no_team_are_told_by_that_of_the_case():
    log = visits(*((child, 20, 20, "yes", "yes") for child in "123")).assign(team="")
    cases = closures(("1", None), ("2", None)).assign(team=["North", "South"])
    found = timed(log, cases=cases)
    teams = {level: pair for (_, group, level), pair in found.items() if group == "team"}
    assert teams == {"North": (1, 1), "South": (1, 1), "": (1, 1)}  # of one nobody knows, which the page calls so
    kept = timed(visits(("1", 20, 20, "yes", "yes")), cases=cases.assign(team="Elsewhere"))
    assert kept["cp_visited_in_time", "team", "North"] == (1, 1)


def test_children_of_a_plan_for_which_no_limit_is_in_force_are_told_as_judged_by_none():
    log = pd.concat([visits(("1", 20, 20, "yes", "yes")), visits(("2", 20, 20, "yes", "yes"), plan="care")])
    only = Limits(tuple(each for each in LIMITS.limits if each.id == "cp-visit"))
    found = timed(log, limits=only)
    assert found["cp_visited_in_time", *WHOLE] == (1, 1)
    assert found["set_aside", "rule", "no limit of time in force in visits"] == (1, None)


def test_a_list_that_says_alone_and_not_seen_is_told_of_those_of_whom_it_says_it():
    log = visits(("1", 8, 8, "", "yes"), ("2", 8, 8, "", "no"), ("3", 8, 8, "", ""), ("4", 8, 8, "no", "no"))
    found = counted(seen_alone(log, as_of=AS_OF))
    assert found["child_seen_alone", "all", "all"] == (1, 2)
    assert found["child_seen", "all", "all"] == (0, 1)
