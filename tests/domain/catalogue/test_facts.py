"""A rule is that of its own day, and one that was replaced or not looked at for a year is told."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from ilacs_audit.domain.catalogue.facts import UNKNOWN, Fact, Held, doubtful, to_come
from ilacs_audit.domain.catalogue.limits import BORROWED, NAMES, NONE_IN_FORCE, Limit, Limits
from ilacs_audit.intake.workspace import load_workspace

ROOT = Path(__file__).parents[3]
UNDATED = {"S47-1", "STR-1", "fostering-visit", "fostering-visit-later"}
UNREAD = {"fostering-first"}  # of which the text was not seen
WORKING_TOGETHER = {"ASM-7", "ASM-8", "PLN-9", "REF-2", "assessment", "conference"}
DAY = date(2025, 6, 1)


def told(day, *facts, kind="guidance"):
    return [why for _, why in doubtful([Held("one", fact, kind) for fact in facts], day)]


@pytest.mark.parametrize(
    ("day", "doubted"),
    [("2024-11-30", set()), ("2026-03-17", set()), ("2026-03-18", WORKING_TOGETHER), ("2026-11-30", WORKING_TOGETHER)],
)
def test_the_day_moved_past_18_march_2026_flags_exactly_the_rows_of_working_together(day, doubted):
    found = dict(load_workspace(ROOT).doubts(date.fromisoformat(day)))
    assert {name for name, why in found.items() if why == UNKNOWN} == UNDATED
    assert {name for name, why in found.items() if "not checked against Working Together 2026" in why} == doubted
    assert set(found) == doubted | UNDATED | UNREAD


def test_a_page_of_an_old_day_cites_no_guide_of_a_later_year():
    """The guide of 2023-24 is known to have held on its last day, and not before."""
    work = load_workspace(ROOT)
    assert not {"assessment", "conference", "care-visit"} & set(work.limits.on(date(2010, 3, 24)))
    assert "Working Together 2018" in work.limits.on(date(2024, 3, 30))["conference"].words
    assert "Working Together 2023" in work.limits.on(date(2024, 3, 31))["conference"].words
    found = dict(work.doubts(date(2010, 3, 24)))
    assert found["ASM-7"] == "in force only from 31 March 2024"
    assert found["conference"] == NONE_IN_FORCE


def test_a_council_of_its_own_is_told_which_local_limits_are_still_those_of_the_invented_one(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("returns"))
    assert BORROWED not in dict(load_workspace(tmp_path).doubts(DAY)).values()
    (tmp_path / "data" / "example" / "authority.yml").write_text("name: Rutmere\n", encoding="utf-8")
    told = [name for name, why in load_workspace(tmp_path).doubts(DAY) if why == BORROWED]
    assert told == ["cp-visit", "cin-visit", "strategy-meeting", "escalation", "moderation"]


def test_what_judges_a_register_and_is_not_there_is_told(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("limits.yml", "returns"))
    assert "no limit of time judges any register" in dict(load_workspace(tmp_path).doubts(DAY))["limits.yml"]


def test_the_limits_of_an_old_page_are_those_of_its_own_day_and_the_new_ones_say_that_nobody_read_them():
    limits = load_workspace(ROOT).limits
    old, new = (limits.on(date(2026, 3, day))["conference"] for day in (17, 18))
    assert "Working Together 2023" in old.words
    assert "Working Together 2026, published on 18 March 2026, not checked" in new.words


def test_every_statutory_or_guidance_fact_of_the_example_names_an_edition_or_a_beginning_and_a_day():
    work = load_workspace(ROOT)
    facts = [held for held in (*work.standards.facts, *work.limits.facts) if held.kind in ("statutory", "guidance")]
    assert len(facts) == 18
    assert all(held.fact.edition or held.fact.in_force_from for held in facts)
    assert {held.name for held in facts if held.fact.checked_on is None} == {"assessment", "conference", *UNREAD}


@pytest.mark.parametrize(("checked", "stale"), [(date(2024, 6, 1), False), (date(2024, 5, 31), True)])
def test_a_fact_checked_over_twelve_months_before_the_day_is_told(checked, stale):
    assert bool(told(DAY, Fact(in_force_from=checked, checked_on=checked))) == stale


def test_a_local_rule_need_not_be_checked_and_one_of_statute_must():
    assert told(DAY, Fact(), kind="local") == []
    assert told(DAY, Fact(), kind="statutory") == ["nobody has written when it was checked"]


@pytest.mark.parametrize(("kind", "said"), [("statutory", [UNKNOWN]), ("guidance", [UNKNOWN]), ("local", [])])
def test_a_rule_of_which_nobody_wrote_from_when_it_is_in_force_is_told_but_a_local_one(kind, said):
    assert told(DAY, Fact(checked_on=DAY), kind=kind) == said
    assert told(DAY, Fact(checked_on=DAY, in_force_from=DAY), kind=kind) == []


@pytest.mark.parametrize("kind", ["statutory", "local"])
def test_a_day_of_checking_that_has_not_come_is_told(kind):
    facts = [Held("one", Fact(checked_on=date(2031, 11, 29)), kind)]
    assert dict(to_come(facts, DAY)) == {"one": "checked on 29 November 2031, a day that has not come"}
    assert dict(to_come(facts, date(2031, 11, 29))) == {}


def test_a_rule_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before it begins"):
        Fact(in_force_from=date(2027, 1, 1), in_force_to=date(2026, 3, 17))
    assert Fact(in_force_from=DAY, in_force_to=DAY).in_force(DAY)


@pytest.mark.parametrize("name", sorted({*NAMES} - {"strategy-meeting"}))
def test_a_limit_of_hours_for_a_register_of_days_is_refused(name):
    with pytest.raises(ValueError, match="holds days and no hours"):
        limit(name, unit="hours")
    assert limit("strategy-meeting", unit="hours").length == "10 hours"


def test_a_rule_gives_way_to_the_one_after_it_and_one_without_a_successor_is_told():
    old = Fact(in_force_from=date(2024, 1, 1), in_force_to=date(2025, 1, 31), checked_on=DAY)
    assert told(DAY, old, Fact(in_force_from=date(2025, 2, 1), checked_on=DAY)) == []
    assert told(DAY, old, Fact(in_force_from=date(2025, 7, 1), checked_on=DAY)) == ["in force until 31 January 2025"]


def test_working_days_after_the_last_bank_holiday_that_is_known_are_told():
    assert "bank_holidays.csv" in dict(load_workspace(ROOT).doubts(date(2029, 1, 2)))


def limit(name, *, unit="working days", **dates):
    told = {"title": "A visit", "clock": "the visit before", "status": "local", "source": "Ours"}
    return Limit(name, at_most=10, unit=unit, **told, **dates)


EVERY = [limit(name) for name in NAMES]


@pytest.mark.parametrize(
    ("limits", "told_of"),
    [
        (EVERY, {}),
        (EVERY[1:], {"cp-visit": "no limit of this name is in force, so nothing is judged by it"}),
        ([*EVERY, limit("cpvisit")], {"cpvisit": "no page judges by a limit of this name"}),
        (
            [*EVERY, limit("cp-visit")],
            {"cp-visit": "two of this name are in force together, and the later one is used"},
        ),
        (
            [*EVERY, limit("cp-visit", in_force_from=date(2026, 1, 1))],
            {"cp-visit": "two of this name are in force together from 1 January 2026, and the later one is used"},
        ),
        (
            [
                *EVERY[1:],
                limit("cp-visit", in_force_to=date(2025, 12, 31)),
                limit("cp-visit", in_force_from=date(2026, 1, 1)),
            ],
            {},  # one after the other is no contradiction
        ),
    ],
)
def test_a_limit_that_is_missing_misspelt_or_contradicts_another_is_told(limits, told_of):
    assert dict(Limits(tuple(limits)).doubts(DAY)) == told_of


def test_of_two_limits_in_force_together_the_one_that_began_later_judges_wherever_it_stands():
    new = limit("cp-visit", in_force_from=date(2025, 1, 1))
    for both in ((*EVERY, new), (new, *EVERY)):
        assert Limits(both).on(DAY)["cp-visit"] == new
        assert Limits(both).on(date(2024, 12, 31))["cp-visit"] != new
