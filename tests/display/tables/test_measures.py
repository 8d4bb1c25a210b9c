import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import ilacs_audit as ia
from tests.display import demo

NUMBERS = some.integers(min_value=1001, max_value=9999)


class Words(HTMLParser):
    """What a reader or a screen reader can meet: text, and the attributes that speak."""

    def __init__(self):
        super().__init__()
        self.said = []

    def handle_data(self, data):
        self.said.append(data)

    def handle_starttag(self, tag, attrs):
        self.said += [value or "" for name, value in attrs if name in ("aria-label", "title", "alt", "data-l")]


def said(fragment):
    words = Words()
    words.feed(fragment.html)
    return re.sub(r"\s+", " ", " ".join(words.said))


def rows_of(html):
    return [
        [re.sub(r"<[^>]+>|\s+", " ", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.S)
    ]


def table(**changes):
    first, *_ = demo.compliance_records()
    return ia.measures_table(demo.released([{**first, **changes}]), standards=demo.standards())


def test_the_weakest_standard_comes_first_within_each_verdict():
    made = ia.measures_table(demo.released(demo.compliance_records()), standards=demo.standards())
    codes = re.findall(r'<span class="ia-code">(\w+)</span>', made.html)
    assert codes == ["C5", "C7", "C1", "C2", "C3", "C4", "C6"]


def test_the_heading_gives_one_message():
    made = ia.measures_table(demo.released(demo.compliance_records()))
    assert "<h2>Three of seven standards fall short of the target</h2>" in made.html
    assert made.data["verdicts"] == {"not met": 3, "cannot tell": 2, "met": 2}


@pytest.mark.parametrize(("failed", "said"), [(1, "a critical one was failed"), (2, "two critical ones were failed")])
def test_a_heading_counts_the_critical_standards_that_were_failed(failed, said):
    read = {"measure": "compliance", "numerator": 28, "denominator": 30, "value": 28 / 30}
    unsure = [{**read, "standard_id": f"C{each}", "verdict": word} for each, word in enumerate(["cannot tell", ""])]
    gone = [
        {"measure": "critical_failure", "standard_id": f"C{each}", "numerator": 2, "denominator": 30}
        for each in range(failed)
    ]
    heading = re.search("<h2>([^<]*)</h2>", ia.measures_table(demo.released([*unsure, *gone])).html)[1]
    assert heading == f"We cannot tell yet whether any standard is met, and {said}"


def test_ranges_are_in_whole_children_where_all_can_be_and_in_percent_where_one_cannot():
    text = said(ia.measures_table(demo.released(demo.compliance_records())))
    assert "58% to 81%" in text and "19% to 59%" in text
    assert "children" not in text
    (whole, *_) = demo.compliance_records()
    assert "56 to 78 of 96 children" in said(ia.measures_table(demo.released([whole])))


def test_files_chosen_by_the_auditor_are_counts_with_the_reason_and_no_mark():
    made = table(
        selection="auditor_choice", lower=None, upper=None, method="count", verdict="", reason="Not by chance."
    )
    text = said(made)
    assert (
        "Counts of what was read, chosen by the auditor; they cannot speak for all." in text
        and "Likely range" not in text
    )
    assert "No verdict" in text
    assert "<line" not in made.html
    assert "71%" not in text


def test_a_low_base_shows_its_counts_and_nothing_made_of_them():
    made = table(status="low_base", numerator=3, denominator=7)
    assert "3 of 7" in said(made)
    assert "too few files" in said(made)
    assert "71%" not in said(made)
    assert "ia-mark" not in made.html


def test_a_hidden_row_says_c_and_the_sentence_above_says_what_that_means():
    made = table(status="suppressed")
    assert "[c] = confidential" in made.html
    assert "ia-mark" not in made.html
    assert "27" not in said(made)
    assert made.html.index("[c] = confidential") < made.html.index("<table")


def test_no_shorthand_is_explained_where_none_is_used():
    assert "shorthand" not in table().html


def test_ties_stand_side_by_side_with_the_same_mark():
    first, second, *_ = demo.compliance_records()
    tied = {**second, "standard_id": "C2", **{name: first[name] for name in ("value", "lower", "upper", "verdict")}}
    made = ia.measures_table(demo.released([first, tied]))
    marks = re.findall(r'<line x1="([\d.]+)%" x2="([\d.]+)%" y1="15" y2="15"', made.html)
    assert marks[0] == marks[1]


def test_a_whole_list_has_a_dot_without_a_band():
    made = table(method="whole list", selection="census", lower=None, upper=None, verdict="met", population=38)
    assert "The whole list was read" in said(made)
    assert "-band" not in made.html
    assert "<circle" in made.html


@pytest.mark.parametrize("files", [67, 96, 1161])
def test_no_row_says_how_many_files_would_tell(files):
    assert "would tell" not in said(table(verdict="cannot tell", files_to_tell=files))


def test_a_table_of_nothing_but_too_few_files_says_so_in_its_heading():
    assert "38 files are too few to judge any standard" in said(table(verdict="cannot tell"))
    turned = said(table(verdict="cannot tell", would_turn=2, missing=3, target=0.9, lower_read=0.5, upper_read=0.8))
    assert "We cannot tell yet whether any standard is met" in turned


def test_where_nothing_was_read_the_heading_says_so():
    assert "Nothing was read on which a standard could be judged" in said(
        ia.measures_table(demo.released(demo.compliance_records()).iloc[:0])
    )


def test_rounded_counts_say_so():
    made = ia.measures_table(demo.released(demo.compliance_records(), audience="public", status="rounded"))
    assert "rounded to the nearest 5" in made.html


def test_a_change_is_told_with_both_counts_and_its_range():
    made = ia.comparison_table(demo.released(demo.change_records()), standards=demo.standards())
    text = said(made)
    assert "September 2024 8 of 19" in text
    assert "+29 likely +2 to +51" in text
    assert (
        "From 8 of 19 in September 2024 to 27 of 38. +29 points, likely between +2 and +51. Cannot tell." in made.html
    )
    assert "One of three standards is better" in text
    assert made.data["changes"]["not comparable"] == 1


def test_a_map_has_words_in_every_cell():
    records = [row for row in demo.team_records()][:-1]
    made = ia.heat_map(demo.released(records), caption="Standards by team")
    text = said(made)
    assert all(words in text for words in ("4 of 11 Not met", "too few to compare", "[c]", "not audited"))


def test_problems_are_counted_by_rule_and_never_quoted():
    problems = pd.DataFrame({"rule": ["R1", "R1"], "severity": ["error"] * 2, "value": ["SECRET"] * 2, "row": [44, 45]})
    made = ia.problems_table(problems)
    assert "SECRET" not in made.html
    assert "44" not in made.html
    assert ["R1", "error", "2"] in rows_of(made.html)


@pytest.mark.parametrize("page", [demo.sample, demo.everything, demo.index, demo.status])
def test_every_table_has_a_caption_scopes_and_no_empty_heading(page):
    html = page()
    tables = re.findall(r"<table.*?</table>", html, re.S)
    assert len(tables) == html.count("<caption>")
    for each in tables:
        assert re.search(r"<caption>\S", each)
        headings = re.findall(r"<th ([^>]*)>(.*?)</th>", each, re.S)
        assert all("scope=" in attributes and re.sub(r"<[^>]+>", "", text).strip() for attributes, text in headings)
        assert not re.search(r"<td[^>]*>\s*</td>", each)
        widths = {len(row) for row in rows_of(each)}
        assert len(widths) == 1


@settings(max_examples=40, deadline=None)
@given(some.lists(NUMBERS, min_size=9, max_size=9, unique=True), some.sampled_from(["suppressed", "secondary"]))
def test_no_digit_of_a_hidden_row_leaves_display(numbers, status):
    """Even where a hidden row still carries numbers, no fragment prints one but the base that the gate let stand."""
    names = ("numerator", "missing", "population", "files_to_tell")
    shares = ("value", "lower", "upper", "centre")
    hidden = {
        **dict(zip(names, numbers[:4], strict=True)),
        **{name: number / 10_000 for name, number in zip(shares[:4], numbers[4:8], strict=True)},
        "denominator": 30,
        "target": 0.5,
        "note": f"{numbers[8]} of {numbers[8]} in May 2024",
        "reason": f"About {numbers[8]}.",
        "status": status,
        "period": "",
        "verdict": "met",
    }
    kinds = ("compliance", "change", "over_time", "group_comparison", "grade", "returned", "moderated", "set_aside")
    frame = demo.released({**hidden, "measure": kind, "standard_id": "S", "level": "good"} for kind in kinds)
    flow = demo.released([{**hidden, "measure": "moderation_flow", "level": "good x good"}])
    made = [
        ia.measures_table(frame),
        ia.comparison_table(frame),
        ia.heat_map(frame, caption="Map"),
        ia.interval_plot(frame, caption="Groups"),
        ia.funnel_plot(frame),
        ia.spc_chart(frame),
        ia.grade_bar(frame, caption="Grades"),
        ia.flow_plot(flow),
        ia.trust_box(frame),
        ia.evidence_table(frame, caption="Evidence"),
        ia.provenance(frame, method=[]),
    ]
    for each in made:
        found = set(re.findall(r"\d+", said(each)))
        assert not found & {str(number) for number in numbers}, each.kind
        assert not any(str(number) in str(each.data) for number in numbers), each.kind
        percents = {str(round(number / 100)) for number in numbers[4:8]} - {"0", "50", "95", "100"}
        assert not found & percents, each.kind


def test_where_no_team_is_named_the_page_says_why_it_shows_none():
    for records in ([{**each, "level": ""} for each in list(demo.team_records())[:1]], []):
        made = ia.heat_map(demo.released(records), caption="Standards by team")
        assert said(made).strip() == "Nothing can be shown by team: what was read names none."


def test_an_earlier_count_that_was_rounded_away_is_not_called_unread():
    about = {"measure": "change", "standard_id": "C1", "group": "all", "level": "all", "period": "2024-11"}
    frame = demo.released([{**about, "numerator": 15, "denominator": 15, "status": "rounded", "audience": "public"}])
    made = ia.comparison_table(frame).html
    assert "This table does not show the counts of the earlier round." in made
    assert "not read" not in made


def of_a_census(**changes):
    read = {
        "method": "whole list",
        "lower": None,
        "upper": None,
        "confidence": None,
        "population": 38,
        "verdict": "not met",
    }
    records = [{**each, **read, **changes} for each in list(demo.compliance_records())[:2]]
    return ia.measures_table(demo.released(records), standards=demo.standards())


def test_where_every_file_on_the_list_was_read_nothing_speaks_of_a_range():
    shown, few = said(of_a_census()), said(of_a_census(value=None, status="low_base"))
    hidden = said(of_a_census(numerator=None, denominator=None, value=None, status="suppressed"))
    assert "range" not in " ".join((shown, few, hidden)).lower()
    assert "too few files" not in shown
    assert "The whole list was read" in shown
    assert "Not met" in shown


def test_where_some_ranges_are_there_the_column_stays():
    records = list(demo.compliance_records())
    records[0] |= {"method": "whole list", "lower": None, "upper": None}
    text = said(ia.measures_table(demo.released(records), standards=demo.standards()))
    assert "Likely range" in text
    assert "every file was read" in text


def test_a_group_that_nobody_wrote_is_not_the_whole_service():
    about = {"measure": "compliance", "standard_id": "C1", "numerator": 23, "denominator": 24}
    nameless = {**about, "group": "team", "level": ""}
    made = ia.evidence_table(demo.released([{**about, "group": "all", "level": "all"}, nameless]), caption="Figures")
    assert [row[1] for row in rows_of(made.html)[1:]] == ["whole service", "team not recorded"]


def test_a_breakdown_that_is_not_shown_is_no_grade():
    dropped = {"measure": "moderated_grade", "group": "grade", "level": "not shown", "status": "suppressed"}
    made = ia.grade_bar(demo.released([*demo.grade_records(), dropped]), caption="Grades")
    assert "not shown" not in said(made).lower()
    assert "not recorded" not in said(made)
