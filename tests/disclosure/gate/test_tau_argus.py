"""Beside tau-ARGUS, the program of the statistics offices: what is small, what is hidden for it, what comes out.

pytauargus is for development only, and not made for every machine. It finds the cheapest partners there are;
our search is greedy and must be as safe, not as cheap.
"""

import random

import pandas as pd
import pytest

from tests.disclosure.gate.test_release import e1_table
from tests.disclosure.outsiders import lp_bounds, released_together

pytauargus = pytest.importorskip("pytauargus", reason="pytauargus has no wheel for this machine")

SMALLEST = 6
ALL = "Total"


def made_up(rng):
    """Eight teams by four levels, of which one to three are small: shown in part, so that partners do the work."""
    cells = {(f"T{team}", f"L{level}"): rng.randint(6, 40) for team in range(8) for level in range(4)}
    return cells | {key: rng.randint(1, 5) for key in rng.sample(sorted(cells), rng.randint(1, 3))}


def with_margins(cells):
    found = dict(cells)
    for (team, level), count in cells.items():
        for key in ((team, ALL), (ALL, level), (ALL, ALL)):
            found[key] = found.get(key, 0) + count
    return found


def theirs(cells, folder):
    """What tau-ARGUS hides: the cells that are unsafe by a frequency of 6, and their partners."""
    children = [{"team": team, "level": level, "n": 1} for (team, level), n in cells.items() for _ in range(n)]
    made = pytauargus.protect(
        pd.DataFrame(children), ["team", "level"], response="n", safety_rules="FREQ(6,50)", workdir=str(folder)
    )
    (table,) = made.tables
    status = {(row["team"].strip(), row["level"].strip()): row["status"] for row in table.rows}
    return {key for key, mark in status.items() if mark == "U"}, {key for key, mark in status.items() if mark != "S"}


def ours(seen):
    """What the gate hides of one table and its margins."""
    hidden = [row for row in seen if row.hidden and row.level != "not shown"]
    return {tuple(row.level.split(" x ")) if " x " in row.level else (ALL, row.level) for row in hidden}


def recovered(cells, hidden):
    """The small cells that linear programming works out from all that is shown, margins that are hidden among it."""
    whole = with_margins(cells)
    equations = []
    for axis in (0, 1):
        for name in sorted({key[axis] for key in whole}):
            line = [key for key in whole if key[axis] == name]
            signs = {key: -1 if key[1 - axis] == ALL else 1 for key in line}
            unknown = [(key, signs[key]) for key in line if key in hidden]
            if unknown:
                equations.append((unknown, -sum(signs[key] * whole[key] for key in line if key not in hidden)))
    least = 0 if hidden.issuperset(cells) else 1  # zeros are shown, unless the whole breakdown was dropped
    lowest = {key: min(least, whole[key]) for key in hidden}
    found = lp_bounds(sorted(hidden), equations, lowest) if hidden else {}
    return sum(low == high for key, (low, high) in found.items() if 0 < whole[key] < SMALLEST)


def tried(cells, seen, folder):
    """How many cells are small; of ours and of theirs how many are hidden and come out; whether a margin is hidden."""
    (unsafe, their_mask), our_mask = theirs(cells, folder), ours(seen)
    assert unsafe == {key for key, count in with_margins(cells).items() if 0 < count < SMALLEST}
    assert unsafe <= our_mask
    masks = (our_mask, their_mask)
    margin = any(ALL in key for key in our_mask | their_mask)
    shown_in_part = len(our_mask) < len(cells)
    hidden = [len(mask) * shown_in_part for mask in masks]
    return (len(unsafe), *hidden, *(recovered(cells, mask) for mask in masks), margin)


def test_what_tau_argus_finds_unsafe_is_hidden_here_and_nothing_comes_out(tmp_path, monkeypatch):
    """Its partners do not reckon with zeros being shown, so a cell comes out of its tables now and then."""
    monkeypatch.chdir(tmp_path)  # its solver writes logs wherever it is
    rng = random.Random(9)
    tables = [made_up(rng) for _ in range(15)] + [e1_table(rng) for _ in range(15)]
    released = released_together(tables, audience="board", groups=("team", "disability"))
    folders = [tmp_path / str(number) for number in range(len(tables))]
    for folder in folders:
        folder.mkdir()
    found = [tried(*each) for each in zip(tables, released, folders, strict=True)]
    small, here, there, out_here, out_there, margins = map(sum, zip(*found, strict=True))
    print(f"{len(tables)} tables, {small} small cells: {out_here} came out of ours, {out_there} of tau-ARGUS's")
    print(f"a margin was hidden in {margins}; hidden in tables shown in part: {here} by us, {there} by tau-ARGUS")
    assert out_here == 0
    assert margins >= 3
    assert 0 < here < 1.5 * there
