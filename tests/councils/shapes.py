"""What a council is made of: its standards, its forms, its rows, and what was planted in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

SCALES = {
    "yes_no": (("yes", "partly", "no"), {"yes"}),
    "yes_no_only": (("yes", "no"), {"yes"}),
    "met": (("met", "partly met", "not met"), {"met"}),
    "ofsted": (("outstanding", "good", "requires improvement", "inadequate"), {"outstanding", "good"}),
    "scaling": (tuple(str(mark) for mark in range(10, 0, -1)), {"10", "9", "8", "7"}),
}
NOT_APPLICABLE = "not applicable"


class Key(NamedTuple):
    """Whose cell it is, and what it says of them: a field's name or a standard's id."""

    row: int
    what: str


class Cell(NamedTuple):
    """A value as it stands in a sheet, and what it is."""

    value: Any
    key: Key | None = None


class Sheet(NamedTuple):
    """One sheet of one file: lines of cells."""

    file: str
    name: str
    lines: list[list[Cell]]


class Place(NamedTuple):
    """Where a person would look: row and column as a spreadsheet counts them."""

    file: str
    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class Standard:
    """One standard, and how its form asks for it."""

    id: str
    text: str
    scale: str
    header: str

    @property
    def levels(self) -> tuple[str, ...]:
        return SCALES[self.scale][0]

    def meets(self, level: str) -> bool:
        return level in SCALES[self.scale][1]


@dataclass
class Row:
    """One file read by one auditor: what is true of it, and what was written in its stead."""

    number: int
    ref: str
    child: str
    team: str
    worker: str
    auditor: str
    day: date
    answers: dict[str, str]
    comment: str
    written: dict[str, Any] = field(default_factory=dict)
    copy_of: int | None = None


@dataclass
class Planted:
    """One fault: which, in whose row, under what, and what it may cost: an answer, a day, words, a row, or nothing."""

    kind: str
    row: int | None = None
    what: str = ""
    costs: str = "nothing"
    places: tuple[Place, ...] = ()


@dataclass
class Audit:
    """One audit with its form, its rows as they are true, and what was planted."""

    id: str
    title: str
    theme: str
    entry: Mapping[str, Any]
    standards: tuple[Standard, ...]
    fields: Mapping[str, str]
    words: Mapping[str, str]
    layout: str
    rows: list[Row]
    planted: list[Planted] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)


@dataclass
class Council:
    """A whole council from a seed."""

    seed: int
    period: str
    audits: list[Audit]
    themes: list[Mapping[str, Any]]
    columns: Mapping[str, Any]
    commentary: Mapping[str, Any]
    draws: Mapping[str, list[list[str]]]

    @property
    def private(self) -> set[str]:
        """What must never stand in a published file: names of children and workers, and references."""
        found = set()
        for audit in self.audits:
            for row in audit.rows:
                found |= {row.ref, row.child, row.worker, row.auditor}
        return found - {""}
