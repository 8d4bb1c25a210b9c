"""What the catalogue says: nine themes, twelve areas, a programme whose designs differ."""

import csv
from datetime import date
from math import ceil
from pathlib import Path

import pytest

from ilacs_audit.domain.programme import AUDIT_KINDS
from ilacs_audit.intake.catalogue import (
    load_bank_holidays,
    load_plan,
    load_programme,
    load_standards,
    misfits,
)
from ilacs_audit.intake.tables.columns import Recogniser, Target, load_columns
from ilacs_audit.stats.intervals import hypergeometric_interval, wilson_interval
from tests import build
from tests.northmere.truth.truth import TRUTH

DATA = Path(__file__).parents[2] / "data"
STANDARDS = load_standards(DATA / "standards")
PLAN = load_plan(DATA / "plan.yml")
PROGRAMME = load_programme(DATA / "programme.yml")
NOVEMBER = [audit for audit in PROGRAMME if str(audit.period) == "2024-11"]
THEMES = {
    "consent",
    "plans",
    "assessments",
    "visits",
    "supervision",
    "strategy_meetings",
    "s47",
    "recording",
    "referrals",
}


def test_standards_plan_and_programme_fit_together():
    assert not list(misfits(STANDARDS, PLAN, PROGRAMME))


def test_a_standard_that_stands_in_two_themes_is_told_once_and_names_the_other():
    twice = build.standards(
        build.theme("consent", [build.standard("CON-1"), build.standard("CON-2")]),
        build.theme("visits", [build.standard("CON-2")]),
    )
    found = list(misfits(twice, PLAN, build.programme()))
    told = "The standard CON-2 stands in the theme consent too."
    assert [(each.file, each.place, each.what) for each in found] == [("visits", ("standards", "CON-2"), told)]


def test_there_are_nine_themes_and_each_has_at_least_six_standards():
    assert {theme.id for theme in STANDARDS.themes} == THEMES
    assert all(len(theme.standards) >= 6 for theme in STANDARDS.themes)


def test_every_question_is_a_question_and_no_two_standards_share_words():
    assert all(theme.question.endswith("?") for theme in STANDARDS.themes)
    texts = [text for standard in STANDARDS for text in (standard.text, standard.plain)]
    assert len(texts) == len(set(texts))


def test_sources_are_one_of_three_kinds_and_only_a_few_claim_more_than_local():
    kinds = {standard.id: standard.source.kind for standard in STANDARDS}
    assert set(kinds.values()) == {"statutory", "guidance", "local"}
    beyond = {standard for standard, kind in kinds.items() if kind != "local"}
    assert beyond == {"PLN-9", "ASM-7", "ASM-8", "STR-1", "S47-1", "REF-2"}


def test_the_24_hours_and_the_visiting_frequency_are_called_local():
    assert STANDARDS["STR-2"].source.kind == STANDARDS["VIS-1"].source.kind == "local"


def test_the_second_edition_of_consent_has_one_new_and_one_reworded_standard():
    assert STANDARDS["CON-5"].version_in(1) is None
    assert STANDARDS["CON-5"].critical
    assert STANDARDS["CON-3"].version_in(1) == 1
    assert STANDARDS["CON-3"].comparable(1) == "partly"


def test_every_theme_has_something_critical_and_supervision_splits_frequency_from_quality():
    critical = {standard.theme for standard in STANDARDS if standard.critical}
    assert critical == THEMES
    assert STANDARDS["SUP-1"].kind == "compliance"
    assert {each.kind for each in STANDARDS.theme("supervision").standards} == {"compliance", "quality"}


def test_a_mark_of_seven_meets_a_section_47_standard_and_six_does_not():
    assert STANDARDS["S47-1"].meets("7")
    assert not STANDARDS["S47-1"].meets("6")


def test_the_plan_has_twelve_areas_and_a2_has_eleven_items():
    assert [area.id for area in PLAN.areas] == [f"A{number}" for number in range(1, 13)]
    assert [item.id for item in PLAN["A2"].items] == [f"A2.{number}" for number in range(1, 12)]


def test_an_activity_that_nobody_stated_stays_empty():
    assert PLAN["A1"].activity == PLAN["A4"].activity == ""


def test_november_has_one_thematic_audit_for_each_of_eight_themes_and_three_dip_samples():
    thematic = [audit.theme for audit in NOVEMBER if audit.kind not in ("dip_sample", "re_audit")]
    assert sorted(thematic) == sorted(THEMES - {"referrals"})
    dips = {audit.id: audit.baseline for audit in NOVEMBER if audit.kind == "dip_sample"}
    assert dips == {
        "consent-2024-11": "consent-2024-09",
        "daat-2024-11": "daat-2024-10",
        "referrals-2024-11": "referrals-2024-10",
    }


def test_the_programme_holds_every_kind_of_audit_and_designs_without_an_interval():
    assert {audit.kind for audit in PROGRAMME} == set(AUDIT_KINDS)
    assert {"risk_led", "auditor_choice", "census", "systematic", "unknown"} <= {each.selection for each in PROGRAMME}
    assert all(audit.population_size for audit in NOVEMBER)


def test_the_consent_chain_names_its_workshops_and_the_next_round():
    audit = PROGRAMME["consent-2024-11"]
    assert audit.chosen_because_worst
    assert [each.id for each in audit.interventions] == ["consent-workshops", "consent-one-to-ones"]
    assert (audit.next_on, audit.next_size) == (date(2025, 1, 20), 45)


def test_a_baseline_without_a_re_audit_carries_the_date_of_one():
    assert PROGRAMME["visits-2024-11"].baseline is None
    assert PROGRAMME["visits-2024-11"].next_on == date(2025, 3, 17)


def test_every_audit_with_returns_has_a_planted_truth_of_its_size():
    for truth in TRUTH.values():
        assert PROGRAMME[truth.audit_id].intended == truth.drawn


def verdict(standard, met, read, population):
    """The rule of section 6 of the methods, by hand."""
    if standard.applies_to == "every file":
        lower, upper = hypergeometric_interval(met, read, population)
        need = ceil(round(float(standard.target) * population, 9))
    else:
        (lower, upper), need = wilson_interval(met, read), float(standard.target)
    return "met" if lower >= need else "not met" if upper < need else "cannot tell"


def test_the_consent_follow_up_comes_to_two_not_met_three_cannot_tell_and_four_met():
    results = TRUTH["consent-2024-11"].results
    found = [verdict(STANDARDS[each], *counts, 88) for each, counts in results.items()]
    assert [found.count(each) for each in ("not met", "cannot tell", "met")] == [2, 3, 4]
    assert verdict(STANDARDS["CON-1"], 12, 17, 88) == "not met"


def test_no_header_is_learnt_for_two_things():
    columns = load_columns(DATA / "columns.yml")
    assert all(len(targets) == 1 for targets in columns.learnt.values())


def test_an_old_wording_is_known_as_the_standard_it_asked():
    recogniser = Recogniser(load_columns(DATA / "columns.yml"), STANDARDS.theme("consent").standards)
    old = "Where consent was refused or withdrawn, can you see persistence and challenge?"
    assert recogniser.target(old) == Target("standard", "CON-3")


@pytest.mark.parametrize(
    ("day", "title"),
    [
        ("2012-06-05", "Diamond Jubilee of Elizabeth II"),
        ("2020-05-08", "May Day"),
        ("2022-09-19", "State Funeral of Queen Elizabeth II"),
        ("2023-05-08", "Coronation of Charles III"),
        ("2027-12-28", "Boxing Day (substitute day)"),
    ],
)
def test_one_off_and_moved_bank_holidays_are_listed(day, title):
    with (DATA / "bank_holidays.csv").open(encoding="utf-8", newline="") as lines:
        listed = {row["date"]: row["title"] for row in csv.DictReader(lines)}
    assert listed[day] == title


def test_bank_holidays_are_weekdays_and_at_least_eight_in_every_year_from_2012_to_2028():
    days = load_bank_holidays(DATA / "bank_holidays.csv")
    assert all(day.weekday() < 5 for day in days)
    years = [day.year for day in days]
    assert {year: years.count(year) >= 8 for year in set(years)} == dict.fromkeys(range(2012, 2029), True)
