"""Make text that a stranger typed harmless: on a page that escapes it, and in a spreadsheet.

Invisible and direction-changing letters can make a sentence read as its opposite, and a cell
that begins with a sign is a formula to a spreadsheet.
"""

import re
import unicodedata
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?")
_KEPT = frozenset("\n\t")
_LONGEST = 10_000


def safe_text(text: str, *, longest: int = _LONGEST) -> str:
    r"""The text without control, zero-width and direction marks, cut to a length that fits a page.

    It is not escaped: that is the template's work, and doing it twice shows in print.

    >>> safe_text("met\u202e\u200b not")
    'met not'
    """
    if text.isprintable() and text.isascii() and len(text) <= longest:
        return text
    seen = "".join(letter for letter in text if letter in _KEPT or unicodedata.category(letter)[0] != "C")
    return seen if len(seen) <= longest else f"{seen[: longest - 1]}…"


def printed(value: Any) -> Any:
    """What a template prints of a value: text made safe, anything else and finished HTML as it is."""
    return safe_text(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def inert_cell(value: Any, *, numbers: bool = False) -> Any:
    """A cell that no spreadsheet runs as a formula: an apostrophe goes before a sign that starts one.

    What is not text stays as it is. With `numbers`, so does a number that is written as text.

    >>> inert_cell("=HYPERLINK(1)"), inert_cell("-12.5"), inert_cell("-12.5", numbers=True), inert_cell("good")
    ("'=HYPERLINK(1)", "'-12.5", '-12.5', 'good')
    """
    if not isinstance(value, str):
        return value
    plain = safe_text(value)
    starts = plain.lstrip(" \u00a0\n").startswith(_FORMULA)
    return f"'{plain}" if starts and not (numbers and _NUMBER.fullmatch(plain.strip())) else plain
