"""Every child and worker that the registers name: for the finder in free text, and the search of finished pages.

Kept in memory only. The registers hold people whom no return mentions, and neither a comment nor
a page may name them. A register that cannot be read names nobody here; its own loader says why.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.typed import tidy
from ilacs_audit.intake.identity.people import nobody, people, person, post
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.identity.references import read_references
from ilacs_audit.intake.registers.exports import read_parts
from ilacs_audit.intake.registers.fields import IDENTIFIERS, NAME, REGISTERS

_SHORTEST = 4
_NAMES = ("person", "name")


def register_identifiers(evidence: str | Path) -> frozenset[str]:
    """The names and references of every register of an evidence folder, as written there and as compared."""
    columns = [each for each in _columns(Path(evidence)) if each.kind in (*IDENTIFIERS, *_NAMES)]
    told = {tidy(cell) for each in columns for cell in each.cells}
    workers = {cell for each in columns if each.kind in _NAMES for cell in each.cells}
    bare = {name for text in workers if " " in (name := person(text)) and name != text.casefold()}
    return frozenset(text for text in told | bare if len(text) >= _SHORTEST)


def register_roles(evidence: str | Path) -> frozenset[str]:
    """The job titles of the registers: words that stand in columns of people and name nobody."""
    return frozenset(tidy(cell) for each in _columns(Path(evidence)) if each.name == "role" for cell in each.cells)


class Registered(NamedTuple):
    """The people of the registers: the workforce's pseudonyms, and all names and references as they are compared."""

    workers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()


def registered(evidence: Path, *, key: bytes) -> Registered:
    """Whom the registers of an evidence folder name; nobody where there are none.

    Workers are known in full and by initial, references with the zeros that their column shows.
    """
    columns = list(_columns(evidence))
    names = {person(cell) for each in columns if each.kind in _NAMES for cell in each.cells}
    read = [read_references(each.cells) for each in columns if each.kind in ("child", "request")]
    references = {found.text for each in read for found in each.values() if found.text}
    staff = [each.cells for each in columns if (each.register, each.name) == ("workforce", "person_ref")]
    full = {name for cells in staff for name in people(cells).values()}
    short = {f"{name[0]}. {name.split(' ')[-1]}" for name in full if " " in name}
    workers = (pseudonym(name, kind="person", key=key) for name in full | short)
    return Registered(frozenset(workers), frozenset(names), frozenset(references))


class _Column(NamedTuple):
    """A register's column, and its different cells that say something."""

    register: str
    name: str
    kind: str
    cells: list[Any]


def _columns(evidence: Path) -> Iterator[_Column]:
    for register, fields in REGISTERS.items():
        try:
            parts = read_parts(evidence, register)
        except ReturnsError:
            continue
        for name, field in {**fields, "name": NAME}.items():
            said = (cell for part in parts if name in part.cells for cell in part.cells[name].unique() if tidy(cell))
            cells = dict.fromkeys(cell for cell in said if field.kind != "person" or not (nobody(cell) or post(cell)))
            yield _Column(register, name, field.kind, [*cells])
