"""A table of a register tells no more by what is missing from it than by what stands in it."""

from datetime import date

import pytest

from ilacs_audit.display.tables.registers import actions_table, aims_table, equity_tables, register_table
from tests import build

STANDARDS = build.standards(build.theme("consent", [build.standard("CON-1")]))


def test_what_was_not_counted_of_a_hidden_level_is_hidden_as_well():
    about = {"group": "plan type", "period": "2024-11"}
    seen = {**about, "measure": "child_seen", "level": "care", "numerator": 20, "denominator": 40}
    alone = {**about, "measure": "child_seen_alone", "level": "care", "numerator": 10, "denominator": 20}
    hidden = {**about, "measure": "child_seen", "level": "child in need", "status": "suppressed"}
    table = register_table(build.released([seen, hidden, alone]), by="plan type").html
    assert "none" not in table
    assert table.count(">[c]<") == 2


@pytest.mark.parametrize(
    ("last", "looks"),
    [
        (
            "1 October 2024",
            ("First look, 11 November 2024", "Second look, 10 March 2025 (booked)"),
        ),  # the programme's own end is later
        ("11 November 2024", ("Second look, 10 March 2025 (booked)", "none")),
        ("10 March 2025", ("no round after it is planned", "none")),
    ],
)
def test_the_first_look_after_a_course_comes_after_its_last_session_in_the_register(last, looks):
    course = {"id": "plans", "title": "Plans course", "on": date(2024, 10, 1), "until": date(2024, 10, 8)}
    course |= {"kind": "training", "standards": ["CON-1"]}
    first = {"title": "First look", "on": date(2024, 11, 11)}
    second = {"title": "Second look", "on": date(2025, 3, 10), "period": "2025-03", "kind": "re_audit"}
    rounds = [
        build.audit("first", interventions=[course], **first),
        build.audit("second", baseline="first", interventions=[course], **second),
    ]
    programme = build.programme(*rounds)
    held = {"group": "course", "measure": "session_days", "level": "Plans course", "numerator": 3, "note": last}
    about = {"programme": programme, "standards": STANDARDS, "as_of": "2024-11-21"}
    found = " ".join(aims_table(build.released([held]), **about).html.split())
    assert all(f">{each}<" in found for each in looks)


GROUP = {"measure": "group_met", "group": "disability", "level": "disabled", "numerator": 9, "denominator": 14}
ASKED = build.standards(build.theme("consent", [build.standard("CON-1", "We asked first.")]))


def groups_shown(*records):
    told = [{**GROUP, "standard_id": "CON-1", "reason": "41 of 66", **each} for each in records]
    return "".join(each.html for each in equity_tables(build.released(told), standards=ASKED).pieces)


def test_a_group_stands_beside_all_others_with_what_can_be_said():
    text = groups_shown({"verdict": "too few to say"})
    assert "Disability: of 1 comparison none stands out from luck" in text
    for each in ("Disabled children: We asked first.", "9 of 14", "41 of 66", "Too few to say that they differ"):
        assert each in text


def test_a_group_that_stands_out_is_in_the_heading():
    assert "Disability: of 2 comparisons 1 stands out" in groups_shown(
        {"verdict": "different"}, {"verdict": "no worthwhile difference", "level": "other"}
    )


def test_nothing_is_shown_where_no_group_is_told():
    assert groups_shown() == ""


def test_actions_stand_by_standard_and_in_the_internal_edition_by_code_with_what_is_known_of_them():
    paper = {"measure": "action_paper", "numerator": 1, "note": "Not met in: Consent audit"}
    rows = [
        {**paper, "group": "standard closed on paper", "level": "Asked (CON-1)", "denominator": 2, "value": 0.5},
        {**paper, "group": "action", "level": "ACT-7", "standard_id": "CON-1", "note": "Closed on 1 October 2024"},
    ]
    told = [
        " ".join(str(actions_table(build.released(rows), by=by).__html__()).split()) for by in ("standard", "action")
    ]
    assert (
        ["Asked (CON-1)" in each for each in told]
        == [True, False]
        == ["Not met in: Consent audit" in each for each in told]
    )
    assert ["ACT-7" in each for each in told] == [False, True] == ["Closed on 1 October 2024" in each for each in told]
