"""Ranges of shares and coefficients go from extract to extract, and never call full agreement certain."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t, ttest_1samp
from statsmodels.stats.inter_rater import cohens_kappa

from ilacs_audit.stats.agreement import agreement_weights, alphas, coincidences, kappas
from ilacs_audit.stats.intervals import wilson_interval
from ilacs_audit.stats.readers.clustered import clustered_agreement, clustered_difference, clustered_share

LINEAR = agreement_weights(3, "linear")
clusters = st.lists(
    st.integers(1, 6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=12
)


def linear(tables):
    return kappas(tables, LINEAR)


def test_with_clusters_of_one_size_a_difference_is_students_t_of_their_means():
    changes = [1, -2, 0, 3, 1, 1]
    found = clustered_difference(changes, [4] * 6)
    lower, upper = ttest_1samp(np.array(changes) / 4, 0).confidence_interval()
    assert found.interval == pytest.approx((lower, upper))


def test_a_share_is_never_surer_than_as_many_independent_answers():
    found = clustered_share([2, 2, 2, 1], [3, 3, 3, 3])
    plain = wilson_interval(7, 12)
    assert found.interval.lower <= plain.lower
    assert found.interval.upper >= plain.upper


def test_extracts_that_are_all_alike_count_as_one_answer_each():
    assert clustered_share([6] * 12, [6] * 12).interval == wilson_interval(12, 12)


@pytest.mark.parametrize(("hits", "sizes"), [([], []), ([0, 0], [0, 0])])
def test_of_nothing_there_is_no_share(hits, sizes):
    assert clustered_share(hits, sizes) is None


def test_of_one_extract_there_is_no_range():
    assert clustered_share([2], [3]) == (pytest.approx(2 / 3), None)


def test_where_all_changed_alike_there_is_no_range():
    assert clustered_difference([1, 1, 1], [3, 3, 3]).interval is None


@given(clusters)
def test_a_share_lies_in_its_range_and_the_range_in_the_whole(found):
    share = clustered_share(*map(list, zip(*found, strict=True)))
    if share.interval:
        assert 0 <= share.interval.lower <= share.value + 1e-9
        assert share.value - 1e-9 <= share.interval.upper <= 1


def test_the_jackknife_is_that_of_the_library_kappa():
    tables = np.random.default_rng(3).integers(0, 3, size=(8, 3, 3)) + 2 * np.eye(3, dtype=int)
    found = clustered_agreement(tables, linear)
    whole = tables.sum(axis=0)
    left = np.log([1 - cohens_kappa(whole - each, wt="linear").kappa for each in tables])
    error = np.sqrt(7 / 8 * ((left - left.mean()) ** 2).sum())
    value = cohens_kappa(whole, wt="linear").kappa
    ends = 1 - np.exp(np.log(1 - value) + t.ppf([0.975, 0.025], 7) * error)
    assert found.value == pytest.approx(value)
    assert found.interval == pytest.approx(tuple(ends))


def test_full_agreement_is_not_called_certain():
    found = clustered_agreement(np.array([np.diag([1, 1, 1])] * 12), linear)
    assert found.value == 1
    assert 0.5 < found.interval.lower < 0.95
    assert found.interval.upper == 1


def test_one_grade_throughout_gives_no_coefficient():
    tables = np.zeros((5, 3, 3))
    tables[:, 0, 0] = 3
    assert clustered_agreement(tables, linear) is None
    assert clustered_agreement(np.zeros((5, 3, 3)), linear) is None


def test_of_three_extracts_there_is_no_range():
    assert clustered_agreement(np.ones((3, 3, 3)), linear).interval is None


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=2, max_size=5), min_size=4, max_size=20))
def test_a_coefficient_lies_in_its_range(ratings):
    found = clustered_agreement(coincidences(ratings, [*"abc"]), lambda each: alphas(each, "ordinal"))
    if found and found.interval:
        assert -1 <= found.interval.lower <= max(found.value, -1) + 1e-9
        assert found.value - 1e-9 <= found.interval.upper <= 1 + 1e-9
