"""What has a limit: in time on its last day, late after it, and neither before it is due."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
from holidays import country_holidays

from ilacs_audit.analysis.registers.timeliness import (
    assessment_timeliness,
    conference_timeliness,
    meeting_timeliness,
)
from ilacs_audit.domain.calendar import add_working_days, working_days
from ilacs_audit.domain.catalogue.limits import Limit, Limits
from ilacs_audit.domain.measures import rows
from ilacs_audit.intake.workspace import load_workspace

ROOT = Path(__file__).parents[3]
AS_OF = "2024-11-21"
LIMITS = Limits(  # the lengths of the example; the public Annex A is of a day before those of guidance are known
    tuple(
        replace(each, in_force_from=None) if each.in_force_to else each for each in load_workspace(ROOT).limits.limits
    )
)
HOLIDAYS = load_workspace(ROOT).holidays


def counted(found):
    return {(row.measure, row.group, row.level): (row.numerator, row.denominator) for row in rows(found)}


def met(*told, as_of=AS_OF):
    table = pd.DataFrame(told, columns=["decided_at", "held_at"])
    table = table.apply(pd.to_datetime, format="ISO8601").astype("datetime64[ns]")
    table = table.assign(request_id=[str(place) for place in range(len(table))])
    return counted(meeting_timeliness(table, limits=LIMITS, holidays=(), as_of=as_of))


def test_a_meeting_that_is_decided_and_never_held_is_late_whenever_the_register_ends():
    held, never = ("2024-11-04 10:00", "2024-11-04 16:00"), ("2024-11-04 10:00", None)
    assert met(*[held] * 10, *[never] * 10)["meeting_in_time", "all", "24 hours"] == (10, 20)
    assert met(*[held] * 10, *[never] * 10, as_of="2024-11-04")["meeting_in_time", "all", "24 hours"] == (10, 10)


def test_a_meeting_told_by_several_agencies_is_one_in_any_order_of_its_rows():
    rows_of = {"request_id": ["1", "1"], "decided_at": ["2024-11-04 10:00"] * 2, "held_at": [None, "2024-11-04 16:00"]}
    table = pd.DataFrame(rows_of).astype({"decided_at": "datetime64[ns]", "held_at": "datetime64[ns]"})
    for each in (table, table[::-1]):
        found = counted(meeting_timeliness(each, limits=LIMITS, holidays=(), as_of=AS_OF))
        assert found == {("meeting_in_time", "all", "24 hours"): (1, 1)}


def test_a_meeting_told_with_two_times_is_in_no_count_of_time_and_a_reader_hears_of_it():
    held = ["2024-11-04 16:00", "2024-11-08 16:00", "2024-11-04 12:00"]
    table = pd.DataFrame({"request_id": ["1", "1", "2"], "decided_at": ["2024-11-04 10:00"] * 3, "held_at": held})
    table = table.astype({"decided_at": "datetime64[ns]", "held_at": "datetime64[ns]"})
    found = counted(meeting_timeliness(table, limits=LIMITS, holidays=(), as_of=AS_OF))
    assert found["meeting_in_time", "all", "24 hours"] == (1, 1)
    assert found["set_aside", "rule", "two times given in meetings"] == (1, None)


def test_a_meeting_of_which_the_hours_cannot_be_told_is_set_aside_with_its_reason():
    early, undecided = ("2024-11-06 10:00", "2024-11-04 10:00"), (None, "2024-11-04 10:00")
    dates, long, waits = ("2024-11-05", "2024-11-06"), ("2024-11-05", "2024-11-08"), ("2024-11-05", None)
    found = met(early, early, undecided, dates, long, waits, ("2024-11-05 09:00", "2024-11-05 10:00"))
    assert found == {
        ("meeting_in_time", "all", "24 hours"): (1, 3),  # two are late at whatever hour they were
        ("set_aside", "rule", "no time of the decision in meetings"): (1, None),
        ("set_aside", "rule", "held before it was decided in meetings"): (2, None),
        ("set_aside", "rule", "no hour given in meetings"): (1, None),
    }


def test_a_meeting_within_24_hours_is_in_time_and_one_not_yet_due_is_not_counted():
    told = [("1", "11-04 09:00", "11-05 09:00"), ("2", "11-04 09:00", "11-05 09:01"), ("3", "11-20 23:00", None)]
    told += [("1", "11-04 09:00", "11-05 09:00"), ("4", "11-05 09:00", None)]
    table = pd.DataFrame(told, columns=["request_id", "decided_at", "held_at"])
    moments = {
        name: pd.to_datetime("2024-" + table[name]).astype("datetime64[ns]") for name in ("decided_at", "held_at")
    }
    found = meeting_timeliness(table.assign(**moments), limits=LIMITS, holidays=(), as_of="2024-11-20")
    assert counted(found)["meeting_in_time", "all", "24 hours"] == (1, 3)


def clocked(count, columns, *pairs, as_of="2021-03-16"):
    table = pd.DataFrame(pairs, columns=columns).apply(pd.to_datetime).astype("datetime64[ns]")
    table = table.assign(child_ref=[str(place) for place in range(len(table))])
    return [*counted(count(table, limits=LIMITS, holidays=HOLIDAYS, as_of=as_of)).values()]


def test_conferences_and_assessments_of_a_public_annex_a():
    """The dates of the public sample workbook: 13, 13 and 11 working days; 0 of 5 within 45."""
    held = [("2020-10-26", "2020-11-12"), ("2020-11-02", "2020-11-19"), ("2021-01-04", "2021-01-19")]
    days = [working_days(date.fromisoformat(a), date.fromisoformat(b), holidays=HOLIDAYS) for a, b in held]
    assert days == [13, 13, 11]
    assert clocked(conference_timeliness, ["strategy_on", "conference_on"], *held) == [(3, 3)]
    done = [("2019-05-16", "2021-02-08"), ("2019-10-30", "2021-01-19"), ("2019-12-26", "2020-11-11")]
    done += [("2020-02-26", "2021-02-02")] * 2
    assert clocked(assessment_timeliness, ["started_on", "authorised_on"], *done) == [(0, 5)]


def test_an_assessment_that_is_open_is_late_once_it_is_due_and_no_sooner():
    columns, late, ahead = ["started_on", "authorised_on"], ("2020-12-01", None), ("2021-03-01", None)
    assert clocked(assessment_timeliness, columns, late, ("2021-02-01", "2021-03-16"), ahead) == [(1, 2)]


def test_an_assessment_that_fell_due_after_the_register_ends_is_not_called_late():
    table = pd.DataFrame({"child_ref": [*"12"]})
    days = {"started_on": pd.to_datetime(["2021-01-20", "2020-06-01"]), "authorised_on": [pd.NaT, pd.NaT]}
    table = table.assign(**days).astype({"authorised_on": "datetime64[ns]"})
    found = assessment_timeliness(table, limits=LIMITS, holidays=HOLIDAYS, as_of="2021-03-31")
    assert counted(found) == {
        ("assessment_in_time", "all", "45 working days"): (0, 1),  # the older one was late while the register told
        ("set_aside", "rule", "open when the register ends and due since in assessments"): (1, None),
    }


def test_our_bank_holidays_and_working_days_are_those_of_the_package_holidays():
    theirs = country_holidays("GB", subdiv="ENG", years=range(2012, 2029))
    with (ROOT / "data" / "bank_holidays.csv").open(encoding="utf-8") as lines:
        ours = {date.fromisoformat(row["date"]) for row in csv.DictReader(lines)}
    assert {day for day in ours if day.weekday() < 5} == {day for day in theirs if day.weekday() < 5}
    saturday = date(2024, 11, 2)  # the limit ends on the Friday, so a visit on the Saturday after it is late
    assert add_working_days(saturday, 10, holidays=theirs) == date(2024, 11, 15)
    rule = Limit("v", title="A", at_most=10, unit="working days", clock="b", status="local", source="Ours")
    for start in pd.date_range("2024-12-01", "2025-01-10"):
        days = [day.date() for day in pd.date_range(start + pd.Timedelta(days=1), periods=40)]
        tenth = [day for day in days if day.weekday() < 5 and day not in theirs][9]
        assert rule.until(start.to_pydatetime(), ours).date() == tenth
    for start in (date(2024, 12, 13), date(2022, 9, 1), date(2023, 4, 6)):
        end = add_working_days(start, 45, holidays=ours)
        assert end == add_working_days(start, 45, holidays=theirs)
        assert working_days(start, end, holidays=theirs) == 45


def test_a_conference_without_a_strategy_day_or_before_it_is_set_aside_in_words_of_its_own():
    table = pd.DataFrame({"child_ref": [*"12"], "conference_unnecessary": "no"})
    days = {"strategy_on": [pd.NaT, pd.Timestamp("2020-10-06")], "conference_on": pd.to_datetime(["2020-10-05"] * 2)}
    found = conference_timeliness(table.assign(**days), limits=LIMITS, holidays=HOLIDAYS, as_of="2021-03-16")
    assert counted(found) == {
        ("set_aside", "rule", "no beginning recorded in conferences"): (1, None),
        ("set_aside", "rule", "ended before it began in conferences"): (1, None),
    }


def test_an_enquiry_is_late_for_its_conference_only_where_it_needs_one():
    told = [("no", None), ("yes", None), ("", None), ("", "2020-10-05"), ("no", "2021-03-01")]
    table = pd.DataFrame(told, columns=["conference_unnecessary", "conference_on"])
    held = pd.to_datetime(table["conference_on"]).astype("datetime64[ns]")
    begun = held.fillna(pd.Timestamp("2020-10-05")) - pd.Timedelta(days=14)
    table = table.assign(child_ref=[*"12345"], strategy_on=begun, conference_on=held)
    found = conference_timeliness(table, limits=LIMITS, holidays=HOLIDAYS, as_of="2021-03-16")
    assert counted(found) == {
        ("conference_in_time", "all", "15 working days"): (2, 3),
        ("conference_not_known", "all", "all"): (1, 5),
    }


def test_where_no_limit_is_in_force_a_line_says_so_and_nobody_is_judged():
    days = {"started_on": pd.to_datetime(["2021-01-20"]), "authorised_on": pd.to_datetime(["2021-02-20"])}
    table = pd.DataFrame({"child_ref": ["1"], **days})
    found = assessment_timeliness(table, limits=Limits(), holidays=HOLIDAYS, as_of="2021-03-31")
    assert counted(found) == {("set_aside", "rule", "no limit of time in force in assessments"): (1, None)}
