"""What readers asked, as a front page tells it."""

from dataclasses import replace

import ilacs_audit as ia
from ilacs_audit.domain.catalogue.faults import read_as
from ilacs_audit.domain.references.challenges import Challenge, ChallengeTold
from tests import edition

ASKED = {"code": "BCDFGH", "words": "Who is told?", "by": "Independent chair", "raised_on": "2024-10-08"}
ANSWER = {"answer": "A manager is asked.", "answered_on": "2024-11-18", "answered_by": "Head of service"}


def shown(*asked):
    told = [
        ChallengeTold(read_as(Challenge, {**ASKED, "period": "2024-09", **each}, file="x"), **of) for each, of in asked
    ]
    return ia.challenges(replace(edition.told(), challenges=tuple(told))).html


def test_nothing_is_told_where_nobody_asked():
    assert shown() == ""


def test_the_name_of_a_figure_is_said_once_for_then_and_now():
    said = shown(({}, {"then": "We asked first: in 9 of 20 files.", "now": "We asked first: in 12 of 17 files."}))
    assert "Then: We asked first: in 9 of 20 files. Now: in 12 of 17 files." in said
    assert "Your challenge: not yet answered" in said and "Two counts beside each other" in said


def test_a_figure_that_says_the_same_says_it_once():
    said = shown((ANSWER, {"then": "It is hidden.", "now": "It is hidden.", "href": "a.html#BCDFGH"}))
    assert said.count("It is hidden.") == 1 and "Then" not in said
    assert "A manager is asked. <small>Head of service, 18 November 2024</small>" in said
    assert '<a href="a.html#BCDFGH">BCDFGH</a>' in said


def test_an_answer_that_claims_more_than_the_figures_bear_is_left_out():
    said = shown(({**ANSWER, "answer": "Practice is now <b>outstanding</b> for all children."}, {"now": "In 2 of 9."}))
    assert "outstanding" not in said and "The words are left out" in said
    assert "Your challenge: not yet answered" in said  # readers see no answer


def test_a_count_that_the_figure_said_then_may_be_asked_about_and_another_may_not():
    asked = {"words": "34 of 44 files met it: why not more?"}
    assert "34 of 44 files met it: why" in shown((asked, {"then": "CON-1: in 34 of 44 files.", "now": "In 29 of 40."}))
    assert "34 of 44 files met it: why" not in shown((asked, {"then": "CON-1: in 33 of 44 files."}))
