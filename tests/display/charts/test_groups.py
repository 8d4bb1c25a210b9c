import re

import ilacs_audit as ia
from tests.display import demo


def said(fragment):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", fragment.html))


def team(name, met, files, **more):
    (first, *_) = demo.group_records()
    return {**first, "standard_id": "C1", "level": name, "numerator": met, "denominator": files, **more}


def teams(count, *, few=0):
    full = [team(f"Team {n}", 8, 12, value=8 / 12, verdict="within chance") for n in range(count - few)]
    return full + [team(f"Team {9 - n}", 3, 4, value=None, verdict="", status="low_base") for n in range(few)]


def test_a_funnel_needs_four_groups():
    assert ia.funnel_plot(demo.released(teams(3)), standard_id="C1").html == ""
    assert "Team 3" in ia.funnel_plot(demo.released(teams(4)), standard_id="C1").html
    assert ia.funnel_plot(demo.released(teams(5)), standard_id="C1", standards=demo.standards()).kind == "funnel_plot"
    assert "Team 4" in ia.funnel_plot(demo.released(teams(5)), standard_id="C1").html


def test_a_team_with_few_files_counts_among_the_four_and_is_not_drawn():
    assert "3 of 4" in said(ia.funnel_plot(demo.released(teams(4, few=1)), standard_id="C1"))
    assert ia.funnel_plot(demo.released(teams(4, few=2)), standard_id="C1").html == ""


def test_a_hidden_team_takes_the_funnel_with_it_because_the_rest_would_give_it_away():
    hidden = team("Team 9", None, None, value=None, verdict="", status="suppressed")
    assert ia.funnel_plot(demo.released([*teams(6), hidden]), standard_id="C1").html == ""


def test_a_funnel_is_about_one_standard():
    assert ia.funnel_plot(demo.released(teams(5)), standard_id="C2").html == ""
    found = ia.funnel_plot(demo.released(teams(5)), standard_id="C1", standards=demo.standards())
    assert "C1: Informed consent is evidenced before the assessment starts." in said(found)
    assert "It does not mean" in said(found)
