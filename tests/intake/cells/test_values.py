"""A cell means one thing or is refused with its reason."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.domain.standards import SCALES
from ilacs_audit.intake.cells.values import (
    _BUILT_IN,
    UNCACHED,
    read_answer,
    spelling,
    spellings,
)


def answer(value: Any, scale: str = "met", learnt: dict[str, list[str]] | None = None) -> str:
    return read_answer(value, SCALES[scale], spellings(SCALES[scale], learnt or {})).answer


def reason(value: Any, scale: str = "met") -> str:
    return read_answer(value, SCALES[scale], spellings(SCALES[scale], {})).reason


@pytest.mark.parametrize("written", ["Met", " met ", "MET", "met\xa0", "Met  ", "Fully met", "Y", True])
def test_every_usual_spelling_of_met_is_met(written: Any) -> None:
    assert answer(written) == "met"


@pytest.mark.parametrize("written", ["n/a", "N/A", "na", "NA ", "N/a\xa0", "Not applicable", "not  applicable"])
def test_not_applicable_is_an_answer_and_never_missing(written: str) -> None:
    assert answer(written) == "not applicable"


@pytest.mark.parametrize(
    ("written", "scale", "read"),
    [
        ("Partially", "yes_no", "partly"),
        ("part met", "met", "partly met"),
        ("Not\xa0met", "met", "not met"),
        ("not-met", "met", "not met"),
        ("FALSE", "yes_no", "no"),
        (False, "yes_no", "no"),
        ("RI", "ofsted", "requires improvement"),
        ("Requires  Improvement ", "ofsted", "requires improvement"),
        (7.0, "scaling", "7"),
        (10, "scaling", "10"),
        ("7", "scaling", "7"),
    ],
)
def test_spellings_are_read_on_the_standards_own_scale(written: Any, scale: str, read: str) -> None:
    assert answer(written, scale) == read


@pytest.mark.parametrize("written", ["", " ", "\xa0", None])
def test_a_blank_is_neither_no_nor_not_applicable(written: Any) -> None:
    read = read_answer(written, SCALES["met"], spellings(SCALES["met"], {}))
    assert (read.answer, read.reason) == ("", "")


@pytest.mark.parametrize("written", ["RI+", "Good?", "Good/RI", "good - just", "tbc", "Adequate"])
def test_an_unknown_grade_is_refused_and_never_guessed(written: str) -> None:
    assert answer(written, "ofsted") == ""
    assert reason(written, "ofsted")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("06-Jul", "into a date"),
        (datetime.combine(date(2024, 7, 6), time()), "into a date"),
        ("8/10", "out of 10"),
        ("five", "as a word"),
        (7.5, "whole marks"),
        (0, "outside the scale"),
        (11.0, "outside the scale"),
        (UNCACHED, "formula whose result was never saved"),
        ("#N/A", "spreadsheet error"),
    ],
)
def test_a_lost_mark_is_explained(written: Any, words: str) -> None:
    assert words in reason(written, "scaling")
    assert answer(written, "scaling") == ""


def test_a_code_has_the_meaning_of_the_scale_that_it_stands_on_and_none_where_two_are_given() -> None:
    learnt = {"yes": ["01"], "outstanding": ["01"], "no": ["02"], "partly": ["02"]}
    assert (answer("01", "yes_no", learnt), answer("01", "ofsted", learnt)) == ("yes", "outstanding")
    assert answer("02", "yes_no", learnt) == ""


def test_a_learnt_spelling_wins() -> None:
    assert answer("Achieved", learnt={"met": ["Achieved"]}) == "met"


@pytest.mark.parametrize(
    ("written", "scale", "read"),
    [
        *((each, "ofsted", "requires improvement") for each in ("R.I.", "RIG", "Req. improvement", "Req Imp", "r i")),
        *((each, "ofsted", "inadequate") for each in ("Inad.", "I", "inad")),
        *(("O", "ofsted", "outstanding"), ("G", "ofsted", "good"), ("Part", "met", "partly met")),
        *(("✓", "met", "met"), ("✗", "yes_no", "no"), ("P", "yes_no", "partly"), ("Not app.", "met", "not applicable")),
    ],
)
def test_the_short_forms_that_auditors_write_are_read(written: str, scale: str, read: str) -> None:
    assert answer(written, scale) == read


@pytest.mark.parametrize("scale", sorted(SCALES))
def test_reading_an_answer_again_changes_nothing(scale: str) -> None:
    known = spellings(SCALES[scale], {})
    assert {read: answer(read, scale) for read in known.values()} == {read: read for read in known.values()}


@pytest.mark.parametrize("scale", sorted(_BUILT_IN))
def test_no_usual_spelling_stands_for_two_levels(scale: str) -> None:
    told = {(spelling(each), level) for level, others in _BUILT_IN[scale].items() for each in (level, *others)}
    assert len({text for text, _ in told}) == len(told)


@pytest.mark.parametrize(
    ("written", "scale", "read"),
    [
        ("Yes - see case note 12/3", "yes_no", "yes"),
        ("Yes (seen on 4 March)", "yes_no", "yes"),
        ("Yes, seen at home", "yes_no", "yes"),
        ("Yes: by the duty worker", "yes_no", "yes"),
        ("Yes\nSee note", "yes_no", "yes"),
        ("Partly met – see note", "met", "partly met"),
        ("R.I. - see note", "ofsted", "requires improvement"),
        ("No - not recorded", "yes_no", "no"),
        ("No - but done since", "yes_no", "no"),
        ("Partly - plan not signed", "yes_no", "partly"),
        ("N/A - closed in week 1", "yes_no", "not applicable"),
        ("8 - a careful piece of work", "scaling", "8"),
    ],
)
def test_words_behind_an_answer_leave_it_what_it_is(written: str, scale: str, read: str) -> None:
    assert answer(written, scale) == read


@pytest.mark.parametrize(
    ("written", "scale"),
    [
        ("Yes - but not recorded", "yes_no"),
        ("Yes (late)", "yes_no"),
        ("Yes, partly", "yes_no"),
        ("Yes - could be clearer", "yes_no"),
        ("Yes?  - ask the worker", "yes_no"),
        ("No - n/a", "yes_no"),
        ("No - not applicable", "yes_no"),
        ("No - yes since March", "yes_no"),
        ("N/A - should have been done", "yes_no"),
        ("N/A - not met", "met"),
        ("Good (with RI features)", "ofsted"),
        ("Good - requires improvement in recording", "ofsted"),
        ("7 - 8", "scaling"),
        ("See note - yes", "yes_no"),
    ],
)
def test_words_that_could_make_another_answer_of_it_leave_it_unread(written: str, scale: str) -> None:
    assert (answer(written, scale), bool(reason(written, scale))) == ("", True)


@given(
    st.sampled_from(sorted(SCALES)),
    st.data(),
    st.sampled_from([" - ", " (", ", ", ": ", "\n"]),
    st.text("abcdefghi nopqrstuvy/139?-()", max_size=20),
)
def test_whatever_stands_behind_it_an_answer_is_read_as_itself_or_not_at_all(
    scale: str, data: st.DataObject, mark: str, words: str
) -> None:
    level = data.draw(st.sampled_from(SCALES[scale].levels))
    assert answer(f"{level}{mark}{words}", scale) in (level, "")
