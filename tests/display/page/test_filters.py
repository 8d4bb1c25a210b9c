"""A page narrows to one standard or team by what it already holds."""

import re
from html import unescape

import pytest

from ilacs_audit.display.page.filters import filters
from ilacs_audit.display.tables.cells import mark_of
from ilacs_audit.domain.errors import UsageError
from tests.display import demo


def made(*records, by="standard"):
    return filters(demo.released([*records]), standards=demo.standards(), by=by)


def test_each_standard_and_team_that_was_released_can_be_chosen():
    everything = (*demo.compliance_records(), *demo.team_records())
    for by, first, second in (
        ("standard", "Every standard", "C1: "),
        ("team", "The whole service", "Assessment North"),
    ):
        html = made(*everything, by=by).html
        words = re.findall(r"<option[^>]*>([^<]*)</option>", html)
        assert words[0] == first
        assert words[1].startswith(second)
        assert html.count("selected") == 1


def parts(html):
    """Each team's own part by the mark of its choice."""
    return dict(re.findall(r'<div class="ia-of-team" data-team="(k\w+)">(.*?)</div>', unescape(html), re.DOTALL))


def test_a_team_that_is_chosen_brings_its_own_heading_chart_table_and_notes():
    teams = [*demo.team_records()]
    shown = parts(made(*demo.compliance_records(), *teams, by="team").html)
    assert set(shown) == {mark_of(row["level"]) for row in teams}
    for row in teams:
        own = shown[mark_of(row["level"])]
        heading = re.search(r"<h2>([^<]*)</h2>", own)[1]
        assert row["level"] in heading
        assert f"<caption>{row['level']}: standards by verdict" in own
        assert row["status"] != "shown" or f"{row['numerator']} of {row['denominator']}" in own
        others = {each["level"] for each in teams} - {row["level"]}
        assert not any(name in own for name in others)


@pytest.mark.parametrize("status", ["low_base", "suppressed"])
def test_of_a_team_of_which_nothing_can_be_judged_a_reader_sees_too_few_and_no_number(status):
    few = [{**row, "status": status} for row in demo.team_records() if row["level"] == "Assessment South"]
    rest = [row for row in demo.team_records() if row["level"] != "Assessment South"]
    own = parts(made(*few, *rest, by="team").html)[mark_of("Assessment South")]
    assert "<h2>Assessment South: too few</h2>" in own
    assert "<table" not in own
    assert not re.search(r"\d", own.replace("h2", ""))
    every = [{**row, "status": status} for row in demo.team_records()]
    assert made(*every, by="team").html == ""


def test_a_standard_of_which_too_few_files_of_a_team_were_read_has_no_verdict():
    one = next(demo.team_records())
    few = {**one, "standard_id": "C2", "numerator": 1, "denominator": 6, "verdict": "not met", "status": "low_base"}
    other = next(row for row in demo.team_records() if row["level"] != one["level"])
    own = parts(made(one, few, other, by="team").html)[mark_of(one["level"])]
    row = own[own.index('<span class="ia-code">C2') :]
    assert "too few" in row
    assert "No verdict" in row
    assert "Not met" not in row.partition("</tr>")[0]


def test_a_box_says_what_it_changes_and_other_words_are_refused():
    html = made(*demo.team_records(), by="team").html
    assert "Show one team in this table" in html
    assert "still speak of every team" in html
    with pytest.raises(UsageError, match="does not narrow by"):
        made(by="agency")


def test_every_option_has_one_rule_and_every_rule_hides_only_what_is_marked_otherwise():
    fragment = made(*demo.compliance_records(), *demo.team_records())
    marks = set(re.findall(r'<option value="(k\w+)"', fragment.html))
    rules = fragment.data["css"].strip().split("\n")
    assert len(rules) == len(marks)
    for rule in rules:
        (chosen, kept) = re.findall(r'"(k[0-9a-f]{8})"', rule)
        assert '[data-standard]:not([data-standard~="' in rule
        assert chosen == kept in marks


def test_a_name_that_carries_a_style_cannot_leave_its_attribute():
    rows = [{**row, "level": f'A"]{{}}body{{display:none}} {n}'} for n, row in enumerate(demo.team_records())]
    assert "display:none} 0" not in filters(demo.released(rows), by="team").data["css"]


def test_one_standard_and_no_team_need_no_box():
    (first, *_) = demo.compliance_records()
    assert made(first).html == ""


def test_marks_differ_between_words_and_stay_the_same():
    assert mark_of("PLN-1") == mark_of("PLN-1")
    assert len({mark_of(f"PLN-{n}") for n in range(1000)}) == 1000
