"""Every child and worker that the registers name: for the finder in free text, and the search of finished pages.

Kept in memory only. The registers hold people whom no return mentions, and neither a comment nor
a page may name them. A register that cannot be read names nobody here; its own loader says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.typed import tidy
from ilacs_audit.intake.identity.people import people, person
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.identity.references import read_references
from ilacs_audit.intake.registers.fields import IDENTIFIERS, REGISTERS
from ilacs_audit.intake.registers.files import find_register, read_raw

_SHORTEST = 4


def register_identifiers(evidence: str | Path) -> frozenset[str]:
    """The names and references of every register of an evidence folder, as written there and as compared."""
    told = {text for name in REGISTERS for text in _named(Path(evidence), name)}
    workers = {text for name in REGISTERS for text in _cells(Path(evidence), name, _columns(name, ("person",)))}
    bare = {name for text in workers if " " in (name := person(text)) and name != text.casefold()}
    return frozenset(text for text in told | bare if len(text) >= _SHORTEST)


def register_roles(evidence: str | Path) -> frozenset[str]:
    """The job titles of the registers: words that stand in columns of people and name nobody."""
    return frozenset(tidy(cell) for name in REGISTERS for cell in _cells(Path(evidence), name, ("role",)))


class Registered(NamedTuple):
    """The people of the registers: the workforce's pseudonyms, and all names and references as they are compared."""

    workers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()


def registered(evidence: Path, *, key: bytes) -> Registered:
    """Whom the registers of an evidence folder name; nobody where there are none."""
    workers = {cell for name in REGISTERS for cell in _cells(evidence, name, _columns(name, ("person",)))}
    return Registered(_workers(evidence, key), frozenset(map(person, workers)), _references(evidence))


def _references(evidence: Path) -> frozenset[str]:
    """The references of the registers, each column with the zeros that it shows."""
    columns = [(name, column) for name in REGISTERS for column in _columns(name, ("child", "request"))]
    read = [read_references(_cells(evidence, name, (column,))) for name, column in columns]
    return frozenset(found.text for each in read for found in each.values() if found.text)


def _workers(evidence: Path, key: bytes) -> frozenset[str]:
    """The pseudonyms of everybody in the workforce register, in full and by initial."""
    names = set(people(_cells(evidence, "workforce", ("person_ref",))).values())
    short = {f"{name[0]}. {name.split(' ')[-1]}" for name in names if " " in name}
    return frozenset(pseudonym(name, kind="person", key=key) for name in names | short)


def _columns(name: str, kinds: Sequence[str]) -> list[str]:
    return [column for column, field in REGISTERS[name].items() if field.kind in kinds]


def _named(evidence: Path, name: str) -> Iterator[str]:
    return map(tidy, _cells(evidence, name, _columns(name, IDENTIFIERS)))


def _cells(evidence: Path, name: str, columns: Sequence[str]) -> Iterator[Any]:
    try:
        path = find_register(evidence, name)
        cells = read_raw(path, REGISTERS[name])[0].cells if path else pd.DataFrame()
    except ReturnsError:
        return
    for column in sorted(set(columns) & set(cells.columns)):
        yield from (cell for cell in cells[column].unique() if tidy(cell))
