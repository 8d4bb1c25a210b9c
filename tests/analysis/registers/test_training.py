from datetime import date

import pandas as pd

from ilacs_audit.analysis.registers.training import training_reach
from ilacs_audit.domain.measures import rows
from tests import build

WORKSHOPS = {"id": "workshop", "title": "Consent workshops", "on": date(2024, 9, 11), "kind": "training"}
PROGRAMME = build.programme(build.audit("audit", title="Consent", intended=20, interventions=[WORKSHOPS]))


def register(*attendances):
    columns = ["event_id", "course", "on", "team", "person_ref", "booked", "attended"]
    frame = pd.DataFrame(attendances, columns=columns)
    return frame.assign(on=pd.to_datetime(frame["on"]))


def reach(frame, as_of="2024-11-21"):
    found = training_reach(frame, programme=PROGRAMME, audits=["audit"], as_of=as_of)
    return {(row.measure, row.level): row.numerator for row in rows(found)}


REGISTER = register(
    ("E1", "workshop", "2024-09-11", "Early Help", "P1", "yes", "yes"),
    ("E2", "workshop", "2024-09-12", "Early Help", "P1", "yes", "yes"),
    ("E2", "workshop", "2024-09-12", "Duty", "P2", "yes", "yes"),
    ("E2", "workshop", "2024-09-12", "Duty", "P3", "yes", "no"),
    ("E9", "workshop", "2024-11-22", "Duty", "P4", "yes", ""),
    ("E5", "another course", "2024-09-12", "Duty", "P5", "yes", "yes"),
)


def test_a_person_at_two_sessions_is_one_person_reached():
    assert reach(REGISTER)["reach", "workshop"] == 2


def test_booked_is_not_reached_and_stands_apart():
    found = reach(REGISTER)
    assert found["booked", "workshop"] == 1
    assert found["sessions", "workshop"] == 2


def test_each_team_is_told_its_own_reach():
    found = reach(REGISTER)
    assert (found["reach", "Early Help"], found["reach", "Duty"]) == (1, 1)


def test_a_session_is_not_history_until_its_day_has_come():
    assert reach(REGISTER, as_of="2024-09-11")["reach", "workshop"] == 1


LATER = register(
    ("E1", "workshop", "2024-11-17", "Duty", "P1", "yes", "yes"),
    ("E2", "workshop", "2024-11-18", "Duty", "P1", "yes", "yes"),
    ("E2", "workshop", "2024-11-18", "Duty", "P2", "yes", "yes"),
    ("E3", "workshop", "2024-11-19", "Early Help", "P3", "yes", "yes"),
)


def test_training_while_the_files_were_read_or_later_reached_nobody_before_the_round():
    found = reach(LATER)  # the files are read on 18 November
    told = {when: found[f"reach{when}", "workshop"] for when in ("", "_during", "_after")}
    assert told == {"": 1, "_during": 1, "_after": 1}
    assert [found[f"sessions{when}", "workshop"] for when in ("", "_during", "_after")] == [1, 1, 1]
    assert (found["reach_during", "Duty"], found["reach_after", "Early Help"]) == (1, 1)


def test_before_during_and_after_add_up_to_everybody_who_came():
    found = reach(LATER)
    assert sum(count for (measure, level), count in found.items() if "reach" in measure and level == "workshop") == 3


def test_training_that_ended_before_the_round_has_no_line_for_later():
    assert not [measure for measure, _ in reach(REGISTER) if measure.endswith(("_during", "_after"))]


def test_what_no_register_holds_has_no_count_rather_than_nought():
    assert reach(REGISTER.iloc[:0])["reach", "workshop"] is None
