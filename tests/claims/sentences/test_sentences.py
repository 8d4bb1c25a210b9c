import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilacs_audit.claims.change.changes import CRITICAL_UP
from ilacs_audit.claims.sentences.data_sentences import data_sentence
from ilacs_audit.claims.sentences.headlines import headline
from ilacs_audit.claims.sentences.sentences import TOO_SMALL, sentence
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.domain.measures import HIDDEN, rows
from tests.build import seen, table


def told(*records, **options):
    return sentence(verdict(table(*records)), **options)


def test_a_standard_is_told_with_count_share_and_whole_children():
    text = told(seen(24, 30, of=110))
    assert text == "24 of 30 files met the standard (80%); likely 71 to 99 of all 110 children. No target is set."


@pytest.mark.parametrize(
    ("record", "end"),
    [
        (seen(30, 30, of=110, target=0.8), "likely 100 to 110 of all 110 children. Target 80%: met."),
        (seen(22, 30, of=110, target=0.9), "likely 63 to 94 of all 110 children. Target 90%: not met."),
        (seen(24, 30, of=110, target=0.9), "Target 90%: we cannot tell."),
    ],
)
def test_the_target_is_told_with_what_it_is_called(record, end):
    assert told(record).endswith(end)


def test_no_sentence_says_how_many_files_would_tell():
    assert "38" not in told(seen(24, 30, of=110, target=0.9))


def test_without_a_list_the_range_is_a_share():
    text = told(seen(24, 30, target=0.95))
    assert text.endswith("; likely 63% to 90%. Target 95%: not met.")


def test_what_is_missing_is_told_with_both_ranges():
    row = seen(
        24, 57, of=110, target=0.75, missing=7, lower=33 / 110, upper=62 / 110, lower_read=37 / 110, upper_read=57 / 110
    )
    assert "; likely 33 to 62 of all 110 children (37 to 57 without the missing answers)." in told(row)
    assert "without the missing answer)" in told({**row, "missing": 1})
    turned = {**row, "target": 0.4, "verdict": "cannot tell", "would_turn": 6}
    assert sentence(table(turned)).endswith(
        "Target 40%: we cannot tell, as six of the seven missing answers could turn it."
    )


def test_picked_files_get_a_count_and_the_reason_and_no_percentage():
    picked = seen(8, 10, target=0.9, selection="auditor_choice", note="The files were chosen by the auditor.")
    assert told(picked) == "8 of 10 files met the standard. The files were chosen by the auditor."


def test_under_ten_files_there_is_no_percentage_of_files():
    text = told(seen(4, 6, target=0.9))
    assert text.startswith("4 of 6 files met the standard.")
    assert "67%" not in text


@pytest.mark.parametrize(
    ("record", "opening"),
    [
        (seen(1, 12), "1 of 12 files met the standard (8%);"),
        (seen(0, 12), "None of 12 files met the standard (0%);"),
        ({"measure": "returned", "numerator": 57, "denominator": 64}, "57 of 64 files drawn were returned (89%)."),
        (
            {"measure": "returned", "numerator": 65, "denominator": 65, "note": "more than were drawn"},
            "65 of 65 files were returned, more than were drawn.",
        ),
        (
            {"measure": "marked_down", "numerator": 1, "denominator": 15},
            "1 of 15 files moderated was marked down",
        ),
        ({"measure": "grade", "level": "good", "numerator": 9, "denominator": 20}, "9 of 20 files were graded good"),
        ({"measure": "reach", "numerator": 110, "denominator": 133}, "110 of 133 staff were reached (83%)."),
        ({"measure": "overdue", "numerator": 3, "denominator": 12}, "3 of 12 files were counted (25%)."),
    ],
)
def test_each_measure_has_its_own_words_in_the_right_number(record, opening):
    assert sentence(table(record)).startswith(opening)


def test_the_unit_word_follows_what_was_read():
    assert told(seen(24, 30, of=110), unit="request").startswith(
        "24 of 30 requests met the standard (80%); likely 71 to 99 of all 110 req"
    )
    assert told(seen(24, 30), unit="worker", about="supervision").startswith(
        "Supervision: for 24 of 30 workers (80%); likely"
    )


def test_the_subject_opens_the_sentence():
    assert told(seen(0, 12), about="informed consent").startswith("Informed consent: in none of 12 files (0%)")


def test_a_whole_list_needs_no_interval():
    text = told(seen(30, 40, of=40, target=0.9))
    assert text == "30 of 40 files met the standard (75%). Target 90%: not met, the whole list was read."


def test_where_lower_is_better_the_target_is_a_ceiling():
    text = told(seen(15, 30, of=110, target=0.1, direction="lower"))
    assert text.endswith("Target at most 10%: not met.")


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
    (alone,) = rows(table({**whole, "period": ""}))
    pages = [headline(table(whole)), data_sentence(alone, unit="file", names={"c1": "Informed consent"})]
    assert pages[1].startswith(f"Informed consent: {TOO_SMALL[0].lower()}{TOO_SMALL[1:]}")
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


NAMES = {f"c{n}": f"Thing {n} was done." for n in range(9)}


def named(counts, **more):
    rows = [
        seen(met, read, of=110, target=target) | {"standard_id": f"c{n}"} | more
        for n, (met, read, target) in enumerate(counts)
    ]
    return verdict(table(*rows))


def test_the_headline_names_at_most_three_standards_that_fall_short_the_weakest_first():
    counts = [(30, 30, 0.8), (20, 30, 0.95), (12, 30, 0.95), (18, 30, 0.95), (21, 30, 0.95), (27, 30, 0.9)]
    assert headline(named(counts), names=NAMES) == (
        "In only 12 of 30 files thing 2 was done; in 18 of 30 thing 3 was done; in 20 of 30 thing 1 was done. "
        "One other standard is not met, one is met and on one we cannot tell."
    )


def test_the_headline_names_fewer_standards_where_their_words_are_long():
    long = {name: "It " + "was done well and on time " * 5 for name in NAMES}
    told = headline(named([(12, 30, 0.95)] * 3), names=long)
    assert "; " not in told and told.endswith(". Two other standards are not met.")


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ([(30, 30, 0.8)], "In all 30 files thing 0 was done. The standard is met, on the evidence."),
        (
            [(30, 30, 0.8), (29, 30, 0.8)],
            "In 29 of 30 files thing 1 was done, which is the lowest. All two standards are met, on the evidence.",
        ),
        ([(20, 30, 0.95)], "In only 20 of 30 files thing 0 was done."),
        ([(27, 30, 0.9)], "In 27 of 30 files thing 0 was done. We cannot tell whether the standard is met."),
        (
            [(27, 30, 0.9), (30, 30, 0.8)],
            "In 27 of 30 files thing 0 was done. One of two standards is met and on one we cannot tell.",
        ),
        ([], "Nothing can be said yet: no file was read."),
    ],
)
def test_the_headline_agrees_in_number(counts, line):
    assert headline(named(counts), names=NAMES) == line


def test_a_register_that_no_rule_in_force_judges_is_not_called_unread():
    read = table({"measure": "rows_read", "group": "register", "numerator": 21, "denominator": 21})
    assert headline(read) == "Nothing can be said yet: no rule in force judges what was read."


def test_a_headline_speaks_for_workers_and_of_what_was_read():
    assert headline(named([(12, 30, 0.95)]), unit="worker", names=NAMES).startswith("For only 12 of 30 workers thing")
    assert headline(named([(12, 30, 0.95)]), unit="enquiry", names=NAMES).startswith("In only 12 of 30 enquiries thing")


def test_a_headline_says_about_of_a_rounded_count_and_never_all():
    rounded = {"status": "rounded", "verdict": "not met", "rule": "V2"}
    rows = [seen(met, 30) | rounded | {"standard_id": f"c{n}"} for n, met in enumerate((10, 30))]
    assert headline(table(*rows), names=NAMES).startswith(
        "In only about 10 of 30 files thing 0 was done; in about 30 of 30"
    )


def test_a_headline_names_nothing_else_where_what_falls_short_is_hidden():
    hidden = seen(None, None) | {"status": "suppressed", "verdict": "not met", "standard_id": "c1"}
    good = seen(30, 30, of=110, target=0.8) | {"verdict": "met", "standard_id": "c2"}
    assert headline(table(hidden, good), names=NAMES) == "One of two standards is not met and one is met."


def test_where_fewer_is_better_the_headline_does_not_say_only():
    late = named([(15, 30, 0.1)], direction="lower")
    assert headline(late, names=NAMES) == "In as many as 15 of 30 files thing 0 was done."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Ofsted's own words hold.", "ofsted's own words hold"),
        ("EHC plans are named.", "EHC plans are named"),
        ("Would it do?", 'the answer is yes to "Would it do?"'),
    ],
)
def test_the_words_of_a_standard_go_on_with_the_sentence(words, said):
    assert f"of 30 files {said}" in headline(named([(12, 30, 0.95)]), names={"c0": words})


def moves(verdicts, **more):
    made = {"measure": "change", "group": "all", "numerator": 24, "denominator": 30, "value": 0.1}
    return table(
        *(
            made | {"standard_id": f"c{n}", "verdict": each, "note": f"{20 - n} of 30 in May 2024"} | more
            for n, each in enumerate(verdicts)
        )
    )


@pytest.mark.parametrize(
    ("verdicts", "line"),
    [
        (
            ["cannot tell"],
            "We cannot tell yet whether anything has changed. "
            "In 24 of 30 files thing 0 was done; in May 2024 it was 20 of 30.",
        ),
        (["cannot tell"] * 7 + ["not comparable"] * 2, "anything has changed; two standards cannot be compared."),
        (["not comparable"], "The standard cannot be compared with the earlier round. Reworded."),
        (["not comparable"] * 3, "None of the three standards can be compared with the earlier round. Reworded."),
        (
            ["better", "cannot tell"],
            "Better: in 24 of 30 files thing 0 was done; in May 2024 it was 20 of 30. "
            "On one other standard we cannot tell yet whether it changed.",
        ),
        (["worse"], "Worse: in 24 of 30 files thing 0 was done; in May 2024 it was 20 of 30."),
        (["better", "worse"], "Worse: in 24 of 30 files thing 1 was done; in May 2024 it was 19 of 30. Better: in 24"),
    ],
)
def test_the_headline_tells_what_moved_and_what_could_not_be_compared(verdicts, line):
    assert line in headline(moves(verdicts, reason="Reworded."), names=NAMES)


def test_the_largest_difference_is_not_named_where_one_is_hidden():
    told = headline(moves(["cannot tell"] * 2, value=None), names=NAMES)
    assert told == "We cannot tell yet whether anything has changed. In 24 of 30 files thing 0 was done."


def test_beside_the_verdicts_a_change_that_cannot_be_told_takes_one_sentence():
    both = pd.concat([named([(12, 30, 0.95)]), moves(["cannot tell"])])
    assert headline(both, names=NAMES).endswith("thing 0 was done. We cannot tell yet whether anything has changed.")


def test_picked_files_make_no_headline_verdict():
    picked = verdict(table(seen(8, 10, target=0.9, selection="auditor_choice", note="The files were picked.")))
    assert headline(picked, names={"c1": "It was done."}) == "In 8 of 10 files it was done. The files were picked."


def test_team_rows_do_not_enter_the_headline():
    team = seen(12, 12, target=0.5, group="team", level="Duty")
    assert headline(verdict(table(seen(20, 30, of=110, target=0.95), team))) == "In only 20 of 30 files c1 holds."


def data_line(names=(), unit="file", **row):
    (found,) = rows(table({"measure": "compliance", "level": "", "group": "", "status": "shown", **row}))
    return data_sentence(found, unit=unit, names=dict(names))


def test_each_line_of_a_data_file_is_a_sentence_that_stands_on_its_own():
    named, team = {"c1": "Informed consent"}, {"group": "team", "level": "North", "period": "2024-11"}
    counted = {"standard_id": "c1", "numerator": 4, "denominator": 8, **team}
    trained = {"measure": "reach_during", "numerator": 1, "note": "Plans training", **team, "period": ""}
    compared = {"measure": "group_comparison", "verdict": "within chance", "reason": "No team is apart."}
    assert data_line(named, **counted) == "Informed consent, North: in 4 of 8 files. November 2024."
    assert data_line(named, **counted | {"status": "rounded"}).endswith(" Counts are rounded.")
    assert data_line(**trained) == "Plans training, North: 1 person reached during this round."
    assert data_line(measure="auditors", numerator=5, group="audit", level="a-1") == "5 auditors took part."
    assert data_line(measure="set_aside", numerator=2, note="By hand.") == "2 files set aside. By hand."
    judged = data_line(named, **counted | compared)
    assert judged.endswith("Beside the average of all: within chance. No team is apart. November 2024.")


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


def test_the_headline_says_that_a_critical_standard_is_worse():
    row = {**moves(["worse"]).iloc[0].to_dict(), "reason": CRITICAL_UP}
    line = headline(pd.concat([moves(["cannot tell"] * 2).iloc[1:], table(row)]), unit="referral", names=NAMES)
    assert line == (
        "Worse, on a critical standard: in 24 of 30 referrals thing 0 was done; in May 2024 it was 20 of 30. "
        "On one other standard we cannot tell yet whether it changed."
    )


def test_the_headline_uses_the_words_of_those_that_met_a_standard():
    found = named([(12, 30, 0.95), (14, 30, 0.95)])
    line = headline(found, names=NAMES, passing={"c0": "said by when", "c1": "said who"}, unit="plan")
    assert line == "Only 12 of 30 plans said by when; 14 of 30 said who."
    told = headline(moves(["cannot tell"] * 2), names=NAMES, passing={"c1": "said who"})
    assert told == (
        "We cannot tell yet whether anything has changed. "
        "The largest difference: in 24 of 30 files thing 0 was done; in May 2024 it was 20 of 30."
    )
    meant = headline(moves(["cannot tell"] * 3 + ["not comparable"]), names=NAMES, aims=["c1", "c2", "c3"])
    assert meant.endswith(
        "What the work was to change: in 24 of 30 files thing 1 was done; in May 2024 it was 19 of 30. "
        "Also meant to change: c2 (24 of 30, was 18 of 30); c3 (cannot be compared)."
    )


def test_a_number_of_files_taken_away_by_release_is_not_explained_wrongly():
    row = seen(24, 30, of=110, target=0.9, verdict="cannot tell", rule="V3", reason="The target lies inside.")
    assert sentence(table(row)).endswith("Target 90%: we cannot tell.")
