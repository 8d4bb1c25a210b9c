"""What people write beside the figures: their words, and what they ask a board to decide.

The figures write their own sentences. A person adds what only a person knows, and states the
decisions sought; that nothing is sought must be written too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.intake.catalogue import read_yaml


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


def load_commentary(evidence: str | Path, *, period: str, about: str) -> Commentary:
    """Read a person's words about one audit, chain or report; empty where nobody wrote any.

    `commentary/<period>.yml` holds one entry for each `about`, with `words`, `by` (a role, never a
    name) and `decisions`. Raises CatalogueError on an entry of another form.
    """
    path = Path(evidence) / "commentary" / f"{period}.yml"
    entries: Mapping[str, Any] = (read_yaml(path) or {}) if path.is_file() else {}
    entry = entries.get(about) or {}
    strange = sorted(set(entry) - {"words", "by", "decisions"})
    if strange:
        raise CatalogueError(
            f"Unknown in a commentary: {', '.join(strange)}.",
            where=f"commentary/{path.name}, {about}",
            fix="Use words, by and decisions.",
        )
    return Commentary(
        str(entry.get("words", "")).strip(), str(entry.get("by", "")), tuple(map(str, entry.get("decisions", ())))
    )
