"""The checks that every catalogue entry passes, whichever file it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.errors import CatalogueError, UsageError, quoted

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def require(entry: Mapping[str, Any], keys: Sequence[str], *, where: str) -> None:
    """Refuse an entry without all of these fields, naming every one that is missing."""
    missing = [key for key in keys if key not in entry]
    if missing:
        raise CatalogueError(f"Missing: {', '.join(missing)}.", where=where, fix="Add each of them to the entry.")


def one_of(value: object, allowed: Sequence[str], field: str, *, where: str) -> None:
    """Refuse a value outside the list, showing the list."""
    if value not in allowed:
        raise CatalogueError(f"'{value}' is not a {field}.", where=where, fix=f"Use one of: {', '.join(allowed)}.")


def plain_id(value: object, *, where: str) -> str:
    """An id that may become part of a file's name: letters, digits, hyphens and underscores, and no path.

    >>> plain_id("plans-2024-11", where="programme.yml")
    'plans-2024-11'
    """
    text = str(value)
    if not _ID.fullmatch(text):
        raise CatalogueError(
            "This is not an id.", where=where, fix="Use letters, digits, hyphens and underscores, 64 at most."
        )
    return text


def titled(identifier: str) -> str:
    """The words of an id, as a title where none is written.

    >>> titled("strategy_meetings")
    'Strategy meetings'
    """
    words = re.sub(r"[_-]+", " ", identifier).strip()
    return words[:1].upper() + words[1:]


def day(value: object, *, where: str) -> date:
    """A date as YAML reads one; anything else is refused."""
    try:
        return parse_day(value)
    except UsageError:
        fix = "Write it as YYYY-MM-DD, without quotes."
        raise CatalogueError(f"{quoted(value)} is not a date.", where=where, fix=fix) from None


def unique(ids: Sequence[str], *, where: str) -> None:
    """Refuse an id that is used twice."""
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise CatalogueError(f"Used twice: {', '.join(twice)}.", where=where, fix="Give each entry its own id.")
