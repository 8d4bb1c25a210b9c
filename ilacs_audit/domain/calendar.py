"""Periods, working days and whole months, so that every clock in the product ticks alike.

Statutory limits mix working days, weeks and calendar months. They differ, and the
difference decides whether a visit was in time, so each has one function here.
"""

from __future__ import annotations

import calendar as _calendar
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from ilacs_audit.domain.errors import UsageError, quoted

_PERIOD = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, order=True)
class Period:
    """A calendar month that a report speaks for.

    >>> Period.parse("2024-11").words
    'November 2024'
    >>> Period.parse("2024-11").before(2)
    Period(year=2024, month=9)
    """

    year: int
    month: int

    @classmethod
    def parse(cls, text: object) -> Period:
        """Read `YYYY-MM`, or a period as it is; anything else is refused: a guessed month is a wrong report.

        Raises UsageError.
        """
        if isinstance(text, Period):
            return text
        found = _PERIOD.fullmatch(text) if isinstance(text, str) else None
        if not found:
            raise UsageError(f"{quoted(text)} is not a period.", fix="Write the month as YYYY-MM, such as 2024-11.")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def words(self) -> str:
        """The month in words, for a reader."""
        return f"{_calendar.month_name[self.month]} {self.year}"

    @property
    def first(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, _calendar.monthrange(self.year, self.month)[1])

    def before(self, months: int) -> Period:
        """The period this many months earlier."""
        years, month = divmod(self.year * 12 + self.month - 1 - months, 12)
        return Period(years, month + 1)


def parse_day(value: object, *, name: str = "as_of") -> date:
    """Read a day: a date, a timestamp at midnight, or `YYYY-MM-DD`; a guessed day is a wrong report.

    05/11/2024 is the fifth of November here and the eleventh of May elsewhere, so it is refused.
    Raises UsageError naming the option.

    >>> parse_day("2024-11-21")
    datetime.date(2024, 11, 21)
    """
    if isinstance(value, datetime) and value == value and value.timetz() == time():
        return date(value.year, value.month, value.day)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise UsageError(
        f"{quoted(value)} is not a day, so {name} cannot be read.",
        fix="Write the day as YYYY-MM-DD, such as 2024-11-21.",
    )


def date_words(day: date) -> str:
    """A date as a reader writes it.

    >>> date_words(date(2024, 11, 18))
    '18 November 2024'
    """
    return f"{day.day} {_calendar.month_name[day.month]} {day.year}"


def working_days(start: date, end: date, *, holidays: Iterable[date]) -> int:
    """Working days after the start date, up to and including the end date.

    The start day never counts, the end day does when it is a working day, which is how the
    children in need census counts. `numpy.busday_count` leaves out the end day instead.

    >>> working_days(date(2019, 12, 26), date(2019, 12, 30), holidays=[date(2019, 12, 26)])
    2
    """
    days = np.array(list(holidays), dtype="datetime64[D]")
    after = np.datetime64(start + timedelta(days=1), "D")
    until = np.datetime64(end + timedelta(days=1), "D")
    return int(np.busday_count(after, until, holidays=days))


def add_working_days(start: date, days: int, *, holidays: Iterable[date]) -> date:
    """The working day that is this many working days after the start date.

    >>> christmas = [date(2024, 12, 25), date(2024, 12, 26), date(2025, 1, 1)]
    >>> add_working_days(date(2024, 12, 13), 45, holidays=christmas)
    datetime.date(2025, 2, 19)
    """
    closed = np.array(list(holidays), dtype="datetime64[D]")
    found = np.busday_offset(np.datetime64(start, "D"), days, roll="backward", holidays=closed)
    return date.fromisoformat(str(found))


def add_months(start: date, months: int) -> date:
    """The same day this many calendar months later, or the last day of that month.

    >>> add_months(date(2024, 8, 31), 6)
    datetime.date(2025, 2, 28)
    """
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(years, month + 1, min(start.day, _calendar.monthrange(years, month + 1)[1]))
