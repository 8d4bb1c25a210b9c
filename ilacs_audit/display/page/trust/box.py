"""The strip of facts above every result: how far a reader may lean on this page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.claims.verdicts.estimates import in_doubt
from ilacs_audit.claims.words import capital, counted, listed, plural
from ilacs_audit.disclosure.gate.emptied import EVERYONE, LOW_BASE
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL, IN_TABLE
from ilacs_audit.display.figures import CHOSEN, days, k_of_n
from ilacs_audit.display.fragments import Fragment, fragment, released_rows
from ilacs_audit.display.page.trust.relied import CORRECTED, HOW, concluded, first
from ilacs_audit.domain import given
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row, rows
from ilacs_audit.domain.programme import Audit

_ASIDE = {  # what a rule sets aside, and why: words for those who read the page
    "ambiguous-column": ("column", "its heading can mean two things"),
    "held before it was decided": ("meeting", "held before it was decided"),
    "no hour given": ("meeting", "no hour given, and a limit of hours to keep"),
    "no time of the decision": ("meeting", "no time of the decision"),
    "plan not known": ("child", "a plan that is not known, so that no limit judges the visits"),
    "recorded before the visit": ("visit", "recorded before it was made, and in a row of its own"),
    "draft": ("file", "not submitted"),
    "duplicate": ("repeated row", "counted once"),
    "few named for it": ("course", "fewer than five people are named for it"),
    "neither booked nor known to have come": ("person", "named for a course, neither booked nor known to have come"),
    "no room by team and role": ("course", "told as a whole; a table by team and role has room for six"),
    "excluded": ("file", "taken out by hand, with a reason"),
    "hidden-content": ("sheet", "it was hidden"),
    "lost-reference": ("row", "the reference was lost"),
    "in a cohort of fewer than ten": ("child", "in a cohort of fewer than ten, of whom some may have come unseen"),
    "missing-answer": ("answer", "left blank"),
    "missing-reference": ("row", "no reference"),
    "not-audited": ("row", "nobody had audited it"),
    "same-moderator": ("moderation", "the moderator was the auditor"),
    "second-blank": ("second reading", "a reader is named, and no grade"),
    "second-unread": ("second reading", "its grade is not one of the scale's"),
    "two-draws": ("draw", "two files of it differ, and which one was read by is not known"),
    "two-files": ("return", "two files claim its audit, or two audits claim it"),
    "two times given": ("meeting", "its rows give two times"),
    "unknown-answer": ("answer", "not one of the form's answers"),
    "unreadable-file": ("return", "it could not be opened"),
}
_READ = tuple(
    [
        "rows_read",
        "returned",
        "later",
        "agency_returns",
        "auditors",
        "moderated",
        "marked_down",
        "marked_up",
        "moderated_same",
        CORRECTED,
        "set_aside",
        "unread",
        "columns_unread",
        "comparable",
    ]
)


@dataclass(frozen=True)
class Fact:
    """One fact: what it is about, the fact itself, a smaller second line, and the code of its figure."""

    term: str
    value: str
    detail: str = ""
    reference: str = ""


def _of_page(page: Page) -> dict[str, Any]:
    about = page.about
    said = {"audit": about.audit, "unit": about.unit, "as_of": about.as_of, "then": about.outdated}
    standing = [row for row in rows(page.of(measure="compliance")) if row.group in WHOLE_SERVICE]
    return {"released": page.of(measure=_READ), "standing": standing, **said}


@accepts(Page, _of_page)
def trust_box(
    released: pd.DataFrame,
    *,
    audit: Audit | None = None,
    unit: str = "file",
    as_of: str = str(date.max),
    then: str = "",
    standing: Sequence[Row] = (),
) -> Fragment:
    """What can be relied on, and the facts behind it: how many were read, when and by whom, moderated, set aside.

    No day after `as_of` counts as audited; evidence that is past the age limit of its theme shows `then`. Of
    `standing`, the counts that the page is about, it says whether there is a range to rely on. What was not recorded
    is said to be so; `set_aside` has one row a reason.
    Example: `ia.trust_box(page)`.
    """
    given.of_kind(audit, Audit, "audit")
    found = [row for row in released_rows(released) if audit is None or _is_about(row, audit)]
    registers = [_register(row) for row in found if row.measure == "rows_read"]
    made = (
        [*registers, _set_aside(found, "row"), *_unread(found)]
        if registers
        else [
            _files(found, unit, audit.by if audit else "file", doubted=in_doubt(standing)),
            *_agencies(found),
            *([_audited(found, audit, parse_day(as_of))] if audit else []),
            _moderated(found),
            _set_aside(found, unit),
            *_comparable(found),
        ]
    )
    shorthand = IN_TABLE if any(CONFIDENTIAL in f"{fact.value}{fact.detail}" for fact in made) else ""
    said: dict[str, Any] = {
        "heading": "How far to trust this",
        "concluded": concluded(found, unit, then, standing, audit.by if audit else "file"),
    }
    return fragment("trust_box", template="facts.html.j2", released=found, facts=made, shorthand=shorthand, **said)


def _register(row: Row) -> Fact:
    """The rows of a register that could be read, and the last day of which it tells."""
    name, _, last = row.level.partition(" to ")
    if row.numerator is None and not row.hidden:
        return Fact(f"Rows read, {name}", "none", "the file cannot be used as it is; its owner has been told why")
    until = f"evidence to {last}" if last else "it holds no dates, so how recent it is cannot be told"
    return Fact(f"Rows read, {name}", k_of_n(row), ", ".join(filter(None, (until, row.as_told))), row.reference)


def _is_about(row: Row, audit: Audit) -> bool:
    return row.group not in ("audit", "rule", "agency") or row.level.rpartition(" in ")[2] == audit.id


def _files(found: list[Row], unit: str, by: str, *, doubted: bool) -> Fact:
    row, term = first(found, "returned"), f"{capital(plural(unit))} read"
    if row is None:
        return Fact(term, "not recorded")
    if row.hidden:
        return Fact(term, CONFIDENTIAL)
    chosen = f"{CHOSEN.get(row.selection, row.selection)}{HOW.get(row.selection, '')}"
    chosen += "" if by == "file" or row.selection != "random" else f", by {by}: each drawn with all files"
    chosen += " as planned, which is in doubt" if doubted else ""
    known = f"from {_about(row)}{row.population} in scope, {chosen}"
    scope = f"chosen {chosen}; how many in scope is not known" if row.population is None else known
    more = row.note.removesuffix(EVERYONE).strip()
    drawn = "" if row.denominator is None else f", {more}" if more else " drawn"
    return Fact(term, f"{_about(row)}{k_of_n(row)}{drawn}", scope, row.reference)


def _about(row: Row) -> str:
    """What opens a count that is rounded, so that nobody takes it for an exact one."""
    return "about " if row.status == "rounded" else ""


def _audited(found: list[Row], audit: Audit, as_of: date) -> Fact:
    told = first(found, "auditors")
    by = f"by {_about(told)}{counted(told.numerator, 'auditor')}" if told and told.numerator is not None else ""
    if (audit.on, audit.until) == (audit.period.first, audit.period.last):
        return Fact("Audited", "days not recorded", ", ".join(filter(None, (f"filed under {audit.period.words}", by))))
    more = f"booked to {date_words(audit.until)}" if audit.until > as_of else ""
    later = f"{k_of_n(row)} dated after {date_words(as_of)}" if (row := first(found, "later")) else ""
    last = max(audit.on, min(audit.until, as_of))
    return Fact("Audited", days(audit.on, last), ", ".join(filter(None, (by, more, later))))


def _moderated(found: list[Row]) -> Fact:
    row = first(found, "moderated")
    if row is None:
        return Fact("Moderated", "not recorded")
    if row.numerator == 0:
        return Fact("Moderated", "none", "no second reader")
    if row.hidden:
        return Fact("Moderated", CONFIDENTIAL)
    moved = ((first(found, name), word) for name, word in (("marked_down", "marked down"), ("marked_up", "up")))
    told = (
        f"{CONFIDENTIAL if each.hidden else f'{_about(each)}{each.numerator}'} {word}" for each, word in moved if each
    )
    same = first(found, "moderated_same")
    alike = f"no grade given twice; {_about(same)}{k_of_n(same)} answers the same" if same else ""
    came = ", ".join(told) or alike or "no second grade to compare"
    return Fact("Moderated", f"{_about(row)}{k_of_n(row)}", came, row.reference)


def _agencies(found: list[Row]) -> list[Fact]:
    """The returns of agencies that answer apart, and which agencies owe some."""
    whole = first(found, "agency_returns")
    each = [row for row in found if (row.measure, row.group) == ("agency_returns", "agency")]
    if whole is None:
        return []
    owing = [row for row in each if row.hidden or row.numerator != row.denominator]
    told = [f"{row.level.rpartition(' in ')[0]} {k_of_n(row)}" for row in owing]
    rest = listed([row.level.rpartition(" in ")[0] for row in each if row not in owing])
    if not owing:
        told, rest = [f"{k_of_n(each[0])} from each of {len(each)} agencies"] if each else [], ""
    came = ", ".join([*told, *([f"{rest} complete"] if rest else [])])
    return [Fact("Agencies' returns", k_of_n(whole), came, whole.reference)]


def _set_aside(found: list[Row], unit: str) -> Fact:
    aside = [row for row in found if row.measure == "set_aside"]
    if not (aside or first(found, "returned") or first(found, "rows_read")):
        return Fact("Set aside", "not recorded")
    told = [_aside(row, unit) for row in aside if row.numerator != 0 and " in " in row.level]
    if len(told) < 2:
        return Fact("Set aside", *(told[0] if told else ("none",)))
    (most, why), *others = told
    return Fact("Set aside", most, "; ".join([why, *(f"{count}: {reason}" for count, reason in others)]))


def _aside(row: Row, of: str) -> tuple[str, str]:
    """How much a rule set aside, and why: in a person's words where one took it out."""
    rule = row.level.rpartition(" in ")[0]
    unit, why = _ASIDE.get(rule, ("row", rule.replace("-", " ")))
    unit = of if unit == "file" else unit
    many = f"{CONFIDENTIAL} {plural(unit)}" if row.hidden or row.numerator is None else counted(row.numerator, unit)
    own = row.note.replace(LOW_BASE, "").strip()
    return many, why if own in ("", rule) else f"{own[:1].lower()}{own[1:].rstrip('.')}"


def _unread(found: list[Row]) -> list[Fact]:
    """The cells of registers that say something else than the known words, and the columns that nobody supplied."""
    rows = [
        (row, f"'{column}' of {name}")
        for row in found
        if row.measure == "unread"
        for column, _, name in [row.level.replace("_", " ").partition(" in ")]
    ]
    cells = [
        f"{CONFIDENTIAL if row.hidden else f'{row.numerator:,}'} in {where}"
        for row, where in rows
        if row.hidden or row.numerator is not None
    ]
    passed = [f"{row.numerator:,} of {row.level}" for row in found if row.measure == "columns_unread" and row.numerator]
    lost = [where for row, where in rows if not row.hidden and row.numerator is None]
    words = [Fact("In words not known", f"cells: {listed(cells)}", "counted as not known")] if cells else []
    none = Fact("Columns not supplied", listed(lost), "nothing is known of them")
    alone = Fact("Columns not read", listed(passed), "no figure of this page is made of them")
    return [*words, *([none] if lost else []), *([alone] if passed else [])]


def _comparable(found: list[Row]) -> list[Fact]:
    row = first(found, "comparable")
    why = _told(row) or "with the last round" if row else ""
    return [Fact("Comparable", f"{k_of_n(row)} standards", why, row.reference)] if row else []


def _told(row: Row) -> str:
    """What is said of a row, without the remark that it makes no percentage: none is shown here."""
    return row.note.replace(LOW_BASE, "").strip()
