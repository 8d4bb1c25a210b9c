"""A statement weighs the same as a sentence and as a part of one, and what we did less than what families have."""

import pytest

from ilacs_audit.claims.prose.score import CLAIM, score


@pytest.mark.parametrize("text", ["Members thanked the auditors", "Families feel listened to now"])
def test_a_full_stop_and_a_capital_weigh_nothing(text):
    assert score(text) == score(f"{text}.") == score(f"{text[0].lower()}{text[1:]}.")


def test_what_is_told_of_families_weighs_more_than_what_the_board_did():
    assert score("Members thanked the auditors.") < CLAIM < score("Families feel listened to by our workers now.")


def test_words_that_nobody_has_taught_weigh_towards_a_claim_no_less_than_the_limit():
    assert score("Zyx qwv.") >= CLAIM
