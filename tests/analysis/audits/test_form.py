"""Which questions of a form could go, want other words or stay; and what is never said of a few files."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilacs_audit.analysis.audits.form import form_doctor
from ilacs_audit.domain.measures import rows, select
from ilacs_audit.intake.problems import problem, problems_table
from tests import build

YES, PART, NO, OUT = "yes", "partly", "no", "not applicable"
MIXED = [YES, NO, YES, YES, NO, PART, YES, NO] * 5  # 40 files


def asked(*questions, scales=None):
    more = {"scales": scales} if scales else {}
    own = [each if isinstance(each, dict) else build.standard(each) for each in questions]
    return build.standards(build.theme("consent", own, **more))


def found_in(columns, catalogue=None, *, again=None, grades=(), problems=None, **shared):
    """The doctor's rows of a form whose answers are a list a question; None is a blank."""
    records = [
        (f"C{number}", code, said, {"role": role})
        for role, told in (("auditor", columns), ("moderator", again or {}))
        for code, column in told.items()
        for number, said in enumerate(column)
        if said is not None
    ]
    records += [(f"C{number}", "grade", said) for number, said in enumerate(grades)]
    table = build.answers(*records, **shared)
    audits = build.programme(build.audit("audit"), build.audit("old", period="2024-09"))
    known = catalogue or asked(*(code for code in columns if code != "grade"))
    return form_doctor(table, programme=audits, audits=["audit"], standards=known, problems=problems, period="2024-11")


def told(found):
    """Of each question what was found of it, and what follows."""
    return {(row.standard_id, row.rule): row.reason for row in rows(found) if row.rule}


def spare(found):
    (row,) = rows(select(found, measure="form_spare", group="all"))
    return row.numerator, row.denominator


def test_what_is_always_met_could_go_and_what_it_would_take_with_it_is_counted():
    found = found_in({"Q-1": MIXED, "Q-2": [YES] * 39 + [NO]})
    assert told(found) == {("Q-2", "F1"): "left out"}
    assert spare(found) == (1, 2)
    (lost,) = rows(select(found, measure="form_told"))
    assert (lost.numerator, lost.denominator) == (39, 40)
    (other,) = rows(select(found, measure="form_other", standard_id="Q-2"))
    assert (other.numerator, other.denominator, other.note) == (1, 40, YES)
    assert other.upper == pytest.approx(0.1316, abs=1e-4)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"critical": True}, "critical"),
        ({"source": {"kind": "statutory", "text": "Children Act 1989"}}, "law or guidance"),
        ({"source": {"kind": "guidance", "text": "Working Together"}}, "law or guidance"),
        ({"source": "a note"}, "no source recorded"),
    ],
)
def test_what_law_or_a_critical_standard_asks_is_never_left_out_for_being_met(said, reason):
    found = found_in({"Q-1": MIXED, "Q-2": [YES] * 40}, asked("Q-1", build.standard("Q-2", **said)))
    assert told(found) == {("Q-2", "F1"): reason}
    assert spare(found) == (0, 2)


def test_what_is_never_met_is_a_finding_about_practice_and_stays():
    found = found_in({"Q-1": MIXED, "Q-2": [NO] * 40})
    assert told(found) == {("Q-2", "F1"): "never met"}
    assert spare(found) == (0, 2)


def test_twelve_files_with_one_answer_are_no_evidence_that_it_never_varies():
    assert told(found_in({"Q-1": MIXED[:12], "Q-2": [YES] * 12})) == {}


def test_a_question_that_was_always_met_until_the_last_round_still_varies():
    old = [("audit_id", "old"), ("period", "2024-09")]
    before = [(f"O{number}", "Q-1", YES, dict(old)) for number in range(120)]
    now = [(f"C{number}", "Q-1", YES if number > 3 else NO) for number in range(10)]
    audits = build.programme(build.audit("audit"), build.audit("old", period="2024-09"))
    for records, rules in ((before, {("Q-1", "F1")}), (before + now, set())):
        table = build.answers(*records)
        found = form_doctor(table, programme=audits, audits=["audit"], standards=asked("Q-1"), period="2024-11")
        assert set(told(found)) == rules


def test_a_form_whose_every_answered_question_is_always_met_is_not_emptied():
    found = found_in({"Q-1": [YES] * 40, "Q-2": [YES] * 40, "Q-3": []})
    assert set(told(found).values()) == {"nothing else would be asked"}
    assert spare(found) == (0, 3)


def test_of_two_that_repeat_each_other_the_one_asked_first_stays():
    found = found_in({"Q-1": MIXED, "Q-2": [*MIXED[:39], YES]})
    assert told(found) == {("Q-2", "F2"): "left out"}
    (row,) = rows(select(found, measure="form_repeats"))
    assert (row.note, row.numerator, row.denominator, row.signal) == ("Q-1", 39, 40, "")


def test_of_two_that_repeat_each_other_the_critical_one_stays_and_two_critical_ones_both():
    critical = build.standard("Q-2", critical=True)
    found = found_in({"Q-1": MIXED, "Q-2": MIXED}, asked("Q-1", critical))
    assert told(found) == {("Q-1", "F2"): "left out"}
    both = found_in({"Q-1": MIXED, "Q-2": MIXED}, asked(build.standard("Q-1", critical=True), critical))
    assert told(both) == {("Q-2", "F2"): "both are kept: critical"}
    assert spare(both) == (0, 2)


def test_of_three_that_repeat_one_another_one_stays():
    found = found_in({"Q-1": MIXED, "Q-2": MIXED, "Q-3": MIXED})
    assert told(found) == {("Q-2", "F2"): "left out", ("Q-3", "F2"): "left out"}
    assert {row.note for row in rows(select(found, measure="form_repeats"))} == {"Q-1"}


def test_a_question_asked_the_other_way_round_is_told_by_its_twin():
    turned = [{YES: NO, NO: YES}.get(each, each) for each in MIXED]
    found = found_in({"Q-1": MIXED, "Q-2": turned})
    assert told(found) == {("Q-2", "F2"): "left out"}
    (row,) = rows(select(found, measure="form_repeats"))
    assert (row.numerator, row.signal) == (40, "turned")
    (lost,) = rows(select(found, measure="form_told"))
    assert (lost.numerator, lost.denominator) == (40, 40)


def test_two_scales_are_compared_by_place_and_by_verdict():
    five = {"five": {"answers": ["A", "B", "C", "D", "E"], "meets": ["A", "B"]}}
    grades = [{YES: "A", PART: "C", NO: "E"}[each] for each in MIXED]
    catalogue = asked("Q-1", build.standard("Q-2", scale="five"), scales=five)
    assert told(found_in({"Q-1": MIXED, "Q-2": grades}, catalogue)) == {("Q-2", "F2"): "left out"}


def test_a_question_asked_of_few_goes_before_the_wider_one_that_tells_it():
    few = [each if number % 4 < 2 else OUT for number, each in enumerate(MIXED * 2)]
    found = found_in({"Q-1": few, "Q-2": MIXED * 2})
    assert told(found) == {("Q-1", "F2"): "left out"}


def test_what_applies_to_fewer_than_half_is_named_and_what_applies_to_nobody_too():
    found = found_in({"Q-1": MIXED, "Q-2": [OUT] * 32 + MIXED[:8], "Q-3": [OUT] * 40})
    assert told(found) == {("Q-2", "F3"): "", ("Q-3", "F3"): ""}


def test_readers_who_part_on_one_question_alone_show_that_its_words_can_be_read_in_two_ways():
    parted = [YES, NO] * 10
    one = {"Q-1": [YES, YES, NO, NO] * 5, "Q-2": MIXED[:20], "Q-3": MIXED[20:40]}
    again = {**one, "Q-1": parted}
    assert told(found_in(one, again=again)) == {("Q-1", "F4"): ""}


@pytest.mark.parametrize("apart", [1, 3, 4])
def test_a_question_that_nearly_everyone_answers_alike_parts_nobody_however_rare_the_other_answer(apart):
    """Two readers agree in 32 to 35 of 36 files, and kappa is 0: one of them always said yes."""
    others = {f"Q-{number}": MIXED[:36] for number in range(2, 8)}
    one = {"Q-1": [YES] * 36, **others}
    assert ("Q-1", "F4") not in told(found_in(one, again={**one, "Q-1": [NO] * apart + [YES] * (36 - apart)}))


def test_a_reader_who_gave_one_verdict_to_all_agrees_by_luck_alone():
    one = {"Q-1": [YES] * 20, "Q-2": MIXED[:20], "Q-3": MIXED[20:40]}
    assert ("Q-1", "F4") in told(found_in(one, again={**one, "Q-1": [YES, NO] * 10}))


@pytest.mark.parametrize("files", [12, 18, 25])
def test_equal_answers_in_few_files_of_a_long_form_are_no_duplicates(files):
    chance = np.random.default_rng(files)
    noise = {f"Q-{number}": [YES if chance.random() < 0.5 else NO for _ in range(files)] for number in range(3, 16)}
    found = found_in({"Q-1": MIXED[:files], "Q-2": MIXED[:files], **noise})
    assert told(found) == {}
    assert spare(found) == (0, 15)


def test_returns_that_were_not_read_are_counted_and_their_questions_are_not():
    gone = [problem("two-files: audits", one="old", other="x", audit_id="old", file=f"{at}.csv") for at in (1, 2)]
    found = found_in({"Q-1": []}, problems=problems_table(gone))
    (refused,) = rows(select(found, measure="form_refused"))
    (aside,) = rows(select(found, measure="set_aside"))
    assert (refused.numerator, aside.numerator, aside.level) == (2, 2, "two-files in the returns")


def test_nine_files_read_twice_say_nothing_of_readers():
    one = {"Q-1": [YES, NO, YES] * 3, "Q-2": MIXED[:9]}
    found = found_in(one, again={**one, "Q-1": [NO, YES, NO] * 3})
    assert told(found) == {}
    (row,) = rows(select(found, measure="form_agreed", standard_id="Q-1"))
    assert (row.numerator, row.denominator) == (0, 9)


def test_what_auditors_always_call_met_and_second_readers_do_not_stays():
    one = {"Q-1": MIXED, "Q-2": [YES] * 40}
    found = found_in(one, again={"Q-1": MIXED[:12], "Q-2": [NO] * 2 + [YES] * 10})
    assert told(found) == {("Q-2", "F1"): "a second reader found otherwise"}
    assert spare(found) == (0, 2)


def test_the_questions_on_which_the_grade_turns_are_named_and_never_more_than_three():
    grades = ["good" if each == YES else "inadequate" for each in MIXED]
    chance = np.random.default_rng(1)
    noise = {f"Q-{number}": [YES if chance.random() < 0.5 else NO for _ in MIXED] for number in (2, 3, 4)}
    found = found_in({"Q-1": MIXED, **noise}, grades=grades)
    assert set(told(found)) == {("Q-1", "F5")}
    good, lower = (rows(select(found, measure=each, standard_id="Q-1")) for each in ("form_good", "form_lower"))
    assert [(row.numerator, row.denominator) for row in (*good, *lower)] == [(20, 20), (0, 20)]


def test_a_file_a_blank_column_and_a_form_without_answers_give_counts_and_no_finding():
    for columns in ({"Q-1": [YES]}, {"Q-1": MIXED, "Q-2": []}):
        found = found_in(columns)
        assert told(found) == {}
        assert spare(found) == (0, len(columns))
    found = found_in({"Q-1": []})
    assert select(found, measure="form_spare", group="all").empty
    assert [row.measure for row in rows(found) if row.group == "audit"] == ["form_spare"]


def test_marks_of_ten_that_all_meet_and_differ_are_no_question_that_never_varies():
    marks = [str(7 + number % 4) for number in range(40)]
    catalogue = asked(build.standard("Q-1", scale="scaling"))
    assert told(found_in({"Q-1": marks}, catalogue)) == {}


@given(st.lists(st.sampled_from([YES, NO, OUT, None]), min_size=1, max_size=40), st.data())
@settings(max_examples=25, deadline=None)
def test_counts_add_up_and_nothing_is_left_out_without_a_reason(column, data):
    other = data.draw(st.lists(st.sampled_from([YES, NO, None]), min_size=len(column), max_size=len(column)))
    found = found_in({"Q-1": column, "Q-2": other})
    for row in rows(found):
        if row.numerator is not None and row.denominator is not None:
            assert 0 <= row.numerator <= row.denominator
    left = {row.standard_id for row in rows(found) if row.reason == "left out"}
    if any(each is not None for each in (*column, *other)):
        assert spare(found) == (len(left), 2)
    assert len(left) < 2
