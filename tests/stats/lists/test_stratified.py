"""Limits by stratum: the coverage of every list of a few children, and what trying every way of spreading gives."""

from functools import reduce
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

import ilacs_audit as ia
from ilacs_audit.stats.lists.stratified import proportional_interval

from .. import oracles

DESIGNS = [
    [(3, 9), (2, 6)],
    [(4, 8), (2, 14)],
    [(1, 5), (5, 7)],
    [(3, 12), (0, 3)],
    [(2, 4), (2, 5), (3, 6)],
    [(1, 3), (2, 4), (2, 6), (3, 5)],
]


@st.composite
def strata(draw, most=3, longest=12):
    sizes = draw(st.lists(st.integers(1, longest), min_size=1, max_size=most))
    reads = [draw(st.integers(0, size)) for size in sizes]
    return [(draw(st.integers(0, read)), read, size) for size, read in zip(sizes, reads, strict=True)]


@pytest.mark.parametrize("design", DESIGNS)
def test_the_truth_is_within_the_limits_as_often_as_promised(design):
    seen = list(product(*(range(read + 1) for read, _ in design)))
    both = [(read, size) for read, size in design]
    limits = [ia.stratified_interval([(k, *each) for k, each in zip(one, both, strict=True)]) for one in seen]
    for truth in product(*(range(size + 1) for _, size in design)):
        chance = [hypergeom.pmf(np.arange(n + 1), size, m, n) for m, (n, size) in zip(truth, design, strict=True)]
        held = [low <= sum(truth) <= high for low, high in limits]
        weight = [np.prod([part[k] for part, k in zip(chance, one, strict=True)]) for one in seen]
        assert np.dot(weight, held) >= 0.95


@pytest.mark.parametrize("design", [each for each in DESIGNS if all(read for read, _ in each)])
def test_the_truth_is_within_the_limits_by_the_number_met_alone_as_often_as_promised(design):
    limits = [proportional_interval(met, design) for met in range(sum(read for read, _ in design) + 1)]
    for truth in product(*(range(size + 1) for _, size in design)):
        each = zip(truth, design, strict=True)
        chance = reduce(np.convolve, [hypergeom.pmf(np.arange(n + 1), size, m, n) for m, (n, size) in each])
        assert np.dot(chance, [low <= sum(truth) <= high for low, high in limits]) >= 0.95


@given(strata(most=1, longest=150))
def test_one_stratum_is_a_list_by_the_number_met_too(found):
    ((met, read, size),) = found
    if read:
        assert proportional_interval(met, [(read, size)]) == ia.hypergeometric_interval(met, read, size)


@settings(max_examples=60)
@given(strata())
def test_the_limits_are_those_of_every_way_of_spreading_or_a_child_wider(found):
    ours = ia.stratified_interval(found)
    if ours is None:
        assert not any(read for _, read, _ in found)
        return
    low, high = oracles.by_every_spread(found)
    assert 0 <= low - ours.lower <= 1
    assert 0 <= ours.upper - high <= 1


@given(strata(most=1, longest=150))
def test_one_stratum_is_a_list(found):
    assert ia.stratified_interval(found) == ia.hypergeometric_interval(*found[0])


@given(strata(most=4, longest=30))
def test_the_limits_of_those_who_do_not_meet_it_are_the_other_way_round(found):
    ours, listed = ia.stratified_interval(found), sum(size for *_, size in found)
    turned = ia.stratified_interval([(read - met, read, size) for met, read, size in found])
    if ours:
        assert (listed - turned.upper, listed - turned.lower) == ours
        assert sum(met for met, *_ in found) <= ours.lower <= ours.upper <= listed - sum(n - k for k, n, _ in found)


def test_a_group_of_which_nothing_was_read_may_be_all_or_nothing():
    assert ia.stratified_interval([(10, 10, 10), (0, 0, 5)]) == (10, 15)
    assert ia.stratified_interval([(0, 0, 5)]) is None
