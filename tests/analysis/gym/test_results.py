"""What a pack showed: the anchor, one another, split questions, drift and other councils, never a pattern of a few."""

import pandas as pd
import pytest

from ilacs_audit.analysis.gym.results import ALPHA, DOUBTED, KINDER, NEARER, SPLIT, gym_results
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.measures import rows, select

GRADES = {"m": "met", "p": "partly met", "n": "not met"}


def gradings(anchors, *, begin=0, number=1, council="Ours", **readers):
    """A table of load_gym from letters: three questions an extract, a word a reader, a dot where there is no grade."""
    return pd.DataFrame(
        [
            {
                **{"council": council, "ours": council == "Ours", "pack": f"P{number}-x", "number": number},
                **{"vignette": f"v{(begin + at) // 3}", "question": f"{at // 3 + 1}{'abc'[at % 3]}"},
                **{"item": str(begin + at), "theme": "visits", "standard_id": f"VIS-{at % 3 + 1}", "asked": "We came."},
                **{"reader": reader, "grade": GRADES[said], "anchor": GRADES[anchor], "why": "It says so."},
            }
            for reader, word in readers.items()
            for at, (said, anchor) in enumerate(zip(word, anchors, strict=True))
            if said != "."
        ]
    )


ANCHORS = "mpn" * 8


def found(table, measure, *, group="all", level="all", **how):
    return next(rows(select(gym_results(table, **how), measure=measure, group=group, level=level)))


def test_answers_are_held_against_the_anchor_and_say_which_way_they_differ():
    table = gradings("mpnmpn", K27="mmnmpp", R01="mpnnpn")
    assert [found(table, f"gym_{name}").numerator for name in ("same", "near", "kinder", "harsher")] == [9, 11, 2, 1]
    assert found(table, "gym_same").denominator == 12


def test_pairs_of_readers_are_counted_question_by_question():
    pairs = found(gradings("mpn", K27="mpn", R01="mpp", T05="mm."), "gym_pairs")
    assert (pairs.numerator, pairs.denominator) == (3 + 1 + 0, 7)


def test_a_reader_alone_has_no_pairs_and_no_alpha():
    told = gym_results(gradings(ANCHORS, K27=ANCHORS))
    assert not len(select(told, measure=("gym_pairs", "agreement", "gym_split")))
    assert len(select(told, measure="reader_kappa")) == 1


def test_of_fewer_than_eight_extracts_a_reader_has_counts_alone():
    table = gradings("mpn" * 7, K27="mpn" * 7)
    row = found(table, "gym_same", group="reader", level="K27")
    assert (row.numerator, row.value, row.lower, row.note) == (21, None, None, "Of fewer than eight extracts.")
    assert not len(select(gym_results(table), measure=("reader_kappa", "reader_ac2")))


def test_readers_stand_in_the_order_of_their_ids_and_not_of_merit():
    told = gym_results(gradings(ANCHORS, T05=ANCHORS, K27="nmm" * 8, K3="mmm" * 8))
    levels = select(told, measure="gym_same", group="reader")["level"].tolist()
    assert levels == ["K3", "K27", "T05"]


def test_where_one_grade_was_given_throughout_no_coefficient_is_calculated():
    told = gym_results(gradings("m" * 24, K27="m" * 24, R01="m" * 24))
    for row in rows(select(told, group="coefficient")):
        assert row.value is None
        assert "cannot be calculated" in row.note


def test_the_whole_scale_is_passed_though_a_grade_is_never_used():
    table = gradings("mp" * 12, K27="mp" * 11 + "pp", R01="mp" * 12)
    ac2 = found(table, "reader_ac2", group="coefficient", level="K27").value
    assert ac2 == pytest.approx(ac2_by_hand(12, 1, 11))


def ac2_by_hand(same_p, moved, same_m):
    """Gwet's AC2 of two readers on three grades, of which two are used, with linear weights."""
    n = same_p + moved + same_m
    seen = (same_p + same_m + 0.5 * moved) / n
    m = (2 * same_m + moved) / (2 * n)
    chance = (3 + 4 * 0.5) / (3 * 2) * 2 * m * (1 - m)
    return (seen - chance) / (1 - chance)


def test_alpha_is_that_of_all_readers_with_a_range():
    row = found(
        gradings(ANCHORS, K27=ANCHORS, R01="mmn" * 4 + ANCHORS[:12]), "agreement", group="coefficient", level=ALPHA
    )
    assert row.lower < row.value < row.upper <= 1
    assert row.denominator == 24


def test_a_question_that_splits_people_is_told_apart_from_an_anchor_in_doubt():
    words = {f"R{n:02d}": word for n, word in enumerate(["mpn", "mpn", "mpn", "mmp", "pmp", "mmp"])}
    told = list(rows(select(gym_results(gradings("mnn", **words)), measure="gym_question")))
    assert [(row.level, row.verdict) for row in told] == [("1a", ""), ("1b", SPLIT), ("1c", SPLIT)]
    assert told[0].note == "met 5, partly met 1, not met 0"
    agreed = {reader: f"{word[0]}p{word[2]}" for reader, word in words.items()}
    assert found(gradings("mnn", **agreed), "gym_question", group="question", level="1b").verdict == DOUBTED


def test_four_readers_split_no_question():
    told = gym_results(gradings("mpn", A11="mpn", B11="pmp", C11="mpn", D11="pmp"))
    assert set(select(told, measure="gym_question")["verdict"]) == {""}
    assert not len(select(told, measure="gym_split"))


def test_the_splits_that_luck_would_make_stand_beside_those_there_are():
    hard = {f"R{n:02d}": ("m" if n < 3 else "p") + "m" * 11 for n in range(6)}
    row = found(gradings("m" * 12, **hard), "gym_split")
    assert (row.numerator, row.denominator) == (1, 12)
    assert 0 < row.centre < row.value


def drifting(before, now, readers=5):
    first = gradings(ANCHORS, **{f"R{n:02d}": before[n % len(before)] for n in range(readers)})
    later = gradings(ANCHORS, begin=12, number=2, **{f"R{n:02d}": now[n % len(now)] for n in range(readers)})
    return pd.concat([first, later])


def test_drift_is_told_on_the_shared_questions_of_those_who_graded_both():
    harsh, right = "nnn" * 8, ANCHORS
    table = drifting([harsh, "nnn" * 7 + "mpn"], [right, right, "mpn" * 3 + "mmn" + ANCHORS[12:]])
    assert found(table, "gym_linked").denominator == 5 * 12
    nearer = found(table, "gym_drift", group="coefficient", level=NEARER)
    assert nearer.lower > 0
    assert found(table, "gym_drift", group="coefficient", level=KINDER).lower > 0


def test_three_readers_are_too_few_to_tell_drift():
    row = found(drifting(["nnn" * 8], [ANCHORS], readers=3), "gym_drift", group="coefficient", level=NEARER)
    assert row.lower is None
    assert row.note == "Fewer than 4 readers graded both packs."


def test_packs_that_share_nothing_tell_no_drift():
    table = pd.concat([gradings(ANCHORS, R01=ANCHORS), gradings(ANCHORS, begin=60, number=2, R01=ANCHORS)])
    assert not len(select(gym_results(table), measure=("gym_drift", "gym_linked")))


def test_the_last_pack_is_told_unless_another_is_named():
    table = drifting([ANCHORS], [ANCHORS])
    assert set(gym_results(table)["period"]) == {"P2-x"}
    assert set(gym_results(table, pack="P1-x")["period"]) == {"P1-x"}
    with pytest.raises(UsageError, match="Nobody here has graded the pack P9"):
        gym_results(table, pack="P9")
    with pytest.raises(UsageError, match="No workbook of ours"):
        gym_results(table[:0])


def test_a_stray_workbook_of_a_later_pack_moves_nothing():
    first = gradings(ANCHORS, **{f"R{n:02d}": ANCHORS for n in range(10)})
    table = pd.concat([first, gradings(ANCHORS[:6], begin=12, number=2, K27=ANCHORS[:6])])
    assert set(gym_results(table)["period"]) == {"P1-x"}
    packs = {row.level: row.numerator for row in rows(select(gym_results(table), group="pack"))}
    assert packs == {"P1-x": 10, "P2-x": 1}


def test_kappa_of_a_reader_who_gave_one_grade_throughout_cannot_be_calculated():
    table = gradings(ANCHORS, K27="m" * 24, R01=ANCHORS)
    kappa, ac2 = (found(table, each, group="coefficient", level="K27") for each in ("reader_kappa", "reader_ac2"))
    assert (kappa.value, kappa.lower) == (None, None)
    assert "has one grade throughout" in kappa.note
    assert ac2.value == pytest.approx(1 / 7)


def test_councils_stand_side_by_side_ours_first_and_ours_alone_stands_nowhere():
    ours = gradings(ANCHORS, K27=ANCHORS, R01=ANCHORS)
    assert not len(select(gym_results(ours), group="council"))
    both = pd.concat([gradings(ANCHORS, council="Aldmere", K27="nnn" * 8), ours])
    told = select(gym_results(both), measure="gym_same", group="council")
    assert told["level"].tolist() == ["Ours", "Aldmere"]
    assert told["numerator"].tolist() == [48, 8]
    assert found(both, "gym_same").denominator == 48
