"""The headline as auditors graded it and as a moderator would have, and when it may not be set right."""

import pytest

from ilacs_audit.analysis.audits import corrected
from ilacs_audit.analysis.audits.corrected import corrected_headline
from ilacs_audit.domain.measures import rows, select
from tests import build

GOOD, RI = "good", "requires improvement"
# Methods 11.6: 84 of 120 passed; 14 of 20 confirmed, 1 of 10 raised.
WORKED = [(GOOD, GOOD)] * 14 + [(GOOD, RI)] * 6 + [(GOOD, "")] * 64 + [(RI, GOOD)] + [(RI, RI)] * 9 + [(RI, "")] * 26
DRAWN = {"selection": "random", "share": 0.25}


def headline(pairs, *, auditors=False, problems=None, rater=lambda number: "P-1", **said):
    made = []
    for number, (one, other) in enumerate(pairs):
        about = {"audit_id": "a", "rater_ref": rater(number)}
        made.append((f"C{number}", "grade", one, about))
        made += [(f"C{number}", "grade", other, {**about, "role": "moderator"})] if other else []
    asked = {"moderation": DRAWN, "intended": len(pairs)} | said
    programme = build.programme(build.audit("a", title="Plans", **asked))
    return corrected_headline(
        build.answers(*made),
        programme=programme,
        audits=["a"],
        period="2024-11",
        each_auditor=auditors,
        problems=problems,
    )


def shares(found):
    return {row.measure: row for row in rows(found)}


def test_the_worked_example_is_corrected_from_70_to_52():
    found = shares(headline(WORKED))
    raw, fixed = found["graded_good"], found["graded_good_corrected"]
    assert (raw.numerator, raw.denominator, raw.level) == (84, 120, "Plans")
    assert [round(each, 2) for each in (raw.lower, raw.upper)] == [0.61, 0.77]
    assert [round(each, 2) for each in (fixed.value, fixed.lower, fixed.upper)] == [0.52, 0.36, 0.67]
    assert (fixed.denominator, fixed.note) == (30, "")


def test_files_without_a_grade_widen_both_ranges_and_move_no_share():
    whole, short = shares(headline(WORKED)), shares(headline(WORKED, intended=140))
    for name in ("graded_good", "graded_good_corrected"):
        assert short[name].value == whole[name].value
        assert short[name].lower < whole[name].lower
        assert short[name].upper > whole[name].upper
        assert short[name].missing == 20
    assert short["graded_good_corrected"].lower == pytest.approx(whole["graded_good_corrected"].lower * 120 / 140)


@pytest.mark.parametrize(
    ("pairs", "said", "why"),
    [
        (WORKED, {"moderation": {"selection": "picked"}}, corrected.PICKED),
        (WORKED, {"moderation": None}, corrected.UNSAID),
        (WORKED, {"moderation": {**DRAWN, "judges": "audit"}}, corrected.OF_THE_AUDIT),
        (WORKED[:14] + WORKED[20:], {}, ""),
        ([(GOOD, GOOD)] * 12 + [(RI, RI)] * 2, {}, "14 files were graded again: 15 are needed."),
        ([(GOOD, GOOD)] * 20 + [(RI, RI)], {}, "Fewer than 2 of the files graded again had been graded below good"),
        ([(RI, GOOD)] * 20 + [(GOOD, RI)], {}, "Fewer than 2 of the files graded again had been graded good or better"),
    ],
)
def test_a_headline_that_cannot_be_set_right_says_why(pairs, said, why):
    fixed = shares(headline(pairs, **said))["graded_good_corrected"]
    assert (fixed.value is None) == bool(why)
    assert fixed.reason.startswith(why)


def test_a_share_of_picked_files_has_no_range_and_may_still_be_corrected_for_them():
    found = shares(headline(WORKED, selection="auditor_choice"))
    assert found["graded_good"].lower is None
    assert found["graded_good_corrected"].value == pytest.approx(0.52, abs=0.005)
    assert found["graded_good_corrected"].note == "Of the files read alone."


def test_an_audit_that_nobody_graded_twice_has_no_row():
    assert headline([(GOOD, "")] * 5).empty


def test_few_moderated_files_make_a_rough_share():
    pairs = [(GOOD, GOOD)] * 7 + [(GOOD, RI)] * 4 + [(RI, RI)] * 4 + [(GOOD, "")] * 31 + [(RI, "")] * 14
    fixed = shares(headline(pairs))["graded_good_corrected"]
    assert [round(each, 2) for each in (fixed.value, fixed.lower, fixed.upper)] == [0.45, 0.26, 0.67]
    assert fixed.note.startswith("Rough")


def test_an_auditors_share_is_drawn_towards_that_of_all_and_told_for_eight_files_or_more():
    pairs = [(GOOD, GOOD)] * 10 + [(RI, RI)] * 10 + [(GOOD, GOOD)] * 7
    found = headline(pairs, auditors=True, rater=lambda number: f"P-{number // 10}")
    told = {row.level: row for row in rows(select(found, measure="auditor_good"))}
    assert {level: (row.numerator, row.denominator) for level, row in told.items()} == {"P-0": (10, 10), "P-1": (0, 10)}
    assert 0.63 < told["P-0"].value < 1
    assert 0 < told["P-1"].value < 0.63
    assert select(headline(pairs), measure="auditor_good").empty
