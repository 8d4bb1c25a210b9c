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
    return full + [team(f"Small {n}", 3, 4, value=None, verdict="", status="low_base") for n in range(few)]


def test_a_funnel_is_drawn_from_ten_groups_and_said_in_words_of_fewer():
    assert "ia-plot" in ia.funnel_plot(demo.released(teams(10)), standard_id="C1").html
    few = ia.funnel_plot(demo.released(teams(9)), standard_id="C1")
    assert "ia-plot" not in few.html
    assert said(few).strip() == ("C1: No group differs from the average by more than luck.")
    assert ia.funnel_plot(demo.released(teams(2)), standard_id="C1").html == ""


def test_a_team_with_few_files_is_not_drawn_and_does_not_count_among_the_ten():
    assert "3 of 4" in said(ia.funnel_plot(demo.released(teams(11, few=1)), standard_id="C1"))
    assert "ia-plot" not in ia.funnel_plot(demo.released(teams(10, few=1)), standard_id="C1").html


def test_a_hidden_team_takes_the_funnel_with_it_because_the_rest_would_give_it_away():
    hidden = team("Team 9", None, None, value=None, verdict="", status="suppressed")
    assert ia.funnel_plot(demo.released([*teams(11), hidden]), standard_id="C1").html == ""
    assert ia.funnel_plot(demo.released([*teams(6), hidden]), standard_id="C1").html == ""


def test_a_funnel_is_about_one_standard():
    assert ia.funnel_plot(demo.released(teams(10)), standard_id="C2").html == ""
    found = ia.funnel_plot(demo.released(teams(10)), standard_id="C1", standards=demo.standards())
    assert "C1: Informed consent is evidenced before the assessment starts." in said(found)
    assert "It does not mean" in said(found)


def counted(name, code, met, files, verdict):
    few = files < 10
    range_ = {} if few else {"value": met / files, "lower": 0.2, "upper": 0.7}
    status = "low_base" if few else "shown"
    about = {"measure": "compliance", "group": "team", "level": name, "standard_id": code, "target": 0.8}
    return {**about, "numerator": met, "denominator": files, "verdict": verdict, "status": status, **range_}


def table_of(*records):
    return ia.heat_map(demo.released(records), caption="Standards by team", standards=demo.standards())


def test_the_map_names_the_team_that_falls_short_most_and_puts_the_weakest_first():
    made = table_of(
        counted("Team 10", "C1", 8, 12, "cannot tell"),
        counted("Team 10", "C6", 3, 12, "not met"),
        counted("Team 9", "C1", 3, 12, "not met"),
        counted("Team 9", "C6", 3, 12, "not met"),
    )
    assert "Team 9 falls short on 2 of 2 standards" in said(made)
    assert re.findall(r'<th scope="col".*?>(Team \d+)<', made.html) == ["Team 9", "Team 10"]
    assert re.findall(r'ia-code">(C\d)<', made.html) == ["C6", "C1"]


def test_teams_of_too_few_files_are_named_under_the_map_and_never_in_its_heading():
    made = table_of(
        counted("North", "C1", 8, 12, "cannot tell"),
        counted("South", "C1", 1, 9, "not met"),
        counted("South", "C6", 1, 9, "not met"),
    )
    assert "We cannot tell of any team whether it falls short on any standard" in said(made)
    assert "Too few to compare: South." in said(made)
    assert "1 of 9" not in said(made)


def test_where_one_team_alone_can_be_told_its_finding_is_a_line_and_no_map_of_one_column():
    one = [counted("North", "C1", 3, 12, "not met"), counted("North", "C6", 3, 12, "not met")]
    made = table_of(*one, counted("South", "C1", 1, 9, ""))
    assert "<table" not in made.html
    assert "<h2" not in made.html
    assert "Only North can be judged on its own. Too few to compare: South." in said(made)
    assert "<table" in table_of(*one).html  # nobody can choose the only team there is


def test_a_hidden_team_is_not_told_to_have_too_few_files():
    hidden = {**counted("South", "C1", 1, 12, ""), "status": "suppressed", "numerator": None, "value": None}
    assert "Too few to compare, or hidden: South." in said(table_of(counted("North", "C1", 8, 12, "met"), hidden))


def test_where_every_team_has_too_few_files_they_are_named_and_nothing_is_drawn():
    made = table_of(counted("North", "C1", 1, 9, "not met"), counted("South", "C1", 1, 8, "not met"))
    assert "<table" not in made.html
    assert "Too few to compare: North; South." in said(made)


def test_others_put_together_are_no_map_of_their_own():
    made = table_of(counted("Others, put together", "C1", 3, 12, "not met"), counted("South", "C1", 1, 8, ""))
    assert "<table" not in made.html
    assert "No team can be shown on its own" in said(made)
    assert "Too few to compare: South." in said(made)


def test_team_intervals_stand_in_place_of_a_funnel_of_few_and_count_as_people_do():
    rows = [counted(f"Team {n}", "C1", 5, 12, "not met") for n in (10, 9)] + [counted("Tiny", "C1", 1, 4, "")]
    made = ia.interval_plot(demo.released(rows), caption="Teams")
    assert re.findall(r'rowheader">\s*(.*?)</th>', made.html) == ["Team 9", "Team 10"]
    assert "Too few to compare: Tiny." in said(made)
    many = [counted(f"Team {n}", "C1", 5, 12, "not met") for n in range(10)]
    assert ia.interval_plot(demo.released(many), caption="Teams").html == ""
