"""Whether cells are answers, and on which scale: one that is always there, a family of words, or marks.

Of words that a form brings the better end is known. Of marks it is not: 1 is the best in one council and the worst in
the next, so that a column of marks is read only where somebody says which of them meet the standard.
"""

import re
from collections.abc import Sequence
from typing import Any

from ilacs_audit.domain.standards import NOT_APPLICABLE, SCALES, Scale
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import UNCACHED, read_answer, spelling, spellings
from ilacs_audit.intake.tables.columns import ColumnMap

# A family a line, best first; the first alone meets unless a bar says how far.
_WORDS = """
Green, Amber, Red
Compliant, Partially compliant, Non-compliant
Fully compliant, Partially compliant, Not compliant
Fully, Partially, Not at all
Fully, Mostly, Partly, Not at all
Fully evidenced, Partially evidenced, Not evidenced
Evidenced, Partially evidenced, Not evidenced
Evident, Partially evident, Not evident
Achieved, Partially achieved, Not achieved
Always, Usually | Sometimes, Rarely, Never
Always, Mostly | Sometimes, Never
Excellent, Good | Adequate, Poor
Very good, Good | Fair, Poor, Very poor
Strongly agree, Agree | Neither agree nor disagree, Disagree, Strongly disagree
Pass, Fail
Satisfactory, Unsatisfactory
"""
_NUMBER = re.compile(
    r"\s*\(?(?:(?:q|question|standard)\s*\d{1,2}(?:\.\d{1,2})*[a-z]?[\s.):–—-]+|\d{1,2}(?:\.\d{1,2})*[a-z]?"
    r"(?:\s*[.):–—-]\s*|\s+(?-i:(?=[A-Z])))|(?:[a-h]|i{1,3}|iv|vi{0,3}|ix|x)[.)]\s*)(?=\S)",
    re.I,
)
_ASKING = re.compile(
    r"(?:was|were|is|are|has|have|had|did|do|does|can|could|how (?:well|clear\w*|effective\w*|good))\b|.*\?\W*$",
    re.I | re.S,
)
_NOT_PRACTICE = re.compile(
    r"\b(?:comments?|why|explain|please|reasons?|details?|describe|actions?|evidence|notes?)\b", re.I
)
_COUNTING = re.compile(r"\b(?:how (?:many|old|long|often)|number of|age|when|which|who|what)\b", re.I)
_SPAN = re.compile(r"\b(\d)\s*(?:-|–|to)\s*(\d{1,2})\b|\bout of (\d{1,2})\b", re.I)
_HIGHEST, _MOST, _FEW = 10, 0.6, 3
_MARKS = "marks-"
_ANSWERED, _SOME = 0.6, 0.25  # a header that asks needs fewer to be a question
_TO_TEN = re.compile(r"\b(?:1|one)\s*(?:-|–|to|/)\s*(?:10|ten)\b|\bout of 10\b", re.IGNORECASE)


def _family(line: str) -> Scale:
    best, _, rest = line.partition("|")
    good, others = ([each.strip() for each in part.split(",")] for part in (best, rest))
    levels = [*good, *others] if rest else good
    meets = good if rest else good[:1]
    name = "-".join(re.sub(r"[^a-z]+", "-", level.casefold()) for level in levels)
    return Scale(name, ", ".join(levels), tuple(levels), frozenset(meets))


_FAMILIES = {each.id: each for each in map(_family, _WORDS.strip().splitlines())}


def scale_called(name: str) -> Scale | None:
    """The scale of a name that a column was given: one that is always there, a family of words, or marks.

    >>> scale_called("marks-1-4").levels, scale_called("green-amber-red").meets
    (('1', '2', '3', '4'), frozenset({'Green'}))
    """
    if name.startswith(_MARKS):
        low, high = map(int, name.removeprefix(_MARKS).split("-"))
        levels = tuple(map(str, range(low, high + 1)))
        return Scale(name, f"{low} to {high}", levels, frozenset())
    return SCALES.get(name) or _FAMILIES.get(name)


def is_own(name: str) -> bool:
    """Whether a theme's file has to write the scale."""
    return name in _FAMILIES or name.startswith(_MARKS)


def wording(header: str) -> str:
    """A question without the number that a form gives it.

    >>> wording("1. Was it clear?"), wording("Q1.2 - Plan met"), wording("a) Is it?"), wording("2024 plan")
    ('Was it clear?', 'Plan met', 'Is it?', '2024 plan')
    """
    number = _NUMBER.match(header)
    return header[number.end() :] if number else header


def asks(header: str) -> bool:
    """Whether a header asks about practice in words, or is numbered as a question is, and of more than a word."""
    told = wording(header)
    if _COUNTING.search(told) or _NOT_PRACTICE.search(told) or not told[:1].isalpha():
        return False
    return told != header or (len(told.split()) >= _FEW and _ASKING.match(told) is not None)


def own_scale(header: str, cells: Sequence[Any]) -> str:
    """The family that most cells are words of, or the marks under a header that asks; "" where it is neither.

    >>> own_scale("Voice", ["Green", "Red", "N/A"]), own_scale("Was it clear?", [2, 3]), own_scale("Children", [2, 3])
    ('green-amber-red', 'marks-1-3', '')
    >>> own_scale("Rate the plan (1-5)", [2, 3]), own_scale("How many visits?", [2, 3])
    ('marks-1-5', '')
    """
    told = {name: read_on(name, cells) for name in _FAMILIES}
    best = max(told, key=lambda name: told[name])
    if cells and told[best] >= _MOST * len(cells):
        return best
    marks = [int(text) for text in map(written, cells) if text.isdigit()]
    span = next((each for each in _SPAN.finditer(wording(header)) if int(each[2] or each[3]) <= _HIGHEST), None)
    wanted = (span or _ASKING.match(wording(header))) and not _COUNTING.search(header)
    if not wanted or not marks or len(marks) < _MOST * len(cells) or max(marks) > _HIGHEST:
        return ""
    low = int(span[1]) if span and span[1] else min(1, *marks)
    high = int(span[2] or span[3]) if span else max(marks)
    return f"{_MARKS}{low}-{high}" if low < high and low <= min(marks) and max(marks) <= high else ""


def unanswered(header: str, cells: Sequence[Any]) -> bool:
    """Whether a header asks, and no cell is an answer: blank, not applicable or a formula never worked out."""
    known = spellings(SCALES["yes_no"], {})
    told = (cell == UNCACHED or known.get(spelling(cell)) == NOT_APPLICABLE for cell in cells)
    return asks(header) and all(told)


def ends(told: Sequence[str], scale: Scale) -> bool:
    """Whether answers are one end of a scale, as what meets has to be."""
    size = len(set(told))
    return set(told) in (set(scale.levels[:size]), set(scale.levels[-size:])) and size < len(scale.levels)


def as_written(scale: Scale, meets: Sequence[str]) -> dict[str, Any]:
    """A scale as a theme's file writes it: the answers in order, which end is best, and what counts as met."""
    last = set(meets) != set(scale.levels[: len(set(meets))])
    written_out = [int(each) if each.isdigit() else each for each in scale.levels]
    met = [each for each in written_out if str(each) in meets]
    return {"answers": written_out, **({"best": "last"} if last else {}), "meets": met}


def read_on(name: str, cells: Sequence[Any]) -> int:
    """How many cells are answers on a scale, those that say that it does not apply counted with them."""
    scale = scale_called(name)
    known = {spelling(level) for level in scale.levels} if scale else set()
    said = [spelling(cell) for cell in cells]
    blank = {spelling(text) for text in ("N/A", "NA", NOT_APPLICABLE)}
    return sum(each in known | blank for each in said) if known.intersection(said) else 0


def scale_of(header: str, cells: Sequence[Any], columns: ColumnMap) -> str:
    """The scale that most cells answer on, "" where they are not answers.

    Marks are taken for answers only where the header asks or says their span: counts look the same.

    >>> scale_of("Is it met?", ["Met", "Not met", "N/A"], ColumnMap()), scale_of("Children", [3, 4], ColumnMap())
    ('met', '')
    """
    if any(level(header, scale) for scale in SCALES.values()):
        return ""  # a column of ticks is headed by an answer
    if {"p", "f"} <= {spelling(cell) for cell in cells}:
        return ""  # pass and fail, and P would be read as partly
    told = {scale.id: _answered(cells, scale, columns) for scale in SCALES.values() if scale.id != "scaling"}
    if _TO_TEN.search(header):
        told["scaling"] = _answered(cells, SCALES["scaling"], columns)
    best = max(told, key=lambda name: (told[name], name == "yes_no"))  # TRUE and FALSE are yes and no
    own = own_scale(header, cells)
    if own and read_on(own, cells) > told[best][0]:
        return own
    least = (_SOME if asks(header) else _ANSWERED) * len(cells)
    return best if cells and told[best][0] >= least and told[best][2] else ""


def _answered(cells: Sequence[Any], scale: Scale, columns: ColumnMap) -> tuple[int, int, int]:
    """How many cells are read on a scale, how many of them in its own words, and how many are on its levels."""
    known = spellings(scale, columns.answers)
    # "Yes - but not recorded" is no answer, and its column asks all the same.
    read = [read_answer(cell, scale, known).answer or known.get(spelling(_head(cell)), "") for cell in cells]
    own = sum(fold(_head(cell)) in scale.levels for cell in cells)
    return sum(map(bool, read)), own, sum(answer in scale.levels for answer in read)


def _head(cell: Any) -> str:
    return re.split(r"\s+[-–—]\s+|[:;,(]", written(cell), maxsplit=1)[0]


def level(text: str, scale: Scale) -> str:
    """The level of a scale that a text is the word for, "" where it is none or a number."""
    told = text and not text[:1].isdigit() and not asks(text)
    return read_answer(text, scale, spellings(scale, {})).answer if told else ""
