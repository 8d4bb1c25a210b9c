"""Leave a figure as it was told before, where the difference since would be of too few people.

A page on a register tells earlier months again, and lists that grow. One row that comes late would give one child
away beside the page of the month before. The rest of the page can be told, so it is: what would give the few away
stays as it was told and says of which day, until enough have come.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.disclosure import rules
from ilacs_audit.disclosure.ledger.differencing import ReleasedNumber, tells
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.calendar import Period, date_words, parse_day
from ilacs_audit.domain.measures import AS_TOLD, RELEASED_COLUMNS, Row, from_rows, measures, rows

Unit = tuple[str, ...]
Units = dict[Unit, list[Row]]


def as_told(released: pd.DataFrame, told: Sequence[Mapping[str, Any]], *, period: str, about: Audience) -> pd.DataFrame:
    """The released rows, with those of earlier months and of running lists left as told that would give few away.

    `told` are the earlier editions for the same readers, the oldest first: `period`, `as_of`, the `released` records.
    What is left together is a month, a list, or where the whole of a register changed by few everything counted of it;
    its `reason` says "as told on DAY". A sum of months is made of the months as they are shown, and how many rows were
    read is hidden beside them.
    """
    found = [*rows(released)]
    every, latest = _told(told)
    now = _units(found)
    held = {unit for unit in now if unit in latest and _gives_away(now[unit], every, latest[unit][1], about)}
    held |= {unit for unit in now if unit not in latest and _came_late(unit, now[unit], told, about)}
    held |= {unit for unit in now if unit not in latest and _renamed(unit, now, latest, about)}
    held |= {*_with_their_whole(held, now)}
    if not held:
        return released
    kept = [*_left(found, held, latest, period)]
    months = {unit for unit in held if unit[0] == rules.MONTH}
    shown = [*_summed(kept)] if months else kept
    columns = {*released.columns, "reason"}
    names = [name for name in RELEASED_COLUMNS if name in columns]
    return from_rows(shown, columns=names)


def unit_of(row: Row) -> Unit:
    """What a row is left as told together with; nothing where a count of a month says nothing of another.

    A month of a register, a running list, the rows of a register that were read, set aside or not understood, or one
    survey or cohort of several that are told apart.
    """
    about = (row.theme, row.standard_id)
    if row.measure in rules.BY_MONTH:
        return (rules.MONTH, *about, row.period)
    if row.measure in rules.OF_ROWS:
        name = row.level.partition(" to ")[0].rpartition(" in ")[2]
        return ("rows_read", "", "", name) if name in rules.ROWS_OF_PEOPLE else ()
    if row.measure not in rules.OF_REGISTER:
        return ()
    return (row.measure, *about, row.group, row.level if row.group in rules.TOLD_APART else "")


def _units(found: Sequence[Row]) -> Units:
    made: Units = defaultdict(list)
    for row in found:
        if unit := unit_of(row):
            made[unit].append(row)
    return made


def _told(told: Sequence[Mapping[str, Any]]) -> tuple[Units, dict[Unit, tuple[str, list[Row]]]]:
    """Every row of each place that was told, and of each unit the last telling that was new, with its day."""
    every: Units = defaultdict(list)
    latest: dict[Unit, tuple[str, list[Row]]] = {}
    for edition in told:
        listed = dict.fromkeys(rows(measures(edition["released"])))
        fresh = _units([row for row in listed if not row.as_told])
        for unit, ours in fresh.items():
            latest[unit] = (date_words(parse_day(edition["as_of"])), ours)
            for row in ours:
                every[_place(row)].append(row)
    return every, latest


def _place(row: Row) -> Unit:
    """What of a unit a row is, in whatever month it is told; the level of a whole may be a day or a limit."""
    level = "" if row.group in ("all", "register") else row.level
    return (*unit_of(row), row.measure, row.group, level)


def _gives_away(ours: Sequence[Row], every: Units, before: Sequence[Row], about: Audience) -> bool:
    """Whether a row less what was told of it, or of what has another name now, is of few."""
    places = {_place(row) for row in ours}
    gone = [row for row in before if _place(row) not in places]
    pairs = ((row, was) for row in ours for was in every.get(_place(row)) or gone if row.measure == was.measure)
    return any(_few(row, was, about) for row, was in pairs)


def _came_late(unit: Unit, ours: Sequence[Row], told: Sequence[Mapping[str, Any]], about: Audience) -> bool:
    """Whether a month of which its own edition and those after it told nothing has a few now."""
    after = [each for each in told if each["period"] >= unit[-1]] if unit[0] == rules.MONTH else []
    return bool(after) and any(_few(row, row._replace(numerator=0, denominator=0), about) for row in ours)


def _renamed(unit: Unit, now: Units, latest: Mapping[Unit, tuple[str, Sequence[Row]]], about: Audience) -> bool:
    """Whether one of several lists that are told apart is, but for a few, one that had another name."""
    gone = (rows for each, (_, rows) in latest.items() if each[:-1] == unit[:-1] and each not in now)
    pairs = ((row, was) for ours in gone for was in ours for row in now[unit] if row.measure == was.measure)
    return unit[3] in rules.ONE_LIST and any(_few(row, was, about) for row, was in pairs)


def _few(row: Row, was: Row, about: Audience) -> bool:
    if row.measure in rules.JUDGED_ANEW:
        return False
    if was.hidden and not row.hidden and row.measure in rules.BY_MONTH:
        return True  # what was hidden is not shown later
    gaps = [
        None if None in (now, then) else now - then  # type: ignore[operator]  # neither is
        for now, then in ((row.numerator, was.numerator), (row.denominator, was.denominator))
    ]
    gaps[1] = gaps[0] if row.denominator is None else gaps[1]  # a count of no others is of so many
    key = (row.measure, row.theme, row.standard_id, row.group, row.level)
    return tells(ReleasedNumber(key, row.period, row.period, gaps[0], gaps[1], about.id), about)


def _with_their_whole(held: set[Unit], now: Units) -> Iterator[Unit]:
    """Everything counted of a register whose whole is left as told, or of which a month is."""
    for register, counted in rules.RUNNING.items():
        whole = any(unit[0] == counted[0] and unit[3] == "all" for unit in held if unit[0] != rules.MONTH)
        apart = {unit for unit in held if unit[0] in counted and unit[3] in rules.TOLD_APART}
        yield from (unit for unit in now if apart and unit[::3] == ("rows_read", register))
        if whole or (register == rules.OF_MONTHS and any(unit[0] == rules.MONTH for unit in held)):
            ours = (*counted, *rules.WITH_THE_WHOLE.get(register, ()))
            yield from (unit for unit in now if unit[0] in ours or unit[::3] == ("rows_read", register))


def _left(
    found: Sequence[Row], held: set[Unit], latest: Mapping[Unit, tuple[str, Sequence[Row]]], period: str
) -> Iterator[Row]:
    """The rows with what is held as it was told, where it stands; what was never told beside it is left out."""
    done: set[Unit] = set()
    for row in found:
        unit = unit_of(row)
        if unit not in held:
            yield row
        elif unit[::3] == ("rows_read", rules.OF_MONTHS):  # an earlier day would belie the months beside it
            yield row._replace(numerator=None, denominator=None, value=None, status="secondary")
        elif unit not in done:
            day, before = latest.get(unit, ("", ()))
            for each in before:
                of = each.period if unit[0] == rules.MONTH else period
                yield each._replace(reason=f"{AS_TOLD}{day}", period=of)
            done.add(unit)


def _summed(kept: Sequence[Row]) -> Iterator[Row]:
    """The rows, with each sum of months made of the months as they are shown."""
    for row in kept:
        if row.measure not in rules.SUM_OF:
            yield row
            continue
        ours = [each for each in kept if each.measure == rules.SUM_OF[row.measure]]
        named = [each.period for each in ours if Period.parse(each.period).words in row.level]
        parts = [each for each in ours if named and min(named) <= each.period <= max(named)]
        if parts and all(each.numerator is not None and each.denominator is not None for each in parts):
            k, n = sum(each.numerator or 0 for each in parts), sum(each.denominator or 0 for each in parts)
            left = next((f"{each.reason} in part" for each in parts if each.as_told), row.reason)
            share = k / n if n and row.value is not None else None
            yield row._replace(numerator=k, denominator=n, value=share, reason=left)
