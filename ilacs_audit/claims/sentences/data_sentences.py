"""Each line of a data file in one sentence that stands on its own, so that a figure is copied with its words.

It is made from the line alone: a hidden line says that it is hidden, and no number.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ilacs_audit.claims.sentences.registers import is_register
from ilacs_audit.claims.sentences.sentences import sentence
from ilacs_audit.claims.words import CANNOT_TELL, capital, counted, period_words
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.measures import Row

ROUNDED = "Counts are rounded."
_ALONE = {  # what is counted of no others: one of them, and what was true of it
    "auditors": ("auditor", "took part"),
    "set_aside": ("", "set aside"),
    "unread": ("cell", "in words that are not known, and counted as not known"),
    "columns_unread": ("column", "not read, as no report knows it"),
    "sessions": ("session", "held before this round"),
    "sessions_during": ("session", "held during this round"),
    "sessions_after": ("session", "held after this round"),
    "reach": ("person", "reached before this round"),
    "reach_during": ("person", "reached during this round"),
    "reach_after": ("person", "reached after this round"),
    "booked": ("person", "booked, still to come"),
}
_JUDGED = {"impact": "Whether what was done has helped", "group_comparison": "Beside the average of all"}
_NAMED_BY_NOTE = ("intervention", "agency")


def data_sentence(
    row: Row, *, unit: str, names: Mapping[str, str], months: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Say one line of a data file, naming its standard, its group and its month; `names` are the standards' words.

    `months` tells of a period whose evidence is older of which month that is.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> few = {"measure": "compliance", "standard_id": "P-1", "group": "team", "level": "North", "period": "2024-11"}
    >>> found = measures([{**few, "numerator": 4, "denominator": 8}, {**few, "numerator": 5}])
    >>> data_sentence(next(rows(found)), unit="file", names={"P-1": "It says by when (P-1)"})
    'It says by when (P-1), North: in 4 of 8 files. November 2024.'
    """
    standard = names.get(row.standard_id, row.standard_id)
    about = ", ".join(filter(None, (standard, *_group(row))))
    if row.measure in _ALONE and not row.hidden and not row.denominator and row.numerator is not None:
        noun, done = _ALONE[row.measure]
        of_register = row.measure == "set_aside" and not row.note and " in " in row.level  # rows, people or courses
        many = f"{row.level}: {row.numerator:,}" if of_register else counted(row.numerator, noun or unit)
        many = f"{many} of the register {row.level}" if row.measure == "columns_unread" else many
        told = f"{capital(': '.join(filter(None, (about, many))))} {done}."
        more = row.note if row.measure == "set_aside" else ""
    else:
        told, more = sentence(row, unit=unit, about=about), _judged(row)
    month = f"{months.get(row.period) or period_words(row.period)}." if row.period else ""
    return " ".join(filter(None, (told, more, month, ROUNDED if row.status == "rounded" else "")))


def _group(row: Row) -> tuple[str, ...]:
    """Whom a line speaks of, where it is not the whole service; training and agencies have their name in the note."""
    named = row.note if row.measure in _ALONE and row.measure not in ("auditors", "set_aside", "unread") else ""
    if is_register(row) and row.group != "team":
        return ()
    if row.group in (*WHOLE_SERVICE, "", "audit", "rule", "grade", *_NAMED_BY_NOTE):
        return (row.note,) if row.group in _NAMED_BY_NOTE else ()
    return (named, row.level)


def _judged(row: Row) -> str:
    """What followed of a line that was judged otherwise than against its target."""
    if row.hidden or row.measure not in _JUDGED or not row.verdict:
        return ""
    verdict = "we cannot tell" if row.verdict == CANNOT_TELL else row.verdict
    return f"{_JUDGED[row.measure]}: {verdict}. {row.reason}".strip()
