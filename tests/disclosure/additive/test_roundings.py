"""A rounded count that can be only one number is not shown: tried against every number that a reader could think of."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as draws

from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.measures import measures, rows

COUNTS = draws.sampled_from([0, *range(6, 15)])
TEAMS = draws.lists(draws.tuples(COUNTS, COUNTS).filter(any), min_size=1, max_size=3)


def released(teams):
    """What the public sees of met and not met of teams and of the whole service, as (k, n) by level."""
    met, unmet = (sum(each[side] for each in teams) for side in (0, 1))
    counted = [("all", "all", met, met + unmet)]
    counted += [("team", f"Team {at}", k, k + rest) for at, (k, rest) in enumerate(teams)] if len(teams) > 1 else []
    about = {"measure": "compliance", "theme": "plans", "standard_id": "PLN-1", "period": "2024-11"}
    table = measures([{**about, "group": g, "level": at, "numerator": k, "denominator": n} for g, at, k, n in counted])
    return [
        (row.numerator, row.denominator) for row in rows(release(table, audience="public")) if row.level != "not shown"
    ]


def rounded(count):
    return (count + 2) // 5 * 5


def possible(shown):
    """Every (k, n) that a row of the public edition can stand for: met and not met are none, or six and more."""
    k, n = shown
    near_k, near_n = ([count for count in range(most + 3) if rounded(count) == most] for most in (k, n))
    return [
        (a, b) for a, b in product(near_k, near_n) if all(not count or count >= 6 for count in (a, b - a, b)) and a <= b
    ]


def together(split):
    """What the counts of teams come to, as (k, n) of the whole."""
    return tuple(map(sum, zip(*split, strict=True)))


@given(TEAMS)
@settings(max_examples=60, deadline=None)
def test_no_count_that_is_shown_to_the_public_can_be_only_one_number(teams):
    whole, *parts = released(teams)
    if None in whole or any(None in part for part in parts):
        return
    wholes = set(possible(whole))
    fitting = [(only,) for only in wholes]
    if parts:
        splits = product(*map(possible, parts))
        fitting = [(all_of, *split) for split in splits if (all_of := together(split)) in wholes]
    for at, shown in enumerate([whole, *parts]):
        for side in (0, 1):
            assert not shown[side] or len({each[at][side] for each in fitting}) > 1


def test_five_of_ten_is_six_of_twelve_and_nothing_else():
    assert released([(6, 6)]) == [(None, 10)]
    assert released([(7, 7)]) == [(5, 15)]


def test_four_teams_of_five_under_a_whole_of_thirty_are_seven_each_so_the_teams_go():
    whole, *teams = released([(7, 7)] * 4)
    assert whole == (30, 55)
    assert teams == [(None, None)] * 4
