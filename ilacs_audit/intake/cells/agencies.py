"""Whose return a row is: the service's own, a partner's, or the independent auditor's.

Partners write their names in many ways. Each is read as one agency so that "Police" and
"Northmere Police" are not two.
"""

import re
from collections.abc import Iterable, Mapping

from ilacs_audit.intake.cells.spelling import clean, fold

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


def reader_of(text: str) -> str:
    """The role of a reader who is not the auditor, by what a column of readers says; "" where it says none.

    >>> [reader_of(each) for each in ("2nd reader", "Moderator", "Parent", "Auditor")]
    ['moderator', 'moderator', 'family', '']
    """
    folded = fold(text)
    return "moderator" if _SECOND.fullmatch(folded) else "family" if _FAMILY.fullmatch(folded) else ""
