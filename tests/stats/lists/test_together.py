"""Files of one worker or family that were drawn together: how alike they are, and how many tell as much."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import f, f_oneway

import ilacs_audit as ia
from ilacs_audit.stats.lists.together import CAUTION, design_effect, effective_limits


def test_the_likeness_is_the_limit_that_the_f_ratio_of_an_analysis_of_variance_gives():
    met, read = (4, 1, 3, 0, 2), (4, 3, 4, 2, 3)
    ratio = f_oneway(*([1] * k + [0] * (n - k) for k, n in zip(met, read, strict=True))).statistic
    most = ratio / f.ppf(1 - CAUTION, 4, 11)
    usual = (16 - sum(n * n for n in read) / 16) / 4
    likeness = min(max((most - 1) / (most + usual - 1), 0), 1)
    assert design_effect(met, read) == pytest.approx(1 + (sum(n * n for n in read) / 16 - 1) * likeness)


@pytest.mark.parametrize(
    ("met", "read", "effect"),
    [
        ((1, 0, 1), (1, 1, 1), 1),
        ((4, 4, 4), (4, 4, 4), 4),
        ((3,), (5,), 5),
        ((2, 2, 2, 2), (4, 4, 4, 4), 1),
        ((), (), 1),
    ],
)
def test_alone_they_are_worth_one_each_and_where_nothing_is_known_as_little_as_a_cluster(met, read, effect):
    assert design_effect(met, read) == effect


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 5)), min_size=2, max_size=15))
def test_the_range_is_never_narrower_than_of_as_many_drawn_one_by_one(pairs):
    read, met = [n for n, _ in pairs], [min(k, n) for n, k in pairs]
    effect = design_effect(met, read)
    ours, alone = effective_limits(sum(met), sum(read), effect=effect), ia.clopper_pearson_interval(sum(met), sum(read))
    assert 1 <= effect <= max(read)
    assert ours.lower <= alone.lower + 1e-9 and ours.upper >= alone.upper - 1e-9


def test_where_files_are_not_alike_it_is_clopper_and_pearsons():
    assert np.allclose(effective_limits(12, 15, effect=1), ia.clopper_pearson_interval(12, 15))
