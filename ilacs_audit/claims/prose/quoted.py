"""Numbers quoted beside a claim: they have to be the report's own.

"Oversight improved by 60 points" may be licensed in its word and wrong in its number. A claim of change that
carries points, a count or a percentage is read against the rows that it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ilacs_audit.claims.prose.findings import Scope
from ilacs_audit.claims.sentences.sentences import children
from ilacs_audit.claims.words import count_of, percent, points
from ilacs_audit.domain.measures import Row

_POINTS = re.compile(r"\b\d+ points?\b", re.I)
_MOVED_BY = re.compile(r"\bby (\d+ points?)\b(?! or more)", re.I)
_PERCENT = re.compile(r"\b\d+%")
_COUNT = re.compile(r"\b\d[\d,]* of (?:the |our )?\d[\d,]*\b(?! (?:standards|areas|teams))", re.I)
_HOW_SURE = re.compile(r"\b\d+% (?:interval|limit|confidence|sure|certain)", re.I)
_ABOUT_A_STANDARD = ("compliance", "change")


def misquoted(scope: Scope, text: str) -> str:
    """The first number of a sentence that the rows it speaks of do not hold, as a reason; or nothing.

    >>> misquoted(Scope(frozenset(), (), {}, ()), "It improved by 60 points.")
    '60 points is no figure of this report on it'
    """
    ours = [*scope.rows, *(row for row in scope.everything if row.measure not in _ABOUT_A_STANDARD)]
    known = {number for row in ours for number in numbers(row)}
    moved = {points(row.value) for row in scope.of("change") if row.value is not None}
    if (by := _MOVED_BY.search(text)) and moved and by[1].lower() not in moved:
        return f"{by[1]} is not how far it moved"
    quoted = (
        _plain(number) for pattern in (_POINTS, _PERCENT, _COUNT) for number in pattern.findall(_HOW_SURE.sub("", text))
    )
    wrong = next((number for number in quoted if number not in known), "")
    return f"{wrong} is no figure of this report on it" if wrong else ""


def numbers(row: Row) -> Iterator[str]:
    """Every number that a sentence on this row could carry, as the report prints it."""
    for text in (row.reason, row.note):
        yield from _POINTS.findall(text)
        yield from map(_plain, _COUNT.findall(text))
        yield from _shares_of(text)
    shares = [share for share in (row.value, row.lower, row.upper, row.target) if share is not None]
    for share in shares:
        yield from (points(share), percent(share)) if row.measure == "change" else (percent(share),)
    if row.numerator is not None and row.denominator:
        yield from (count_of(row.numerator, row.denominator), percent(row.numerator / row.denominator))
    if row.population and row.lower is not None and row.upper is not None:
        yield from (f"{end} of {row.population:,}" for end in children(row))


def _shares_of(text: str) -> Iterator[str]:
    for met, read in re.findall(r"(\d[\d,]*) of ([1-9][\d,]*)", text):
        yield percent(int(met.replace(",", "")) / int(read.replace(",", "")))


def _plain(number: str) -> str:
    return re.sub(r" (?:the|our) ", " ", number.lower())
