"""One way to compare two spellings, so that a space or a curly quote never makes two of one.

Forms and spreadsheets put non-breaking spaces, line breaks and typographic marks into headers
and answers. Nothing here changes what a word means, only how it is written.
"""

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

_MARKS = re.compile(r"[^\w]+|_")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})


@lru_cache(maxsize=1 << 15)
def clean(text: str) -> str:
    r"""The same text with ordinary single spaces and no letter that cannot be seen.

    >>> clean(" Not\xa0 met\u200b ")
    'Not met'
    """
    return " ".join((text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).split())


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    r"""The text as it is compared: no case, no punctuation, single spaces.

    >>> fold("Child’s case\nreference\xa0(ID)") == fold("childs case reference id")
    True
    """
    bare = clean(text).translate(_APOSTROPHES).casefold().replace("'", "").replace("&", " and ")
    return " ".join(_MARKS.sub(" ", bare).split())


def squeezed(header: str) -> str:
    """A header as it is compared: no case, no punctuation, no spaces.

    >>> squeezed("Was the Child Seen Alone?") == squeezed("WasTheChildSeenAlone")
    True
    """
    return fold(header).replace(" ", "")


def written(value: Any) -> str:
    """The cell as a person sees it: whole numbers without a point, days without a time.

    >>> written(5.0), written(True), written(datetime(2024, 9, 1))
    ('5', 'TRUE', '2024-09-01')
    """
    if isinstance(value, str):
        return value if value.isalnum() and value.isascii() else clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def named_words(text: str) -> dict[str, tuple[str, ...]]:
    r"""A table of words: on each line a name and its words; an indented line goes on with the one above it.

    >>> named_words("team = team name | service\nref = case id |\n    case ref")
    {'team': ('team name', 'service'), 'ref': ('case id', 'case ref')}
    """
    told = (line.partition(" = ") for line in text.strip().replace("\n    ", " ").splitlines())
    return {name: tuple(words.split(" | ")) for name, _, words in told}
