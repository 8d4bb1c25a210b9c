"""An order of training that was drawn: the share of all orders under which the difference is as large."""

from itertools import combinations

import pytest

from ilacs_audit.stats.lists.order import Waiting, order_test

MET, READ = [9, 8, 4, 5, 6], [10, 12, 10, 9, 11]


def test_one_round_is_held_against_every_set_of_teams_that_could_have_been_first():
    def apart(first):
        others = [each for each in range(5) if each not in first]
        return abs(
            sum(MET[at] for at in first) / sum(READ[at] for at in first)
            - sum(MET[at] for at in others) / sum(READ[at] for at in others)
        )

    found = order_test([Waiting(2, MET, READ)], seed=1)
    sets = [apart(first) for first in combinations(range(5), 2)]
    assert found.chance == pytest.approx(sum(each >= apart((0, 1)) - 1e-9 for each in sets) / len(sets))
    assert found.orders == 120


def test_many_teams_are_tried_by_seed_and_the_order_drawn_is_one_of_them():
    wide = [Waiting(4, [9] * 4 + [1] * 5, [10] * 9), Waiting(6, [9] * 6 + [1] * 3, [10] * 9)]
    one, again = (order_test(wide, seed=3) for _ in range(2))
    assert one == again and one.orders == 10_000
    assert 1 / 10_000 <= one.chance < 0.02


def test_where_nobody_waits_nothing_is_compared():
    assert order_test([Waiting(5, MET, READ)], seed=1) is None
    assert order_test([], seed=1) is None
