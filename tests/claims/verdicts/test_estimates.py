import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.claims.sentences.sentences import sentence
from ilacs_audit.claims.verdicts.critical import critical_failures
from ilacs_audit.claims.verdicts.estimates import estimate, missing_words
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET
from ilacs_audit.domain.programme import AUDIT_KINDS
from ilacs_audit.stats.intervals import upper_limit
from tests.build import only, protocol, seen, standard, standards, table, theme


def bounded(met, read, expected, of=110, target=0.8):
    """The verdict on files of a random draw, some of which never came back."""
    audit = protocol(population_size=of, intended=expected)
    found = estimate(met, read, audit=audit, missing=expected - read)
    return only(verdict(table(seen(met, read, of=of, target=target) | found._asdict())))


def test_the_worked_example_of_missing_returns():
    row = bounded(40, 57, 64)
    assert (round(row.lower * 110), round(row.upper * 110)) == (60, 88)
    assert row.note == "7 of 64 answers are missing."


def test_ignoring_the_missing_seven_would_claim_more():
    row = bounded(40, 57, 57)
    assert (round(row.lower * 110), round(row.upper * 110)) == (67, 86)


def test_the_sentence_gives_bounds_and_names_the_missing():
    assert ("; likely 60 to 88 of all 110 children (67 to 86 without the missing answers).") in sentence(
        bounded(40, 57, 64)
    )


@pytest.mark.parametrize(
    ("met", "read", "expected", "target", "word"),
    [
        (57, 57, 58, 0.8, MET),
        (57, 57, 80, 0.95, CANNOT_TELL),
        (10, 57, 64, 0.8, NOT_MET),
        (45, 57, 64, 0.75, CANNOT_TELL),
    ],
)
def test_a_verdict_stands_only_if_both_ends_give_it(met, read, expected, target, word):
    assert bounded(met, read, expected, target=target).verdict == word


def test_missing_returns_are_the_named_reason_when_the_ends_differ():
    row = bounded(57, 57, 80, target=0.9)
    assert row.verdict == CANNOT_TELL
    assert row.reason == "By what was read it would be met, but the missing answers could turn that."
    assert "we cannot tell, as six of the 23 missing answers could turn it." in sentence(row)


@given(read=st.integers(5, 60), gone=st.integers(0, 10), share=st.floats(0, 1))
def test_missing_returns_only_ever_widen_a_range(read, gone, share):
    met = round(share * read)
    plain, wide = bounded(met, read, read, of=200), bounded(met, read, read + gone, of=200)
    assert wide.lower <= plain.lower <= plain.upper <= wide.upper


@pytest.mark.parametrize(
    ("gone", "words"), [(0, ""), (1, "1 of 58 answers is missing."), (7, "7 of 64 answers are missing.")]
)
def test_missing_returns_are_said_in_words(gone, words):
    assert missing_words(57, gone) == words


DECIDED = st.sampled_from([None, 60, 110, 400])


@given(
    DECIDED, st.integers(5, 40), st.integers(0, 12), st.floats(0, 1), st.floats(0, 1), st.sampled_from([0.5, 0.8, 0.9])
)
def test_no_way_to_fill_in_missing_answers_makes_another_verdict(of, read, gone, share, filled, target):
    met, more = round(share * read), round(filled * gone)
    audit = protocol(population_size=of, intended=read + gone)
    record = seen(met, read, of=of, target=target)
    printed = only(verdict(table(record | estimate(met, read, audit=audit, missing=gone)._asdict())))
    then = estimate(met + more, read + gone, audit=audit)._asdict()
    truth = only(verdict(table(record | {"numerator": met + more, "denominator": read + gone} | then)))
    if printed.verdict in (MET, NOT_MET):
        assert truth.verdict == printed.verdict


def test_the_fewest_missing_answers_that_turn_a_verdict_are_told():
    row = bounded(57, 57, 80, target=0.9)
    turned = [bounded(57 + 23 - against, 80, 80, target=0.9).verdict for against in range(24)]
    assert turned.index(CANNOT_TELL) == row.would_turn


@pytest.mark.parametrize("kind", sorted({*AUDIT_KINDS} - {"census"}))
def test_what_is_missing_widens_the_range_of_every_kind_of_audit(kind):
    found = estimate(40, 57, audit=protocol(kind=kind, population_size=110), missing=7)
    assert [round(110 * end) for end in found[1:3]] == [60, 88]
    assert [round(110 * end) for end in (found.lower_read, found.upper_read)] == [67, 86]


def test_groups_drawn_out_of_proportion_get_their_count_and_the_reason_and_no_range():
    found = estimate(24, 30, audit=protocol(selection="uneven"))
    row = only(verdict(table(seen(24, 30, target=0.9, selection="uneven") | found._asdict())))
    assert (row.numerator, row.denominator, row.lower, row.rule) == (24, 30, None, "V0")
    assert "out of proportion to their size" in row.reason


@pytest.mark.parametrize("selection", ["risk_led", "auditor_choice", "unknown"])
def test_a_pick_has_no_range_and_still_counts_what_is_missing(selection):
    found = estimate(9, 10, audit=protocol(selection=selection), missing=2)
    assert (found.lower, found.lower_read, found.missing) == (None, None, 2)


def test_a_census_with_missing_answers_of_no_known_length_is_not_whole():
    audit = protocol(selection="census", population_size=None)
    row = only(
        verdict(
            table(seen(21, 21, target=0.9, selection="census") | estimate(21, 21, audit=audit, missing=9)._asdict())
        )
    )
    assert (row.population, row.lower, row.upper, row.verdict) == (30, 21 / 30, 1.0, CANNOT_TELL)


def test_a_census_is_met_whatever_its_missing_answers_are():
    audit = protocol(selection="census", population_size=30)
    row = only(
        verdict(
            table(seen(29, 29, target=0.9, selection="census") | estimate(29, 29, audit=audit, missing=1)._asdict())
        )
    )
    assert (row.verdict, row.lower) == (MET, 29 / 30)


def test_of_missing_answers_to_a_critical_standard_all_may_be_failures():
    asked = [standard("c1", critical=True)]
    none, some = (
        only(critical_failures(table(seen(20, 20, of=110, missing=gone)), standards=standards(theme("consent", asked))))
        for gone in (0, 3)
    )
    assert round(none.upper * 110) == 13
    assert round(some.upper * 110) == upper_limit(3, 23, population=110)
