"""The method of a page speaks of what the page shows: of no range where there is none, of chance only where it was."""

import pytest

from ilacs_audit.claims.sentences.method_notes import method_notes
from ilacs_audit.claims.verdicts.estimates import OVERFULL_LIST
from ilacs_audit.claims.verdicts.in_order import DOUBTED_DRAW, NOT_DRAWN
from tests import build


def notes(*records, **said):
    return " ".join(method_notes(build.table(*records), audit=build.protocol(**said)))


def test_a_page_of_a_whole_list_explains_met_by_the_count_and_names_no_range():
    told = notes({**build.seen(9, 12, 12, target=0.8), "verdict": "not met"}, selection="census")
    assert "met when the count reaches the target" in told
    assert "whole range" not in told


def test_a_whole_list_with_files_missing_has_a_range_without_chance():
    unread = {**build.seen(24, 30, 40, target=0.8), "method": "hypergeometric", "missing": 10, "verdict": "met"}
    told = notes(unread, selection="census")
    assert "no chance is in it" in told
    assert "hypergeometric interval" not in told


@pytest.mark.parametrize("note", [OVERFULL_LIST, DOUBTED_DRAW, NOT_DRAWN])
def test_where_chance_is_in_doubt_the_method_says_what_was_planned_and_nothing_that_rests_on_it(note):
    told = notes({**build.seen(9, 12, target=0.8), "note": note})
    assert told.startswith("Planned so, and in doubt: drawn at random from the list.")
    assert "Chance chose" not in told
    assert "Chance chose" in notes(build.seen(9, 12, target=0.8))


@pytest.mark.parametrize("verdict", ["met", ""])
def test_a_rule_of_ranges_is_told_where_a_range_gave_a_verdict(verdict):
    told = notes({**build.seen(9, 12, target=0.8), "verdict": verdict})
    assert ("whole range reaches the target" in told) == bool(verdict)
