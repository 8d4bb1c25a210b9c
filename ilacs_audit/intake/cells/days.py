"""Read dates: one cell strictly, a column by what all its cells show.

05/11/2024 is the fifth of November here and the eleventh of May elsewhere. Which of the two a column means shows in
the cells that can only be one of them; where nothing shows it, that is said, and no date is turned round silently.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ilacs_audit.intake.cells.months import MONTH, MONTHS, year_of
from ilacs_audit.intake.cells.spelling import clean, written

SERIAL_ORIGIN = date(1899, 12, 30)
MONTH_FIRST, EITHER = "date-order: month first", "date-order"
_DAY, _MONTH, _BOTH = "day", "month", "both"
_1904 = 1462  # Excel for the Mac once counted the days from 1904
_FIRST_SERIAL, _LAST_SERIAL = 20000, 80000  # 1954 to 2119
_SLIPS = 10  # one cell in so many shows a slip, not another order
_SIGNS = 2
_HERE = "Europe/London"

_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{2}|\d{4})")
_ISO = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})|(\d{4})(\d{2})(\d{2})")
_NAMED = re.compile(
    rf"(\d{{1,2}})(?:[ -]?({MONTH}),?[ -]?(\d{{4}}|\d{{2}})|(?:st|nd|rd|th) (?:of )?({MONTH}),? (\d{{4}}))"
)
_AMERICAN = re.compile(rf"({MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? (?=\w)")
_TIMED = re.compile(
    r"(.*\d)(?:t|,? (?:at )?)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?"
    r"(?: ?(z|utc|\+00:?00)| ?(?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?| ?gmt| ?bst)?"
)


class DayRead(NamedTuple):
    """A date and the time beside it, or why there is none; no day and no reason where the cell is blank."""

    day: date | None = None
    reason: str = ""
    clock: time = time()


class DaysRead(NamedTuple):
    """What each distinct cell of a column was read as, the order its texts show, and a case of `intake.rules`."""

    read: dict[Any, DayRead]
    order: str = ""
    case: str = ""


Within = tuple[date, date] | None


def read_day(value: Any) -> DayRead:
    """A date from a real date, a serial number or a strict British or ISO text; never a guess.

    >>> read_day(45614).day, read_day("03/12/2024 14:30").day
    (datetime.date(2024, 11, 18), datetime.date(2024, 12, 3))
    >>> read_day("31/11/2024").reason
    'There is no such day.'
    >>> read_day("3rd Dec 24").reason
    'The date is not written in a form that can be read without guessing.'
    """
    return _both(value)[0]


def read_days(cells: Iterable[Any], *, within: Within = None, usual: str = "", since_1904: bool = False) -> DaysRead:
    """A column of dates. `within` are the first and last day expected; `usual` is the order of like columns.

    >>> {cell: str(read.day) for cell, read in read_days(["11/18/2024", "11/04/2024"]).read.items()}
    {'11/18/2024': '2024-11-18', '11/04/2024': '2024-11-04'}
    """
    both = {cell: _both(cell, since_1904=since_1904) for cell in dict.fromkeys(cells)}
    turning = {cell: pair for cell, pair in both.items() if _days(pair)[0] != _days(pair)[1]}
    own = _order(turning.values(), within)
    order = own or usual
    read = {cell: _chosen(pair, order, within) if cell in turning else pair[0] for cell, pair in both.items()}
    read |= dict.fromkeys(_half_turned(both, turning, within), _REFUSED)
    if order == _MONTH:
        return DaysRead(read, own, MONTH_FIRST)
    unsure = not order and any(not _british(pair, within) for pair in turning.values())
    return DaysRead(read, own, EITHER if unsure else "")


_REFUSED = DayRead(None, "Day and month may be the wrong way round: the dates of this column are not all in one order.")


def _days(pair: tuple[DayRead, DayRead]) -> tuple[date | None, date | None]:
    return pair[0].day, pair[1].day


def _british(pair: tuple[DayRead, DayRead], within: Within) -> bool:
    """Whether a cell can be read with the day first only, or fits the days expected in that order only."""
    british, american = _days(pair)
    return bool(british) and (not american or (_fits(british, within) and not _fits(american, within)))


def _fits(day: date | None, within: Within) -> bool:
    return bool(day and within and within[0] <= day <= within[1])


def _order(turning: Iterable[tuple[DayRead, DayRead]], within: Within) -> str:
    pairs = list(turning)
    british, american = sum(_british(pair, within) for pair in pairs), sum(not pair[0].day for pair in pairs)
    if not british and not american:
        return ""
    if british >= _SLIPS * american:
        return _DAY
    return _MONTH if american >= _SLIPS * british else _BOTH


def _chosen(pair: tuple[DayRead, DayRead], order: str, within: Within) -> DayRead:
    if order == _BOTH and all(_days(pair)):
        return pair[0] if _british(pair, within) else _REFUSED
    return pair[1] if order == _MONTH or (order == _BOTH and pair[1].day) else pair[0]


def _half_turned(both: dict[Any, tuple[DayRead, DayRead]], turning: dict[Any, Any], within: Within) -> list[Any]:
    """The real dates that a spreadsheet of another country made and turned round, where it left the others as text.

    It takes every text whose first number can be a month for a date of its own, so no such text is left.
    """
    real = {cell: pair[0].day for cell, pair in both.items() if isinstance(cell, date) and pair[0].day}
    signs = min(len(real), len(turning)) if all(pair[0].day for pair in turning.values()) else len(turning) * _SIGNS
    either = any(all(_days(pair)) for pair in turning.values())
    if signs < _SIGNS or either or any(day.day > 12 for day in real.values()):
        return []
    turned = {cell: date(day.year, day.day, day.month) for cell, day in real.items()}
    pairs = {cell: (DayRead(day), DayRead(turned[cell])) for cell, day in real.items() if day != turned[cell]}
    return [cell for cell, pair in pairs.items() if not _british(pair, within)]


def _both(value: Any, *, since_1904: bool = False) -> tuple[DayRead, DayRead]:
    """A cell with the day first and with the month first; the same where it can be read in one way only."""
    if value != value or value is None:
        return DayRead(), DayRead()
    if isinstance(value, datetime):
        there = value.astimezone(ZoneInfo(_HERE)) if value.tzinfo else value
        return (_day(there.year, there.month, there.day, there.time()),) * 2
    if isinstance(value, date):
        return (_day(value.year, value.month, value.day),) * 2
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (_from_number(float(value), since_1904),) * 2
    text = _WEEKDAY.sub("", written(value).casefold())
    if not text or _SERIAL.fullmatch(text):
        return (_from_number(float(text), since_1904) if text else DayRead(),) * 2
    timed = _TIMED.fullmatch(text)
    british, american = _from_text(timed[1] if timed else text)
    return (_at(british, timed), _at(american, timed)) if timed else (british, american)


def _from_number(number: float, since_1904: bool) -> DayRead:
    if number >= 10**7 and number.is_integer():
        return _from_text(str(int(number)))[0]
    number += _1904 * since_1904
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return DayRead(None, "This number is not a date.")
    hour, rest = divmod(round(number % 1 * 86400) % 86400, 3600)
    return DayRead(SERIAL_ORIGIN + timedelta(days=int(number)), "", time(hour, *divmod(rest, 60)))


def _from_text(text: str) -> tuple[DayRead, DayRead]:
    if found := _NUMERIC.fullmatch(text):
        year, first, second = year_of(found[4]), int(found[1]), int(found[3])
        return _day(year, second, first), _day(year, first, second)
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in (found.group(1, 3, 4) if found[1] else found.group(5, 6, 7)))
        return (_day(year, month, day),) * 2
    if found := _NAMED.fullmatch(text):
        return (_named(found[1], found[2] or found[4], found[3] or found[5]),) * 2
    found = _AMERICAN.fullmatch(text)
    return (_named(found[2], found[1], found[3]) if found else _UNREADABLE,) * 2


_UNREADABLE = DayRead(None, "The date is not written in a form that can be read without guessing.")


def _named(day: str, month: str, year: str) -> DayRead:
    return _day(year_of(year), MONTHS.index(month[:3]) + 1, int(day))


def _day(year: int, month: int, day: int, clock: time = time()) -> DayRead:
    if not 1900 <= year <= 2199:
        return DayRead(None, "The year cannot be right.")
    try:
        return DayRead(date(year, month, day), "", clock)
    except ValueError:
        if month > 12 and day <= 12:
            return DayRead(None, "The month is over 12: day and month may be the wrong way round.")
        return DayRead(None, "There is no such day.")


def _at(read: DayRead, timed: re.Match[str]) -> DayRead:
    """A day with its time; a time of Greenwich is moved to the clock that people here go by."""
    if read.day is None:
        return read
    hour = int(timed[2]) % 12 + 12 * (timed[5] == "p") if timed[5] else int(timed[2])
    try:
        clock = time(hour, int(timed[3]), int(timed[4] or 0))
    except ValueError:
        return DayRead(None, "There is no such time.")
    if timed[6]:
        there = datetime.combine(read.day, clock, UTC).astimezone(ZoneInfo(_HERE))
        return DayRead(there.date(), "", there.time())
    return DayRead(read.day, "", clock)


_IN_WORDS = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\s+(\d{4})\b")
_IN_FIGURES = re.compile(r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b")


def day_in(text: str) -> date | None:
    """The one full date inside a title line, such as "Week commencing 2nd December 2024"."""
    figures = [read_day(found).day for found in _IN_FIGURES.findall(clean(text))]
    words = [read_day(" ".join(found)).day for found in _IN_WORDS.findall(clean(text))]
    days = {day for day in (*figures, *words) if day}
    return days.pop() if len(days) == 1 else None
