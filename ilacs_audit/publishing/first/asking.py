"""The questions of the interview as data, and what an answer to each may be.

Each has a default, and "don't know" is an answer to every one: it leaves unsaid what nobody knows. Which
question comes next depends on what was seen and on what was said, and on nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import UsageError, near, quoted
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import SCALES, Scale, Theme
from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.tables.columns import FIELDS, IGNORE
from ilacs_audit.publishing.first.seen import UNITS, Seen

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
NAMES = (
    *("council", "example", "title", "month", "unit", "reference", "questions", "columns", "teams", "met", "target"),
    *("chosen", "listed", "intended", "baseline"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.?[ _-]*(20\d\d|\d\d)\b", re.IGNORECASE)
_ISO = re.compile(r"\b(20\d\d)[-_. ](0[1-9]|1[0-2])\b")
_DAY = re.compile(r"\b\d{1,2}[./_-](0?[1-9]|1[0-2])[./_-](20\d\d|\d\d)\b")
_NOISE = re.compile(
    r"\(\d*[-–]?\d*\)|\b(?:final|copy|v\d+|version \d+|collated returns|wc|w c)\b|\bQ[1-4]\b|\b20\d\d(?:[-/ ]\d\d)?\b",
    re.I,
)
_UNKNOWN = frozenset({"dont know", "do not know", "unknown", "not known"})
_YES = ("yes", "y", "true")
_NO = frozenset({"", "no", "none", "nothing", "n", UNKNOWN})


@dataclass(frozen=True)
class Question:
    """One question: its name in a file of answers, what is asked, the default, and how an answer is read."""

    name: str
    asks: str
    default: str
    read: Callable[[str], Any]
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What the workspace knows already: its council, the form's theme, and earlier audits."""

    council: str = ""
    theme: Theme | None = None
    programme: Programme = field(default_factory=lambda: Programme(()))

    @property
    def rounds(self) -> tuple[Audit, ...]:
        """The earlier audits of the form's theme, the latest first."""
        theme = self.theme.id if self.theme else ""
        return tuple(reversed([audit for audit in self.programme if audit.theme == theme]))


def next_question(seen: Seen, known: Known, said: Mapping[str, str]) -> Question | None:
    """The first question that has no answer yet; None where nothing more is asked."""
    return next((each for each in questions(seen, known, said) if each.name not in said), None)


def questions(seen: Seen, known: Known, said: Mapping[str, str]) -> Iterator[Question]:
    """Every question of this interview in order, as far as the answers so far decide which they are."""
    if not known.council:
        yield Question("council", "What is your council called?", "Our council", _text)
    if known.theme is None:
        yield Question("title", "What is this audit called?", title_of(seen), _text)
    yield Question("month", "Which month is it of (YYYY-MM)?", month_of(seen), _month)
    if known.theme is None:
        yield from _of_the_form(seen, said)
    asks = "How were the files chosen?"
    yield Question("chosen", asks, UNKNOWN, _chosen, CHOSEN)
    asks = "How many were on the list that they were chosen from?"
    if _chosen_of(said) != "census":
        yield Question("listed", asks, UNKNOWN, lambda text: _count(text, least=seen.rows))
    yield Question("intended", "How many were meant to be audited?", UNKNOWN, _count)
    if earlier := [audit for audit in known.rounds if str(audit.period) < _period_of(seen, said)]:
        asks = "Is it the next round of an earlier audit, to be compared with it?"
        choices = {**{audit.id: audit.title for audit in earlier}, "no": "not compared"}
        yield Question("baseline", asks, "no", lambda text: _baseline(text, earlier), choices)


def _of_the_form(seen: Seen, said: Mapping[str, str]) -> Iterator[Question]:
    """What is asked once a form: what a row is, which columns ask, and what counts."""
    units = {"file": "a child's file", "worker": "a worker", "request": "a request or a meeting"}
    yield Question("unit", "What is one row about?", seen.unit, lambda text: _one_of(text, units, seen.unit), units)
    numbers = ranges([each.number for each in seen.questions])
    if not _referred(seen, said):
        asks = "Which column says whose file a row is: the reference, or the worker's name? Write its number"
        yield Question("reference", asks, UNKNOWN, lambda text: _number(text, seen))
    asks = "Which columns are the questions that the audit asks?"
    yield Question("questions", asks, numbers, lambda text: _columns(text, seen))
    asks = 'Is another column read wrongly? Write NUMBER=meaning, such as "7=team, 9=comment"'
    yield Question("columns", asks, "no", lambda text: _corrections(text, seen))
    if len(seen.sheets) > 1 and not seen.of("team"):
        asks = f"{len(seen.sheets)} sheets are read. Is each a team's, and called after it?"
        yield Question("teams", asks, UNKNOWN, lambda text: text.casefold() in _YES)
    for scale in scales(seen, said):
        asks = f"Of {', '.join(scale.levels)}: which count as met?"
        best = ", ".join(level for level in scale.levels if level in scale.meets)
        yield Question(f"met_{scale.id}", asks, best, lambda text, scale=scale: _levels(text, scale))  # type: ignore[misc]
    yield Question("target", "Is there a target for each question, such as 90%?", UNKNOWN, _target)


def scales(seen: Seen, said: Mapping[str, str]) -> list[Scale]:
    """The scales on which the questions are answered, each once."""
    chosen = _columns(said["questions"], seen) if "questions" in said else ()
    used = dict.fromkeys(each.scale for each in seen.columns if each.scale and (each.number in chosen or not chosen))
    return [SCALES[each] for each in used if each in SCALES]


def understood(said: str, asked: Question) -> Any:
    """An answer as it is used. Raises UsageError in words that say what to write."""
    return asked.read(plain(said))


def plain(said: str) -> str:
    """An answer with single spaces, and "don't know" in one spelling."""
    text = " ".join(said.split())
    return UNKNOWN if fold(text) in _UNKNOWN else text


def title_of(seen: Seen) -> str:
    """A title out of the file's name: without the month, a version, or the numbers that a form adds.

    >>> from types import SimpleNamespace as Any
    >>> file = PurePath("Consent dip sample - September 2024(1-20).xlsx")
    >>> title_of(Any(path=file, names_somebody=False))
    'Consent dip sample'
    """
    text = _NOISE.sub(" ", _NAMED.sub(" ", _DAY.sub(" ", _ISO.sub(" ", PurePath(seen.path).stem.replace("_", " ")))))
    title = " ".join(text.split()).strip(" -–,.")
    return title if title and not seen.names_somebody else "Audit"


def month_of(seen: Seen) -> str:
    """The month that the file's name, its days or its title lines say; "" where they say none."""
    for text in (PurePath(seen.path).stem.replace("_", " "), *seen.titles):
        if found := month_in(text):
            return found
    return f"{seen.days[0]:%Y-%m}" if seen.days else ""


def month_in(text: str) -> str:
    """The month named in a text, "" where none is.

    >>> month_in("Plans audit Feb 25 FINAL"), month_in("wc 02.12.24"), month_in("Q2 2024-25")
    ('2025-02', '2024-12', '')
    """
    if found := _NAMED.search(text):
        return f"{_year(found[2])}-{_MONTHS.index(found[1][:3].casefold()) + 1:02d}"
    if found := _DAY.search(text):
        return f"{_year(found[2])}-{int(found[1]):02d}"
    if found := _ISO.search(text):
        return f"{found[1]}-{found[2]}"
    return ""


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def ranges(numbers: list[int]) -> str:
    """Numbers as a person writes them.

    >>> ranges([3, 4, 5, 9])
    '3-5, 9'
    """
    starts = [number for number in numbers if number - 1 not in numbers]
    ends = [number for number in numbers if number + 1 not in numbers]
    return ", ".join(str(one) if one == end else f"{one}-{end}" for one, end in zip(starts, ends, strict=True))


def _period_of(seen: Seen, said: Mapping[str, str]) -> str:
    return str(_month(said["month"])) if "month" in said else month_of(seen)


def _chosen_of(said: Mapping[str, str]) -> str:
    return str(_chosen(said["chosen"])) if "chosen" in said else ""


def _referred(seen: Seen, said: Mapping[str, str]) -> bool:
    """Whether a column says whose row it is."""
    return any(seen.of(each) for each in UNITS[said["unit"] if said.get("unit") in UNITS else seen.unit])


def _number(text: str, seen: Seen) -> int | None:
    if text.casefold() in _NO:
        return None
    if not text.isdigit() or not 1 <= int(text) <= len(seen.columns):
        raise UsageError(f"{quoted(text)} is not a column's number.", fix=f"Write one of 1 to {len(seen.columns)}.")
    return int(text)


def _text(text: str) -> str:
    return text


def _yes(text: str) -> bool:
    return text.casefold() in (*_YES, UNKNOWN)


def _month(text: str) -> Period:
    if text in ("", UNKNOWN):
        raise UsageError("The month cannot be told from the file.", fix="Write it as YYYY-MM, such as 2024-11.")
    return Period.parse(month_in(text) or text)


def _one_of(text: str, choices: Mapping[str, str], unknown: str) -> str:
    known = {word.casefold(): name for name, words in choices.items() for word in (name, words, name.replace("_", " "))}
    if text == UNKNOWN:
        return unknown
    if text.casefold() not in known:
        fix = near(text, choices, otherwise=f"Write one of: {', '.join(choices)}.")
        raise UsageError(f"{quoted(text)} is none of the choices.", fix=fix)
    return known[text.casefold()]


def _chosen(text: str) -> str:
    return _one_of(text, CHOSEN, "unknown")


def _baseline(text: str, earlier: list[Audit]) -> str:
    return "" if text.casefold() in _NO else _one_of(text, {audit.id: audit.title for audit in earlier}, "")


def _count(text: str, *, least: int = 1) -> int | None:
    if text.casefold() in _NO:
        return None
    digits = text.replace(",", "")
    if not digits.isdigit() or int(digits) < least:
        told = f"{quoted(text)} cannot be that number" + (f": the workbook has {least} rows" if least > 1 else "")
        raise UsageError(f"{told}.", fix=f"Write a whole number of {least} or more, or: {UNKNOWN}.")
    return int(digits)


def _target(text: str) -> str:
    if text.casefold() in _NO:
        return ""
    try:
        share = float(text.rstrip("% ")) / (100 if text.endswith("%") or float(text) > 1 else 1)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise UsageError(f"{quoted(text)} is not a target.", fix=f"Write it like 90%, or: {UNKNOWN}.")
    return f"{share:.4f}".rstrip("0").rstrip(".")


def _columns(text: str, seen: Seen) -> tuple[int, ...]:
    """The numbers of columns of answers. Raises UsageError for one that holds none."""
    if text == UNKNOWN:
        return tuple(each.number for each in seen.questions)
    found: list[int] = []
    for part in filter(None, (each.strip() for each in re.split(r"[,;]| and ", text))):
        if not (numbers := re.fullmatch(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?", part)):
            raise UsageError(f"{quoted(part)} is not a column's number.", fix='Write them like "3-5, 9".')
        found += range(int(numbers[1]), int(numbers[2] or numbers[1]) + 1)
    odd = [number for number in found if number not in {each.number for each in seen.questions}]
    if odd or not found:
        which = ranges([each.number for each in seen.questions])
        raise UsageError(f"Columns with answers are {which}; {quoted(text)} names others.", fix="Leave the others out.")
    return tuple(dict.fromkeys(found))


def _corrections(text: str, seen: Seen) -> dict[int, str]:
    """What other columns mean, by number: a field, a comment, or ignore."""
    if text.casefold() in _NO:
        return {}
    told: dict[int, str] = {}
    for part in filter(None, (each.strip() for each in re.split(r"[,;]", text))):
        number, equals, meaning = (each.strip() for each in part.partition("="))
        if not equals or not number.isdigit() or not 1 <= int(number) <= len(seen.columns):
            raise UsageError(f"{quoted(part)} is not NUMBER=meaning.", fix='Write it like "7=team".')
        if meaning not in (*FIELDS, IGNORE):
            fix = near(meaning, FIELDS, otherwise=f"Use one of: {', '.join((*FIELDS, IGNORE))}.")
            raise UsageError(f"{quoted(meaning)} is not what a column can mean.", fix=fix)
        told[int(number)] = meaning
    return told


def _levels(text: str, scale: Scale) -> tuple[str, ...]:
    if text == UNKNOWN:
        return ()
    spelt = {level.casefold(): level for level in scale.levels}
    told = [each.strip().casefold() for each in text.split(",") if each.strip()]
    if not told or any(each not in spelt for each in told):
        raise UsageError(f"{quoted(text)} is not of this scale.", fix=f"Write some of: {', '.join(scale.levels)}.")
    return tuple(spelt[each] for each in told)


EXAMPLE = Question(
    "example",
    "This workspace still holds the invented council Northmere. Begin without its audits and standards?",
    "yes",
    _yes,
)
