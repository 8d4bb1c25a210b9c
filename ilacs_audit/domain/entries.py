"""The checks that every catalogue entry passes, whichever file it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ilacs_audit.domain.errors import CatalogueError


def require(entry: Mapping[str, Any], keys: Sequence[str], *, where: str) -> None:
    """Refuse an entry without all of these fields, naming every one that is missing."""
    missing = [key for key in keys if key not in entry]
    if missing:
        raise CatalogueError(f"Missing: {', '.join(missing)}.", where=where, fix="Add each of them to the entry.")


def one_of(value: object, allowed: Sequence[str], field: str, *, where: str) -> None:
    """Refuse a value outside the list, showing the list."""
    if value not in allowed:
        raise CatalogueError(f"'{value}' is not a {field}.", where=where, fix=f"Use one of: {', '.join(allowed)}.")


def unique(ids: Sequence[str], *, where: str) -> None:
    """Refuse an id that is used twice."""
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise CatalogueError(f"Used twice: {', '.join(twice)}.", where=where, fix="Give each entry its own id.")
