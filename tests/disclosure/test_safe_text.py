"""Text typed by a stranger does nothing but be read."""

import pytest
from markupsafe import Markup

from ilacs_audit.disclosure.safe_text import inert_cell, printed, safe_text


@pytest.mark.parametrize("mark", ["\u200b", "\u200f", "\u202e", "\u2066", "\ufeff", "\x00", "\x1b", "\u00ad"])
def test_marks_that_nobody_sees_are_taken_out(mark):
    assert safe_text(f"not{mark} met") == "not met"


def test_text_that_is_too_long_is_cut():
    assert len(safe_text("a" * 50_000)) == 10_000


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "\u200b=1", "＝1"])
def test_a_formula_becomes_text(cell):
    assert inert_cell(cell).startswith("'")
    assert inert_cell(cell, numbers=True).startswith("'")


@pytest.mark.parametrize("cell", ["-12.5", "+3%", "24 of 30", "[c]", ""])
def test_numbers_and_words_stay(cell):
    assert inert_cell(cell, numbers=True) == cell


@pytest.mark.parametrize("cell", ["+1", "-1", "-12.5"])
def test_where_nothing_is_counted_a_number_that_was_typed_is_text_too(cell):
    assert inert_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", [7, 0.5, None, True])
def test_what_is_not_text_is_no_formula(cell):
    assert inert_cell(cell) is cell


def test_what_a_template_prints_is_safe_text_and_finished_html_stays_as_it_is():
    assert printed("team\u202e eno\u200b") == "team eno"
    assert printed(Markup("<b>\u200bx</b>")) == "<b>\u200bx</b>"
    assert [printed(each) for each in (7, None, 0.5)] == [7, None, 0.5]
