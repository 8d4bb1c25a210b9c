"""Every date and month: of the audit, of its next round, of what was done between, or untrue."""

from __future__ import annotations

import re
from datetime import date

from tests.pages.stranger.piece import Reading
from tests.pages.stranger.truth.scope import MONTH, month

_SPAN = re.compile(rf"(\d{{1,2}})(?: ({MONTH}))?(?: (\d{{4}}))? to (\d{{1,2}}) ({MONTH}) (\d{{4}})")
_DAY = re.compile(rf"(?<!\d)(?<!\d of )(?<!of the )(\d{{1,2}}) ({MONTH})(?: (\d{{4}}))?(?!\w)")
_MONTH = re.compile(rf"\b({MONTH}) (\d{{4}})")
_NEXT = re.compile(r"\bbook|next (?:round|audit|date|look)|re-audit of \d|read again on", re.IGNORECASE)


def dates(reading: Reading) -> None:
    scope, text = reading.scope, reading.text
    for found in _SPAN.finditer(text):
        last = _day(found[4], found[5], found[6])
        first = _day(found[1], found[2] or found[5], found[3] or found[6])
        reading.judge(*found.span(), (first, last), _spans(reading, found.start()), "dates")
    for found in _DAY.finditer(text):
        known = _days(reading, found.start())
        if found[3]:
            reading.judge(*found.span(), day_of(found), known, "date")
        else:
            short = {(each.month, each.day) for each in known}
            reading.judge(*found.span(), (month(found[2]), int(found[1])), short, "date without year")
    for found in _MONTH.finditer(text):
        reading.judge(*found.span(), (int(found[2]), month(found[1])), scope.months, "month")


def day_of(found: re.Match) -> date | None:
    """The day that is written; none where there is no such day."""
    return _day(found[1], found[2], found[3])


def _day(day: str, name: str, year: str) -> date | None:
    try:
        return date(int(year), month(name), int(day))
    except ValueError:
        return None


def _subject(reading: Reading, at: int) -> str:
    return f"{reading.block.row} {reading.sentence(at)}"


def _spans(reading: Reading, at: int) -> set[tuple[date, date]]:
    scope, said = reading.scope, _subject(reading, at)
    if re.match(r"(audited|read|when)", reading.block.row, re.IGNORECASE):
        return {each.days for each in scope.now}
    if re.search(r"audit of $", reading.text[:at]):
        return {each.days for each in scope.now}
    courses = re.findall(r"⟦course:([^⟧]+)⟧", reading.block.row)
    if courses:
        return {
            (scope.courses[each]["on"], scope.courses[each].get("until")) for each in courses if each in scope.courses
        }
    booked = {(first, last) for first, last, _ in scope.next_rounds}
    if _NEXT.search(said):
        return booked
    ours = {each.days for each in scope.rounds}
    return ours | booked | {(each["on"], each.get("until", each["on"])) for each in scope.courses.values()}


def _due(reading: Reading) -> set[date]:
    """The day of the decision whose words the piece begins with."""
    letters = re.sub(r"\W", "", reading.text)
    return {day for what, day in reading.scope.world.due.items() if letters.startswith(re.sub(r"\W", "", what))}


def _days(reading: Reading, at: int) -> set[date]:
    scope, said = reading.scope, _subject(reading, at)
    if re.search(r"(Decide|to act) by $", reading.text[:at]) and (due := _due(reading)):
        return due
    if found := re.search(r"^Evidence up to |, the oldest from $", reading.text[:at]):
        read = [day for each in scope.now for day in each.days if day <= scope.world.as_of]
        return {min(read) if "oldest" in reading.text[found.start() : at] else max(read)}
    if re.match(r"(audited|read|when)$", reading.block.row, re.IGNORECASE):
        return {day for each in scope.now for day in each.days}
    if re.search(r"put right|rest due", said, re.IGNORECASE):
        return {date.fromisoformat(each["due_on"]) for each in scope.actions if each["due_on"]}
    by_then = re.search(r"\bby $", reading.text[:at])
    if _NEXT.search(said) and not by_then:
        return {day for first, last, _ in scope.next_rounds for day in (first, last)}
    return scope.days
