"""Find references and days of birth, however their figures are written.

Numbers are all over a page, so a short one, or one in groups, counts as a reference only where its zeros or a word
before it say so; and a day only where it is no day of the audit: three years before the youngest child was born.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from ilacs_audit.disclosure.search.ordinary_words import BEFORE_A_NUMBER, PERSON
from ilacs_audit.domain.identifying import days_in

_SHORTEST = 4
_GROUPED = 8
_YEARS = 3
_MOST_GROUPS = 12
_REACH = 40
_CHAIN = re.compile(r"[0-9](?<!\d[0-9])(?:[ ./\\_-]{0,2}[0-9]){3,}(?![^\W_])")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[\W_]{0,3}$")
_CODE = re.compile(r"[^\W\d_]{1,6}[\W_]*(\d{5,})(?:[\W_]\d{1,3})?")
_DATE = re.compile(r"\d{4}[/.-]\d{1,2}(?:[/.-]\d{1,2})?|\d{1,2}[/.-](?:\d{1,2}[/.-])?\d{4}")
_PERSON = re.compile(rf"\b(?:{PERSON}|aged|he|she|birthday|turned)\b", re.IGNORECASE)


class References:
    """The references in figures, compared without their leading zeros."""

    def __init__(self, identifiers: Iterable[str]) -> None:
        self._known: dict[str, str] = {}
        self._coded: dict[str, str] = {}
        for identifier in identifiers:
            if found := _CODE.fullmatch(identifier):
                self._coded.setdefault(found[1].lstrip("0"), identifier)
            elif not any(map(str.isalpha, identifier)):
                self._known.setdefault("".join(filter(str.isdigit, identifier)).lstrip("0"), identifier)

    def find(self, text: str) -> set[str]:
        """Whose reference a text holds."""
        return {each for chain in _CHAIN.finditer(text) for each in self._in(chain, text)}

    def _in(self, chain: re.Match[str], text: str) -> Iterator[str]:
        groups = re.split(r"\D+", chain[0])
        before = _WORD_BEFORE.search(text[max(0, chain.start() - 24) : chain.start()])
        said = before is not None and before[1].casefold() in BEFORE_A_NUMBER
        glued = text[max(0, chain.start() - 1) : chain.start()].isalpha()
        for first in range(len(groups)):
            for last in range(first, min(first + _MOST_GROUPS, len(groups))):
                figures = "".join(groups[first : last + 1])
                bare = figures.lstrip("0")
                known = self._known.get(bare) or self._coded.get(bare)
                if known and len(bare) >= _SHORTEST:
                    alone = bare in self._known and (first or not glued)
                    if (said and not first) or (alone and _telling(groups[first : last + 1], bare, chain[0])):
                        yield known


def _telling(groups: list[str], bare: str, chain: str) -> bool:
    """Whether figures with no word before them are too many, or too oddly written, to be a count."""
    if len(groups) == 1:
        return len(bare) > _SHORTEST
    zeros = groups[0].startswith("0") and (len(groups[0]) > 1 or len(groups) > _SHORTEST) and len(bare) > _SHORTEST
    return not _DATE.fullmatch(chain) and (zeros or len("".join(groups)) >= _GROUPED)


class Births:
    """The days of birth that came in."""

    def __init__(self, identifiers: Iterable[str]) -> None:
        given = ((each, list(days_in(each))) for each in identifiers if each[:1].isdigit() and len(each) <= _YEARS * 4)
        self._known = {days[0][0]: each for each, days in given if len(days) == 1}
        newest = max(self._known, default=date.min)
        self._until = date(max(newest.year - _YEARS, 1), 1, 1)

    def find(self, text: str) -> set[str]:
        """Whose day of birth a text holds: one in figures alone, one in words beside a word for a person."""
        return {self._known[day] for day, *at in days_in(text) if day in self._known and self._told(text, day, *at)}

    def _told(self, text: str, day: date, start: int, end: int) -> bool:
        if day >= self._until:
            return False
        figures = not any(map(str.isalpha, text[start:end]))
        return figures or _PERSON.search(text[max(0, start - _REACH) : end + _REACH]) is not None
