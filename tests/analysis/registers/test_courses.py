"""Whom training reached of the staff in post on a day: people and not attendances, and expected is not done."""

from datetime import date

import pandas as pd
import pytest

from ilacs_audit.analysis.registers.courses import training_coverage
from ilacs_audit.domain.measures import rows
from tests import build
from tests.shelf import NOW, answers

COURSE = {"id": "plans", "title": "Plans course", "on": date(2024, 10, 1), "kind": "training", "standards": ["CON-1"]}
PROGRAMME = build.programme(build.audit(NOW, period="2024-11", on=date(2024, 11, 11), interventions=[COURSE]))

ROUND = f"{PROGRAMME.audits[0].title}, read from 11 November 2024"


def training(*rows_of):
    """Rows of (person, day, booked, attended), of the plans course and of social workers unless given."""
    columns = ["person_ref", "on", "booked", "attended", "course", "role"]
    made = [(*each, "plans", "Social worker")[:6] if len(each) == 4 else each for each in rows_of]
    frame = pd.DataFrame(made, columns=columns).assign(team="North", event_id="1")
    return frame.assign(on=pd.to_datetime(frame["on"]))


def workforce(*people):
    """Rows of (person, team, day started, day left)."""
    frame = pd.DataFrame(people, columns=["person_ref", "team", "started_on", "left_on"]).assign(role="Social worker")
    days = ("started_on", "left_on", "notice_given_on", "notice_withdrawn_on")
    return frame.assign(**{name: pd.to_datetime(frame.get(name, pd.Series(pd.NaT, frame.index))) for name in days})


STAFF = workforce(*((f"P{place}", "North", "2020-01-01", None) for place in range(8)))
TOLD = training(
    ("P0", "2024-10-01", "yes", "yes"),
    ("P0", "2024-10-08", "yes", "yes"),
    ("P1", "2024-10-01", "yes", "no"),
    ("P1", "2024-10-08", "yes", "yes"),
    ("P2", "2024-10-01", "yes", "no"),
    ("P3", "2024-10-01", "yes", ""),
    ("P4", "2024-11-22", "yes", ""),
    ("Carer", "2024-10-01", "yes", "yes"),
)

LATER = training(("P5", "2024-11-11", "yes", "yes"))  # a session after the round had begun


def counted(table=TOLD, staff=STAFF, as_of="2024-11-21", programme=PROGRAMME, **options):
    found = rows(training_coverage(table, staff, programme=programme, as_of=as_of, **options))
    return {(row.measure, row.level): (row.numerator, row.denominator) for row in found}


def test_everybody_named_for_a_course_is_in_one_count_and_a_person_at_two_sessions_counts_once():
    found = {measure: pair for (measure, level), pair in counted().items() if measure.startswith("course_")}
    assert found == {"course_came": (3, 6), "course_ahead": (1, 6), "course_absent": (1, 6), "course_untold": (1, 6)}
    assert sum(k for k, _ in found.values()) == 6


def test_a_programme_that_names_no_course_leaves_nobody_out():
    nameless = build.programme(build.audit(NOW, period="2024-11", on=date(2024, 11, 11)))
    found = {
        measure: pair for (measure, _), pair in counted(programme=nameless).items() if measure.startswith("course")
    }
    assert found == {"course_came": (3, 6), "course_ahead": (1, 6), "course_absent": (1, 6), "course_untold": (1, 6)}


def test_of_the_staff_in_post_the_carer_is_none_and_who_is_booked_or_not_recorded_is_not_left_out():
    found = counted()
    assert (found["staff_came", "Plans course"], found["staff_left_out", "Plans course"]) == ((2, 8), (4, 8))


@pytest.mark.parametrize(("as_of", "pair"), [("2024-11-21", (1, 6)), ("2024-11-22", (0, 6)), ("2024-09-30", (6, 6))])
def test_who_is_still_to_come_moves_with_the_day_that_the_page_names(as_of, pair):
    assert counted(as_of=as_of)["course_ahead", "Plans course"] == pair


@pytest.mark.parametrize(
    ("staff", "size"),
    [
        (workforce(("P0", "North", "2020-01-01", "2024-11-21"), ("P1", "North", "2024-11-21", None)), 2),
        (workforce(("P0", "North", "2020-01-01", "2024-11-20"), ("P1", "North", "2020-01-01", None)), 1),
        (workforce(("P0", "North", "2024-11-22", None), ("P1", "North", "2020-01-01", None)), 1),
        (workforce(("P0", "North", "2020-01-01", None), ("vacant", "North", None, None)), 1),
        (workforce(("P0", "North", None, None), ("P1", "North", None, None)), 2),
        (workforce(("P0", "North", "2020-01-01", None), ("P0", "South", "2024-01-01", None)), 1),
    ],
)
def test_in_post_is_who_has_started_and_not_left_each_once(staff, size):
    assert counted(staff=staff)["staff_came", "Plans course"][1] == size


def named_for(course, *people, said="yes", booked="yes", role="Social worker"):
    return training(*((each, "2024-10-01", booked, said, course, role) for each in people))


def test_a_course_that_few_are_named_for_is_put_with_others_and_the_support_of_young_people_is_none():
    own = [named_for("With Ann Other", "P0", "P1", "P2", "P3"), named_for("Another", "P4", "P5")]
    young = named_for("jobs", *(f"Y{place}" for place in range(9)), role="Care leaver")
    courses = {level for measure, level in counted(pd.concat([*own, young])) if measure.startswith("course_")}
    assert courses == {"another course"}
    few = {("set_aside", "few named for it in training"): (1, None)}  # courses and not people: those would be a row
    assert counted(pd.concat([own[0], young])) == few
    assert counted(TOLD[TOLD["person_ref"].isin(["P0", "P1", "P2", "P3"])]) == few


@pytest.mark.parametrize(
    ("absent", "told"),
    [
        (0, {"course_came": (None, 9), "course_ahead": (0, 9), "course_absent": (None, 9), "course_untold": (9, 9)}),
        (2, {"course_came": (None, 9), "course_ahead": (0, 9), "course_absent": (2, 9), "course_untold": (7, 9)}),
        (9, {"course_came": (0, 9), "course_ahead": (0, 9), "course_absent": (9, 9)}),
    ],
)
def test_where_nobody_wrote_who_came_nobody_is_said_not_to_have_come(absent, told):
    people = [f"P{place}" for place in range(9)]
    stayed = named_for("Neglect", *people[:absent], said="no")
    found = counted(pd.concat([stayed, named_for("Neglect", *people[absent:], said="unknown")]))
    known = {measure: pair for (measure, _), pair in found.items()}
    assert {measure: pair for measure, pair in known.items() if measure in (*told, "course_untold")} == told
    assert (known["staff_came"], known["staff_left_out"]) == ((told["course_came"][0], 8), (min(absent, 8), 8))
    assert found["staff_came", "Neglect x North"] == known["staff_came"]


def test_who_stayed_away_once_and_of_whom_nobody_wrote_it_once_may_have_come():
    twice = pd.concat([named_for("Neglect", "P0", said="no"), named_for("Neglect", "P0", said="")])
    found = counted(pd.concat([twice, named_for("Neglect", "P1", "P2", "P3", "P4")]))
    assert (found["course_untold", "Neglect"], ("course_absent", "Neglect") in found) == ((1, 5), True)


def test_a_course_written_in_two_cases_is_one_and_one_of_the_programme_has_its_title():
    two = pd.concat([named_for("Neglect", "P0", "P1", "P2", "P3"), named_for("neglect ", "P4", "P5", said="no")])
    assert counted(two)["course_came", "Neglect"] == (4, 6)
    ours = counted(pd.concat([TOLD, named_for("PLANS ", "P7"), named_for("plans  Course", "P6")]))
    assert ours["course_came", "Plans course"] == (5, 8)


def test_who_was_not_booked_and_did_not_come_is_named_for_no_course():
    came = named_for("Neglect", *(f"P{place}" for place in range(5)))
    found = counted(pd.concat([came, named_for("Neglect", "P6", "P7", said="no", booked="no")]))
    assert found["course_listed", "Neglect"] == (5, None)
    assert found["set_aside", "neither booked nor known to have come in training"] == (2, None)
    silent = counted(pd.concat([came, named_for("Neglect", "P6", said="", booked="no")]))
    assert silent["course_listed", "Neglect"] == (5, None)


def test_a_course_that_no_programme_names_is_told_team_by_team_too():
    found = counted(pd.concat([named_for("Neglect", *(f"P{place}" for place in range(5)))]))
    assert found["staff_came", "Neglect x North"] == (5, 8)


def test_where_a_table_by_team_has_no_room_for_a_course_a_line_says_so():
    found = counted(pd.concat([named_for(f"Course {at}", *(f"P{each}" for each in range(5))) for at in range(8)]))
    assert sum(level.endswith(" x North") for _, level in found) == 6
    assert found["set_aside", "no room by team and role in training"] == (2, None)


def test_the_last_session_of_a_course_is_the_last_of_the_register_though_it_is_to_come():
    found = rows(training_coverage(TOLD, STAFF, programme=PROGRAMME, as_of="2024-11-21"))
    assert [(row.numerator, row.note) for row in found if row.measure == "session_days"] == [(3, "22 November 2024")]


def test_teams_that_differ_in_their_number_are_told_together_unless_one_is_too_small():
    teams = [f"Duty {1 + place % 2}" for place in range(10)]
    staff = workforce(*((f"P{place}", team, "2020-01-01", None) for place, team in enumerate(teams)))
    together = "Plans course x Duty, all its teams"
    assert counted(staff=staff)["staff_came", together] == (2, 10)
    assert ("staff_came", together) not in counted(staff=staff[:9])


def test_files_of_workers_who_had_and_had_not_attended_stand_side_by_side_and_few_are_left_out():
    read = answers(NOW, *["yes"] * 7, *["no"] * 5)
    read["worker_ref"] = [f"P{int(ref[5:]) % 2}" if int(ref[5:]) < 11 else "" for ref in read["child_ref"]]
    read.loc[read["child_ref"] == "North11", "worker_ref"] = "of no register"
    table = training(("P0", "2024-10-01", "yes", "yes"), ("P1", "2024-10-01", "yes", "no"))
    assert "file_met" not in {measure for measure, _ in counted(pd.concat([table, LATER]), answers=read)}
    found = counted(table, answers=read)
    assert found["file_met", f"had attended before files were read x CON-1 (Plans course; {ROUND})"] == (4, 6)
    assert found["file_met", f"had not attended before files were read x CON-1 (Plans course; {ROUND})"] == (3, 5)
    assert found["file_worker_unknown", "Plans course"] == (1, 12)
    few = {measure for measure, _ in counted(table, answers=read[read["child_ref"] != "North1"])}
    assert "file_met" not in few


def test_a_register_without_rows_is_no_crash():
    assert counted(TOLD.iloc[:0]) == {}


def test_a_course_that_nobody_but_those_who_came_is_named_for_has_no_share():
    came = training(*((f"P{place}", "2024-10-01", "yes", "yes") for place in range(6)))
    found = counted(came)
    assert (found["course_listed", "Plans course"], found["staff_came", "Plans course"]) == ((6, None), (6, 8))
    assert ("course_came", "Plans course") not in found


def test_a_shared_page_has_no_role_beside_a_team_and_no_files_of_a_course_that_had_not_ended():
    read = answers(NOW, *["yes"] * 12)
    read["worker_ref"] = [f"P{int(ref[5:]) % 2}" for ref in read["child_ref"]]
    table = training(*((f"P{place}", "2024-10-01", "yes", "yes") for place in range(6)))
    late = {**COURSE, "until": date(2024, 11, 11)}
    audit = build.audit(NOW, period="2024-11", on=date(2024, 11, 11), interventions=[late])
    for exact, groups in ((True, {"course x team", "course x role"}), (False, {"course x team"})):
        about = {"as_of": "2024-11-21", "answers": read, "exact": exact}
        found = [*rows(training_coverage(table, STAFF, programme=build.programme(audit), **about))]
        assert {row.group for row in found if " x " in row.group} == groups
