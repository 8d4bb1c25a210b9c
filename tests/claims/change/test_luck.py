"""Beside every comparison a lay person reads whether it could be luck, and what would have come by itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilacs_audit.claims.change.chance import FalseFlags
from ilacs_audit.claims.change.luck import OF_A_RANGE, could_be_luck, luck_alone
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
                "Could this be luck? Yes: two rounds of 20 and 17 requests can differ by 31 points by luck alone; "
                "the largest change here, on C1, is 26 points.",
            ),
        ),
        (
            [moved((9, 20), (17, 17), verdict="better"), moved((9, 20), (12, 17), "C2")],
            {},
            (
                "Could this be luck? Hardly: two rounds of 20 and 17 files can differ by 31 points by luck alone; "
                "the rise on C1 is 55 points.",
            ),
        ),
        (
            [moved((15, 20), (17, 17), would_turn=1, missing=3), moved((9, 20), (9, 20), "C2")],
            {"chance": FalseFlags(25, 1.3, 0.7)},
            (
                "Could this be luck? Perhaps: two rounds of 20 and 17 files can differ by 19 points by "
                "luck alone; the rise on C1 is 25 points, but one of the three missing answers could undo it.",
                "Of 25 standards compared about one can look changed by luck.",
            ),
        ),
        (
            [moved((14, 40), (30, 40), missing=4)],
            {},
            (
                "Two rounds of 40 and 40 files can differ by 20 points by luck alone; this rise is 40 points, but "
                "4 answers are missing in the two rounds, and we compare many standards.",
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
        (0.17, "by itself C1 would rise by about 17 points."),
        (-0.08, "by itself C1 would fall by about 8 points."),
        (0.001, "even so, no change would be expected by itself on C1."),
        (None, "some of any change would have come by itself."),
    ],
)
def test_of_an_area_chosen_because_it_was_weak_the_rebound_is_told(centre, said):
    *_, last = could_be_luck([moved((9, 20), (12, 17), centre=centre)], chosen=True)
    assert last == f"The area was chosen because it was weak: {said}"


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
