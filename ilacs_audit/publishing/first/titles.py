"""What a file's name says of its audit: a title, and the month."""

import re
from pathlib import PurePath

from ilacs_audit.publishing.first.seen import Seen

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.?[ _-]*(20\d\d|\d\d)\b", re.IGNORECASE)
_ISO = re.compile(r"\b(20\d\d)[-_. ](0[1-9]|1[0-2])\b")
_DAY = re.compile(r"\b\d{1,2}[./_-](0?[1-9]|1[0-2])[./_-](20\d\d|\d\d)\b")
_NOISE = re.compile(
    r"\(\d*[-–]?\d*\)|\b(?:final|copy|v\d+|version \d+|collated returns|wc|w c)\b|\bQ[1-4]\b|\b20\d\d(?:[-/ ]\d\d)?\b",
    re.I,
)


def title_of(seen: Seen) -> str:
    """A title out of the file's name: without the month, a version, or the numbers that a form adds.

    >>> from types import SimpleNamespace as Any
    >>> file = PurePath("Consent dip sample - September 2024(1-20).xlsx")
    >>> title_of(Any(paths=[file], names_somebody=False))
    'Consent dip sample'
    """
    title = undated(PurePath(seen.paths[0]).stem.replace("_", " "))
    return title if title and not seen.names_somebody else "Audit"


def undated(text: str) -> str:
    """A title without a month, a day, a version, or the numbers that a form adds."""
    for noise in (_ISO, _DAY, _NAMED, _NOISE):
        text = noise.sub(" ", text)
    return " ".join(text.split()).strip(" -–,.")


def month_of(seen: Seen) -> str:
    """The month that the file's name, its days or its title lines say; "" where they say none."""
    texts = (*(path.stem.replace("_", " ") for path in seen.paths), *seen.titles)
    return next(filter(None, map(month_in, texts)), f"{seen.days[0]:%Y-%m}" if seen.days else "")


def month_in(text: str) -> str:
    """The month named in a text, "" where none is.

    >>> month_in("Plans audit Feb 25 FINAL"), month_in("wc 02.12.24"), month_in("Q2 2024-25")
    ('2025-02', '2024-12', '')
    """
    if found := _NAMED.search(text):
        return f"{_year(found[2])}-{_MONTHS.index(found[1][:3].casefold()) + 1:02d}"
    if found := _DAY.search(text):
        return f"{_year(found[2])}-{int(found[1]):02d}"
    if found := _ISO.search(text):
        return f"{found[1]}-{found[2]}"
    return ""


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
