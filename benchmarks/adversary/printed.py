"""What an edition prints, read as its readers read it: data files, pages and the spreadsheet."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

VERDICTS = ("not met", "met", "cannot tell", "no verdict")


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
        """Whether nothing is shown of it."""
        return self.said["status"] == "suppressed"

    @property
    def rounded(self) -> bool:
        """Whether its counts stand for those around them."""
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


class Told(NamedTuple):
    """One row of a page's table of standards, as a reader reads it: shares, not counts of children."""

    page: str
    standard: str
    share: float | None
    lower: float | None
    upper: float | None
    target: float | None
    verdict: str


def told(folder: Path) -> Iterator[Told]:
    """Every row of the first table of standards of each page."""
    for path in sorted(folder.glob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for table in page.find_all("table"):
            heads = [each.get_text(" ", strip=True).split(" 0 ")[0] for each in table.find_all("th", scope="col")]
            if "Likely range" in heads and "Verdict" in heads:
                yield from (_told(path.stem, row, heads) for row in table.find_all("tr") if row.find("th", scope="row"))


def _told(page: str, row: Tag, heads: list[str]) -> Told:
    cells = dict(zip(heads, (each.get_text(" ", strip=True) for each in row.find_all(["th", "td"])), strict=True))
    percent = re.search(r"(\d+)%", cells.get("Files", ""))
    lower, upper = _range(cells["Likely range"].split("read alone")[0])
    target = re.search(r"(\d+(?:\.\d+)?)%", cells.get("Target", ""))
    return Told(
        page,
        cells["Standard"].split()[0],
        int(percent[1]) / 100 if percent else None,
        lower,
        upper,
        float(target[1]) / 100 if target else None,
        next((each for each in VERDICTS if cells["Verdict"].lower().startswith(each)), cells["Verdict"]),
    )


def _range(text: str) -> tuple[float | None, float | None]:
    children = re.search(r"([\d,]+) to ([\d,]+) of ([\d,]+)", text)
    if children:
        low, high, size = (int(each.replace(",", "")) for each in children.groups())
        return low / size, high / size
    shares = re.search(r"(\d+(?:\.\d+)?)% to (\d+(?:\.\d+)?)%", text)
    return (float(shares[1]) / 100, float(shares[2]) / 100) if shares else (None, None)
