"""The paper on the improvement plan: a row an area, the report on one area with its items, and the closing box.

It is drawn from what the pages of an edition released, so it shows nothing that they hide.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ilacs_audit.claims.plan import (
    NOTHING,
    RULES,
    RUNGS,
    Evidence,
    activity_basis,
    booked,
    chain,
    change_of_mind,
    closed_on_paper,
    evidence_sentence,
    impact_word,
    impacts,
    of_no_area,
    rests_on,
    stale_limits,
    standing_word,
    statuses_told,
)
from ilacs_audit.claims.prose.keep import licensed
from ilacs_audit.claims.words import capital, counted, number_word
from ilacs_audit.display.fragments import Fragment, environment, fragment, nothing, released_rows
from ilacs_audit.display.looks import STATUSES, VerdictLook
from ilacs_audit.display.page.coverage import plan_coverage
from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import date_words
from ilacs_audit.domain.measures import RELEASED_COLUMNS, from_rows
from ilacs_audit.domain.told import LineTold, PlanTold

ACTIVITIES: Mapping[str, VerdictLook] = {
    "complete": VerdictLook("Complete", "●", "none", "dot"),
    "on track": VerdictLook("On track", "▲", "none", "up"),
    "delayed": VerdictLook("Delayed", "◆", "not", "diamond"),
    "not started": VerdictLook("Not started", "○", "none", "ring"),
    "stopped": VerdictLook("Stopped", "✕", "not", "cross"),
    "": VerdictLook("Not stated", "□", "none", "square"),
}
_NONE = VerdictLook("No status", "□", "none", "square")
_BY = {"ofsted": "as Ofsted quoted it", "council": "the council's own mapping"}


def plan_areas(paper: PlanTold) -> Fragment:
    """Show a row an area: what needs to improve, the comment, and the two statuses with their rule and evidence.

    A person's comment stands where there is one. Raises CommentaryError where it claims more than the pages bear.
    """
    refuse_unreleased(paper)
    shown = [_shown(paper, each) for each in paper.areas]
    css = environment().get_template("plan.css").render()
    said: dict[str, Any] = {"finding": plan_finding(paper), "areas": shown, "key": _key(paper)}
    # What the next edition compares its own statuses with.
    remembered = {"css": css, "statuses": [list(each) for each in statuses_told(paper)]}
    return fragment("plan_areas", template="plan.html.j2", data=remembered, items=[], impacts=(), **said)


def plan_items(paper: PlanTold, *, area: str = "") -> Fragment:
    """Report on one area with its items, by default the one with most of them, and close with its impacts and evidence.

    Nothing is shown where no area has items.
    """
    refuse_unreleased(paper)
    chosen = [each for each in paper.areas if each.items and each.line.id == (area or each.line.id)]
    if not chosen:
        return nothing("plan_items")
    told = max(chosen, key=lambda each: len(each.items))
    items = [_shown(paper, each) for each in told.items]
    about = _shown(paper, told)
    return fragment("plan_items", template="plan.html.j2", areas=[], items=items, about=about, impacts=_impacts(told))


def refuse_unreleased(paper: PlanTold) -> None:
    """Refuse what has not been released, as every piece of a page does."""
    given.needed(paper, PlanTold, "paper")
    lines = [line for area in paper.areas for line in (area, *area.items)]
    rows = [each.row for line in lines for each in (*line.standing, *line.registers, *line.reached, *line.actions)]
    released_rows(from_rows([*rows, *(each.row for each in paper.astray)], columns=RELEASED_COLUMNS))


def _shown(paper: PlanTold, told: LineTold) -> dict[str, Any]:
    """One line as its row shows it."""
    standards, framework = paper.edition.about.standards, getattr(told.line, "framework", None)
    comment, register, reference = _comment(paper, told)
    rungs = [*zip(RUNGS, rests_on(told), strict=True)]
    seen = (*told.standing, *told.registers)
    rounds = paper.edition.about.handed.chain(told.standing[0].page.audit) if told.standing else ()
    links = {each.page.href: each.page.title for each in seen if each.page.href != register}
    return {
        "code": told.line.id,
        "title": told.line.title,
        "needs": getattr(told.line, "needs", ""),
        "framework": f"{framework.quoted}, {_BY[framework.by]}" if framework else "",
        "comment": comment,
        "register": register,
        "reference": reference,
        "by": told.words.by if told.words.paragraphs else "",
        "links": [*links.items()],
        "activity": ACTIVITIES[told.activity],
        "basis": activity_basis(told),
        "impact": impact_look(told.status, impact_word(told)),
        "rule": told.rule,
        "why": _why(told),
        "pair": told.pair,
        "mind": change_of_mind(told, standards, as_of=paper.edition.about.as_of),
        "held": "; ".join(f"{name} ({held})" for name, held in rungs if held),
        "chain": chain(told, as_of=paper.edition.about.as_of, rounds=rounds),
        "missing": ", ".join(name for name, held in rungs if not held),
    }


def _comment(paper: PlanTold, told: LineTold) -> Evidence:
    """What a person wrote of a line, or the sentence that its evidence gives, with the page of a register."""
    if not told.words.paragraphs:
        return evidence_sentence(told, paper.edition.about.standards)
    standards, told_by = paper.edition.about.standards, (*told.standing, *told.registers)
    pages = {each.page.href: each.page for each in told_by}.values()
    seen = [*(row for page in pages for row in page.released), *(each.row for each in told.actions)]
    shown = from_rows(seen, columns=RELEASED_COLUMNS)
    return Evidence(" ".join(licensed(told.words.paragraphs, shown, standards=standards, about=told.line.id)))


def impact_look(status: str, word: str) -> VerdictLook:
    """The looks of an impact status, with the word that is shown of it."""
    return replace(STATUSES.get(status, _NONE), word=word)


def _why(told: LineTold) -> str:
    """Why the status is what it is, and of how many standards it is the weakest."""
    many = Counter(standing_word(each.row) for each in told.standing)
    others = ", ".join(f"{count} {word}" for word, count in many.items()) if len(many) > 1 else ""
    of = f"The weakest of {len(told.standing)} standards: {others}." if others else ""
    unshown = f"{counted(told.unshown, 'standard')} more not shown." if told.unshown and told.standing else ""
    said = "" if told.reason == NOTHING else told.reason
    return " ".join(filter(None, (said, of, unshown)))


def plan_finding(paper: PlanTold) -> str:
    """How many areas of the plan are complete, and how many are shown to be better."""
    done = sum(each.activity == "complete" for each in paper.areas)
    better = sum(each.status in ("I4", "I5") for each in paper.areas)
    many = counted(len(paper.areas), "area")
    return f"Of {many} {_are(done)} complete, and {_are(better)} shown to be better"


def _are(number: int) -> str:
    return f"{number_word(number) if number else 'none'} {'is' if number < 2 else 'are'}"


def _key(paper: PlanTold) -> Sequence[str]:
    """How the statuses are set, and after how long evidence counts less."""
    standards = paper.edition.about.standards
    themes = dict.fromkeys(audit.theme for each in paper.areas for audit, _ in each.audits)
    return (of_no_area(paper), closed_on_paper(paper), *RULES, stale_limits([standards.theme(each) for each in themes]))


def _impacts(told: LineTold) -> Sequence[tuple[str, str]]:
    """The closing box: what impact there is, what is expected and when, on what evidence."""
    rungs = [f"{name}: {held}" for name, held in zip(RUNGS, rests_on(told), strict=True) if held]
    asked = ("What impact are we having?", "What do we expect, and when?", "Based on what evidence?")
    return [*zip(asked, (*impacts(told), f"{capital('; '.join(rungs))}." if rungs else "None."), strict=True)]


def plan_glance(paper: PlanTold) -> Fragment:
    """Show a row an area: is it done, has it helped, by which rule, and on which day more can be told by how many.

    Each area links to its row on the page about the plan, and to the page of its weakest evidence. Where readers have
    no such page, only which areas have no figures is said (`plan_coverage`).
    """
    refuse_unreleased(paper)
    if not paper.edition.paper:
        return plan_coverage(paper.edition)
    areas = [_glance(paper, each) for each in paper.areas]
    return fragment("plan_glance", template="glance.html.j2", finding=plan_finding(paper), areas=areas)


def _glance(paper: PlanTold, told: LineTold) -> Mapping[str, Any]:
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
