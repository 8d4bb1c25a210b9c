import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.domain import errors
from ilacs_audit.domain.given import share


def test_a_message_says_what_where_and_what_to_do():
    problem = errors.ReturnsError("The sheet is empty.", where="plans.xlsx, sheet 'Return'", fix="Send it again.")
    assert str(problem) == "The sheet is empty. Where: plans.xlsx, sheet 'Return'. What to do: Send it again."


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.UsageError, 2),
        (errors.ReturnsError, 11),
        (errors.CatalogueError, 12),
        (errors.DisclosureError, 13),
        (errors.NotebookError, 14),
        (errors.StaleInputError, 15),
        (errors.LockedError, 16),
        (errors.CommentaryError, 17),
    ],
)
def test_each_kind_of_mistake_has_its_exit_code(kind, code):
    assert kind("x").exit_code == code


def test_an_error_survives_the_journey_from_another_process():
    problem = errors.DisclosureError("Refused.", where="plans.html", fix="Look.")
    again = pickle.loads(pickle.dumps(problem))
    assert (type(again), str(again)) == (errors.DisclosureError, str(problem))


NAMES = st.text(alphabet="abcdefgh-0123456789", min_size=4, max_size=20).filter(lambda name: name.strip("-"))


@given(NAMES)
def test_a_name_in_another_case_or_without_its_hyphens_is_found_again(name):
    told = errors.near(name.upper().replace("-", " "), [name, "zzzz-zzzz-zzzz"], otherwise="Correct it.")
    assert told == f"Did you mean '{name}'? Correct it."


@given(NAMES, st.integers(0, 19))
def test_a_name_with_one_letter_lost_is_found_again(name, place):
    bare = [each for each in name if each != "-"]
    lost = "".join(bare[: place % len(bare)] + bare[place % len(bare) + 1 :])
    if len(bare) > 2:
        assert f"'{name}'" in errors.near(lost, [name], otherwise="")


def test_a_name_like_no_other_gets_the_advice_alone():
    assert errors.near("zebra", ["plans", "consent"], otherwise="Correct it.") == "Correct it."


def test_at_most_three_near_names_are_told():
    assert errors.near("CON-0", [f"CON-{n}" for n in range(1, 9)], otherwise="").count("'") == 6


@pytest.mark.parametrize(
    ("value", "told"), [("x" * 60, "'" + "x" * 39 + "…'"), ("a\n b", "'a b'"), ({"a": 1}, "'dict'")]
)
def test_what_was_given_is_repeated_short_and_on_one_line(value, told):
    assert errors.quoted(value) == told


def test_a_notebook_shows_an_error_as_its_sentence_and_one_line_for_a_developer():
    with pytest.raises(errors.UsageError) as caught:
        share(80, "before")
    said, where = caught.value._render_traceback_()
    assert said == "before= was given '80', which is not a share. What to do: Write 0.9 for 90%."
    assert re.fullmatch(r"For a developer: given\.py, line \d+\.", where)
    assert errors.UsageError("Raised by nobody.")._render_traceback_() == ["Raised by nobody."]
