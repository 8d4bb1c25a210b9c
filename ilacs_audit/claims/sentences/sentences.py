"""One measure in one or two sentences that a person can read aloud.

The text is made from the row alone, released or not, so a sentence never knows more than its table.
A hidden row gives a sentence without any number. Templates: methods, section 12.
"""

from collections import Counter

import pandas as pd

from ilacs_audit.claims.sentences import teams
from ilacs_audit.claims.sentences.change_sentences import change_sentence
from ilacs_audit.claims.sentences.readers import agreement
from ilacs_audit.claims.sentences.registers import is_register, register_sentence
from ilacs_audit.claims.sentences.tallies import judged
from ilacs_audit.claims.verdicts.direction import LOWER
from ilacs_audit.claims.verdicts.verdicts import WHOLE_LIST
from ilacs_audit.claims.words import (
    CANNOT_TELL,
    LOW_BASE,
    at,
    capital,
    count_of,
    number_word,
    percent,
    plural,
    range_end,
    share_words,
)
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.measures import Row, rows

TOO_SMALL = "The number is hidden, so that nobody can be recognised."
MORE = "more than were drawn"
UNDRAWN = "some of them not drawn"
NOTHING_READ = "Nothing was read to which this applies."


_MET = ("{units}", "met the standard", "met the standard")
_TOLD = {  # of what, and what was true of them: of one, of several
    **dict.fromkeys(("compliance", "impact", "group_comparison", "over_time"), _MET),
    "not_applicable": ("{units}", "was outside this standard", "were outside this standard"),
    "returned": ("{units} drawn", "was returned", "were returned"),
    "rows_read": ("rows of the register", "is used", "are used"),
    "set_aside": ("{units}", "was set aside", "were set aside"),
    "moderated": ("{units}", "was read again by a moderator", "were read again by a moderator"),
    "marked_down": ("{units} moderated", "was marked down", "were marked down"),
    "moderated_same": ("answers given by both readers", "was the same", "were the same"),
    "marked_up": ("{units} moderated", "was marked up", "were marked up"),
    "grade": ("{units}", "was graded {level}", "were graded {level}"),
    "moderated_grade": ("{units} moderated", "was found to be {level}", "were found to be {level}"),
    "comparable": ("standards", "can be compared with before", "can be compared with before"),
    "agency_returns": ("returns", "came", "came"),
    "put_right": ("actions on {units} that failed it", "is done", "are done"),
    "reach": ("staff", "was reached", "were reached"),
    "critical_failure": ("{units}", "failed a critical standard", "failed a critical standard"),
}


def sentence(what: Row | pd.DataFrame, *, unit: str = "file", people: str = "child", about: str = "") -> str:
    """Say one measure, or each measure of a frame in turn, in plain words.

    Parameters
    ----------
    what
        A row of Measures or ReleasedMeasures, or a frame of them.
    unit
        What was read: "file", "worker", "request".
    people
        Who stand on the list: "child" where files are read, else the unit itself.
    about
        What the sentence is about, put before it: "Informed consent".

    >>> from ilacs_audit.domain.measures import measures
    >>> seen = measures([{"measure": "compliance", "numerator": 24, "denominator": 30, "population": 110,
    ...     "lower": 71 / 110, "upper": 99 / 110, "value": 0.8, "method": "hypergeometric", "confidence": 0.95}])
    >>> sentence(seen)
    '24 of 30 files met the standard (80%); likely 71 to 99 of all 110 children.'
    """
    if not isinstance(what, Row):
        return " ".join(sentence(row, unit=unit, people=people, about=about) for row in rows(doors.findings(what)))
    who = people if unit == "file" else unit
    text = _text(what, unit=unit, people=plural(who), named=bool(about))
    return f"{capital(about)}: {text[:1].lower()}{text[1:]}" if about else text


def _text(row: Row, *, unit: str, people: str, named: bool) -> str:
    if row.hidden:
        return f"{TOO_SMALL} {judged(Counter([row.verdict]))}." if row.verdict else TOO_SMALL
    if row.measure == "change":
        return change_sentence(row)
    if is_register(row):
        return register_sentence(row)
    if row.measure == teams.GROUP_MET:
        return teams.equity_sentence(row)
    if row.measure in agreement.MEASURES:
        return agreement.agreement_sentence(row)
    if row.numerator is None or not row.denominator:
        return row.note or NOTHING_READ
    told = f"{_count(row, unit=unit, named=named)}{_range(row, people=people)}."
    more = still_allows(row, people=people) if row.measure == "critical_failure" else _judgement(row)
    return f"{told} {more}".strip()


def _count(row: Row, *, unit: str, named: bool) -> str:
    """The count itself; where its standard is named before it, only of how many files that holds."""
    assert row.numerator is not None and row.denominator is not None
    of, one, several = _TOLD.get(row.measure, ("{units}", "was counted", "were counted"))
    if more := row.measure == "returned" and row.note.startswith(MORE):
        of, one, several = "{units}", f"{one}, {MORE}", f"{several}, {MORE}"
    count = failed_of(row) or (
        count_of(row.numerator, row.denominator) if row.numerator else f"none of {row.denominator:,}"
    )
    did = f" {(one if row.numerator == 1 else several).format(level=row.level)}"
    opening, done = (f"{at(unit)} ", "") if named and row.measure == "compliance" else ("", did)
    # Where files were chosen by someone, a percentage would be read as more than it is.
    picked = (row.rule == "V0" and row.method == "count") or row.method == "two-phase"
    share = "" if picked or more or row.status == "rounded" else share_words(row.numerator, row.denominator)
    return f"{capital(opening + count)} {of.format(units=plural(unit, row.denominator))}{done}{share}"


def failed_of(row: Row) -> str:
    """How many failed a critical standard, where rounded counts leave no one number; nothing of other rows.

    >>> from ilacs_audit.domain.measures import measures
    >>> told = {"measure": "critical_failure", "numerator": 6, "denominator": 20, "lower": 0.3, "upper": 0.7}
    >>> failed_of(next(rows(measures([told])))._replace(status="rounded"))
    '6 to 14 of about 20'
    """
    ends = (row.numerator, row.denominator, row.upper)
    if row.measure != "critical_failure" or row.status != "rounded" or row.hidden or not row.numerator or None in ends:
        return ""
    assert row.denominator is not None and row.upper is not None
    most = round(row.upper * row.denominator)
    return f"{'all' if most == row.numerator else f'{row.numerator:,} to {most:,}'} of about {row.denominator:,}"


def _range(row: Row, *, people: str) -> str:
    listed = row.listed
    few = not listed and (row.denominator or 0) < LOW_BASE
    if row.lower is None or row.upper is None or few or row.measure == "critical_failure":
        return ""
    alone = _limits(row._replace(lower=row.lower_read, upper=row.upper_read), listed) if row.missing else ""
    without = f" ({alone} without the missing {'answer' if row.missing == 1 else 'answers'})" if alone else ""
    return f"; likely {_limits(row, listed)}{f' of all {listed:,} {people}' if listed else ''}{without}"


def still_allows(row: Row, *, people: str) -> str:
    """None found is not none: the files that nobody read may hold so many failures."""
    if row.upper is None or row.numerator:
        return ""
    most = f"{children(row)[1]} among the {row.population:,} {people}" if row.population else percent(row.upper)
    return f"There may still be up to {most}."


def _limits(row: Row, listed: int | None) -> str:
    """Both ends of a range: in whole children where the list is known, else as shares."""
    if row.lower is None or row.upper is None:
        return ""
    low, high = children(row) if listed else (range_end(each, row.target) for each in (row.lower, row.upper))
    return low if low == high else f"{low} to {high}"


def children(row: Row) -> tuple[str, str]:
    """Both ends of the interval in whole children of the list."""
    assert row.lower is not None and row.upper is not None and row.population is not None
    return f"{round(row.lower * row.population):,}", f"{round(row.upper * row.population):,}"


def _judgement(row: Row) -> str:
    """What follows from the verdict: whether the target is met, or why we cannot tell."""
    if row.rule == "V0" or (row.rule == "X1" and row.measure == "compliance"):
        return row.reason
    if not row.verdict or row.target is None:
        return ""
    said = f"we cannot tell{_turning(row)}" if row.verdict == CANNOT_TELL else row.verdict
    whole = ", the whole list was read" if row.method == WHOLE_LIST else ""
    return f"Target {'at most ' if row.direction == LOWER else ''}{percent(row.target)}: {said}{whole}."


def _turning(row: Row) -> str:
    """How few of the missing answers would turn what was read."""
    if row.would_turn is None or row.missing is None:
        return ""
    few = f"{number_word(row.would_turn)} of the {number_word(row.missing)}"
    few = f"all {number_word(row.missing)}" if row.would_turn == row.missing else few
    return f", as {'the one missing answer' if row.missing == 1 else f'{few} missing answers'} could turn it"
