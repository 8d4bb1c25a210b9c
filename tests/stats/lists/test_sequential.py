"""Evidence after every file: the chance of ever being wrong over all reading orders, and two published recipes.

`oracles.csv` holds what other packages gave after the same files: each row its package, version and call. Their ranges
are of both sides at once and so decide at 20, ours of one side at 40. `bets` are those of Stark's ALPHA with
the next file's chance by our mean (`oracles.alpha_martingale`).
"""

import json
from itertools import pairwise, product
from math import comb, inf
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ilacs_audit as ia
from ilacs_audit.stats.lists.sequential import DECISIVE
from ilacs_audit.stats.target import needed

from .. import oracles

SMALL = [(listed, need) for listed in range(1, 13) for need in range(1, listed + 1)]
LISTS = [
    *SMALL,
    *((listed, needed(target, listed)) for listed in (20, 37, 60, 110) for target in (0.5, 0.8, 0.9, 0.95)),
]


@st.composite
def orders(draw, most=25):
    listed = draw(st.integers(1, most))
    answers = draw(st.lists(st.booleans(), max_size=listed))
    return answers, listed, draw(st.integers(1, listed))


def evidence(met, read, listed, need):
    return ia.sequence_evidence(met, read, listed, target=f"{need}/{listed}")


def ever(side, listed, need, truth):
    """Exact chance that a side is decided after some file, if so many children meet the standard."""
    return oracles.ever(listed, truth, lambda met, read: getattr(evidence(met, read, listed, need), side) >= DECISIVE)


@pytest.mark.parametrize(("listed", "need"), LISTS)
def test_a_verdict_is_wrong_in_at_most_1_of_40_lists_whenever_anyone_looks(listed, need):
    short, enough = (range(need), range(need, listed + 1)) if listed < 13 else ([need - 1], [need])
    assert max(ever("met", listed, need, truth) for truth in short) <= 0.025
    assert max(ever("not_met", listed, need, truth) for truth in enough) <= 0.025
    decided = oracles.ever(listed, need, lambda met, read: max(evidence(met, read, listed, need)) >= DECISIVE)
    assert decided == pytest.approx(1)


@given(orders())
def test_the_evidence_is_stark_s_martingale_with_the_next_chance_by_our_mean(order):
    answers, listed, need = order
    found = evidence(sum(answers), len(answers), listed, need)
    assert found.met == pytest.approx(oracles.alpha_martingale(answers, listed, need - 1), rel=1e-9)
    turned = [not answer for answer in answers]
    assert found.not_met == pytest.approx(oracles.alpha_martingale(turned, listed, listed - need), rel=1e-9)


@given(orders())
def test_both_sides_of_a_count_add_up_to_the_ratio_of_prior_and_posterior(order):
    answers, listed, count = order
    met, read = sum(answers), len(answers)
    chance = comb(count, met) * comb(listed - count, read - met) / comb(listed, read)
    fewer, more = evidence(met, read, listed, count).not_met, inf
    more = evidence(met, read, listed, count + 1).met if count < listed else 0
    if chance:
        ratio = 1 / ((read + 1) * chance)  # Waudby-Smith and Ramdas 2020, all counts equally likely beforehand
        assert count * fewer + 1 + (listed - count) * more == pytest.approx((listed + 1) * ratio)
    else:
        assert inf in (fewer, more)


@given(orders())
def test_more_met_files_are_never_less_evidence_that_the_target_is_met(order):
    answers, listed, need = order
    each = [evidence(met, len(answers), listed, need) for met in range(len(answers) + 1)]
    assert all(one.met <= two.met * (1 + 1e-9) for one, two in pairwise(each))
    assert all(one.not_met >= two.not_met * (1 - 1e-9) for one, two in pairwise(each))


@given(orders(most=60))
def test_a_limit_reaches_the_target_when_the_evidence_decides(order):
    answers, listed, need = order
    met = np.cumsum(answers).tolist()
    found = [evidence(done, read, listed, need) for read, done in enumerate(met, start=1)]
    limits = ia.confidence_sequence(answers, listed)
    for place, limit in enumerate(limits):
        so_far = found[: place + 1]
        if max(each.met for each in so_far) < DECISIVE > max(each.not_met for each in so_far):
            assert limit.lower < need <= limit.upper
    assert all(one.lower <= two.lower and one.upper >= two.upper for one, two in pairwise(limits))


def test_all_limits_of_a_reading_hold_together_as_often_as_promised():
    listed, confidence = 10, 0.6
    paths = {
        path: ia.confidence_sequence(path, listed, confidence=confidence) for path in product((0, 1), repeat=listed)
    }
    for truth in range(listed + 1):
        ours = [limits for path, limits in paths.items() if sum(path) == truth]
        held = sum(all(low <= truth <= high for low, high in limits) for limits in ours)
        assert confidence <= held / len(ours)
        assert all(limits[-1] == (truth, truth) for limits in ours)


def test_a_range_that_holds_at_every_look_is_wider_than_one_for_a_single_look():
    answers = ([True] * 4 + [False]) * 6
    assert ia.confidence_sequence(answers, 110)[-1] == (66, 103)
    assert ia.hypergeometric_interval(24, 30, 110) == (71, 99)


def test_nothing_read_decides_nothing_and_what_is_certain_is_certain():
    assert evidence(0, 0, 30, 24) == pytest.approx((1, 1))
    assert evidence(24, 24, 30, 24) == (inf, 0)
    assert evidence(0, 7, 30, 24) == (0, inf)
    assert ia.sequence_evidence(0, 5, 30, target=0) == (inf, 0)
    assert ia.confidence_sequence([], 30) == []


def test_answers_that_no_list_gives_are_refused():
    for answers, listed, told in (([1, 2], 9, "more than trials"), ([1, 1], 1, "more than population")):
        with pytest.raises(ValueError, match=told):
            ia.confidence_sequence(answers, listed)


ORACLES = pd.read_csv(Path(__file__).with_name("oracles.csv"), dtype={"answers": str})


def published(call):
    """The rows of one call of an oracle, with what it gave and what ours gives after the same files."""
    rows = ORACLES[ORACLES["call"].str.startswith(call)]
    assert len(rows) == ORACLES["answers"].nunique() == 9
    for each in rows.itertuples():
        answers = [letter == "1" for letter in each.answers]
        yield answers, each.listed, each.count, json.loads(each.expected)


def test_the_evidence_is_that_of_confseq_with_the_same_bets():
    for answers, listed, count, told in published("betting_mart"):
        ours = evidence(sum(answers), len(answers), listed, count + 1)
        if told == inf:  # confseq says by infinity that the count is impossible, on whichever side
            assert inf in ours
        else:
            assert ours.met == pytest.approx(told, rel=1e-10)


def test_both_sides_add_up_to_the_ratio_that_the_authors_code_gives():
    for answers, listed, count, told in published("DMHG_martingale"):
        fewer = evidence(sum(answers), len(answers), listed, count).not_met
        more = evidence(sum(answers), len(answers), listed, count + 1).met
        assert (count * fewer + 1 + (listed - count) * more) / (listed + 1) == pytest.approx(told, rel=1e-10)


@pytest.mark.parametrize("call", ["counts where DMHG", "counts where dKelly"])
def test_ranges_never_contradict_those_of_two_other_rules_and_are_no_wider_on_average(call):
    widths = []
    for answers, listed, _, (lower, upper) in published(call):
        ours = ia.confidence_sequence(answers, listed)[-1]
        assert max(ours.lower, lower) <= min(ours.upper, upper)
        widths.append((ours.upper - ours.lower) - (upper - lower))
    assert np.mean(widths) <= 0
