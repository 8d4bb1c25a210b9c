"""Which of a council's own counts about its auditing are worth a look, and what inspectors have written of the same.

Inspectors publish no lines, so every line here is this tool's own and is called so on the page. A count of everything
is held against its line as it is; what a sample of files shows is held against it by its range, and which way second
readers move grades by the chance that luck alone moved as many one way.
"""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
from scipy.stats import binomtest

from ilacs_audit.claims.words import CANNOT_TELL
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.measures import RELEASED_COLUMNS, Row, from_rows, rows
from ilacs_audit.stats.intervals import wilson_interval

WORTH_A_LOOK, NOT_SEEN = "worth a look", "not seen"
FEWEST, LUCK = 5, 0.05
_OF_FILES = frozenset({"mirror_down", "mirror_unheard", "mirror_contradicted", "mirror_unreturned", "mirror_late"})
_SAMPLED, _MOVED = frozenset({"mirror_contradicted"}), "mirror_down"


class Criticism(NamedTuple):
    """One of the nine, in plain words, with what an inspector wrote and the day on which it was published."""

    code: str
    title: str
    quote: str = ""
    published: str = ""


NINE: tuple[Criticism, ...] = (
    Criticism(
        "CR1", "Actions not followed through", "audit actions are not consistently followed through", "5 July 2022"
    ),
    Criticism("CR2", "Learning that does not reach supervision"),
    Criticism(
        "CR3",
        "Grades kinder than practice",
        "a high proportion of audits are downgraded in the moderation process",
        "17 March 2023",
    ),
    Criticism(
        "CR4",
        "Compliance checked, not quality",
        "too often overly focused on compliance rather than the impact being achieved for children",
        "12 December 2023",
    ),
    Criticism("CR5", "Families not heard"),
    Criticism(
        "CR6", "Audits that contradict themselves", "the quality of the audits themselves varies", "19 November 2018"
    ),
    Criticism("CR7", "Practitioners not taking part"),
    Criticism(
        "CR8",
        "Too little looked at",
        "an overreliance on senior managers dip sampling areas of practice, rather than an established framework",
        "9 May 2022",
    ),
    Criticism(
        "CR9", "Second readings missing or late", "moderation does not take place contemporaneously", "25 November 2022"
    ),
)
LINES: Mapping[
    str, tuple[str, float]
] = {  # the criticism that a count answers, and the share above which it is worth a look
    "mirror_open": ("CR1", 0.25),
    "mirror_undiscussed": ("CR2", 0.25),
    "mirror_down": ("CR3", 0.0),
    "mirror_compliance": ("CR4", 0.5),
    "mirror_unheard": ("CR5", 0.75),
    "mirror_contradicted": ("CR6", 0.1),
    "mirror_alone": ("CR7", 0.5),
    "mirror_unseen": ("CR8", 0.25),
    "mirror_unreturned": ("CR8", 0.1),
    "mirror_unmoderated": ("CR9", 0.5),
    "mirror_late": ("CR9", 0.25),
}


def mirror(measures: pd.DataFrame, *, exact: bool = True) -> pd.DataFrame:
    """Say of each count of `audit_quality` whether it is worth a look.

    Adds `verdict` ("worth a look", "not seen" or "cannot tell"; none without data), `rule` (CR1 to CR9) and, but for
    grades that were moved, the line as `target`. Of fewer than five of anything a few weak ones tell nothing. Unless
    `exact`, what counts files is told as a share to the nearest five in a hundred: one late file would change a count
    of twelve months, and the month after would tell what was in it.
    """
    told = [_judged(row) if row.measure in LINES else row for row in rows(doors.findings(measures))]
    return from_rows([each if exact else _coarse(each) for each in told], columns=[*RELEASED_COLUMNS])


def _coarse(row: Row) -> Row:
    if row.measure not in _OF_FILES or row.value is None:
        return row
    return row._replace(numerator=None, denominator=None, value=round(20 * row.value) / 20, reason="")


def _judged(row: Row) -> Row:
    code, line = LINES[row.measure]
    return row._replace(rule=code, verdict=_verdict(row, line), direction="lower", target=line or None)


def _verdict(row: Row, line: float) -> str:
    if row.numerator is None or not row.denominator:
        return ""
    k, n = row.numerator, row.denominator
    if n < FEWEST and k:
        return CANNOT_TELL
    if row.measure == _MOVED:
        return _moved(k, int(row.reason or 0))
    ends = wilson_interval(k, n) if row.measure in _SAMPLED else None
    low, high = ends or (k / n, k / n)
    return WORTH_A_LOOK if low > line else NOT_SEEN if high <= line else CANNOT_TELL


def _moved(down: int, up: int) -> str:
    """Grades moved down more often than up, by more than luck; where few were moved nobody can tell."""
    if down > up and binomtest(down, down + up).pvalue < LUCK:
        return WORTH_A_LOOK
    return NOT_SEEN if up >= down else CANNOT_TELL
