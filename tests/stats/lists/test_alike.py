"""A sample beside its list: held against scipy's multivariate hypergeometric, and against draws that are fair."""

from itertools import product

import numpy as np
import pytest
from scipy.stats import multivariate_hypergeom

from ilacs_audit.stats.lists.alike import chance_of_so_unlike, least_seen


def enumerated(listed, drawn):
    """Pearson's exact test of a draw without replacement: every table counted, by scipy's distribution."""
    size, whole = sum(drawn), sum(listed)
    due = [each * size / whole for each in listed]

    def apart(table):
        return sum((k - e) ** 2 / e for k, e in zip(table, due, strict=True))

    tables = (each for each in product(*(range(n + 1) for n in listed)) if sum(each) == size)
    law = multivariate_hypergeom(listed, size)
    return sum(law.pmf(each) for each in tables if apart(each) >= apart(drawn) - 1e-9)


@pytest.mark.parametrize(
    ("listed", "drawn"),
    [((20, 20), (8, 0)), ((20, 20), (6, 2)), ((30, 15, 5), (4, 5, 3)), ((12, 9, 9), (7, 1, 1)), ((9, 9), (3, 3))],
)
def test_one_kind_of_group_has_the_chance_that_every_table_counted_gives(listed, drawn):
    groups = [name for name, n in enumerate(listed) for _ in range(n)]
    chosen = [at < k for k, n in zip(drawn, listed, strict=True) for at in range(n)]
    found = chance_of_so_unlike({"team": groups}, chosen, seed=2024, draws=9999).chance
    exact = enumerated(listed, drawn)
    assert found == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 9999) ** 0.5 + 1e-3)


def test_a_fair_draw_is_called_unlike_in_one_of_twenty_at_most_over_five_kinds_together():
    rng = np.random.default_rng(11)
    listed = {kind: rng.integers(0, size, 110) for kind, size in zip("abcde", (2, 4, 5, 9, 4), strict=True)}
    called = 0
    for seed in range(200):  # `python -m benchmarks.samples` draws a thousand
        drawn = np.zeros(110, dtype=bool)
        drawn[rng.choice(110, 40, replace=False)] = True
        called += chance_of_so_unlike(listed, drawn.tolist(), seed=seed, draws=199).chance <= 0.05
    assert called <= 200 * 0.05 + 3 * (200 * 0.05 * 0.95) ** 0.5


def test_a_sample_of_one_team_alone_is_seen_among_kinds_that_say_nothing_and_the_team_is_named():
    rng = np.random.default_rng(3)
    team = ["North"] * 60 + ["South"] * 50
    others = {kind: rng.integers(0, 5, 110).tolist() for kind in ("age", "plan", "ethnic")}
    found = chance_of_so_unlike({"team": team, **others}, [at < 20 for at in range(110)], seed=1)
    assert found.chance <= 0.001
    assert [kind for kind, chance in found.by_kind.items() if chance <= 0.05] == ["team"]


@pytest.mark.parametrize("drawn", [[False] * 6, [True] * 6])
def test_of_nobody_of_everybody_and_of_one_group_there_is_nothing_to_tell(drawn):
    assert chance_of_so_unlike({"team": list("aabbcc")}, drawn, seed=1).chance == 1
    assert chance_of_so_unlike({"team": ["a"] * 6}, [True, *drawn[1:]], seed=1) == (1.0, {"team": 1.0})


def test_the_least_difference_is_seen_in_four_of_five_samples_that_have_it():
    drawn, listed, seen = 60, 400, 0
    over = round(200 * (0.5 + least_seen(drawn, listed)) / 0.5)  # of 200, so that so many more are to be expected
    rng = np.random.default_rng(7)
    for seed in range(150):
        k = rng.hypergeometric(over, 400 - over, drawn)
        chosen = [at < k for at in range(200)] + [at < drawn - k for at in range(200)]
        seen += chance_of_so_unlike({"team": [0] * 200 + [1] * 200}, chosen, seed=seed, draws=199).chance <= 0.05
    assert 0.7 <= seen / 150 <= 0.95
