"""Every area of the plan has pages with figures, or the line that says why it has none."""

import re
from dataclasses import replace
from html import unescape

import pytest

from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.display.page.coverage import booked_table, coverage_map, plan_coverage, told_list
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.domain.plan import Area, Plan
from ilacs_audit.domain.told import EditionTold, PageTold
from tests import build
from tests.shelf import Shelf, opened

AREAS = ("A1", "A2", "A3", "A4")


class Planned(Shelf):
    """Evidence of no answers, with a plan of four areas."""

    def plan(self):
        return Plan(tuple(Area(id=each, title=f"Title {each}", needs="It") for each in AREAS))


def shown(**row):
    return tuple(
        rows(
            release(measures([{"measure": "action_late", "numerator": 6, "denominator": 20, **row}]), audience="board")
        )
    )


def said(*pages, audience="board"):
    audits = build.programme(build.audit("audit-2024-11", areas=["A2.3", "A2.10"]))
    about = replace(opened(Planned(audits=audits), "audit-2024-11", audience=audience), id="")
    return plan_coverage(EditionTold(about, tuple(pages))).html


MADE = (
    PageTold("An audit", audit="audit-2024-11", href="a.html", released=shown(group="all")),
    PageTold("A register", plan="A3", href="b.html", released=shown(group="all")),
    PageTold("Actions", href="c.html", released=shown(group="plan area", level="A1 Title A1")),
)


def test_each_area_has_a_figure_or_nobody_supplied_any():
    html = said(*MADE)
    assert "without figures in this edition (no data supplied): A4 Title A4." in html
    everywhere = said(*MADE, PageTold("More", plan="A4", href="d.html", released=shown(group="all")))
    assert "Every area of the improvement plan has figures in this edition." in everywhere


@pytest.mark.parametrize(
    ("pages", "audience", "why"),
    [
        (MADE, "public", "no page in this edition"),
        ((*MADE, PageTold("Late", plan="A4")), "board", "no page yet"),
        (MADE[:0], "board", "no data supplied"),
    ],
)
def test_who_was_not_asked_or_not_answered_yet_supplied_no_nothing(pages, audience, why):
    told = said(*pages, audience=audience)
    assert f"({why}): " in told and "A4 Title A4." in told


def test_a_page_without_a_figure_is_no_evidence():
    told = said(PageTold("Empty", plan="A3", href="b.html"))
    assert "(no data supplied): " in told and "A3 Title A3" in told


def test_a_page_that_only_says_what_was_not_supplied_is_no_evidence_and_one_whose_figures_are_hidden_is():
    untold = {"measure": "interview_offered", "group": "all", "level": "all", "numerator": None, "denominator": None}
    read = {"measure": "rows_read", "group": "register", "level": "missing", "numerator": 0, "denominator": 0}
    empty = (*shown(**untold), *shown(**read))
    told = said(*MADE, PageTold("M", plan="A4", href="m.html", released=empty))
    assert "(no data supplied): " in told and "A4 Title A4" in told
    hidden = shown(measure="screened_high", group="all", level="all", numerator=2, denominator=9)
    assert hidden[0].hidden
    assert "A4" not in said(*MADE, PageTold("M", plan="A4", href="m.html", released=hidden))


def words(fragment):
    """What a fragment says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", fragment.html)).split())


CATALOGUE = build.standards(
    build.theme("consent", [build.standard("CON-1")], areas=["A2"]),
    build.theme("plans", [build.standard("PLN-1")], areas=["A10"]),
)


def place(level, months=None):
    told = (
        {"measure": "not_looked_at", "numerator": 0}
        if months is None
        else {"measure": "looked_at", "numerator": months}
    )
    return {**told, "level": level, "group": "practice area x team" if " x " in level else "practice area"}


@pytest.mark.parametrize("audience", ["internal", "board", "public"])
def test_the_map_says_how_many_months_ago_never_and_where_no_team_is_told(audience):
    levels = [place("Consent", 0), place("Consent x North", 0), place("Consent x South"), place("Plans", 7)]
    found = release(measures(levels), audience=audience)
    shown = coverage_map(found, programme=build.programme(build.audit("a", areas=["A3.1"])), standards=CATALOGUE)
    for line in ("Areas of the plan A2, A3 A10", "All teams 0 7", "North 0 not told", "South never not told"):
        assert line in words(shown)


def test_what_is_booked_stands_with_what_its_size_can_show():
    audits = build.programme(
        build.audit("a", title="Consent again", on="2025-02-01", period="2025-02", intended=60),
        build.audit("b", title="Plans again", of="plans", on="2025-03-01", period="2025-03", intended=None),
    )
    told = words(booked_table(audits, standards=CATALOGUE, as_of="2024-11-21"))
    assert "1 February 2025 Consent again 60 13 points 25 points 59 of 60" in told
    assert "1 March 2025 Plans again not set cannot tell cannot tell cannot tell" in told
    assert "No audit is planned or booked." in words(booked_table(audits, standards=CATALOGUE, as_of="2025-03-01"))


def test_levels_of_one_measure_stand_in_one_line_and_a_whole_is_a_sentence():
    rows = [
        *(
            {"measure": "area_unseen", "group": "area nobody looked at", "level": each, "numerator": 0}
            for each in AREAS
        ),
        {"measure": "files_booked", "group": "all", "level": "all", "numerator": 7, "note": "21 November 2024"},
    ]
    found = release(measures(rows), audience="board")
    told = words(told_list(found, measures=("area_unseen", "files_booked")))
    assert "Areas of the plan that nobody looked at in twelve months: A1; A2; A3; A4." in told
    assert "7 files are booked for the three months after 21 November 2024." in told
    assert words(told_list(found, measures=("auditors_reading",))) == ""
