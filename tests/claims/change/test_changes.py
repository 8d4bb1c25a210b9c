from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilacs_audit.claims.change.changes import AS_READ, BETTER, CRITICAL_UP, LUCK, WORSE, change, decide
from ilacs_audit.claims.change.rebound import rebound_guard
from ilacs_audit.claims.sentences.sentences import sentence
from ilacs_audit.claims.words import CANNOT_TELL, NO_WORTHWHILE_CHANGE, NOT_COMPARABLE
from ilacs_audit.domain.measures import rows
from ilacs_audit.stats.intervals import Interval, newcombe_difference
from tests import build
from tests.build import only, protocol, seen, table

FAMILY = [(9, 20), (10, 20), *[(11, 20)] * 2, *[(12, 20)] * 3, *[(13, 20)] * 5, *[(14, 20)] * 5, *[(15, 20)] * 4]
FAMILY += [(16, 20), (16, 20), (17, 20), (18, 20)]  # methods 11.5: mean 67.8%


def catalogue(comparable="no"):
    asked = build.standard(
        "c1", "Consent is informed.", "met", version=2, comparable_with={1: comparable} if comparable else {}
    )
    return build.standards(build.theme("consent", [asked], edition=2))


def moved(was, now, **options):
    (met_was, read_was), (met_now, read_now) = was, now
    before, after = seen(met_was, read_was, period="2024-05"), seen(met_now, read_now)
    return only(change(table(before), table(after), **options))


@pytest.mark.parametrize(
    ("was", "now", "limits", "verdict", "rule"),
    [
        ((20, 30), (24, 30), (-0.09, 0.34), CANNOT_TELL, "C5"),
        ((9, 20), (12, 17), (-0.06, 0.51), CANNOT_TELL, "C5"),
        ((20, 40), (28, 40), (-0.01, 0.39), CANNOT_TELL, "C5"),
        ((9, 20), (16, 20), (0.05, 0.58), BETTER, "C3"),
        ((16, 20), (9, 20), (-0.58, -0.05), WORSE, "C4"),
        ((400, 500), (405, 500), (-0.04, 0.06), NO_WORTHWHILE_CHANGE, "C2"),
    ],
)
def test_the_worked_changes_of_the_method(was, now, limits, verdict, rule):
    row = moved(was, now)
    assert (row.verdict, row.rule) == (verdict, rule)
    assert (round(row.lower, 2), round(row.upper, 2)) == limits
    assert (row.numerator, row.denominator, row.period) == (*now, "2024-11")
    assert row.note == f"{was[0]} of {was[1]} in May 2024"


@st.composite
def round_with_missing(draw):
    read, missing = draw(st.integers(5, 40)), draw(st.integers(0, 6))
    return draw(st.integers(0, read)), read, missing, draw(st.integers(0, missing))


@settings(deadline=None)
@given(round_with_missing(), round_with_missing())
def test_no_way_to_fill_in_missing_answers_makes_another_of_better_or_worse(first, second):
    (was, read, gone, met), (now, read_now, gone_now, met_now) = first, second
    printed = only(change(table(seen(was, read, missing=gone)), table(seen(now, read_now, missing=gone_now))))
    then = moved((was + met, read + gone), (now + met_now, read_now + gone_now))
    if printed.verdict in (BETTER, WORSE, NO_WORTHWHILE_CHANGE):
        assert then.verdict == printed.verdict


@settings(deadline=None)
@given(round_with_missing(), round_with_missing())
def test_fewer_missing_answers_than_told_cannot_turn_what_the_files_read_show(first, second):
    (was, read, gone, _), (now, read_now, gone_now, _) = first, second
    printed = only(change(table(seen(was, read, missing=gone)), table(seen(now, read_now, missing=gone_now))))
    if printed.would_turn is None:
        return
    rise = printed.lower_read > 0
    every = [(i, j) for i in range(gone + 1) for j in range(gone_now + 1)]
    against = {(i, j): (i + gone_now - j if rise else gone - i + j) for i, j in every}
    turned = {
        pair
        for pair in every
        if (end := newcombe_difference(was + pair[0], read + gone, now + pair[1], read_now + gone_now)).lower <= 0
        and end.upper >= 0
    }
    assert min(against[pair] for pair in turned) == printed.would_turn


def test_a_change_says_what_is_missing_and_how_little_of_it_would_turn_it():
    found = only(change(table(seen(9, 20)), table(seen(18, 21, missing=9))))
    assert (found.verdict, found.missing, found.would_turn) == (CANNOT_TELL, 9, 6)


def test_files_to_be_read_twice_that_lack_a_reading_widen_their_change():
    whole, torn = (moved((18, 30), (26, 30), paired={"c1": (18, 0, 8, 4, *gone)}) for gone in ((), (6,)))
    assert (whole.verdict, torn.verdict) == (BETTER, CANNOT_TELL)
    assert torn.lower < whole.lower == torn.lower_read and whole.upper == torn.upper_read < torn.upper
    assert (torn.numerator, torn.denominator, torn.missing) == (26, 30, 6)


def test_one_change_with_answers_missing_does_not_help_another_to_stand():
    alone = [seen(8, 20, standard=f"c{n}") for n in range(9)]
    before, after = table(*alone), [seen(8, 20, standard=f"c{n}") for n in range(8)]
    found = change(before, table(*after, seen(20, 20, standard="c8", missing=20)))
    assert set(found["verdict"]) == {CANNOT_TELL}


@pytest.mark.parametrize(("missing", "decides"), [(0, False), (2, True), (9, False)])
def test_a_rise_that_only_the_missing_answers_keep_from_standing_says_so(missing, decides):
    """Of many standards: by the answers that came it stands, and with few of them missing it no longer does."""
    before = [seen(14, 40, standard=f"c{n}", missing=missing * (not n)) for n in range(25)]
    after = [seen(30, 40, standard="c0", missing=missing), *(seen(14, 40, standard=f"c{n}") for n in range(1, 25))]
    found = next(row for row in rows(change(table(*before), table(*after))) if row.standard_id == "c0")
    assert found.verdict == (BETTER if not missing else CANNOT_TELL)
    assert found.reason.endswith(f"{LUCK}; {AS_READ}.") == decides


@pytest.mark.parametrize("missing", [0, 2])
def test_of_a_change_that_does_not_stand_the_page_knows_what_is_left_and_what_luck_could_bring(missing):
    """One file more than luck could bring of all compared, with what is missing against it, and the change stands."""

    def compared(met):
        before = [seen(14, 40, standard=f"c{n}", missing=missing * (not n)) for n in range(25)]
        after = [seen(met, 40, standard="c0", missing=missing), *(seen(14, 40, standard=f"c{n}") for n in range(1, 25))]
        return next(row for row in rows(change(table(*before), table(*after))) if row.standard_id == "c0")

    found, size = compared(27), 40 + missing
    assert found.verdict == CANNOT_TELL
    assert found.lower_limit == pytest.approx((27 - 14 - missing) / size)
    most = round(found.upper_limit * size) + 14 + missing
    assert (compared(most).verdict, compared(most + 1).verdict) == (CANNOT_TELL, BETTER)
    assert (compared(most + 1).lower_limit, compared(most + 1).upper_limit) == (None, None)


@pytest.mark.parametrize(
    ("limits", "verdict", "reason"),
    [
        ((0.02, 0.08), NO_WORTHWHILE_CHANGE, "smaller than 10 points either way"),
        ((-0.30, 0.05), CANNOT_TELL, "A rise of 10 points or more is ruled out."),
        ((-0.09, 0.34), CANNOT_TELL, "A fall of 10 points or more is ruled out."),
        ((-0.2, 0.2), CANNOT_TELL, ""),
        ((0.12, 0.4), BETTER, "The rise is at least 10 points."),
        ((0.02, 0.4), BETTER, ""),
        ((-0.4, -0.12), WORSE, "The fall is at least 10 points."),
        ((-0.12, 0.03), CANNOT_TELL, "A rise of 10 points or more is ruled out."),
    ],
)
def test_the_first_rule_that_holds_names_the_change(limits, verdict, reason):
    found = decide(Interval(*limits))
    assert found.verdict == verdict
    assert reason in found.reason


def test_cannot_tell_gives_the_files_a_round_that_would_tell():
    assert moved((18, 30), (20, 30)).files_to_tell == 356


@pytest.mark.parametrize(
    ("protocols", "options", "reason"),
    [
        ((protocol(), protocol(population="closed cases")), {}, "different lists"),
        ((protocol(), protocol(purpose="recording")), {}, "recording"),
        ((protocol(), protocol(edition=2)), {"standards": catalogue()}, "reworded"),
        ((protocol(), protocol(edition=2)), {"standards": catalogue("partly")}, "only partly comparable"),
        ((protocol(edition=1), protocol(edition=2)), {"standards": catalogue("")}, "did not ask"),
        ((protocol(), protocol()), {"returns": (0.9, 0.79)}, "Fewer than 80%"),
    ],
)
def test_rounds_that_differ_in_kind_are_not_comparable(protocols, options, reason):
    row = moved((9, 20), (18, 20), protocols=protocols, **options)
    assert (row.verdict, row.rule) == (NOT_COMPARABLE, "C1")
    assert reason in row.reason
    assert row.value is None


def test_a_version_declared_comparable_is_compared():
    row = moved((9, 20), (18, 20), protocols=(protocol(), protocol(edition=2)), standards=catalogue("yes"))
    assert row.verdict == BETTER


def test_a_hand_picked_round_is_not_comparable():
    before, after = seen(9, 20, selection="auditor_choice"), seen(18, 20)
    assert only(change(table(before), table(after))).rule == "C1"


def test_a_standard_without_an_earlier_round_says_so():
    row = only(change(table(seen(9, 20, standard="other")), table(seen(18, 20))))
    assert (row.verdict, row.note) == (NOT_COMPARABLE, "")
    assert "no earlier round" in row.reason


def test_below_five_files_there_is_no_verdict():
    row = moved((2, 4), (18, 20))
    assert (row.verdict, row.rule, row.value) == ("", "C0", None)


def test_files_read_twice_use_the_paired_interval():
    row = moved((20, 30), (26, 30), paired={"c1": (20, 0, 6, 4)})
    assert (row.verdict, row.method) == (BETTER, "paired")
    assert (round(row.lower, 4), round(row.upper, 4)) == (0.0393, 0.3597)
    assert moved((20, 30), (26, 30)).verdict == CANNOT_TELL


def test_the_rebound_of_the_worked_example():
    held, stands = rebound_guard((9, 20), (16, 20), family=FAMILY), rebound_guard((9, 20), (18, 20), family=FAMILY)
    assert not held.stands
    assert stands.stands
    assert "A rise of about 20 points would be expected" in held.reason


def test_what_is_withheld_is_held_against_the_range_it_is_compared_with():
    rise = rebound_guard((9, 20), (16, 20), family=FAMILY).reason
    assert "from 8 to 17 of 20 files next time; it is 16, which is within that." in rise
    fall = rebound_guard((9, 20), (18, 20), family=FAMILY, lower_is_better=True, filled=True).reason
    assert "A fall of about 20 points" in fall
    assert "from 3 to 12 of 20 files next time; it is 2, with the missing answers counted against" in fall
    assert fall.endswith("which is beyond that.")


def test_an_area_picked_as_worst_is_not_called_better_within_the_rebound_range():
    worst = (protocol(), protocol(chosen_because_worst=True))
    held = moved((9, 20), (16, 20), protocols=worst, family=FAMILY)
    assert (held.verdict, held.rule) == (CANNOT_TELL, "C5")
    assert "from 8 to 17 of 20 files next time; it is 16, which is within that." in held.reason
    assert moved((9, 20), (18, 20), protocols=worst, family=FAMILY).verdict == BETTER


def test_with_fewer_than_ten_standards_better_is_withheld_and_said_so():
    worst = (protocol(), protocol(chosen_because_worst=True))
    held = moved((2, 20), (20, 20), protocols=worst)
    assert held.verdict == CANNOT_TELL
    assert "cannot be estimated" in held.reason


def test_worse_needs_no_guard():
    worst = (protocol(), protocol(chosen_because_worst=True))
    assert moved((16, 20), (9, 20), protocols=worst).verdict == WORSE


def test_too_little_moderation_is_named_beside_the_verdict():
    assert "moderator" in moved((9, 20), (18, 20), moderated=0.05).reason
    assert "moderator" not in moved((9, 20), (18, 20), moderated=0.2).reason


def test_where_lower_is_better_a_fall_is_better_and_keeps_its_sign():
    before, after = seen(16, 20, direction="lower"), seen(2, 20, direction="lower")
    row = only(change(table(before), table(after)))
    assert row.verdict == BETTER
    assert row.upper < 0 < -row.lower
    assert "The fall is at least 10 points." in row.reason


OPPOSITE = {BETTER: WORSE, WORSE: BETTER}
# few sizes, because what each pair of sizes could have seen is enumerated once and kept
rounds = st.sampled_from([5, 12, 20, 31]).flatmap(lambda read: st.tuples(st.integers(0, read), st.just(read)))


@settings(max_examples=40, deadline=None)
@given(rounds, rounds)
def test_swapping_the_rounds_swaps_better_and_worse(was, now):
    there, back = moved(was, now), moved(now, was)
    assert back.verdict == OPPOSITE.get(there.verdict, there.verdict)
    assert (round(back.lower, 9), round(back.upper, 9)) == (round(-there.upper, 9), round(-there.lower, 9))


@settings(max_examples=40, deadline=None)
@given(rounds, rounds)
def test_counting_the_failures_instead_gives_the_same_verdict(was, now):
    def failures(counts):
        return seen(counts[1] - counts[0], counts[1], direction="lower")

    turned = only(change(table(failures(was)), table(failures(now))))
    assert turned.verdict == moved(was, now).verdict


@settings(max_examples=100, deadline=None)
@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0.01, 0.3))
def test_widening_never_makes_a_change_of_cannot_tell(low, width, more):
    if decide(Interval(low, low + width)).verdict == CANNOT_TELL:
        assert decide(Interval(low - more, low + width + more)).verdict == CANNOT_TELL


def test_the_sentence_of_a_change_that_cannot_be_told():
    text = sentence(moved((20, 30), (24, 30)))
    assert text.startswith("24 of 30 in November 2024, 20 of 30 in May 2024: +13 points, likely −9 to +34.")
    assert text.endswith("We cannot tell yet.")


def test_the_sentence_of_better_says_better():
    text = sentence(moved((9, 20), (18, 20)))
    assert "This is better." in text
    assert "+45 points" in text


def test_small_rounds_are_told_without_points_between_them():
    assert "points" not in sentence(moved((1, 8), (7, 8))).split(".")[0]


def test_protocols_are_frozen_and_replaceable():
    assert replace(protocol(), edition=2).edition == 2


def twenty_five(first_was, first_now):
    was = table(*(seen(13, 20, standard=f"c{n}", period="2024-05") for n in range(1, 25)), first_was)
    now = table(*(seen(13, 20, standard=f"c{n}") for n in range(1, 25)), first_now)
    return change(was, now)


def test_better_by_its_own_interval_is_withheld_where_luck_among_25_standards_explains_it():
    lucky = twenty_five(seen(9, 20, standard="c0", period="2024-05"), seen(16, 20, standard="c0"))
    row = lucky[lucky["standard_id"] == "c0"].iloc[0]
    assert (row["verdict"], row["rule"]) == (CANNOT_TELL, "C5")
    assert row["reason"] == "Luck could bring as much to one of all the standards compared this month."
    assert row["lower"] > 0


@pytest.mark.parametrize(("of", "would_turn", "left"), [(25, None, 16 / 23 - 9 / 20), (1, 2, None)])
def test_missing_answers_are_not_what_decides_where_luck_could_bring_as_much_to_one_of_all(of, would_turn, left):
    others = [seen(13, 20, standard=f"c{n}") for n in range(1, of)]
    earlier = seen(9, 20, standard="c0", period="2024-05")
    found = change(
        table(*(dict(each, period="2024-05") for each in others), earlier),
        table(*others, seen(16, 20, standard="c0", missing=3)),
    )
    row = found.set_index("standard_id").loc["c0"].dropna()
    assert row["verdict"] == CANNOT_TELL
    assert row.get("would_turn") == would_turn
    assert row.get("lower_limit") == (left and pytest.approx(left))
    assert left is None or row["upper_limit"] > row["value"]


def test_a_change_beyond_what_luck_among_25_explains_stands():
    great = twenty_five(seen(3, 20, standard="c0", period="2024-05"), seen(19, 20, standard="c0"))
    assert great.set_index("standard_id")["verdict"]["c0"] == BETTER


def test_a_critical_standard_is_worse_by_its_own_range_however_many_are_compared():
    was = table(*(seen(13, 20, standard=f"c{n}", period="2024-05") for n in range(25)))
    now = table(*(seen(13, 20, standard=f"c{n}") for n in range(1, 25)), seen(6, 20, standard="c0"))
    for critical, word in ((True, WORSE), (False, CANNOT_TELL)):
        asked = [build.standard(f"c{n}", critical=critical and not n) for n in range(25)]
        found = change(was, now, standards=build.standards(build.theme("consent", asked))).set_index("standard_id")
        assert found["verdict"]["c0"] == word
        assert found["reason"]["c0"].startswith(CRITICAL_UP) == critical
        assert found["reason"]["c0"].lower().endswith(f"{LUCK}.")  # a warning says that it may be luck
        assert set(found["verdict"].drop("c0")) == {CANNOT_TELL}


def test_one_standard_alone_is_judged_by_its_interval():
    assert only(change(table(seen(9, 20, period="2024-05")), table(seen(16, 20)))).verdict == BETTER


def test_a_whole_list_with_an_answer_missing_is_not_called_chosen_by_hand():
    unread = {"selection": "census", "method": "hypergeometric", "missing": 1}
    row = only(change(table(seen(9, 19, **unread)), table(seen(18, 20))))
    assert row.verdict == NOT_COMPARABLE
    assert row.reason == "At least one round was to read a whole list, and some of its answers are missing."
    picked = only(change(table(seen(9, 20, selection="risk_led")), table(seen(18, 20))))
    assert picked.reason == "The files of at least one round were not drawn by chance."
