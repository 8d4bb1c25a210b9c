"""The rules by which prose is read: words and forms, kept as data in `rules.txt`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TIE = "\u203f"  # holds "consent workshops" together: the workshops are meant, and not consent
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELT = {word: value for value, word in enumerate((*_ONES, *_TEENS), 1)}
_SPELT |= {word: 10 * value for value, word in enumerate(_TENS, 2)}
SPELT = rf"\b(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join((*_TEENS, *_ONES))})\b"
NUMBER = rf"((?<![\d,.])\d(?:[\d,]*\d)?|{SPELT})"
_GIVEN = {"tie": TIE, "number": NUMBER, "spelt": SPELT}
_PART = re.compile(r"^(\S.*?)(:| =) ?(.*(?:\n  .*)*)$", re.M)
_NAMED = re.compile(r"\{([a-z_]+)\}")


def number(text: str | None) -> int:
    """A number from its words or digits; nought for "none", and -1 where there is none.

    >>> number("41"), number("thirty-three"), number("1,204"), number("none"), number(None)
    (41, 33, 1204, 0, -1)
    """
    said = (text or "").lower().replace(",", "").rstrip("%")
    if said.isdigit() or said in ("no", "none", "not one"):
        return int(said) if said.isdigit() else 0
    return sum(_SPELT.get(word, -1) for word in re.split("[- ]", said)) if said else -1


@cache
def rule(name: str) -> re.Pattern[str]:
    """One rule by its name, over letters of either case.

    >>> bool(rule("people").search("The board met"))
    True
    """
    return re.compile(_form(name), re.I)


@cache
def parts() -> Mapping[str, tuple[str, str]]:
    """Every part of the rules by its name: whether it is of words or one form, and what is written."""
    text = Path(__file__).with_name("rules.txt").read_text(encoding="utf-8")
    whole = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
    return {
        name: ("words", body.replace("\n", " ")) if sign == ":" else ("forms", body.replace("\n  ", ""))
        for name, sign, body in _PART.findall(whole)
    }


@cache
def _form(name: str) -> str:
    if name in _GIVEN:
        return _GIVEN[name]
    kind, body = parts()[name]
    if kind == "forms":
        return _NAMED.sub(lambda part: _form(part[1]), body)
    forms = (
        re.escape(word).replace(r"\*", r"\w*").replace(r"\?", r"\w").replace(r"\-", "[ -]") for word in body.split()
    )
    return rf"(?<![\w-])(?:{'|'.join(sorted(set(forms), key=len, reverse=True))})(?![\w{TIE}-])"
