"""The answer at the top of a page: how many standards are met, what moved, and what matters first.

The headline counts verdicts and never invents one. A critical failure comes before everything else,
because a page that opens with "met" while a child may be unsafe is a wrong page.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from ilacs_audit.claims.change.impact import CRITICAL_UP
from ilacs_audit.claims.sentences.sentences import sentence
from ilacs_audit.claims.sentences.tallies import HIDDEN, NOTHING_CHANGED, judged, moved
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET, capital, counted, number_word, plural
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.measures import Row, rows

NOTHING_READ = "No verdict can be given yet: nothing has been read that a verdict could rest on."

TOO_FEW_TO_SHOW = "How many {units} failed a critical standard is not shown: the numbers are too small."


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
    up = {row.standard_id for row in whole if row.measure == "impact" and row.reason == CRITICAL_UP}
    standing, change = ([row for row in whole if row.measure == measure] for measure in ("compliance", "change"))
    stands = f"{judged(_counts(standing), subject)}{_files(standing, unit)}." if standing else ""
    told = f"Critical failures are up on {number_word(len(up))} {plural(subject, len(up))}." if up else ""
    moves = moved(_counts([row for row in change if row.standard_id not in up]), unit, subject)
    moves = moves.replace(NOTHING_CHANGED, f"Nothing else{NOTHING_CHANGED.removeprefix('Nothing')}") if up else moves
    return " ".join(filter(None, (_critical(whole, unit), told, stands, moves))) or NOTHING_READ


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
    shown, told = [row for row in whole if not row.hidden], names or {}
    found = (row for what, verdict in wanted for row in shown if row.measure == what and verdict in (None, row.verdict))
    said = (sentence(row, unit=unit, people=people, about=told.get(row.standard_id, row.standard_id)) for row in found)
    return (headline(table, unit=unit), *said)


def _critical(whole: Sequence[Row], unit: str) -> str:
    """Critical failures come first, as a count, or as words where every count is hidden."""
    ours = [row for row in whole if row.measure == "critical_failure"]
    failed = [row for row in ours if row.numerator and not row.hidden]
    if not failed:
        return TOO_FEW_TO_SHOW.format(units=plural(unit)) if any(row.hidden for row in ours) else ""
    most = max(failed, key=lambda row: row.numerator or 0)
    which = "a critical standard" if len(failed) == 1 else f"one of {number_word(len(failed))} critical standards"
    many = "about " if most.status == "rounded" else "at least " if len(failed) > 1 else ""
    read = {row.denominator for row in failed}
    of = (
        f"of the {number_word(most.denominator or 0)} {plural(unit)}"
        if len(read) == 1
        else plural(unit, most.numerator)
    )
    opening = capital(f"{many}{number_word(most.numerator or 0)} {of}")
    return f"{opening} failed {which}: each needs an answer, whatever the rest shows."


def _counts(ours: Sequence[Row]) -> Counter[str]:
    return Counter(HIDDEN if row.hidden and not row.verdict else row.verdict for row in ours)


def _files(judged: Sequence[Row], unit: str) -> str:
    """From how many files, or the range where standards rest on different numbers of files."""
    read = sorted({row.denominator for row in judged if row.denominator and not row.hidden})
    if not read or any(row.hidden or not row.denominator for row in judged):
        return ""
    if len(read) == 1:
        return f" from {counted(read[0], unit)}"
    return f"; each rests on {read[0]:,} to {counted(read[-1], unit)}"
