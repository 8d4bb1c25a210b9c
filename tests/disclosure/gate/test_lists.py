"""No part of a hidden list comes back from what else the page tells of the same people."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from ilacs_audit.analysis.codes import TAKES_OUT
from ilacs_audit.analysis.registers.placements import placement_decisions
from ilacs_audit.analysis.registers.tracker import case_progression, open_case_ages
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.measures import gather, measures, rows

NONE = "no decision recorded"
DONE = pd.Timestamp("2024-11-08")
# What each measure counts, as the outsider reads it off the page: of whom, and what is so. A cell is (level, done).
TOLD = {
    "case_undecided": (lambda level, done: level == NONE, lambda level, done: True),
    "case_decided": (lambda level, done: level != NONE, lambda level, done: True),
    "case_left": (lambda level, done: done, lambda level, done: True),
    "case_left_of_due": (lambda level, done: done and level in TAKES_OUT, lambda level, done: level in TAKES_OUT),
    "case_waiting": (None, lambda level, done: level in TAKES_OUT and not done),
    "panel_undecided": (lambda level, done: level == NONE, lambda level, done: True),
    "step_down_done": (lambda level, done: done and level == "step down", lambda level, done: level == "step down"),
    "panel_heard": (lambda level, done: True, lambda level, done: True),
}
OUTCOMES = ("transfer", "step down", "re-allocate", "remain open", "")
DECISIONS = ("step down", "agree", "decline", "in words of its own", "")
SIZES = st.lists(st.sampled_from([0, 0, 1, 2, 3, 5, 8, 14]), min_size=10, max_size=10).filter(any)


def people(levels, sizes):
    """A person a row: what was decided, and whether it is done, so many of each."""
    pairs = ((level, done) for level in levels for done in (True, False))
    return [pair for pair, size in zip(pairs, sizes, strict=True) for _ in range(size)]


def tracker(cases):
    told = pd.DataFrame(
        {"child_ref": str(at), "outcome": outcome, "left_team_on": DONE if left else pd.NaT}
        for at, (outcome, left) in enumerate(cases)
    ).assign(team="East", worker_ref="W", reviewed_on=pd.Timestamp("2024-11-04"))
    told = told.astype({"left_team_on": "datetime64[ns]", "reviewed_on": "datetime64[ns]"})
    return gather(case_progression(told, as_of="2024-11-21"), open_case_ages(told, as_of="2024-11-21"))


def placements(cases):
    day = pd.Timestamp("2024-11-01")
    told = pd.DataFrame(
        {"child_ref": str(at), "decision": decision, "stepped_down_on": DONE if done and decision else pd.NaT}
        for at, (decision, done) in enumerate(cases)
    ).assign(team="CIC", placement="foster care", cost_band="low", ended_on=pd.NaT, panel="High cost")
    told = told.assign(started_on=day, decided_on=day)
    dates = ("started_on", "ended_on", "decided_on", "stepped_down_on")
    beds = pd.DataFrame(columns=["home", "beds", "open", "blocked", "waiting_for"])
    return placement_decisions(
        told.astype(dict.fromkeys(dates, "datetime64[ns]")), beds, as_of="2024-11-21", exact=False
    )


def ends(found, seen, of):
    """The least and the most of each hidden part of a list, of whole people, by all that the page shows together."""
    parts = [row.level for row in found if row.measure == of]
    cells = [(level, done) for level in parts for done in (True, False)]
    lines = [np.array([float(cell[0] == level) for cell in cells]) for level in parts]
    known = [LinearConstraint(line, int(level != NONE), 500) for line, level in zip(lines, parts, strict=True)]
    for row in seen:
        counted, whom = TOLD.get(row.measure, (None, None))
        counted = (lambda level, done, own=row.level: level == own) if row.measure == of else counted
        for so, count in ((counted, row.numerator), (whom, row.denominator)):
            if so is not None and count is not None:
                known.append(LinearConstraint(np.array([float(so(*cell)) for cell in cells]), count, count))
    for line, level in zip(lines, parts, strict=True):
        solved = [milp(sign * line, constraints=known, integrality=1, bounds=Bounds(0, 500)) for sign in (1, -1)]
        yield level, round(solved[0].fun), round(-solved[1].fun)


def returned(found, of):
    """The small hidden parts of a list that an outsider of the board's page knows for certain."""
    seen = list(rows(release(found, audience="board")))
    found = list(rows(found))
    small = {
        row.level
        for row, shown in zip(found, seen, strict=False)
        if row.measure == of and shown.hidden and 0 < row.numerator < 6
    }
    return [level for level, low, high in ends(found, seen, of) if level in small and low == high]


@settings(max_examples=40, deadline=None)
@given(SIZES)
def test_no_outcome_that_a_tracker_hides_is_a_sum_or_difference_of_what_it_shows(sizes):
    assert returned(tracker(people(OUTCOMES, sizes)), "case_outcome") == []


@settings(max_examples=40, deadline=None)
@given(SIZES)
def test_no_decision_that_a_page_on_placements_hides_is_a_sum_or_difference_of_what_it_shows(sizes):
    assert returned(placements(people(DECISIONS, sizes)), "panel_decided") == []


def of_the_whole(found):
    seen = rows(release(found, audience="board"))
    return {row.measure: (row.numerator, row.denominator) for row in seen if row.group == "all"}


def test_those_due_to_leave_go_with_the_two_whose_outcome_keeps_them():
    found = tracker(people(OUTCOMES, (10, 6, 4, 4, 2, 0, 0, 0, 0, 9)))
    told = of_the_whole(found)
    assert (told["case_undecided"], told["case_decided"], told["case_left"]) == ((9, 35), (26, 35), (16, 35))
    assert told["case_left_of_due"] == (None, None)  # 26 decided less 24 due were 2
    listed = {row.level: row.numerator for row in rows(release(found, audience="board")) if row.group == "case outcome"}
    assert listed[NONE] == 9  # as the page says above
    assert {listed[level] for level in ("transfer", "step down", "re-allocate")} == {None}


def test_step_downs_go_with_the_two_of_whom_a_panel_decided_something_else():
    told = of_the_whole(placements(people(DECISIONS, (6, 6, 0, 0, 0, 0, 0, 2, 0, 0))))
    assert told["step_down_done"] == (None, None)  # 14 at a panel less 12 were 2
    assert told["panel_undecided"] == (0, 14)


def test_a_list_without_a_gap_takes_nothing_with_it():
    told = of_the_whole(tracker(people(OUTCOMES, (38, 26, 5, 6, 0, 17, 0, 0, 0, 50))))
    assert None not in {count for name in told if name != "time_to_leave" for count in told[name]}


def test_a_part_that_the_page_tells_of_the_whole_too_stands_in_both_or_in_neither():
    for kept, of, hidden in ((15, 18, False), (26, 26, False), (8, 9, True)):
        plans = (("child protection", kept, of), ("child in need", 40, 41), ("care", 20, 20))
        found = [("visited_in_time", "plan type", *plan) for plan in plans]
        found.append(("cp_visited_in_time", "all", "10 working days", kept, of))
        names = ("measure", "group", "level", "numerator", "denominator")
        page = [*rows(release(measures(dict(zip(names, each, strict=True)) for each in found), audience="board"))]
        assert [row.hidden for row in page[:4]] == [hidden, True, True, hidden]
