import re

import pandas as pd
import pytest

import ilacs_audit as ia
from ilacs_audit.claims.change.chance import FalseFlags
from ilacs_audit.claims.change.changes import CRITICAL_UP, LUCK
from ilacs_audit.claims.words import capital
from ilacs_audit.display.tables.cells import mark_of
from ilacs_audit.display.tables.said_once import said_once
from tests.display import demo
from tests.display.tables.test_measures import rows_of, said

LONG = "Its own range leaves out no change, but chance can bring one such range among the seven compared here."


def test_what_holds_for_every_row_is_said_once_and_the_rest_stays_in_its_row():
    every, rows = said_once(["Two are missing. Ten would tell.", "Two are missing. Nine would tell."])
    assert (every, rows) == ("Two are missing.", ["Ten would tell.", "Nine would tell."])


@pytest.mark.parametrize("reasons", [[], [""], [LONG], ["Short.", "Short.", ""], [LONG, "Ten would tell.", LONG]])
def test_what_not_all_rows_share_is_left_where_it_is(reasons):
    assert said_once(reasons) == ("", reasons)


def test_no_row_of_a_table_of_changes_points_to_another_place():
    changes = [{**each, "reason": LONG} for each in demo.change_records()[:2]]
    others = [{**each, "reason": "Ten would tell."} for each in demo.change_records()[2:3]]
    made = ia.comparison_table(demo.released([*changes, *others]), standards=demo.standards())
    assert said(made).count(LONG) == 2
    assert "See" not in said(made)


def test_both_rounds_and_the_target_stand_on_one_scale():
    first = {**demo.change_records()[0], "target": 0.9}
    html = ia.comparison_table(demo.released([first]), standards=demo.standards()).html
    (was,) = re.findall(r'<circle cx="([\d.]+)%"', html)
    low, high = re.findall(r'<line x1="([\d.]+)%" x2="([\d.]+)%" y1="15" y2="15" stroke="[^"]*band', html)[0]
    target, _ = re.findall(r'<line x1="([\d.]+)%" x2="([\d.]+)%" y1="2"', html)[0]
    assert [float(each) for each in (was, low, high, target)] == [42.11, 42.11, 71.05, 90.0]


def test_a_line_that_every_row_repeats_stands_in_its_heading():
    found = [{**each, "missing": 7, "population": 96} for each in list(demo.compliance_records())[:2]]
    heading, *rows = rows_of(ia.measures_table(demo.released(found), standards=demo.standards()).html)
    assert heading[2:4] == ["Files, 7 missing", "Likely range of 96 children"]
    assert not any("missing" in cell or "of 96" in cell for row in rows for cell in row)


def test_the_months_of_two_rounds_stand_in_the_heading_and_not_in_every_row():
    made = ia.comparison_table(demo.released(demo.change_records()), standards=demo.standards())
    heading, *rows = rows_of(made.html)
    assert heading[1:3] == ["Read in September 2024", "Read in November 2024"]
    assert not any("2024" in cell for row in rows for cell in row)


def test_whether_it_could_be_luck_stands_also_where_one_standard_is_chosen():
    """The line of the whole table gives way to that of the standard alone; how often luck brings one stays.

    That what was lowest rises by itself is said of the whole table.
    """
    first, second, *_ = demo.change_records()
    records = [{**each, "method": "newcombe"} for each in (first, second)]
    chance = FalseFlags(2, 0.1, 0.1)
    html = ia.comparison_table(demo.released(records), standards=demo.standards(), chance=chance, note="Tell.").html
    lines = re.findall(r"<p([^>]*)>([^<]*)</p>", html.partition('<div class="ia-note">')[2].partition("</div>")[0])
    kinds = [re.sub(r' data-standard="\w+"', "", kind).strip() for kind, _ in lines]
    assert kinds == ['class="ia-of-all"'] * 2 + ['class="ia-narrowed"'] * 2 + ["", 'class="ia-of-all"']
    assert [mark_of(code) in kind for code, (kind, _) in zip(("C1", "C6"), lines[2:4], strict=True)] == [True, True]
    assert "on C6 be luck?" in lines[0][1] and lines[1][1] == "Tell." and lines[3][1] == lines[0][1]
    assert lines[4][1].startswith(
        "Compare two standards with counts like these and luck makes one or more look changed"
    )


def test_a_warning_looks_like_one_and_a_worse_that_is_sure_does_not():
    first = {**demo.change_records()[0], "verdict": "worse", "lower": -0.5, "upper": -0.1, "value": -0.3}
    for reason, word in ((f"{CRITICAL_UP} {capital(LUCK)}.", "Warning"), (CRITICAL_UP, "Worse")):
        made = ia.comparison_table(demo.released([{**first, "reason": reason}]), standards=demo.standards())
        assert re.search(r'class="ia-chip[^>]*>.*?</svg> ([A-Za-z]+)<', made.html, re.S)[1] == word


def test_rounds_of_different_months_keep_them_in_their_rows():
    first, second, *_ = demo.change_records()
    moved = {**second, "note": "4 of 11 in May 2024"}
    made = ia.comparison_table(demo.released([first, moved]), standards=demo.standards())
    heading, *rows = rows_of(made.html)
    assert heading[1:3] == ["Then", "Read in November 2024"]
    assert {row[1] for row in rows} == {"8 of 19  September 2024", "4 of 11  May 2024"}


def test_teams_that_can_only_be_shown_together_are_not_a_map():
    others = [{**each, "level": "Others, put together"} for each in list(demo.team_records())[:2]]
    made = ia.heat_map(demo.released(others), caption="Standards by team")
    assert "<table" not in made.html
    assert "No team can be shown on its own" in made.html


def test_a_hidden_moderation_hides_once():
    row = {"measure": "moderated", "numerator": 5, "denominator": 17, "status": "suppressed"}
    down = {"measure": "marked_down", "numerator": 2, "denominator": 5, "status": "suppressed"}
    made = ia.trust_box(demo.released(pd.DataFrame([row, down]).to_dict("records")))
    assert made.html.count("[c]") == 2  # the fact, and what the mark means


def test_a_reach_that_nobody_recorded_is_a_sentence_and_not_a_table():
    done = {"measure": "reach", "group": "intervention", "level": "w", "note": "Workshops"}
    made = ia.reach_table(demo.released([done]))
    assert "<table" not in made.html
    assert "Nobody recorded whom this reached" in made.html
    assert "Workshops" in made.html
    assert "<table" in ia.reach_table(demo.released([{**done, "numerator": 25}])).html


def of_a_course(**counts):
    about = {"group": "intervention", "level": "w", "note": "Workshops"}
    return demo.released([{**about, "measure": measure, "numerator": count} for measure, count in counts.items()])


def test_who_came_while_the_files_were_read_is_not_told_as_reached_before():
    made = ia.reach_table(of_a_course(reach=111, reach_during=22, sessions=5, sessions_during=1, booked=34))
    assert "Workshops reached 111 people before this round and 22 during it" in made.html
    assert "111 before this round, 22 during it" in made.html
    assert "before and since this round" in made.html


def test_whom_training_reached_by_team_is_a_table_of_its_own_in_a_fold():
    about = {"group": "intervention", "level": "w", "note": "Workshops"}
    team = {"group": "team", "note": "Workshops"}
    rows = [
        {**about, "measure": "reach", "numerator": 11},
        {**about, "measure": "reach_during", "numerator": 3},
        {**team, "measure": "reach", "level": "Team 10", "numerator": 4},
        {**team, "measure": "reach", "level": "Team 9", "numerator": 7},
        {**team, "measure": "reach_during", "level": "Team 9", "numerator": 3},
        {"group": "team", "note": "of nothing that was done", "measure": "reach", "level": "Team 9", "numerator": 5},
    ]
    fold = re.search(
        r"<details><summary>People reached, by team</summary>(.*?)</details>",
        ia.reach_table(demo.released(rows)).html,
        re.S,
    )
    cells = re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", fold[1])
    assert cells == ["Team", "Before this round", "During it", "Team 9", "7", "3", "Team 10", "4", "–"]


def test_training_that_only_came_later_is_not_told_as_before():
    made = ia.reach_table(of_a_course(reach=0, reach_after=8, sessions=0, sessions_after=1))
    assert "Workshops reached 8 people after this round" in made.html
    assert "before this round." not in made.html
