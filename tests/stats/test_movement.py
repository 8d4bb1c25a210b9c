"""Which way a second reader moves grades, against published tables and an exact count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.stats import binom

from ilacs_audit.stats.movement import movement

# Unaided distance vision of 7,477 women, right eye by left: Stuart 1953, Biometrika 40:109.
VISION = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]
TABLES = arrays.arrays(int, (4, 4), elements=st.integers(0, 9))


def test_the_published_table_gives_the_published_chances():
    found = movement(VISION)
    assert found.symmetry == pytest.approx(0.0040, abs=5e-5)  # Bowker 19.11 on 6 degrees of freedom
    assert found.homogeneity == pytest.approx(0.0075, abs=5e-5)  # Stuart-Maxwell 11.96 on 3


def test_a_grade_that_nobody_gave_spoils_no_test_and_counts_in_bowkers_freedom():
    found = movement([[0, 0, 0, 0], [0, 5, 8, 0], [0, 0, 3, 0], [0, 0, 0, 1]])
    assert (found.down, found.up) == (8, 0)
    assert found.sign == pytest.approx(2 / 2**8)
    assert found.homogeneity == pytest.approx(0.0046777, abs=1e-6)
    assert found.symmetry == pytest.approx(0.2381, abs=1e-4)


@given(TABLES)
def test_the_readers_in_the_other_order_move_the_other_way_with_the_same_chances(table):
    one, other = movement(table), movement(table.T)
    if one is None:
        assert other is None
        assert np.count_nonzero(table - np.diag(table.diagonal())) == 0
        return
    assert (one.down, one.up) == (other.up, other.down)
    assert np.allclose(one[2:], other[2:], equal_nan=True)


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_chance_of_a_lean_is_the_exact_one(down, up):
    found = movement([[0, down], [up, 0]])
    if down + up:
        fewer = binom.cdf(min(down, up), down + up, 0.5)
        assert found.sign == pytest.approx(min(1, 2 * fewer))
