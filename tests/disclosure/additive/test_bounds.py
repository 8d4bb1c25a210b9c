"""Max-flow bounds equal linear programming and brute force, hidden margins included."""

import random

from ilacs_audit.disclosure.additive.bounds import Edge, bounds
from tests.disclosure.outsiders import brute_bounds, lp_bounds


def a_table(rng, rows, columns, most):
    return {(r, c): rng.randint(0, most) for r in range(rows) for c in range(columns)}


def test_flow_bounds_equal_linear_programming_with_hidden_margins():
    rng, compared = random.Random(5), 0
    for _ in range(60):
        rows, columns = rng.randint(2, 5), rng.randint(2, 4)
        inner = a_table(rng, rows, columns, 12)
        cells = {(r, c): (count, False) for (r, c), count in inner.items()}
        cells |= {(r, columns): (sum(inner[r, c] for c in range(columns)), True) for r in range(rows)}
        cells |= {(rows, c): (sum(inner[r, c] for r in range(rows)), True) for c in range(columns)}
        hidden = [key for key in cells if rng.random() < (0.25 if cells[key][1] else 0.5)]
        edges = [Edge(*key, cells[key][0], cells[key][1], min(1, cells[key][0])) for key in hidden]
        sums = []
        for axis, size in ((0, rows), (1, columns)):
            for line in range(size):
                keys = [key for key in hidden if key[axis] == line]
                signed = [(key, -1 if cells[key][1] else 1) for key in keys]
                sums += [(signed, sum(sign * cells[key][0] for key, sign in signed))] if keys else []
        known_total = [(key, -1) for key in hidden if cells[key][1] and key[1] == columns]
        known_below = [(key, -1) for key in hidden if cells[key][1] and key[0] == rows]
        sums += [(each, sum(-cells[key][0] for key, _ in each)) for each in (known_total, known_below) if each]
        expected = lp_bounds(hidden, sums, {key: min(1, cells[key][0]) for key in hidden}) if hidden else {}
        for place, key in enumerate(hidden):
            low, high = bounds(edges, place)
            assert (low, min(high, 10**8)) == (expected[key][0], min(expected[key][1], 10**8)), key
            compared += 1
    print(f"{compared} bounds equal to linear programming")
    assert compared >= 400


def test_flow_bounds_equal_brute_force():
    rng, compared = random.Random(6), 0
    for _ in range(40):
        cells = {key: count + 1 for key, count in a_table(rng, 3, 2, 4).items()}
        hidden = sorted(rng.sample(sorted(cells), rng.randint(2, 5)))
        edges = [Edge(*key, cells[key], False, 1) for key in hidden]
        expected = brute_bounds(cells, {key: cells[key] for key in cells if key not in hidden}, 1)
        assert [bounds(edges, place) for place in range(len(hidden))] == [expected[key] for key in hidden]
        compared += len(hidden)
    print(f"{compared} bounds equal to brute force")
    assert compared >= 100
