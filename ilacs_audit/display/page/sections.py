"""How every page opens and closes, so that a notebook holds only what is its own.

A page opens with its question and answer, what failed of the critical standards, how far to trust it, and what is
asked of the board. It closes with what people say of it and how it was worked out.
"""

from collections.abc import Sequence

from ilacs_audit.claims.sentences.readers.raised import HEADING, NONE, raised
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.fragments import Fragment, Fragments, Note, fragment, nothing, released_rows
from ilacs_audit.display.page.critical import critical_panel
from ilacs_audit.display.page.trust.box import trust_box
from ilacs_audit.display.page.words import commentary, decisions, provenance, title
from ilacs_audit.domain import given


def opening(page: Page, *, question: str = "", measure: str = "", area: str = "") -> Fragments:
    """Show title, critical standards, trust and decisions.

    The `question` is the theme's unless another is given; the answer speaks of one `measure` where one is named, and
    of critical failures always. An `area` of the improvement plan is named, where the plan has it.
    Raises CommentaryError where what a person asks of the board claims more than the page bears.
    """
    given.needed(page, Page, "page")
    asked = {"question": question} if question else {}
    told = {"released": page.of(measure=(measure, "critical_failure", "impact"))} if measure else {}
    opened = title(page, **asked, **told) + critical_panel(page) + trust_box(page)
    pieces = (opened + _of_plan(page, area) if area else opened) + decisions(page)
    by_rule = None if page.about.words.decisions else raised(released_rows(page.released))
    if by_rule is None and (page.about.audit or page.about.words.decisions):
        return pieces  # of an audit a person writes that nothing is asked
    return pieces + _raised(by_rule or ())


def _raised(found: Sequence[tuple[str, str]]) -> Fragment:
    """What figures raise by rule where nobody has written what is to be decided, or that they raise nothing."""
    items = [(f"{what}.", f"Rule: {rule}.", "") for what, rule in found]
    lists = [(HEADING, items) if items else ("Decisions", [(NONE, "", "")])]
    return fragment("raised", template="decisions.html.j2", lists=lists, of_officers="", officers=[])


def _of_plan(page: Page, area: str) -> Fragment:
    """The area of the improvement plan that a report is evidence on."""
    named = [each.title for each in page.about.handed.plan().lines if each.id == area] if area else []
    items = [f"Evidence on plan area {area}: {name}." for name in named]
    return fragment("plan_area", template="list.html.j2", items=items) if items else nothing("plan_area")


def closing(page: Page) -> Fragments:
    """Show what people say, and how it was worked out; and note what the report was handed.

    Raises CommentaryError where a person's words claim more than the page bears.
    """
    given.needed(page, Page, "page")
    shown = commentary(page) + provenance(page)
    return Fragments((*shown.pieces, Note("handed", {"asked": page.about.asked})))
