"""Two readers: the worked table of docs/methods.md 10.2, the correction of 11.6, and the traps of section 4."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import SquareTable

from ilacs_audit.stats import agreement

GRADES = ["Outstanding", "Good", "Requires improvement", "Inadequate"]
WORKED = [[2, 1, 0, 0], [1, 10, 5, 0], [0, 1, 7, 2], [0, 0, 0, 1]]

tables = st.integers(2, 4).flatmap(
    lambda q: st.lists(st.lists(st.integers(0, 8), min_size=q, max_size=q), min_size=q, max_size=q)
)


def files(table):
    """List the two grades of every file behind a table."""
    return [[GRADES[i], GRADES[j]] for i, row in enumerate(table) for j, cell in enumerate(row) for _ in range(cell)]


def same(found, expected):
    assert (found is None) == (expected is None)
    assert found is None or found.value == pytest.approx(expected.value, abs=1e-9)


@pytest.mark.parametrize(
    ("weights", "kappa", "error", "ac"),
    [("identity", 0.479, 0.133, 0.577), ("linear", 0.587, 0.111, 0.781), ("quadratic", 0.714, 0.087, 0.905)],
)
def test_kappa_and_ac_are_the_worked_ones(weights, kappa, error, ac):
    found = agreement.weighted_kappa(WORKED, weights=weights)
    assert (round(found.value, 3), round(found.standard_error, 3)) == (kappa, error)
    assert round(agreement.gwet_ac(WORKED, weights=weights).value, 3) == ac


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.482), ("ordinal", 0.699), ("interval", 0.714)])
def test_alpha_is_the_worked_one(level, alpha):
    found = agreement.krippendorff_alpha(files(WORKED), level=level, categories=GRADES)
    assert round(found.value, 3) == alpha
    assert found.files == 30
    assert found.interval.lower < found.value < found.interval.upper


def test_intervals_drawn_over_files_are_the_worked_ones():
    kappa = agreement.weighted_kappa(WORKED, bootstrap_below=31)
    assert kappa.method == "bootstrap"
    assert kappa.interval == pytest.approx((0.34, 0.78), abs=0.016)
    assert agreement.gwet_ac(WORKED).interval == pytest.approx((0.66, 0.89), abs=0.011)


def test_from_30_files_kappa_uses_its_standard_error():
    found = agreement.weighted_kappa(WORKED)
    assert found.method == "standard error"
    assert found.interval == pytest.approx((0.587 - 1.96 * 0.111, 0.587 + 1.96 * 0.111), abs=0.001)


def test_the_same_seed_draws_the_same_interval():
    table = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]
    assert agreement.weighted_kappa(table, seed=3) == agreement.weighted_kappa(table, seed=3)
    assert agreement.weighted_kappa(table, seed=3).interval != agreement.weighted_kappa(table, seed=4).interval


@pytest.mark.parametrize("table", [[[0, 0], [0, 0]], [[0, 0, 0], [0, 9, 0], [0, 0, 0]]])
def test_one_grade_throughout_cannot_be_calculated(table):
    assert agreement.weighted_kappa(table) is None
    assert agreement.gwet_ac(table) is None
    assert agreement.krippendorff_alpha(files(table), categories=GRADES) is None


def test_kappa_is_no_number_where_one_reader_gave_one_grade_throughout_and_ac_is():
    table = [[0, 0, 0], [3, 20, 2], [0, 0, 0]]
    assert agreement.weighted_kappa(table) is None
    assert agreement.gwet_ac(table).value > 0.7


def test_dropping_an_unused_middle_grade_changes_kappa_and_a_shorter_scale_changes_ac():
    full = [[3, 0, 2, 1], [0, 0, 0, 0], [1, 0, 6, 2], [0, 0, 2, 4]]
    dropped = [[3, 2, 1], [1, 6, 2], [0, 2, 4]]
    assert agreement.weighted_kappa(full).value != pytest.approx(agreement.weighted_kappa(dropped).value, abs=1e-3)
    at_end = [[*row, 0] for row in dropped] + [[0, 0, 0, 0]]
    assert agreement.gwet_ac(at_end).value > agreement.gwet_ac(dropped).value
    assert agreement.weighted_kappa(at_end).value == pytest.approx(agreement.weighted_kappa(dropped).value)


def test_bowker_needs_the_library_default_turned_off():
    strict, default = (SquareTable(np.array(WORKED), shift_zeros=shift).symmetry() for shift in (False, True))
    assert (round(strict.statistic, 2), round(strict.pvalue, 3)) == (4.67, 0.587)
    assert (round(default.statistic, 2), round(default.pvalue, 3)) == (3.57, 0.735)


def test_alpha_takes_any_number_of_readers_and_leaves_out_lonely_grades():
    ratings = [["Good", "Good", None], ["Good", "Inadequate", "Good"], ["Inadequate", float("nan"), "Inadequate"]]
    found = agreement.krippendorff_alpha(ratings, categories=GRADES, level="nominal")
    lonely = agreement.krippendorff_alpha([*ratings, ["Good", None, None]], categories=GRADES, level="nominal")
    # Coincidences: 3 Good-Good, 2 Inadequate-Inadequate and 1 each way; margins 4 and 3.
    assert found.value == pytest.approx(1 - (2 / 7) / (2 * 4 * 3 / (7 * 6)))
    assert found.files == lonely.files == 3
    assert lonely.value == found.value


def test_a_grade_outside_the_scale_is_refused():
    with pytest.raises(ValueError, match="'RI\\+' is not a grade of the scale"):
        agreement.krippendorff_alpha([["RI+", "Good"]], categories=GRADES)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: agreement.weighted_kappa([[1, 2, 3], [4, 5, 6]]),
        lambda: agreement.weighted_kappa([[1, 2], [0.5, 6]]),
        lambda: agreement.gwet_ac(WORKED, weights="squared"),
        lambda: agreement.krippendorff_alpha([["Good", "Good"]], categories=["Good"]),
        lambda: agreement.krippendorff_alpha(files(WORKED), categories=GRADES, level="ratio"),
        lambda: agreement.corrected_proportion(
            84, 120, passes_moderated=90, passes_confirmed=14, fails_moderated=10, fails_raised=1
        ),
    ],
)
def test_what_is_no_table_of_two_readers_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\.$"):
        wrong()


def test_the_corrected_headline_is_the_worked_one():
    found = agreement.corrected_proportion(
        84, 120, passes_moderated=20, passes_confirmed=14, fails_moderated=10, fails_raised=1
    )
    assert round(found.value, 2) == 0.52 and not found.rough
    assert found.interval == pytest.approx((0.365, 0.672), abs=0.005)
    few = agreement.corrected_proportion(
        42, 60, passes_moderated=11, passes_confirmed=7, fails_moderated=4, fails_raised=0
    )
    assert (round(few.value, 2), few.rough) == (0.45, True)
    assert [round(limit, 2) for limit in few.interval] == [0.26, 0.67]


@pytest.mark.parametrize(
    ("passes", "fails"),
    [(10, 4), (14, 1), (30, 0)],
)
def test_too_few_moderated_files_correct_nothing(passes, fails):
    found = agreement.corrected_proportion(
        60, 90, passes_moderated=passes, passes_confirmed=passes, fails_moderated=fails, fails_raised=0
    )
    assert found is None


def test_the_drawn_interval_covers_the_truth_about_as_often_as_it_says():
    random, covered, raw = np.random.default_rng(4), 0, 0.0
    for _ in range(250):
        passed = random.binomial(1, 0.5, 120).astype(bool)
        graded = np.where(passed, random.random(120) > 0.05, random.random(120) < 0.35)
        chosen = random.permutation(120)[:30]
        kept, again = graded[chosen], passed[chosen]
        found = agreement.corrected_proportion(
            int(graded.sum()), 120, passes_moderated=int(kept.sum()), passes_confirmed=int((kept & again).sum()),
            fails_moderated=int((~kept).sum()), fails_raised=int((~kept & again).sum()), draws=2000,
        )  # fmt: skip  # a table, a line a row
        covered += found.interval.lower <= 0.5 <= found.interval.upper
        raw += graded.mean() / 250
    assert raw == pytest.approx(0.65, abs=0.01)
    assert covered / 250 == pytest.approx(0.946, abs=0.04)


@given(st.lists(st.integers(2, 40), min_size=2, max_size=2), st.data())
@settings(max_examples=30)
def test_a_corrected_share_lies_inside_its_interval_and_confirming_all_changes_nothing(used, data):
    again = [data.draw(st.integers(2, count)) for count in used]
    passed = [data.draw(st.integers(0, count)) for count in again]

    def corrected(kept, raised):
        return agreement.corrected_proportion(
            used[0], sum(used), passes_moderated=again[0], passes_confirmed=kept,
            fails_moderated=again[1], fails_raised=raised, draws=500,
        )  # fmt: skip  # a table, a line a row

    found = corrected(*passed)
    if sum(again) < 15:
        assert found is None
        return
    assert 0 <= found.interval.lower <= found.interval.upper <= 1
    untouched = corrected(again[0], 0)
    assert untouched.value == pytest.approx(used[0] / sum(used))


@given(tables, st.sampled_from(["identity", "linear", "quadratic"]))
@settings(max_examples=40)
def test_agreement_stays_between_minus_1_and_1_and_is_1_only_on_the_diagonal(table, weights):
    diagonal = np.count_nonzero(table) == np.count_nonzero(np.diag(table))
    for found in (
        agreement.weighted_kappa(table, weights=weights, draws=50),
        agreement.gwet_ac(table, weights=weights, draws=50),
    ):
        if found is None:
            assert np.count_nonzero(table) <= 1
            continue
        assert -1 - 1e-9 <= found.value <= 1 + 1e-9
        assert (found.value == pytest.approx(1, abs=1e-9)) == diagonal
        assert found.interval is None or -1 - 1e-9 <= found.interval.lower <= found.interval.upper <= 1 + 1e-9


@given(tables)
@settings(max_examples=40)
def test_swapping_the_readers_or_turning_the_scale_changes_no_agreement(table):
    for statistic in (agreement.weighted_kappa, agreement.gwet_ac):
        found = statistic(table, draws=20)
        same(statistic(np.transpose(table), draws=20), found)
        same(statistic(np.flip(table), draws=20), found)
    found = agreement.krippendorff_alpha(files(table), categories=GRADES, draws=20)
    same(agreement.krippendorff_alpha(files(np.transpose(table).tolist()), categories=GRADES, draws=20), found)
    same(agreement.krippendorff_alpha(files(table), categories=GRADES[::-1], draws=20), found)


@given(tables)
@settings(max_examples=40)
def test_the_drawn_kappa_is_the_library_kappa(table):
    found = agreement.weighted_kappa(table, draws=2)
    if found is not None:
        weights = agreement.agreement_weights(len(table), "linear")
        assert agreement.kappas(np.array([table]), weights)[0] == pytest.approx(found.value, abs=1e-9)


@given(tables.filter(lambda table: len(table) == 2))
@settings(max_examples=40)
def test_with_two_grades_every_weighting_and_every_metric_is_the_same(table):
    same(
        agreement.weighted_kappa(table, weights="linear", draws=2),
        agreement.weighted_kappa(table, weights="identity", draws=2),
    )
    levels = [
        agreement.krippendorff_alpha(files(table), categories=GRADES[:2], level=level, draws=2)
        for level in ("nominal", "ordinal", "interval")
    ]
    same(levels[0], levels[1])
    same(levels[0], levels[2])
