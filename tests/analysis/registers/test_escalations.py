"""Escalations: what is open waits, a child counts once by its worst, and a limit judges by its own day."""

from datetime import date

import pandas as pd
import pytest

from ilacs_audit.analysis.registers.escalations import escalation_ages
from ilacs_audit.domain.catalogue.limits import Limit, Limits
from ilacs_audit.domain.measures import rows

LIMIT = Limit(
    id="escalation",
    title="An escalation",
    at_most=20,
    unit="working days",
    clock="the day",
    status="local",
    source="Us",
)
BANDS = ("up to 10 working days", "11 to 20 working days", "more than 20 working days")


def register(*made):
    """Rows of (child, raised, resolved or none, reason, stage, team), the last three as far as they are given."""
    whole = [(*each, *("drift and delay", "stage 1", "North")[len(each) - 3 :]) for each in made]
    table = pd.DataFrame(whole, columns=["child_ref", "raised_on", "resolved_on", "reason", "stage", "team"])
    days = {name: pd.to_datetime(table[name]).astype("datetime64[ns]") for name in ("raised_on", "resolved_on")}
    return table.assign(**days)


def counted(*made, as_of="2024-11-29", limits=(LIMIT,), holidays=()):
    found = escalation_ages(register(*made), limits=Limits(limits=limits), holidays=holidays, as_of=as_of)
    return {(row.measure, row.group, row.level): (row.numerator, row.denominator) for row in rows(found)}


def whole(found, measure):
    return next((pair for (name, group, _), pair in found.items() if (name, group) == (measure, "all")), None)


def test_what_is_open_and_not_due_is_neither_in_time_nor_late():
    found = counted(("1", "2024-10-01", "2024-10-08"), ("2", "2024-10-01", "2024-11-29"), ("3", "2024-11-28", None))
    assert whole(found, "escalation_in_time") == (1, 2)
    assert whole(found, "escalation_expired") == (0, 1)
    assert whole(found, "escalation_open") == (1, 3)


def test_where_no_limit_is_in_force_nothing_is_in_time_in_a_team_either():
    found = counted(("1", "2024-10-01", "2024-11-20"), ("2", "2024-10-01", "2024-10-02"), limits=())
    assert not [key for key in found if key[0] == "escalation_in_time"]
    assert found["escalation_open", "team", "North"] == (0, 2)


@pytest.mark.parametrize(
    ("last", "holidays", "expired"),
    [
        ("2024-11-01", (), 0),  # the twentieth working day after Friday 4 October
        ("2024-11-02", (), 1),
        ("2024-11-04", (date(2024, 10, 10),), 0),
        ("2024-11-05", (date(2024, 10, 10),), 1),
    ],
)
def test_an_escalation_expires_after_the_twentieth_working_day_and_its_age_says_the_same(last, holidays, expired):
    found = counted(("1", "2024-10-04", None), ("2", last, last), holidays=holidays)
    assert whole(found, "escalation_expired") == (expired, 1)
    assert whole(found, "escalation_in_time") == (1, 1 + expired)
    assert [found["escalation_age", "time open", band] for band in BANDS] == [(0, 1), (1 - expired, 1), (expired, 1)]


def test_a_child_counts_once_by_the_escalation_that_is_still_open():
    found = counted(("1", "2024-08-01", "2024-11-01"), ("1", "2024-11-20", None), ("2", "2024-11-20", "2024-11-29"))
    assert whole(found, "escalation_open") == (1, 2)
    assert whole(found, "escalation_in_time") == (1, 1)  # the late one of the first child gives way to the open one
    assert found["escalation_age", "time open", BANDS[0]] == (1, 1)


def test_a_child_with_two_that_ended_counts_by_the_longer():
    assert whole(
        counted(("1", "2024-08-01", "2024-11-01"), ("1", "2024-11-04", "2024-11-05")), "escalation_in_time"
    ) == (
        0,
        1,
    )


def test_an_end_after_the_day_or_before_the_beginning_is_none():
    made = ("1", "2024-10-04", "2024-11-28"), ("2", "2024-10-04", "2024-10-01"), ("3", "2024-12-04", None)
    found = counted(*made, as_of="2024-11-20")
    assert whole(found, "escalation_open") == (2, 2)


def test_what_is_open_waits_to_the_last_day_of_the_register():
    found = counted(("1", "2024-10-04", None), ("2", "2024-10-01", "2024-10-14"))
    assert found["escalation_age", "time open", BANDS[0]] == (
        1,
        1,
    )  # exported on 14 October, read at the end of November


def test_a_reason_that_few_have_is_put_with_others_and_a_blank_is_a_row():
    drift = [(str(n), "2024-10-01", None, ("Drift and delay", "drift  and DELAY")[n % 2]) for n in range(5)]
    few = (
        ("5", "2024-10-01", None, "Ann was not seen"),
        ("6", "2024-10-01", None, ""),
        ("0", "2024-10-02", None, "Late"),
    )
    found = {level: pair for (name, _, level), pair in counted(*drift, *few).items() if name == "escalation_reason"}
    assert found == {"Drift and delay": (5, 7), "another reason": (2, 7), "no reason recorded": (1, 7)}
    assert [*found] == ["Drift and delay", "another reason", "no reason recorded"]


def test_teams_and_stages_hold_every_child_once():
    found = counted(
        *((str(n), "2024-10-01", None if n < 4 else "2024-10-02", "drift", "stage 1", "N") for n in range(6))
    )
    assert found["escalation_open", "team", "N"] == found["escalation_open", "escalation stage", "stage 1"] == (4, 6)


def test_without_a_limit_in_force_nothing_is_called_late():
    found = counted(("1", "2024-01-04", None), limits=())
    assert not whole(found, "escalation_expired")
    assert not whole(found, "escalation_in_time")
    assert whole(found, "escalation_open") == (1, 1)


def test_half_are_resolved_when_those_still_open_are_counted_as_waiting():
    done = [(f"d{n}", "2024-10-01", "2024-10-11") for n in range(10)]
    still = [(f"s{n}", "2024-10-01", None) for n in range(9)]
    table = escalation_ages(register(*done, *still), limits=Limits(), holidays=(), as_of="2024-11-29")
    (time,) = (row for row in rows(table) if row.measure == "time_to_resolve")
    assert (time.value, time.method) == (10.0, "kaplan-meier")


def test_what_the_register_does_not_hold_is_said_and_an_empty_one_has_no_counts():
    assert whole(counted(("1", "2024-10-01", None)), "seen_before_meeting") == (None, None)
    assert counted() == {}


@pytest.mark.parametrize(("as_of", "unknown"), [("2024-11-01", None), ("2024-11-02", (1, 1)), ("2024-11-29", (1, 1))])
def test_a_limit_that_passed_after_the_register_ends_is_not_known_and_never_in_time(as_of, unknown):
    """Raised on 4 October, due by 1 November, and the register ends on 14 October."""
    found = counted(("1", "2024-10-04", None), ("2", "2024-10-01", "2024-10-14"), as_of=as_of)
    assert whole(found, "escalation_not_known") == unknown
    assert whole(found, "escalation_expired") == (0, 1)
    assert whole(found, "escalation_in_time") == (1, 1)


def test_every_count_names_the_day_to_which_it_runs():
    table = escalation_ages(register(("1", "2024-10-04", None)), limits=Limits(), holidays=(), as_of="2024-11-29")
    assert {row.note for row in rows(table) if row.measure != "set_aside"} == {"4 October 2024"}
