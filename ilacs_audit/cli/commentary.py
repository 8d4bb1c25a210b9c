"""Read people's commentary against the figures before the night on which it is to be published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING

import click

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import CommentaryError

if TYPE_CHECKING:
    from ilacs_audit.intake.handed import Handed
    from ilacs_audit.intake.problems import Loaded
    from ilacs_audit.intake.workspace import Workspace
    from ilacs_audit.publishing.timetable import Report

_NO_AUDIT = "no audit has this id, so it is read when it is published."
_OF_PLAN = "it stands on the page of the improvement plan, and is read when that is published."
_NO_PAGE = "no page whose figures are known beforehand is about it in that month, so it is read when it is published."


def refused_commentary(work: Workspace, loaded: Loaded, *, audiences: Sequence[str]) -> list[CommentaryError]:
    """Every entry of the commentary that a page of these editions would refuse, as of the end of its month.

    Each page that shows an entry judges it by its own figures. Publication reads the words again, for each audience.
    """
    from ilacs_audit.intake.commentary import all_commentary
    from ilacs_audit.intake.handed import Handed

    handed = Handed(work, returns=loaded)
    found: dict[str, CommentaryError] = {}
    for period, about, _ in all_commentary(work.evidence):
        pages = _pages(work, Period.parse(period), about)
        if not pages:
            known = _OF_PLAN if about in work.plan.codes else _NO_AUDIT
            unread = _NO_PAGE if about in work.programme else known
            click.echo(f"Commentary of {period} on {about}: {unread}")
        for report, edition in product(pages, audiences):
            found |= {str(refusal): refusal for refusal in _refusals(report, Period.parse(period), handed, edition)}
    return list(found.values())


def refused_wording(work: Workspace) -> Iterator[CommentaryError]:
    """Each wording of a released theme that claims more than that it was written, or that names somebody."""
    from ilacs_audit.claims.prose.wording import licensed_wording
    from ilacs_audit.disclosure.search.finder import IdentifierFinder

    released = [each for each in work.learning.themes if each.released]
    finder = IdentifierFinder(work.identifiers()) if released else None
    for theme in released:
        try:
            licensed_wording([theme])
        except CommentaryError as refusal:
            yield refusal
        if finder and finder.find(theme.wording):
            what, where = "The wording names somebody whom the evidence names.", f"learning.yml, theme {theme.id}"
            yield CommentaryError(what, where=where, fix="Say it without the person.")


def _pages(work: Workspace, month: Period, about: str) -> list[Report]:
    """The reports of a month that are about an audit, and so show what was written of it."""
    from ilacs_audit.analysis.recipes import RECIPES
    from ilacs_audit.publishing.timetable import plan_reports

    reports, _ = plan_reports(work, month)
    return [each for each in reports if each.parameters.get("audit") == about and each.name in RECIPES]


def _refusals(report: Report, month: Period, handed: Handed, edition: str) -> Iterator[CommentaryError]:
    """What the page of a report in an edition refuses of the words about its audit, judged by the page's own pieces."""
    from ilacs_audit.analysis.recipes import RECIPES
    from ilacs_audit.disclosure.gate.page import page
    from ilacs_audit.display.page.words import commentary, decisions
    from ilacs_audit.intake.open_audit import opened

    audit, day = report.parameters["audit"], month.last.isoformat()
    work = opened(handed, audit, period=str(month), as_of=day, audience=edition)
    made = page(work, *RECIPES[report.name](work))
    for said in (commentary, decisions):
        try:
            said(made)
        except CommentaryError as refusal:
            yield refusal
