"""A page narrows to one standard or team by what it already holds."""

import re

from ilacs_audit.display.page.filters import filters
from ilacs_audit.display.tables.cells import mark_of
from tests.display import demo


def made(*records):
    return filters(demo.released([*records]), standards=demo.standards())


def test_each_standard_and_team_that_was_released_can_be_chosen():
    html = made(*demo.compliance_records(), *demo.team_records()).html
    words = re.findall(r"<option[^>]*>([^<]*)</option>", html)
    assert words[0] == "Every standard"
    assert any(each.startswith("C1: ") for each in words)
    assert "Every team" in words
    assert html.count("selected") == 2


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
    assert "display:none} 0" not in filters(demo.released(rows)).data["css"]


def test_one_standard_and_no_team_need_no_box():
    (first, *_) = demo.compliance_records()
    assert made(first).html == ""


def test_marks_differ_between_words_and_stay_the_same():
    assert mark_of("PLN-1") == mark_of("PLN-1")
    assert len({mark_of(f"PLN-{n}") for n in range(1000)}) == 1000
