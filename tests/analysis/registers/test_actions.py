"""What the register of actions says of critical failures, and nothing where it says nothing."""

import pandas as pd
import pytest
from scipy.stats import hypergeom

from ilacs_audit.analysis.registers.actions import action_states, put_right
from ilacs_audit.domain.columns import SIDE_TABLES
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.domain.plan import Area, Plan
from tests.build import counted, only, register

FAILED = {"measure": "critical_failure", "theme": "visits", "standard_id": "VIS-2", "group": "all", "level": "all"}
AUDIT, DAY = "visits-2024-11", "2024-11-21"
AS_OF = DAY


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


ACTIONS = register(
    "actions",
    ("1", "", "", "A2.3", "", "", "2024-09-01", "2024-10-01", "2024-10-02", "", ""),  # closed late, not checked
    ("8", "", "", "A2.3", "", "", "2024-09-01", "2024-10-01", "2024-09-20", "2024-10-20", "no"),  # gone
    ("9", "", "", "A2.3", "", "", "2024-09-01", "2024-10-01", "2024-09-20", "2024-11-22", "yes"),  # checked later
    ("2", "", "", "A2.3", "", "", "2024-09-01", "2024-10-01", "2024-09-20", "2024-10-20", "yes"),  # on paper
    ("3", "", "", "A2", "", "", "2024-09-01", "2024-11-20", "", "", ""),  # late
    ("4", "", "", "A1", "", "", "2024-09-01", "2024-11-21", "", "", ""),  # due today: not late
    ("5", "", "", "?", "", "", "2024-09-01", "", "", "", ""),  # nobody set a day
    ("6", "", "", "A1", "", "", "2024-11-22", "", "", "", ""),  # not raised yet
    ("7", "", "", "A1", "", "", "2024-09-01", "2024-10-01", "2024-11-22", "", ""),  # closed after the day: late
)
PLAN = Plan(tuple(Area(id=each, title=f"Title {each}", needs="It") for each in ("A1", "A2")))


def test_every_action_is_in_one_state_by_the_day_of_the_page():
    found = counted(action_states(ACTIONS, plan=PLAN, as_of=AS_OF))
    whole = {measure: pair for (measure, level), pair in found.items() if level == "all"}
    assert whole == {
        "action_late": (2, 8),
        "action_done": (1, 8),
        "action_unchecked": (2, 8),
        "action_again": (1, 8),
        "action_ahead": (1, 8),
        "action_undated": (1, 8),
        "action_on_day": (3, 6),
        "action_unowned": (None, None),  # nobody is named anywhere
        "action_discussed": (None, None),
    }
    assert found["action_late", "A2 Title A2"] == (1, 5)
    assert found["action_undated", "no area of the plan"] == (1, 1)


def test_an_action_closed_before_it_was_raised_is_set_aside_and_one_checked_without_an_answer_says_so():
    told = register(
        "actions",
        ("1", "", "", "a2 ", "", "", "2024-10-10", "2024-11-01", "2024-10-05", "", ""),
        ("2", "", "", "a2 ", "", "", "2024-10-10", "2024-11-01", "2024-10-20", "2024-11-04", "unknown"),
        (
            "3",
            "",
            "",
            "a2 ",
            "",
            "",
            "2024-10-10",
            "2024-11-01",
            "2024-10-20",
            "2024-10-15",
            "no",
        ),  # looked at too early
    )
    found = counted(action_states(told, plan=PLAN, as_of=AS_OF))
    assert found["set_aside", "closed before it was raised in actions"] == (1, None)
    assert (found["action_unread", "all"], found["action_unchecked", "all"]) == ((1, 2), (1, 2))
    assert found["action_unread", "A2 Title A2"] == (1, 2)


def test_what_is_late_is_told_by_how_late_and_who_owns_nothing_by_what_is_open():
    told = register(
        "actions",
        *((f"{day}", "", "", "", "", "", "2024-06-01", day) for day in ("2024-10-24", "2024-10-23", "2024-08-28")),
        ("o", "", "", "", "", "owner", "2024-06-01", "2025-01-01", None, None, "", "2024-06-10"),
    )
    found = counted(action_states(told, as_of=AS_OF))
    late = {level: pair for (measure, level), pair in found.items() if measure == "action_overdue"}
    assert late == {
        "up to four weeks late": (1, 3),
        "five to twelve weeks late": (1, 3),
        "more than twelve weeks late": (1, 3),
    }
    assert (found["action_unowned", "all"], found["action_discussed", "all"]) == ((3, 4), (1, 4))


def test_teams_are_told_in_the_internal_edition_alone_and_a_curve_of_few_is_no_curve():
    told = register("actions", *((str(n), "", "", "", "North", "", "2024-09-01", "2024-10-01") for n in range(12)))
    groups = {exact: {row.group for row in rows(action_states(told, as_of=AS_OF, exact=exact))} for exact in (1, 0)}
    assert groups[1] - groups[0] == {"team"}
    assert "time since it was raised" not in groups[1]


def test_a_register_that_tells_of_no_check_no_owner_and_no_finding_is_no_finding_itself():
    silent = register(
        "actions", *((str(n), "", "", "", "", "", "2024-09-01", "2024-10-01", "2024-09-20") for n in "ab")
    )
    found = counted(action_states(silent, as_of=AS_OF))
    assert [found[name, "all"] for name in ("action_done", "action_again", "action_discussed")] == [(None, None)] * 3
    assert (found["action_unchecked", "all"], found["action_on_day", "all"]) == ((2, 2), (2, 2))


def besides(code, *, priority="", agency="", closed=None, checked=None, still="", drawn=""):
    return (code, "", "", "", "", "", "2024-06-01", "2024-10-01", closed, checked, still, "", priority, agency, drawn)


def test_actions_are_told_by_priority_and_agency_where_the_register_tells_and_a_name_is_no_label():
    told = register(
        "actions",
        *(besides(f"a{n}", priority="high " if n % 2 else "High", agency="police") for n in range(3)),
        *(besides(f"b{n}", priority="Low", agency="Dr Ann Lee") for n in range(2)),
        *(besides(f"c{n}") for n in range(3)),
    )
    found = counted(action_states(told, as_of=AS_OF, agencies=("Police",)))
    late = {level: pair for (measure, level), pair in found.items() if measure == "action_late" and level != "all"}
    assert late == {
        "Police": (3, 3),
        "another agency": (2, 2),
        "another priority": (5, 5),
        "no priority recorded": (3, 3),
    } | {"no area of the plan": (8, 8)}


def test_checks_that_chance_drew_have_a_range_for_the_list_they_came_from_once_all_are_looked_at():
    closed = {"closed": "2024-10-01"}
    drawn = [
        besides(f"d{n}", **closed, checked="2024-11-04", still="yes" if n else "no", drawn="yes") for n in range(10)
    ]
    early = besides("e", **closed, checked="2024-10-20", still="no")  # checked before the draw: not on its list
    later = besides("l", closed="2024-11-10")
    rest = [besides(f"r{n}", **closed) for n in range(10)]
    row = next(
        r
        for r in rows(action_states(register("actions", *drawn, *rest, early, later), as_of=AS_OF))
        if r.measure == "action_drawn"
    )
    assert (row.numerator, row.denominator, row.population) == (1, 10, 20)
    ends = [m for m in range(1, 12) if hypergeom.sf(0, 20, m, 10) > 0.025 and hypergeom.cdf(1, 20, m, 10) > 0.025]
    assert [round(each * 20) for each in (row.lower, row.upper)] == [ends[0], ends[-1]]
    waiting = besides("w", **closed, drawn="yes")
    row = next(
        r for r in rows(action_states(register("actions", *drawn, waiting), as_of=AS_OF)) if r.measure == "action_drawn"
    )
    assert (row.lower, row.note) == (None, "1 of them not checked yet, so there is no range")
