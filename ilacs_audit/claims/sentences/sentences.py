"""One measure in one or two sentences that a person can read aloud.

The text is made from the row alone, released or not, so a sentence never knows more than its table.
A hidden row gives a sentence without any number. Templates: methods, section 12.
"""

from collections import Counter
from typing import NamedTuple

import pandas as pd

from ilacs_audit.claims.sentences.change_sentences import change_sentence
from ilacs_audit.claims.sentences.tallies import judged
from ilacs_audit.claims.verdicts.direction import LOWER
from ilacs_audit.claims.verdicts.verdicts import NO_SIZE, ONLY_WHOLE_LIST, WHOLE_LIST
from ilacs_audit.claims.words import (
    CANNOT_TELL,
    LOW_BASE,
    MET,
    between,
    capital,
    number_word,
    percent,
    plural,
    range_end,
    share_words,
)
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.measures import Row, rows

TOO_SMALL = "The number is too small to show."
NOTHING_READ = "No file to which this applies was read."


class Told(NamedTuple):
    """How a count of one kind is told: of what, and what was true of them (one, several)."""

    of: str
    one: str
    several: str


_TOLD = {
    "compliance": Told("{units} read", "met the standard", "met the standard"),
    "not_applicable": Told("{units} read", "was outside this standard", "were outside this standard"),
    "returned": Told("{units} drawn", "was returned", "were returned"),
    "set_aside": Told("{units} returned", "was set aside", "were set aside"),
    "moderated": Told("{units} read", "was read again by a moderator", "were read again by a moderator"),
    "marked_down": Told("{units} moderated", "was marked down", "were marked down"),
    "marked_up": Told("{units} moderated", "was marked up", "were marked up"),
    "grade": Told("{units} read", "was graded {level}", "were graded {level}"),
    "reach": Told("staff", "was reached", "were reached"),
    "critical_failure": Told("{units} read", "failed a critical standard", "failed a critical standard"),
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
    >>> sentence(seen)  # doctest: +NORMALIZE_WHITESPACE
    '24 of the 30 files read met the standard (80%). If all had been read, we would expect between 71 and 99
    of the 110 children to meet it (95% interval).'
    """
    if not isinstance(what, Row):
        return " ".join(sentence(row, unit=unit, people=people, about=about) for row in rows(doors.findings(what)))
    who = people if unit == "file" else unit
    text = _text(what, unit=unit, people=plural(who))
    return f"{capital(about)}: {text[:1].lower()}{text[1:]}" if about else text


def _text(row: Row, *, unit: str, people: str) -> str:
    if row.hidden:
        return f"{TOO_SMALL} {judged(Counter([row.verdict]), 'standard')}." if row.verdict else TOO_SMALL
    if row.measure == "change":
        return change_sentence(row)
    if row.numerator is None or not row.denominator:
        return row.note or NOTHING_READ
    parts = [_count(row, unit=unit), _range(row, people=people), _judgement(row, people=people)]
    return " ".join(part for part in parts if part)


def _count(row: Row, *, unit: str) -> str:
    """The count itself, opened by a word under ten and by "none" for nought."""
    assert row.numerator is not None and row.denominator is not None
    told = _TOLD.get(row.measure, Told("{units}", "was counted", "were counted"))
    of = told.of.format(units=plural(unit, row.denominator))
    did = (told.one if row.numerator == 1 else told.several).format(level=row.level)
    if row.denominator == 1:
        return f"The one {of} {did}." if row.numerator else f"Of the one {of}, none {did}."
    opening = "None" if row.numerator == 0 else capital(number_word(row.numerator))
    of_what = number_word(row.denominator) if row.denominator < LOW_BASE else f"{row.denominator:,}"
    # Where files were chosen by someone, a percentage would be read as more than it is.
    picked = row.rule == "V0" and row.method == "count"
    share = "" if picked else share_words(row.numerator, row.denominator)
    return f"{opening} of the {of_what} {of} {did}{share}."


def _range(row: Row, *, people: str) -> str:
    if row.lower is None or row.upper is None:
        return ""
    listed = row.population if row.method == "hypergeometric" else None
    if row.measure == "critical_failure":
        return still_allows(row, people=people)
    if not listed and (row.denominator or 0) < LOW_BASE:
        return f"{row.note if row.missing else ''} So few are not given as a percentage.".strip()
    likely, of = _limits(row, listed), f" of the {listed:,} {people}" if listed else ""
    if row.missing:
        ones = "the missing one holds" if row.missing == 1 else f"the {number_word(row.missing)} missing ones hold"
        alone = _limits(row._replace(lower=row.lower_read, upper=row.upper_read), listed)
        read = f"Of the files read alone the likely range is {alone} (95% interval). " if alone else ""
        return f"{row.note} {read}Whatever {ones}, it is {likely}{of}."
    if row.method == "hypergeometric":
        of = of or f" of the {people}"
        return f"If all had been read, we would expect {likely}{of} to meet it (95% interval)."
    return f"Allowing for chance, practice in general is likely to be {likely} (95% interval)."


def still_allows(row: Row, *, people: str) -> str:
    """None found is not none: the files that nobody read may hold so many failures."""
    if row.upper is None:
        return ""
    most = f"{children(row)[1]} among the {row.population:,} {people}" if row.population else percent(row.upper)
    return f"That still allows up to {most} (95% limit)."


def _limits(row: Row, listed: int | None) -> str:
    """Both ends of a range: in whole children where the list is known, else as shares."""
    if row.lower is None or row.upper is None:
        return ""
    return between(*(children(row) if listed else (range_end(each, row.target) for each in (row.lower, row.upper))))


def children(row: Row) -> tuple[str, str]:
    """Both ends of the interval in whole children of the list."""
    assert row.lower is not None and row.upper is not None and row.population is not None
    return f"{round(row.lower * row.population):,}", f"{round(row.upper * row.population):,}"


def _judgement(row: Row, *, people: str) -> str:
    """What follows from the verdict: the target, whether it is met, and what it would take to tell."""
    if row.rule == "V0":
        return row.reason
    if not row.verdict or row.target is None:
        return ""
    target = f"at most {percent(row.target)}" if row.direction == LOWER else percent(row.target)
    return f"The target is {target}. {_decision(row, people=people)}"


def _decision(row: Row, *, people: str) -> str:
    if row.verdict == CANNOT_TELL and row.would_turn is not None:
        return f"This sample cannot tell us whether it is met. {row.reason} {turning_words(row)}"
    if row.verdict == CANNOT_TELL:
        return f"This sample cannot tell us whether it is met.{_what_would_tell(row)}"
    if row.method == WHOLE_LIST:
        return f"Every file on the list was read: it is {row.verdict}."
    shows = "it is met" if row.verdict == MET else "it is not met"
    if row.lower is None or row.upper is None:
        return f"The sample shows {shows}."
    return f"The sample shows {shows}: {_evidence(row, people=people)}."


def _evidence(row: Row, *, people: str) -> str:
    """The end of the interval that decides: the lower for met, the upper for not met."""
    upwards = (row.verdict == MET) != (row.direction == LOWER)
    if row.method == "hypergeometric" and row.population:
        least, most = children(row)
        of = f"of the {row.population:,} {people} are likely to meet it"
        return f"{least} or more {of}" if upwards else f"at most {most} {of}"
    return "the whole interval is " + ("at or above it" if upwards else "below it")


def _what_would_tell(row: Row) -> str:
    """How many files would decide; nothing where release has taken the number away."""
    if row.files_to_tell is None:
        return f" {NO_SIZE}" if NO_SIZE in row.reason else ""
    if row.files_to_tell == row.population:
        return f" {ONLY_WHOLE_LIST}"
    return f" It would take {row.files_to_tell:,} files."


def turning_words(row: Row) -> str:
    """How few of the missing answers would turn what the files read say.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> turning_words(next(rows(measures([{"missing": 9, "would_turn": 4}]))))
    'Four of the nine missing answers would be enough.'
    """
    assert row.missing is not None and row.would_turn is not None
    if row.missing == 1:
        return "The one missing answer would be enough."
    return f"{capital(number_word(row.would_turn))} of the {number_word(row.missing)} missing answers would be enough."
