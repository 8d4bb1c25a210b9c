"""Shares of small groups drawn together: never further from the share of all, and never narrower than all files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.stats.intervals import wilson_interval
from ilacs_audit.stats.shrinkage import drawn_together

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
