"""Every area of the plan has pages with figures, or the line that says why it has none."""

from dataclasses import replace

import pytest

from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.display.page.coverage import plan_coverage
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
