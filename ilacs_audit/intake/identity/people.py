"""A person's name as it is compared: directories, case systems and people write more around it than the name.

Roles, organisations, logins, numbers and relations are cut off; what may be another name of the person is kept
aside, so that it is still hidden in comments.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from ilacs_audit.intake.cells.spelling import clean, written

_QUOTES = re.compile(r"[’‘`´]")
_DASHES = re.compile(r"(?<=\w)[‐‑‒–](?=\w)")
_LOGIN = re.compile(r"[^\W\d_]{2,}[._][^\W\d_]{2,}\d*")
_ADDRESS = re.compile(r"\S+@\S+")
_BRACKETS = re.compile(r"\((?!\d{1,3}\))[^)]*\)?|\[[^\]]*\]?")
_NUMBER = re.compile(r"\d{4,}")
_ENDS = re.compile(
    r"\s@.*|\b(?:d\.?o\.?b|born|date of birth)\b.*|\b(?:aka|a\.k\.a|known as|formerly|n[ée]e)\b.*"
    r"|\b(?:sibling|brother|sister|mother|father|mum|dad|son|daughter|twin|child|parent|carer)s? (?:of|to)\b.*"
)
_PARTS = re.compile(r"\s+[-–—/|]+\s+|\s+[-–—]+|[–—]+\s+|\s*[;:|/]\s*")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_TITLES_TEXT = "mr mrs ms miss mx dr prof professor rev sir dame cllr"
_TITLES = frozenset(_TITLES_TEXT.split())
_ROLES_TEXT = """
social worker workers sw ssw asw senior advanced principal lead deputy assistant acting interim practitioner practice
manager managers tm atm sm team service head director officer iro independent reviewing reviewer chair cp conference
nurse health visitor hv gp teacher dsl police pc dc ds sergeant advocate student agency locum asye nqsw newly qualified
auditor moderator supervisor consultant family support personal adviser advisor pa admin administrator quality
assurance qa unit duty assessment safeguarding court children childrens council group of and the for in at id ref no
number staff employee payroll temp permanent external internal she her he him they them
mother father mum mummy dad daddy brother sister sibling siblings half step son daughter twin aunt uncle nan gran
grandmother grandfather grandparent guardian foster carer parent partner cousin baby unborn child lac cla cin cpp
vacant vacancy post unfilled tbc unallocated
ba bsc ma msc phd dipsw hcpc swe
"""
_ROLES = frozenset(_ROLES_TEXT.split())
_POSTS_TEXT = (
    "head director chair lead manager officer adviser advisor supervisor worker nurse teacher principal moderator"
)
_POSTS = frozenset(_POSTS_TEXT.split())
_NOBODY = frozenset(
    {"vacant", "vacancy", "unfilled", "agency", "locum", "tbc", "tba", "unallocated", "nobody", "none", "na"}
)
_NOT_KNOWN = (
    "unknown",
    "not known",
    "not allocated",
    "not applicable",
    "to be confirmed",
    "to be appointed",
    "n.a",
    "n/a",
)


def person(value: Any) -> str:
    r"""A name as it is compared: what a directory, a case system or a person wrote around it is cut off.

    >>> [person(each) for each in ("Collins, Jonathan (Northmere CYP)", "12;#Jonathan Collins", "Dr J. Collins - IRO")]
    ['jonathan collins', 'jonathan collins', 'j. collins']
    >>> person(r"i:0#.f|membership|jonathan.collins@northmere.example") == person(r"NORTHMERE\jonathan.collins")
    True
    """
    text = _decoded(value)
    parts = [part for part in _PARTS.split(_ENDS.sub("", _BRACKETS.sub(" ", text))) if _words(part) - _ROLES]
    single = len(parts) > 1 and all(len(part.split()) == 1 and "," not in part for part in parts[:2])
    return _turned(" ".join(parts[:2]) if single else parts[0]) if parts else plain_name(value)


def nobody(value: Any) -> bool:
    """Whether a cell says that a post is nobody's: it is vacant, held by an agency, or not yet filled.

    >>> [nobody(each) for each in ("Vacant", "Agency social worker 2", "N/A", "Social worker", "Agency: Ann Lee")]
    [True, True, True, False, False]
    """
    text = clean(written(value)).casefold().strip(" .()[]*-")
    words = _words(text)
    return text in _NOT_KNOWN or (bool(words & _NOBODY) and words <= _NOBODY | _ROLES)


def post(value: Any) -> bool:
    """Whether a cell names a post, and nobody in it: after its first words of a post all is in small letters.

    >>> [post(each) for each in ("Head of front door", "Quality Assurance Lead", "Head of service Ann Lee", "Ann Lee")]
    [True, True, False, False]
    """
    text = clean(written(value))
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    plain = not re.search(r"[^\w\s&'’-]|\d|\s-", text)
    told = [each for each in words if each != each.lower() and each.casefold() not in _ROLES]
    first = words[0].casefold() if words else ""
    return plain and not told and first in _ROLES and not _POSTS.isdisjoint(each.casefold() for each in words)


def looks_like_a_name(role: str) -> bool:
    """Whether what should be a role is two words or three with a capital each, and none of them of a post.

    >>> [looks_like_a_name(each) for each in ("John Smith", "Board member", "Independent Chair", "QA lead")]
    [True, False, False, False]
    """
    words = role.split()
    known = any(each.casefold() in _ROLES | _POSTS for each in words)
    return len(words) in (2, 3) and not known and all(each.istitle() for each in words)


def people(values: Iterable[Any]) -> dict[Any, str]:
    """Each cell's person; two of one name who have two numbers stay two.

    >>> people(["Ann Ayers 4471", "Ann Ayers 5532"])["Ann Ayers 4471"], people(["Ann Ayers 4471"])["Ann Ayers 4471"]
    ('ann ayers 4471', 'ann ayers')
    """
    found = {value: person(value) for value in set(values)}
    numbers = {(name, number) for value, name in found.items() for number in _NUMBER.findall(written(value))}
    several = Counter(name for name, _ in numbers)
    return {value: plain_name(value) if several[name] > 1 else name for value, name in found.items()}


def plain_name(value: Any) -> str:
    """A name in one spelling with all that stands beside it, by which two children of one name are told apart.

    >>> plain_name("Moss, Ava") == plain_name("ava moss"), plain_name("Child 2")
    (True, 'child 2')
    """
    text = _decoded(value)
    last, comma, first = text.partition(",")
    turned = f"{first} {last}" if comma and first.strip() else last
    return " ".join(turned.replace(".", ". ").split())


def beside(value: Any, *, brackets: bool) -> frozenset[str]:
    """The words beside a name that may be another name of the person; those in `brackets` where asked.

    >>> sorted(beside("Ava Moss (Ellie), sister of Ben", brackets=True))
    ['ben', 'ellie']
    """
    text = _decoded(value).partition(" @")[0]
    told = _words(text if brackets else _BRACKETS.sub(" ", text))
    return frozenset(word for word in told - _words(person(value)) - _ROLES - _TITLES if len(word) > 2)


def name_parts(name: str) -> list[str]:
    """The words of a name that are long enough to look for, a hyphenated one also in its pieces.

    >>> name_parts("jo patel-roe")
    ['jo', 'patel-roe', 'patel', 'roe']
    """
    words = [part.strip(",.()") for part in _DASHES.sub("-", _QUOTES.sub("'", name.casefold())).split()]
    pieces = [piece for word in words for piece in dict.fromkeys((word, *word.split("-")))]
    return [piece for piece in pieces if len(piece) > 1]


def same_people(names: Iterable[str]) -> dict[str, str]:
    """Which spelling of one file's people stands for which person.

    "l. franklin" and the login "lfranklin" are "lucy franklin" where no other L. Franklin is named; otherwise they
    are kept apart, because a wrong merge makes an own-case audit out of nothing.

    >>> same_people(["lucy franklin", "l. franklin", "j. jones", "joan jones", "jack jones"])["l. franklin"]
    'lucy franklin'
    """
    known = {name for name in names if name}
    full = [name for name in known if min(len(word.rstrip(".")) for word in _ends(name)) > 1]
    return {name: name if name in full else _only(name, full) for name in known}


def _ends(name: str) -> tuple[str, str]:
    words = name.split(" ")
    return (words[0], words[-1]) if len(words) > 1 else ("", name)


def _only(name: str, full: list[str]) -> str:
    """The one full name that an initialled one or a login can stand for, or itself."""
    first, last = (word.rstrip(".") for word in _ends(name))
    fits = [
        other
        for other in full
        for initial, family in [(other[0], _ends(other)[1])]
        if (first, last) in ((initial, family), (family, initial), ("", initial + family), ("", family + initial))
    ]
    return fits[0] if len(fits) == 1 else name


def _decoded(value: Any) -> str:
    """The text without the marks of a list, a claim, a domain or an address."""
    text = _DASHES.sub("-", _QUOTES.sub("'", clean(written(value)))).casefold()
    text = re.sub(r"^\d+;#", "", text).partition(";#")[0].rpartition("|")[2]
    text = re.sub(r"^[\w.-]+\\(?=\S+$)", "", text)
    text = re.sub(r"^(.*\w.*)<[^>]*>$", r"\1", text).strip("<> ")
    if _ADDRESS.fullmatch(text) or _LOGIN.fullmatch(text):
        return " ".join(re.sub(r"[._\d]+", " ", text.partition("@")[0]).split())
    return text


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text))


def _turned(text: str) -> str:
    """A name without titles, roles and numbers, the family name last."""
    every = [part for part in text.split(",") if part.strip()]
    parts = [part for part in every if _words(part) - _ROLES]
    if len(" ".join(parts).split()) == 1:  # "Nurse, Emma" is called so
        parts = every
    affixed = len(parts) > 1 and len(parts[0].split()) > 1 and not _ROLES.isdisjoint(_words(parts[1]))
    kept = parts[:1] if affixed else [*parts[1:2], *parts[:1]]
    words = [word for part in kept for word in _bare(part, least=3 - len(kept))]
    return " ".join(" ".join(words).replace(".", ". ").split()) or " ".join(text.split())


def _bare(part: str, *, least: int) -> list[str]:
    """The words of a part without numbers, and without titles and roles at its ends while enough is left."""
    words = [word for word in part.split() if not _NUMBER.search(word)]
    while len(words) > 1 and words[0].rstrip(".") in _TITLES:
        words = words[1:]
    while len(words) > least and words[-1] in _ROLES:
        words = words[:-1]
    while len(words) > least and words[0] in _ROLES:
        words = words[1:]
    return words
