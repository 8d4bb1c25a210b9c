"""What a report on a register says of each of its counts: words as data, one line a measure.

The report counts and the words stand here, so that table, headline, sentence and method say one thing of it. None
of them judges: what was done is activity, and activity is no impact.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ilacs_audit.claims.words import count_of, counted, share_words
from ilacs_audit.domain.measures import Row


class Told(NamedTuple):
    """What a count is called, of what it is, what is so, and how it was counted; `one|several`, {level} the row's."""

    name: str
    of: str
    said: str
    method: str = ""


REGISTERED: Mapping[str, Told] = {
    "case_undecided": Told(
        "No decision recorded",
        "child|children reviewed",
        "has|have no decision recorded",
        "Each child of the tracker counts once. A child without an outcome in any of its rows has no decision "
        "recorded; the tracker does not say what happens to it.",
    ),
    "case_left_of_due": Told(
        "Left, of those due to leave",
        "child|children due to leave the team",
        "has|have left it",
        "Due to leave are those whose outcome begins with transfer, step, close, cease or end.",
    ),
    "case_decided": Told("A decision", "child|children reviewed", "has|have a decision"),
    "case_left": Told("Left the team", "child|children reviewed", "has|have left the team"),
    "case_outcome": Told(
        "Children",
        "child|children reviewed",
        "has|have this outcome: {level}",
        "A child with two outcomes is in both, so outcomes are never added.",
    ),
    "case_flow": Told("Children", "child|children reviewed", "went|went this way: {level}"),
    "case_waiting": Told(
        "Children still there", "child|children due to leave and still there", "has|have waited {level}"
    ),
    "time_to_leave": Told(
        "Days until half had left",
        "child|children due to leave the team",
        "",
        "The median is Kaplan and Meier's: a child who has not left counts as waiting up to the last day of which the "
        "tracker tells. It says how long leaving took, and not that leaving was right.",
    ),
}


def is_register(row: Row) -> bool:
    """Whether a row is of a report on a register."""
    return row.measure in REGISTERED


def name_of(row: Row) -> str:
    """What a count is called in a table."""
    return REGISTERED[row.measure].name


def of_whom(row: Row) -> str:
    """Of whom a count is, in the plural."""
    return _form(REGISTERED[row.measure].of, 2)


def register_sentence(row: Row) -> str:
    """One count of a register that may be shown, as a sentence.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> counted = measures([{"measure": "case_left", "numerator": 43, "denominator": 142}])
    >>> register_sentence(*rows(counted))
    '43 of 142 children reviewed have left the team (30%).'
    """
    told = REGISTERED[row.measure]
    if row.numerator is None:
        return _in_days(row, told)
    if not row.denominator:
        return ""
    about = "About " if row.status == "rounded" else ""
    count = count_of(row.numerator, row.denominator) if row.numerator or about else f"None of {row.denominator:,}"
    did = _form(told.said, row.numerator).format(level=row.level)
    return f"{about}{count} {_form(told.of, row.denominator)} {did}{share_words(row.numerator, row.denominator)}."


def register_headline(found: Sequence[Row]) -> str:
    """The first counts of the whole service, in the order in which the report gives them."""
    whole = [row for row in found if is_register(row) and row.group == "all" and row.numerator is not None]
    return " ".join(register_sentence(row) for row in whole[:2] if not row.hidden)


def register_methods(found: Sequence[Row]) -> tuple[str, ...]:
    """How the counts of a page on registers were made, each said once, in the order of its rows."""
    told = (REGISTERED[row.measure].method for row in found if is_register(row))
    return tuple(filter(None, dict.fromkeys(told)))


def _in_days(row: Row, told: Told) -> str:
    if row.value is None:
        return f"Half of the {_form(told.of, 2)} had not left by the last day of which the register tells."
    ends = "" if row.lower is None else f", likely {row.lower:g}" + (f" to {row.upper:g}" if row.upper else " or more")
    return f"Half of the {_form(told.of, 2)} had left within {counted(round(row.value), 'day')}{ends}."


def _form(words: str, count: int) -> str:
    """The words for one or for several."""
    return " ".join(each.split("|")[0 if count == 1 else -1] for each in words.split(" "))
