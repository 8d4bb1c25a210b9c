from datetime import date

import pytest

from ilacs_audit.analysis.audits.reaudit import reaudit_impact
from ilacs_audit.domain.measures import rows
from tests import build


def programme(*, first=40, **later):
    listed = {"list": "open cases", "size": 160}
    return build.programme(
        build.audit("first", period="2024-09", on=date(2024, 9, 10), intended=first, population=listed),
        build.audit("second", intended=40, baseline="first", population=listed) | later,
    )


def a_round(answers, met, of, *, audit, period, moderated=5):
    records = [(f"{audit}{n}", "CON-1", "yes" if n < met else "no") for n in range(of)]
    second = [(f"{audit}{n}", "CON-1", "yes", {"role": "moderator"}) for n in range(moderated)]
    return answers(*records, *second, audit_id=audit, period=period)


def compare(answers, was, now, **later):
    before = a_round(answers, *was, audit="first", period="2024-09")
    after = a_round(answers, *now, audit="second", period="2024-11")
    return next(rows(reaudit_impact(before, after, programme=programme(**later))))


def test_a_real_rise_between_two_random_rounds_is_better(answers):
    row = compare(answers, (14, 40), (30, 40))
    assert (row.verdict, row.rule) == ("better", "C3")
    assert (row.numerator, row.denominator, row.note) == (30, 40, "14 of 40 in September 2024")


def test_the_worked_dip_sample_cannot_tell_and_shows_both_its_ranges(answers):
    # docs/methods.md 7.1: 9/20 then 12/17 is +26 points, -6 to +51.
    row = compare(answers, (9, 20), (12, 17), first=20, intended=20)
    assert (round(row.value, 2), round(row.lower_read, 2), round(row.upper_read, 2)) == (0.26, -0.06, 0.51)
    assert (round(row.lower, 2), round(row.upper, 2), row.missing) == (-0.15, 0.54, 3)
    assert row.verdict == "cannot tell"


def test_three_returns_that_never_came_widen_the_change_of_a_thematic_audit_and_are_said(answers):
    row = compare(answers, (9, 20), (12, 17), first=20, intended=20, kind="thematic")
    assert (round(row.lower, 2), round(row.upper, 2)) == (-0.15, 0.54)
    assert "The range allows for 3 missing answers in the two rounds." in row.reason


def test_the_same_files_read_twice_are_compared_file_by_file(answers):
    # docs/methods.md 7.3: 20 both, 6 second only, 4 neither is +20 points, 3.93 to 35.97.
    before, after = (
        answers(*[(f"C{n}", "CON-1", "yes" if n < met else "no") for n in range(30)], audit_id=audit, period=period)
        for met, audit, period in ((20, "first", "2024-09"), (26, "second", "2024-11"))
    )
    row = next(rows(reaudit_impact(before, after, paired_on="child_ref", programme=programme(first=30, intended=30))))
    assert (row.lower, row.upper) == pytest.approx((0.0393, 0.3597), abs=5e-5)
    assert row.method == "paired"


def test_a_hand_picked_round_is_not_comparable_however_large_the_rise(answers):
    assert compare(answers, (14, 40), (38, 40), selection="risk_led").verdict == "not comparable"


def test_missing_returns_below_the_floor_make_a_round_not_comparable(answers):
    assert compare(answers, (14, 40), (30, 31), intended=40).verdict == "not comparable"


def test_a_rise_in_an_area_picked_for_scoring_worst_is_held_back_without_a_family_to_judge_it_by(answers):
    assert compare(answers, (14, 40), (30, 40), chosen_because_worst=True).verdict != "better"


def test_no_earlier_round_gives_no_change_to_speak_of(answers):
    after = a_round(answers, 12, 17, audit="second", period="2024-11")
    assert len(reaudit_impact(answers(), after)) == 0
