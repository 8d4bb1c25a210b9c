"""What people write beside the figures: their words, and what they ask a board to decide.

The figures write their own sentences. A person adds what only a person knows, and states the
decisions sought; that nothing is sought must be written too. Whether the words may be published
is for `claims.licensed` to say, when the figures are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from ilacs_audit.domain import given
from ilacs_audit.domain.about import Commentary
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.catalogue.fields import texts_of
from ilacs_audit.domain.errors import AuditError, CatalogueError
from ilacs_audit.intake.catalogue import read_yaml

_WANTED = ("words", "by", "decisions")


def load_commentary(evidence: str | Path, *, period: str | Period, about: str) -> Commentary:
    """Read a person's words about one audit, chain or report; empty where nobody wrote any.

    `commentary/<period>.yml` holds one entry for each `about`, with `words`, `by` (a role, never a
    name) and `decisions`. Raises CatalogueError on an entry of another form.
    """
    given.folder(evidence, "load_commentary")
    path = _folder(evidence) / f"{Period.parse(period)}.yml"
    entries = _entries(path) if path.is_file() else {}
    return _read(entries.get(about), where=f"commentary/{path.name}, {about}")


def all_commentary(evidence: str | Path) -> Iterator[tuple[str, str, Commentary]]:
    """Everything that people wrote: the period, what it is about, and the words.

    Raises CatalogueError on a file that is not named after a period, and on an entry of another form.
    """
    for path in sorted(_folder(evidence).glob("*.yml")):
        period = _period(path)
        for about, entry in _entries(path).items():
            yield period, str(about), _read(entry, where=f"commentary/{path.name}, {about}")


def _folder(evidence: str | Path) -> Path:
    return Path(evidence) / "commentary"


def _period(path: Path) -> str:
    try:
        return str(Period.parse(path.stem))
    except AuditError:
        raise CatalogueError(
            "The file is not named after a month, so no report would read it.",
            where=f"commentary/{path.name}",
            fix="Name it like 2024-11.yml.",
        ) from None


def _entries(path: Path) -> Mapping[str, Any]:
    entries = read_yaml(path) or {}
    if not isinstance(entries, dict):
        raise CatalogueError(
            "The commentary is not a list of entries by audit.",
            where=f"commentary/{path.name}",
            fix="Start each entry with an audit's id and a colon, and put words, by and decisions under it.",
        )
    return entries


def _read(entry: Any, *, where: str) -> Commentary:
    if entry is None:
        return Commentary()
    strange = sorted(set(map(str, entry)) - set(_WANTED)) if isinstance(entry, dict) else ["words without a name"]
    if strange:
        raise CatalogueError(
            f"Unknown in a commentary: {', '.join(strange)}.", where=where, fix="Use words, by and decisions."
        )
    told = {name: entry.get(name) or "" for name in _WANTED}
    return Commentary(
        str(told["words"]).strip(),
        str(told["by"]).strip(),
        tuple(each.strip() for each in _decisions(told["decisions"], where)),
    )


def _decisions(written: Any, where: str) -> tuple[str, ...]:
    """What is asked, line by line: a sentence with a colon in it is a sentence, and a bare No is a word."""
    try:
        return texts_of(written)
    except PydanticCustomError as slip:
        told = slip.context or {}
        raise CatalogueError(told["what"], where=f"{where}, decisions", fix=told["fix"]) from None
