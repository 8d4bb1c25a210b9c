"""The paper on the improvement plan: quoted words, a symbol and a word a status, and a person's comment held to it."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from ilacs_audit.analysis.plan.improvement import improvement_plan
from ilacs_audit.claims.change.impact import WORDS
from ilacs_audit.display.page.plan import plan_areas, plan_items
from ilacs_audit.domain.about import Commentary
from ilacs_audit.domain.errors import CommentaryError, DisclosureError
from ilacs_audit.domain.plan import ACTIVITY
from tests import build
from tests.analysis.plan.test_improvement import actions, area, edition, helped, item
from tests.edition import change, page


def words(made):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", made.html)).split())


def paper(*pages, **options):
    return improvement_plan(edition(*pages, **options))


@pytest.mark.parametrize(("by", "told"), [("ofsted", "as Ofsted quoted it"), ("council", "the council's own mapping")])
def test_a_tag_of_the_national_framework_is_quoted_with_who_gave_it(by, told):
    tagged = area(framework={"quoted": "outcome 1, national framework", "by": by})
    assert f"outcome 1, national framework, {told}" in words(plan_areas(paper(plan=[tagged])))


def test_where_nobody_gave_a_tag_none_is_made_up():
    assert "framework" not in words(plan_areas(paper(page("sample", helped(c1="I2"))))).lower()


@pytest.mark.parametrize("status", WORDS)
@pytest.mark.parametrize("activity", ["", *ACTIVITY])
def test_each_status_is_a_symbol_and_a_word(activity, status):
    told = area(activity=activity, impact_on="2025-02-03")
    html = plan_areas(paper(page("sample", helped(c1=status)), plan=[told])).html
    chips = re.findall(r'<span class="ia-chip[^>]*>(<svg.*?</svg>)\s*([^<]+)</span>', html, flags=re.S)
    assert [word.lower() for _, word in chips] == [activity or "not stated", WORDS[status]]
    assert all("<path" in drawn or "<circle" in drawn for drawn, _ in chips)


def test_what_needs_to_improve_stands_as_it_is_quoted_beside_the_weakest_standard():
    said = words(plan_areas(paper(page("sample", helped(c1="I2", c2="I4")))))
    assert "“The quality of plans.” 12 of 30 files met “We asked first”." in said
    assert "The weakest of 2 standards: 1 cannot tell, 1 improving." in said


@pytest.mark.parametrize(
    ("on", "order"),
    [
        (date(2024, 10, 22), ("Baseline", "Trained", "Re-audit", "Next")),
        (date(2024, 7, 1), ("Trained", "Baseline", "Re-audit")),
    ],
)
def test_the_chain_of_an_area_stands_by_the_day_of_each_step(on, order):
    course = {"id": "course", "title": "The course", "on": on, "kind": "training", "standards": ["c1"]}
    about = {"intended": 30, "areas": ["A1"], "population": {"size": 90}}
    first = build.audit("first", period="2024-09", on=date(2024, 9, 10), **about)
    ahead = {"baseline": "first", "interventions": [course], "next": {"on": date(2025, 2, 3), "size": 90}}
    later = build.audit("sample", **about, **ahead)
    came = {"measure": "course_came", "group": "course", "level": "The course", "numerator": 12, "denominator": 20}
    pages = (page("sample", [*helped(c1="I2"), change("c1", "cannot tell")]), page("", [came], title="Training"))
    said = words(plan_areas(paper(*pages, audits=[first, later])))
    places = [said.index(f"{step}:") for step in order]
    assert places == sorted(places) and "Baseline: 12 of 30 in September 2024" in said


def test_training_is_told_of_the_line_that_all_its_audits_share_and_says_when_people_came():
    """A2 and A3 rest on one audit, and what it trained in is A3's, as the other audit that names it is A3's alone."""
    course = {"id": "course", "title": "The course", "on": date(2024, 10, 22), "kind": "training", "standards": ["c1"]}
    both = build.audit("sample", areas=["A2.11", "A3"], interventions=[course], intended=30, population={"size": 90})
    later = build.audit("other", period="2024-12", areas=["A3"], interventions=[course])
    came = {"measure": "course_came", "group": "course", "level": "The course", "numerator": 133, "denominator": 167}
    when = {"group": "intervention", "level": "course", "note": "The course", "denominator": None}
    reach = [{"measure": name, "numerator": n, **when} for name, n in (("reach", 111), ("reach_during", 22))]
    pages = (page("sample", [*helped(c1="I2"), *reach]), page("", [came], title="Training"))
    plan = [area(item(11, id="A2.11"), id="A2"), area(id="A3")]
    told = {
        each.line.id: words(plan_areas(paper(*pages, plan=[each.line], audits=[both, later])))
        for each in paper(*pages, plan=plan, audits=[both, later]).areas
    }
    assert "133 of 167 (The course: 111 before and 22 while the round was read)" in told["A3"]
    assert "133 of 167" not in told["A2"]


def test_a_persons_comment_takes_the_place_of_the_sentence_and_may_claim_no_more_than_the_pages():
    sound = {"A1": Commentary("We have asked every team to start again.", "Head of service")}
    said = words(plan_areas(paper(page("sample", helped(c1="I2")), comments=sound)))
    assert "We have asked every team to start again. Head of service" in said
    assert "12 of 30 files" not in said
    with pytest.raises(CommentaryError, match="the commentary on A1"):
        plan_areas(paper(page("sample", helped(c1="I2")), comments={"A1": Commentary("Practice has improved.")}))


def test_a_report_on_an_area_has_its_items_in_order_and_closes_with_its_impacts():
    plan = [area(id="A2"), area(*(item(each) for each in (1, 2, 10)))]
    said = words(plan_items(paper(page("sample", helped(c1="I2")), plan=plan)))
    assert said.index("Item 2") < said.index("Item 10") < said.index("Impacts and evidence")
    assert "None that we can yet show: 3 of 3 without data." in said
    assert plan_items(paper()).html == ""


def test_the_number_of_late_actions_stands_beside_the_activity():
    assert "Delayed 6 of 12 actions overdue." in words(plan_areas(paper(actions(late=6, ahead=6, undated=0))))


def test_what_has_not_been_released_is_refused():
    told = page("sample", helped(c1="I2"))
    raw = replace(told, released=tuple(row._replace(audience="", status="") for row in told.released))
    with pytest.raises(DisclosureError):
        plan_areas(paper(raw))
