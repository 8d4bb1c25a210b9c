"""Read one cell of a register: a date, a yes or no, a count, a word; or say why it is not one.

Nothing is guessed. A word that is neither yes nor no is reported and becomes 'unknown', which
no count takes for either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, time
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd

from ilacs_audit.domain.columns import PLAN_NOT_KNOWN, plan_of
from ilacs_audit.domain.registers.children import NOT_UNDERSTOOD, age_band_of, disability_of, ethnic_group_of
from ilacs_audit.intake.cells.days import read_days
from ilacs_audit.intake.cells.spelling import written

BLANKS = frozenset({"", "-", "–", "—", "#n/a", "n/a", "nan", "nat", "none", "null", "<na>"})
_NOT_YET = frozenset(
    {"ongoing", "on going", "open", "active", "current", "live", "continuing", "in progress", "outstanding", "pending"}
    | {"tbc", "to be confirmed", "tba", "awaited", "awaiting", "not applicable", "never", "missing", "no", "none yet"}
)
_STILL = re.compile(
    r"(?!.*\b(?:sure|known|recorded|clear|stated|entered)\b)"
    r"(?:still|remains?|not|has not|hasn't|did not|didn't|was not|wasn't|never)\b[a-z ]*"
)
YES = frozenset({"yes", "y", "true", "1", "✓", "✔", "☑", "✅"})
NO = frozenset({"no", "n", "false", "0", "✗", "✘", "❌"})
_ANSWER = re.compile(r"(yes|no)(?:\.|\s*[-–—,;:(].*)?")  # "Yes - with her mother"
_DOUBT = {  # words behind an answer that take it back
    "yes": re.compile(r"\b(?:no|not|but|never|cancelled|unknown|unsure|declined|refused|\w+n't)\b"),
    "no": re.compile(r"\b(?:yes|but|unknown|unsure)\b"),
}
UNKNOWN = frozenset({"unknown", "not known", "not recorded", "not stated"})
LETTER = re.compile(r"^[a-z]\) ?")


class Broken(NamedTuple):
    """Which case of `intake.rules` a cell breaks, and the reason where its sentence asks for one."""

    case: str
    reason: str = ""


NOT_YES_NO = Broken("not yes or no")
NOT_A_COUNT = Broken("not a number")
NOT_A_PLAN = Broken("plan not known")
NOT_AN_AGE = Broken("age band not known")
NOT_A_DISABILITY = Broken("disability not known")
NOT_A_GROUP = Broken("ethnic group not known")
NOT_A_RISK = Broken("risk not known")
OTHER_RISK = "in other words"
_RISKS = {
    **dict.fromkeys(("high", "h", "very high", "v high", "red", "significant"), "high"),
    **dict.fromkeys(("medium", "m", "med", "moderate", "amber"), "medium"),
    **dict.fromkeys(("low", "l", "very low", "green"), "low"),
    **dict.fromkeys(("none", "not recorded", "not assessed", "not known", "unknown", "tbc"), ""),
}
_RISK_WORDS = re.compile(r"\b(?:level|of|at|risk|rated|rating)\b|[.:]")
PLACED = "contact from a placing authority"
_PLACED = re.compile(
    rf"{PLACED}s?|\bcicola\b|contact from (?:another|other) (?:local )?authorit(?:y|ies)"
    r"|(?:children|child|cla|lac) (?:in care |looked after )?(?:of|by|from) (?:another|other)"
    r" (?:local )?authorit(?:y|ies)"
    r"|placed by (?:another|other) (?:local )?authorit(?:y|ies)"
)

Read = tuple[Any, Broken | None]


def tidy(value: object) -> str:
    r"""A cell as text, or nothing where it says nothing, as "-" and "#N/A" do.

    >>> tidy(" Dustin\xa0Hazlett "), tidy(6537810.0), tidy("#N/A"), tidy("0123")
    ('Dustin Hazlett', '6537810', '', '0123')
    """
    text = "" if value is pd.NaT or value is pd.NA else written(value)
    return "" if text.casefold() in BLANKS else text


def not_yet(value: object) -> bool:
    """Whether a cell that ought to hold the day of an end says that it has not come.

    >>> [not_yet(each) for each in ("Ongoing", "still missing", "Not held", "not recorded", "31/02/2025", "?")]
    [True, True, True, False, False, False]
    """
    text = tidy(value).casefold().replace("-", " ").strip(" .()[]*")
    return text in _NOT_YET or _STILL.fullmatch(text) is not None


def read_text(value: object) -> Read:
    """Any text, tidied; "none" is a word, such as of a plan."""
    text = "" if value is pd.NaT or value is pd.NA else written(value)
    return (text if text.casefold() == "none" else tidy(value)), None


def read_yes_no(value: object, own: Mapping[str, str] = MappingProxyType({})) -> Read:
    """'yes', 'no', 'unknown' or '' where the cell is empty; a letter before it is let go, and what explains it behind.

    `own` are words that mean yes or no in this column.

    >>> [read_yes_no(each)[0] for each in (True, "b) No", "", "Seen", "Yes - twice", "Yes - but not seen")]
    ['yes', 'no', '', 'unknown', 'yes', 'unknown']
    """
    text = LETTER.sub("", tidy(value).casefold())
    if text in YES or text in NO:
        return ("yes" if text in YES else "no"), None
    if (answer := own.get(text.rstrip(".!"))) is not None:
        return answer, None
    if (said := _ANSWER.fullmatch(text)) and not _DOUBT[said[1]].search(text[said.end(1) :]):
        return said[1], None
    return (text and "unknown"), None if not text or text in UNKNOWN else NOT_YES_NO


def read_plan(value: object) -> Read:
    """Any text, told where it is no plan that is known."""
    text, _ = read_text(value)
    return text, NOT_A_PLAN if plan_of(text) == PLAN_NOT_KNOWN else None


def read_age_band(value: object) -> Read:
    """Any text, told where it is no band of ages."""
    text, _ = read_text(value)
    return text, NOT_AN_AGE if age_band_of(text) == NOT_UNDERSTOOD else None


def read_disability(value: object) -> Read:
    """Any text, told where it does not say whether a child is disabled."""
    text, _ = read_text(value)
    return text, NOT_A_DISABILITY if disability_of(text) == NOT_UNDERSTOOD else None


def read_ethnicity(value: object) -> Read:
    """Any text, told where it is a code that names no group by itself."""
    text, _ = read_text(value)
    return text, NOT_A_GROUP if ethnic_group_of(text) == NOT_UNDERSTOOD else None


def read_risk(value: object) -> Read:
    """'high', 'medium', 'low', nothing where none was recorded, or that it stands in other words.

    >>> [read_risk(each)[0] for each in ("High risk", "H", "Risk: very high", "N/A", "not high")]
    ['high', 'high', 'high', '', 'in other words']
    """
    text = " ".join(_RISK_WORDS.sub(" ", tidy(value).casefold()).split())
    return (_RISKS.get(text, ""), None) if text in _RISKS or not text else (OTHER_RISK, NOT_A_RISK)


def read_contact(value: object) -> Read:
    """Any text; what tells of a child whom another authority placed here begins with the same words.

    >>> [read_contact(each)[0] for each in ("CICOLA - missing episode", "Missing (CICOLA)", "online harm")]
    ['contact from a placing authority: missing episode', 'contact from a placing authority: missing', 'online harm']
    """
    text, _ = read_text(value)
    if not _PLACED.search(text.casefold()):
        return text, None
    why = " ".join(_PLACED.sub(" ", text.casefold()).replace("()", " ").split()).strip(" :;,-–—()[]")
    return (f"{PLACED}: {why}" if why else PLACED), None


def read_count(value: object) -> Read:
    """A whole number, or missing."""
    text = tidy(value)
    if not text:
        return pd.NA, None
    return (int(text), None) if text.isascii() and text.isdigit() else (pd.NA, NOT_A_COUNT)


_READERS: Mapping[str, Callable[[object], Read]] = {
    "text": read_text,
    "plan": read_plan,
    "age_band": read_age_band,
    "disability": read_disability,
    "ethnicity": read_ethnicity,
    "risk": read_risk,
    "contact": read_contact,
    "yes_no": read_yes_no,
    "count": read_count,
}
_DTYPES: Mapping[str, str] = {"date": "datetime64[ns]", "moment": "datetime64[ns]", "count": "Int64"}


def read_column(
    cells: pd.Series[Any], kind: str, *, since_1904: bool = False, own: Mapping[str, str] = MappingProxyType({})
) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Read a whole column: its values, and beside them the rule each cell broke, or None.

    Each distinct cell is read once, because registers repeat themselves. What names a child, a person or a request
    is tidied. `own` are the words that mean yes or no in this column.
    """
    codes, distinct = pd.factorize(cells.astype(object), use_na_sentinel=False)
    said = [None if pd.isna(value) else value for value in distinct]
    read = partial(read_yes_no, own=own) if own else _READERS.get(kind, lambda value: (tidy(value), None))
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
