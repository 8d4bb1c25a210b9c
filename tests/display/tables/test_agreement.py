"""The tables of a report on second readers say what could be worked out, and why what could not."""

import pytest

from ilacs_audit.claims.sentences.readers.agreement import FOR_ALL, lean_words
from ilacs_audit.display.tables.agreement import agreement_table, corrected_table, moderators_table
from ilacs_audit.display.tables.evidence import figures_table
from ilacs_audit.domain.measures import rows
from tests import build

RAW = {"measure": "graded_good", "group": "audit", "level": "Plans", "numerator": 27, "denominator": 57}
FIXED = {"measure": "graded_good_corrected", "group": "audit", "level": "Plans", "denominator": 15}
KAPPA = {"measure": "agreement", "group": "coefficient", "level": "Linear-weighted kappa", "denominator": 29}


@pytest.mark.parametrize(
    ("ends", "lead"),
    [
        ((0.12, 0.55), "nobody can tell whether grades are kind"),
        ((0.12, 0.4), "grades are kinder than a moderator&#39;s"),
        ((0.5, 0.7), "grades are harsher than a moderator&#39;s"),
    ],
)
def test_a_heading_calls_grades_kind_only_where_the_range_leaves_out_the_auditors_own_share(ends, lead):
    fixed = {**FIXED, "value": 0.263, "lower": ends[0], "upper": ends[1]}
    shown = corrected_table(build.released([RAW, fixed])).html
    assert f"Plans: {lead}. Auditors graded 27 of 57 files good or better" in shown


def test_raw_and_corrected_stand_side_by_side_with_both_ranges():
    raw = {**RAW, "lower": 38 / 110, "upper": 67 / 110, "population": 110, "method": "hypergeometric"}
    fixed = {**FIXED, "value": 0.263, "lower": 0.12, "upper": 0.55, "note": "Rough."}
    shown = corrected_table(build.released([raw, fixed])).html
    assert "; had a moderator graded every one, likely 12% to 55% would be" in shown
    assert "been graded again" not in shown  # which reads as if so many had been
    assert all(each in shown for each in ("likely 38 to 67 of 110", "26%", "likely 12% to 55%", "Rough."))


def test_where_nothing_can_be_set_right_the_reason_stands_in_its_place():
    shown = corrected_table(
        build.released([RAW, {**FIXED, "reason": "5 files were graded again: 15 are needed."}])
    ).html
    assert "No headline can be set right this month" in shown
    assert "5 files were graded again: 15 are needed." in shown
    assert corrected_table(build.released([KAPPA])).html == ""


def test_a_coefficient_has_its_range_or_the_reason_why_it_has_no_value():
    found = [
        {**KAPPA, "value": 0.66, "lower": 0.44, "upper": 0.85},
        {**KAPPA, "level": "AC2", "note": "It cannot be calculated."},
        {"measure": "movement", "group": "coefficient", "level": "By luck", "value": 0.0004, "method": "test"},
    ]
    shown = agreement_table(build.released(found)).html
    assert all(each in shown for each in ("0.66", "likely 0.44 to 0.85", "It cannot be calculated.", "under 0.1%"))
    assert "There is no value from which agreement is good" in shown


def test_how_files_were_chosen_is_told_of_the_audits_that_plan_moderation_alone():
    planned = {"moderation": {"selection": "picked", "judges": "audit"}}
    audits = build.programme(build.audit("a", title="Plans", **planned), build.audit("b", title="Visits"))
    shown = moderators_table(tuple(audits)).html
    assert "picked" in shown
    assert "the audit of it alone" in shown
    assert "Visits" not in shown
    assert moderators_table(tuple(build.programme(build.audit("b")))).html == ""


def test_a_coefficient_is_no_percentage_among_the_figures_of_its_page_either():
    found = [{**KAPPA, "value": 0.66, "lower": 0.44, "upper": 0.85, "method": "bootstrap"}]
    found += [{"measure": "movement", "group": "coefficient", "level": "By luck", "value": 0.008, "method": "test"}]
    lines = figures_table([*rows(build.released(found))]).lines
    assert [[each.text for each in line.cells[-2:]] for line in lines] == [
        ["0.66", "0.44 to 0.85"],
        ["0.8%", "no range"],
    ]


def test_how_often_two_people_agree_is_said_in_plain_words_above_the_fold_and_beside_what_luck_would_bring():
    about = {"measure": "alike", "group": "coefficient", "denominator": 29}
    same = {**about, "level": "The same grade from both", "numerator": 21, "value": 21 / 29}
    luck = {**about, "level": "The same grade from both, by luck alone", "value": 0.354, "method": "test"}
    bowker = {"measure": "movement", "group": "coefficient", "level": "Bowker's test of the whole table", "value": 0.24}
    shown = agreement_table(build.released([same, luck, {**bowker, "method": "test"}])).html
    above, _, folded = shown.partition("<details")
    assert "gave it the same grade about 7 times in 10 (21 of 29). Had both given as many of each grade" in above
    assert "they would still have agreed about 4 times in 10, by luck. Only what is above that shows" in above
    assert "the chance that luck alone makes the moves between any two grades so one-sided" in folded


def test_where_every_file_has_one_grade_nobody_can_tell_whether_two_people_judge_alike():
    same = {"measure": "alike", "group": "coefficient", "level": "The same grade from both", "denominator": 20}
    shown = agreement_table(build.released([{**same, "numerator": 20, "value": 1.0}])).html
    assert "Every file had the same grade from both, so nobody can tell" in shown


@pytest.mark.parametrize(
    ("down", "up", "value", "told"),
    [
        (7, 0, 0.0156, "That more go down than up is hardly luck: by luck alone the chance of it is 1.6%. {FOR_ALL}"),
        (1, 3, 0.625, "That more go up than down could be luck: by luck alone the chance of it is 63%."),
        (2, 2, 1.0, "As many went up as down."),
        (0, 0, None, ""),
    ],
)
def test_whether_luck_alone_sends_more_grades_one_way_is_said_in_words(down, up, value, told):
    one_way = {"measure": "movement", "level": "So many one way, by luck", "value": value}
    (row,) = rows(build.released([one_way]))
    assert lean_words(down, up, row) == told.format(FOR_ALL=FOR_ALL)
