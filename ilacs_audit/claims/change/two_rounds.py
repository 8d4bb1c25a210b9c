"""Two rounds side by side: the counts of each, and the interval for what lies between them.

Different files and the same files read twice need different intervals, and mistaking one for the other
either hides a change or invents one. The choice is made here, once, from the cells the caller gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from typing import Any, NamedTuple

import pandas as pd

from ilacs_audit.claims.change.rebound import Counts
from ilacs_audit.claims.verdicts.by_design import CLUSTERED, worth
from ilacs_audit.claims.verdicts.direction import LOWER, upwards
from ilacs_audit.claims.verdicts.verdicts import FEWEST_FILES
from ilacs_audit.claims.words import count_of, period_words
from ilacs_audit.domain.measures import Row, rows, select
from ilacs_audit.stats.comparison import boschloo, mcnemar_midp
from ilacs_audit.stats.intervals import Interval
from ilacs_audit.stats.missing import change_with_missing, paired_with_missing

Cells = tuple[int, ...]
"""The same files read twice: met both times, first only, second only, neither, and, where given, lacking a reading."""


class Rounds(NamedTuple):
    """Two rounds of one standard, counted so that more is better, and what lies between them.

    The interval holds whatever the answers `missing` in each round are; of files to be read twice both are the files
    that lack a reading.
    """

    was: Counts
    now: Counts
    interval: Interval
    cells: Cells | None = None
    missing: tuple[int, int] = (0, 0)

    @property
    def paired(self) -> bool:
        """Whether the same files were read twice."""
        return self.cells is not None

    @property
    def p_value(self) -> float | None:
        """The two-sided test of no change: McNemar's mid-p for the same files, Boschloo's for different ones.

        Where answers are missing it is that of the least change they allow.
        """
        if any(self.missing) and self.interval.lower <= 0 <= self.interval.upper:
            return 1.0
        least = self.least
        return boschloo(*least.was, *least.now) if least.cells is None else mcnemar_midp(*least.cells)

    @property
    def least(self) -> Rounds:
        """The rounds with their missing answers filled in so that they show the least of the change they show."""
        return self.filled(self.missing[0], 0) if self.difference > 0 else self.filled(0, self.missing[1])

    @property
    def read_alone(self) -> Rounds:
        """The rounds as if nothing were missing."""
        return _rounds(self.was, self.now, self.cells, (0, 0)) or self

    def filled(self, met_was: int, met_now: int) -> Rounds:
        """The rounds with so many of the missing answers met in each, and the others not."""
        (met, read), (met_later, read_later), (gone_was, gone_now) = self.was, self.now, self.missing
        was, now, cells = (met + met_was, read + gone_was), (met_later + met_now, read_later + gone_now), self.cells
        if cells is not None:
            cells = (cells[0], cells[1] + met_was, cells[2] + met_now, cells[3] + gone_now - met_was - met_now)
        return _rounds(was, now, cells, (0, 0)) or self

    @property
    def difference(self) -> float:
        """Later minus earlier, as a share."""
        return self.now[0] / self.now[1] - self.was[0] / self.was[1]


def two_rounds(was: Row, now: Row, *, cells: Cells | None = None) -> Rounds | None:
    """Both rounds counted so that more is better, or None below five files in either.

    What is missing in either round, or of the files to be read twice, widens the interval.
    """
    if cells is not None:
        part = min(worth(row.note) for row in (was, now))
        both, first_only, second_only, neither = (round(each * part) for each in cells[:4])
        rest = cells[4:]
        if now.direction == LOWER:
            both, first_only, second_only, neither = neither, second_only, first_only, both
        four = (both, first_only, second_only, neither)
        files = sum(four)
        return _rounds((both + first_only, files), (both + second_only, files), four, (sum(rest), sum(rest)))
    earlier, later = upwards(was), upwards(now)
    if earlier.numerator is None or later.numerator is None or not earlier.denominator or not later.denominator:
        return None
    first, second = (earlier.numerator, earlier.denominator), (later.numerator, later.denominator)
    missing = (was.missing or 0, now.missing or 0)
    found, plain = (_rounds(*each, None, missing) for each in (_alone((first, second), was, now), (first, second)))
    if found is None or plain is None:
        return None
    lower, upper = zip(found.interval, plain.interval, strict=True)
    return found._replace(interval=Interval(min(lower), max(upper)))  # rounding to whole files narrows neither end


def _alone(counts: tuple[Counts, Counts], was: Row, now: Row) -> tuple[Counts, Counts]:
    """The rounds as the files drawn one by one that tell as much, rounded so that they show no more of a change."""
    (met, read), (met_later, read_later) = counts
    if CLUSTERED not in (was.method, now.method):
        return counts
    parts = [worth(row.note) if row.method == CLUSTERED else 1 for row in (was, now)]
    up, down = (ceil, floor) if met_later * read > met * read_later else (floor, ceil)
    of = [int(each * part) for each, part in zip((read, read_later), parts, strict=True)]
    first, second = (up(met * of[0] / read), of[0]), (down(met_later * of[1] / read_later), of[1])
    return first, second


def _rounds(was: Counts, now: Counts, cells: Cells | None, missing: tuple[int, int]) -> Rounds | None:
    if min(was[1], now[1]) < FEWEST_FILES:
        return None
    if cells is None:
        interval = change_with_missing(was, now, missing=missing)
    else:
        interval = paired_with_missing((cells[0], cells[1], cells[2], cells[3]), missing=missing[1])
    return None if interval is None else Rounds(was, now, interval, cells, missing)


def pairs(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[tuple[Row | None, Row]]:
    """Each compliance row of the later round with the earlier row about the same thing, if there is one."""
    earlier = {_key(row): row for row in rows(select(before, measure="compliance"))}
    return ((earlier.get(_key(row)), row) for row in rows(select(after, measure="compliance")))


def _key(row: Row) -> tuple[str, str, str]:
    return row.standard_id, row.group, row.level


def limits(rounds: Rounds, was: Row, now: Row) -> dict[str, Any]:
    """The difference in the measure's own direction."""
    clustered = not rounds.paired and CLUSTERED in (was.method, now.method)
    (low, high), alone, turned = rounds.interval, rounds.read_alone.interval, now.direction == LOWER
    missing = sum(rounds.missing) if not rounds.paired else rounds.missing[1]
    return {
        "value": _as_counted(was, now) if clustered else -rounds.difference if turned else rounds.difference,
        "lower": -high if turned else low,
        "upper": -low if turned else high,
        "missing": missing,
        **({"lower_read": -alone.upper if turned else alone.lower} if missing else {}),
        **({"upper_read": -alone.lower if turned else alone.upper} if missing else {}),
        "confidence": 0.95,
        "method": "paired" if rounds.paired else CLUSTERED if clustered else "newcombe",
    }


def _as_counted(was: Row, now: Row) -> float:
    (met, read), (met_later, read_later) = ((row.numerator or 0, row.denominator or 1) for row in (was, now))
    return met_later / read_later - met / read


def earlier_words(was: Row | None, cells: Cells | None) -> str:
    """The earlier round as a sentence carries it: "20 of 30 in May 2024"."""
    if was is None or was.numerator is None or was.denominator is None:
        return ""
    met, read = (was.numerator, was.denominator) if cells is None else (cells[0] + cells[1], sum(cells[:4]))
    return f"{count_of(met, read)} in {period_words(was.period)}"
