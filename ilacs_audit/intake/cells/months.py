"""What a name says of a month: of a file, a sheet or an audit."""

import re
from collections.abc import Iterable

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NAMED = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]*\.?[ _-]*(20\d\d|\d\d)\b", re.IGNORECASE)
_ISO = re.compile(r"\b(20\d\d)[-_. ](0[1-9]|1[0-2])\b")
_DAY = re.compile(r"\b\d{1,2}[./_-](0?[1-9]|1[0-2])[./_-](20\d\d|\d\d)\b")
_NOISE = re.compile(
    r"\(\d*[-–]?\d*\)|\b(?:final|copy|v\d+|version \d+|collated returns|wc|w c)\b|\bQ[1-4]\b|\b20\d\d(?:[-/ ]\d\d)?\b",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\b({MONTH}|q[1-4])\b", re.IGNORECASE)


def undated(text: str) -> str:
    """A title without a month, a day, a version, or the numbers that a form adds."""
    for noise in (_ISO, _DAY, _NAMED, _NOISE):
        text = noise.sub(" ", text)
    return " ".join(text.split()).strip(" -–,.")


def month_in(text: str) -> str:
    """The month named in a text, "" where none is.

    >>> month_in("Plans audit Feb 25 FINAL"), month_in("wc 02.12.24"), month_in("Q2 2024-25")
    ('2025-02', '2024-12', '')
    """
    if found := _NAMED.search(text):
        return f"{year_of(found[2])}-{MONTHS.index(found[1][:3].casefold()) + 1:02d}"
    if found := _DAY.search(text):
        return f"{year_of(found[2])}-{int(found[1]):02d}"
    if found := _ISO.search(text):
        return f"{found[1]}-{found[2]}"
    return ""


def several_months(names: Iterable[str]) -> bool:
    """Whether names are one name for several months or quarters.

    >>> several_months(["Sept", "Oct"]), several_months(["North Nov 24", "South Nov 24"])
    (True, False)
    """
    found: dict[str, set[str]] = {}
    for name in (each.replace("_", " ") for each in names):
        alone = _ALONE.search(name)
        if month := month_in(name) or (alone[0][:3].casefold() if alone else ""):
            found.setdefault(_ALONE.sub(" ", undated(name)).strip().casefold(), set()).add(month)
    return any(len(months) > 1 for months in found.values())


def year_of(digits: str) -> int:
    """A year of four digits or two."""
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
