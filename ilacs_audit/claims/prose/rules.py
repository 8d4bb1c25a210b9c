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
NUMBER = rf"((?<![\d,.])\d[\d,]*|{SPELT})"
_GIVEN = {"tie": TIE, "number": NUMBER, "spelt": SPELT}
_HEADS = re.compile(r"^\[(.+): (words|forms)\]$", re.M)
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
    """Every part of the rules by its name: how it is written, and what is written."""
    text = Path(__file__).with_name("rules.txt").read_text(encoding="utf-8")
    pieces = _HEADS.split("\n".join(line for line in text.split("\n") if not line.startswith("#")))
    return {
        name: (kind, body.replace("\n", " " if kind == "words" else "")) for name, kind, body in _threes(pieces[1:])
    }


def _threes(pieces: list[str]) -> zip[tuple[str, str, str]]:
    return zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)


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
