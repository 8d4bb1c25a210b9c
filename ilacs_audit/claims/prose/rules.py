"""The rules by which prose is read: words and forms, kept as data in `rules.txt`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TIE = "\u203f"  # holds "consent workshops" together: the workshops are meant, and not consent
NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
NUMBER = rf"(\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_GIVEN = {"tie": TIE, "number": NUMBER}
_HEADS = re.compile(r"^\[(.+): (words|forms)\]$", re.M)
_NAMED = re.compile(r"\{([a-z_]+)\}")


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
