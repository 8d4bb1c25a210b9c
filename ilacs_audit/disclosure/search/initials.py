"""Find people by initial and family name: "A. Jones", "A B Jones", "Jones, A.", "a.jones".

Not by the family name alone: it is too often a place, an author or a team, and a false alarm stops a whole
run. For the same reason a family name that is also an ordinary word ("A Young") is left to the full name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ilacs_audit.disclosure.search.ordinary_words import ORDINARY
from ilacs_audit.disclosure.search.undisguise import plain, words

_SHORTEST = 4
_REACH = 60  # letters either side of an initial in which its family name ends
_CAPITAL = r"[^\W\d_a-z]"
_FAMILY = rf"(?:{_CAPITAL}['’])?{_CAPITAL}[^\W\d_]{{2,}}(?:['’‑-](?!s\b)[^\W\d_]+)*"
_LONE = re.compile(rf"(?<!\w){_CAPITAL}(?!\w)")
_BEFORE = re.compile(rf"(?<![\w.'’-])({_CAPITAL})(?:(?:\.\s?|\s){_CAPITAL})*(?:\.\s{{0,3}}|\s{{1,3}})({_FAMILY})")
_AFTER = re.compile(rf"(?<![\w'’-])({_FAMILY}),?\s{{1,3}}({_CAPITAL})(?![\w'’])")
_ACCOUNT = re.compile(r"(?<![\w.@-])([a-z])[._]([a-z][a-z'-]{3,})(?![\w(])")


class Initials:
    """The initials and family names of a run's people, ready to be looked for."""

    def __init__(self, identifiers: Iterable[str]) -> None:
        self._known: dict[tuple[str, str], str] = {}
        for identifier in identifiers:
            for first, family in _turned(identifier):
                if len(family) >= _SHORTEST and family not in ORDINARY:
                    self._known.setdefault((first, family), identifier)

    def find(self, text: str) -> set[str]:
        """The people whom a text names by initial and family name."""
        told = [(plain(first), _run(family)) for first, family in _told(text)]
        return {self._known[each] for each in told if each in self._known}


def _told(text: str) -> Iterator[tuple[str, str]]:
    """Every initial and family name of a text, whoever they are: about each letter that stands alone."""
    yield from ((each[1], each[2]) for each in _ACCOUNT.finditer(text))
    for lone in _LONE.finditer(text):
        about = text[max(0, lone.start() - _REACH) : lone.end() + _REACH]
        yield from ((each[1], each[2]) for each in _BEFORE.finditer(about))
        yield from ((each[2], each[1]) for each in _AFTER.finditer(about))


def _turned(identifier: str) -> Iterator[tuple[str, str]]:
    """Initial and family name, if the identifier is a name of two words or more."""
    last, comma, first = identifier.partition(",")
    name = f"{first} {last}".split() if comma else identifier.split()
    if len(name) > 1 and not any(mark.isdigit() or mark == "@" for mark in identifier):
        initial = plain(name[0])[:1]
        yield initial, _run(name[-1])


def _run(family: str) -> str:
    return "".join(words(family))
