import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.claims.change.chance import expected_false_flags, fdr
from ilacs_audit.claims.sentences.sentences import sentence
from ilacs_audit.claims.verdicts.critical import critical_failures
from ilacs_audit.claims.verdicts.estimates import estimate
from ilacs_audit.claims.verdicts.missing_returns import change_with_missing, missing_words
from ilacs_audit.claims.verdicts.verdicts import CANNOT_TELL, MET, NOT_MET, verdict
from ilacs_audit.domain.standards import Standards, read_theme
from tests.claims.build import only, protocol, seen, table


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


def standards(critical=True):
    standard = {
        "id": "c1",
        "version": 1,
        "text": "The child is safe.",
        "plain": "Safe",
        "scale": "met",
        "target": 1,
        "critical": critical,
        "kind": "compliance",
        "records": "done",
        "applies_to": "every file",
        "areas": [],
        "source": {"text": "local", "kind": "local"},
    }
    head = {"theme": "consent", "title": "Consent", "question": "Is it?", "edition": 1, "areas": []}
    return Standards((read_theme({**head, "standards": [standard]}, file="consent.yml"),))


def test_a_critical_failure_is_a_count_without_an_interval():
    row = only(critical_failures(table(seen(28, 30, of=110)), standards=standards()))
    assert (row.numerator, row.denominator, row.rule, row.upper) == (2, 30, "X1", None)
    assert sentence(row).startswith("Two of the 30 files read failed a critical standard")


@pytest.mark.parametrize(
    ("read", "listed", "most"),
    [(5, 40, 17), (10, 60, 14), (12, 110, 23), (20, 110, 13), (30, 200, 17), (60, 110, 3), (40, 60, 2)],
)
def test_none_found_still_allows_some_among_the_children_nobody_read(read, listed, most):
    row = only(critical_failures(table(seen(read, read, of=listed)), standards=standards()))
    assert (row.rule, round(row.upper * listed)) == ("X0", most)
    assert f"up to {most} among the {listed} children" in sentence(row)


def test_without_a_list_the_limit_is_a_share():
    row = only(critical_failures(table(seen(20, 20)), standards=standards()))
    assert round(row.upper, 3) == 0.139
    assert "up to 14% (95% limit)" in sentence(row)


def test_standards_that_are_not_critical_are_left_out():
    assert critical_failures(table(seen(28, 30)), standards=standards(critical=False)).empty


def twenty_five(met_was, met_now):
    ids = [f"c{number}" for number in range(25)]
    before = [seen(met, 20, standard=each) for each, met in zip(ids, met_was, strict=True)]
    return table(*before), table(*(seen(met, 20, standard=each) for each, met in zip(ids, met_now, strict=True)))


def test_25_unchanged_standards_give_about_one_flag():
    flags = expected_false_flags(*twenty_five([13] * 25, [13] * 25))
    assert (flags.compared, round(flags.expected, 1), round(flags.at_least_one, 2)) == (25, 1.3, 0.74)
    assert flags.words == "25 standards were compared; about one would look changed by luck."


def test_one_lucky_change_among_25_does_not_stand_and_a_great_one_does():
    lucky = fdr(*twenty_five([9] + [13] * 24, [16] + [13] * 24))
    assert len(lucky) == 25
    assert not any(each.stands for each in lucky)
    great = fdr(*twenty_five([3] + [13] * 24, [19] + [13] * 24))
    assert [each.standard_id for each in great if each.stands] == ["c0"]
