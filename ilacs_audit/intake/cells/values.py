"""What a cell means: an answer, or why it cannot be said.

A value that could be read two ways is refused with the reason. A guessed answer is a wrong
answer that nobody can find again.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any, NamedTuple

from ilacs_audit.domain.standards import NOT_APPLICABLE, Scale
from ilacs_audit.intake.cells.spelling import written

_TICKS, _CROSSES = ("✓", "✔", "✔️", "☑", "✅"), ("✗", "✘", "✖", "❌", "❎")
_IMPROVEMENT = ("improvement", "improv", "improve", "imp")
_BUILT_IN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "met": {
        "met": ("fully met", "y", "yes", "true", *_TICKS),
        "partly met": ("partially met", "part met", "partly", "partially", "part", "p"),
        "not met": ("unmet", "not", "n", "no", "false", *_CROSSES),
    },
    "yes_no": {
        "yes": ("y", "true", "met", "fully met", *_TICKS),
        "partly": ("partially", "part", "p", "in part", "partly met", "partially met", "part met"),
        "no": ("n", "false", "not met", "unmet", "not", *_CROSSES),
    },
    "ofsted": {
        "outstanding": ("o", "outst"),
        "good": ("g",),
        "requires improvement": (
            *("ri", "r.i", "r i", "rig", "r.i.g", "requires improvement to be good", "requiring improvement"),
            *(f"{short} {word}" for short in ("req", "req.", "reqs", "requires") for word in _IMPROVEMENT),
        ),
        "inadequate": ("i", "inad", "inadeq"),
    },
    "scaling": {},
}
_NOT_APPLICABLE = ("n/a", "na", "n\\a", "n.a", "n a", "not applicable", "not app", "not applic")
_CHOICE = re.compile(r"^\w[\w ]{0,24}[/\\]\s*\w[\w ]{0,24}$")
_OUT_OF = re.compile(r"^\d{1,2}\s*(/|out of|of)\s*10$", re.IGNORECASE)
_DAY_MONTH = re.compile(r"^\d{1,2}[-/ ](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$", re.IGNORECASE)
_NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
UNKNOWN = "This is not"
UNCACHED = "=(formula without a saved result)"
SPOILT = frozenset({*_ERRORS, UNCACHED})


class Reading(NamedTuple):
    """What a cell was read as, or why it was not: exactly one of answer and reason, or neither if blank.

    `words` are what stands behind the answer and was not read.
    """

    answer: str = ""
    reason: str = ""
    fix: str = ""
    words: str = ""


def spelling(value: Any) -> str:
    """An answer as it is compared. Marks that can carry a meaning, as in "RI+" or "met?", stay.

    >>> spelling(" Not-met. ")
    'not met'
    """
    return re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", " ", written(value).casefold().rstrip(" .;,:"))


def spellings(scale: Scale, learnt: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Every spelling that is read as an answer on this scale, with the scale's own word.

    `learnt` are the canonical words of columns.yml with their spellings; they win, unless one has two words here.
    """
    named = _BUILT_IN.get(scale.id)
    others = [pair for each in ([named] if named is not None else _BUILT_IN.values()) for pair in each.items()]
    usual = {other: level for level, spelt in others if level in scale.levels for other in spelt}
    own = {spelling(level): level for level in scale.levels}
    blank = dict.fromkeys(_NOT_APPLICABLE, NOT_APPLICABLE)
    told = [(spelling(text), word) for word, others in learnt.items() if scale.accepts(word) for text in others]
    told = [(text, word) for text, word in told if not text.isdigit() or text not in own]
    ours = {text: word for text, word in told if all(word == other for said, other in told if said == text)}
    return {**usual, **blank, **own, **ours}


def read_answer(value: Any, scale: Scale, known: Mapping[str, str]) -> Reading:
    """The scale's own word for an answer, "not applicable", or the reason it is neither.

    `known` are the `spellings` of the scale. A blank is an empty Reading: it is neither "no"
    nor "not applicable".
    """
    text = written(value)
    if not text:
        return Reading()
    answer = known.get(spelling(value), "")
    return Reading(answer) if answer else _qualified(value, scale, known) or _refusal(value, text, scale)


def _qualified(value: Any, scale: Scale, known: Mapping[str, str]) -> Reading | None:
    """An answer with words behind it, as far as they leave it what it is; None where no answer comes first."""
    text = written(value.replace("\n", " - ") if isinstance(value, str) else value)
    for said, words in parts(text) if isinstance(value, str) else ():
        if answer := known.get(spelling(said), ""):
            unmet = [level for level in scale.levels if level not in scale.meets]
            if not contradicted(answer, words, known=known, unmet=unmet):
                return Reading(answer, words=words)
            fix = f"Write {answer}, or one of the others, alone in the cell, and the words beside it."
            return Reading("", "The words behind the answer could make another of it.", fix)
    return None


def _refusal(value: Any, text: str, scale: Scale) -> Reading:
    offered = ", ".join(scale.levels) if scale.id != "scaling" else "a whole number from 1 to 10"
    usual = (
        f"Ask the auditor, and write one of: {offered}; or N/A. What a code or a spelling of your own means is asked "
        "by ilacs-audit check --learn, and kept under 'answers' in data/columns.yml."
    )
    if text == UNCACHED:
        return Reading("", *why_spoilt(text))
    if text.upper() in SPOILT:
        return Reading("", why_spoilt(text)[0], usual)
    if scale.id == "scaling":
        return Reading("", _why_no_mark(value, text), usual)
    if _CHOICE.match(text):
        return Reading("", "Two answers stand in one cell.", usual)
    return Reading("", f"{UNKNOWN} one of: {offered}.", usual)


def why_spoilt(text: str) -> tuple[str, str]:
    """What is wrong with a cell that holds nothing but a spreadsheet's trouble, and what to do."""
    if text == UNCACHED:
        return "The cell holds a formula whose result was never saved.", "Open in Excel and save again."
    return "The cell shows a spreadsheet error, not a value.", "Write the value itself into the cell."


def _why_no_mark(value: Any, text: str) -> str:
    if isinstance(value, (date, time)) or _DAY_MONTH.match(text):
        return "Excel has turned a mark such as 6/7 into a date, so the mark is lost."
    if _OUT_OF.match(text):
        return "The mark is written as 'out of 10', which a spreadsheet cannot count."
    if text.casefold() in _NUMBER_WORDS:
        return "The mark is written as a word."
    try:
        number = float(text)
    except ValueError:
        return f"{UNKNOWN} a mark from 1 to 10."
    return "The scale has whole marks only." if 1 <= number <= 10 else "The mark is outside the scale of 1 to 10."


# An answer with words behind it: "Yes - see note 12" is a yes, "Yes - but not recorded" is not said clearly enough.
# Nothing is ever read as better than what was written. Words that could take an answer back, and words that hold
# another answer of the scale, leave it unread; what does not meet the standard stays what it is, whatever follows.
_BREAK = re.compile(r"\s*[-–—,:;(\[]\s*|\.\s+")
_LETTER = 2  # one letter alone, as in "I saw", is no other answer
_TAKES_BACK = re.compile(
    r"\b(but|not?|nor|never|none|nothing|nobody|cannot|without|except|apart from|although|though|however|only|unless"
    r"|until|if|partly|partially|partial|in part|mostly|largely|some|sometimes|missing|lack\w*|incomplete|unclear"
    r"|unsure|late|later|overdue|delay\w*|outside|beyond|poor\w*|weak\w*|limited|yet|should|could|would|need\w*"
    r"|require\w*|further|tbc|query|fail\w*|absent|in?consisten\w*|insufficien\w*|inadequa\w*|improve\w*|gaps?"
    r"|barely|hardly|almost|nearly|maybe|perhaps|possibly|minimal\w*|brief\w*|old|out of date|outstanding|due|awaiting"
    r"|pending|drift\w*|concern\w*|just|borderline|lower|low|edge|slightly|somewhat|quite|fairly|towards|subject to"
    r"|provisional\w*|draft|in places|at times|still|wrong\w*|differ\w*|instead|rather)\b|n't\b|n’t\b|\?",
    re.IGNORECASE,
)


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Every way to cut a cell into an answer and the words behind it.

    >>> list(parts("Yes - see note (12/3)"))
    [('Yes', 'see note (12/3)'), ('Yes - see note', '12/3)')]
    """
    for found in _BREAK.finditer(text):
        if found.start() and found.end() < len(text):
            yield text[: found.start()], text[found.end() :]


def contradicted(answer: str, words: str, *, known: Mapping[str, str], unmet: Collection[str]) -> bool:
    """Whether the words behind an answer could make another of it; `unmet` are the answers that meet nothing.

    >>> scale = {"yes": "yes", "no": "no", "partly": "partly"}
    >>> contradicted("yes", "see note", known=scale, unmet=["no"]), contradicted("yes", "partly", known=scale, unmet=[])
    (False, True)
    >>> contradicted("no", "not recorded", known=scale, unmet=["no"])
    False
    >>> contradicted("no", "not applicable", known={**scale, "not": "no", "not applicable": "n/a"}, unmet=["no"])
    True
    """
    left = f" {words.casefold()} "
    for text, word in sorted(known.items(), key=lambda each: len(each[0]), reverse=True):
        if word == answer and len(text) >= _LETTER:
            left = re.sub(_alone(text), " ", left)
        elif word != answer and text not in ("no", "not") and (len(text) >= _LETTER or text.isdigit()):
            left = "" if re.search(_alone(text), left) else left
    if not left:
        return True
    others = [text for text, word in known.items() if word != answer]
    return left.strip(" .)]") in others or (answer not in unmet and bool(_TAKES_BACK.search(left)))


def _alone(text: str) -> str:
    return rf"(?<![\w/]){re.escape(text)}(?![\w/])"
