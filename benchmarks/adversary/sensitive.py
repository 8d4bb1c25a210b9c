"""Breakdowns that a council's own report might bring: sensitive ones under any name, and ones nobody has heard of.

Tables are given to `ia.release` as a report does it; only what it gives back is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import ilacs_audit as ia
from benchmarks.adversary.editions import Tally
from benchmarks.adversary.hidden import attack
from benchmarks.adversary.printed import Line
from benchmarks.adversary.puzzle import ContradictionError
from ilacs_audit.domain.measures import Row, measures, rows

PERIOD = "2024-11"
ORDINARY = ("team", "agency")
SENSITIVE = (
    "ethnicity", "Ethnicity", "ETHNICITY", "ethnic origin", "Ethnic Origin", "ethnic_group", "ethnic-background",
    "Race", "nationality", "religion", "Disability", "disabled", "SEND", "EHCP", "Health condition", "mental health",
    "CSE", "child sexual exploitation", "Offending", "youth justice", "Immigration status", "UASC", "asylum",
    "first language", "gender", "sexual orientation", "legal status", "young carer", "pregnancy", "free school meals",
    " ethnicity ", "Ethnic\u200bity", "Ethnicity (5 groups)", "Child's ethnicity",
)  # fmt: skip  # a table, a line a row
UNKNOWN = ("colour of eyes", "postcode", "school", "household", "ward", "plan type", "eth", "group 3", "x")
LEVELS = ("White British", "Asian", "Black African", "Mixed", "Any other", "Not stated")


def table(group: str, chance: Random, *, standards: int = 1) -> Any:
    """Counts of some standards by a breakdown, with the whole service; each level has five files or more."""
    levels, found = LEVELS[: chance.randint(3, 6)], []
    files = {level: chance.randint(6, 16) for level in levels}
    for number in range(1, standards + 1):
        name, unasked = f"CON-{number}", chance.choice((0.0, 0.1, 0.5))
        counts = {}
        for level, size in files.items():
            na = sum(chance.random() < unasked for _ in range(size))
            counts[level] = sum(chance.random() < 0.7 for _ in range(size - na)), size - na, na
        whole = [sum(each) for each in zip(*counts.values(), strict=True)]
        found += _records(name, "all", "all", *whole)
        found += [record for level, each in counts.items() for record in _records(name, group, level, *each)]
    return measures(found)


def _records(standard: str, group: str, level: str, met: int, base: int, na: int) -> list[dict[str, Any]]:
    about = {"theme": "consent", "standard_id": standard, "group": group, "level": level, "period": PERIOD}
    about |= {"method": "count", "selection": "random"}
    share = met / base if base else None
    return [
        {**about, "measure": "compliance", "numerator": met, "denominator": base, "value": share},
        {**about, "measure": "not_applicable", "numerator": na, "denominator": base + na},
    ]


def small_counts_shown(group: str, *, tables: int = 3) -> tuple[int, int]:
    """How many counts of 1 to 5 of a breakdown the board is shown, and how many there are."""
    shown = there = 0
    for seed in range(tables):
        made = table(group, Random(seed))
        given = {(each.measure, each.level): each for each in rows(ia.release(made, audience="board"))}
        for true in rows(made):
            if true.group == "all" or true.measure != "compliance":
                continue
            small = [each for each in (true.numerator, true.denominator - true.numerator) if 1 <= each <= 5]
            there += len(small)
            seen = given.get(("compliance", true.level))
            shown += len(small) if seen is not None and seen.numerator is not None else 0
    return shown, there


def attacked(seeds: range, audience: str) -> Iterator[Tally]:
    """Masked tables of several standards, attacked as one."""
    for seed in seeds:
        made = table("ethnicity", Random(f"masked {seed}"), standards=1 + seed % 4)
        told = [_line(each) for each in ia.release(made, audience=audience).to_dict("records")]
        try:
            found = attack(told)
        except ContradictionError as odd:
            yield Tally(audience, 0, 0, 0, (f"table {seed}: {odd}",), 1)
            continue
        finds = [f"table {seed}, {' '.join(key)}: {value}" for key, value in found.recovered.items()]
        finds += [f"table {seed}, {' '.join(key)}: {ends[0]} or {ends[1]}" for key, ends in found.narrowed.items()]
        true = {(each.measure, each.standard_id, each.level): each for each in rows(made)}
        claimed = {key: ends for key, ends in found.bounds.items() if key in found.recovered or key in found.narrowed}
        wrong = sum(not low <= _true(true, key) <= high for key, (low, high) in claimed.items())
        sizes = len(found.bounds), len(found.recovered), len(found.narrowed)
        yield Tally(audience, *sizes, tuple(finds), wrong)


def _true(true: dict[tuple[str, ...], Row], key: tuple[str, ...]) -> int:
    what, _, _, standard, _, level = key
    met, na = true["compliance", standard, level], true["not_applicable", standard, level]
    found = {"met": met.numerator, "base": met.denominator, "na": na.numerator, "answered": na.denominator}
    return int(found[what] if what in found else met.denominator - met.numerator)


def _line(record: dict[str, Any]) -> Line:
    said = {name: "" if value is None or value != value else str(value) for name, value in record.items()}
    about = (said[each] for each in ("theme", "measure", "standard_id", "group", "level", "period"))
    return Line("", *about, said=said)
