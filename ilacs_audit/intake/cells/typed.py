"""Read one cell of a register: a date, a yes or no, a count, a word; or say why it is not one.

Nothing is guessed. A word that is neither yes nor no is reported and becomes 'unknown', which
no count takes for either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any, NamedTuple

import pandas as pd

from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.cells.values import read_day

BLANKS = frozenset({"", "-", "–", "—", "#n/a", "n/a", "nan", "nat", "none", "null", "<na>"})
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
UNKNOWN = frozenset({"unknown", "not known", "not recorded", "not stated"})
_LETTER = re.compile(r"^[a-z]\) ?")
_TIMED = re.compile(r"^(.+?)[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$")


class Broken(NamedTuple):
    """Which case of `intake.rules` a cell breaks, and the reason where its sentence asks for one."""

    case: str
    reason: str = ""


NOT_YES_NO = Broken("not yes or no")
NOT_A_COUNT = Broken("not a number")

Read = tuple[Any, Broken | None]


def tidy(value: object) -> str:
    r"""A cell as text, or nothing where it says nothing, as "-" and "#N/A" do.

    >>> tidy(" Dustin\xa0Hazlett "), tidy(6537810.0), tidy("#N/A"), tidy("0123")
    ('Dustin Hazlett', '6537810', '', '0123')
    """
    text = "" if value is pd.NaT or value is pd.NA else written(value)
    return "" if text.casefold() in BLANKS else text


def read_text(value: object) -> Read:
    """Any text, tidied; "none" is a word, such as of a plan."""
    text = "" if value is pd.NaT or value is pd.NA else written(value)
    return (text if text.casefold() == "none" else tidy(value)), None


def read_name(value: object) -> Read:
    """What names a child, a person or a request, tidied."""
    return tidy(value), None


def read_date(value: object) -> Read:
    """A day without its time; day and month are never turned round.

    >>> read_date("03/12/2024")[0], read_date("12/31/2024")[0]
    (Timestamp('2024-12-03 00:00:00'), NaT)
    """
    if not tidy(value):
        return pd.NaT, None
    found = read_day(value if isinstance(value, (datetime, int, float)) else _day_part(tidy(value)))
    return (pd.NaT, Broken("not a date", found.reason)) if found.day is None else (pd.Timestamp(found.day), None)


def read_moment(value: object) -> Read:
    """A day with its time where it has one.

    >>> read_moment("18/11/2024 14:30")[0]
    Timestamp('2024-11-18 14:30:00')
    """
    day, rule = read_date(value)
    if rule or day is pd.NaT:
        return day, rule
    try:
        return pd.Timestamp.combine(day, _time_part(value)), None
    except ValueError:
        return pd.NaT, Broken("not a date: time")


def read_yes_no(value: object) -> Read:
    """'yes', 'no', 'unknown' or '' where the cell is empty; a letter before it is let go.

    >>> [read_yes_no(each)[0] for each in (True, "b) No", "", "Seen")]
    ['yes', 'no', '', 'unknown']
    """
    text = _LETTER.sub("", tidy(value).casefold())
    if text in YES or text in NO:
        return ("yes" if text in YES else "no"), None
    return (text and "unknown"), None if not text or text in UNKNOWN else NOT_YES_NO


def read_count(value: object) -> Read:
    """A whole number, or missing."""
    text = tidy(value)
    if not text:
        return pd.NA, None
    return (int(text), None) if text.isascii() and text.isdigit() else (pd.NA, NOT_A_COUNT)


READERS: Mapping[str, Callable[[object], Read]] = {
    "child": read_name,
    "person": read_name,
    "request": read_name,
    "date": read_date,
    "moment": read_moment,
    "yes_no": read_yes_no,
    "count": read_count,
}
_DTYPES: Mapping[str, str] = {"date": "datetime64[ns]", "moment": "datetime64[ns]", "count": "Int64"}


def read_column(cells: pd.Series[Any], kind: str) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Read a whole column: its values, and beside them the rule each cell broke, or None.

    Each distinct cell is read once, because registers repeat themselves.
    """
    read = READERS.get(kind, read_text)
    codes, distinct = pd.factorize(cells.astype(object), use_na_sentinel=False)
    found = [read(None if pd.isna(value) else value) for value in distinct]
    values = pd.Series([value for value, _ in found], dtype=_DTYPES.get(kind, "object"))
    rules = pd.Series([rule for _, rule in found], dtype="object")
    if kind not in _DTYPES:
        values = values.astype(str)
    return values.take(codes).set_axis(cells.index), rules.take(codes).set_axis(cells.index)


def _day_part(text: str) -> str:
    timed = _TIMED.match(text)
    return timed[1] if timed else text


def _time_part(value: object) -> time:
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, (int, float)):
        return (pd.Timestamp(0) + pd.Timedelta(days=value % 1)).round("s").time()
    timed = _TIMED.match(tidy(value))
    return time(int(timed[2]), int(timed[3]), int(timed[4] or 0)) if timed else time()
