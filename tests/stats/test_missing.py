from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.stats.intervals import (
    hypergeometric_interval,
    newcombe_difference,
    paired_difference,
    wilson_interval,
)
from ilacs_audit.stats.missing import (
    Waited,
    change_with_missing,
    ended_by,
    limits_with_missing,
    median_wait,
    paired_with_missing,
)

FEW = st.integers(0, 6)
STEP = 1e-12


@st.composite
def counts(draw, most=40):
    read = draw(st.integers(1, most))
    return draw(st.integers(0, read)), read


@st.composite
def filled(draw, missing):
    """So many of the missing answers turn out to apply, and so many of these to be met."""
    applied = draw(st.integers(0, missing))
    return draw(st.integers(0, applied)), applied


@given(counts(), FEW, st.data())
def test_no_way_to_fill_in_missing_answers_leaves_the_range_of_practice(seen, missing, data):
    low, high = limits_with_missing(*seen, missing=missing)
    met, applied = data.draw(filled(missing))
    then = wilson_interval(seen[0] + met, seen[1] + applied)
    assert low - STEP <= then.lower <= then.upper <= high + STEP


@given(counts(), FEW, st.integers(0, 60), st.data())
def test_no_way_to_fill_in_missing_answers_leaves_the_range_of_a_list(seen, missing, unread, data):
    size = seen[1] + missing + unread
    low, high = (round(size * end) for end in limits_with_missing(*seen, missing=missing, size=size))
    met = data.draw(st.integers(0, missing))
    then = hypergeometric_interval(seen[0] + met, seen[1] + missing, size)
    assert low <= then.lower <= then.upper <= high


@given(counts(), counts(), FEW, FEW, st.data())
def test_no_way_to_fill_in_missing_answers_leaves_the_range_of_a_change(was, now, gone_was, gone_now, data):
    low, high = change_with_missing(was, now, missing=(gone_was, gone_now))
    (met, applied), (met_now, applied_now) = data.draw(filled(gone_was)), data.draw(filled(gone_now))
    then = newcombe_difference(was[0] + met, was[1] + applied, now[0] + met_now, now[1] + applied_now)
    assert low - STEP <= then.lower <= then.upper <= high + STEP


@given(st.tuples(*[st.integers(0, 9)] * 4).filter(sum), st.integers(0, 3))
def test_no_way_to_fill_in_missing_readings_leaves_the_range_of_a_change_in_files_read_twice(cells, missing):
    low, high = paired_with_missing(cells, missing=missing)
    for more in product(range(missing + 1), repeat=4):
        if sum(more) <= missing:
            then = paired_difference(*(cell + each for cell, each in zip(cells, more, strict=True)))
            assert low - STEP <= then.lower <= then.upper <= high + STEP


@pytest.mark.parametrize("size", [None, 110])
def test_where_nothing_is_missing_the_range_is_that_of_the_files_read(size):
    found = limits_with_missing(24, 30, missing=0, size=size)
    plain = wilson_interval(24, 30) if size is None else [end / 110 for end in hypergeometric_interval(24, 30, 110)]
    assert tuple(found) == tuple(plain)


# Freireich and others (1963), weeks in remission on 6-MP: R's survival package gives median 23, log-log interval 13 to
# none, as printed in Collett, Modelling Survival Data in Medical Research.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
OVER = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

waits = st.lists(st.integers(1, 60), min_size=3, max_size=40)


@pytest.mark.parametrize(
    ("weeks", "over", "expected"), [(WEEKS, OVER, Waited(23, 13, None)), (PLACEBO, [1] * 21, Waited(8, 4, 11))]
)
def test_the_published_medians_of_the_leukaemia_trial(weeks, over, expected):
    assert median_wait(weeks, [bool(each) for each in over]) == expected


def test_where_nothing_has_ended_nothing_is_known():
    assert median_wait([3, 5], [False, False]) == Waited(None, None, None)


@given(waits)
def test_where_all_has_ended_half_of_it_had_by_the_median(days):
    found = median_wait(days, [True] * len(days)).median
    assert sum(each <= found for each in days) * 2 >= len(days)
    assert sum(each < found for each in days) * 2 <= len(days)


@given(waits, st.data())
def test_what_still_waits_never_shortens_the_wait(days, data):
    ended = data.draw(st.lists(st.booleans(), min_size=len(days), max_size=len(days)))
    all_over, open_too = median_wait(days, [True] * len(days)).median, median_wait(days, ended).median
    assert open_too is None or open_too >= all_over


def by_hand(waits, ends, day):
    """Aalen and Johansen's sum, step by step: of those still waiting before each time, the part that ends each way."""
    waiting, found = 1.0, dict.fromkeys(sorted({*ends} - {0}), 0.0)
    for time in sorted({*waits}):
        if time > day:
            break
        watched = sum(each >= time for each in waits)
        now = [end for wait, end in zip(waits, ends, strict=True) if wait == time and end]
        for end in found:
            found[end] += waiting * now.count(end) / watched
        waiting *= 1 - len(now) / watched
    return found


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), min_size=1, max_size=40), st.integers(0, 30))
def test_what_ended_in_each_way_is_the_sum_by_hand_and_never_more_than_all(told, day):
    waits, ends = zip(*told, strict=True)
    shares = dict(enumerate(ended_by(waits, ends, day=day), start=1))
    assert {end: shares[end] for end in by_hand(waits, ends, day)} == pytest.approx(by_hand(waits, ends, day))
    assert sum(shares.values()) <= 1 + STEP
