"""A page narrows to one standard or team by what it already holds."""

import re

import pytest

from ilacs_audit.display.page.filters import filters
from ilacs_audit.display.tables.cells import mark_of
from ilacs_audit.domain.errors import UsageError
from tests.display import demo


def made(*records, by="standard"):
    return filters(demo.released([*records]), standards=demo.standards(), by=by)


def test_each_standard_and_team_that_was_released_can_be_chosen():
    everything = (*demo.compliance_records(), *demo.team_records())
    for by, first, second in (("standard", "Every standard", "C1: "), ("team", "Every team", "Assessment North")):
        html = made(*everything, by=by).html
        words = re.findall(r"<option[^>]*>([^<]*)</option>", html)
        assert words[0] == first
        assert words[1].startswith(second)
        assert html.count("selected") == 1


def test_a_team_of_which_nothing_can_be_judged_is_no_choice():
    few = [{**row, "status": "low_base"} for row in demo.team_records() if row["level"] == "Assessment South"]
    rest = [row for row in demo.team_records() if row["level"] != "Assessment South"]
    assert "Assessment South" not in made(*few, *rest, by="team").html


def test_a_box_says_what_it_changes_and_other_words_are_refused():
    assert "every table of teams" in made(*demo.team_records(), by="team").html
    with pytest.raises(UsageError, match="does not narrow by"):
        made(by="agency")


def test_every_option_has_one_rule_and_every_rule_hides_only_what_is_marked_otherwise():
    fragment = made(*demo.compliance_records(), *demo.team_records())
    marks = set(re.findall(r'<option value="(k\w+)"', fragment.html))
    rules = fragment.data["css"].strip().split("\n")
    assert len(rules) == len(marks)
    for rule in rules:
        (chosen, kept) = re.findall(r'"(k[0-9a-f]{8})"', rule)
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
