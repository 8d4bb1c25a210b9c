"""Which questions split people, and how many luck alone would split."""

import pytest
from scipy.stats import multinomial

from ilacs_audit.stats.readers.questions import chance_of_split, pairs_alike, splits


def test_pairs_are_counted_once():
    assert pairs_alike(["met"] * 4) == (6, 6)
    assert pairs_alike(["met", "partly met", "not met"]) == (0, 3)
    assert pairs_alike(["met"]) == (0, 0)


@pytest.mark.parametrize(
    ("counts", "so"), [([3, 3, 0], True), ([4, 1, 1], False), ([2, 2, 2], True), ([4, 0, 0], False)]
)
def test_a_third_with_another_grade_splits_five_readers_or_more(counts, so):
    assert splits(counts) is so


def test_the_chance_of_a_split_is_that_of_the_library():
    shares = [0.6, 0.3, 0.1]
    every = [(a, b, 7 - a - b) for a in range(8) for b in range(8 - a)]
    chance = sum(multinomial.pmf(counts, 7, shares) for counts in every if splits(counts))
    assert chance_of_split(shares, 7) == pytest.approx(chance)
