"""What each over-claiming word needs before it may be printed.

A licence looks only at the part of the findings that the sentence speaks of. It answers with the reason
why the word may not stand, or with nothing where it may. A denial is a claim too: "has not improved" needs
a rise to be ruled out, and "cannot tell" is not that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ilacs_audit.claims.change.changes import BETTER, MODERATED_FLOOR, WORSE
from ilacs_audit.claims.prose.findings import Scope
from ilacs_audit.claims.prose.lexicon import Assertion
from ilacs_audit.claims.prose.quantities import every_one, most
from ilacs_audit.claims.prose.rules import NUMBER, number
from ilacs_audit.claims.words import MET, NO_WORTHWHILE_CHANGE, NOT_MET, percent
from ilacs_audit.domain.measures import Row

Licence = Callable[[Assertion, Scope, str], str]
"""Takes the word as found, what its clause speaks of and the whole sentence; gives the reason against, or ''."""

_STANDARDS_COUNTED = re.compile(rf"\b{NUMBER} (?:of (?:the |our )?{NUMBER} )?(?:standards|areas)\b", re.I)
_NO_LONGER = re.compile(r"\bno longer\b", re.I)


class Needs(NamedTuple):
    """The licence of one word, and the measure from which better words are made."""

    licence: Licence
    measure: str


def _improved(found: Assertion, scope: Scope, text: str) -> str:
    if found.denied:
        return _every_change(scope, text, _no_rise, "a rise to be ruled out (C2 or C4)")
    return _every_change(scope, text, _is(BETTER), "a change verdict of better (C3)", statuses=("I4", "I5"))


def _worse(found: Assertion, scope: Scope, text: str) -> str:
    if found.denied and _NO_LONGER.search(found.clause):
        return _every_change(scope, text, _is(BETTER), "a change verdict of better (C3)")
    if found.denied:
        return _every_change(scope, text, _no_fall, "a fall to be ruled out (C2 or C3)")
    return _every_change(scope, text, _is(WORSE), "a change verdict of worse (C4)", statuses=("I6",))


def _embedded(found: Assertion, scope: Scope, text: str) -> str:
    if found.denied:
        not_met = [row for row in scope.of("compliance") if row.verdict == NOT_MET]
        return "" if not_met else _every_status(scope, ("I3", "I6"), "impact status I3 or I6, or a standard not met")
    return _every_status(scope, ("I5",), "impact status I5, sustained")


def _consistently(found: Assertion, scope: Scope, text: str) -> str:
    groups = scope.groups("compliance")
    verdicts = {row.verdict for row in groups}
    if found.denied:
        differ = {MET, NOT_MET} <= verdicts or any(row.signal for row in groups)
        return "" if differ else "it needs teams that are shown to differ"
    alike = len(groups) > 1 and len(verdicts) == 1 and verdicts <= {MET, NOT_MET}
    return "" if alike else "it needs the same verdict, met or not met, in every team compared"


def _significant(found: Assertion, scope: Scope, text: str) -> str:
    if found.denied:
        return _every_change(scope, text, _is(NO_WORTHWHILE_CHANGE), "a change verdict of no worthwhile change (C2)")
    if not re.search(r"\d+ points?\b", text):
        return "it needs the size of the change in points beside it"
    return _every_change(scope, text, _is(BETTER, WORSE), "an interval that leaves out zero (C3 or C4)")


def _impact(found: Assertion, scope: Scope, text: str) -> str:
    if found.denied:
        return _every_status(scope, ("I3", "I6"), "impact status I3 or I6")
    return _every_status(scope, ("I4", "I5"), "impact status I4, improving, or I5, sustained")


def _robust(found: Assertion, scope: Scope, text: str) -> str:
    judged = scope.of("compliance")
    if found.denied:
        return "" if any(row.verdict == NOT_MET for row in judged) else "it needs a standard that is not met (V2)"
    return "" if judged and all(row.verdict == MET for row in judged) else _instead("a target met (V1)", judged)


def _assured(found: Assertion, scope: Scope, text: str) -> str:
    judged = scope.of("compliance")
    if found.denied:
        return "" if any(row.verdict != MET for row in judged) else "it needs a standard that is not shown to be met"
    spoilt = _robust(found, scope, text)
    floor = percent(MODERATED_FLOOR)
    moderated = any((row.value or _share(row)) >= MODERATED_FLOOR for row in scope.everything if _is_moderation(row))
    return spoilt or ("" if moderated else f"it needs at least {floor} of the files read again by a moderator")


def _safer(found: Assertion, scope: Scope, text: str) -> str:
    return "no audit of files shows it, so no released row can bear it"


LICENCES: Mapping[str, Needs] = {
    "W1": Needs(_improved, "change"),
    "W2": Needs(_worse, "change"),
    "W3": Needs(_embedded, "impact"),
    "W4": Needs(_consistently, "compliance"),
    "W5": Needs(most, "compliance"),
    "W6": Needs(every_one, "compliance"),
    "W7": Needs(_significant, "change"),
    "W8": Needs(_impact, "impact"),
    "W9": Needs(_robust, "compliance"),
    "W10": Needs(_assured, "compliance"),
    "W11": Needs(_safer, "compliance"),
}


def _is(*verdicts: str) -> Callable[[Row], bool]:
    return lambda row: row.verdict in verdicts


def _no_rise(row: Row) -> bool:
    return row.verdict in (WORSE, NO_WORTHWHILE_CHANGE) or _ruled_out(row, "rise")


def _no_fall(row: Row) -> bool:
    return row.verdict in (BETTER, NO_WORTHWHILE_CHANGE) or _ruled_out(row, "fall")


def _ruled_out(row: Row, way: str) -> bool:
    """Whether a worthwhile move for the better (rise) or the worse (fall) is ruled out, whichever way is up."""
    if row.direction == "lower":
        way = {"rise": "fall", "fall": "rise"}[way]
    return row.reason.startswith(f"A {way} of") and "ruled out" in row.reason


def _every_change(
    scope: Scope, text: str, holds: Callable[[Row], bool], needs: str, *, statuses: Sequence[str] = ()
) -> str:
    """Every change spoken of has to hold, or as many of them as the sentence counts."""
    changes = scope.of("change")
    counted = _STANDARDS_COUNTED.search(text)
    if counted and not scope.topics and _right_count(counted, changes, holds):
        return ""
    if changes:
        return "" if all(holds(row) for row in changes) else _instead(needs, changes)
    if scope.impacts and scope.topics and all(impact.status in statuses for impact in scope.impacts.values()):
        return ""
    return f"it needs {needs}, and this report holds no change on it"


def _right_count(counted: re.Match[str], changes: Sequence[Row], holds: Callable[[Row], bool]) -> bool:
    some, of = counted.groups()
    return number(some) == sum(map(holds, changes)) and (of is None or number(of) == len(changes))


def _every_status(scope: Scope, statuses: Sequence[str], needs: str) -> str:
    found = scope.impacts
    if found and all(impact.status in statuses for impact in found.values()):
        return ""
    has = ", ".join(sorted({f"{impact.status} {impact.words}" for impact in found.values()}))
    return f"it needs {needs}; this report has {has}" if has else f"it needs {needs}, and this report holds none on it"


def _instead(needs: str, judged: Sequence[Row]) -> str:
    has = ", ".join(sorted({f"{row.verdict or 'no verdict'} ({row.rule})" for row in judged}))
    return f"it needs {needs}; this report has {has}" if has else f"it needs {needs}, and this report holds none on it"


def _is_moderation(row: Row) -> bool:
    return row.measure == "moderated" and bool(row.denominator)


def _share(row: Row) -> float:
    return (row.numerator or 0) / row.denominator if row.denominator else 0.0
