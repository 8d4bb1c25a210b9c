"""Beside every comparison a lay person reads whether it could be luck, and what would have come by itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilacs_audit.claims.change.chance import FalseFlags
from ilacs_audit.claims.change.changes import AS_READ, CRITICAL_UP, LUCK
from ilacs_audit.claims.change.luck import (
    OF_A_RANGE,
    OFTEN,
    could_be_luck,
    foremost,
    luck_alone,
    luck_of_each,
    odds,
    of_the_lowest,
)
from ilacs_audit.claims.words import capital
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.stats.intervals import newcombe_difference
from ilacs_audit.stats.sampling import chance_of_false_change

COUNTS = st.tuples(st.integers(5, 60), st.integers(5, 60)).flatmap(
    lambda read: st.tuples(st.integers(0, read[0]), st.just(read[0]), st.integers(0, read[1]), st.just(read[1]))
)


def moved(was, now, code="C1", **more):
    (k, n), (met, read) = was, now
    low, high = newcombe_difference(k, n, met, read)
    told = {"measure": "change", "standard_id": code, "numerator": met, "denominator": read, "method": "newcombe"}
    told |= {"value": met / read - k / n, "lower": low, "upper": high, "note": f"{k} of {n} in May 2024"}
    (row,) = rows(measures([{**told, "verdict": "cannot tell", "status": "shown", "audience": "board", **more}]))
    return row


@pytest.mark.parametrize(
    ("changes", "told", "said"),
    [
        (
            [moved((9, 20), (12, 17))],
            {},
            ("Two rounds of 20 and 17 files can differ by 31 points by luck alone; this rise is 26 points.",),
        ),
        (
            [moved((9, 20), (12, 17)), moved((9, 20), (8, 17), "C2")],
            {"unit": "request"},
            (
                "Could the rise on C1 be luck? Yes: two rounds of 20 and 17 requests can differ by 31 points "
                "by luck alone; "
                "this rise is 26 points.",
            ),
        ),
        (
            [moved((9, 20), (17, 17), verdict="better"), moved((9, 20), (12, 17), "C2")],
            {},
            (
                "Could the rise on C1 be luck? Hardly: two rounds of 20 and 17 files can differ by 31 points "
                "by luck alone; "
                "this rise is 55 points.",
            ),
        ),
        (
            [moved((15, 20), (17, 17), would_turn=1, missing=3), moved((9, 20), (9, 20), "C2")],
            {},
            (
                "Why can we not tell of the rise on C1? Two rounds of 20 and 17 files can differ by 19 points by "
                "luck alone; this rise is 25 points, but one of the three missing answers could undo it.",
            ),
        ),
        (
            [
                moved(
                    (14, 40),
                    (30, 40),
                    missing=4,
                    reason=f"With the missing answers counted against it, {LUCK}; {AS_READ}.",
                    lower_limit=0.33,
                    upper_limit=0.36,
                )
            ],
            {},
            (
                "C1 went from 14 of 40 files in May 2024 to 30 of 40: 40 points more, or 33 points if all four missing "
                "answers went against it; luck could bring 36 points to one of all the standards compared this month, "
                "so we cannot tell.",
            ),
        ),
        (
            [moved((14, 40), (30, 40), reason=f"{capital(LUCK)}."), moved((9, 20), (9, 20), "C2")],
            {},
            (
                "Why can we not tell of the rise on C1? Two rounds of 40 and 40 files can differ by 20 points by luck "
                "alone; this rise is 40 points, but luck could bring as much to one of all the standards compared "
                "this month.",
            ),
        ),
        (
            [
                moved(
                    (30, 30),
                    (25, 30),
                    verdict="worse",
                    reason=f"{CRITICAL_UP} {capital(LUCK)}.",
                    lower_limit=-0.17,
                    upper_limit=-0.3,
                ),
                moved((9, 20), (12, 17), "C2"),
            ],
            {},
            (
                "C1 went from 30 of 30 files in May 2024 to 25 of 30: 17 points less; "
                "luck could bring 30 points to one of all the standards compared this month. "
                "On a critical standard we warn before we are sure; any other change is named only when we are.",
            ),
        ),
        (
            [moved((9, 20), (12, 17), missing=3), moved((9, 20), (4, 17), "C2")],
            {"aim": "C1"},
            (
                "Could the rise on C1 be luck? Yes: two rounds of 20 and 17 files can differ by 31 points "
                "by luck alone; "
                "this rise is 26 points.",
            ),
        ),
        ([moved((9, 20), (12, 17), method="paired")], {}, (OF_A_RANGE,)),
        ([moved((9, 20), (12, 17), status="rounded", note="")], {}, (OF_A_RANGE,)),
        ([moved((9, 20), (12, 17), lower=None, upper=None, verdict="not comparable")], {}, ()),
    ],
)
def test_luck_is_told_in_the_numbers_of_the_page(changes, told, said):
    assert could_be_luck(changes, **told) == said


@pytest.mark.parametrize(
    ("centre", "said"),
    [
        (0.17, f"{OFTEN}. By itself C1 would rise by about 17 points."),
        (-0.08, f"{OFTEN}. By itself C1 would fall by about 8 points."),
        (0.001, "even so, on C1 no change would be expected by itself."),
        (None, f"{OFTEN}, so some of any rise would have come by itself."),
    ],
)
def test_of_an_area_chosen_because_it_was_weak_the_rebound_is_told(centre, said):
    *_, last = could_be_luck([moved((9, 20), (12, 17), centre=centre)], chosen=True)
    assert last == f"This area was looked at again because it was weak: {said}"


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_luck_alone_never_denies_the_rule_that_names_a_change(counts):
    met, of, now, read = counts
    low, high = newcombe_difference(met, of, now, read)
    difference = now / read - met / of
    luck = luck_alone((met, of), read, rise=difference >= 0)
    assert (abs(difference) <= luck + 1e-9) == (low <= 0 <= high)


def test_a_difference_beyond_luck_is_about_one_in_twenty_when_nothing_has_changed():
    assert luck_alone((13, 20), 20) == pytest.approx(0.25)
    assert chance_of_false_change(20, 20, 0.65) == pytest.approx(0.052, abs=0.001)


def test_the_note_never_says_hardly_beside_cannot_tell():
    lucky = moved((14, 40), (30, 40), reason=f"{capital(LUCK)}.")
    for more in ({}, {"chosen": True}):
        said = could_be_luck([lucky, moved((9, 20), (9, 20), "C2")], **more)[0]
        assert said.startswith("Why can we not tell of the rise on C1? ")


def test_who_looks_at_one_standard_alone_reads_of_that_one():
    changes = [
        moved((9, 20), (12, 17)),
        moved((9, 20), (8, 17), "C2"),
        moved((1, 9), (2, 9), "C3", status="suppressed"),
    ]
    each = luck_of_each(changes)
    assert [*each] == ["C1", "C2"]
    assert all(f"Could the {way} on {code} be luck?" in each[code] for code, way in (("C1", "rise"), ("C2", "rise")))


def test_how_many_look_changed_by_luck_is_told_where_every_count_is_shown():
    shown, chance = moved((9, 20), (12, 17)), FalseFlags(7, 0.3, 0.25)
    assert odds([shown], chance) == (
        "Compare seven standards with counts like these and luck makes one or more look changed about 25 times in 100."
    )
    assert "Compare 25 standards with counts" in odds([shown], FalseFlags(25, 1.3, 0.7))
    assert odds([shown], FalseFlags(1, 0.05, 0.05)) == odds([shown], FalseFlags(7, 0, 0)) == ""
    assert odds([shown, moved((9, 20), (12, 17), status="rounded")], chance) == ""
    assert odds([moved((9, 20), (12, 17), lower=None, upper=None)], chance) == ""
    assert odds([shown, moved((14, 40), (30, 40), reason=f"{capital(LUCK)}.")], chance) == ""  # held against more


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(COUNTS, st.sampled_from(["cannot tell", "better", "worse"])), min_size=2, max_size=6))
def test_the_note_speaks_of_what_is_worse_before_what_is_better_else_of_the_largest(told):
    changes = [moved((k, n), (met, read), f"C{i}", verdict=word) for i, ((k, n, met, read), word) in enumerate(told)]
    first = foremost(changes)
    assert first.standard_id in " ".join(could_be_luck(changes))
    words = [row.verdict for row in changes]
    assert first.verdict == next(word for word in ("worse", "better", "cannot tell") if word in words)
    alike = [abs(row.value) for row in changes if row.verdict == first.verdict]
    assert abs(first.value) == max(alike)


@pytest.mark.parametrize(
    ("changes", "chosen", "told"),
    [
        ([moved((4, 20), (16, 20)), moved((9, 20), (9, 20), "C2")], False, "C1 was the lowest of this audit's two"),
        ([moved((4, 20), (16, 20)), moved((9, 20), (9, 20), "C2")], True, ""),
        ([moved((4, 20), (1, 20)), moved((9, 20), (9, 20), "C2")], False, ""),
        ([moved((9, 20), (16, 20)), moved((4, 20), (4, 20), "C2")], False, ""),
        ([moved((9, 20), (16, 20)), moved((4, 20), (7, 20), "C2")], False, "C2 was the lowest of this audit's two"),
        ([moved((4, 20), (16, 20)), moved((4, 20), (4, 20), "C2")], False, ""),
        ([moved((4, 20), (16, 20)), moved((9, 20), (9, 20), "C2", status="suppressed")], False, ""),
        ([moved((4, 20), (16, 20))], False, ""),
    ],
)
def test_a_rise_of_what_was_lowest_says_that_nothing_is_taken_off_for_it(changes, chosen, told):
    said = of_the_lowest(changes, chosen=chosen)
    assert said.startswith(told) and (not told) == (not said)
    assert not told or said.endswith(f"{OFTEN}. Nothing is taken off its rise for that.")
