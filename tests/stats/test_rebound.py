"""Rebound: the worked example of docs/methods.md 11.5, its simulation, and the laws of the model."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilacs_audit.stats.rebound import expected_reaudit

MET = [9, 10, 11, 11, 12, 12, 12, 13, 13, 13, 13, 13, 14, 14, 14, 14, 14, 15, 15, 15, 15, 16, 16, 17, 18]
READ = [20] * 25

rounds = st.lists(
    st.integers(1, 25).flatmap(lambda read: st.tuples(st.integers(0, read), st.just(read))), min_size=10, max_size=20
)


@pytest.mark.parametrize(("files", "lower", "upper"), [(20, 8, 17), (40, 19, 33)])
def test_the_lowest_of_25_standards_is_expected_to_rise_by_20_points(files, lower, upper):
    again = expected_reaudit(MET, READ, 0, files)
    assert again.expected == pytest.approx(0.653, abs=0.002)
    assert round(100 * again.rebound) == 20
    assert (again.lower, again.upper) == (lower, upper)


def test_a_re_audit_of_18_of_20_would_be_above_the_range():
    chances = expected_reaudit(MET, READ, 0, 20).chances
    assert sum(chances[18:]) == pytest.approx(0.019, abs=0.001)


def test_too_few_standards_or_no_file_cannot_be_estimated():
    assert expected_reaudit(MET[:9], READ[:9], 0, 20) is None
    assert expected_reaudit([0, *MET], [0, *READ], 0, 20) is None
    assert expected_reaudit([0, *MET[:9]], [0, *READ[:9]], 1, 20) is None


def test_a_standard_that_is_not_of_the_round_is_refused():
    with pytest.raises(ValueError, match="one of the 25 standards"):
        expected_reaudit(MET, READ, 25, 20)


def test_where_standards_do_differ_less_of_the_rise_is_expected():
    alike = expected_reaudit([5, *[13] * 24], READ, 0, 20)
    apart = expected_reaudit([5, *np.linspace(3, 20, 24).astype(int).tolist()], READ, 0, 20)
    assert apart.rebound < alike.rebound


def test_re_audits_of_the_lowest_fall_into_the_range_as_often_as_it_says():
    random, inside, gap = np.random.default_rng(11), 0, 0.0
    for _ in range(120):
        levels = random.beta(0.65 * 21.75, 0.35 * 21.75, 25)
        met = random.binomial(20, levels)
        worst = int(met.argmin())
        predicted = expected_reaudit(met.tolist(), READ, worst, 20)
        again = random.binomial(20, levels[worst])
        inside += predicted.lower <= again <= predicted.upper
        gap += (predicted.expected - levels[worst]) / 120
    assert inside / 120 >= 0.9
    assert abs(gap) < 0.04


@given(rounds, st.data())
@settings(max_examples=20)
def test_the_expectation_lies_between_what_was_seen_and_the_rest_and_the_chances_add_up(counts, data):
    met, read = (list(side) for side in zip(*counts, strict=True))
    chosen, files = data.draw(st.integers(0, len(met) - 1)), data.draw(st.integers(1, 40))
    again = expected_reaudit(met, read, chosen, files)
    assert 0 < again.expected < 1
    assert again.rebound == pytest.approx(again.expected - met[chosen] / read[chosen])
    assert 0 <= again.lower <= again.upper <= files
    assert sum(again.chances) == pytest.approx(1)
    mean = sum(count * chance for count, chance in enumerate(again.chances)) / files
    assert mean == pytest.approx(again.expected)


@given(rounds)
@settings(max_examples=20)
def test_counting_failures_or_naming_standards_in_another_order_mirrors_the_model(counts):
    met, read = (list(side) for side in zip(*counts, strict=True))
    again = expected_reaudit(met, read, 0, 10)
    failures = expected_reaudit([n - x for x, n in counts], read, 0, 10)
    assert failures.expected == pytest.approx(1 - again.expected, abs=1e-9)
    backwards = expected_reaudit(met[::-1], read[::-1], len(met) - 1, 10)
    assert backwards.expected == pytest.approx(again.expected, abs=1e-9)
