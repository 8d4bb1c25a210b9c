"""A line for each critical standard, in the words of the standard, and never more than the row bears."""

import pytest

from ilacs_audit.claims.sentences.critical import Part, critical_lines
from ilacs_audit.claims.verdicts.critical import critical_failures
from ilacs_audit.domain.measures import measures, rows
from tests import build
from tests.build import seen, table

RIGHT = {"measure": "put_right", "numerator": 2, "denominator": 3, "note": "the rest due by 13 December 2024"}


def said(met, read, of=110, *, failing="the child could not talk alone", unit="file", right=None, **more):
    asked = build.standard("c1", "The child could talk alone.", critical=True, failing=failing)
    known = build.standards(build.theme("consent", [asked], unit=unit))
    failures = critical_failures(table(seen(met, read, of, **more)), standards=known)
    about = {"theme": "consent", "standard_id": "c1", "group": "all", "level": "all", "period": "2024-11"}
    told = critical_lines([Part([*rows(failures), *rows(measures([about | right] if right else []))])], known)
    return only_one(told.lines)


def only_one(lines):
    (line,) = lines
    return line


def test_a_failure_is_told_in_the_words_of_the_standard():
    told = said(19, 31)
    assert f"{told.lead} {told.words}" == "In 12 of 31 files the child could not talk alone."
    assert (told.known, told.failed) == ("No action on the register.", True)


def test_a_standard_without_words_for_its_failure_is_quoted():
    told = said(19, 31, failing="")
    assert f"{told.lead} {told.words}" == "In 12 of 31 files this was not met: “The child could talk alone”."


def test_people_are_not_things_that_something_is_in():
    assert said(20, 34, unit="worker").lead == "For 14 of 34 workers"
    assert said(0, 1, unit="enquiry").lead == "In 1 of 1 enquiry"


def test_none_found_is_not_none():
    told = said(20, 20)
    assert f"{told.lead} {told.words}" == "None of 20 files failed “The child could talk alone”."
    assert told.known == "There may still be up to 13 among the 110 children."
    assert said(20, 20, of=None).known == "There may still be up to 14%."


@pytest.mark.parametrize("met", [12, 18])
def test_files_that_somebody_picked_say_nothing_of_the_others(met):
    told = said(met, 18, of=None, selection="risk_led")
    assert told.known.startswith("The files were not drawn by chance, so this says nothing of the others.")
    assert "allows" not in told.known


def test_missing_answers_are_told():
    assert said(19, 31, missing=2).known.startswith("2 answers missing. ")
    assert said(31, 31, missing=1).known.startswith("1 answer missing. There may still be up to ")


def test_what_was_done_is_counted_in_actions_and_not_in_children():
    known = "Put right: 2 of 3 actions; one due by 13 December 2024."
    assert said(28, 31, right=RIGHT).known == known
    assert said(28, 31, right={**RIGHT, "numerator": 3, "note": ""}).known == "Put right: 3 of 3 actions."
    assert said(19, 31, right=RIGHT).known == f"{known} We cannot tell of any of the 12 files whether it was put right."
    late = {**RIGHT, "note": "the rest were due by 13 November 2024"}
    assert said(28, 31, right=late).known == "Put right: 2 of 3 actions; one was due by 13 November 2024."
    two = {**RIGHT, "numerator": 1, "note": "the rest were due by 13 November 2024"}
    assert said(28, 31, right=two).known == "Put right: 1 of 3 actions; two were due by 13 November 2024."


def test_a_hidden_count_of_actions_tells_that_there_are_some():
    hidden = {"measure": "put_right", "status": "secondary"}
    assert said(19, 31, right=hidden).known == "Action is recorded."


def test_each_line_that_no_action_names_says_so():
    codes = ("c1", "c2", "c3")
    known = build.standards(build.theme("consent", [build.standard(code, critical=True) for code in codes]))
    failures = critical_failures(table(*(seen(19, 31, standard=code) for code in codes)), standards=known)
    about = {"theme": "consent", "standard_id": "c1", "group": "all", "level": "all", "period": "2024-11"}
    told = critical_lines([Part([*rows(failures), *rows(measures([about | RIGHT]))])], known)
    assert sorted(each.known for each in told.lines) == [
        "No action on the register.",
        "No action on the register.",
        "Put right: 2 of 3 actions; one due by 13 December 2024. "
        "We cannot tell of any of the 12 files whether it was put right.",
    ]
    nothing = "no action on the register for two of them"
    assert told.heading == f"Needs action now: three critical standards failed; {nothing}"
