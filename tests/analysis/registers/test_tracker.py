"""A case review: every child in one count, the rest in a row, and no outcome added to another."""

import pandas as pd
import pytest

from ilacs_audit.analysis.registers.tracker import case_progression, open_case_ages
from ilacs_audit.domain.measures import rows

AS_OF = "2024-11-21"


def tracker(*cases):
    """Rows of (child, outcome, day reviewed in November, day left or none), of team North unless given."""
    made = [(*each, "North", "W1")[:6] if len(each) == 4 else each for each in cases]
    days = [
        {
            "child_ref": child,
            "team": team,
            "worker_ref": worker,
            "outcome": outcome,
            "reviewed_on": pd.Timestamp(2024, 11, reviewed),
            "left_team_on": pd.Timestamp(2024, 11, left) if left else pd.NaT,
        }
        for child, outcome, reviewed, left, team, worker in made
    ]
    return pd.DataFrame(days).astype({"left_team_on": "datetime64[ns]", "reviewed_on": "datetime64[ns]"})


def counted(table, **options):
    found = rows(case_progression(table, as_of=options.pop("as_of", AS_OF), **options))
    return {(row.measure, row.level): (row.numerator, row.denominator) for row in found}


SIX = tracker(
    ("1", "transfer", 4, 6),
    ("2", "transfer", 4, None),
    ("3", "re-allocate", 5, None),
    ("4", "", 5, None),
    ("5", "Step down or close", 6, 8),
    ("6", "", 6, None, "South", "W2"),
)


def test_outcomes_and_the_remainder_are_all_the_children():
    found = counted(SIX)
    outcomes = {level: pair for (measure, level), pair in found.items() if measure == "case_outcome"}
    assert outcomes == {
        "transfer": (2, 6),
        "re-allocate": (1, 6),
        "step down or close": (1, 6),
        "no decision recorded": (2, 6),
    }
    assert found["case_undecided", "all"] == (2, 6)
    assert found["case_decided", "all"] == (4, 6)


def test_only_those_whose_outcome_takes_them_out_are_due_to_leave():
    assert counted(SIX)["case_left_of_due", "all"] == (2, 3)
    assert counted(SIX)["case_left", "all"] == (2, 6)


def test_a_child_with_two_outcomes_is_in_both_and_counts_once_in_all():
    found = counted(tracker(("1", "transfer", 4, None), ("1", "close", 5, None), ("2", "", 5, None)))
    assert found["case_outcome", "transfer"] == found["case_outcome", "close"] == (1, 2)
    assert found["case_outcome", "no decision recorded"] == (1, 2)
    assert found["case_decided", "all"] == (1, 2)
    assert not [level for measure, level in found if measure == "case_flow"]  # outcomes that overlap have no flow


def test_the_flow_holds_every_child_once():
    flow = {level: pair for (measure, level), pair in counted(SIX, workers=True).items() if measure == "case_flow"}
    assert "case_flow" not in {measure for measure, _ in counted(SIX)}  # who has left gives hidden ones back
    assert sum(k for k, _ in flow.values()) == 6
    assert flow["transfer x left the team"] == flow["transfer x still with the team"] == (1, 6)


@pytest.mark.parametrize(("workers", "expected"), [(False, set()), (True, {"W1", "W2"})])
def test_workers_are_counted_only_where_they_may_be_seen(workers, expected):
    found = rows(case_progression(SIX, as_of=AS_OF, workers=workers))
    assert {row.level for row in found if row.group == "worker"} == expected
    assert {row.level for row in rows(case_progression(SIX, as_of=AS_OF)) if row.group == "team"} == {"North", "South"}


def test_what_happened_after_the_day_of_the_report_has_not_happened():
    found = counted(SIX, as_of="2024-11-05")
    assert found["case_decided", "all"] == (3, 4)
    assert found["case_left", "all"] == (0, 4)


def test_the_open_ones_wait_up_to_the_last_day_of_the_tracker():
    table = tracker(("1", "transfer", 4, None), ("2", "transfer", 11, None), ("3", "transfer", 5, 19))
    found = {row.level: (row.numerator, row.denominator) for row in rows(open_case_ages(table, as_of=AS_OF))}
    assert found == {"up to 7 days": (0, 2), "8 to 14 days": (1, 2), "15 days or more": (1, 2)}


def test_the_time_to_leave_counts_those_who_have_not_left_as_waiting():
    left = [(str(each), "transfer", 4, 6) for each in range(10)]
    waiting = [(f"w{each}", "transfer", 4, None) for each in range(5)]
    (time,) = (
        row
        for row in rows(case_progression(tracker(*left, *waiting, ("z", "", 14, None)), as_of=AS_OF))
        if row.measure == "time_to_leave"
    )
    assert (time.value, time.numerator, time.method) == (2.0, None, "kaplan-meier")
    many = [(f"w{each}", "transfer", 4, None) for each in range(11)]
    found = rows(case_progression(tracker(*left, *many, ("z", "", 14, None)), as_of=AS_OF))
    assert [row.value for row in found if row.measure == "time_to_leave"] == [None]  # half have not left
    assert "time_to_leave" not in {measure for measure, _ in counted(tracker(*left[:9], *waiting))}


def test_an_empty_tracker_has_no_counts():
    assert counted(SIX.iloc[:0]) == {}
    assert len(open_case_ages(SIX.iloc[:0], as_of=AS_OF)) == 0


def test_a_child_who_came_back_is_with_the_team_in_which_it_is_open():
    back = [("1", "transfer", 1, 6), ("1", "transfer", 10, None)]
    elsewhere = [("2", "transfer", 1, 6, "South", "W2"), ("2", "", 4, None, "North", "W1")]
    found = counted(tracker(*back, *elsewhere, ("3", "transfer", 1, 6)))
    assert found["case_left", "all"] == (1, 3)
    assert found["case_left_of_due", "all"] == (1, 2)
    assert found["case_undecided", "all"] == (1, 3)
    assert found["case_undecided", "North"] == (1, 3)


def test_words_are_codes_whole_or_are_never_printed():
    said = ("step up to child protection", "endorse the plan", "closely monitor", "Transfer", " transfer ", "NFA")
    secret = "transfer after sexual abuse by grandfather"
    found = counted(tracker(*((str(n), each, 4, None) for n, each in enumerate((*said, secret)))))
    outcomes = {level: k for (measure, level), (k, _) in found.items() if measure == "case_outcome" and k}
    assert outcomes == {"in other words": 3, "transfer": 2, "step up": 1, "no further action": 1}
    assert found["case_left_of_due", "all"] == (0, 3)
    assert not any("abuse" in level for _, level in found)


@pytest.mark.parametrize(
    "said",
    ["No decision", "no decision yet", "TBC", "to be confirmed", "Unknown", "Awaiting closure decision", "n/a", ""],
)
def test_words_that_say_that_nothing_is_decided_are_no_decision(said):
    said = "" if said == "n/a" else said  # which no cell of a register says any more
    found = counted(tracker(("1", said, 4, None), ("2", "transfer", 4, None), ("3", "the panel looks on", 4, None)))
    assert found["case_undecided", "all"] == (1, 3)
    assert found["case_decided", "all"] == (1, 3)  # words that nobody knows decide nothing that is known


def test_a_register_written_after_the_day_tells_how_long_children_have_waited_on_it():
    table = tracker(*((str(n), "transfer", 1, 29 if n < 3 else None) for n in range(16)))
    found = {row.level: (row.numerator, row.denominator) for row in rows(open_case_ages(table, as_of="2024-11-20"))}
    assert found["15 days or more"] == (16, 16)


def test_a_row_whose_dates_cannot_be_counts_nowhere_and_one_without_a_review_waits_undated():
    table = tracker(
        ("1", "transfer", 10, 4), ("2", "transfer", 25, None), ("3", "transfer", 4, None), ("4", "close", 4, None)
    )
    table.loc[3, "reviewed_on"] = pd.NaT
    assert counted(table)["case_left_of_due", "all"] == (0, 2)
    waits = {row.level: row.numerator for row in rows(open_case_ages(table, as_of=AS_OF))}
    assert sum(waits.values()) == 2
    assert waits["no date of review"] == 1
