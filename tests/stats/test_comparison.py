"""Tests beside the interval: worked numbers of docs/methods.md 7 and 10.2, and the traps of section 4."""

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, fisher_exact
from statsmodels.stats.contingency_tables import Table

from ilacs_audit.stats import comparison
from tests.stats import oracles


@pytest.mark.parametrize(
    ("cells", "exact", "mid_p"),
    [((14, 3, 9, 4), 0.1460, 0.0923), ((18, 1, 9, 2), 0.0215, 0.0117), ((20, 0, 6, 4), 0.0313, 0.0156)],
)
def test_files_read_twice_give_the_worked_p_values(cells, exact, mid_p):
    assert oracles.mcnemar_exact(*cells) == pytest.approx(exact, abs=5.1e-5)
    assert comparison.mcnemar_midp(*cells) == pytest.approx(mid_p, abs=5.1e-5)


def test_two_rounds_give_the_worked_p_values():
    assert round(comparison.boschloo(20, 30, 24, 30), 2) == 0.26


def test_boschloo_takes_the_rounds_as_samples_and_not_the_answers():
    assert round(comparison.boschloo(6, 12, 18, 20), 4) == 0.0184


def test_no_file_changed_gives_a_p_value_of_1():
    assert oracles.mcnemar_exact(12, 0, 0, 8) == comparison.mcnemar_midp(12, 0, 0, 8) == 1.0
    assert oracles.mcnemar_exact(0, 0, 0, 0) == 1.0


def test_a_round_without_files_cannot_be_tested():
    assert comparison.boschloo(0, 0, 5, 9) is None
    assert comparison.boschloo(5, 9, 0, 0) is None


def test_a_trend_agrees_with_statsmodels_but_for_its_n_minus_1():
    met, read = [83, 90, 129, 70], [86, 93, 136, 82]
    table = np.column_stack([met, np.subtract(read, met)])
    theirs = Table(table, shift_zeros=False).test_ordinal_association()
    ours = comparison.trend_test(met, read)
    assert round(float(theirs.pvalue), 5) == 0.00418
    assert abs(ours.z) == pytest.approx(abs(theirs.zscore) * np.sqrt(397 / 396), rel=1e-9)
    assert ours.z < 0


def test_two_audits_are_never_a_trend():
    assert comparison.trend_test([5, 15], [20, 20]) is None
    assert comparison.trend_test([5, 15, 0], [20, 20, 0]) is None


def test_audits_that_all_met_everything_have_no_trend_to_calculate():
    assert comparison.trend_test([20, 20, 20], [20, 20, 20]) is None
    assert comparison.trend_test([], []) is None


def test_missing_p_values_are_dropped_and_put_back_in_their_places():
    found = comparison.false_discovery([0.005, float("nan"), 0.009, None, 0.5], level=0.05)
    alone = comparison.false_discovery([0.005, 0.009, 0.5])
    assert found.tested == 3
    assert np.isnan(found.adjusted[[1, 3]]).all()
    assert found.adjusted[[0, 2, 4]].tolist() == alone.adjusted.tolist()
    assert found.passes.tolist() == [True, False, True, False, False]


def test_nothing_to_adjust_is_no_error():
    found = comparison.false_discovery([None, None])
    assert found.tested == 0 and not found.passes.any()


def test_a_p_value_above_1_is_refused():
    with pytest.raises(ValueError, match="every p-value must lie between 0 and 1"):
        comparison.false_discovery([0.2, 1.2])


@given(st.integers(1, 12), st.integers(1, 12), st.data())
@settings(max_examples=15)
def test_swapping_the_rounds_or_the_answers_leaves_the_p_value(n1, n2, data):
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    p_value = comparison.boschloo(x1, n1, x2, n2)
    assert 0 < p_value <= 1
    assert comparison.boschloo(x2, n2, x1, n1) == pytest.approx(p_value, rel=1e-4, abs=1e-6)
    assert comparison.boschloo(n1 - x1, n1, n2 - x2, n2) == pytest.approx(p_value, rel=1e-4, abs=1e-6)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_mid_p_is_never_above_exact_and_ignores_files_that_did_not_change(both, first, second, neither):
    mid_p = comparison.mcnemar_midp(both, first, second, neither)
    assert 0 < mid_p <= oracles.mcnemar_exact(both, first, second, neither) <= 1
    assert mid_p == comparison.mcnemar_midp(0, second, first, 0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.randoms())
def test_adjusted_p_values_keep_their_order_and_follow_their_standard(pvalues, random):
    adjusted = comparison.false_discovery(pvalues).adjusted
    assert (adjusted >= np.array(pvalues) - 1e-15).all() and (adjusted <= 1).all()
    order = random.sample(range(len(pvalues)), len(pvalues))
    shuffled = comparison.false_discovery([pvalues[i] for i in order]).adjusted
    assert shuffled.tolist() == pytest.approx(adjusted[order].tolist())


@given(st.lists(st.tuples(st.integers(0, 20), st.just(20)), min_size=3, max_size=8))
def test_a_trend_read_backwards_is_the_same_trend(audits):
    met, read = zip(*audits, strict=True)
    trend = comparison.trend_test(met, read)
    if trend is None:
        assert sum(met) in (0, sum(read))
        return
    assert comparison.trend_test(met[::-1], read).z == pytest.approx(-trend.z, abs=1e-9)


@given(st.integers(0, 60), st.integers(1, 60), st.sampled_from([0.15, 0.5, 0.8]))
def test_the_chance_of_so_few_is_that_of_the_exact_binomial_test(few, more, share):
    (found,) = comparison.chance_of_so_few([few], [few + more], share=share)
    assert found == pytest.approx(binomtest(few, few + more, share, alternative="less").pvalue)


def test_where_nothing_was_tried_there_is_no_chance():
    assert np.isnan(comparison.chance_of_so_few([0], [0], share=0.5)).all()


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_at_odds_of_one_the_chance_of_two_questions_so_alike_is_fishers(cells):
    ours = comparison.chance_of_so_alike(*cells, odds=1.0)
    assert ours == pytest.approx(fisher_exact([cells[:2], cells[2:]], alternative="greater").pvalue, abs=1e-9)


@given(st.integers(1, 9), st.integers(0, 4), st.integers(0, 4), st.integers(0, 9), st.floats(1, 40))
def test_the_chance_of_two_questions_so_alike_is_counted_table_by_table(both, one, other, neither, odds):
    """Each table with these sums weighs as many ways as there are to choose its files, times the odds for each file."""
    first, second, files = both + one, both + other, both + one + other + neither
    ways = {k: comb(first, k) * comb(files - first, second - k) * odds**k for k in range(min(first, second) + 1)}
    told = sum(weight for k, weight in ways.items() if k >= both) / sum(ways.values())
    assert comparison.chance_of_so_alike(both, one, other, neither, odds=odds) == pytest.approx(told, abs=1e-7)


def test_two_questions_of_one_child_are_called_alike_in_at_most_one_form_in_twenty():
    chance = np.random.default_rng(4)
    behind = chance.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], (2_000, 20)) > 0
    tables = [np.bincount(2 * ~each[:, 0] + ~each[:, 1], minlength=4) for each in behind]
    alike = [comparison.chance_of_so_alike(*map(int, each), odds=4.0) < 0.05 for each in tables]
    assert 0.005 < np.mean(alike) < 0.055
