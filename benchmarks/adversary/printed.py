"""What an edition prints, read as its readers read it: data files, pages and the spreadsheet."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

HIDDEN = "c"


class Line(NamedTuple):
    """One line of a data file."""

    page: str
    audit: str
    measure: str
    standard: str
    group: str
    level: str
    period: str
    said: dict[str, str]

    @property
    def hidden(self) -> bool:
        return self.said["status"] == "suppressed"

    @property
    def rounded(self) -> bool:
        return self.said["status"] == "rounded" or (self.said["audience"] == "public" and self.measure != "comparable")

    def count(self, column: str) -> int | None:
        """A printed count, or None where none is printed."""
        text = self.said.get(column, "")
        return int(float(text)) if re.fullmatch(r"-?\d+(\.0)?", text) else None

    def share(self, column: str) -> float | None:
        """A printed share, or None."""
        try:
            return float(self.said.get(column, ""))
        except ValueError:
            return None


def lines(folder: Path) -> Iterator[Line]:
    """Every line of every data file of an edition."""
    told = [(path.stem, said) for path in sorted(folder.glob("*.csv")) for said in _said(path)]
    audits = {(page, said["period"]): said["level"] for page, said in told if said["measure"] == "returned"}
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for page, said in told:
        if said["theme"] and (page, said["period"]) in audits:
            known[said["theme"], said["period"]].add(audits[page, said["period"]])
    for page, said in told:
        about = (said[each] for each in ("standard_id", "group", "level", "period"))
        yield Line(page, _audit(page, said, audits, known), said["measure"], *about, said=said)


def _said(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _audit(page: str, said: dict[str, str], audits: Mapping[tuple[str, str], str], known: Mapping) -> str:
    """The audit that a line speaks of: its own word, or that of the page, or the only one there is."""
    ours, theirs = audits.get((page, said["period"])), known.get((said["theme"], said["period"]), ())
    only = next(iter(theirs)) if len(theirs) == 1 else None
    return said.get("audit") or said.get("audit_id") or ours or only or f"{said['theme']} {said['period']}"
