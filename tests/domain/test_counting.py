from datetime import date

import pandas as pd
import pytest

from ilacs_audit.domain.counting import files_read, last_day, tally

ANSWERS = pd.DataFrame(
    [
        ("auditor", "c1", "s2", "Duty", "yes"),
        ("auditor", "c2", "s2", "Duty", "no"),
        ("auditor", "c3", "s1", "Duty", "not applicable"),
        ("auditor", "c3", "s2", "Assessment", "yes"),
        ("moderator", "c3", "s2", "Assessment", "yes"),
    ],
    columns=["role", "child_ref", "standard_id", "team", "answer"],
)


def test_answers_that_do_not_apply_are_read_but_not_counted():
    counts = tally(ANSWERS, by=["standard_id"], standards=None)
    assert counts.to_dict("records") == [
        {"standard_id": "s1", "met": 0, "applies": 0, "read": 1},
        {"standard_id": "s2", "met": 3, "applies": 4, "read": 4},
    ]


def test_only_groups_that_occur_are_counted_in_the_order_of_their_names():
    counts = tally(ANSWERS, by=["team", "standard_id"], standards=None)
    assert counts[["team", "standard_id", "read"]].to_numpy().tolist() == [
        ["Assessment", "s2", 2],
        ["Duty", "s1", 1],
        ["Duty", "s2", 2],
    ]


def test_an_answer_without_a_team_is_in_no_team():
    without = ANSWERS.assign(team=ANSWERS["team"].where(ANSWERS["child_ref"] != "c1"))
    counts = tally(without, by=["team"], standards=None)
    assert counts[["team", "met", "read"]].to_numpy().tolist() == [["Assessment", 2, 2], ["Duty", 0, 2]]


def test_no_answers_give_an_empty_count():
    counts = tally(ANSWERS.iloc[:0], by=["standard_id", "team"], standards=None)
    assert counts.columns.tolist() == ["standard_id", "team", "met", "applies", "read"]
    assert counts.empty


def test_a_file_read_for_several_standards_counts_once():
    assert files_read(ANSWERS) == 3
    assert files_read(ANSWERS, roles=["moderator"]) == 1


@pytest.mark.parametrize(
    ("done", "planned", "told"),
    [
        (["2025-03-05"], None, date(2025, 3, 5)),
        (["2025-03-05", "2025-03-28"], None, date(2025, 3, 20)),  # a monthly export, taken after the month had ended
        (["2025-03-05", "2052-03-28"], None, date(2025, 3, 5)),  # a slip of the pen
        (["2025-03-05"], "2025-04-01", date(2025, 3, 5)),  # what is planned tells of no day
        ([None], None, None),
    ],
)
def test_a_register_that_holds_what_was_done_after_the_day_tells_of_the_day(done, planned, told):
    table = pd.DataFrame({"done_on": pd.to_datetime(done), "due_on": pd.to_datetime([planned] * len(done))})
    assert last_day(table, date(2025, 3, 20)) == told
