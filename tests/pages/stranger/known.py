"""Untruths that are known and not yet mended: a page (a pattern), what is said there, and why it is untrue."""

from __future__ import annotations

import re

from tests.pages.stranger.piece import Untrue

KNOWN: tuple[tuple[str, str, str], ...] = (
    (".", "a small base is small", "the note of one round stands beside the count of the other"),
)


def unknown(untrue: list[Untrue]) -> list[Untrue]:
    """What is untrue and stands in no line of the table."""

    def told(each: Untrue) -> bool:
        return any(re.search(page, each.page) and re.search(said, each.said) for page, said, _ in KNOWN)

    return [each for each in untrue if not told(each)]
