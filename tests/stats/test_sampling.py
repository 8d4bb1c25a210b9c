"""Sizes and power: worked tables of docs/methods.md 3.3, 6.2, 6.3, 7.2, 11.1, 11.3, 11.4 and 11.9."""

from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

from ilacs_audit.stats import intervals, sampling, target

from . import oracles
from .worked import count, rows

MARGINS = rows(
    """
    40  | 21 | 29 | 37
    60  | 26 | 38 | 53
    100 | 31 | 50 | 80
    110 | 31 | 52 | 86
    200 | 36 | 66 | 132
    400 | 39 | 78 | 197
    -   | 43 | 97 | 385
    """
)

DECISIVE = rows(
    """
    40  | 5  | - / 1   | - / 1   | - / 2   | - / 3
    40  | 12 | 12 / 5  | - / 6   | - / 8   | - / 9
    60  | 12 | 12 / 5  | - / 6   | - / 8   | - / 9
    60  | 20 | 18 / 10 | 19 / 12 | - / 15  | - / 16
    110 | 20 | 18 / 9  | 20 / 12 | - / 14  | - / 16
    110 | 30 | 26 / 16 | 28 / 19 | 30 / 23 | - / 26
    142 | 60 | 48 / 36 | 53 / 43 | 58 / 50 | 60 / 54
    200 | 40 | 34 / 22 | 37 / 26 | 40 / 31 | - / 34
    -   | 12 | 12 / 5  | - / 6   | - / 8   | - / 9
    -   | 20 | 19 / 9  | 20 / 12 | - / 15  | - / 17
    -   | 30 | 26 / 16 | 29 / 19 | - / 23  | - / 26
    -   | 60 | 49 / 35 | 55 / 41 | 59 / 49 | - / 53
    """
)

ONE_SIDED = rows(
    """
    80 | 11/16/21 | 12/18/24 | 13/20/26 | 13/21/28 | 14/22/30
    90 | 18/26/32 | 20/31/39 | 24/36/47 | 26/40/53 | 29/46/61
    95 | 25/35/40 | 31/45/54 | 43/64/80 | 47/72/93 | 59/93/124
    """
)

TWO_SIDED = rows(
    """
    80 | 13/18/23 | 14/20/26 | 15/23/29 | 16/24/31  | 16/25/33   | 17/26/34
    90 | 20/28/34 | 24/34/42 | 28/41/52 | 31/46/59  | 35/53/69   | 36/54/70
    95 | 28/36/40 | 36/48/56 | 50/70/85 | 56/81/102 | 73/110/142 | 72/110/142
    """
)

DETECTABLE = rows(
    """
    12  | 47 | none | none | none | none | 52
    15  | 43 | 38   | none | none | none | 50
    20  | 39 | 35   | none | none | none | 43
    30  | 34 | 31   | 27   | none | none | 35
    40  | 30 | 27   | 24   | 19   | none | 30
    60  | 25 | 23   | 21   | 17   | none | 24
    80  | 22 | 21   | 18   | 15   | 10   | 21
    100 | 20 | 19   | 17   | 14   | 9    | 18
    150 | 16 | 16   | 14   | 12   | 8    | 15
    200 | 14 | 14   | 12   | 10   | 7    | 13
    """
)

EACH_ROUND = rows(
    """
    40 | 388 | 173 | 97 | 42
    45 | 392 | 173 | 96 | 41
    50 | 388 | 170 | 93 | 39
    55 | 376 | 163 | 89 | 36
    60 | 356 | 152 | 82 | 32
    65 | 329 | 138 | 73 | 27
    70 | 294 | 121 | 62 | -
    75 | 250 | 100 | 49 | -
    80 | 199 | 76  | -  | -
    85 | 141 | -   | -  | -
    """
)

POWER = rows(
    """
    12 | .36 | .18 | .20
    20 | .53 | .29 | .34
    30 | .69 | .39 | .49
    """
)

TARGETS = ("0.7", "0.8", "0.9", "0.95")


@pytest.mark.parametrize("row", MARGINS, ids=lambda row: f"N={row[0]}")
def test_a_margin_needs_the_worked_number_of_files(row):
    found = [sampling.sample_size(count(row[0]), margin=margin) for margin in (0.15, 0.10, 0.05)]
    assert found == [int(cell) for cell in row[1:]]


@pytest.mark.parametrize("row", DECISIVE, ids=lambda row: f"{row[1]} of {row[0]}")
def test_a_design_can_say_no_more_than_the_worked_counts(row):
    for wanted, printed in zip(TARGETS, row[2:], strict=True):
        found = target.decisive_counts(int(row[1]), wanted, population=count(row[0]))
        assert found == tuple(count(cell.strip()) for cell in printed.split("/"))


@pytest.mark.parametrize("row", ONE_SIDED, ids=lambda row: row[0])
def test_proving_a_target_takes_the_worked_files_when_declared_one_sided(row):
    for listed, printed in zip((40, 60, 110, 200, None), row[1:], strict=True):
        found = [
            sampling.zero_failure_size(listed, target=f"0.{row[0]}", failures=k, one_sided=True) for k in (0, 1, 2)
        ]
        assert found == [int(cell) for cell in printed.split("/")]


@pytest.mark.parametrize("row", TWO_SIDED, ids=lambda row: row[0])
def test_proving_a_target_takes_the_worked_files_by_the_default_rule(row):
    columns = [(40, False), (60, False), (110, False), (200, False), (None, False), (None, True)]
    for (listed, binomial), printed in zip(columns, row[1:], strict=True):
        found = [
            sampling.zero_failure_size(listed, target=f"0.{row[0]}", failures=k, binomial=binomial) for k in (0, 1, 2)
        ]
        assert found == [int(cell) for cell in printed.split("/")]


def test_at_least_95_in_100_meet_it_needs_fewer_files_than_fewer_than_5_fail():
    assert sampling.zero_failure_size(60, target=0.95, one_sided=True) == 31
    clean = next(n for n in range(1, 61) if intervals.upper_limit(0, n, population=60) <= 2)
    assert clean == 38


def test_a_target_that_no_sample_can_show_has_no_size():
    assert sampling.zero_failure_size(None, target=1) is None
    assert sampling.zero_failure_size(30, target=1) == 30
    assert sampling.zero_failure_size(40, target=1, failures=1) is None


def test_a_tail_of_exactly_the_level_is_outside_however_it_is_asked():
    # One failing child among 40 escapes a sample of 39 with a chance of exactly 1 in 40.
    assert intervals.hypergeometric_interval(39, 39, 40).lower == 40
    assert sampling.zero_failure_size(40, target=1) == 39
    assert target.decisive_counts(39, 1, population=40).met == 39


@pytest.mark.parametrize(
    ("sample", "wanted", "files"),
    [((24, 30, 110), 0.9, 38), ((27, 30, 110), 0.8, 46), ((10, 12, 60), 0.7, 29), ((27, 30, 110), 0.9, None)],
)
def test_cannot_tell_names_the_worked_number_of_files_that_would(sample, wanted, files):
    assert sampling.files_to_tell(*sample, wanted) == files


def test_a_sample_that_already_tells_needs_no_more_files():
    assert sampling.files_to_tell(30, 30, 110, 0.5) == 30
    assert sampling.files_to_tell(31, 40, 40, 0.9) == 40


def test_without_a_list_the_files_that_would_tell_come_from_wilson():
    needed = sampling.files_to_tell(24, 30, None, 0.9)
    seen = round(Fraction(24 * needed, 30))
    assert intervals.wilson_interval(seen, needed).upper < 0.9
    assert sampling.files_to_tell(27, 30, None, 0.9) is None


def test_nothing_read_gives_no_files_that_would_tell():
    assert sampling.files_to_tell(0, 0, 110, 0.9) is None


@pytest.mark.parametrize("row", DETECTABLE, ids=lambda row: f"n={row[0]}")
def test_the_smallest_change_a_design_could_have_seen_is_the_worked_one(row):
    n = int(row[0])
    asked = [(0.5, "rise"), (0.6, "rise"), (0.7, "rise"), (0.8, "rise"), (0.9, "rise"), (0.8, "fall")]
    found = [sampling.detectable_change(n, n, baseline, direction=way) for baseline, way in asked]
    assert [None if change is None else round(100 * change) for change in found] == [count(c) for c in row[1:]]


def test_the_template_sentence_could_have_seen_28_points():
    assert sampling.detectable_change(30, 30, 20 / 30) == 0.28


def test_no_room_or_no_files_means_no_change_could_be_seen():
    assert sampling.detectable_change(30, 30, 1.0) is None
    assert sampling.detectable_change(0, 30, 0.5) is None


@pytest.mark.parametrize("row", EACH_ROUND, ids=lambda row: row[0])
def test_each_round_needs_the_worked_files_and_statsmodels_agrees(row):
    before = int(row[0])
    for rise, printed in zip((10, 15, 20, 30), row[1:], strict=True):
        if printed == "-":
            continue
        found = sampling.sample_size_change(before / 100, (before + rise) / 100)
        theirs = samplesize_proportions_2indep_onetail(
            rise / 100, before / 100, 0.8, alpha=0.05, alternative="two-sided"
        )
        assert found == int(printed) == ceil(round(float(theirs), 9))


@pytest.mark.parametrize("row", POWER, ids=lambda row: f"n={row[0]}")
def test_small_rounds_show_a_real_rise_as_seldom_as_worked(row):
    n = int(row[0])
    found = [oracles.chance_of_better(n, n, *pair) for pair in ((0.5, 0.8), (0.6, 0.8), (0.7, 0.9))]
    assert found == pytest.approx([float(cell) for cell in row[1:]], abs=0.0051)


@pytest.mark.parametrize(("n", "worst"), [(12, 0.032), (20, 0.027), (30, 0.026), (40, 0.028)])
def test_nothing_changed_is_called_better_no_more_often_than_worked(n, worst):
    shares = np.arange(0.02, 0.981, 0.01)
    found = max(oracles.chance_of_better(n, n, share, share) for share in shares)
    assert found == pytest.approx(worst, abs=0.0006)


@pytest.mark.parametrize(
    ("moved_by", "printed"),
    [(0.10, {0.60: 0.63, 0.65: 0.62, 0.85: 0.50}), (0.20, {0.60: 0.26, 0.65: 0.25, 0.85: 0.12})],
)
def test_colours_and_points_call_changes_that_are_chance(moved_by, printed):
    for share, chance in printed.items():
        assert oracles.chance_of_moving(20, 20, share, moved_by) == pytest.approx(chance, abs=0.0051)
    assert oracles.chance_of_another_colour(20, 0.75, (0.6, 0.8)) == pytest.approx(0.53, abs=0.0051)


@pytest.mark.parametrize(("share", "chance"), [(0.65, 0.052), (0.75, 0.050), (0.85, 0.035)])
def test_the_interval_calls_few_changes_that_are_chance(share, chance):
    assert round(sampling.chance_of_false_change(20, 20, share), 3) == chance


def test_among_25_standards_about_one_would_look_changed_by_luck():
    found = sampling.false_alarms([sampling.chance_of_false_change(20, 20, 0.65)] * 25)
    assert round(found.expected, 1) == 1.3
    assert round(found.at_least_one, 2) == 0.74


def test_a_round_that_read_no_file_cannot_be_called_changed():
    assert sampling.chance_of_false_change(0, 20, 0.65) is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: sampling.sample_size(100, margin=0),
        lambda: sampling.sample_size(100, margin=0.1, expected=1.0),
        lambda: sampling.sample_size_change(0.6, 0.6),
        lambda: sampling.sample_size_change(0.6, 1.2),
        lambda: sampling.detectable_change(20, 20, 1.5),
        lambda: sampling.chance_of_false_change(20, 20, -0.1),
        lambda: target.needed(1.2, 100),
        lambda: target.decisive_counts(50, 0.8, population=40),
    ],
)
def test_settings_outside_their_range_are_refused(wrong):
    with pytest.raises(ValueError, match=r"\.$"):
        wrong()


def test_55_in_100_is_55_children_and_not_the_56_of_floating_point():
    assert ceil(0.55 * 100) == 56
    assert target.needed(0.55, 100) == target.needed("0.55", 100) == 55


@given(st.integers(0, 1000), st.integers(0, 5000))
def test_needed_is_the_smallest_number_that_meets_the_target(thousandths, population):
    need = target.needed(thousandths / 1000, population)
    assert need * 1000 >= thousandths * population
    assert need == 0 or (need - 1) * 1000 < thousandths * population
    assert need == target.needed(Fraction(thousandths, 1000), population)


@given(st.integers(1, 400), st.sampled_from([0.05, 0.1, 0.15]), st.floats(0.05, 0.95))
def test_a_sample_for_a_margin_is_never_larger_than_its_list_nor_than_without_one(population, margin, expected):
    size = sampling.sample_size(population, margin=margin, expected=expected)
    assert 1 <= size <= population
    assert size <= sampling.sample_size(None, margin=margin, expected=expected)
    assert size <= sampling.sample_size(population + 1, margin=margin, expected=expected)


@given(st.integers(5, 60), st.integers(5, 60), st.floats(0.02, 0.98))
@settings(max_examples=25)
def test_a_detectable_rise_is_seen_four_times_in_five_and_a_point_less_is_not(n_before, n_after, baseline):
    rise = sampling.detectable_change(n_before, n_after, baseline)
    if rise is None:
        assert oracles.chance_of_better(n_before, n_after, baseline, 1.0) < 0.8
        return
    assert oracles.chance_of_better(n_before, n_after, baseline, min(baseline + rise, 1)) >= 0.8 - 1e-3
    assert oracles.chance_of_better(n_before, n_after, baseline, baseline + rise - 0.0101) < 0.8


@given(st.integers(10, 60), st.floats(0.1, 0.9))
@settings(max_examples=25)
def test_a_fall_is_as_detectable_as_the_same_rise_of_the_failures(n, baseline):
    fall = sampling.detectable_change(n, n, baseline, direction="fall")
    rise = sampling.detectable_change(n, n, 1 - baseline)
    assert (fall is None) == (rise is None)
    assert fall is None or fall == pytest.approx(rise, abs=0.0101)


@given(st.integers(2, 30), st.integers(2, 30), st.floats(0.01, 0.99))
@settings(max_examples=25)
def test_chances_are_chances_and_bigger_moves_are_rarer(n_before, n_after, share):
    chances = [oracles.chance_of_moving(n_before, n_after, share, by) for by in (0, 0.1, 0.2, 1)]
    assert chances[0] == pytest.approx(1)
    assert chances == sorted(chances, reverse=True) and chances[-1] >= 0


@given(st.integers(1, 40), st.integers(0, 60), st.data())
@settings(max_examples=30)
def test_the_counts_that_decide_are_those_whose_interval_decides(read, more, data):
    listed, wanted = read + more, data.draw(st.sampled_from(TARGETS))
    need, found = target.needed(wanted, listed), target.decisive_counts(read, wanted, population=listed)
    sides = [intervals.hypergeometric_interval(met, read, listed) for met in range(read + 1)]
    met = [i for i, side in enumerate(sides) if side.lower >= need]
    not_met = [i for i, side in enumerate(sides) if side.upper < need]
    assert found == (min(met, default=None), max(not_met, default=None))


@given(st.integers(5, 30), st.integers(1, 60), st.data())
@settings(max_examples=25)
def test_every_sample_from_the_one_that_would_tell_onwards_tells(read, more, data):
    met, listed = data.draw(st.integers(0, read)), read + more
    wanted = float(data.draw(st.sampled_from(TARGETS)))
    first, need = sampling.files_to_tell(met, read, listed, wanted), target.needed(wanted, listed)

    def tells(n):
        lower, upper = intervals.hypergeometric_interval(round(Fraction(met * n, read)), n, listed)
        return lower >= need or upper < need

    start = listed if first is None else first
    assert all(tells(n) for n in range(start, listed + 1))
    assert start == read or not tells(start - 1)


@given(st.integers(1, 400) | st.none(), st.floats(0.05, 0.95), st.floats(0.02, 0.4))
def test_a_wider_margin_never_needs_more_files(population, expected, margin):
    close = sampling.sample_size(population, margin=margin, expected=expected)
    wide = sampling.sample_size(population, margin=margin + 0.05, expected=expected)
    assert wide <= close
    assert close == sampling.sample_size(population, margin=margin, expected=1 - expected)


@given(st.floats(0.05, 0.6), st.floats(0.05, 0.3))
def test_a_larger_change_never_needs_more_files_and_a_fall_needs_those_of_the_rise(before, rise):
    needs = sampling.sample_size_change(before, before + rise)
    assert needs == sampling.sample_size_change(before + rise, before)
    assert abs(needs - sampling.sample_size_change(1 - before, 1 - before - rise)) <= 1
    assert sampling.sample_size_change(before, before + rise + 0.05) <= needs


@settings(max_examples=25, deadline=None)
@given(st.integers(20, 120), st.sampled_from(["0.7", "0.8", "0.85", "0.9"]), st.integers(0, 2))
def test_a_higher_target_or_another_failure_never_needs_fewer_clean_files(population, wanted, failures):
    sizes = [
        sampling.zero_failure_size(population, target=target, failures=failed)
        for target, failed in ((wanted, failures), (wanted, failures + 1), ("0.95", failures))
    ]
    known = [size for size in sizes if size is not None]
    assert known == [] or sizes[0] == min(known)
