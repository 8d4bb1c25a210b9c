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

from ilacs_audit.domain.columns import PLAN_NOT_KNOWN, plan_of
from ilacs_audit.intake.cells.days import read_days
from ilacs_audit.intake.cells.spelling import written

BLANKS = frozenset({"", "-", "–", "—", "#n/a", "n/a", "nan", "nat", "none", "null", "<na>"})
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
UNKNOWN = frozenset({"unknown", "not known", "not recorded", "not stated"})
LETTER = re.compile(r"^[a-z]\) ?")


class Broken(NamedTuple):
    """Which case of `intake.rules` a cell breaks, and the reason where its sentence asks for one."""

    case: str
    reason: str = ""


NOT_YES_NO = Broken("not yes or no")
NOT_A_COUNT = Broken("not a number")
NOT_A_PLAN = Broken("plan not known")

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


def read_yes_no(value: object) -> Read:
    """'yes', 'no', 'unknown' or '' where the cell is empty; a letter before it is let go.

    >>> [read_yes_no(each)[0] for each in (True, "b) No", "", "Seen")]
    ['yes', 'no', '', 'unknown']
    """
    text = LETTER.sub("", tidy(value).casefold())
    if text in YES or text in NO:
        return ("yes" if text in YES else "no"), None
    return (text and "unknown"), None if not text or text in UNKNOWN else NOT_YES_NO


def read_plan(value: object) -> Read:
    """Any text, told where it is no plan that is known."""
    text, _ = read_text(value)
    return text, NOT_A_PLAN if plan_of(text) == PLAN_NOT_KNOWN else None


def read_count(value: object) -> Read:
    """A whole number, or missing."""
    text = tidy(value)
    if not text:
        return pd.NA, None
    return (int(text), None) if text.isascii() and text.isdigit() else (pd.NA, NOT_A_COUNT)


_READERS: Mapping[str, Callable[[object], Read]] = {
    "text": read_text,
    "plan": read_plan,
    "yes_no": read_yes_no,
    "count": read_count,
}
_DTYPES: Mapping[str, str] = {"date": "datetime64[ns]", "moment": "datetime64[ns]", "count": "Int64"}


def read_column(cells: pd.Series[Any], kind: str, *, since_1904: bool = False) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Read a whole column: its values, and beside them the rule each cell broke, or None.

    Each distinct cell is read once, because registers repeat themselves. What names a child, a person or a request
    is tidied.
    """
    codes, distinct = pd.factorize(cells.astype(object), use_na_sentinel=False)
    said = [None if pd.isna(value) else value for value in distinct]
    read = _READERS.get(kind, lambda value: (tidy(value), None))
    found = _days(said, kind, since_1904) if kind in ("date", "moment") else list(map(read, said))
    values = pd.Series([value for value, _ in found], dtype=_DTYPES.get(kind, "object"))
    rules = pd.Series([rule for _, rule in found], dtype="object")
    values = values if kind in _DTYPES else values.astype(str)
    return values.take(codes).set_axis(cells.index), rules.take(codes).set_axis(cells.index)


def _days(cells: list[Any], kind: str, since_1904: bool) -> list[Read]:
    """A column of days, or of moments; in which order it was read is said of its first cell."""
    texts = [cell if tidy(cell) else "" for cell in cells]
    days = read_days(texts, since_1904=since_1904)
    found: list[Read] = []
    for day in map(days.read.__getitem__, texts):
        clock = day.clock if kind == "moment" else time()
        moment = pd.NaT if day.day is None else pd.Timestamp(datetime.combine(day.day, clock))
        found.append((moment, Broken("not a date", day.reason) if day.reason else None))
    if days.case:
        first = next(place for place, text in enumerate(texts) if text and found[place][1] is None)
        found[first] = (found[first][0], Broken(days.case))
    return found
