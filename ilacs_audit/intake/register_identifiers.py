"""Every child and worker that the registers name, for the search of finished pages.

Kept in memory only. The registers hold people whom no return mentions, and a page must not
name them either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ilacs_audit.intake.pseudonyms import person, pseudonym
from ilacs_audit.intake.register_fields import IDENTIFIERS, REGISTERS
from ilacs_audit.intake.register_files import find_register, read_raw

_SHORTEST = 4


def register_identifiers(evidence: str | Path) -> frozenset[str]:
    """The names and references of every register of an evidence folder, as they are written there."""
    return frozenset(text for name in REGISTERS for text in _named(Path(evidence), name) if len(text) >= _SHORTEST)


def register_roles(evidence: str | Path) -> frozenset[str]:
    """The job titles of the registers: words that stand in columns of people and name nobody."""
    return frozenset(text for name in REGISTERS for text in _cells(Path(evidence), name, ("role",)))


def known_workers(evidence: Path, *, key: bytes) -> frozenset[str]:
    """The pseudonyms of everybody in the workforce register, in full and by initial; empty where there is none."""
    names = {person(name) for name in _cells(evidence, "workforce", ("person_ref",))}
    short = {f"{name[0]}. {name.split(' ')[-1]}" for name in names if " " in name}
    return frozenset(pseudonym(name, kind="person", key=key) for name in names | short)


def _named(evidence: Path, name: str) -> Iterator[str]:
    return _cells(evidence, name, [column for column, field in REGISTERS[name].items() if field.kind in IDENTIFIERS])


def _cells(evidence: Path, name: str, columns: Sequence[str]) -> Iterator[str]:
    path = find_register(evidence, name)
    if path is None:
        return
    raw, _ = read_raw(path, REGISTERS[name])
    for column in set(columns) & set(raw.cells.columns):
        yield from (str(cell).strip() for cell in raw.cells[column].unique() if cell not in (None, ""))
