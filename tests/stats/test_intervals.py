"""Intervals: worked tables of docs/methods.md 5.2, 7.1, 7.3, 11.7 and 11.8, and the laws they obey."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from ilacs_audit.stats import intervals, target
from ilacs_audit.stats.target import newcombe_grid, wilson_limits

from . import oracles
from .worked import rows

LISTS = rows(
    """
    24 | 30 | 110 | 71 to 99   | 74  | 63 to 90
    27 | 30 | 110 | 84 to 106  | 86  | 74 to 97
    30 | 30 | 110 | 100 to 110 | 102 | 89 to 100
    10 | 12 | 60  | 33 to 58   | 36  | 55 to 95
    17 | 20 | 60  | 40 to 57   | 42  | 64 to 95
    5  | 5  | 40  | 21 to 40   | 23  | 57 to 100
    """
)

NONE_FOUND = rows(
    """
    5  | 45.1 | 17   | 26   | 48 | 89
    10 | 25.9 | 9    | 14   | 27 | 50
    12 | 22.1 | 7    | 11   | 23 | 42
    20 | 13.9 | 4    | 6    | 13 | 26
    30 | 9.5  | 2    | 4    | 8  | 17
    40 | 7.2  | 0    | 2    | 6  | 12
    60 | 4.9  | -    | 0    | 3  | 8
    """
)

PAIRED = [
    ((14, 3, 9, 4), (-0.0286, 0.4021)),
    ((18, 1, 9, 2), (0.0617, 0.4507)),
    ((20, 0, 6, 4), (0.0393, 0.3597)),
]


def limits(text):
    return tuple(int(part) for part in text.split(" to "))


@st.composite
def samples(draw, most=60, least=1):
    trials = draw(st.integers(least, most))
    return draw(st.integers(0, trials)), trials


@st.composite
def listed_samples(draw):
    population = draw(st.integers(1, 80))
    trials = draw(st.integers(1, population))
    return draw(st.integers(0, trials)), trials, population


@pytest.mark.parametrize(("met", "read", "listed", "exact", "one_sided", "wilson"), LISTS)
def test_a_sample_from_a_list_gives_the_worked_number_of_children(met, read, listed, exact, one_sided, wilson):
    given_sample = int(met), int(read), int(listed)
    assert intervals.hypergeometric_interval(*given_sample) == limits(exact)
    assert intervals.hypergeometric_interval(*given_sample, confidence=0.9).lower == int(one_sided)
    general = intervals.wilson_interval(*given_sample[:2])
    assert tuple(round(100 * limit) for limit in general) == limits(wilson)


@pytest.mark.parametrize("row", NONE_FOUND, ids=lambda row: f"n={row[0]}")
def test_no_failure_found_still_allows_the_worked_number(row):
    read = int(row[0])
    assert round(100 * intervals.upper_limit(0, read), 1) == float(row[1])
    for listed, printed in zip((40, 60, 110, 200), row[2:], strict=True):
        if printed != "-":
            assert intervals.upper_limit(0, read, population=listed) == int(printed)


@pytest.mark.parametrize(("cells", "printed"), PAIRED)
def test_files_read_twice_give_the_worked_paired_interval(cells, printed):
    assert [round(limit, 4) for limit in intervals.paired_difference(*cells)] == list(printed)


@pytest.mark.parametrize(
    ("rounds", "printed"),
    [
        ((20, 30, 24, 30), (-9, 34)),
        ((9, 20, 12, 17), (-6, 51)),
        ((20, 40, 28, 40), (-1, 39)),
        ((9, 20, 16, 20), (5, 58)),
    ],
)
def test_two_rounds_of_different_files_give_the_worked_change_in_points(rounds, printed):
    assert tuple(round(100 * limit) for limit in intervals.newcombe_difference(*rounds)) == printed


def test_treating_re_read_files_as_different_widens_the_interval_to_the_wrong_one():
    assert [round(100 * limit) for limit in intervals.newcombe_difference(20, 30, 26, 30)] == [-2, 40]
    assert [round(100 * limit) for limit in intervals.paired_difference(20, 0, 6, 4)] == [4, 36]


def test_seven_missing_returns_leave_60_to_88_of_110_children():
    assert intervals.hypergeometric_interval(40, 64, 110).lower == 60
    assert intervals.hypergeometric_interval(47, 64, 110).upper == 88
    assert intervals.hypergeometric_interval(40, 57, 110) == (67, 86)


def test_the_picture_interval_is_cut_to_what_is_still_possible():
    cut = intervals.wilson_fpc_interval(110, 133, 149)
    assert [round(limit, 3) for limit in cut] == [0.805, 0.846]
    assert intervals.wilson_fpc_interval(110, 133, 149, clip=False).upper > 126 / 149


def test_the_whole_list_read_leaves_nothing_to_guess():
    assert intervals.hypergeometric_interval(31, 40, 40) == (31, 31)
    assert intervals.wilson_fpc_interval(31, 40, 40) == (31 / 40, 31 / 40)


@pytest.mark.parametrize(
    "nothing_read",
    [
        lambda: intervals.wilson_interval(0, 0),
        lambda: intervals.clopper_pearson_interval(0, 0),
        lambda: intervals.hypergeometric_interval(0, 0, 40),
        lambda: intervals.wilson_fpc_interval(0, 0, 40),
        lambda: intervals.upper_limit(0, 0),
        lambda: intervals.upper_limit(0, 0, population=40),
        lambda: intervals.newcombe_difference(0, 0, 5, 9),
        lambda: intervals.newcombe_difference(5, 9, 0, 0),
        lambda: intervals.paired_difference(0, 0, 0, 0),
    ],
)
def test_nothing_read_cannot_be_calculated(nothing_read):
    assert nothing_read() is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: intervals.wilson_interval(31, 30), "31 is more than 30"),
        (lambda: intervals.wilson_interval(0.5, 30), "must be a whole number"),
        (lambda: intervals.wilson_interval(True, 30), "must be a whole number"),
        (lambda: intervals.wilson_interval(-1, 30), "must not be negative"),
        (lambda: intervals.wilson_interval(float("nan"), 30), "must be a whole number"),
        (lambda: intervals.hypergeometric_interval(10, 30, 20), "30 is more than 20"),
        (lambda: intervals.wilson_interval(3, 10, confidence=95), "between 0 and 1"),
        (lambda: intervals.paired_difference(1, 2, -3, 4), "must not be negative"),
    ],
)
def test_a_count_that_is_no_count_is_refused_in_one_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence) as refused:
        wrong()
    assert str(refused.value).endswith(".") and "\n" not in str(refused.value)


@given(samples())
def test_an_interval_contains_its_estimate_and_stays_between_0_and_1(sample):
    met, read = sample
    for method in (intervals.wilson_interval, intervals.clopper_pearson_interval):
        lower, upper = method(met, read)
        assert 0 <= lower <= met / read <= upper <= 1


@given(samples())
def test_clopper_pearson_contains_the_exact_one_sided_limits_of_the_failures(sample):
    met, read = sample
    one_sided = intervals.upper_limit(read - met, read, confidence=0.975)
    assert intervals.clopper_pearson_interval(met, read).lower == pytest.approx(1 - one_sided, abs=1e-9)


@given(samples())
def test_swapping_met_and_not_met_mirrors_the_interval(sample):
    met, read = sample
    lower, upper = intervals.wilson_interval(met, read)
    mirrored = intervals.wilson_interval(read - met, read)
    assert mirrored == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


@given(samples(), st.integers(2, 5))
def test_the_same_share_of_more_files_gives_a_narrower_interval(sample, times):
    met, read = sample
    lower, upper = intervals.wilson_interval(met, read)
    closer = intervals.wilson_interval(met * times, read * times)
    assert closer.upper - closer.lower < upper - lower


@given(samples(), samples(), st.integers(2, 5))
def test_a_change_of_the_same_size_in_more_files_has_a_narrower_interval(first, second, times):
    lower, upper = intervals.newcombe_difference(*first, *second)
    closer = intervals.newcombe_difference(*(times * count for count in (*first, *second)))
    assert closer.upper - closer.lower < upper - lower


@given(samples(), st.integers(2, 5))
def test_the_exact_interval_narrows_with_more_files_and_holds_wilsons_promise_and_more(sample, times):
    met, read = sample
    lower, upper = intervals.clopper_pearson_interval(met, read)
    closer = intervals.clopper_pearson_interval(met * times, read * times)
    assert closer.upper - closer.lower < upper - lower


@given(listed_samples(), st.integers(2, 4))
def test_more_files_of_one_list_leave_fewer_children_in_doubt(sample, times):
    met, read, listed = sample
    listed = max(listed, read * times)
    lower, upper = intervals.hypergeometric_interval(met, read, listed)
    closer = intervals.hypergeometric_interval(met * times, read * times, listed)
    assert closer.upper - closer.lower <= upper - lower


@given(listed_samples())
def test_the_picture_interval_contains_its_estimate_within_what_is_possible_and_mirrors(sample):
    met, read, listed = sample
    lower, upper = intervals.wilson_fpc_interval(met, read, listed)
    assert met / listed - 1e-12 <= lower <= met / read + 1e-12
    assert met / read - 1e-12 <= upper <= (listed - read + met) / listed + 1e-12
    mirrored = intervals.wilson_fpc_interval(read - met, read, listed)
    assert mirrored == pytest.approx((1 - upper, 1 - lower), abs=1e-9)


@given(samples(least=2), st.integers(1, 40))
def test_the_most_that_may_still_fail_falls_with_more_clean_files(sample, more):
    failed, read = sample
    assert (
        intervals.upper_limit(failed, read + more) < max(intervals.upper_limit(failed, read), 1e-12) or failed == read
    )


@given(samples(), st.floats(0.5, 0.98))
def test_more_confidence_gives_a_wider_interval(sample, confidence):
    narrow = intervals.wilson_interval(*sample, confidence=confidence)
    wide = intervals.wilson_interval(*sample, confidence=confidence + 0.01)
    assert wide.lower <= narrow.lower and narrow.upper <= wide.upper


@given(listed_samples())
def test_the_children_found_by_bisection_are_those_found_by_trying_every_number(sample):
    met, read, listed = sample
    possible = np.arange(met, listed - read + met + 1)
    many = possible[hypergeom.sf(met - 1, listed, possible, read) > 0.025 + 1e-10]
    few = possible[hypergeom.cdf(met, listed, possible, read) > 0.025 + 1e-10]
    assert intervals.hypergeometric_interval(met, read, listed) == (many.min(), few.max())


@given(listed_samples())
def test_whole_children_stay_within_what_is_possible_and_mirror(sample):
    met, read, listed = sample
    lower, upper = intervals.hypergeometric_interval(met, read, listed)
    assert met <= lower <= round(listed * met / read + 0.5) and lower <= upper <= listed - read + met
    assert intervals.hypergeometric_interval(read - met, read, listed) == (listed - upper, listed - lower)


@given(listed_samples(), st.sampled_from([0.5, 0.7, 0.8, 0.85, 0.9, 0.95]))
def test_the_interval_and_the_tail_probability_give_the_same_verdict(sample, wanted):
    met, read, listed = sample
    lower, upper = intervals.hypergeometric_interval(met, read, listed)
    need = target.needed(wanted, listed)
    assert (lower >= need) == (target.evidence_met(met, read, wanted, population=listed) <= 0.025 + 1e-10)
    assert (upper < need) == (oracles.evidence_missed(met, read, wanted, listed) <= 0.025 + 1e-10)


def test_the_exact_interval_keeps_its_promise_where_the_picture_interval_breaks_it():
    worst = {"exact": 1.0, "picture": 1.0}
    for read, listed in ((5, 20), (12, 40), (20, 60)):
        exact = np.array([intervals.hypergeometric_interval(met, read, listed) for met in range(read + 1)])
        drawn = listed * np.array([intervals.wilson_fpc_interval(met, read, listed) for met in range(read + 1)])
        for children in range(listed + 1):
            chances = hypergeom.pmf(np.arange(read + 1), listed, children, read)
            for name, sides in (("exact", exact), ("picture", drawn)):
                covered = (sides[:, 0] <= children + 1e-9) & (children - 1e-9 <= sides[:, 1])
                worst[name] = min(worst[name], chances[covered].sum())
    assert worst["exact"] >= 0.95 > 0.9 > worst["picture"]


@given(samples(), samples())
def test_a_change_contains_its_estimate_and_turns_its_sign_when_the_rounds_are_swapped(first, second):
    lower, upper = intervals.newcombe_difference(*first, *second)
    change = second[0] / second[1] - first[0] / first[1]
    assert -1 <= lower <= change + 1e-12 and change - 1e-12 <= upper <= 1
    assert intervals.newcombe_difference(*second, *first) == pytest.approx((-upper, -lower), abs=1e-12)


@given(samples(most=25), samples(most=25))
def test_the_grid_of_intervals_holds_the_same_limits_as_one_at_a_time(first, second):
    grid = newcombe_grid(first[1], second[1])
    one = intervals.newcombe_difference(*first, *second)
    assert [side[first[0], second[0]] for side in grid] == pytest.approx(list(one), abs=1e-9)
    many = [side[0] for side in wilson_limits(np.array([first[0]]), first[1])]
    assert many == pytest.approx(list(intervals.wilson_interval(*first)), abs=1e-12)


@given(st.tuples(*[st.integers(0, 25)] * 4).filter(any))
def test_a_paired_change_contains_its_estimate_and_is_the_same_for_the_failures(cells):
    both, first, second, neither = cells
    lower, upper = intervals.paired_difference(*cells)
    change = (second - first) / sum(cells)
    assert -1 <= lower <= change + 1e-12 and change - 1e-12 <= upper <= 1
    failures = intervals.paired_difference(neither, second, first, both)
    assert failures == pytest.approx((-upper, -lower), abs=1e-9)


@given(st.tuples(*[st.integers(0, 25)] * 4).filter(any), st.integers(2, 5))
def test_the_same_paired_change_in_more_files_has_a_narrower_interval(cells, times):
    lower, upper = intervals.paired_difference(*cells)
    closer = intervals.paired_difference(*(times * cell for cell in cells))
    assert closer.upper - closer.lower < upper - lower


@given(one=samples(most=400), two=samples(most=400), confidence=st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_wilson_and_newcombe_are_those_of_statsmodels(one, two, confidence):
    alpha = 1 - confidence
    score = proportion_confint(*one, alpha=alpha, method="wilson")
    assert intervals.wilson_interval(*one, confidence=confidence) == pytest.approx(score, abs=1e-14)
    change = confint_proportions_2indep(*two, *one, method="newcomb", compare="diff", alpha=alpha)
    assert intervals.newcombe_difference(*one, *two, confidence=confidence) == pytest.approx(change, abs=1e-12)
