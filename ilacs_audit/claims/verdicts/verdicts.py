"""The verdict on a target: met, not met or cannot tell, and how many files would tell.

One rule decides, the interval, and it is compared with the target in whole children wherever the
list is known. A verdict keeps its rule and its reason, so that nobody has to take it on trust.
The reasons carry no counts: they are words that stay true after small numbers have been hidden.

Rules (methods, sections 6.1 and 11.1)
    V0  no verdict: not drawn by chance, fewer than five files, or no target
    V1  met: the lower end of the interval reaches the target
    V2  not met: the upper end of the interval stays below the target
    V3  cannot tell: the target lies inside the interval
    X1  no verdict: a critical standard that the interval calls met while a file fails it (11.8)

The interval holds whatever the missing answers are, so met and not met stand for every way to fill them in.
"""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

import pandas as pd

from ilacs_audit.claims.verdicts.by_design import CLUSTERED, TWO_PHASE_METHOD, worth
from ilacs_audit.claims.verdicts.direction import upwards
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET
from ilacs_audit.domain import given
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.measures import Row, rows, with_columns
from ilacs_audit.domain.programme import DRAWN_BY_CHANCE
from ilacs_audit.domain.standards import Standards
from ilacs_audit.stats.missing import limits_with_missing
from ilacs_audit.stats.sampling import files_to_tell
from ilacs_audit.stats.target import needed

FEWEST_FILES = 5
WHOLE_LIST = "whole list"
BOUNDS = "bounds"  # of what was asked: its ends are counts, and no chance is in them

NOT_BY_CHANCE = "These were not drawn by chance, so they cannot speak for all."
TOO_FEW = "Too few were read for a verdict."
NO_TARGET = "No target is set."
NO_INTERVAL = "No range can be given, so there is no verdict."
MISSING_DECIDES = "By what was read it would be {word}, but the missing answers could turn that."
EXTENDED = "More were read than were drawn: reading on after a look is wrong more often than the range says."
GO_ON = "The evidence has not decided yet: reading may go on in the order of the draw."
OVERRIDES = "It is critical and was failed, so it is not called met, whatever the range says."


class Verdict(NamedTuple):
    """What may be said of one measure, by which rule, why, and how many files would decide it."""

    verdict: str
    rule: str
    reason: str
    files_to_tell: int | None = None
    would_turn: int | None = None


def verdict(table: pd.DataFrame, *, standards: Standards | None = None) -> pd.DataFrame:
    """Say of each compliance row whether its target is met, not met, or whether the files cannot tell.

    Takes Measures and gives new Measures with `verdict`, `rule`, `reason` and `files_to_tell`; rows of
    other measures keep whatever they had. A whole list that was read decides by its count. With `standards`,
    no critical standard is met while a file fails it.

    >>> from ilacs_audit.domain.measures import measures
    >>> read = {"measure": "compliance", "numerator": 30, "denominator": 30, "population": 110, "value": 1.0,
    ...         "lower": 100 / 110, "upper": 1.0, "method": "hypergeometric", "selection": "random", "target": 0.8}
    >>> verdict(measures([read]))[["verdict", "rule"]].values.tolist()
    [['met', 'V1']]
    """
    table, critical = doors.findings(table), critical_ids(standards)
    told = (kept(row) if row.measure != "compliance" else _judged(row, critical) for row in rows(table))
    return with_claims(table, list(told))


def critical_ids(standards: Standards | None) -> frozenset[str]:
    """The standards of which a single failure is acted on."""
    return frozenset(each.id for each in given.of_kind(standards, Standards, "standards") or () if each.critical)


def _judged(row: Row, critical: frozenset[str]) -> Verdict:
    found = judge(row)
    failed = row.standard_id in critical and row.numerator != row.denominator
    return Verdict("", "X1", OVERRIDES) if found.verdict == MET and failed else found


def judge(row: Row) -> Verdict:
    """The verdict on one row: see the rules at the head of this module."""
    return _refused(row) or _decided(upwards(row))


def kept(row: Row) -> Verdict:
    """What was already said of a row."""
    return Verdict(row.verdict, row.rule, row.reason, row.files_to_tell, row.would_turn)


def with_claims(table: pd.DataFrame, found: Sequence[Verdict]) -> pd.DataFrame:
    """A new frame in which each row carries what was found of it."""
    return with_columns(table, **{name: [getattr(each, name) for each in found] for name in Verdict._fields})


def _refused(row: Row) -> Verdict | None:
    """Rule V0, in the order in which a reader would object."""
    if row.denominator is None or row.numerator is None:
        return Verdict("", "V0", row.note or NO_INTERVAL)
    counted = row.method in (WHOLE_LIST, TWO_PHASE_METHOD) or (
        row.selection == "census" and row.method == "hypergeometric"
    )
    if not counted and row.selection not in DRAWN_BY_CHANCE:
        return Verdict("", "V0", row.note or NOT_BY_CHANCE)
    if row.denominator < FEWEST_FILES and row.method != WHOLE_LIST:
        return Verdict("", "V0", TOO_FEW)
    if row.target is None:
        return Verdict("", "V0", NO_TARGET)
    if row.method != WHOLE_LIST and (row.lower is None or row.upper is None):
        return Verdict("", "V0", row.note or NO_INTERVAL)
    return None


def _decided(row: Row) -> Verdict:
    if row.method == WHOLE_LIST:
        return _of_whole_list(row)
    word = _side(row, row.lower, row.upper)
    more = f" {EXTENDED}" if row.note.endswith(EXTENDED) else ""
    if word == MET:
        return Verdict(MET, "V1", f"The whole range reaches the target.{more}")
    if word == NOT_MET:
        return Verdict(NOT_MET, "V2", f"The whole range falls short of the target.{more}")
    alone = _side(row, row.lower_read, row.upper_read)
    if alone:
        return Verdict(CANNOT_TELL, "V3", MISSING_DECIDES.format(word=alone), None, _would_turn(row, alone))
    return _undecided(row)


def _would_turn(row: Row, word: str) -> int | None:
    """How few of the missing answers are enough against what the files read say, if all the others go with it."""
    assert row.numerator is not None and row.denominator is not None
    missing, size = row.missing or 0, row.listed
    for against in range(1, missing + 1):
        met, read = row.numerator + (missing - against if word == MET else against), row.denominator + missing
        ends = [met / read] * 2 if row.method == BOUNDS else limits_with_missing(met, read, missing=0, size=size)
        if _side(row, *ends) != word:
            return against
    return None


def _of_whole_list(row: Row) -> Verdict:
    assert row.numerator is not None and row.denominator is not None and row.target is not None
    if row.numerator >= needed(repr(row.target), row.denominator):
        return Verdict(MET, "V1", "The whole list was read, and the count reaches the target.")
    return Verdict(NOT_MET, "V2", "The whole list was read, and the count falls short of the target.")


def _side(row: Row, lower: float | None, upper: float | None) -> str:
    """The side of the target on which a whole range lies: in whole children where the list is known."""
    if lower is None or upper is None or row.target is None:
        return ""
    need, ends = row.target, (lower, upper)
    if row.listed:
        need = needed(repr(row.target), row.listed)
        ends = (round(lower * row.listed), round(upper * row.listed))
    return MET if ends[0] >= need else NOT_MET if ends[1] < need else ""


def _undecided(row: Row) -> Verdict:
    """Rule V3 with the number of files that would decide it, on the share seen so far; none where reading goes on."""
    if row.method == "sequence":
        return Verdict(CANNOT_TELL, "V3", GO_ON)
    inside = "The target lies inside the range."
    if (
        row.method == TWO_PHASE_METHOD
    ):  # what is left to read is in the parts drawn by chance, each with a row of its own
        return Verdict(CANNOT_TELL, "V3", inside)
    assert row.numerator is not None and row.denominator is not None and row.target is not None
    part = worth(row.note) if row.method == CLUSTERED else 1
    alone = files_to_tell(round(row.numerator * part), round(row.denominator * part), row.listed, repr(row.target))
    enough = None if alone is None else ceil(alone / part)
    most = row.population if row.method == CLUSTERED else row.listed
    return Verdict(CANNOT_TELL, "V3", inside, most if enough is None else min(enough, most or enough))
