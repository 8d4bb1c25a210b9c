import re

import pytest

from ilacs_audit.claims.change.chance import FalseFlags
from ilacs_audit.display.charts.impacts import impact_table
from ilacs_audit.display.tables.cells import PageTable
from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.domain.measures import measures
from tests.display import demo

BOOKED = "A re-audit of 30 is booked for 10 February 2025."
DATED = "There is no baseline. It will be measurable on 10 February 2025."


def status(standard, code, *, reason="", rule="", **more):
    return {
        "measure": "impact",
        "theme": "consent",
        "standard_id": standard,
        "numerator": 27,
        "denominator": 38,
        "method": "rule",
        "verdict": code,
        "rule": rule or code,
        "reason": reason,
        **more,
    }


def made(*records, **more):
    return impact_table(demo.released(records), standards=demo.standards(), **more)


def said(fragment):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", fragment.html))


def codes(fragment):
    return re.findall(r'<span class="ia-code">([\w-]+)</span>', fragment.html)


def heading(fragment):
    return re.search(r"<h2>(.*?)</h2>", fragment.html)[1]


def test_the_least_evidence_comes_first_and_what_has_lasted_comes_last():
    order = ("I5", "I2", "I0", "I4", "I6", "I1", "I3")
    found = made(*(status(f"C{place}", code) for place, code in enumerate(order, start=1)))
    assert codes(found) == ["C3", "C6", "C2", "C5", "C7", "C4", "C1"]


def test_standards_of_one_status_stand_in_the_order_in_which_people_count():
    assert codes(impact_table(demo.released([status("C10", "I2"), status("C2", "I2")]), standards=None)) == []
    text = said(impact_table(demo.released([status("C10", "I2"), status("C2", "I2")])))
    assert text.index("C2") < text.index("C10")


def test_every_status_stands_with_its_words_and_its_reason_and_no_code():
    text = said(made(status("C1", "I4", reason="The change is better."), status("C2", "I0", reason=DATED)))
    for words in ("Improving", "The change is better.", "Too early to measure", DATED):
        assert words in text
    assert not re.search(r"Rule|\bI\d", text)


def test_a_reason_that_all_standards_share_is_said_once():
    assert said(made(status("C1", "I1", reason=BOOKED), status("C2", "I1", reason=BOOKED))).count(BOOKED) == 1


def test_a_reason_of_one_standard_stands_in_its_own_row():
    text = said(made(status("C1", "I1", reason=BOOKED)))
    assert text.index("Compared next time") < text.index(BOOKED)


def test_stale_evidence_says_so_and_why_and_prints_no_code_for_it():
    text = said(made(status("C1", "I1", rule="I?", reason="The evidence is old.")))
    assert "Compared next time old evidence" in text
    assert "I?" not in text and "I1" not in text
    assert "The evidence is old." in text


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        (("I4", "I2", "I2"), "One of three standards is improving and on two we cannot tell"),
        (("I6", "I4", "I4"), "One of three standards is worsening and two are improving"),
        (("I2", "I2"), "We cannot tell yet whether anything has changed"),
        (("I0", "I0"), "We cannot measure yet whether anything has changed"),
        (("I1", "I1"), "All two standards can only be compared next time"),
        (("I0",), "We cannot measure yet whether anything has changed"),
    ],
)
def test_the_heading_tells_what_moved_before_what_is_not_known(statuses, words):
    assert heading(made(*(status(f"C{n}", code) for n, code in enumerate(statuses, start=1)))) == words


def test_the_heading_names_what_was_done_where_it_was_one_thing():
    done = {"measure": "reach", "group": "intervention", "level": "t", "note": "Plans training", "numerator": 20}
    assert heading(made(status("C1", "I2"), done)) == "We cannot tell yet whether plans training helped"


def test_a_hidden_row_shows_neither_count_nor_status():
    found = made(status("C1", "I4", reason="The change is better.", status="suppressed"), status("C2", "I2"))
    text = said(found)
    assert "[c]" in text
    assert "Improving" not in text
    assert "better" not in text
    assert found.data["impact"] == {"I2": 1}


def test_all_hidden_is_said_and_nothing_is_counted():
    found = made(status("C1", "I4", status="suppressed"))
    assert heading(found) == "Whether it helped is hidden in every standard"
    assert found.data["impact"] == {}


def test_nothing_is_shown_where_nobody_asked_whether_it_helped():
    assert made(*demo.compliance_records()).html == ""


def test_measures_that_have_not_been_released_are_refused():
    with pytest.raises(DisclosureError):
        impact_table(measures([status("C1", "I2")]))


LUCK = FalseFlags(2, 0.1, 0.1)


def test_a_page_that_names_a_status_alone_says_what_its_rule_promises():
    assert "one in twenty may be chance" in said(made(status("C1", "I4")))
    assert "one in twenty may be chance" not in said(made(status("C1", "I2")))


def test_the_table_has_the_class_that_stacks_on_a_phone():
    assert "ia-stack" in made(status("C1", "I2")).html
    assert PageTable("", (), ()).layout == "stack"


def test_what_the_table_of_changes_has_said_is_not_said_again():
    change = {"measure": "change", "standard_id": "C1", "verdict": "cannot tell"}
    same = status("C1", "I2", reason="The change could be luck.")
    assert said(made(change, same)) == ""
    assert "Cannot tell" in said(made(same))
    assert "Compared next time" in said(made(change, same, status("C2", "I1", reason=DATED)))


def test_a_table_that_tells_nothing_beyond_its_heading_is_folded_away_under_it():
    same = made(status("C1", "I0", reason=DATED), status("C2", "I0", reason=DATED))
    assert same.html.index(DATED) < same.html.index("<details>") < same.html.index("<table")
    assert "<details>" in made(status("C1", "I0"), status("C2", "I2")).html
    assert "<details>" not in made(status("C1", "I0"), status("C2", "I4")).html


def test_a_reason_that_all_share_stands_over_the_table_and_no_row_points_to_it():
    html = made(status("C1", "I4", reason=DATED), status("C2", "I2", reason=DATED)).html
    assert html.count(DATED) == 1 and "above" not in html and ">Why<" not in html
    both = made(status("C1", "I4", reason=DATED), status("C2", "I2", reason=f"{DATED} And more.")).html
    assert both.count(DATED) == 2
    assert "none given" in made(status("C1", "I4", reason=""), status("C2", "I2", reason="")).html
