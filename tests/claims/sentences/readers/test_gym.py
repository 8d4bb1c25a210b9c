"""What a pack showed is said in words that need no coefficient, and no drift is called where a range holds none."""

import pytest

from ilacs_audit.claims.sentences.readers.gym import drift_words, gym_answer, luck_words
from ilacs_audit.domain.measures import measures, rows

ALL = {"group": "all", "level": "all"}


def answer(k, n, **more):
    pairs = {**ALL, "measure": "gym_pairs", "numerator": k, "denominator": n, "value": k / n}
    return gym_answer(measures([{**pairs, **more}]))


@pytest.mark.parametrize(
    ("k", "n", "said"),
    [
        (70, 100, "on 7 of 10 answers"),
        (72, 100, "on about 7 of 10 answers"),
        (97, 100, "on over 9 of 10 answers"),
        (2, 100, "on fewer than 1 of 10 answers"),
        (100, 100, "on 10 of 10 answers"),
    ],
)
def test_agreement_is_told_of_ten_answers(k, n, said):
    assert answer(k, n).startswith(f"Another auditor would have agreed {said} ({k} of {n} pairs")


def test_a_range_stands_beside_the_count():
    assert "70 of 100 pairs of answers were alike, likely 61% to 78%" in answer(70, 100, lower=0.61, upper=0.78)


def test_of_fewer_than_ten_pairs_there_is_a_count_alone():
    assert answer(3, 6, value=None) == "3 of 6 pairs of answers were alike."


def test_a_reader_alone_is_held_against_the_anchor():
    same = {**ALL, "numerator": 30, "denominator": 40, "value": 0.75}
    found = [
        {**same, "measure": f"gym_{name}", "numerator": k} for name, k in (("same", 30), ("kinder", 7), ("harsher", 3))
    ]
    said = gym_answer(measures(found))
    assert said.startswith("A single reader's answers")
    assert "30 of 40 answers (75%); 7 were kinder and 3 harsher." in said


@pytest.mark.parametrize(
    ("level", "value", "lower", "upper", "said"),
    [
        ("nearer to the anchor", 0.12, 0.03, 0.21, "nearer to the anchor than before, by 12 points (likely +3 points"),
        ("nearer to the anchor", -0.12, -0.21, -0.03, "further from the anchor than before, by 12 points"),
        ("nearer to the anchor", 0.12, -0.03, 0.27, "cannot tell (likely −3 points to +27 points)"),
        ("kinder", -0.2, -0.3, -0.1, "harsher than before, by 0.20 grades an answer"),
        ("kinder", 0.0, -0.1, 0.1, "cannot tell (likely −0.10 to +0.10 grades an answer)"),
    ],
)
def test_drift_is_called_only_where_its_range_holds_no_other_way(level, value, lower, upper, said):
    row = {"measure": "gym_drift", "level": level, "value": value, "lower": lower, "upper": upper}
    assert drift_words(*rows(measures([row]))).startswith(said)


def test_drift_without_a_range_says_why():
    row = {"measure": "gym_drift", "level": "kinder", "value": 0.2, "note": "Fewer than 4 readers graded both packs."}
    assert drift_words(*rows(measures([row]))) == "cannot tell: fewer than 4 readers graded both packs"


def test_splits_stand_beside_those_of_luck():
    row = {**ALL, "measure": "gym_split", "numerator": 9, "denominator": 36, "value": 0.25, "centre": 0.2}
    said = luck_words([*rows(measures([row]))])
    assert said == "9 of 36 questions split those who graded them; about 7 would by luck alone."
    assert luck_words([]) == ""
