"""Plain counts of registers: who answered before what they said, every action in one state."""

from datetime import date

import pytest

from ilacs_audit.analysis.registers.lists import milestones, survey_answers, vulnerability
from ilacs_audit.domain.measures import rows
from tests.build import counted, register

AS_OF = "2024-11-21"
DAYS = ("on", "raised_on", "due_on", "closed_on", "checked_on", "started_on", "left_on", "screened_on")


def test_who_answered_stands_before_what_they_said_and_a_survey_of_two_questions_is_asked_once():
    told = register(
        "survey",
        ("families-2024-11", "2024-11-20", 30, 11, "Understood?", 8),
        ("families-2024-11", "2024-11-20", 30, 11, "Helped?", 6),
        ("children-2024-10", "2024-10-04", 118, 9, "", None),
        ("later", "2024-11-22", 10, 10, "", None),
    )
    found = counted(survey_answers(told, as_of=AS_OF))
    assert list(found.items()) == [
        (("survey_answered", "families, 20 November 2024"), (11, 30)),
        (("survey_answered", "children, 4 October 2024"), (9, 118)),
        (("survey_positive", "Understood? (families, 20 November 2024)"), (8, 11)),
        (("survey_positive", "Helped? (families, 20 November 2024)"), (6, 11)),
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ((10, 11, 1), "more answers than asked"),
        ((10, 5, 6), "more said yes than answered"),
        ((None, 5, 4), "no number of people asked"),
        ((10, None, 4), "no number of people who answered"),
        ((0, 0, None), "nobody was asked"),
    ],
)
def test_a_survey_that_cannot_be_so_is_set_aside_and_told(row, why):
    sent, returned, positive = row
    told = register("survey", ("a", "2024-11-20", sent, returned, "Q?", positive))
    told = told.astype(dict.fromkeys(("sent", "returned", "positive"), "Int64"))
    assert counted(survey_answers(told, as_of=AS_OF)) == {("set_aside", f"{why} in survey"): (1, None)}


def test_rows_that_name_each_the_child_are_added_to_one_survey():
    each = [
        ("a-2024-11", "2024-11-20", 1, came, "Q?", yes, f"c{at}")
        for at, (came, yes) in enumerate([(1, 1), (1, 0), (0, 0)])
    ]
    assert counted(survey_answers(register("survey", *each), as_of=AS_OF)) == {
        ("survey_answered", "a, 20 November 2024"): (2, 3),
        ("survey_positive", "Q? (a, 20 November 2024)"): (1, 2),
    }


def test_a_question_without_a_number_who_said_yes_is_told_and_its_survey_still_counts():
    told = register("survey", ("a", "2024-11-20", 30, 11, "Q?", None)).astype({"positive": "Int64"})
    assert counted(survey_answers(told, as_of=AS_OF)) == {
        ("survey_answered", "a, 20 November 2024"): (11, 30),
        ("set_aside", "no number of people who said yes in survey"): (1, None),
    }


def test_a_question_as_long_as_a_page_is_cut_at_a_word():
    long = "Do you feel that " + "your social worker listens " * 9
    told = register("survey", ("a", "2024-11-20", 30, 11, long, 8))
    (label,) = (level for name, level in counted(survey_answers(told, as_of=AS_OF)) if name == "survey_positive")
    assert label.startswith("Do you feel that your social worker listens")
    assert "… (a, 20" in label
    assert len(label) < 120


NOBODY = register("training")


def test_a_post_without_a_start_is_vacant_and_notice_is_told_in_the_internal_edition_alone():
    posts = register(
        "workforce",
        ("P1", "North", "Meeting worker", "2024-10-14", None, "2024-10-21", "2024-11-06"),
        ("", "North", "Meeting worker", None, None),
        ("P2", "North", "Social worker", "2020-01-01", None, "2024-10-21", None),
        ("P3", "North", "Social worker", "2020-01-01", "2024-11-01", "2024-10-01", None),
    )
    found = counted(milestones(posts, NOBODY, as_of=AS_OF))
    assert found == {("post_filled", "Meeting worker"): (1, 2), ("notice_withdrawn", "all"): (1, 2)}
    shared = milestones(posts, NOBODY, as_of=AS_OF, exact=False)
    assert ("notice_withdrawn", "all") not in counted(shared)


def test_young_people_named_for_support_have_begun_only_where_they_came():
    young = [("1", "eet-jobs", "2024-11-01", "", f"Y{place}", "Care leaver", "yes", "") for place in range(6)]
    told = register("training", *young, ("1", "eet-jobs", "2024-11-02", "", "Y0", "Care leaver", "yes", "yes"))
    found = counted(milestones(register("workforce"), told, as_of=AS_OF))
    assert found == {("support_begun", "eet jobs"): (1, 6)}
    before = counted(milestones(register("workforce"), told, as_of="2024-10-31"))
    assert before == {("support_ahead", "eet jobs"): (6, 6)}  # what is not due is no 0%


def test_a_shared_list_stands_in_an_order_that_does_not_follow_its_counts():
    many = [(f"C{place}", "high", "theft" if place < 7 else "missing", "2024-10-09", "keep") for place in range(12)]
    for exact, order in ((True, ["theft", "missing"]), (False, ["missing", "theft"])):
        found = rows(vulnerability(register("screening", *many), as_of=AS_OF, exact=exact))
        assert [row.level for row in found if row.group == "screening theme"] == order


def test_a_child_screened_twice_counts_by_the_latest_and_contacts_of_other_authorities_stand_apart():
    seen = [(f"C{place}", "high", "online harm", "2024-10-09", "keep") for place in range(5)]
    placed = [(f"D{place}", "", "contact from a placing authority: missing", "2024-10-09", "") for place in range(5)]
    told = register(
        "screening",
        *seen,
        ("C0", "low", "of Ann Other alone", "2024-11-09", "keep"),
        ("C1", "", "online harm", "2024-11-22", "keep"),
        *placed,
    )
    found = counted(vulnerability(told, as_of=AS_OF))
    assert found["screened_high", "all"] == (4, 5)
    assert (found["screened", "low"], found["screened", "no risk recorded"]) == ((1, 5), (0, 5))
    assert found["screened", "another screening theme"] == (5, 5)  # four and one: neither is shared by five
    assert found["contact_reason", "missing"] == (5, 5)
    assert found["return_interview", "all"] == (None, None)
    assert not any("Ann" in level for _, level in found)


def test_where_a_register_of_missing_children_is_kept_its_own_page_tells_of_return_interviews():
    away = register("missing", ("1", "", "2024-10-01", "2024-10-02", "yes", "yes"))
    found = counted(vulnerability(register("screening"), away, as_of=AS_OF))
    assert set(found) == {("homeless_young", "all"), ("young_carers", "all")}
    assert ("return_interview", "all") in counted(vulnerability(register("screening"), away[:0], as_of=AS_OF))


def test_a_list_without_contacts_of_other_authorities_or_without_rows_is_no_crash():
    told = register("screening", *((f"C{n}", "high", "online harm", "2024-10-09", "keep") for n in range(5)))
    assert counted(vulnerability(told, as_of=AS_OF))["screened_high", "all"] == (5, 5)
    assert counted(vulnerability(register("screening"), as_of=AS_OF))["return_interview", "all"] == (None, None)


def test_nothing_of_a_register_that_is_empty():
    assert len(survey_answers(register("survey"), as_of=date(2024, 11, 21))) == 0
    assert len(milestones(register("workforce"), NOBODY, as_of=AS_OF)) == 0


def test_themes_in_one_cell_are_counted_each_and_none_is_added():
    themes = [
        "neglect; domestic abuse",
        "Neglect",
        "domestic abuse",
        "neglect, domestic abuse",
        "neglect\nDomestic abuse",
    ]
    seen = [(f"C{place}", "high", themes[place % 5], "2024-10-09", "keep") for place in range(15)]
    told = vulnerability(
        register("screening", *seen, ("X", "low", "gangs, county lines", "2024-10-09", "")), as_of=AS_OF
    )
    found = {row.level: (row.numerator, row.denominator) for row in rows(told) if row.group == "screening theme"}
    assert {level.casefold(): pair for level, pair in found.items()} == {
        "neglect": (12, 16),
        "domestic abuse": (12, 16),
        "another screening theme": (1, 16),
    }
