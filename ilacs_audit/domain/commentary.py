"""What a person adds to a report: words, in which role, and what a board is asked to decide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Commentary:
    """One report's words by a person."""

    words: str = ""
    by: str = ""
    decisions: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words, a paragraph for each blank line between them."""
        return tuple(part.strip() for part in self.words.split("\n\n") if part.strip())
