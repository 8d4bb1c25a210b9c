"""The strip of facts above every result: how far a reader may lean on this page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.claims.words import counted, plural
from ilacs_audit.disclosure.gate.emptied import LOW_BASE
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL, IN_TABLE
from ilacs_audit.display.figures import CHOSEN, days, k_of_n
from ilacs_audit.display.fragments import Fragment, fragment, released_rows
from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import Audit

_ASIDE = {  # what a rule sets aside, and why: words for those who read the page
    "ambiguous-column": ("column", "its heading can mean two things"),
    "draft": ("file", "not submitted"),
    "duplicate": ("repeated row", "counted once"),
    "excluded": ("file", "taken out by hand, with a reason"),
    "hidden-content": ("sheet", "it was hidden"),
    "lost-reference": ("row", "the reference was lost"),
    "missing-answer": ("answer", "left blank"),
    "missing-reference": ("row", "no reference"),
    "not-audited": ("row", "nobody had audited the file"),
    "same-moderator": ("moderation", "the moderator was the auditor"),
    "two-files": ("return", "another file claims the same audit"),
    "unknown-answer": ("answer", "not one of the form's answers"),
    "unreadable-file": ("return", "it could not be opened"),
}
_READ = (
    "returned",
    "later",
    "agency_returns",
    "auditors",
    "moderated",
    "marked_down",
    "marked_up",
    "set_aside",
    "comparable",
)
_WITH: dict[bool | None, str] = {True: "planned", False: "not planned"}


@dataclass(frozen=True)
class Fact:
    """One fact: what it is about, the fact itself, and a smaller second line."""

    term: str
    value: str
    detail: str = ""


@accepts(Page, lambda page: {"released": page.of(measure=_READ), "audit": page.about.audit, "as_of": page.about.as_of})
def trust_box(released: pd.DataFrame, *, audit: Audit | None = None, as_of: str = str(date.max)) -> Fragment:
    """Files read of drawn of in scope, when and by how many, moderated, set aside, comparable.

    What was not recorded is said to be so; `set_aside` has one row a reason. No day after `as_of` counts as audited.
    """
    given.of_kind(audit, Audit, "audit")
    found = [row for row in released_rows(released) if audit is None or _is_about(row, audit)]
    made = [
        _files(found),
        *_agencies(found),
        *([_audited(found, audit, parse_day(as_of))] if audit else []),
        _moderated(found),
        _set_aside(found),
        *_comparable(found),
        *([Fact("With the worker", told)] if (told := _WITH.get(audit.with_practitioner if audit else None)) else []),
    ]
    shorthand = IN_TABLE if any(CONFIDENTIAL in f"{fact.value}{fact.detail}" for fact in made) else ""
    said: dict[str, Any] = {"heading": "How far to trust this page", "facts": made, "shorthand": shorthand}
    return fragment("trust_box", template="facts.html.j2", released=found, **said)


def _is_about(row: Row, audit: Audit) -> bool:
    return row.group not in ("audit", "rule", "agency") or row.level.rpartition(" in ")[2] == audit.id


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


def _audited(found: list[Row], audit: Audit, as_of: date) -> Fact:
    told = _first(found, "auditors")
    by = f"by {counted(told.numerator, 'auditor')}" if told and told.numerator is not None else ""
    if (audit.on, audit.until) == (audit.period.first, audit.period.last):
        return Fact("Audited", "days not recorded", ", ".join(filter(None, (f"filed under {audit.period.words}", by))))
    more = f"booked to {date_words(audit.until)}" if audit.until > as_of else ""
    later = f"{k_of_n(row)} dated after {date_words(as_of)}" if (row := _first(found, "later")) else ""
    last = max(audit.on, min(audit.until, as_of))
    return Fact("Audited", days(audit.on, last), ", ".join(filter(None, (by, more, later))))


def _moderated(found: list[Row]) -> Fact:
    row = _first(found, "moderated")
    if row is None:
        return Fact("Moderated", "not recorded")
    if row.numerator == 0:
        return Fact("Moderated", "none", "no second reader")
    if row.hidden:
        return Fact("Moderated", CONFIDENTIAL)
    moved = ((_first(found, name), word) for name, word in (("marked_down", "marked down"), ("marked_up", "up")))
    told = (f"{CONFIDENTIAL if each.hidden else each.numerator} {word}" for each, word in moved if each)
    return Fact("Moderated", k_of_n(row), ", ".join(told))


def _agencies(found: list[Row]) -> list[Fact]:
    """The returns of agencies that answer apart, and which agencies owe some."""
    whole = _first(found, "agency_returns")
    each = [row for row in found if (row.measure, row.group) == ("agency_returns", "agency")]
    if whole is None:
        return []
    owing = (row for row in each if row.hidden or row.numerator != row.denominator)
    told = ", ".join(f"{row.level.rpartition(' in ')[0]} {k_of_n(row)}" for row in owing)
    return [Fact("Agencies' returns", k_of_n(whole), told or f"from each of {len(each)} agencies")]


def _set_aside(found: list[Row]) -> Fact:
    aside = [row for row in found if row.measure == "set_aside"]
    if not (aside or _first(found, "returned")):
        return Fact("Set aside", "not recorded")
    told = [_aside(row) for row in aside if row.numerator != 0 and " in " in row.level]
    if len(told) < 2:
        return Fact("Set aside", *(told[0] if told else ("none",)))
    return Fact("Set aside", "for these reasons", "; ".join(f"{count}: {reason}" for count, reason in told))


def _aside(row: Row) -> tuple[str, str]:
    """How much a rule set aside, and why: in a person's words where one took it out."""
    rule = row.level.rpartition(" in ")[0]
    unit, why = _ASIDE.get(rule, ("row", rule.replace("-", " ")))
    many = f"{CONFIDENTIAL} {plural(unit)}" if row.hidden or row.numerator is None else counted(row.numerator, unit)
    own = row.note.replace(LOW_BASE, "").strip()
    return many, why if own in ("", rule) else f"{own[:1].lower()}{own[1:].rstrip('.')}"


def _comparable(found: list[Row]) -> list[Fact]:
    row = _first(found, "comparable")
    return [Fact("Comparable", f"{k_of_n(row)} standards", _told(row) or "with the last round")] if row else []


def _first(found: list[Row], measure: str) -> Row | None:
    return next((row for row in found if row.measure == measure), None)


def _told(row: Row) -> str:
    """What is said of a row, without the remark that it makes no percentage: none is shown here."""
    return row.note.replace(LOW_BASE, "").strip()
