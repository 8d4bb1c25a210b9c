import pickle

import pytest

from ilacs_audit.domain import errors


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
