"""The front page puts areas in order, lets one audit speak for each, and adds up only what no page hides."""

import pytest

from ilacs_audit.domain.measures import HIDDEN
from tests.build import audit
from tests.edition import change, fact, front, page, standing

CLOSURES = audit("closures", selection="risk_led", population={"size": 400}, intended=40)
SAMPLE = audit("sample", population={"size": 90}, intended=30)
CENSUS = audit("census", selection="census", population={"size": 12}, intended=12)
VISITS = audit("visits", "visits", intended=38)
PLANS = audit("plans", "plans", intended=57)


def areas(made):
    return [each.theme.id for each in made.areas]


def lines(made):
    return [(each.row.standard_id, each.row.verdict) for each in made.lines]


def test_the_area_in_which_most_standards_fall_short_comes_first():
    made = front(
        page("plans", standing("plans", {"p1": "met"})),
        page("sample", standing("consent", {"c1": "not met", "c2": "cannot tell", "c3": "met"})),
        page("visits", standing("visits", {"v1": "not met", "v2": "not met"})),
        audits=[SAMPLE, VISITS, PLANS],
    )
    assert areas(made) == ["visits", "consent", "plans"]


def test_an_area_of_which_nothing_can_be_judged_comes_last():
    made = front(
        page("closures", standing("consent", {"c1": (2, "")}, selection="risk_led")),
        page("plans", standing("plans", {"p1": "met"})),
        audits=[CLOSURES, PLANS],
    )
    assert areas(made) == ["plans", "consent"]


@pytest.mark.parametrize(
    ("audits", "speaks"),
    [
        ([CLOSURES, SAMPLE], "sample"),
        ([CLOSURES, CENSUS], "census"),
        ([CENSUS, SAMPLE], "sample"),
        ([audit("small", population={"size": 20}), SAMPLE], "sample"),
    ],
)
def test_files_drawn_by_chance_speak_for_an_area_before_a_whole_list_and_a_pick(audits, speaks):
    pages = [page(each["id"], standing("consent", {"c1": "cannot tell"})) for each in audits]
    (area,) = front(*pages, audits=audits).areas
    assert area.speaks.audit.id == speaks
    assert len(area.audits) == 2


def test_all_pages_about_one_audit_are_one_story_and_tell_a_number_once():
    records = standing("consent", {"c1": "not met"})
    made = front(page("sample", records), page("sample", [*records, change("c1", "cannot tell")]), audits=[SAMPLE])
    (told,) = made.audits
    assert (len(told.pages), len(told.standing), len(told.changes)) == (2, 1, 1)


def test_what_a_page_shows_of_an_earlier_month_is_not_taken_for_this_one():
    earlier = standing("consent", {"c1": "met"}, period="2024-09")
    (told,) = front(page("sample", [*standing("consent", {"c1": "not met"}), *earlier]), audits=[SAMPLE]).audits
    assert [row.verdict for row in told.standing] == ["not met"]


def test_each_area_says_its_weakest_standard_before_any_says_a_second_one():
    made = front(
        page("sample", standing("consent", {"c1": (4, "not met"), "c2": (3, "not met"), "c3": (2, "not met")})),
        page("visits", standing("visits", {"v1": (9, "not met"), "v2": (20, "met")})),
        page("plans", standing("plans", {"p1": (12, "cannot tell")})),
        audits=[SAMPLE, VISITS, PLANS],
    )
    assert {"c3", "v1", "p1"} < {code for code, _ in lines(made)}
    assert len(made.lines) == 5
    assert lines(made)[:3] == [("c3", "not met"), ("c2", "not met"), ("v1", "not met")]


def test_a_real_change_is_among_the_lines_and_an_uncertain_one_is_not():
    made = front(
        page("sample", [*standing("consent", {"c1": "not met", "c2": "met"}), change("c2", "better")]),
        page("visits", [*standing("visits", {"v1": "not met"}), change("v1", "cannot tell", theme="visits")]),
        audits=[SAMPLE, VISITS],
    )
    assert [each.row.standard_id for each in made.lines if each.change] == ["c2"]
    assert made.lines[-1].change is not None


def test_what_got_worse_comes_before_everything():
    made = front(
        page("sample", [*standing("consent", {"c1": (1, "not met"), "c2": "met"}), change("c2", "worse", met=20)]),
        audits=[SAMPLE],
    )
    assert made.lines[0].change.verdict == "worse"


def test_an_audit_that_does_not_speak_is_heard_where_it_alone_falls_short():
    made = front(
        page("sample", standing("consent", {"c1": "met"})),
        page("census", standing("consent", {"c2": (2, "not met")})),
        audits=[SAMPLE, CENSUS],
    )
    assert lines(made)[0] == ("c2", "not met")


def test_files_read_are_added_up_over_all_audits():
    made = front(
        page("sample", [fact("returned", "sample", 28, 30)]),
        page("visits", [fact("returned", "visits", 38, 40)]),
        audits=[SAMPLE, VISITS],
    )
    assert made.sums == {"returned": (66, 70)}


@pytest.mark.parametrize("hidden", [2, 28])
def test_a_sum_is_withheld_where_one_page_hides_its_part(hidden):
    told = [fact("returned", "sample", hidden, 30), fact("returned", "visits", 20, 40)]
    pages = [page(row["level"], [row], audience="public") for row in told]
    assert pages[0].released[0].status in HIDDEN
    assert front(*pages, audits=[SAMPLE, VISITS], audience="public").sums == {}


def test_a_sum_is_withheld_where_an_audit_does_not_say_how_many_were_drawn():
    told = [fact("returned", "sample", 28, 30), fact("returned", "visits", 38, None)]
    made = front(*(page(row["level"], [row]) for row in told), audits=[SAMPLE, VISITS])
    assert "returned" not in made.sums


def test_only_audits_with_a_round_before_are_asked_whether_they_are_comparable():
    told = page("sample", [fact("comparable", "sample", 7, 9)])
    assert front(told, page("visits"), audits=[SAMPLE, VISITS]).sums["comparable"] == (7, 9)


def test_the_next_look_is_the_earliest_of_the_area_with_the_audit_where_another_speaks():
    booked = {**SAMPLE, "next": {"on": "2025-01-20", "size": 45}}
    sooner = {**CENSUS, "next": {"on": "2024-12-09", "size": 12}}
    (area,) = front(page("sample"), page("census"), audits=[booked, sooner]).areas
    assert (area.next_on, area.next_size, area.next_of) == ("9 December 2024", 12, area.audits[1].audit.title)
    (area,) = front(page("sample"), page("census"), audits=[{**booked, "next": {"on": "2024-12-02"}}, sooner]).areas
    assert (area.next_on, area.next_size, area.next_of) == ("2 December 2024", None, "")


def test_a_round_that_is_planned_is_booked_too_by_its_month_where_no_day_is_written():
    later = {key: each for key, each in audit("consent-2024-12", period="2024-12", intended=20).items() if key != "on"}
    now = audit("consent-2024-11")
    (area,) = front(page("consent-2024-11"), audits=[now, later]).areas
    assert (area.next_on, area.next_size) == ("December 2024", 20)


def test_a_round_whose_booked_day_has_come_is_told_as_one_that_was():
    passed = {**SAMPLE, "next": {"on": "2024-11-21", "size": 45}}
    (area,) = front(page("sample"), audits=[passed]).areas
    assert (area.next_on, area.next_size) == ("Was booked for 21 November 2024", 45)


def test_no_date_is_no_date():
    (area,) = front(page("sample"), audits=[{**SAMPLE, "next": {"size": 45}}]).areas
    assert area.next_on == ""


def test_a_page_that_was_not_made_tells_nothing():
    assert front(page("sample", href=""), audits=[SAMPLE]).areas == ()
