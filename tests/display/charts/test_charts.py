import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest

import ilacs_audit as ia
from ilacs_audit.display.charts.drawing import LANE, LINE, tick_names
from ilacs_audit.display.charts.grades import ALONE
from ilacs_audit.display.charts.lanes import Done, bands
from ilacs_audit.domain.errors import UsageError
from tests.display import demo

CHARTS = {
    "before_after_plot": lambda: demo._rounds("board"),
    "flow_plot": lambda: ia.flow_plot(demo.released(demo.flow_records())),
    "spc_chart": lambda: ia.spc_chart(demo.released(demo.month_records())),
    "funnel_plot": lambda: ia.funnel_plot(demo.released(demo.group_records())),
}


def drawing(fragment):
    whole = re.search(r'(<svg class="ia-plot".*)<figcaption>', fragment.html, re.S)
    return ET.fromstring(whole[1])


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_a_figure_with_a_text_alternative_a_caption_and_its_figures(name):
    made = CHARTS[name]()
    figure = re.search(r"<figure.*?</figure>", made.html, re.S)[0]
    assert re.search(r'role="img" aria-label="[^"]{20,}"', figure)
    assert "<figcaption>" in figure
    folded = "<summary>The figures in this chart</summary>" in made.html
    assert "<table" in made.html
    assert folded or name == "flow_plot", "A table of both readers' grades stands open beside its picture."
    assert made.kind == name


@pytest.mark.parametrize("name", CHARTS)
def test_everything_drawn_lies_on_the_paper(name):
    svg = drawing(CHARTS[name]())
    height = float(svg.attrib["height"])
    for each in svg.iter():
        for key in ("y", "y1", "y2"):
            assert -12 <= float(each.attrib.get(key, 0)) <= height + 2
        for key in ("x", "x1", "x2"):
            value = each.attrib.get(key, "0")
            assert not value.endswith("%") or 0 <= float(value[:-1]) <= 100


def test_the_alternative_text_tells_the_finding():
    made = demo._rounds("board")
    label = re.search(r'ia-plot"[^>]* aria-label="([^"]*)"', made.html)[1]
    assert label == (
        "September 2024: 8 of 19, 23% to 64%. November 2024: 27 of 38, 55% to 83%. "
        "What was done: Workshops, 11 to 13 September 2024; "
        "One-to-one support, 16 September to 25 October 2024. "
        "Cannot tell. The change is +29 points, likely between +2 and +51."
    )


def test_a_person_may_write_the_alternative_text():
    made = ia.funnel_plot(demo.released(demo.group_records()), alt="Teams lie close together.")
    assert 'aria-label="Teams lie close together."' in made.html


def test_rounds_are_placed_by_date_and_by_share():
    svg = drawing(demo._rounds("board"))
    points = [each for each in svg if each.tag == "svg" and each.attrib.get("overflow") == "visible"]
    (first, second) = ((float(p.attrib["x"][:-1]), float(p.attrib["y"])) for p in points)
    assert first[0] < second[0]
    assert first[1] > second[1]
    assert first[1] == pytest.approx(208 - 180 * 8 / 19, abs=0.1)


def test_work_that_ran_past_the_reading_is_drawn_to_its_real_end():
    before, now = demo.programme()
    audits = (before, replace(now, interventions=(replace(now.interventions[1], until=date(2025, 1, 24)),)))
    svg = drawing(ia.before_after_plot(demo.released(demo.round_records()), standard_id="C1", audits=audits))
    last = max(float(each.attrib["x"][:-1]) for each in svg if each.attrib.get("overflow") == "visible")
    ends = [float(each.attrib["x"][:-1]) + float(each.attrib["width"][:-1]) for each in svg if each.tag == "rect"]
    assert max(ends) > last + 10


def test_a_series_without_limits_draws_none():
    words = " ".join(ia.spc_chart(demo.released(demo.month_records(limited=False))).html.split())
    assert "Upper limit" not in words
    assert "stroke-dasharray" not in words
    assert "5 rounds are too few" in words


def test_what_was_done_lies_in_lanes_under_the_months_it_was_meant_to_move():
    months = [{**row, "period": f"2024-{9 + place:02d}"} for place, row in enumerate(demo.month_records(limited=False))]
    made = ia.spc_chart(demo.released(months[:3]), audits=tuple(demo.programme()))
    assert "Workshops" in made.html
    assert "Re-audit, 18 Nov 2024" in made.html


def test_lines_are_broken_where_limits_restart():
    plain = list(demo.month_records())
    again = [{**row, "note": "Limits restarted at June 2024."} if n > 6 else row for n, row in enumerate(plain)]
    whole, parted = (ia.spc_chart(demo.released(each)).html.count("<polyline") for each in (plain, again))
    assert parted == whole + 3


def test_an_intervention_before_the_first_round_lies_before_it():
    early, later = demo.programme()
    done = replace(later.interventions[0], on=date(2024, 7, 1), until=date(2024, 7, 20))
    audits = (early, replace(later, interventions=(done,)))
    svg = drawing(ia.before_after_plot(demo.released(demo.round_records()), standard_id="C1", audits=audits))
    first = next(each for each in svg if each.tag == "svg" and each.attrib.get("overflow") == "visible")
    band = next(each for each in svg if each.tag == "rect")
    assert float(band.attrib["x"][:-1]) + float(band.attrib["width"][:-1]) < float(first.attrib["x"][:-1])


def test_a_signal_has_a_shape_of_its_own_and_is_named_in_the_heading():
    made = ia.spc_chart(demo.released(demo.month_records()))
    assert "<h2>A signal in October 2024</h2>" in made.html
    assert made.html.count("M0-8L8 6H-8Z") == 1


def test_a_round_without_its_audit_is_refused():
    with pytest.raises(UsageError, match="September 2024"):
        ia.before_after_plot(demo.released(demo.round_records()), standard_id="C1", audits=tuple(demo.programme())[1:])


def test_a_team_below_the_base_has_no_point_in_the_funnel():
    svg = drawing(ia.funnel_plot(demo.released(demo.group_records())))
    points = [each for each in svg if each.tag == "svg" and each.attrib.get("overflow") == "visible"]
    assert len(points) == 10


def test_grades_have_at_most_four_categories_each_named_on_its_bar():
    again = [row for row in demo.grade_records() if row["measure"] == "moderated_grade"]
    first = [{**row, "measure": "grade"} for row in again]
    made = ia.grade_bar(demo.released([*first, *again]), caption="Grades")
    assert made.html.count('scope="row"') == 4
    assert 'aria-label="Moderators: 6 of 10."' in made.html


def test_grades_of_other_files_are_not_drawn_beside_each_other():
    text = ia.grade_bar(demo.released(demo.grade_records()), caption="Grades").html
    assert "Auditors: 18 of 38." in text
    assert "Moderators:" not in text
    assert ALONE in text
    moved = [{"measure": name, "numerator": n, "denominator": 10} for name, n in (("marked_down", 4), ("marked_up", 0))]
    told = ia.grade_bar(demo.released([*demo.grade_records(), *moved]), caption="Grades").html
    assert "4 of 10 grades marked down, 0 of 10 marked up: moderators read these again." in told


def test_moderators_whose_grades_are_all_hidden_have_no_bars_and_are_told_of_once():
    hide = {"numerator": None, "denominator": None, "value": None, "status": "suppressed"}
    rows = [{**row, **hide} if row["measure"] == "moderated_grade" else row for row in demo.grade_records()]
    text = ia.grade_bar(demo.released(rows), caption="Grades").html
    assert "How auditors graded the files<" in text
    assert "Moderators: [c]" not in text
    assert text.count("Moderators' grades are too few to show.".replace("'", "&#39;")) == 1


@pytest.mark.parametrize("page", [demo.sample, demo.everything, demo.index, demo.status])
def test_the_same_input_gives_the_same_bytes(page):
    assert page() == page()


def test_two_dates_close_together_lean_apart():
    near, far = tick_names([70, 93], ["7 Oct 2024", "18 Nov 2024"]), tick_names([13, 93], ["1 May", "1 Nov"])
    assert [each.anchor for each in near] == ["end", "start"]
    assert [(each.anchor, each.x) for each in far] == [("middle", 13), ("middle", 93)]


def test_a_long_name_under_a_drawing_is_broken_into_lines_and_the_next_lane_gives_way():
    long = Done(
        date(2024, 11, 4), date(2024, 11, 15), "File review of every case of five workers, with a daily tracker"
    )
    first, second = bands([long, long], lambda day: 60.0)
    assert " ".join(first.lines) == long.title
    assert max(map(len, first.lines)) <= 26
    assert second.lane - first.lane == LANE + LINE * (len(first.lines) - 1)
