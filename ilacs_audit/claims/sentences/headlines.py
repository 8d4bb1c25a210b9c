"""The answer at the top of a page: how many standards are met, what moved, and what matters first.

The headline counts verdicts and never invents one. A critical failure comes before everything else,
because a page that opens with "met" while a child may be unsafe is a wrong page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from ilacs_audit.claims.change.changes import NOT_COMPARABLE
from ilacs_audit.claims.sentences.sentences import TOO_SMALL, sentence
from ilacs_audit.claims.verdicts.verdicts import CANNOT_TELL, MET, NOT_MET
from ilacs_audit.claims.words import capital, counted, listed, number_word, plural
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.measures import Row, rows

NOTHING_CHANGED = "Nothing we can tell apart from chance has changed"
NOTHING_READ = "No verdict can be given yet: nothing has been read that a verdict could rest on."

_HIDDEN, _NONE = "hidden", ""
_VERDICTS = (
    (NOT_MET, "is not met", "are not met"),
    (MET, "is met", "are met"),
    (CANNOT_TELL, "cannot be told", "cannot be told"),
    (_NONE, "has no verdict", "have no verdict"),
    (_HIDDEN, "is too small to show", "are too small to show"),
)
_CHANGES = (
    ("worse", "is worse", "are worse"),
    ("better", "is better", "are better"),
    ("no worthwhile change", "shows no worthwhile change", "show no worthwhile change"),
    (CANNOT_TELL, "cannot be told from chance", "cannot be told from chance"),
    (NOT_COMPARABLE, "cannot be compared", "cannot be compared"),
    (_NONE, "has no verdict", "have no verdict"),
    (_HIDDEN, "is too small to show", "are too small to show"),
)


def headline(table: pd.DataFrame, *, unit: str = "file", subject: str = "standard") -> str:
    """Answer the page's question in one line, from the verdicts of the whole service.

    >>> from ilacs_audit.domain.measures import measures
    >>> verdicts = ["not met", "met", "cannot tell", "not met"]
    >>> read = {"measure": "compliance", "group": "all", "numerator": 9, "denominator": 38, "rule": "V"}
    >>> headline(measures({**read, "verdict": verdict} for verdict in verdicts))
    'Two of four standards are not met, one is met and one cannot be told from 38 files.'
    """
    return headline_of([row for row in rows(table) if row.group in WHOLE_SERVICE or not row.group], unit, subject)


def headline_of(whole: Sequence[Row], unit: str = "file", subject: str = "standard") -> str:
    """The headline of these rows, whatever they are about."""
    parts = (_critical(whole, unit), _standing(whole, unit, subject), _movement(whole, unit, subject))
    return " ".join(part for part in parts if part) or NOTHING_READ


def commentary(
    table: pd.DataFrame, *, names: Mapping[str, str] | None = None, unit: str = "file", people: str = "child"
) -> tuple[str, ...]:
    """The headline, and a paragraph for each result: what fails, what moved, what cannot be told, what was read.

    `names` gives the plain words of a standard by its id. Each paragraph is a `sentence` of one row, so it
    says nothing that the table beside it does not hold, and can be copied on its own.
    """
    whole = [row for row in rows(table) if row.group in WHOLE_SERVICE or not row.group]
    wanted = (
        ("critical_failure", None),
        ("compliance", NOT_MET),
        ("change", None),
        ("compliance", CANNOT_TELL),
        ("compliance", MET),
        ("returned", None),
        ("moderated", None),
        ("marked_down", None),
    )
    found = (row for measure, verdict in wanted for row in whole if _is(row, measure, verdict))
    return (headline(table, unit=unit), *(_named(row, names or {}, unit, people) for row in found))


def front_page(verdicts: Sequence[Mapping[str, int]], changes: Sequence[Mapping[str, int]]) -> str:
    """Answer for a whole period, from the tallies of verdicts and of changes of its reports.

    >>> front_page([{"not met": 2, "met": 1}, {"not met": 1}], [])
    'In two audits: three of four standards are not met and one is met.'
    """
    standing, moved = _added(verdicts), _added(changes)
    said = _judged(standing, "standard") if standing else ""
    where = f"In {number_word(len(verdicts))} {plural('audit', len(verdicts))}: "
    opening = f"{where}{said[:1].lower()}{said[1:]}." if said else ""
    return " ".join(filter(None, (opening, _moved(moved, "file", "standard"))))


def _added(tallies: Sequence[Mapping[str, int]]) -> Counter[str]:
    """Tallies put together; what has no verdict is called so in a tally."""
    added: Counter[str] = Counter()
    for each in tallies:
        added.update({_NONE if word == "no verdict" else word: count for word, count in each.items()})
    return added


def _is(row: Row, measure: str, verdict: str | None) -> bool:
    return row.measure == measure and not row.hidden and (verdict is None or row.verdict == verdict)


def _named(row: Row, names: Mapping[str, str], unit: str, people: str) -> str:
    return sentence(row, unit=unit, people=people, about=names.get(row.standard_id, row.standard_id))


def _critical(whole: Sequence[Row], unit: str) -> str:
    """Critical failures come first, as a count, or as words where the count is hidden."""
    ours = [row for row in whole if row.measure == "critical_failure"]
    if any(row.hidden for row in ours):
        return f"A critical standard: {TOO_SMALL[:1].lower()}{TOO_SMALL[1:]}"
    failed = [row for row in ours if row.numerator]
    if not failed:
        return ""
    most = max(row.numerator or 0 for row in failed)
    which = "a critical standard" if len(failed) == 1 else f"one of {number_word(len(failed))} critical standards"
    at_least = "" if len(failed) == 1 else "at least "
    opening = capital(f"{at_least}{number_word(most)} {plural(unit, most)}")
    return f"{opening} failed {which}: each needs an answer, whatever the rest shows."


def _standing(whole: Sequence[Row], unit: str, subject: str) -> str:
    judged = [row for row in whole if row.measure == "compliance"]
    return f"{_judged(_counts(judged), subject)}{_files(judged, unit)}." if judged else ""


def _judged(counts: Counter[str], subject: str) -> str:
    total = counts.total()
    if set(counts) <= {_NONE, _HIDDEN}:
        return f"No verdict can be given on {_all_of(total, subject)}"
    if len(counts) == 1:
        return _unanimous(next(iter(counts)), total, subject)
    return _shared(counts, _VERDICTS, total, subject)


def _movement(whole: Sequence[Row], unit: str, subject: str) -> str:
    return _moved(_counts([row for row in whole if row.measure == "change"]), unit, subject)


def _moved(counts: Counter[str], unit: str, subject: str) -> str:
    total = counts.total()
    if not total:
        return ""
    if set(counts) == {NOT_COMPARABLE}:
        return _none_compared(total, subject)
    if set(counts) <= {NOT_COMPARABLE, _NONE, _HIDDEN}:
        return f"Whether anything has changed cannot be told from so few {plural(unit)}."
    if not set(counts) & {"better", "worse", "no worthwhile change"}:
        return f"{NOTHING_CHANGED}{_among(counts, total, subject)}."
    if len(counts) == 1:
        return _all_moved(next(iter(counts)), total, subject) + " since the earlier round."
    return _shared(counts, _CHANGES, total, subject) + " since the earlier round."


def _counts(judged: Sequence[Row]) -> Counter[str]:
    return Counter(_HIDDEN if row.hidden else row.verdict for row in judged)


def _shared(counts: Counter[str], words: Sequence[tuple[str, str, str]], total: int, subject: str) -> str:
    """Three of seven standards are not met, two are met and two cannot be told."""
    clauses = [(counts[verdict], one if counts[verdict] == 1 else more) for verdict, one, more in words]
    told = [f"{number_word(count)} {does}" for count, does in clauses if count]
    first, rest = told[0].split(" ", 1)
    return capital(listed([f"{first} of {number_word(total)} {plural(subject, total)} {rest}", *told[1:]]))


def _unanimous(verdict: str, total: int, subject: str) -> str:
    if total == 1:
        return {
            MET: f"The {subject} is met, on the evidence",
            NOT_MET: f"The {subject} is not met, on the evidence",
            CANNOT_TELL: f"Whether the {subject} is met cannot be told",
        }[verdict]
    return {
        MET: f"All {number_word(total)} {plural(subject)} are met, on the evidence",
        NOT_MET: f"None of the {number_word(total)} {plural(subject)} is met, on the evidence",
        CANNOT_TELL: f"Whether any of the {number_word(total)} {plural(subject)} is met cannot be told",
    }[verdict]


def _all_moved(verdict: str, total: int, subject: str) -> str:
    which = f"The {subject}" if total == 1 else f"All {number_word(total)} {plural(subject)}"
    does = {change: one if total == 1 else more for change, one, more in _CHANGES}[verdict]
    return f"{which} {does}"


def _none_compared(total: int, subject: str) -> str:
    if total == 1:
        return f"The {subject} cannot be compared with the earlier round."
    return f"None of the {number_word(total)} {plural(subject)} can be compared with the earlier round."


def _all_of(total: int, subject: str) -> str:
    return f"the {subject}" if total == 1 else f"any of the {number_word(total)} {plural(subject)}"


def _among(counts: Counter[str], total: int, subject: str) -> str:
    if total == 1:
        return ""
    left_out = counts[NOT_COMPARABLE]
    compared = total - left_out
    apart = f"; {number_word(left_out)} more cannot be compared" if left_out else ""
    return f" among the {number_word(compared)} {plural(subject, compared)} compared{apart}"


def _files(judged: Sequence[Row], unit: str) -> str:
    """From how many files, or the range where standards rest on different numbers of files."""
    read = sorted({row.denominator for row in judged if row.denominator and not row.hidden})
    if not read or any(row.hidden for row in judged):
        return ""
    if len(read) == 1:
        return f" from {counted(read[0], unit)}"
    return f"; each rests on {read[0]:,} to {counted(read[-1], unit)}"
