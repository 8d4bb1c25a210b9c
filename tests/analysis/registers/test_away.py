"""Children privately fostered and children who went missing: visited in time, spoken to alone, offered an interview."""

from pathlib import Path

import pytest

from ilacs_audit.analysis.registers.away import missing_interviews, private_fostering
from ilacs_audit.intake.workspace import load_workspace
from tests.analysis.registers.test_lists import AS_OF, counted, register

WORK = load_workspace(Path(__file__).parents[3])


def fostered(child, notified, visited, alone="yes", ended=None):
    return (child, "North", "W", notified, visited, alone, ended)


def found(*told, as_of=AS_OF):
    table = register("private_fostering", *told, fostered("now", "2024-11-01", "2024-11-21"))
    return counted(private_fostering(table, limits=WORK.limits, holidays=WORK.holidays, as_of=as_of))


LEVEL = "42 days, 84 days after the first year"


@pytest.mark.parametrize(
    ("notified", "visited", "kept"),
    [
        ("2024-09-02", "2024-10-10", True),  # the last of 42 days
        ("2024-09-02", "2024-10-09", False),
        ("2023-01-02", "2024-08-29", True),  # over a year: the last of 84 days
        ("2023-01-02", "2024-08-28", False),
        ("2024-09-02", None, False),  # eighty days and nobody came
    ],
)
def test_a_visit_is_owed_every_six_weeks_in_the_first_year_and_every_twelve_after_it(notified, visited, kept):
    told = found(fostered("1", notified, visited, alone="" if visited is None else "yes"))
    assert told["fostered_visited_in_time", LEVEL] == (1 + kept, 2)


def test_a_child_whom_nobody_visited_is_not_called_visited_because_the_limit_has_not_passed():
    told = found(*(fostered(each, "2024-10-10", None) for each in "234"))
    assert told["fostered_visited_in_time", LEVEL] == (1, 1)
    assert told["fostered_not_due", "all"] == (3, 4)


def test_each_child_counts_by_the_last_visit_and_one_whose_arrangement_has_ended_is_owed_none():
    twice = [fostered("1", "2024-09-02", "2024-09-09", "no"), fostered("1", "2024-09-02", "2024-11-04", "yes")]
    told = found(
        *twice, fostered("2", "2024-01-02", "2024-01-09", ended="2024-10-01"), fostered("3", "2024-11-22", None)
    )
    assert told["fostered_visited_in_time", LEVEL] == (2, 2)
    assert told["fostered_alone", "all"] == (2, 2)
    assert told["fostered_visited", "all"] == (2, 2)


def test_the_first_visit_is_judged_where_the_register_has_each_visit_and_else_has_no_count():
    first = ("fostered_first_in_time", "7 working days")
    each = [fostered("1", "2024-09-02", "2024-09-11", "yes"), fostered("1", "2024-09-02", "2024-10-14", "yes")]
    late, soon = fostered("2", "2024-09-02", "2024-09-12", "yes"), fostered("3", "2024-11-18", None)
    assert found(*each, late, soon)[first] == (1, 3)  # with the one of `found`; the limit of the last has not passed
    assert found(each[1], late)["fostered_first_in_time", "all"] == (None, None)


def test_a_visit_after_the_day_of_the_page_is_none_yet_and_its_child_is_still_counted():
    assert found(fostered("1", "2024-09-02", "2024-11-22"))["fostered_visited", "all"] == (1, 2)


def test_a_blank_says_neither_that_a_child_was_spoken_to_alone_nor_that_it_was_not():
    told = found(fostered("1", "2024-09-02", "2024-11-04", ""), fostered("2", "2024-09-02", "2024-11-04", "no"))
    assert told["fostered_alone", "all"] == (1, 2)


def missing(*told):
    return counted(missing_interviews(register("missing", *told), as_of=AS_OF))


def test_return_interviews_are_of_children_who_came_back_each_by_the_last_episode():
    told = missing(
        ("1", "North", "2024-10-01", "2024-10-02", "no", ""),
        ("1", "North", "2024-11-01", "2024-11-02", "yes", "yes"),
        ("2", "North", "2024-11-01", "2024-11-02", "yes", "no"),
        ("3", "North", "2024-11-01", "2024-11-02", "no", ""),
        ("4", "North", "2024-11-01", "2024-11-02", "", ""),
        ("5", "North", "2024-11-20", None, "", ""),  # still missing: nobody could be asked
        ("6", "North", "2024-11-22", "2024-11-23", "yes", "yes"),
    )
    assert told["interview_offered", "all"] == (2, 4)
    assert told["interview_accepted", "all"] == (1, 2)
    assert told["interview_unknown", "all"] == (1, 4)
    assert told["still_missing", "all"] == (1, 5)
    assert told["interview_in_time", "all"] == (None, None)


def test_a_list_that_gives_no_days_is_of_children_who_came_back():
    assert missing(("1", "", None, None, "yes", "no"))["interview_offered", "all"] == (1, 1)


def test_a_list_on_which_nobody_went_missing_says_that_no_data_was_supplied():
    assert missing() == {("interview_offered", "all"): (None, None), ("interview_in_time", "all"): (None, None)}
