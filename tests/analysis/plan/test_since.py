"""An edition is held against the last one its readers were given, by what both of them show and nothing else."""

from dataclasses import replace

import pytest

from ilacs_audit.analysis.plan.overview import overview
from ilacs_audit.analysis.plan.since import since_last
from ilacs_audit.claims.since import (
    FIRST,
    NOTHING_APART,
    UNANSWERED,
    UNSHOWN,
    also_compared,
    apart_from_chance,
    since_finding,
    what_became,
)
from ilacs_audit.display.page.since import since_list
from ilacs_audit.domain.references.decided import Decided
from ilacs_audit.domain.told import Asked, PlanTold
from tests import edition
from tests.build import audit
from tests.edition import change, page, standing

BEFORE = audit("sample-2024-10", title="Consent dip sample", period="2024-10", on="2024-10-10", until="2024-10-10")
NOW = audit("sample-2024-11", title="Consent dip sample", baseline="sample-2024-10")
OTHER = audit("visits-2024-10", "visits", title="Visits audit", period="2024-10", on="2024-10-14", until="2024-10-14")
AUDITS = [BEFORE, OTHER, NOW]


def then(verdicts, *more, name="sample-2024-10", **said):
    told = page(name, standing("consent", verdicts, period="2024-10"), **said)
    return edition.told(told, *more, audits=AUDITS, period="2024-10")


def now(verdicts, *changes, before=None, **said):
    told = page("sample-2024-11", [*standing("consent", verdicts), *changes], **said)
    made = overview(edition.told(told, audits=AUDITS, before=before))
    return since_last(made, PlanTold(made.edition, ()))


def turned(since):
    return [(each.now.standard_id, each.was.verdict, each.now.verdict) for each in since.turned]


def test_a_verdict_that_turned_between_two_rounds_stands_with_both_counts_and_is_called_no_change():
    since = now(
        {"c1": (24, "met"), "c2": (10, "not met")},
        change("c1", "cannot tell"),
        before=then({"c1": (18, "cannot tell"), "c2": (9, "not met")}),
    )
    assert turned(since) == [("c1", "cannot tell", "met")]
    assert since_finding(since) == "Since the edition of October 2024: one verdict turned"
    assert "of none of these can we tell that practice changed" in apart_from_chance(since)
    said = since_list(since).html
    assert "18 of 30,</span> now <b>24 of 30" in said
    assert "better" not in said.lower() and "improv" not in said.lower()


def test_of_the_verdicts_that_turned_those_told_apart_from_chance_are_counted():
    since = now({"c1": (24, "met")}, change("c1", "better"), before=then({"c1": (10, "not met")}))
    assert apart_from_chance(since) == "What turned can be told apart from chance."


def test_the_first_edition_compares_nothing_and_says_so():
    since = now({"c1": (24, "met")})
    assert (since_finding(since), also_compared(since)) == (FIRST, ())
    assert FIRST in since_list(since).html


def test_where_nothing_moved_that_is_the_news():
    since = now({"c1": (24, "met")}, change("c1", "cannot tell"), before=then({"c1": (23, "met")}))
    assert since_finding(since).endswith(NOTHING_APART)


@pytest.mark.parametrize("hidden", ["then", "now"])
def test_what_one_of_the_two_editions_hides_is_not_compared_whatever_the_other_shows(hidden):
    """The one who would subtract: a verdict or count shown in one month alone is on neither side of a pair."""
    before, after = then({"c1": (18, "cannot tell")}), {"c1": (24, "met")}
    since = now(after, before=before)
    assert since.turned
    gone = {"numerator": None, "denominator": None, "verdict": "", "status": "suppressed"}
    if hidden == "then":
        told = before.pages[0]
        shown = tuple(row._replace(**gone) for row in told.released)
        since = now(after, before=replace(before, pages=(replace(told, released=shown),)))
    else:
        made = overview(since.edition)
        pages = tuple(
            replace(each, released=tuple(row._replace(**gone) for row in each.released)) for each in made.edition.pages
        )
        made = overview(replace(made.edition, pages=pages))
        since = since_last(made, PlanTold(made.edition, ()))
    assert (since.turned, since.restated, since.compared) == ((), (), 0)
    assert UNSHOWN in also_compared(since)
    assert not {"24 of 30", "18 of 30"} & {*since_list(since).html.split("<b>")}


def test_a_decision_whose_day_has_passed_is_told_with_what_became_of_it_and_no_other_is():
    """Asked in October: one for a day to come, one of officers, one asked again, one of which nothing is heard."""
    late, heard, ahead, officers = (
        Asked("Close the form. Decide by 31 October 2024.", "2024-10-31", reference="CLOSED"),
        Asked("Book the round. Decide by 1 November 2024.", "2024-11-01", reference="BOOKED"),
        Asked("Hire.", "2025-01-10", reference="HIRED"),
        Asked("Look again.", "2024-11-01", instructed=True, reference="LOOKED"),
    )
    before = then({"c1": (23, "met")}, page("visits-2024-10", asked=(heard,)), asked=(ahead, heard, officers, late))
    anew = heard._replace(words="Book the round. Decide by 13 December 2024.", by="2024-12-13")
    since = now({"c1": (24, "met")}, change("c1", "cannot tell"), before=before, asked=(anew,))
    assert [(each.was.reference, what_became(each)) for each in since.overdue] == [
        ("CLOSED", UNANSWERED),
        ("BOOKED", "asked again in this edition for 13 December 2024"),
    ]
    assert since_finding(since).endswith(f"{NOTHING_APART} and the day of two decisions has passed")
    said = since_list(since).html
    assert said.index("Close the form.") < said.index("Book the round.")
    assert now({"c1": (24, "met")}, before=then({"c1": (23, "met")}, asked=(ahead,))).overdue == ()


def test_what_was_decided_is_told_for_a_month_and_until_then_a_decision_is_never_forgotten():
    """One asked two editions ago and answered by nobody, one decided before its day, one decided long ago."""
    old, taken, done = (
        Asked("Hire.", "2024-08-31", reference="HIRED"),
        Asked("Book the round.", "2024-12-01", reference="BKDRND"),
        Asked("Close the form.", "2024-09-30", reference="CLSFRM"),
    )
    outcome = {"decided": "The round is booked for 90 files.", "by": "Improvement board"}
    outcomes = (
        Decided(code="BKDRND", decided_on="2024-11-05", **outcome),
        Decided(code="CLSFRM", decided_on="2024-10-02", **outcome),
    )
    before = replace(then({"c1": (23, "met")}, asked=(old, taken, done)), decided=outcomes)
    since = now({"c1": (24, "met")}, before=before)
    assert [(each.was.reference, what_became(each)) for each in since.overdue] == [
        ("HIRED", UNANSWERED),
        ("BKDRND", "Improvement board, 5 November 2024"),
    ]
    assert since_finding(since).endswith("one decision was recorded and the day of one decision has passed")
    assert "<b>The round is booked for 90 files.</b>" in since_list(since).html


def test_new_audits_and_those_no_longer_spoken_of_stand_apart():
    visits = page("visits-2024-10", standing("visits", {"v1": "met"}, period="2024-10"))
    since = now({"c1": (24, "met")}, before=then({}, visits))
    assert (since.new, since.gone, since.turned) == (("Consent dip sample",), ("Page visits-2024-10",), ())


def test_a_round_before_that_is_told_otherwise_is_restated_before_and_after_with_how_many_more():
    told = change("c1", "cannot tell", "20 of 33 in October 2024")
    since = now({"c1": (24, "met")}, told, before=then({"c1": (18, "met")}))
    (each,) = since.restated
    assert each[:5] == (
        "c1",
        "October 2024",
        "18 of 30",
        "20 of 33",
        "3 more files are counted",
    )
    assert "18 of 30,</span> now <b>20 of 33" in since_list(since).html


def test_late_returns_of_the_last_edition_are_named_as_the_reason():
    first = (("records returned", "27 of 40", "30 of 40"), ("c1", "15 of 27", "18 of 30"))
    since = now({"c1": (24, "met")}, before=then({"c1": (18, "met")}, restated=first))
    assert [each[:5] for each in since.restated] == [
        ("c1", "October 2024", "15 of 27", "18 of 30", "3 late returns came in for October 2024")
    ]


def test_a_count_of_a_month_that_a_register_tells_otherwise_is_restated_unless_one_of_both_is_hidden():
    monthly = {"measure": "consent_agreed", "theme": "consent", "group": "all", "level": "all", "period": "2024-09"}
    monthly |= {"denominator": 12, "numerator": 9, "method": "count"}
    before = then({}, page("", [monthly]))
    told = edition.told(page("", [{**monthly, "numerator": 10, "denominator": 13}]), audits=AUDITS, before=before)
    since = since_last(overview(told), PlanTold(told, ()))
    assert [each[1:4] for each in since.restated] == [("September 2024", "9 of 12", "10 of 13")]
    hidden = tuple(row._replace(status="suppressed") for row in before.pages[1].released)
    before = replace(before, pages=(before.pages[0], replace(before.pages[1], released=hidden)))
    assert since_last(overview(replace(told, before=before)), PlanTold(told, ())).restated == ()


def test_an_audit_that_left_the_programme_is_named_by_its_page():
    since = now({"c1": (24, "met")}, before=then({"c1": (18, "met")}, name="gone-2024-10", title="Old audit"))
    assert since.gone == ("Old audit",)
