"""The improvement plan at a glance on a front page: each area with its two statuses, and what is next."""

from collections.abc import Mapping
from typing import Any

from ilacs_audit.claims.plan import booked, impact_word
from ilacs_audit.display.fragments import Fragment, fragment
from ilacs_audit.display.page.coverage import plan_coverage
from ilacs_audit.display.page.plan import ACTIVITIES, impact_look, plan_finding, refuse_unreleased
from ilacs_audit.domain.calendar import date_words
from ilacs_audit.domain.told import LineTold, PlanTold


def plan_glance(paper: PlanTold) -> Fragment:
    """Show a row an area: is it done, has it helped, by which rule, and on which day more can be told by how many.

    Each area links to its row on the page about the plan, and to the page of its weakest evidence. Where readers have
    no such page, only which areas have no figures is said (`plan_coverage`).
    """
    refuse_unreleased(paper)
    if not paper.edition.paper:
        return plan_coverage(paper.edition)
    areas = [_area(paper, each) for each in paper.areas]
    return fragment("plan_glance", template="glance.html.j2", finding=plan_finding(paper), areas=areas)


def _area(paper: PlanTold, told: LineTold) -> Mapping[str, Any]:
    seen = (*told.standing, *told.registers)
    on, size = booked(told, as_of=paper.edition.about.as_of)
    return {
        "code": told.line.id,
        "title": told.line.title,
        "href": f"{paper.edition.paper}#{told.line.id}",
        "activity": ACTIVITIES[told.activity],
        "impact": impact_look(told.status, impact_word(told)),
        "rule": told.rule,
        "next": date_words(on) if on else "No date set",
        "size": f"{size:,} booked" if on and size else "",
        "evidence": (seen[0].page.href, seen[0].page.title) if seen else None,
    }
