"""The ranges of people's files keep their promise where an AI's do not, in a few runs of the benchmark."""

import numpy as np
from statsmodels.stats.weightstats import DescrStatsW

from benchmarks.ai_rater import COMMAND, DESIGNS, measured, prediction_powered, table
from benchmarks.measuring import METHODS


def test_an_ai_that_is_kind_is_wrong_alone_and_people_are_not():
    found = measured(next(each for each in DESIGNS if each.kind == "A kind AI" and each.truth == 0.5), runs=300)
    assert found.people > 0.94
    assert found.alone < 0.1
    assert 0.85 < found.powered < 0.97


def test_a_prediction_powered_range_is_that_of_the_mean_error_round_the_ais_share():
    chance = np.random.default_rng(7)
    ai, read, person = chance.random(110) < 0.6, np.arange(20), chance.random(20) < 0.5
    lower, upper = prediction_powered(ai, read, person)
    error = DescrStatsW(ai[read].astype(float) - person)
    assert np.isclose((lower + upper) / 2, ai.mean() - error.mean)
    assert np.isclose((upper - lower) / 2, 1.959964 * error.std_mean * np.sqrt(90 / 110))


def test_the_published_table_holds_a_row_for_every_design_and_people_keep_their_promise():
    rows = [
        line for line in METHODS.read_text(encoding="utf-8").splitlines() if line.startswith("| A") and " AI" in line
    ]
    ours = [line for line in rows if any(line.startswith(f"| {each.words} |") for each in DESIGNS)]
    assert len(ours) == len(DESIGNS)
    assert all(float(line.split("|")[2].strip(" %")) >= 95 for line in ours)
    assert COMMAND in table([])
