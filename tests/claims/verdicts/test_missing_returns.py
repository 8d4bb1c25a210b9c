import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.claims.sentences.sentences import sentence
from ilacs_audit.claims.verdicts.estimates import estimate
from ilacs_audit.claims.verdicts.missing_returns import change_with_missing, missing_words
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET
from tests.build import only, protocol, seen, table


def bounded(met, read, expected, of=110, target=0.8):
    """The verdict on files of a random draw, some of which never came back."""
    audit = protocol(population_size=of, intended=expected)
    found = estimate(met, read, audit=audit, missing=expected - read)
    return only(verdict(table(seen(met, read, of=of, target=target) | found._asdict())))


def test_the_worked_example_of_missing_returns():
    row = bounded(40, 57, 64)
    assert (round(row.lower * 110), round(row.upper * 110)) == (60, 88)
    assert row.note == "7 of 64 returns are missing."


def test_ignoring_the_missing_seven_would_claim_more():
    row = bounded(40, 57, 57)
    assert (round(row.lower * 110), round(row.upper * 110)) == (67, 86)


def test_the_sentence_gives_bounds_and_names_the_missing():
    assert "7 of 64 returns are missing. Depending on them, between 60 and 88 of the 110 children" in sentence(
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
    assert "missing returns" in row.reason


@given(read=st.integers(5, 60), gone=st.integers(0, 10), share=st.floats(0, 1))
def test_missing_returns_only_ever_widen_a_range(read, gone, share):
    met = round(share * read)
    plain, wide = bounded(met, read, read, of=200), bounded(met, read, read + gone, of=200)
    assert wide.lower <= plain.lower <= plain.upper <= wide.upper


@pytest.mark.parametrize(
    ("gone", "words"), [(0, ""), (1, "1 of 58 returns is missing."), (7, "7 of 64 returns are missing.")]
)
def test_missing_returns_are_said_in_words(gone, words):
    assert missing_words(57, gone) == words


def test_bounds_on_a_change_are_never_narrower_than_the_change():
    widest = change_with_missing((20, 30), (24, 30), missing=(4, 4))
    plain = change_with_missing((20, 30), (24, 30), missing=(0, 0))
    assert widest.lower < plain.lower < plain.upper < widest.upper
