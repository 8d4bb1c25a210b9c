import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilacs_audit.claims.change.impact import CRITICAL_UP
from ilacs_audit.claims.sentences.headlines import commentary, headline
from ilacs_audit.claims.sentences.sentences import TOO_SMALL, sentence
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.domain.measures import HIDDEN, rows
from tests.build import seen, table


def told(*records, **options):
    return sentence(verdict(table(*records)), **options)


def test_a_standard_is_told_with_count_share_and_whole_children():
    text = told(seen(24, 30, of=110))
    assert text.startswith("24 of the 30 files read met the standard (80%).")
    assert "between 71 and 99 of the 110 children" in text
    assert "(95% interval)" in text


def test_met_names_the_end_of_the_interval_that_shows_it():
    text = told(seen(30, 30, of=110, target=0.8))
    assert text.endswith(
        "The target is 80%. The sample shows it is met: 100 or more of the 110 children are likely to meet it."
    )


def test_not_met_names_the_other_end():
    text = told(seen(22, 30, of=110, target=0.9))
    assert text.endswith(
        "The target is 90%. The sample shows it is not met: at most 94 of the 110 children are likely to meet it."
    )


def test_cannot_tell_says_what_it_would_take():
    text = told(seen(24, 30, of=110, target=0.9))
    assert text.endswith("The target is 90%. This sample cannot tell us whether it is met. It would take 38 files.")


def test_cannot_tell_says_when_only_the_whole_list_would_do():
    assert told(seen(27, 30, of=110, target=0.9)).endswith("Only reading the whole list would tell.")


def test_without_a_list_the_range_is_a_share():
    text = told(seen(24, 30, target=0.95))
    assert "practice in general is likely to be between 63% and 90% (95% interval)" in text
    assert "the whole interval is below it" in text


def test_picked_files_get_a_count_and_the_reason_and_no_percentage():
    picked = seen(8, 10, target=0.9, selection="auditor_choice", note="The files were chosen by the auditor.")
    assert told(picked) == "Eight of the 10 files read met the standard. The files were chosen by the auditor."


def test_under_ten_files_there_is_no_percentage_of_files():
    text = told(seen(4, 6, target=0.9))
    assert text.startswith("Four of the six files read met the standard.")
    assert "67%" not in text


@pytest.mark.parametrize(
    ("record", "opening"),
    [
        (seen(1, 12), "One of the 12 files read met the standard (8%)."),
        (seen(0, 12), "None of the 12 files read met the standard (0%)."),
        ({"measure": "returned", "numerator": 57, "denominator": 64}, "57 of the 64 files drawn were returned (89%)."),
        (
            {"measure": "marked_down", "numerator": 1, "denominator": 15},
            "One of the 15 files moderated was marked down",
        ),
        ({"measure": "grade", "level": "good", "numerator": 9, "denominator": 20}, "Nine of the 20 files read were gr"),
        ({"measure": "reach", "numerator": 110, "denominator": 133}, "110 of the 133 staff were reached (83%)."),
        ({"measure": "overdue", "numerator": 3, "denominator": 12}, "Three of the 12 files were counted (25%)."),
    ],
)
def test_each_measure_has_its_own_words_in_the_right_number(record, opening):
    assert sentence(table(record)).startswith(opening)


def test_the_unit_word_follows_what_was_read():
    text = told(seen(24, 30, of=110), unit="request")
    assert "30 requests read" in text
    assert "of the 110 requests" in text


def test_the_subject_opens_the_sentence():
    assert told(seen(0, 12), about="informed consent").startswith("Informed consent: none of the 12 files read")


def test_a_whole_list_needs_no_interval():
    text = told(seen(30, 40, of=40, target=0.9))
    assert text.endswith("The target is 90%. Every file on the list was read: it is not met.")
    assert "interval" not in text


def test_where_lower_is_better_the_target_is_a_ceiling():
    text = told(seen(15, 30, of=110, target=0.1, direction="lower"))
    assert "The target is at most 10%. The sample shows it is not met:" in text
    assert "or more of the 110 children" in text


@settings(max_examples=30, deadline=None)
@given(
    st.integers(5, 60).flatmap(lambda read: st.tuples(st.integers(0, read), st.just(read))),
    st.sampled_from([None, 0.8, 0.95]),
    st.sampled_from(HIDDEN),
    st.sampled_from(["compliance", "change", "returned", "critical_failure"]),
)
def test_a_hidden_row_never_gives_a_digit_away(counts, target, status, measure):
    met, read = counts
    row = seen(met, read, of=read + 50, target=target, note="3 of 9 in May 2024", measure=measure, status=status)
    whole = {**row, "verdict": "not met", "rule": "V2", "reason": "7 files", "files_to_tell": 31}
    assert sentence(table({**whole, "verdict": ""})) == TOO_SMALL
    assert sentence(table(whole)) == f"{TOO_SMALL} The standard is not met, on the evidence."
    pages = [headline(table(whole)), *commentary(table(whole))]
    assert not re.search(r"\d", " ".join(pages))


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60).flatmap(lambda read: st.tuples(st.integers(0, read), st.just(read))))
def test_every_sentence_is_made_of_whole_numbers_and_ends_with_a_stop(counts):
    text = told(seen(*counts, of=counts[1] + 30, target=0.9))
    assert text.endswith(".")
    assert not re.search(r"\d\.\d|nan|None\b(?! of)|<NA>", text)
    assert text[0].isupper() or text[0].isdigit()


SEVEN = [(30, 0.8), (29, 0.8), (20, 0.95), (21, 0.95), (22, 0.95), (27, 0.9), (26, 0.9)]


def page(counts=SEVEN, **more):
    return verdict(table(*(seen(met, 30, of=110, target=target, **more) for met, target in counts)))


@pytest.mark.parametrize(
    ("met", "line"), [(1, "The one file read met the standard."), (0, "Of the one file read, none met the standard.")]
)
def test_one_file_is_not_one_of_one(met, line):
    assert told(seen(met, 1)).startswith(line)


def test_the_headline_counts_verdicts_worst_first():
    assert headline(page()) == (
        "Three of seven standards are not met, two are met and two cannot be told from 30 files."
    )


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ([(30, 0.8)] * 3, "All three standards are met, on the evidence from 30 files."),
        ([(20, 0.95)] * 3, "None of the three standards is met, on the evidence from 30 files."),
        ([(27, 0.9)] * 3, "Whether any of the three standards is met cannot be told from 30 files."),
        ([(27, 0.9)], "Whether the standard is met cannot be told from 30 files."),
        ([(30, 0.8), (20, 0.95)], "One of two standards is not met and one is met from 30 files."),
        ([], "No verdict can be given yet: nothing has been read that a verdict could rest on."),
    ],
)
def test_the_headline_agrees_in_number(counts, line):
    assert headline(page(counts)) == line


@pytest.mark.parametrize(
    ("verdicts", "line"),
    [
        (["cannot tell"], "Nothing we can tell apart from chance has changed."),
        (
            ["cannot tell"] * 7 + ["not comparable"] * 2,
            "Nothing we can tell apart from chance has changed among the seven standards compared;"
            " two more cannot be compared.",
        ),
        (["not comparable"], "The standard cannot be compared with the earlier round."),
        (["not comparable"] * 3, "None of the three standards can be compared with the earlier round."),
        (["cannot tell"] * 2, "Nothing we can tell apart from chance has changed among the two standards compared."),
        (
            ["better", "cannot tell"],
            "One of two standards is better and one cannot be told from chance since the earlier round.",
        ),
        (["worse"], "The standard is worse since the earlier round."),
    ],
)
def test_the_headline_tells_changes_and_what_could_not_be_compared_apart(verdicts, line):
    moved = [
        {"measure": "change", "group": "all", "standard_id": f"c{n}", "verdict": each}
        for n, each in enumerate(verdicts)
    ]
    assert headline(table(*moved)) == line


def test_different_numbers_of_files_are_told_as_a_range():
    both = verdict(table(seen(30, 30, of=110, target=0.8), seen(12, 12, target=0.6)))
    assert headline(both).endswith("; each rests on 12 to 30 files.")


def test_no_range_of_files_is_told_where_a_standard_rests_on_none():
    blank = seen(0, 0, target=0.6) | {"standard_id": "c2"}
    assert "rests on" not in headline(verdict(table(seen(30, 30, of=110, target=0.8), seen(12, 12, target=0.6), blank)))


def test_a_critical_failure_comes_before_everything():
    failed = {"measure": "critical_failure", "group": "all", "numerator": 2, "denominator": 30}
    line = headline(verdict(table(failed, seen(30, 30, of=110, target=0.8))))
    assert line.startswith("Two of the 30 files failed a critical standard: each needs an answer")


def test_picked_files_make_no_headline_verdict():
    picked = verdict(table(seen(8, 10, target=0.9, selection="auditor_choice")))
    assert headline(picked) == "No verdict can be given on the standard from 10 files."


def test_team_rows_do_not_enter_the_headline():
    team = seen(12, 12, target=0.5, group="team", level="Duty")
    assert headline(verdict(table(seen(20, 30, of=110, target=0.95), team))).startswith("The standard is not met")


def test_the_commentary_names_each_standard_and_repeats_no_row():
    told_once = commentary(page(), names={"c1": "Informed consent"})
    assert told_once[0] == headline(page())
    assert [each.startswith("Informed consent:") for each in told_once[1:]] == [True] * len(SEVEN)


def test_sentences_work_row_by_row_too():
    frame = page()
    assert " ".join(sentence(row) for row in rows(frame)) == sentence(frame)


WORDS = {
    "compliance": ("met", "not met", "cannot tell", ""),
    "change": ("better", "worse", "no worthwhile change", "cannot tell", "not comparable", ""),
    "critical_failure": ("",),
    "returned": ("",),
}
NUMBERS = ("numerator", "denominator", "population", "value", "lower", "upper", "target", "files_to_tell")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([(measure, word) for measure, words in WORDS.items() for word in words]),
    st.sets(st.sampled_from(NUMBERS)),
)
def test_a_row_that_release_has_partly_emptied_still_reads_as_a_sentence(kind, emptied):
    measure, word = kind
    (row,) = rows(table(seen(24, 30, of=110, target=0.9, measure=measure, note="20 of 30 in May 2024")))
    row = row._replace(verdict=word, rule="V1", **dict.fromkeys(emptied))
    text = sentence(row)
    assert text.strip()
    assert "None" not in text.replace("None of", "")
    assert headline(table(row._asdict()))


def test_a_rounded_change_is_told_without_a_difference_it_no_longer_has():
    row = {"measure": "change", "numerator": 25, "denominator": 30, "value": 0.83, "period": "2024-11"}
    text = sentence(table({**row, "verdict": "better", "status": "rounded", "note": "Rounded to five."}))
    assert text == "25 of 30 in November 2024. This is better."


def test_a_number_of_files_taken_away_by_release_is_not_explained_wrongly():
    row = seen(24, 30, of=110, target=0.9, verdict="cannot tell", rule="V3", reason="The target lies inside.")
    assert sentence(table(row)).endswith("This sample cannot tell us whether it is met.")


def test_the_headline_says_that_critical_failures_are_up_where_no_change_can_be_told():
    change = {"measure": "change", "group": "all", "numerator": 25, "denominator": 30, "verdict": "cannot tell"}
    moved = [{**change, "standard_id": name} for name in ("REF-1", "REF-2")]
    up = {"measure": "impact", "group": "all", "standard_id": "REF-1", "verdict": "I6", "reason": CRITICAL_UP}
    line = headline(table(*moved, up), unit="referral")
    assert line.startswith("Critical failures are up on one standard. Nothing else we can tell apart from chance")
    assert headline(table(*moved, {**up, "reason": "The change is worse."})).startswith("Nothing we can tell")
