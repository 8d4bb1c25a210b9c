"""Charts over time: the rule of docs/methods.md 8.1, the run chart of 8.3, limits and rules of 8.4."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.stats import chart_choice, spc
from ilacs_audit.stats.spc_rules import making_data_count

from .worked import rows

RUNS = rows(
    """
    10 | 12 | 14 | 16 | 18 | 20 | 24 | 30 | 36
    6  | 7  | 7  | 7  | 7  | 7  | 8  | 8  | 8
    2  | 3  | 4  | 4  | 5  | 6  | 8  | 10 | 13
    """
)

CHOICES = rows(
    """
    1  | 30  | 0.80 | interval
    2  | 30  | 0.80 | two_intervals
    3  | 30  | 0.80 | intervals
    9  | 200 | 0.50 | intervals
    10 | 12  | 0.80 | run_chart
    24 | 19  | 0.50 | run_chart
    24 | 20  | 0.80 | p_chart
    24 | 20  | 0.81 | run_chart
    24 | 20  | 0.19 | run_chart
    11 | 60  | 0.80 | run_chart
    12 | 60  | 0.80 | p_chart
    24 | 60  | 0.95 | run_chart
    """
)

series = st.lists(st.floats(-1e4, 1e4), min_size=2, max_size=30)
steps = st.lists(st.integers(-5, 5), min_size=1, max_size=40)


@pytest.mark.parametrize(("periods", "files", "share", "kind"), CHOICES)
def test_the_chart_is_the_one_that_the_data_can_carry(periods, files, share, kind):
    choice = spc.choose_chart(int(files), int(periods), proportion=float(share))
    assert choice.kind == kind
    assert choice.reason.endswith(".")
    assert bool(choice.rules) == (kind in ("run_chart", "p_chart"))


def test_large_denominators_with_wider_xmr_limits_call_for_p_prime():
    assert spc.choose_chart(400, 24, proportion=0.8, sigma_z=2.4).kind == "p_prime"
    assert spc.choose_chart(400, 24, proportion=0.8, sigma_z=1.1).kind == "p_chart"
    assert spc.choose_chart(60, 24, proportion=0.8, sigma_z=2.4).kind == "p_chart"


def test_xmr_is_for_days_and_scores():
    assert spc.choose_chart(5, 24, is_proportion=False).kind == "xmr"
    assert spc.choose_chart(5, 11, is_proportion=False).kind == "run_chart"


def test_the_files_of_each_period_give_both_the_typical_number_and_the_periods():
    assert spc.choose_chart([30] * 11 + [0], proportion=0.8).kind == "run_chart"
    assert spc.choose_chart([30] * 12 + [0], proportion=0.8).kind == "p_chart"
    with pytest.raises(ValueError, match="periods must be given"):
        spc.choose_chart(30)
    with pytest.raises(ValueError, match="at least 1"):
        spc.choose_chart([0, 0])
    with pytest.raises(ValueError, match="proportion must lie"):
        spc.choose_chart(30, 24, proportion=80)


def test_the_number_of_periods_for_limits_is_one_constant():
    fewest = chart_choice.FEWEST_PERIODS_FOR_LIMITS
    assert fewest == 12
    assert str(fewest) in spc.choose_chart(60, fewest - 1, proportion=0.5).reason


@pytest.mark.parametrize("row", list(zip(*RUNS, strict=True)), ids=lambda row: f"u={row[0]}")
def test_run_rules_allow_the_published_runs_and_crossings(row):
    useful, run, crossings = (int(cell) for cell in row)
    assert spc.run_rules(useful) == (run, crossings)


def test_a_run_one_longer_than_allowed_is_a_signal():
    allowed = [1] * 7 + [-1, 1, -1, 1, -1, 1] + [-1] * 7
    assert spc.run_chart(allowed).longest_run == 7 and not spc.run_chart(allowed).signal
    signal = [1] * 8 + [-1, 1, -1, 1] + [-1] * 8
    assert spc.run_chart(signal).longest_allowed == 7 and spc.run_chart(signal).signal


def test_a_series_that_crosses_too_seldom_is_a_signal():
    chart = spc.run_chart([1] * 6 + [-1] * 6 + [1] * 4 + [-1] * 4)
    assert chart.longest_run <= chart.longest_allowed
    assert chart.crossings < chart.fewest_allowed and chart.signal


def test_too_few_points_off_the_median_have_no_rule():
    chart = spc.run_chart([0.8] * 9 + [0.7, 0.7, 0.9])
    assert (chart.useful, chart.signal) == (3, None)
    assert spc.run_chart([0.8] * 12).useful == 0
    assert spc.run_chart([]) is None


def test_thirteen_months_at_100_and_one_at_80_show_why_screening_is_off():
    months = [100.0] * 6 + [80.0] + [100.0] * 7
    assert spc.xmr_limits(months).upper == pytest.approx(106.8, abs=0.05)
    screened = spc.xmr_limits(months, screen=True)
    assert not screened.screened
    assert screened[:3] == spc.xmr_limits(months)[:3]


def test_screening_says_that_it_was_done():
    assert spc.xmr_limits([1, 2, 1, 2, 10, *[1, 2] * 6, 1], screen=True).screened
    assert spc.xmr_limits([5, 5, 5], screen=True) == (5, 5, 5, False)


def test_one_value_or_none_has_no_limits():
    assert spc.xmr_limits([4]) is None
    assert spc.p_chart_limits([], []) is None
    assert spc.p_prime_limits([9], [20]).sigma_z == 1


def test_a_gap_in_the_series_is_refused():
    with pytest.raises(ValueError, match="leave out the periods"):
        spc.xmr_limits([1.0, float("nan"), 2.0])
    with pytest.raises(ValueError, match="leave out the periods"):
        spc.p_chart_limits([1, 0], [20, 0])
    with pytest.raises(ValueError, match="2 counts"):
        spc.p_chart_limits([1, 0], [20])


@pytest.mark.parametrize(
    ("met", "files", "printed"),
    [([17, 17], 20, (61, 100)), ([25, 26], 30, (65, 100)), ([51, 51], 60, (71, 99)), ([13, 13], 20, (33, 97))],
)
def test_p_chart_limits_are_as_wide_as_printed(met, files, printed):
    limits = spc.p_chart_limits(met, [files] * 2)
    assert (round(100 * limits.lower[0]), round(100 * limits.upper[0])) == printed


@pytest.mark.parametrize(("share", "first"), [(0.80, 37), (0.85, 52), (0.90, 82), (0.95, 172)])
def test_no_single_point_can_show_an_improvement_below_the_printed_files(share, first):
    def upper(files):
        return share + 3 * np.sqrt(share * (1 - share) / files)

    assert upper(first) < 1 <= upper(first - 1)


def test_sigma_z_never_narrows_the_limits():
    plain, prime = (chart([8, 8, 8, 8, 9], [10] * 5) for chart in (spc.p_chart_limits, spc.p_prime_limits))
    assert prime.sigma_z == 1
    assert prime.lower.tolist() == plain.lower.tolist()


def test_a_cut_limit_would_move_the_two_sigma_line():
    limits = spc.p_chart_limits([19, 20, 18, 19], [20] * 4, clip=False)
    assert limits.upper[0] > 1
    assert spc.p_chart_limits([19, 20, 18, 19], [20] * 4).upper[0] == 1


def test_rules_label_a_point_in_their_order():
    flags = making_data_count([0, 1, 2, 3, 4, 5, 20], 2.5, -9, 9)
    assert flags.trend.all()
    assert flags.rule == ("trend",) * 6 + ("outside",)
    assert flags.kind[-1] == "improvement"


def test_lower_is_better_turns_the_icon():
    rising = [0, 1, 2, 3, 4, 5, 6]
    assert set(making_data_count(rising, 3, -9, 9, improvement="decrease").kind) == {"concern"}
    assert set(making_data_count(rising, 3, -9, 9, improvement="neither").kind) == {"neutral"}


def test_a_point_on_the_centre_breaks_a_shift():
    assert making_data_count([1] * 7, 0, -9, 9).shift.all()
    assert not making_data_count([1, 1, 1, 0, 1, 1, 1, 1], 0, -9, 9).shift.any()


def test_a_point_on_the_limit_is_not_outside():
    assert not making_data_count([0, 9, -9], 0, -9, 9).outside.any()


def test_points_beyond_three_sigma_count_for_two_of_three_only_in_the_2023_form():
    values = [0, 10, 7, 1, 0]
    assert not making_data_count(values, 0, -9, 9).two_of_three.any()
    newer = making_data_count(values, 0, -9, 9, two_of_three="mdc_2023")
    assert newer.two_of_three.tolist() == [False, True, True, False, False]


@pytest.mark.parametrize(("shift", "trend"), [(6, 6), (5, 7), (7, 2)])
def test_run_lengths_that_mostly_give_false_signals_are_refused(shift, trend):
    with pytest.raises(ValueError, match="run lengths"):
        making_data_count([1, 2, 3], 2, 0, 4, shift=shift, trend=trend)


@pytest.mark.parametrize(("trend", "chance"), [(7, 0.15), (6, 0.19)])
def test_a_stable_series_of_24_gives_a_false_signal_about_as_often_as_printed(trend, chance):
    random = np.random.default_rng(8)
    signals = 0
    for _ in range(1500):
        values = random.normal(size=24)
        flags = making_data_count(values, *spc.xmr_limits(values)[:3], trend=trend)
        signals += any(flags.rule)
    assert signals / 1500 == pytest.approx(chance, abs=0.03)


@given(series, st.floats(-1e3, 1e3))
def test_limits_move_with_a_shift_of_the_whole_series(values, by):
    limits, moved = spc.xmr_limits(values), spc.xmr_limits([value + by for value in values])
    assert moved[:3] == pytest.approx([line + by for line in limits[:3]], abs=1e-6)
    assert limits.lower <= limits.centre <= limits.upper


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(30, 60)), min_size=1, max_size=24))
def test_p_limits_hold_their_centre_and_lie_closer_with_more_files(periods):
    met, read = zip(*periods, strict=True)
    limits = spc.p_chart_limits(met, read)
    assert (limits.lower <= limits.centre).all() and (limits.centre <= limits.upper).all()
    assert limits.lower.min() >= 0 and limits.upper.max() <= 1
    order = np.argsort(read)
    assert (np.diff(limits.upper[order]) <= 1e-12).all()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(30, 60)), min_size=2, max_size=24))
def test_charts_of_met_and_of_not_met_are_mirror_images(periods):
    met, read = (np.array(side) for side in zip(*periods, strict=True))
    one, other = spc.p_prime_limits(met, read), spc.p_prime_limits(read - met, read)
    assert other.lower == pytest.approx(1 - one.upper) and other.sigma_z == pytest.approx(one.sigma_z)


@given(steps)
def test_flags_turn_over_with_the_series_and_with_better(values):
    flags = making_data_count(values, 0, -4, 4)
    turned = making_data_count([-value for value in values], 0, -4, 4, improvement="decrease")
    assert flags.rule == turned.rule and flags.kind == turned.kind
    assert (flags.outside == (np.abs(values) > 4)).all()


@given(steps)
def test_a_longer_run_length_never_flags_more(values):
    short, long = (making_data_count(values, 0, -4, 4, shift=n, trend=n) for n in (7, 8))
    assert (long.shift <= short.shift).all() and (long.trend <= short.trend).all()
    assert sum(short.shift) == 0 or sum(short.shift) >= 7


@given(st.lists(st.integers(0, 6), min_size=1, max_size=40), st.integers(1, 9), st.integers(-9, 9))
def test_a_run_chart_does_not_depend_on_the_unit(values, scale, by):
    chart, other = spc.run_chart(values), spc.run_chart([scale * value + by for value in values])
    assert chart[1:] == other[1:]
    assert chart.longest_run + chart.crossings <= max(chart.useful, 0)
