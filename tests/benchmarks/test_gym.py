"""Readers of known reliability are found again, in a few runs of the benchmark."""

import numpy as np
import pandas as pd
import pytest

from benchmarks.gym import (
    AC2,
    COMMAND,
    DESIGNS,
    NAMES,
    QUESTIONS,
    drift_table,
    drifted,
    figures,
    graded,
    measured,
    table,
)
from benchmarks.measuring import METHODS
from ilacs_audit.analysis.gym.results import gym_results
from ilacs_audit.domain.catalogue.gym import GRADES
from ilacs_audit.domain.measures import rows


def gradings(anchors, given):
    """The table that `load_gym` gives of a simulated pack."""
    question, reader = (each.ravel() for each in np.indices(given.shape))
    item = question
    words = {name: "" for name in ("theme", "asked", "why")}
    return pd.DataFrame(
        {
            **{"council": "Ours", "ours": True, "pack": "P1", "number": 1},
            **{"vignette": item // QUESTIONS, "question": item.astype(str), "item": item.astype(str)},
            **{"standard_id": "S", "reader": [f"R{each:02d}" for each in reader], **words},
            "grade": [GRADES[each] for each in given.ravel()],
            "anchor": [GRADES[each] for each in anchors[question]],
        }
    )


def test_the_figures_of_the_benchmark_are_those_of_the_page():
    pack = graded(DESIGNS[2], np.random.default_rng(3), vignettes=12)
    told = [
        (row.measure, row.value, row.lower, row.upper)
        for row in rows(gym_results(gradings(*pack)))
        if row.measure in ("gym_pairs", "agreement", "reader_kappa", AC2)
        or (row.measure, row.group) == ("gym_same", "reader")
    ]
    ours = [(name, found.value, *found.interval) for name, found in figures(*pack)]
    assert len(told) == len(ours) == 20
    for one, other in zip(sorted(told), sorted(ours), strict=True):
        assert one[0] == other[0]
        assert one[1:] == pytest.approx(other[1:])


def test_readers_of_known_reliability_are_found_inside_the_range():
    for found in measured(DESIGNS[1], runs=60):
        assert abs(found.error) < 0.06, found
        assert found.covered > 0.8, found


def test_extremes_of_prevalence_do_not_collapse_the_index():
    even, lopsided = ({each.name: each for each in measured(DESIGNS[at], runs=4)} for at in (1, 4))
    assert lopsided["reader_kappa"].truth < even["reader_kappa"].truth - 0.2
    assert lopsided[AC2].truth > even[AC2].truth


def test_drift_is_called_where_it_is_and_hardly_where_it_is_not():
    assert drifted(0.0, runs=100).further <= 0.2
    assert drifted(-0.35, runs=60).further > 0.6


def test_the_published_table_holds_a_row_for_every_figure_and_each_promise_was_kept():
    page = METHODS.read_text(encoding="utf-8")
    for design in DESIGNS:
        rows = [line for line in page.splitlines() if line.startswith(f"| {design.words} |")]
        assert len(rows) == len(NAMES)
        kept = [line for line in rows if line.endswith("| yes |")]
        assert len(kept) == len(rows) or design.anchors[0] == 0.9
    assert COMMAND in "\n".join(table([]))
    assert len(list(drift_table([]))) == 3
