"""Whose return a row is: the service's own, a partner's, the independent auditor's, or a machine's.

Partners write their names in many ways. Each is read as one agency so that "Police" and
"Northmere Police" are not two.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ilacs_audit.domain.columns import AI
from ilacs_audit.intake.cells.machines import is_ai
from ilacs_audit.intake.cells.spelling import clean, fold
from ilacs_audit.intake.cells.typed import BLANKS

INDEPENDENT = "Independent auditor"
OWN_SERVICE = "Children's social care"
_WORDS: Mapping[str, tuple[str, ...]] = {
    INDEPENDENT: ("independent auditor", "indep auditor", "independent"),
    OWN_SERVICE: ("csc", "childrens social care", "social care", "childrens services"),
    "Police": ("police",),
    "Health": ("health", "nhs", "icb"),
    "Education": ("education", "school", "schools"),
    "Housing": ("housing",),
    "Probation": ("probation",),
}
_SECOND = re.compile(
    r"(?:2nd|second)(?: (?:read(?:er|ing)?|audit(?:or)?|reviewer|rater|marker|line))?|reader 2|moderat\w*(?: .*)?|2"
)
_FAMILY = re.compile(r"parents?|carers?|family|families|child|young person|mother|father")


_AUDITOR = re.compile(
    r"(?:lead |case |peer )?(?:auditor?|(?:1st|first) (?:read(?:er|ing)?|audit(?:or)?|reviewer|rater))|reader 1|1|"
    r"reader|reviewer|person|human|partner(?: agency)?"
)
_OF_AI = r"(?:a ?i|artificial intelligence|machine|llm|language model)"
_BY_AI = re.compile(rf"\b{_OF_AI}\b")
_UNCHECKED = re.compile(r"\b(?:un ?|not |never |to be )(?:checked|reviewed|read|edited)\b|\b(?:no|n)\b|\bnot yet\b")
_CHECKED = re.compile(r"\b(?:checked|reviewed|edited|read|signed off|approved)\b")
_BY_A_PERSON = re.compile(r"person|people|human|by hand|auditor|me|myself|no ai|without ai|not ai|no")
Learnt = Mapping[str, Iterable[str]]


def agency_name(text: str, *, learnt: Mapping[str, tuple[str, ...]], named: Iterable[str] = ()) -> str:
    """The agency's one name: learnt, or as the programme writes it, or the usual one.

    >>> agency_name("Northmere Police", learnt={})
    'Police'
    """
    folded = fold(text)
    known = {fold(each): name for name, others in learnt.items() for each in (name, *others)}
    known = {**{fold(name): name for name in named}, **known}
    if folded in known:
        return known[folded]
    usual = next((name for name, words in _WORDS.items() if _says(folded, words)), clean(text))
    return known.get(fold(usual), usual)


def _says(folded: str, words: tuple[str, ...]) -> bool:
    return any(f" {word} " in f" {folded} " for word in words)


def role_of(agency: str) -> str:
    """The reader's role: the service's own reader, the independent one, or a partner."""
    if not agency or _says(fold(agency), _WORDS[OWN_SERVICE]):
        return "auditor"
    return "moderator" if _says(fold(agency), _WORDS[INDEPENDENT]) else "partner"


def reader_of(text: str, learnt: Learnt = MappingProxyType({})) -> str:
    """The role of a reader who is not the auditor, by what a column of readers says; "" where it says none.

    `learnt` is what a council has written of its own words: a role -> the words for it.

    >>> [reader_of(each) for each in ("2nd reader", "Moderator", "Parent", "AI (Copilot)", "Auditor", "AI checked")]
    ['moderator', 'moderator', 'family', 'ai', '', '']
    """
    folded = fold(text)
    for role, words in learnt.items():
        if folded in map(fold, words):
            return "" if role == "auditor" else role
    if is_ai(folded, learnt.get(AI, ())):
        return AI
    if _BY_AI.search(folded):
        return ""  # nobody can tell whose answers a moderator's with an AI are
    return "moderator" if _SECOND.fullmatch(folded) else "family" if _FAMILY.fullmatch(folded) else ""


def is_reader(text: str, learnt: Learnt = MappingProxyType({})) -> bool:
    """Whether it is known which reader a cell of a column of readers means; a blank one is the auditor."""
    folded, known = fold(text), {fold(word) for words in learnt.values() for word in words}
    return (
        clean(text).casefold() in BLANKS
        or folded in known
        or bool(reader_of(text, learnt) or _AUDITOR.fullmatch(folded))
    )


def drafted_by(text: str) -> str:
    """Who drafted the words of a return: a person, or an AI, checked by a person or not; "" where it is not known.

    An AI's draft counts as checked only where the cell says so.

    >>> [drafted_by(each) for each in ("Auditor", "AI - checked", "AI", "ai, NOT checked", "", "dictated")]
    ['person', 'ai checked', 'ai unchecked', 'ai unchecked', '', '']
    """
    folded = fold(text)
    if _BY_A_PERSON.fullmatch(folded):
        return "person"
    if not _BY_AI.search(folded):
        return ""
    return "ai checked" if _CHECKED.search(folded) and not _UNCHECKED.search(folded) else "ai unchecked"
