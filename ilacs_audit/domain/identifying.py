"""What means a person whoever it belongs to: health, pupil and phone numbers, addresses, days of birth.

Free text holds people whom no return lists, so they are told by form. In what a person wrote, whatever may be one
is found: hiding too much does little harm. In print, numbers stand beside numbers and in code, so edges and groups
are asked for. What is found in print is found in words too.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_POST = r"(?:[A-Z]{1,2}\d[A-Z\d]?|GIR)\s?\d[ABD-HJLNP-UW-Z]{2}|[a-z]{1,2}\d[a-z\d]?\s\d[abd-hjlnp-uw-z]{2}"
_EDGE, _END = r"(?<![\w.,+-])(?<!\d )", r"(?![\w]|[.,-]\d| \d)"

_EMAIL = re.compile(r"\w[\w.+'-]*@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_UPN = re.compile(r"(?<!\w)[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?!\w)", re.IGNORECASE)
_NHS = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)")
_NHS_IN_PRINT = re.compile(rf"{_EDGE}[3-9]\d{{2}}([\s.-]{{0,2}})\d{{3}}\1\d{{4}}{_END}")
_NHS_SAID = re.compile(r"(?<!\w)NHS[\s:.]*(?:(?:no|num|number)\b[\s:.]*)?(\d(?:[\s.-]?\d){9})(?!\d)", re.IGNORECASE)
_UPN_SAID = re.compile(r"(?<!\w)UPN[\s:.]*(?:number[\s:.]*)?([A-Z](?:\s?\d){11}\s?[\dA-Z])(?!\w)", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d/])(?:\+44\s?\(?0?\)?|\(?0)(?:[\s()-]{0,2}\d){9,10}(?!\d)")
_PHONE_IN_PRINT = re.compile(
    rf"{_EDGE}(?:\+44\s?(?:\(0\)\s?)?|\(?0)[1-37]\d{{1,4}}\)?(?:[\s-]?\d{{3,4}}){{2}}(?:[\s-]?\d{{1,3}})?{_END}"
)
_POSTCODE = re.compile(rf"\b(?:{_POST})\b")
_POSTCODE_IN_PRINT = re.compile(rf"(?<![\w#/+=.-])(?:{_POST})(?![\w/+=])")
_LONG_NUMBER = re.compile(r"\d(?:[\s()/-]{0,2}\d){8}")
_CODE = re.compile(r"[A-Za-z]\d|GIR")
_PHONE_DIGITS = (10, 11)
_STREET = (
    "road|rd|street|st|lane|avenue|ave|drive|close|crescent|terrace|gardens?|grove|mews|way|place|hill|view|walk|row|rise"
    "|square|green|park|court"
)
_HOUSE = re.compile(
    rf"[0-9](?<!\w[0-9])[0-9]{{0,3}}[A-Za-z]?,? (?:[^\W\d_a-z]['’.\w]+ ){{1,3}}(?:{_STREET}|{_STREET.title()})\b"
)
_LIVES = re.compile(r"\b(?:liv(?:e|es|ed|ing)|resid\w+|stay(?:s|ed|ing)?|moved|placed|housed|address)\b")
_LIVES_AT = re.compile(rf"{_LIVES.pattern}[^.\n\d]*$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = "|".join(_MONTHS)
_MONTH = rf"(?:{_NAMED})[a-z]{{0,6}}\.?"
_FIGURES = (
    r"(?:(?P<d1>\d{1,2})\s?[/.-]\s?(?P<m1>\d{1,2})\s?[/.-]\s?(?P<y1>\d{4}|\d{2})"
    r"|(?P<y2>\d{4})[/.-](?P<m2>\d{2})[/.-](?P<d2>\d{2})"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[\s-]?(?:day )?(?:of )?(?P<m3>{_MONTH}),?[\s-]?(?P<y3>\d{{4}}|'?\d{{2}}))"
    r"(?!\w|[/.-]\d)"
)
_AMERICAN = rf"(?P<m4>{_MONTH}) (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y4>\d{{4}})(?!\w)"
_DAY = re.compile(rf"(?=\d)(?<![\w.]){_FIGURES}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"(?=[JFMASOND])(?<!\w){_AMERICAN.replace(_NAMED, _NAMED.title())}")
_SPOKEN = rf"(?:the )?[a-z]+(?:[ -][a-z]+)? (?:day )?of {_MONTH},?(?: of)? \d{{4}}"
_BORN = re.compile(
    r"(?:\b(?:born|d\.?\s?o\.?\s?b\b\.?|date.of.birth|birth ?date|birthday)|\(b\.)"
    r"(?:\W{0,3}\b(?:is|was|on|in|the|at|[a-z]+day|(?-i:[A-Z]\w+))\b){0,4}"
    rf"\W{{0,3}}({_FIGURES}|{_AMERICAN}|{_SPOKEN})",
    re.IGNORECASE,
)
_THIS_CENTURY = 40
_SAID = (
    ("NHS number", ("nhs",), _NHS_SAID),
    ("UPN", ("upn",), _UPN_SAID),
    ("date of birth", ("born", "birth", "dob", "d.o", "d o", "(b."), _BORN),
)


class Identifying(NamedTuple):
    """Something that has the form of an identifier, by kind and place in the text."""

    kind: str
    start: int
    end: int


def in_words(text: str) -> Iterator[Identifying]:
    """What may identify someone in a text that a person wrote.

    >>> sorted({each.kind for each in in_words("Rang (01632) 960 871 about NHS9434765919 at nm6 8xw")})
    ['NHS number', 'phone number', 'postcode']
    """
    if "@" in text:
        yield from _found("e-mail", _EMAIL, text)
    if _LONG_NUMBER.search(text):
        yield from (each for each in _found("NHS number", _NHS, text) if is_nhs_number(text[each.start : each.end]))
        yield from _found("phone number", _PHONE, text)
        yield from _found("UPN", _UPN, text)
    yield from _told(text)
    if _CODE.search(text):
        yield from _found("postcode", _POSTCODE, text)


def in_print(text: str) -> Iterator[Identifying]:
    """What can hardly be anything else in the plain text of a finished page.

    >>> [each.kind for each in in_print("Call 01632 960 123 about 943 476 5919, anna@example.org, SW1A 1AA")]
    ['NHS number', 'postcode', 'e-mail', 'phone number']
    """
    numbers = _found("NHS number", _NHS_IN_PRINT, text)
    yield from (each for each in numbers if is_nhs_number(text[each.start : each.end]))
    yield from _told(text)
    yield from _found("UPN", _UPN, text)
    yield from _found("postcode", _POSTCODE_IN_PRINT, text)
    yield from _found("e-mail", _EMAIL, text) if "@" in text else ()
    for each in _found("phone number", _PHONE_IN_PRINT, text):
        number = text[each.start : each.end].replace("+44", "0").replace("(0)", "")
        if len(re.sub(r"\D", "", number)) in _PHONE_DIGITS:
            yield each


def days_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Every day that a text writes in figures or by its month's name, and its place; 04/05 is a day in May.

    >>> sorted(str(day) for day, *_ in days_in("from 3.4.11 to the 3rd of April 2012, May 4, 2013 and 2014-05-06"))
    ['2011-04-03', '2012-04-03', '2013-05-04', '2014-05-06']
    """
    for found in (*_DAY.finditer(text), *_MONTH_FIRST.finditer(text)):
        told = found.groupdict()
        day, month, year = (next(part for key, part in told.items() if key[0] == name and part) for name in "dmy")
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
        whole = int(year.lstrip("'"))
        century = 0 if whole > 99 else 2000 if whole < _THIS_CENTURY else 1900
        try:
            yield date(century + whole, number, int(day)), *found.span()
        except ValueError:
            continue


def is_nhs_number(text: str) -> bool:
    """Whether ten digits carry the NHS check digit (weights 10 to 2, remainder from 11).

    >>> is_nhs_number("943 476 5919"), is_nhs_number("943 476 5918")
    (True, False)
    """
    digits = [int(mark) for mark in text if mark.isdigit()]
    if len(digits) != 10:
        return False
    total = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == digits[9]


def _told(text: str) -> Iterator[Identifying]:
    """What the words before it say it is."""
    spoken = text.casefold()
    for kind, words, said in _SAID:
        if any(word in spoken for word in words):
            yield from (Identifying(kind, *found.span(1)) for found in said.finditer(text))
    houses = _found("address", _HOUSE, text) if _LIVES.search(spoken) else ()
    yield from (each for each in houses if _LIVES_AT.search(spoken[max(0, each.start - 40) : each.start]))


def _found(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Identifying]:
    return (Identifying(kind, *found.span()) for found in pattern.finditer(text))
