"""Find what could identify someone in free text, for a person to decide.

Nothing here can call a text anonymous. It finds what has a pattern and what is already known
from the returns, hides it in the table, and leaves the judgement to a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ilacs_audit.intake.identity.pseudonyms import reference

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\d/])(?:\+44\s?\(?0?\)?|\(?0)(?:[\s()-]?\d){9,10}(?!\d)")
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)")
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b")
_POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?|GIR)\s?\d[ABD-HJLNP-UW-Z]{2}\b")
_DAY = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\s+\d{4}|\d{4}-\d{2}-\d{2}"
_BIRTH = re.compile(rf"\b(?:d\.?o\.?b\.?|date of birth|born)\W{{0,3}}(?:on |is )?({_DAY})", re.IGNORECASE)
_FULL_DAY = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
_REFERENCE = re.compile(r"(?<!\w)[A-Z/]{0,6}\d[\d/]{3,}(?!\w)")
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]{2,})*")
_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"[A-Z]\d")
_ABOUT_BIRTH = ("born", "birth", "dob", "d.o.b")
_LONG_NUMBER = re.compile(r"\d(?:[\s()/-]{0,2}\d){8}")
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_ORDINARY = frozenset(
    word
    for line in (
        "will rose grace mark may june april august summer hope faith joy frank bill rob pat drew art dean guy jack",
        "young price long page banks bank hill wood lane park west north south east day king lord bishop knight",
        "cook baker carter read reading brown white green black gray grey stone field fields marsh brook rivers",
        "good hall bell major wise power english french parent church house ward bright gold love key hunt head hand",
        "waters wells walker law swift sharp strong short little noble savage best case child moss kent wade",
    )
    for word in line.split()
)


class Hit(NamedTuple):
    """Something found, by kind and place in the text."""

    kind: str
    start: int
    end: int


class Finder:
    """Finds identifiers by pattern, and the names, references and birth dates it was given."""

    def __init__(
        self,
        names: Iterable[str] = (),
        *,
        references: Iterable[str] = (),
        birth_dates: Iterable[str] = (),
    ) -> None:
        self.references = frozenset(references)
        self.birth_dates = frozenset(birth_dates)
        parts = {part for name in names for part in name_parts(name)}
        self.certain = frozenset(parts - _ORDINARY)
        self.possible = frozenset(parts & _ORDINARY)

    def hits(self, text: str, *, own: frozenset[str] = frozenset()) -> list[Hit]:
        """What was found, in order of place, without overlaps. `own` are the names of the row's own child."""
        found = list(self._names(text, own))
        if "@" in text or _DIGIT.search(text):
            found.extend(self._patterns(text))
        return _without_overlaps(found)

    def masked(self, text: str, *, own: frozenset[str] = frozenset()) -> str:
        """The text with every hit replaced by its kind.

        >>> Finder(["julie kelly"]).masked("Julie rang 01632 960871")
        '[name] rang [phone number]'
        """
        for hit in reversed(self.hits(text, own=own)):
            text = f"{text[: hit.start]}[{hit.kind}]{text[hit.end :]}"
        return text

    def _names(self, text: str, own: frozenset[str]) -> Iterator[Hit]:
        words = [(word, word[0].casefold().replace("’", "'")) for word in _WORD.finditer(text) if word[0][0].isupper()]
        certain = [spelt in self.certain or spelt in own for _, spelt in words]
        for place, (word, spelt) in enumerate(words):
            beside = any(certain[max(place - 1, 0) : place + 2])
            if certain[place] or (spelt in self.possible and (beside or _inside(text, word.start()))):
                yield Hit("name", *word.span())

    def _patterns(self, text: str) -> Iterator[Hit]:
        if "@" in text:
            yield from _found("e-mail", _EMAIL, text)
        if _LONG_NUMBER.search(text):
            nhs = _found("NHS number", _TEN_DIGITS, text)
            yield from (hit for hit in nhs if is_nhs_number(text[hit.start : hit.end]))
            yield from _found("phone number", _PHONE, text)
            yield from (hit for hit in _found("UPN", _UPN, text) if is_upn(text[hit.start : hit.end]))
        if _CODE.search(text):
            yield from _found("postcode", _POSTCODE, text)
        spoken = text.casefold()
        if any(word in spoken for word in _ABOUT_BIRTH):
            yield from (Hit("date of birth", *found.span(1)) for found in _BIRTH.finditer(text))
        if self.birth_dates:
            known = self.birth_dates
            yield from (hit for hit in _found("date of birth", _FULL_DAY, text) if text[hit.start : hit.end] in known)
        for found in _REFERENCE.finditer(text) if self.references else ():
            if reference(found[0]) in self.references:
                yield Hit("reference", *found.span())


def _found(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Hit]:
    return (Hit(kind, *found.span()) for found in pattern.finditer(text))


def name_parts(name: str) -> list[str]:
    """The words of a name that are long enough to look for."""
    parts = name.casefold().replace("’", "'").split()
    return [part.strip(",.") for part in parts if len(part.strip(",.")) > 2]


def is_nhs_number(text: str) -> bool:
    """Whether ten digits pass the NHS number's modulus 11 check.

    >>> is_nhs_number("943 476 5919"), is_nhs_number("943 476 5918")
    (True, False)
    """
    digits = [int(mark) for mark in text if mark.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[9] == (0 if check == 11 else check)


def is_upn(text: str) -> bool:
    """Whether a unique pupil number's first letter is the check letter of the rest.

    >>> is_upn("H801200001001"), is_upn("A801200001001")
    (True, False)
    """
    values = [int(mark) if mark.isdigit() else _UPN_LETTERS.index(mark) for mark in text[1:]]
    return _UPN_LETTERS[sum(value * weight for weight, value in enumerate(values, start=2)) % 23] == text[0]


def _inside(text: str, start: int) -> bool:
    """Whether a word stands inside a sentence, where a capital letter means a name."""
    before = text[:start].rstrip(" ‘“\"'([")
    return bool(before) and before[-1] not in ".!?:;-–•\n"


def _without_overlaps(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
