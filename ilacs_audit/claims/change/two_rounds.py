"""Two rounds side by side: the counts of each, and the interval for what lies between them.

Different files and the same files read twice need different intervals, and mistaking one for the other
either hides a change or invents one. The choice is made here, once, from the cells the caller gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from ilacs_audit.claims.change.rebound import Counts
from ilacs_audit.claims.verdicts.direction import LOWER, upwards
from ilacs_audit.claims.verdicts.missing_returns import change_with_missing
from ilacs_audit.claims.verdicts.verdicts import FEWEST_FILES
from ilacs_audit.claims.words import count_of, period_words
from ilacs_audit.domain.measures import Row, rows, select
from ilacs_audit.stats.comparison import boschloo, mcnemar_midp
from ilacs_audit.stats.intervals import Interval, paired_difference

Cells = tuple[int, int, int, int]
"""The same files read twice: met both times, first only, second only, neither."""


class Rounds(NamedTuple):
    """Two rounds of one standard, counted so that more is better, and what lies between them."""

    was: Counts
    now: Counts
    interval: Interval
    cells: Cells | None = None

    @property
    def paired(self) -> bool:
        """Whether the same files were read twice."""
        return self.cells is not None

    @property
    def p_value(self) -> float | None:
        """The two-sided test of no change: McNemar's mid-p for the same files, Boschloo's for different ones."""
        return boschloo(*self.was, *self.now) if self.cells is None else mcnemar_midp(*self.cells)

    @property
    def difference(self) -> float:
        """Later minus earlier, as a share."""
        return self.now[0] / self.now[1] - self.was[0] / self.was[1]


def two_rounds(was: Row, now: Row, *, cells: Cells | None = None, missing: tuple[int, int] = (0, 0)) -> Rounds | None:
    """Both rounds counted so that more is better, or None below five files in either.

    `missing` returns of each round widen the interval; where the same files were read twice they do not enter.
    """
    earlier, later = upwards(was), upwards(now)
    if cells is not None:
        return _paired(_turned(cells) if now.direction == LOWER else cells)
    if min(earlier.denominator or 0, later.denominator or 0) < FEWEST_FILES:
        return None
    if earlier.numerator is None or later.numerator is None or not earlier.denominator or not later.denominator:
        return None
    first, second = (earlier.numerator, earlier.denominator), (later.numerator, later.denominator)
    interval = change_with_missing(first, second, missing=missing)
    return None if interval is None else Rounds(first, second, interval)


def pairs(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[tuple[Row | None, Row]]:
    """Each compliance row of the later round with the earlier row about the same thing, if there is one."""
    earlier = {_key(row): row for row in rows(select(before, measure="compliance"))}
    return ((earlier.get(_key(row)), row) for row in rows(select(after, measure="compliance")))


def _key(row: Row) -> tuple[str, str, str]:
    return row.standard_id, row.group, row.level


def _turned(cells: Cells) -> Cells:
    """The cells of a standard where less is better, counted so that more is."""
    both, first_only, second_only, neither = cells
    return neither, second_only, first_only, both


def _paired(cells: Cells) -> Rounds | None:
    both, first_only, second_only, neither = cells
    files = sum(cells)
    interval = paired_difference(both, first_only, second_only, neither)
    if files < FEWEST_FILES or interval is None:
        return None
    return Rounds((both + first_only, files), (both + second_only, files), interval, cells)


def limits(rounds: Rounds, now: Row) -> dict[str, Any]:
    """The difference in the measure's own direction."""
    low, high = rounds.interval
    turned = now.direction == LOWER
    return {
        "value": -rounds.difference if turned else rounds.difference,
        "lower": -high if turned else low,
        "upper": -low if turned else high,
        "confidence": 0.95,
        "method": "paired" if rounds.paired else "newcombe",
    }


def earlier_words(was: Row | None, cells: Cells | None) -> str:
    """The earlier round as a sentence carries it: "20 of 30 in May 2024"."""
    if was is None or was.numerator is None or was.denominator is None:
        return ""
    met, read = (was.numerator, was.denominator) if cells is None else (cells[0] + cells[1], sum(cells))
    return f"{count_of(met, read)} in {period_words(was.period)}"
