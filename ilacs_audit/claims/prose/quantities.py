"""How much is meant by "most" and "all", and which counts make it true.

"All files" is a count that one can check. "All children" is more than a sample ever shows, unless the list
was read whole. "Most" travels with its count or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ilacs_audit.claims.change.changes import BETTER, WORSE
from ilacs_audit.claims.prose.findings import Scope
from ilacs_audit.claims.prose.lexicon import Assertion
from ilacs_audit.claims.prose.rules import number, rule
from ilacs_audit.claims.verdicts.verdicts import WHOLE_LIST
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET
from ilacs_audit.domain.measures import Row


def most(found: Assertion, scope: Scope, text: str) -> str:
    """A count in the sentence that is in the evidence and above half; of all children, an interval above half."""
    counts = rule("count_of").findall(text)
    if len(rule("most_said").findall(text)) > max(len(counts), 1):
        return "each 'most' needs its own count, 'k of n'"
    for k, n in counts:
        for row in scope.rows:
            if (row.numerator, row.denominator) == (number(k), number(n)) and _above_half(row, text) != found.denied:
                return ""
    return "it needs its count, 'k of n', from this report, and an interval above one half if it means all children"


def every_one(found: Assertion, scope: Scope, text: str) -> str:
    """A count that is the whole of what the clause speaks of: teams, standards, files, or children."""
    if found.denied:
        short = [row for row in scope.rows if _short_of_all(row) or row.verdict in (NOT_MET, CANNOT_TELL)]
        return "" if short else "it needs a count below the whole"
    if rule("all_teams").search(found.clause):
        return _all_teams(found, scope)
    if rule("all_standards").search(found.clause):
        return _all_standards(found, scope)
    return _all_files(found, scope)


def _all_teams(found: Assertion, scope: Scope) -> str:
    measure, wanted = _claimed(found.clause)
    groups = scope.groups(measure)
    teams = len({row.level for row in groups})
    several = teams == 2 if found.text.lower().startswith("both") else teams > 1
    alike = several and all(row.verdict == wanted for row in groups)
    return "" if alike else f"it needs a verdict of {wanted} in each team, one by one"


def _all_standards(found: Assertion, scope: Scope) -> str:
    measure, wanted = _claimed(found.clause)
    judged = scope.of(measure)
    how_many = rule("how_many_all").search(found.clause)
    right = how_many is None or number(how_many[1]) == len(judged)
    alike = bool(judged) and right and all(row.verdict == wanted for row in judged)
    return "" if alike else f"it needs a verdict of {wanted} on each of them"


def _claimed(clause: str) -> tuple[str, str]:
    """The measure and the verdict that a clause claims of all teams or standards."""
    if rule("claims_move").search(clause):
        return "change", WORSE if rule("claims_fall").search(clause) else BETTER
    return "compliance", NOT_MET if rule("claims_miss").search(clause) else MET


def _all_files(found: Assertion, scope: Scope) -> str:
    """All files read: a count that is the whole. All children: the whole list as well."""
    how_many = rule("how_many_all").search(found.clause)
    if how_many:
        counts = (*scope.rows, *_spoken_of(found, scope))
        whole = any(row.numerator == row.denominator == number(how_many[1]) for row in counts)
        return "" if whole else f"it needs a count of {how_many[1]} of {how_many[1]} in this report"
    if re.search(r"\b(?:file|files) on the list\b", found.clause, re.I):
        return "" if any(row.method == WHOLE_LIST for row in scope.rows) else "it needs a list that was read whole"
    ours = _spoken_of(found, scope)
    counted = {row.measure for row in ours} & {"returned", "reach"} or rule("were_read").search(found.clause)
    complete = bool(ours) and not any(_short_of_all(row) for row in ours)
    if complete and (counted or all(row.method == WHOLE_LIST for row in ours)):
        return ""
    return "it needs a count that is the whole, and a list that was read whole if it means more than the files read"


def _spoken_of(found: Assertion, scope: Scope) -> list[Row]:
    """The counts an "all" is about: returns, staff reached, or files that met a standard."""
    clause = found.clause.lower()
    if re.search(r"return|(?:came|come|sent) back", clause):
        return scope.of("returned") or [row for row in scope.everything if row.measure == "returned"]
    if re.search(r"\b(?:staff|workers|managers|trained)\b", clause):
        return scope.of("reach")
    return [row for row in scope.of("compliance") if row.denominator]


def _short_of_all(row: Row) -> bool:
    return row.numerator is not None and row.denominator is not None and row.numerator < row.denominator


def _above_half(row: Row, text: str) -> bool:
    if not row.numerator or not row.denominator or 2 * row.numerator <= row.denominator:
        return False
    of_files = bool(rule("were_read").search(text)) and not rule("most_people").search(text)
    return row.method == WHOLE_LIST or of_files or (row.lower is not None and row.lower > 1 / 2)


def differ(teams: Sequence[Row]) -> bool:
    """Whether teams are shown to differ: by verdict, by a signal, or, of two, by ranges that share nothing."""
    ranges = [(row.lower, row.upper) for row in teams if row.lower is not None and row.upper is not None]
    apart = len(teams) == len(ranges) == 2 and max(low for low, _ in ranges) > min(high for _, high in ranges)
    return apart or {MET, NOT_MET} <= {row.verdict for row in teams} or any(row.signal for row in teams)
