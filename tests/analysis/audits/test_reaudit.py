from datetime import date

import pytest

import ilacs_audit as ia
from ilacs_audit.analysis.audits.reaudit import reaudit_impact, standing
from ilacs_audit.claims.change.chance import stand_together
from ilacs_audit.domain.measures import rows
from tests import build
from tests.shelf import AUDITS, BEFORE, NOW, OTHER, Shelf, _audit, files, opened
from tests.shelf import answers as told


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


def test_three_returns_that_never_came_widen_the_change_of_a_thematic_audit_and_are_counted(answers):
    row = compare(answers, (9, 20), (12, 17), first=20, intended=20, kind="thematic")
    assert (round(row.lower, 2), round(row.upper, 2)) == (-0.15, 0.54)
    assert (row.missing, row.verdict) == (3, "cannot tell")


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


MORE = [_audit(f"more-{number}-2024-11", 11, baseline=BEFORE, intended=20) for number in range(6)]
MOVED = told(BEFORE, *files(9, 11)), told(NOW, *files(16, 4))


def of(audit, table):
    return table.assign(audit_id=audit.id)


def shelf(*more):
    return Shelf(*MOVED, *more, audits=(*AUDITS, *MORE))


def verdicts(shelf, audit=NOW):
    return set(ia.reaudit_impact(opened(shelf, audit))["verdict"])


def test_a_change_that_stands_alone_does_not_stand_among_audits_that_did_not_move():
    assert verdicts(shelf()) == {"better"}
    still = [of(each, told(NOW, *files(9, 11))) for each in MORE]
    assert verdicts(shelf(*still)) == {"cannot tell"}
    assert set(ia.reaudit_impact(opened(shelf(*still)))["rule"]) == {"C5"}


def test_a_change_that_does_not_stand_alone_may_stand_where_much_truly_moved():
    still, great = told(NOW, *files(9, 11)), told(NOW, *files(20, 0))
    assert verdicts(shelf(*(of(each, still) for each in MORE))) == {"cannot tell"}
    assert verdicts(shelf(*(of(each, great) for each in MORE))) == {"better"}


def test_every_page_of_the_month_takes_over_the_same_judgement():
    still = [of(each, told(NOW, *files(9 + place, 11 - place))) for place, each in enumerate(MORE)]
    month = shelf(*still)
    changes = {each.id: ia.reaudit_impact(opened(month, each.id)) for each in (*MORE, *AUDITS) if each.baseline}
    helped = {each: ia.thematic(opened(month, each))[1] for each in changes if each in (NOW, MORE[0].id)}
    for audit, found in helped.items():
        named = set(changes[audit].loc[changes[audit]["verdict"] == "better", "standard_id"])
        assert named >= set(found.loc[found["verdict"] == "I4", "standard_id"])
    assert ia.reaudit(opened(month))[1]["verdict"].tolist() == changes[NOW]["verdict"].tolist()
    assert ia.dip_sample(opened(month))[1]["verdict"].tolist() == changes[NOW]["verdict"].tolist()


def test_an_audit_of_another_month_and_one_without_a_round_before_are_no_part_of_it():
    other = told(OTHER, *files(9, 11))
    assert verdicts(shelf(other)) == {"better"}


def test_an_audit_that_cannot_be_counted_does_not_take_the_others_with_it():
    broken = shelf(of(MORE[0], told(NOW, *files(9, 11))).assign(answer=None, child_ref=None))
    assert verdicts(broken) == {"better"}


def test_what_a_page_takes_from_other_audits_is_asked_as_one_question():
    month = shelf()
    work = opened(month)
    ia.reaudit_impact(work)
    about = {name for question, (name, *_) in ((q, a or ("",)) for q, a in month.asked) if question == "answers"}
    assert about == {NOW, BEFORE}
    assert ("together", (NOW,)) in month.asked
    assert list(standing(work)) == [True, True]


@pytest.mark.parametrize("chances", [[], [0.5], [0.04, 1.0, 0.2], [0.001] * 4])
def test_a_judgement_does_not_depend_on_which_page_asks(chances):
    whole = stand_together(chances)
    for place in range(len(chances)):
        rest = chances[:place] + chances[place + 1 :]
        assert stand_together(chances[place : place + 1], rest) == [whole[place]]
