"""Numbers and addresses that mean a person whoever they belong to: NHS and pupil numbers, postcodes, e-mails, phones.

Free text holds people whom no return lists, so they are told by form. In what a person wrote, whatever may be one
is found: hiding too much does little harm. In print, numbers stand beside numbers and in code, so edges and groups
are asked for. What is found in print is found in words too.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_POST = r"(?:[A-Z]{1,2}\d[A-Z\d]?|GIR)\s?\d[ABD-HJLNP-UW-Z]{2}|[a-z]{1,2}\d[a-z\d]?\s\d[abd-hjlnp-uw-z]{2}"
_EDGE, _END = r"(?<![\w.,+-])(?<!\d )", r"(?![\w]|[.,-]\d| \d)"

_EMAIL = re.compile(r"\w[\w.+'-]*@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_UPN = re.compile(r"(?<!\w)[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?!\w)", re.IGNORECASE)
_NHS = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)")
_NHS_IN_PRINT = re.compile(rf"{_EDGE}[3-9]\d{{2}}([\s-]?)\d{{3}}\1\d{{4}}{_END}")
_PHONE = re.compile(r"(?<![\d/])(?:\+44\s?\(?0?\)?|\(?0)(?:[\s()-]{0,2}\d){9,10}(?!\d)")
_PHONE_IN_PRINT = re.compile(
    rf"{_EDGE}(?:\+44\s?(?:\(0\)\s?)?|\(?0)[1-37]\d{{1,4}}\)?(?:[\s-]?\d{{3,4}}){{2}}(?:[\s-]?\d{{1,3}})?{_END}"
)
_POSTCODE = re.compile(rf"\b(?:{_POST})\b")
_POSTCODE_IN_PRINT = re.compile(rf"(?<![\w#/+=.-])(?:{_POST})(?![\w/+=])")
_LONG_NUMBER = re.compile(r"\d(?:[\s()/-]{0,2}\d){8}")
_CODE = re.compile(r"[A-Za-z]\d|GIR")
_PHONE_DIGITS = (10, 11)


class Identifying(NamedTuple):
    """Something that has the form of an identifier, by kind and place in the text."""

    kind: str
    start: int
    end: int


def in_words(text: str) -> Iterator[Identifying]:
    """What may identify someone in a text that a person wrote.

    >>> [each.kind for each in in_words("Rang (01632) 960 871 about NHS9434765919 at nm6 8xw")]
    ['NHS number', 'phone number', 'postcode']
    """
    if "@" in text:
        yield from _found("e-mail", _EMAIL, text)
    if _LONG_NUMBER.search(text):
        yield from (each for each in _found("NHS number", _NHS, text) if is_nhs_number(text[each.start : each.end]))
        yield from _found("phone number", _PHONE, text)
        yield from _found("UPN", _UPN, text)
    if _CODE.search(text):
        yield from _found("postcode", _POSTCODE, text)


def in_print(text: str) -> Iterator[Identifying]:
    """What can hardly be anything else in the plain text of a finished page.

    >>> [each.kind for each in in_print("Call 01632 960 123 about 943 476 5919, anna@example.org, SW1A 1AA")]
    ['NHS number', 'postcode', 'e-mail', 'phone number']
    """
    numbers = _found("NHS number", _NHS_IN_PRINT, text)
    yield from (each for each in numbers if is_nhs_number(text[each.start : each.end]))
    yield from _found("UPN", _UPN, text)
    yield from _found("postcode", _POSTCODE_IN_PRINT, text)
    yield from _found("e-mail", _EMAIL, text)
    phones = _found("phone number", _PHONE_IN_PRINT, text)
    yield from (each for each in phones if _long_enough(text[each.start : each.end]))


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


def _found(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Identifying]:
    return (Identifying(kind, *found.span()) for found in pattern.finditer(text))


def _long_enough(number: str) -> bool:
    digits = re.sub(r"\D", "", number.replace("+44", "0").replace("(0)", ""))
    return len(digits) in _PHONE_DIGITS
