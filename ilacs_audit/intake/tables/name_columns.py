"""Names in two columns: which header holds the forename and which the surname, and whose they are."""

import re
from collections.abc import Iterable, Mapping, Sequence

from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.tables.columns import Ambiguous, Headed, Target
from ilacs_audit.intake.tables.usual import IGNORE

_PART = (
    r"(?P<first>(?:fore|first ?|given |christian )names?)|(?P<middle>middle ?names?)"
    r"|(?P<last>surnames?|(?:last ?|family |second )names?)"
)
_NAME_PART = re.compile(rf"^(?:(?P<owner>.+) )??(?:{_PART})(?: of (?:the )?(?P<of>.+))?$")
_OWNERS: Mapping[str, tuple[str, ...]] = {
    "child_name": (
        *("", "child", "childs", "young person", "young persons", "yp", "client", "person", "pupil", "subject"),
    ),
    "worker": ("worker", "workers", "social worker", "social workers", "allocated worker", "practitioner", "sw"),
    "supervisor": ("supervisor", "supervisors", "manager", "managers", "team manager", "line manager"),
    "auditor": ("auditor", "auditors", "your", "reviewer", "reviewers"),
    "moderator": ("moderator", "moderators"),
}
_FIELD = {owner: name for name, owners in _OWNERS.items() for owner in owners}
_ORDER = ("first", "middle", "last")
_NAMES = re.compile(r"\b(?:(?:fore|sur|first|last|full|preferred)?names?|known as|alias|aka)\b")
_OF_THINGS = re.compile(
    r"\b(?:teams?|schools?|services?|agency|agencies|organisation|files?|courses?|projects?|placement|settings?|nursery"
    r"|provider|ward|locality|building|system|clinic|hospital|court|home|audits?|forms?|themes?|standards?|tool|plans?|lists?|sheet|column|role|area|group|council|event)\b"
)
_SOMEBODY = frozenset(("subject", "individual", "person", "client", "resident", "learner", "student", "patient"))
_FULL_NAME = re.compile(r"[^\W\d_a-z][\w'’-]+(?:,? [^\W\d_a-z][\w'’-]+){1,3}")


def name_part(header: str) -> tuple[str, str]:
    """Whose name a header holds a part of, and which; "" where it holds none.

    >>> name_part("Child's first name"), name_part("SURNAME"), name_part("Team name")
    (('child_name', 'first'), ('child_name', 'last'), ('', ''))
    """
    found = _NAME_PART.match(fold(header))
    owner = _FIELD.get(found["owner"] or found["of"] or "", "") if found else ""
    return (owner, next(part for part in _ORDER if found[part])) if found and owner else ("", "")


def names_in_two(headers: Sequence[Headed]) -> dict[str, tuple[int, ...]]:
    """The columns that make up each person's name, forename first, where no other column holds it whole."""
    parts: dict[str, dict[str, int]] = {}
    whole = set()
    for place, text, target in headers:
        field, part = name_part(text)
        named = target.name if isinstance(target, Target) and target.kind == "field" else ""
        owner = named if part and named in _OWNERS else field if is_unread(target) else ""
        if owner and part not in parts.get(owner, {}):
            parts.setdefault(owner, {})[part] = place
        elif owner or named in _OWNERS:
            whole.add(owner or named)
    told = {owner: found for owner, found in parts.items() if {"first", "last"} <= set(found) and owner not in whole}
    return {owner: tuple(found[part] for part in _ORDER if part in found) for owner, found in told.items()}


def is_unread(target: Target | Ambiguous | None) -> bool:
    """Whether a column has no meaning or an ignored one: what names people is hidden and searched for all the same."""
    return target is None or (isinstance(target, Target) and target.kind == IGNORE)


def says_name(header: str) -> bool:
    """Whether a header says that people's names stand below it.

    >>> says_name("Mother's surname"), says_name("Known as"), says_name("Name of school")
    (True, True, False)
    """
    folded = fold(header)
    return len(folded.split()) <= 5 and bool(_NAMES.search(folded)) and not _OF_THINGS.search(folded)


def heads_people(header: str, cells: Iterable[object]) -> bool:
    """Whether people's names stand below a word that may head anything.

    >>> heads_people("Subject", ["Ava Moss", "Quill, Zelda"]), heads_people("Subject", ["Visit is late", "Plan"])
    (True, False)
    """
    told = {text for cell in cells if (text := written(cell))}
    named = sum(_FULL_NAME.fullmatch(text) is not None for text in told)
    return fold(header) in _SOMEBODY and 5 * named >= 4 * len(told) > 0
