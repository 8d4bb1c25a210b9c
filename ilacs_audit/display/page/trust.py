"""The strip of facts above every result: how far a reader may lean on this page."""

from dataclasses import dataclass

import pandas as pd

from ilacs_audit.claims.words import counted
from ilacs_audit.disclosure.gate.emptied import LOW_BASE
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL, IN_FACTS
from ilacs_audit.display.figures import CHOSEN, days, k_of_n
from ilacs_audit.display.fragments import Fragment, fragment, released_rows
from ilacs_audit.domain import given
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import Audit

_WITH = {True: ("yes", "the practitioner took part"), False: ("no", "the practitioner took no part")}


@dataclass(frozen=True)
class Fact:
    """One fact: what it is about, the fact itself, and a smaller second line."""

    term: str
    value: str
    detail: str = ""


@accepts(Page, lambda page: {"released": page.whole, "audit": page.about.audit})
def trust_box(released: pd.DataFrame, *, audit: Audit | None = None) -> Fragment:
    """Files read of drawn of in scope, when and by how many, moderated, set aside, comparable.

    Reads the measures `returned`, `auditors`, `moderated`, `marked_down`, `marked_up`,
    `set_aside` (one row a reason) and `comparable`. What was not recorded is said to be so.
    """
    given.of_kind(audit, Audit, "audit")
    found = [row for row in released_rows(released) if audit is None or _is_about(row, audit)]
    made = [
        _files(found),
        *([_audited(found, audit)] if audit else []),
        _moderated(found),
        _set_aside(found),
        *_comparable(found),
        *(
            [Fact("With the worker", *_WITH[audit.with_practitioner])]
            if audit and audit.with_practitioner is not None
            else []
        ),
    ]
    shorthand = IN_FACTS if any(CONFIDENTIAL in f"{fact.value}{fact.detail}" for fact in made) else ""
    heading = "How far to trust this page"
    return fragment(
        "trust_box", template="facts.html.j2", released=found, heading=heading, facts=made, shorthand=shorthand
    )


def _is_about(row: Row, audit: Audit) -> bool:
    own = {"audit": row.level == audit.id, "rule": row.level.endswith(f" in {audit.id}")}
    return own.get(row.group, True)


def _files(found: list[Row]) -> Fact:
    row = _first(found, "returned")
    if row is None:
        return Fact("Files read", "not recorded")
    if row.hidden:
        return Fact("Files read", CONFIDENTIAL)
    chosen = CHOSEN.get(row.selection, row.selection)
    known = f"from {row.population} in scope, {chosen}"
    scope = f"chosen {chosen}; how many in scope is not known" if row.population is None else known
    return Fact("Files read", f"{k_of_n(row)}{'' if row.denominator is None else ' drawn'}", scope)


def _audited(found: list[Row], audit: Audit) -> Fact:
    row = _first(found, "auditors")
    by = f"by {counted(row.numerator, 'auditor')}" if row and row.numerator is not None else ""
    if (audit.on, audit.until) == (audit.period.first, audit.period.last):
        return Fact("Audited", "days not recorded", ", ".join(filter(None, (f"filed under {audit.period.words}", by))))
    return Fact("Audited", days(audit.on, audit.until), by)


def _moderated(found: list[Row]) -> Fact:
    row = _first(found, "moderated")
    if row is None:
        return Fact("Moderated", "not recorded")
    if row.numerator == 0:
        return Fact("Moderated", "none", "no second reader saw these files")
    if row.hidden:
        return Fact("Moderated", CONFIDENTIAL)
    moved = ((_first(found, name), word) for name, word in (("marked_down", "marked down"), ("marked_up", "up")))
    told = (f"{CONFIDENTIAL if each.hidden else each.numerator} {word}" for each, word in moved if each)
    return Fact("Moderated", k_of_n(row), ", ".join(told))


def _set_aside(found: list[Row]) -> Fact:
    if not (_first(found, "set_aside") or _first(found, "returned")):
        return Fact("Set aside", "not recorded")
    aside = [row for row in found if row.measure == "set_aside" and row.numerator != 0]
    told = [(_files_of(row), _told(row) or "reason not recorded") for row in aside]
    if len(told) < 2:
        return Fact("Set aside", *(told[0] if told else ("none",)))
    return Fact("Set aside", "for these reasons", "; ".join(f"{files}: {reason}" for files, reason in told))


def _comparable(found: list[Row]) -> list[Fact]:
    row = _first(found, "comparable")
    if row is None:
        return []
    return [Fact("Comparable", f"{k_of_n(row)} standards", _told(row) or "with the last round")]


def _first(found: list[Row], measure: str) -> Row | None:
    return next((row for row in found if row.measure == measure), None)


def _files_of(row: Row) -> str:
    return CONFIDENTIAL if row.hidden or row.numerator is None else counted(row.numerator, "file")


def _told(row: Row) -> str:
    """What is said of a row, without the remark that it makes no percentage: none is shown here."""
    return row.note.replace(LOW_BASE, "").strip()
