"""The tables of the gym show readers privately, questions with anchor and reason, and no order of merit."""

import pandas as pd
import pytest

from ilacs_audit.analysis.gym.results import gym_results
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.display.tables.gym import (
    gym_councils_table,
    gym_drift_table,
    gym_method,
    gym_questions_table,
    gym_readers_table,
    gym_standards_table,
)
from tests.analysis.gym.test_results import ANCHORS, drifting, gradings

SIX = {f"R{n:02d}": ANCHORS[:-1] + ("n" if n < 3 else "m") for n in range(6)}
TABLE = gradings(ANCHORS, **SIX)


def shown(table=TABLE, audience="internal"):
    return release(gym_results(table), audience=audience)


def test_each_reader_has_a_line_with_counts_kappa_and_ac2_that_a_leader_opens():
    html = gym_readers_table(shown()).html
    assert [html.index(each) for each in SIX] == sorted(html.index(each) for each in SIX)
    assert "23 of 24" in html
    assert "<details><summary>Not to be shown to a room" in html
    assert "no order of merit" in html


def test_a_reader_of_a_few_extracts_has_neither_share_nor_coefficient():
    html = gym_readers_table(shown(gradings("mpn" * 4, K27="mpn" * 4, R01="mmm" * 4))).html
    assert "too few" in html
    assert "%" not in html


@pytest.mark.parametrize("audience", ["board", "public"])
def test_no_reader_question_or_council_is_on_a_shared_page(audience):
    found = shown(pd.concat([TABLE, gradings(ANCHORS, council="South", K27=ANCHORS)]), audience)
    assert gym_readers_table(found).html == gym_councils_table(found).html == ""
    html = gym_questions_table(found, gradings=TABLE).__html__()
    assert "It says so." not in html
    assert not any(reader in html for reader in SIX)


def test_questions_to_talk_about_stand_with_their_words_anchor_and_reason():
    html = gym_questions_table(shown(), gradings=TABLE).__html__()
    assert "1 of 24 questions split those who graded them" in html
    assert "8c, VIS-3" in html.split("Every question")[0]
    assert all(
        each in html for each in ("We came. (v7)", "Met 3, partly met 0, not met 3", "It says so.", "Splits people")
    )


def test_no_more_than_eight_questions_stand_open():
    words = {f"R{n:02d}": ("mmm" if n < 3 else "nnn") * 8 for n in range(6)}
    html = gym_questions_table(shown(gradings(ANCHORS, **words)), gradings=TABLE).__html__()
    assert "The eight that readers differ on most stand here." in html
    assert html.split("Every question")[0].count("Splits people") == 8


def test_standards_stand_with_their_words():
    html = gym_standards_table(shown(), gradings=TABLE).html
    assert "VIS-3" in html
    assert "45 of 48" in html


def test_drift_is_told_in_words_or_why_it_cannot_be():
    assert "drift cannot be told yet" in gym_drift_table(shown()).html
    html = gym_drift_table(shown(drifting(["nnn" * 8, "nnn" * 7 + "mpn"], [ANCHORS]))).html
    assert "Nearer to the anchor than before" in html
    assert "of 5 readers" in html


def test_councils_stand_beside_one_another():
    both = pd.concat([TABLE, gradings(ANCHORS, council="<b>South</b>", K27=ANCHORS)])
    html = gym_councils_table(shown(both)).html
    assert html.index("Ours") < html.index("&lt;b&gt;South")
    assert gym_councils_table(shown()).html == ""


def test_the_method_is_told():
    assert "Every extract is invented" in gym_method(shown()).html
