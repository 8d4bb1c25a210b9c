"""Words as people shorten them over a column: "Mgr oversight", "hlth assmt", "seen w/in 24h", "ref'l date".

A shortened word keeps its first letter and leaves others out, or is the first letters of several, so it is known by the
words that it was made of and needs no list. It only ever proposes: a person says what the column is.
"""

import re
from collections.abc import Collection, Sequence

from ilacs_audit.intake.cells.spelling import fold

_SLASH = re.compile(r"\b([^\W\d])/(?=\w)")  # w/in and S/V are one word each
_FIGURE = re.compile(r"(\d)(?=[^\W\d])")  # 24h is 24 hours
_OTHERWISE = {"cyp": "child", "yp": "child", "mgmt": "manager", "mgt": "manager"}  # of another word
_SHORTENED, _INITIAL = 0.9, 0.5
_STEM = 4


def heading_words(text: str) -> list[str]:
    """The words of a heading, a shortened one by itself.

    >>> heading_words("Ref'l seen w/in 24h?")
    ['refl', 'seen', 'win', '24', 'h']
    """
    return fold(_FIGURE.sub(r"\1 ", _SLASH.sub(r"\1", text))).split()


def all_told(heading: Sequence[str], wording: Sequence[str], *, small: Collection[str]) -> float:
    """How surely every word of a heading, whole or shortened, is one of a wording: 0 to 1, and 0 where one is not.

    A heading of one word tells too little. `small` words count in neither.

    >>> all_told(["mgr", "oversight"], ["a", "managers", "oversight", "is", "recorded"], small={"a", "is"})
    0.95
    >>> all_told(["mgr", "oversight"], ["the", "service", "manager", "agrees"], small={"the"})
    0.0
    """
    known = [word for word in wording if word not in small]
    initials = "".join(word[0] for word in known)
    said = [_OTHERWISE.get(word, word) for word in heading if word not in small]
    by_letters = {word: _SHORTENED for word in said if len(word) > 1 and word in initials}
    found = [max(by_letters.get(word, 0.0), *(_same(word, each) for each in known), 0.0) for word in said]
    return sum(found) / len(found) if len(found) > 1 and all(found) else 0.0


def _same(short: str, word: str) -> float:
    """How surely one word is another: as it is or in another form, with letters left out, or by its first letter."""
    stem = max(_STEM, min(len(short), len(word)) - 3)
    if short == word or (len(short) >= _STEM and short[:stem] == word[:stem]):
        return 1.0
    left = iter(word)
    if short[0] != word[0] or short.isdigit() or not all(letter in left for letter in short):
        return 0.0
    return _SHORTENED if len(short) > 1 else _INITIAL
