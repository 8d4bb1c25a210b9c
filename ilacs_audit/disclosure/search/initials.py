"""Find people by a part of their name and initials: "A. Jones", "Jones, A.", "Anna J.", "Ms Jones", "child A.J.".

Not by the family name alone: it is too often a place, an author or a team, and a false alarm stops a whole
run. For the same reason a name that is also an ordinary word counts behind a title or before a point only
("Ms Young", "Grace H."), and initials alone only beside a word for a person.
"""

import re
from collections.abc import Iterable, Iterator

from ilacs_audit.disclosure.search.ordinary_words import ABBREVIATED, ORDINARY, PERSON, TRADES
from ilacs_audit.disclosure.search.undisguise import words

_SHORTEST = 4
_REACH = 60  # letters either side of an initial in which its family name ends
_CAPITAL = r"[^\W\d_a-z]"
_FAMILY = rf"(?:{_CAPITAL}['’])?{_CAPITAL}[^\W\d_]+(?:['’‐-](?!s\b)[^\W\d_]+)*"
_LONE = re.compile(rf"(?<!\w){_CAPITAL}{{1,2}}(?!\w)")
_BEFORE = re.compile(
    rf"(?<![\w.'’-])({_CAPITAL}){_CAPITAL}?(?:(?:\.?-|\.\s?|\s){_CAPITAL})*(?:\.\s{{0,3}}|\s{{1,3}})({_FAMILY})"
)
_AFTER = re.compile(rf"(?<![\w'’-])({_FAMILY}),?\s{{1,3}}({_CAPITAL})(?![\w'’])")
_GIVEN = re.compile(rf"(?<![\w'’-])({_CAPITAL}[^\W\d_]{{2,}})\s{{1,2}}({_CAPITAL})(?!\w)(\.?)")
_ACCOUNT = re.compile(r"(?<![\w.@-])([a-z])[._]([a-z][a-z'-]{3,})(?![\w(])")
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Cllr)\.?\s{{1,2}}(?:{_CAPITAL}\.?\s)?({_FAMILY})")
_POINTED = re.compile(r"[A-Z]\.(?<![\w.][A-Z]\.)[ -]?[A-Z]\.(?:[ -]?[A-Z]\.)?")
_BESIDE = re.compile(rf"\b(?:{PERSON})(?:,? (?:of|called|named|for))?[ ,:]{{0,2}}[\"'“(]?$", re.IGNORECASE)
_BEHIND = re.compile(rf"'s (?:{PERSON}|case|file|plan|voice|views)\b")


class Initials:
    """The initials and names of a run's people, ready to be looked for."""

    def __init__(self, identifiers: Iterable[str]) -> None:
        self._families: dict[str, str] = {}
        self._known: dict[tuple[str, str], str] = {}
        self._given: dict[tuple[str, str], str] = {}
        self._letters: dict[str, str] = {}
        for identifier in identifiers:
            for given, family in _turned(identifier):
                first = given[0]
                for name in {"".join(family), *family}:
                    if len(name) >= _SHORTEST:
                        self._families.setdefault(name, identifier)
                        if name not in ORDINARY - TRADES:
                            self._known.setdefault((first[0], name), identifier)
                if len(first) > 2:
                    self._given.setdefault((first, family[0][0]), identifier)
                for letters in (first[0] + family[0][0], "".join(each[0] for each in (*given, family[0]))):
                    self._letters.setdefault(letters, identifier)

    def find(self, text: str) -> set[str]:
        """The people whom a text without accents names so."""
        found = {self._known.get((first.casefold(), _run(family))) for first, family in _told(text)}
        found |= {self._families.get(_run(each[1])) for each in _TITLED.finditer(text)}
        for each in _GIVEN.finditer(text):
            given = each[1].casefold()
            if each[3] or given not in ORDINARY:
                found.add(self._given.get((given, each[2].casefold())))
        for each in _POINTED.finditer(text):
            before, after = text[max(0, each.start() - _REACH) : each.start()], text[each.end() : each.end() + _REACH]
            if _run(each[0]) not in ABBREVIATED and (_BESIDE.search(before) or _BEHIND.match(after)):
                found.add(self._letters.get(_run(each[0])))
        return {each for each in found if each}


def _told(text: str) -> Iterator[tuple[str, str]]:
    """Every initial and family name of a text, whoever they are: about each letter that stands alone."""
    yield from ((each[1], each[2]) for each in _ACCOUNT.finditer(text))
    for lone in _LONE.finditer(text):
        about = text[max(0, lone.start() - _REACH) : lone.end() + _REACH]
        yield from ((each[1], each[2]) for each in _BEFORE.finditer(about))
        yield from ((each[2], each[1]) for each in _AFTER.finditer(about))


def _turned(identifier: str) -> Iterator[tuple[list[str], list[str]]]:
    """The words of the forenames and of the family name, if the identifier is a name of two words or more."""
    last, comma, first = identifier.partition(",")
    name = f"{first} {last}".split() if comma else identifier.split()
    if len(name) > 1 and not any(mark.isdigit() or mark == "@" for mark in identifier):
        given, family = words(" ".join(name[:-1])), words(name[-1])
        if given and family:
            yield given, family


def _run(family: str) -> str:
    return "".join(words(family))
