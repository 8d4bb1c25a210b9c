"""Numbers and addresses that mean a person whoever they belong to.

NHS number (with its check digit), unique pupil number, postcode, e-mail address and telephone
number are looked for by form, because free text holds people that no return lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_EDGE, _END = r"(?<![\w.,+-])", r"(?![\w]|[.,-]\d)"
_NHS = re.compile(rf"{_EDGE}(?<!\d )([3-9]\d{{2}})([\s-]?)(\d{{3}})\2(\d{{4}}){_END}(?! \d)")
_UPN = re.compile(r"(?<!\w)[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z](?!\w)", re.IGNORECASE)
_POSTCODE = re.compile(
    r"(?<![\w#/+=.-])"
    r"(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}|[a-z]{1,2}\d[a-z\d]?\s\d[abd-hjlnp-uw-z]{2})"
    r"(?![\w/+=])"
)
_EMAIL = re.compile(r"[A-Za-z0-9][\w.+'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_PHONE = re.compile(
    rf"{_EDGE}(?<!\d )(?:\+44\s?(?:\(0\)\s?)?|\(?0)[1-37]\d{{1,4}}\)?"
    rf"(?:[\s-]?\d{{3,4}}){{2}}(?:[\s-]?\d{{1,3}})?{_END}(?! \d)"
)
_CHECKED_DIGITS = 9
_PHONE_DIGITS = (10, 11)


def matches(text: str) -> Iterator[tuple[str, str]]:
    """What in a plain text has the form of an identifier: its kind and the match.

    >>> [kind for kind, _ in matches("Call 01632 960 123 about 943 476 5919, anna@example.org, SW1A 1AA")]
    ['NHS number', 'postcode', 'e-mail', 'telephone']
    """
    yield from (("NHS number", each[0]) for each in _NHS.finditer(text) if nhs_number(each[1] + each[3] + each[4]))
    yield from (("UPN", each[0]) for each in _UPN.finditer(text))
    yield from (("postcode", each[0]) for each in _POSTCODE.finditer(text))
    yield from (("e-mail", each[0]) for each in _EMAIL.finditer(text))
    yield from (("telephone", each[0]) for each in _PHONE.finditer(text) if _long_enough(each[0]))


def nhs_number(digits: str) -> bool:
    """Whether ten digits carry the NHS check digit (weights 10 to 2, remainder from 11).

    >>> nhs_number("9434765919"), nhs_number("9434765918")
    (True, False)
    """
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:_CHECKED_DIGITS]))
    return (11 - total % 11) % 11 == int(digits[_CHECKED_DIGITS])


def _long_enough(number: str) -> bool:
    digits = re.sub(r"\D", "", number.replace("+44", "0").replace("(0)", ""))
    return len(digits) in _PHONE_DIGITS
