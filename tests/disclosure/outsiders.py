"""Attackers that share no code with the package: linear programming, brute force, plain subtraction."""

import itertools

import numpy as np
from scipy.optimize import linprog

from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.measures import measures, rows


def lp_bounds(hidden, equations, lowest):
    """Bounds of each hidden cell by linear programming.

    `hidden` are keys; `equations` are (keys with signs, sum) over hidden cells only.
    """
    keys = list(hidden)
    place = {key: i for i, key in enumerate(keys)}
    matrix = np.zeros((len(equations), len(keys)))
    right = np.array([total for _, total in equations], dtype=float)
    for i, (signed, _) in enumerate(equations):
        for key, sign in signed:
            matrix[i, place[key]] += sign
    limits = [(lowest.get(key, 0), None) for key in keys]
    found = {}
    for key in keys:
        aim = np.zeros(len(keys))
        aim[place[key]] = 1
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * aim, A_eq=matrix, b_eq=right, bounds=limits, method="highs")
            ends.append(sign * solved.fun if solved.status == 0 else sign * -np.inf)
        found[key] = (round(ends[0]), round(ends[1]) if np.isfinite(ends[1]) else 10**9)
    return found


def brute_bounds(cells, shown, lowest, most=9):
    """Bounds of hidden cells of a small table with every margin known, by trying every table."""
    rows = sorted({r for r, _ in cells})
    columns = sorted({c for _, c in cells})
    hidden = [key for key in cells if key not in shown]
    row_sums = {r: sum(cells[r, c] for c in columns) for r in rows}
    column_sums = {c: sum(cells[r, c] for r in rows) for c in columns}
    found = {key: (10**9, -1) for key in hidden}
    for values in itertools.product(*(range(lowest, most + 1) for _ in hidden)):
        table = {**shown, **dict(zip(hidden, values, strict=True))}
        fits = all(sum(table[r, c] for c in columns) == row_sums[r] for r in rows)
        if fits and all(sum(table[r, c] for r in rows) == column_sums[c] for c in columns):
            found = {key: (min(low, table[key]), max(high, table[key])) for key, (low, high) in found.items()}
    return found


def crossed_records(cells, *, groups=("team", "grade"), margins=True, **about):
    """A two-way table as records: each count of its row's children, and the totals by column."""
    rows = sorted({r for r, _ in cells})
    columns = sorted({c for _, c in cells})
    n = {r: sum(cells[r, c] for c in columns) for r in rows}
    total = sum(n.values())
    records = [
        {"group": " x ".join(groups), "level": f"{r} x {c}", "numerator": cells[r, c], "denominator": n[r]}
        for r in rows
        for c in columns
    ]
    if margins:
        records += [
            {"group": groups[1], "level": c, "numerator": sum(cells[r, c] for r in rows), "denominator": total}
            for c in columns
        ]
    return [{"measure": "grade", "period": "2024-11", **about, **each} for each in records]


def shares_measures(shares, *, group="team", total=True, **about):
    """k of n for each level, and for the whole service."""
    whole = {"group": "all", "level": "all", **{"numerator": sum(k for k, _ in shares.values())}}
    whole["denominator"] = sum(n for _, n in shares.values())
    records = [{"group": group, "level": level, "numerator": k, "denominator": n} for level, (k, n) in shares.items()]
    about = {"measure": "compliance", "period": "2024-11", **about}
    listed = [whole, *records] if total else records
    return measures({**about, **each, "value": each["numerator"] / max(1, each["denominator"])} for each in listed)


def released_together(tables, *, audience, groups):
    """Many crossed tables through the gate in one frame, each under a standard of its own."""
    listed = [crossed_records(cells, groups=groups, standard_id=f"S{i}") for i, cells in enumerate(tables)]
    seen = {f"S{i}": [] for i in range(len(tables))}
    for row in rows(release(measures(each for records in listed for each in records), audience=audience)):
        seen[row.standard_id].append(row)
    return list(seen.values())
