"""What the register of actions says of critical failures, and nothing where it says nothing."""

import pandas as pd
import pytest

from ilacs_audit.analysis.registers.actions import put_right
from ilacs_audit.domain.columns import SIDE_TABLES
from ilacs_audit.domain.measures import measures, rows
from tests.build import only

FAILED = {"measure": "critical_failure", "theme": "visits", "standard_id": "VIS-2", "group": "all", "level": "all"}
AUDIT, DAY = "visits-2024-11", "2024-11-21"


def action(due="2024-12-13", closed=None, checked=None, still="", *, audit=AUDIT, standard="VIS-2"):
    blank = dict.fromkeys(SIDE_TABLES["actions"], "")
    dates = {"due_on": due, "closed_on": closed, "checked_on": checked}
    days = {name: pd.Timestamp(day) if day else pd.NaT for name, day in dates.items()}
    return {**blank, **days, "audit_id": audit, "standard_id": standard, "still_a_problem": still}


def told(*actions, failures=12, as_of=DAY):
    failed = measures([{**FAILED, "numerator": failures, "denominator": 31}])
    register = pd.DataFrame(actions, columns=[*SIDE_TABLES["actions"]])
    return put_right(failed, actions=register, audit=AUDIT, as_of=as_of)


def test_an_action_that_is_closed_is_put_right_and_the_rest_have_a_day():
    row = only(told(action(closed="2024-11-14"), action(due="2024-11-29"), action(due="2024-12-13")))
    assert (row.measure, row.numerator, row.denominator) == ("put_right", 1, 3)
    assert row.note == "the rest due by 13 December 2024"


def test_an_action_closed_on_paper_is_not_put_right():
    row = only(told(action("2024-11-15", "2024-11-10", "2024-11-18", "yes"), action("2024-11-15", "2024-11-12")))
    assert (row.numerator, row.denominator) == (1, 2)
    assert row.note == "the rest were due by 15 November 2024; 1 closed, and a check found the problem still there"


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (["2024-11-15", "2024-12-13"], "the rest due by 13 December 2024; 1 already late"),
        (["2024-11-20"], "the rest were due by 20 November 2024"),
        (["2024-11-21"], "the rest due by 21 November 2024"),
        (["2024-12-13", None], "the rest due by 13 December 2024; no date set for 1"),
        ([None, None], "no date set for 2"),
    ],
)
def test_what_is_late_and_what_has_no_day_is_told(due, said):
    assert only(told(*map(action, due))).note == said


def test_nothing_is_said_of_the_future():
    row = only(told(action(closed="2024-11-22"), as_of="2024-11-21"))
    assert (row.numerator, row.note) == (0, "the rest due by 13 December 2024")
    later = action("2024-11-15", "2024-11-10", "2024-11-25", "yes")
    assert only(told(later, as_of="2024-11-21")).numerator == 1


@pytest.mark.parametrize("stranger", [action(audit="visits-2024-05"), action(standard="VIS-1"), action(standard="")])
def test_an_action_on_something_else_is_no_action_on_this(stranger):
    assert told(stranger).empty


def test_a_name_is_known_however_it_is_spelt():
    assert only(told(action(audit="Visits 2024-11", standard="vis2"))).denominator == 1


def test_what_did_not_fail_needs_no_action_and_no_register_is_no_action():
    assert told(action(), failures=0).empty
    assert told().empty
    assert list(rows(told())) == []
