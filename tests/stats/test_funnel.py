"""Teams: the worked funnel of docs/methods.md 9, and why the drawn curve must not decide."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from ilacs_audit.stats import funnel
from ilacs_audit.stats.funnel import drawn_together
from ilacs_audit.stats.intervals import wilson_interval

from .worked import rows

TEAMS = rows(
    """
    10 | 10 | 1.000 | .212  | .424  | .594 | within chance
    22 | 30 | .057  | .979  | .113  | .396 | within chance
    18 | 20 | .804  | .436  | .873  | .873 | within chance
    8  | 15 | .0028 | .9995 | .0056 | .039 | worth a look
    42 | 45 | .966  | .096  | .193  | .449 | within chance
    3  | 4  | -     | -     | -     | -    | count only
    27 | 30 | .826  | .357  | .714  | .833 | within chance
    19 | 20 | .955  | .196  | .392  | .594 | within chance
    """
)
MET, READ = ([int(row[column]) for row in TEAMS] for column in (0, 1))

teams = st.lists(
    st.integers(0, 30).flatmap(lambda read: st.tuples(st.integers(0, read), st.just(read))), min_size=1, max_size=9
)


def test_each_team_gets_the_worked_probabilities_and_words():
    # Three printed cells (.979, .873, .193) are rounded up from .97849, .87246 and .19249: half a unit and a bit.
    for flag, (*_, few, many, p_value, adjusted, words) in zip(funnel.funnel_flags(MET, READ), TEAMS, strict=True):
        assert flag.verdict == words
        found = (flag.this_few, flag.this_many, flag.p_value, flag.adjusted)
        for number, printed in zip(found, (few, many, p_value, adjusted), strict=True):
            assert (number is None) if printed == "-" else number == pytest.approx(float(printed), abs=5.5e-4)


def test_the_centre_is_every_file_of_every_team():
    assert {flag.centre for flag in funnel.funnel_flags(MET, READ)} == {149 / 174}
    assert {flag.centre for flag in funnel.funnel_flags(MET, READ, target=0.9)} == {0.9}


def test_different_needs_both_the_998_limit_and_the_adjusted_p_value():
    flags = funnel.funnel_flags([9, 38, 38, 38], [40, 40, 40, 40])
    assert flags[0].verdict == "different"
    many = funnel.funnel_flags([10, *[17] * 60], [20] * 61, target=0.85, level=0.001)
    assert many[0].p_value <= 0.002 and many[0].verdict == "worth a look"


def test_a_list_is_carried_for_printing_and_does_not_change_a_probability():
    listed = funnel.funnel_flags(MET, READ, population=[40] * 4 + [50] * 4)
    assert [flag.population for flag in listed] == [40] * 4 + [50] * 4
    assert [flag.p_value for flag in listed] == [flag.p_value for flag in funnel.funnel_flags(MET, READ)]
    with pytest.raises(ValueError, match="30 is more than 20"):
        funnel.funnel_flags(MET, READ, population=[20] * 8)
    with pytest.raises(ValueError, match="1 counts and there are 8 teams"):
        funnel.funnel_flags(MET, READ, population=[20])


@pytest.mark.parametrize(
    ("centre", "printed"),
    [
        (0.85, {5: 0.44, 8: 0.27, 10: 0.20, 15: 0.09, 20: 0.04}),
        (0.90, {5: 0.59, 8: 0.43, 10: 0.35, 15: 0.21, 20: 0.12}),
    ],
)
def test_the_drawn_curve_would_flag_average_teams_for_scoring_all(centre, printed):
    curve = funnel.funnel_limits(printed, target=centre).upper_998
    assert (curve < 1).all()
    for read, chance in printed.items():
        assert centre**read == pytest.approx(chance, abs=0.0051)
        all_met = funnel.funnel_flags([read], [read], target=centre)[0]
        assert all_met.verdict == "within chance"


def test_exact_tails_flag_an_average_team_no_more_often_than_meant():
    for read in range(5, 41):
        flags = funnel.funnel_flags(list(range(read + 1)), [read] * (read + 1), target=0.85)
        low = [flag.successes for flag in flags if flag.this_few <= 0.025]
        high = [flag.successes for flag in flags if flag.this_many <= 0.025]
        chances = binom.pmf(np.arange(read + 1), read, 0.85)
        assert chances[low].sum() <= 0.025 and chances[high].sum() <= 0.025


def test_a_curve_needs_files_and_a_target_inside_0_and_1():
    with pytest.raises(ValueError, match="at least one file"):
        funnel.funnel_limits([0, 5], target=0.8)
    with pytest.raises(ValueError, match="target must lie"):
        funnel.funnel_limits([5], target=1.0)


def test_no_team_with_a_file_is_no_error():
    assert [flag.verdict for flag in funnel.funnel_flags([0, 0], [0, 0])] == ["count only"] * 2
    assert funnel.funnel_flags([], []) == []


@given(teams, st.randoms())
@settings(max_examples=50)
def test_a_verdict_does_not_depend_on_the_order_of_the_teams(rows_given, random):
    shuffled = random.sample(rows_given, len(rows_given))
    first, second = (funnel.funnel_flags(*zip(*given_rows, strict=True)) for given_rows in (rows_given, shuffled))
    assert sorted(map(repr, first)) == sorted(map(repr, second))


@given(teams, st.floats(0.05, 0.95))
@settings(max_examples=50)
def test_counting_failures_instead_changes_the_side_and_not_the_verdict(rows_given, target):
    met, read = (list(side) for side in zip(*rows_given, strict=True))
    flags = funnel.funnel_flags(met, read, target=target)
    failed = [n - x for x, n in rows_given]
    for one, other in zip(flags, funnel.funnel_flags(failed, read, target=1 - target), strict=True):
        assert (one.p_value is None) == (one.trials < 5)
        assert one.p_value is None or other.p_value == pytest.approx(one.p_value, abs=1e-9)


@given(st.integers(1, 300), st.floats(0.05, 0.95))
def test_curves_lie_in_order(read, target):
    limits = funnel.funnel_limits([read], target=target)
    assert 0 <= limits.lower_998[0] <= limits.lower_95[0] <= limits.upper_95[0] <= limits.upper_998[0] <= 1


COUNTS = st.lists(
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=8
)


@given(COUNTS)
def test_an_estimate_lies_in_its_range_and_the_range_between_nothing_and_all(counts):
    met, read = zip(*counts, strict=True)
    for each in drawn_together(met, read):
        assert 0 <= each.lower < each.value < each.upper <= 1


@given(COUNTS)
def test_no_range_is_much_narrower_than_that_of_all_files_together(counts):
    met, read = zip(*counts, strict=True)
    of_all = wilson_interval(sum(met), sum(read))
    narrowest = min(each.upper - each.lower for each in drawn_together(met, read))
    assert narrowest >= 0.4 * (of_all.upper - of_all.lower)


def test_groups_that_differ_by_luck_alone_share_one_share_and_far_ones_keep_their_own():
    near = drawn_together([5, 6, 5, 6], [10, 10, 10, 10])
    assert max(each.value for each in near) - min(each.value for each in near) < 0.06
    far = drawn_together([1, 19, 1, 19], [20, 20, 20, 20])
    assert [each.value for each in far[:2]] == pytest.approx([0.05, 0.95], abs=0.05)
