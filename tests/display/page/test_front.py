"""What the front page says, and that it says no more than the pages it is made of."""

import re
from dataclasses import replace

import pytest

from ilacs_audit.claims.verdicts.in_order import DOUBTED_DRAW
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.display.page.areas import areas_table
from ilacs_audit.display.page.front import contents, practice
from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.domain.told import Asked, PageTold
from tests import edition
from tests.build import audit
from tests.edition import change, fact, front, page, standing

SAMPLE = audit("sample", title="Consent dip sample", baseline="before")
BEFORE = audit("before", period="2024-09", on="2024-09-10")
VISITS = audit("visits", "visits")
PICKED = audit("picked", title="Closed files", selection="risk_led")


def words(made):
    text = re.sub(r"<(style|svg).*?</\1>", " ", made.__html__(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def title(made):
    return words(made).split("?")[1].split(".")[0].strip()


@pytest.mark.parametrize(
    ("verdicts", "answer"),
    [
        ({"c1": "not met", "c3": "met"}, "Not yet"),
        ({"c1": (24, "met"), "c3": (24, "met")}, "Yes, where we looked"),
        ({"c1": "cannot tell", "c3": (24, "met")}, "We cannot tell yet"),
        ({"c1": (24, ""), "c3": (24, "met")}, "We cannot tell yet"),
    ],
)
def test_the_title_asks_the_boards_question_and_answers_it(verdicts, answer):
    made = practice(front(page("sample", standing("consent", verdicts)), audits=[BEFORE, SAMPLE]))
    assert words(made).startswith("Is practice good enough for children?")
    assert title(made) == answer


def test_without_an_audit_the_title_says_so_and_nothing_else_is_shown():
    empty = front()
    assert title(practice(empty)) == "No audit tells yet"
    assert areas_table(empty).html == ""
    assert "trust" not in words(practice(empty))


def test_an_audit_of_which_chance_is_in_doubt_speaks_for_nobody_else_and_its_area_says_so():
    doubted = page("sample", standing("consent", {"c1": (24, "")}, note=DOUBTED_DRAW))
    other = page("visits", standing("visits", {"v1": (24, "met")}))
    told = front(doubted, other, audits=[BEFORE, SAMPLE, VISITS])
    assert "1 of 2 audits was drawn by chance or read whole" in words(practice(told))
    assert "Consent dip sample was not surely drawn by chance" in words(practice(told))
    twice = front(doubted, page("picked", standing("consent", {"c1": (24, "")})), audits=[BEFORE, SAMPLE, PICKED])
    assert "files chosen at random, which is in doubt." in words(areas_table(twice))


def test_a_critical_failure_is_no_good_practice_whatever_the_verdicts():
    failed = {"measure": "critical_failure", "theme": "consent", "standard_id": "c2", "group": "all", "level": "all"}
    failed |= {"period": "2024-11", "numerator": 2, "denominator": 30, "selection": "random", "rule": "X1"}
    told = front(page("sample", [*standing("consent", {"c1": (24, "met")}), failed]), audits=[BEFORE, SAMPLE])
    made = practice(told)
    assert title(made) == "Not for every child"
    assert "Needs action now: a critical standard failed In 2 of 30 files" in words(made)


def test_a_line_is_k_of_n_in_the_words_of_the_standard_with_its_verdict():
    told = standing("visits", {"v1": (13, "not met")}, read=38)
    assert "Only 13 of 38 visits met “The child was seen”. Visits Not met" in words(
        practice(front(page("visits", told), audits=[VISITS]))
    )


def test_a_line_of_an_old_audit_says_how_old_it_is():
    old = {**VISITS, "on": "2024-04-15", "until": "2024-04-26"}
    told = page("visits", standing("visits", {"v1": (13, "not met")}, read=38))
    made = front(told, audits=[old])
    assert "Visits, April 2024" in words(practice(made)) and "(April 2024)." in words(areas_table(made))
    assert "April" not in words(practice(front(told, audits=[VISITS])))


def register(answer, *, area="", **row):
    """A page on a register with what it opens with, and its row."""
    counted = {
        "measure": "consent_agreed_in_all",
        "numerator": 15,
        "denominator": 32,
        "group": "all",
        "level": "in May",
    }
    shown = release(measures([counted | row]), audience="board")
    return PageTold(
        "Closures", area, href="closures.html", figures="closures.csv", answer=answer, released=tuple(rows(shown))
    )


LEAD = "15 of 32 closures on withdrawn consent had an agreement recorded in May (47%)."


def test_what_a_register_found_stands_in_its_area_and_else_below_all_areas():
    for area, place in (("Consent", "By a register: "), ("Other registers", "What other registers tell: 1 ")):
        told = front(page("sample", standing("consent", {"c1": "met"})), audits=[BEFORE, SAMPLE])
        more = replace(told.edition, pages=(*told.edition.pages, register(f"{LEAD} And more.", area=area)))
        made = areas_table(replace(told, edition=more))
        assert f"{place}{LEAD}" in words(made) and "And more" not in words(made)
        assert f'<a href="closures.html">{LEAD}</a>' in made.html


def test_of_a_register_the_front_page_says_what_its_page_shows_first_and_nothing_else():
    told = front(page("sample", standing("consent", {"c1": "met"})), audits=[BEFORE, SAMPLE])
    for hidden in (register("The numbers of this month are too small to show."), register(LEAD, numerator=14)):
        more = replace(told.edition, pages=(*told.edition.pages, hidden))
        assert "register" not in words(areas_table(replace(told, edition=more)))


def test_a_real_change_says_from_what():
    told = [*standing("consent", {"c1": "cannot tell"}), change("c1", "better")]
    made = words(practice(front(page("sample", told), audits=[BEFORE, SAMPLE])))
    assert "24 of 30 files met “We asked first”, up from 12 of 30 in September 2024. Consent Better" in made
    assert "The one standard compared is better." in made
    assert "about one in twenty may be chance" in made


def test_no_count_of_verdicts_opens_the_page_and_nobody_cannot_be_told():
    told = [*standing("consent", {"c1": "not met", "c2": "cannot tell"}), change("c1", "cannot tell")]
    made = front(page("sample", told), audits=[BEFORE, SAMPLE])
    said = words(practice(made)) + words(areas_table(made))
    assert "cannot be told" not in said
    assert "not met" not in words(practice(made)).lower().split("10 of 30")[0]


def test_a_standard_without_short_words_is_told_in_its_own():
    told = page("visits", standing("visits", {"v2": "not met"}))
    assert "Only 10 of 30 visits met “v2”." in words(practice(front(told, audits=[VISITS])))


def test_an_area_shows_a_cell_a_standard_in_words_for_those_who_do_not_see():
    told = standing("consent", {"c1": "not met", "c2": "cannot tell", "c3": "not met"})
    made = areas_table(front(page("sample", told), audits=[BEFORE, SAMPLE])).html
    assert 'aria-label="3 standards: 2 not met, 1 cannot tell"' in made
    assert re.findall(r'<use href="#ia-cell-(\w+)"', made)[:3] == ["cross", "cross", "ring"]


def test_two_audits_of_an_area_are_one_row_that_says_which_one_speaks():
    made = words(
        areas_table(
            front(
                page("picked", standing("consent", {"c1": (2, "")}, selection="risk_led")),
                page("sample", standing("consent", {"c1": "not met"})),
                audits=[BEFORE, SAMPLE, PICKED],
            )
        )
    )
    assert "By Consent dip sample, files chosen at random. Not counted here: Closed files ." in made


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([change("c1", "cannot tell")], "Cannot tell 24 of 30, was 12 of 30 in September 2024"),
        (
            [change("c1", "better"), change("c2", "cannot tell")],
            "Better on 1 of 2 standards met “We asked first”: 24 of 30, was 12 of 30",
        ),
        ([change("c1", "not comparable", reason="It was reworded.")], "Not comparable It was reworded."),
        ([change("c2", "cannot tell")], "Cannot tell on 1 of 1 standards"),
        ([], "Not compared no page compares it"),
    ],
)
def test_an_area_says_what_changed_since_the_last_round(changes, said):
    told = page("sample", [*standing("consent", {"c1": (1, "not met")}), *changes])
    assert said in words(areas_table(front(told, audits=[BEFORE, SAMPLE])))


def test_a_first_round_has_nothing_to_be_compared_with_and_no_date_is_said():
    made = words(areas_table(front(page("visits", standing("visits", {"v1": "met"})), audits=[VISITS])))
    assert "First round No date set" in made


def test_a_hidden_count_is_shown_nowhere_and_its_verdict_keeps_its_cell():
    told = page("visits", standing("visits", {"v1": (28, "met"), "v2": (12, "not met")}, read=30), audience="public")
    made = front(told, audits=[VISITS], audience="public")
    said = words(practice(made)) + words(areas_table(made))
    assert "28" not in said and "30 of 30" not in said
    assert "Not shown are standards that nearly every file met" in said
    assert "Counts are rounded to the nearest 5." in said


def test_what_did_not_pass_the_gate_is_refused():
    made = front(page("visits", standing("visits", {"v1": "met"})), audits=[VISITS])
    (area,) = made.areas
    raw = replace(area.speaks, standing=tuple(row._replace(audience="") for row in area.speaks.standing))
    leaking = replace(made, areas=(replace(area, audits=(raw,)),))
    for shows in (practice, areas_table):
        with pytest.raises(DisclosureError, match="have not been released"):
            shows(leaking)


def test_trust_is_said_in_words_with_what_can_be_relied_on_and_up_to_which_day():
    second = [
        fact("moderated", "sample", 8, 28),
        fact("marked_down", "sample", 2, 5),
        fact("marked_up", "sample", 0, 5),
    ]
    told = page("sample", [fact("returned", "sample", 28, 30), *second])
    other = page("picked", [fact("returned", "picked", 18, 20), fact("moderated", "picked", 0, 18)])
    made = words(practice(front(told, other, audits=[BEFORE, SAMPLE, PICKED])))
    assert "1 of 2 audits was drawn by chance or read whole." in made
    assert "The other one speaks only of what was read: Closed files was not drawn by chance." in made
    assert "46 of 50 drawn records came back." in made
    second = "8 of 46 had a second reader. Of 5 grades looked at again, 2 went down and none up, so grades may be kind"
    assert f"{second}; of the other 3 we do not know what was changed." in made
    assert "Evidence up to 18 November 2024." in made


def test_grades_that_an_audit_hides_are_told_as_the_page_on_second_readers_counts_them():
    """Four of one audit are too few for a board, which reads the sum without them from the page on second readers."""
    many = [
        fact("moderated", "sample", 15, 28),
        fact("marked_down", "sample", 4, 15),
        fact("marked_up", "sample", 0, 15),
    ]
    few = [fact("moderated", "picked", 4, 18), fact("marked_down", "picked", 1, 4), fact("marked_up", "picked", 0, 4)]
    whole = {"group": "all", "level": "all", "denominator": 15, "method": "count", "period": "2024-11"}
    readers = [{**whole, "measure": "second_down", "numerator": 4}, {**whole, "measure": "second_up", "numerator": 0}]
    pages = (page("sample", many), page("picked", few), page("", readers))
    made = words(practice(front(*pages, audits=[BEFORE, SAMPLE, PICKED], audience="board")))
    assert "19 of 46 had a second reader. Of 15 grades looked at again, 4 went down and none up" in made
    assert "; what came of 4 more second readings is not shown." in made


def test_standards_that_cannot_be_compared_are_told_by_reason_and_add_up():
    known = fact("comparable", "sample", 8, 10, note="CON-5 is new this round; CON-3 was reworded")
    none = fact("comparable", "picked", 0, 8, note="The files of at least one round were not drawn by chance.")
    whole = fact("returned", "sample", 28, 30), fact("returned", "picked", 18, 20)
    pages = page("sample", [known, whole[0]]), page("picked", [none, whole[1]])
    made = words(practice(front(*pages, audits=[BEFORE, SAMPLE, PICKED])))
    why = "not 8 (not drawn by chance), 1 (is new this round) and 1 (was reworded)."
    assert f"Of 18 standards with a round before, 8 can be compared with it; {why}" in made


def test_where_no_draw_was_fair_nothing_can_be_relied_on_but_what_was_read():
    unwritten = audit("visits", "visits", title="Visits audit", selection="unknown")
    made = words(practice(front(page("picked"), page("visits"), audits=[PICKED, unwritten])))
    assert "Rely on these counts for what was read, and for nothing else." in made
    assert "Closed files was not drawn by chance; Visits audit was chosen in a way that was not recorded." in made


def test_days_and_files_after_the_day_of_the_edition_are_told():
    late = {**VISITS, "on": "2024-11-18", "until": "2024-11-30"}
    told = [*standing("visits", {"v1": "met"}), fact("later", "visits", 2, 30)]
    made = words(practice(front(page("visits", told), audits=[late])))
    assert "Evidence up to 21 November 2024, the oldest from 18 November 2024." in made
    assert "Booked beyond that day: visits. Dated after it: 2 of 30 records." in made


def test_it_names_the_agencies_that_did_not_return_all():
    about = {"measure": "agency_returns", "group": "agency", "denominator": 24, "method": "count", "period": "2024-11"}
    came = {"Police": 19, "Health": 24, "Education": 17}
    told = [{**about, "level": f"{name} in sample", "note": name, "numerator": each} for name, each in came.items()]
    made = words(practice(front(page("sample", told), audits=[BEFORE, SAMPLE])))
    assert "Agencies returned on Consent: Police 19 of 24 and Education 17 of 24." in made


def test_the_count_of_a_register_stands_beside_the_decision_that_rests_on_it_with_its_page():
    miscoded = {"measure": "consent_miscoded_in_all", "group": "all", "numerator": 23, "denominator": 55}
    asked = (Asked("Stop using the form.", "2024-12-03", rests_on="consent_miscoded_in_all"),)
    for row, there in ((miscoded, True), ({**miscoded, "group": "month"}, False)):
        register = page("", [{**row, "level": "all", "period": "2024-11"}], href="closures.html")
        shown = practice(front(page("sample", asked=asked), register, audits=[BEFORE, SAMPLE]))
        assert ("Stop using the form. Page sample · By a register: 23 of 55 closures" in words(shown)) == there
        assert ('href="closures.html"' in shown.__html__()) == there


@pytest.mark.parametrize(("readers", "beside"), [("board", True), ("public", False)])
def test_what_officers_were_asked_stands_with_the_failure_that_it_answers_or_nowhere(readers, beside):
    about = {"measure": "critical_failure", "theme": "consent", "standard_id": "c2", "group": "all", "level": "all"}
    row = {**about, "period": "2024-11", "numerator": 3, "denominator": 34}
    answer = Asked("See each child. Head of service to act.", "", True, ("c2",), who="Head of service to act")
    other = Asked("Find the visits. Head of service to act.", "", True, who="Head of service to act")
    shown = page("sample", [row], asked=(answer, other), audience=readers)
    made = words(practice(front(shown, audits=[BEFORE, SAMPLE], audience=readers)))
    assert ("No action on the register. Asked: Head of service to act." in made) == beside
    assert "See each child" not in made
    assert "Also asked of officers: 1" in made


def test_decisions_stand_beside_it_once_and_of_many_the_rest_are_in_a_fold():
    asked = tuple(Asked(f"Decide {each}. Director, by 3 December 2024.", f"2024-12-0{each + 1}") for each in range(7))
    told = front(page("sample", asked=asked), page("sample", asked=asked[:2]), audits=[BEFORE, SAMPLE])
    first, _, rest = practice(told).__html__().partition("<summary>2 more")
    assert [first.count(f"Decide {each}.") for each in range(7)] == [1] * 5 + [0] * 2
    assert [rest.count(f"Decide {each}.") for each in range(7)] == [0] * 5 + [1] * 2


def test_a_critical_line_keeps_what_its_own_page_says_of_missing_answers_and_of_a_pick():
    about = {"measure": "critical_failure", "theme": "consent", "standard_id": "c2", "group": "all", "level": "all"}
    failed = {**about, "period": "2024-11", "numerator": 5, "denominator": 34, "selection": "risk_led", "missing": 2}
    made = words(practice(front(page("picked", [failed]), audits=[PICKED])))
    assert "2 answers missing. The files were not drawn by chance, so this says nothing of the others." in made


@pytest.mark.parametrize(
    ("themes", "heading"),
    [
        ({"visits": {"v1": "not met"}}, "One area was audited: Visits"),
        (
            {"visits": {"v1": "not met"}, "plans": {"p1": "met"}},
            "Largest share not met: Visits, short on 1 of 1 standards",
        ),
        ({"visits": {"v1": "cannot tell"}, "plans": {"p1": ""}}, "We cannot tell of any area whether it falls short"),
        ({"visits": {"v1": "cannot tell"}, "plans": {"p1": "met"}}, "No area is shown to fall short"),
        ({"visits": {"v1": ""}, "plans": {"p1": ""}}, "No area can be judged yet"),
    ],
)
def test_an_area_is_called_weakest_where_it_falls_short_and_there_are_others(themes, heading):
    pages = [page(name, standing(name, verdicts)) for name, verdicts in themes.items()]
    made = areas_table(front(*pages, audits=[VISITS, audit("plans", "plans")]))
    assert words(made).startswith(heading)


def test_a_long_standard_is_shortened_and_says_so(monkeypatch):
    monkeypatch.setitem(edition.WORDS, "v1", "The visit " + "and the record " * 20)
    said = words(practice(front(page("visits", standing("visits", {"v1": "not met"})), audits=[VISITS])))
    assert " …”. Visits Not met" in said and len(said) < 500


def test_a_sum_that_a_page_hides_is_said_to_be_hidden():
    told = page("sample", [fact("returned", "sample", 29, 30)], audience="public")
    made = words(practice(front(told, audits=[BEFORE, SAMPLE], audience="public")))
    assert "How many of the records drawn came back is not shown, so that nobody can be recognised." in made


def test_every_page_is_linked_by_area_with_what_its_edition_says_of_it():
    pages = [
        PageTold("Consent", "Consent", "a", href="a.html", figures="a.csv"),
        PageTold("Re-audit", "Consent", "a", href="b.html", figures="b.csv", note="Restatement pending."),
        PageTold("Plans", note="It has not been made yet."),
    ]
    made = contents(pages, spreadsheet="figures.xlsx")
    assert re.findall(r'href="([^"]+)"', made.html) == ["a.html", "a.csv", "b.html", "b.csv", "figures.xlsx"]
    said = words(made)
    assert "Re-audit · Figures as CSV Restatement pending." in said
    assert said.endswith("Not produced this time Plans : It has not been made yet.")
    assert "No report was produced for this period." in words(contents([]))


def test_an_area_that_has_pages_is_not_said_to_be_absent_and_a_page_that_failed_is():
    there = PageTold("Re-audit", "Consent", "a", href="b.html", figures="b.csv")
    assert "Not produced" not in words(contents([there, PageTold("Consent", note="No thematic audit of it.")]))
    assert "It could not be made." in words(
        contents([there, PageTold("Consent", "Consent", "c", note="It could not be made.")])
    )
