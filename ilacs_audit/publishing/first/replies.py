"""How a written answer is read, and what is said where it cannot be one: each raises UsageError with what to write."""

import re
from collections.abc import Mapping, Sequence

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import UsageError, near, quoted
from ilacs_audit.domain.given import read_share
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import Scale
from ilacs_audit.intake.cells.footers import ranges
from ilacs_audit.intake.cells.months import month_in
from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.tables.usual import FIELDS, IGNORE
from ilacs_audit.publishing.first.own_scales import ends, is_own
from ilacs_audit.publishing.first.seen import Seen

UNKNOWN = "don't know"
CHOSEN: Mapping[str, str] = {
    "random": "at random from a list",
    "systematic": "every so-many-th of a list",
    "stratified": "at random within teams or groups",
    "auditor_choice": "auditors or managers picked them",
    "risk_led": "picked because something looked wrong",
    "census": "all there were",
    "unknown": UNKNOWN,
}
_UNKNOWN = frozenset({"dont know", "do not know", "unknown", "not known"})
_YES = ("yes", "y", "true")
_NO = frozenset({"", "no", "none", "nothing", "n", UNKNOWN})


def plain(said: str) -> str:
    """An answer with single spaces, and "don't know" in one spelling."""
    text = " ".join(said.split())
    return UNKNOWN if fold(text) in _UNKNOWN else text


def number(text: str, seen: Seen) -> int:
    """The number of a column."""
    if text.casefold() in _NO:
        what = "No column is known to say whose file a row is, and without one the rows cannot be told apart."
        raise UsageError(what, fix="Write the number of such a column; where there is none, add one to the workbook.")
    if not text.isdigit() or not 1 <= int(text) <= len(seen.columns):
        raise UsageError(f"{quoted(text)} is not a column's number.", fix=f"Write one of 1 to {len(seen.columns)}.")
    return int(text)


def yes(text: str) -> bool:
    """Whether it is agreed to; not knowing leaves the offer as it is."""
    return text.casefold() in (*_YES, UNKNOWN)


def month(text: str) -> Period:
    """A month, in figures or in words."""
    if text in ("", UNKNOWN):
        raise UsageError("The month cannot be told from the file.", fix="Write it as YYYY-MM, such as 2024-11.")
    return Period.parse(month_in(text) or text)


def one_of(text: str, choices: Mapping[str, str], unknown: str) -> str:
    """One of some choices, by its name or its words."""
    known = {word.casefold(): name for name, words in choices.items() for word in (name, words, name.replace("_", " "))}
    if text == UNKNOWN:
        return unknown
    if text.casefold() not in known:
        fix = near(text, choices, otherwise=f"Write one of: {', '.join(choices)}.")
        raise UsageError(f"{quoted(text)} is none of the choices.", fix=fix)
    return known[text.casefold()]


def baseline(text: str, earlier: list[Audit]) -> str:
    """The id of an earlier audit, "" for none."""
    return "" if text.casefold() in _NO else one_of(text, {audit.id: audit.title for audit in earlier}, "")


def count(text: str, *, least: int = 1) -> int | None:
    """A whole number, None where nobody knows it."""
    if text.casefold() in _NO:
        return None
    digits = text.replace(",", "")
    if not digits.isdigit() or int(digits) < least:
        told = f"{quoted(text)} cannot be that number" + (f": the workbook has {least} rows" if least > 1 else "")
        raise UsageError(f"{told}.", fix=f"Write a whole number of {least} or more, or: {UNKNOWN}.")
    return int(digits)


def target(text: str) -> str:
    """A share as a decimal, "" for none."""
    share = read_share(text)
    if not share and text.casefold() not in _NO:
        raise UsageError(f"{quoted(text)} is not a target.", fix=f"Write it like 90%, or: {UNKNOWN}.")
    return share


def _parts(text: str) -> list[str]:
    """What commas or semicolons part, without blanks."""
    return [part for each in re.split(r"[,;]", text) if (part := each.strip())]


def columns(text: str, seen: Seen) -> tuple[int, ...]:
    """The numbers of columns of answers. Raises UsageError for one that holds none."""
    if text == UNKNOWN:
        return tuple(each.number for each in seen.questions)
    found: list[int] = []
    for part in _parts(text.replace(" and ", ",")):
        if not (numbers := re.fullmatch(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?", part)):
            raise UsageError(f"{quoted(part)} is not a column's number.", fix='Write them like "3-5, 9".')
        found += range(int(numbers[1]), int(numbers[2] or numbers[1]) + 1)
    odd = [number for number in found if number not in {each.number for each in seen.questions}]
    if odd or not found:
        which = ranges([each.number for each in seen.questions])
        raise UsageError(f"Columns with answers are {which}; {quoted(text)} names others.", fix="Leave the others out.")
    return tuple(dict.fromkeys(found))


def adverse(text: str, seen: Seen) -> tuple[int, ...] | None:
    """The numbers of the questions to which no is the good answer; None where nobody knows."""
    if text == UNKNOWN:
        return None
    return () if text.casefold() in _NO else columns(text, seen)


def codes(text: str, seen: Seen) -> dict[str, str]:
    """Which answers codes mean, by the code."""
    known, told = dict(seen.codes), dict[str, str]()
    for part in [] if text.casefold() in _NO else _parts(text):
        code, _, meaning = (each.strip() for each in part.partition("="))
        if meaning.casefold() not in known.get(code, ()):
            options = dict.fromkeys(word for each in known.values() for word in each)
            fix = f"Write it like {next(iter(known))}={next(iter(options))}; answers are {', '.join(options)}."
            raise UsageError(f"{quoted(part)} is not CODE=answer.", fix=fix)
        told[code] = meaning.casefold()
    return told


def corrections(text: str, seen: Seen) -> dict[int, str]:
    """What other columns mean, by number: a field, a comment, or ignore."""
    if text.casefold() in _NO:
        return {}
    told: dict[int, str] = {}
    for part in _parts(text):
        number, equals, meaning = (each.strip() for each in part.partition("="))
        if not equals or not number.isdigit() or not 1 <= int(number) <= len(seen.columns):
            raise UsageError(f"{quoted(part)} is not NUMBER=meaning.", fix='Write it like "7=team".')
        if meaning not in (*FIELDS, IGNORE):
            fix = near(meaning, FIELDS, otherwise=f"Use one of: {', '.join((*FIELDS, IGNORE))}.")
            raise UsageError(f"{quoted(meaning)} is not what a column can mean.", fix=fix)
        told[int(number)] = meaning
    return told


def levels(text: str, scale: Scale, others: Sequence[Scale] = ()) -> tuple[str, ...]:
    """Some levels of a scale, of an answer that may speak of `others` too; none leaves those that usually count.

    Marks that meet are one end of their scale.
    """
    if text == UNKNOWN:
        return ()
    spelt = {level.casefold(): level for level in scale.levels}
    elsewhere = {level.casefold() for each in others for level in each.levels}
    told = [each.strip().casefold() for each in text.split(",") if each.strip()]
    if not told or any(each not in spelt and each not in elsewhere for each in told):
        raise UsageError(f"{quoted(text)} is not of this scale.", fix=f"Write some of: {', '.join(scale.levels)}.")
    met = tuple(spelt[each] for each in told if each in spelt)
    if met and is_own(scale.id) and not ends(met, scale):
        fix = f"Write the best ones alone, from one end of: {', '.join(scale.levels)}."
        raise UsageError(f"{quoted(text)} is not one end of the scale.", fix=fix)
    return met
