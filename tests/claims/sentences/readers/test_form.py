"""What is said of the questions of a form, and of what a shorter one would lose."""

import pytest

from ilacs_audit.analysis import examined as doctor
from ilacs_audit.analysis.deciding import LEVEL
from ilacs_audit.claims.sentences.readers import form as words
from ilacs_audit.domain.measures import measures, rows


def row(**said):
    (made,) = rows(measures([{"measure": "form_other", "standard_id": "Q-1", **said}]))
    return made


def test_every_reason_that_the_doctor_gives_has_its_sentence():
    reasons = (doctor.LEFT_OUT, doctor.NEVER_MET, doctor.CRITICAL, doctor.LAID_DOWN, doctor.NO_SOURCE)
    for each in (*reasons, doctor.NOTHING_LEFT, doctor.DOUBTED):
        assert words.follows(row(rule=doctor.NEVER, reason=each)).endswith(".")
    for each in (doctor.FOR_FEW, doctor.PARTS, doctor.DECIDES):
        assert words.follows(row(rule=each)).endswith(".")


def test_the_words_and_the_doctor_mean_the_same_few():
    assert words.FEW_TWICE == doctor.FEWEST_TWICE
    assert (1 - doctor.VARIES) ** words.FEW_FILES < LEVEL < (1 - doctor.VARIES) ** (words.FEW_FILES - 1)


@pytest.mark.parametrize(
    ("said", "shown", "follows"),
    [
        (
            {"rule": "F2", "numerator": 78, "denominator": 80, "note": "Q-9", "reason": "left out", "lower": 0.91},
            "The answer to Q-9 tells it in 78 of 80 files.",
            "Could go: of these 80 files 2 would be told wrongly, and at most 9% are likely to be.",
        ),
        (
            {"rule": "F2", "numerator": 80, "denominator": 80, "note": "Q-9", "signal": "turned"}
            | {"reason": "both are kept: critical"},
            "The answer to Q-9 tells it in 80 of 80 files, the other way round.",
            "Both are kept: critical.",
        ),
        (
            {"rule": "F4", "numerator": 12, "denominator": 22},
            "Two readers gave the same verdict in 12 of 22 files, hardly more often than by luck.",
            "Stays, in other words: say what meets it, with an example.",
        ),
        (
            {"rule": "F3", "numerator": 60, "denominator": 80},
            "Does not apply to 60 of 80 files.",
            "Ask it only of the files to which it applies.",
        ),
    ],
)
def test_what_was_found_and_what_follows_is_said_with_its_count(said, shown, follows):
    assert (words.shows(row(**said)), words.follows(row(**said))) == (shown, follows)


def test_few_files_are_said_to_be_too_few_for_what():
    assert "Fewer than 19 files cannot show" in words.how_far(row(numerator=0, denominator=18, note="1"))
    assert "nobody can tell" in words.how_far(row(numerator=0, denominator=40, note="2"))
    assert "9 had answers from a second reader, and 10 are needed" in words.how_far(
        row(numerator=9, denominator=40, note="2")
    )
    assert words.how_far(row(numerator=10, denominator=40, note="2")).endswith("10 had answers from a second reader.")
    assert (
        words.in_short("Plans", row(numerator=0, denominator=8), row(denominator=18)) == "Plans: too few files to tell"
    )
    assert words.in_short("Plans", row(numerator=0, denominator=8), None) == "Plans: no answers yet"


def test_returns_that_were_not_read_are_no_silence():
    spare, refused = row(numerator=0, denominator=8), row(numerator=2)
    assert words.in_short("Plans", spare, None, refused) == "Plans: its returns were not read"
    assert words.how_far(None, refused).startswith(
        "2 returns were set aside as a whole, so no answer in them is counted"
    )
    assert "1 return was set aside" in words.how_far(row(numerator=0, denominator=40, note="2"), row(numerator=1))


def test_what_would_be_lost_names_what_nobody_would_know():
    left = [row(rule="F1"), row(rule="F2", standard_id="Q-7")]
    assert words.lost(left, row(numerator=156, denominator=160)) == (
        "Without Q-1 and Q-7, the rest of the form tells 156 of 160 of their answers; it is silent or wrong on "
        "4 answers. No page would show any more whether Q-1 is met."
    )
    assert words.lost([], None) == ""
