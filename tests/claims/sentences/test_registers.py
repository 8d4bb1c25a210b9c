"""What leads a page on a register: the whole, else the lowest shares; and on a shared page no whole of a few."""

import pytest

from ilacs_audit.claims.sentences.data_sentences import data_sentence
from ilacs_audit.claims.sentences.registers import UNSHOWN, register_headline, register_sentence, told_of
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.measures import measures, rows


def led(audience, *found):
    named = ("measure", "group", "level", "numerator", "denominator")
    table = measures(dict(zip(named, each, strict=True)) for each in found)
    return register_headline([*rows(release(table, audience=audience))])


def test_without_a_whole_the_two_lowest_shares_of_what_is_counted_first_lead():
    asked = [("survey_answered", "survey", name, k, 100) for name, k in (("one", 60), ("two", 9), ("three", 30))]
    said = led("internal", *asked, ("survey_positive", "survey question", "Did it help? (two)", 1, 9))
    assert said == "9 of 100 people asked (two) answered (9%). 30 of 100 people asked (three) answered (30%)."


@pytest.mark.parametrize(("size", "leads"), [(9, False), (10, True)])
def test_a_whole_of_fewer_than_ten_leads_no_shared_page(size, leads):
    late = ("leaver_eet", "all", "all", 2, size)
    assert "were in education" in led("internal", late)
    assert (led("board", late) != UNSHOWN) == leads


def test_a_team_s_line_says_within_the_limit_and_never_within_the_team():
    found = measures(
        [
            {"measure": "escalation_in_time", "group": "team", "level": "North", "numerator": 6, "denominator": 10},
            {"measure": "escalation_in_time", "group": "all", "level": "20 working days", "numerator": 6}
            | {"denominator": 10},
        ]
    )
    team, whole = (register_sentence(row) for row in rows(found))
    assert "had it resolved within the limit (60%)" in team
    assert "had it resolved within 20 working days (60%)" in whole


def test_no_sentence_takes_the_length_of_a_limit_from_the_name_of_a_team():
    judged = [name for name, told in told_of().items() if told.limits or "within {level}" in told.said]
    found = measures(
        [{"measure": each, "group": "team", "level": "North", "numerator": 6, "denominator": 9} for each in judged]
    )
    said = [register_sentence(row) for row in rows(found)]
    assert (len(said) > 8, [each for each in said if "North" in each]) == (True, [])


def test_of_a_course_who_came_leads_with_who_is_still_to_come():
    said = led(
        "internal",
        ("course_came", "course", "Plans", 133, 167),
        ("course_ahead", "course", "Plans", 34, 167),
        ("course_came", "course", "Assessment", 110, 120),
    )
    assert "133 of 167 people named for Plans had attended" in said
    assert "34 of 167 people named for Plans were booked" in said
    assert "Assessment" not in said


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("rows_read", "register", "training", 49, 50), "Training: 49 of 50 rows of the register are used (98%)."),
        (("set_aside", "rule", "few named for it in training", 2, None), "Few named for it in training: 2 set aside."),
        (
            ("session_days", "course", "Neglect", 4, None),
            "4 days with a session of Neglect are in the register, the last",
        ),
        (("course_untold", "course", "Neglect", 9, 12), "9 of 12 people named for Neglect may have come, and nobody"),
    ],
)
def test_a_line_of_a_register_s_data_file_speaks_of_rows_and_people_and_never_of_files(row, said):
    told = dict(zip(("measure", "group", "level", "numerator", "denominator"), row, strict=True))
    (one,) = rows(release(measures([told]), audience="internal"))
    assert data_sentence(one, unit="file", names={}).startswith(said)
    assert "file" not in f"{one.note} {data_sentence(one, unit='file', names={})}"


def test_a_count_of_the_whole_is_not_said_again_of_a_part():
    plans = [("visited_in_time", "plan type", name, *pair) for name, pair in (("care", (20, 20)), ("other", (9, 18)))]
    whole = ("cp_visited_in_time", "all", "10 working days", 15, 18)
    again = ("visited_in_time", "plan type", "child protection", 15, 18)
    assert "(50%)" in led("internal", *plans, again, whole)
    assert led("internal", again, plans[0], whole).count("15 of 18") == 1
