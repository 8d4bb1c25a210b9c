"""How much a reader of an edition has to read, and whether shortening it lost a number.

    python -m benchmarks.words FOLDER            the words, tables and sheets of an edition
    python -m benchmarks.words BEFORE AFTER      two of them side by side, and what the later one lost

Counted is prose: what stands on the page outside tables, pictures and lists of options, with the folds closed and with
them open; what is shown only of a team that a reader chooses counts as folded. The method fold is never counted; the
words in tables are counted apart. A number of a released CSV (k of n, a likely range of the latest round) that stood
on a page must still stand on it: the command ends with status 1 where one is gone, on any page that both folders have.
"""

from __future__ import annotations

import csv
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from benchmarks.measuring import table
from ilacs_audit.claims.words import count_of, percent, signed_points

METHOD = "Method"
_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*%?")
_UNREAD = ("svg", "select", "script", "style", "head", ".skip", ".ia-paper", ".ia-filtered", ".ia-narrowed")
_FOLDS = "details, .ia-of-team"  # a team's own part is out of sight until a reader chooses the team
_SHEET = re.compile(rb"/Type\s*/Page(?!s)")


class Words(NamedTuple):
    """What stands on a page: prose with folds closed and open, words in tables, tables outside and inside folds."""

    closed: int
    opened: int
    in_tables: int
    tables: int
    folded_tables: int

    def plus(self, other: Words) -> Words:
        """Both pages together."""
        return Words(*(ours + theirs for ours, theirs in zip(self, other, strict=True)))


def words_of(html: str) -> Words:
    """Count a page.

    >>> words_of("<body><h1>Is it so?</h1><table><td>5 of 9</td></table><details><summary>Why</summary>So.</details>")
    Words(closed=4, opened=5, in_tables=3, tables=1, folded_tables=0)
    """
    page = BeautifulSoup(html, "html.parser")
    for each in page.select(", ".join(_UNREAD)):
        each.decompose()
    folds = [each for each in page.select(_FOLDS) if not each.find_parent(_is_fold)]
    tables, folded = page.select("table"), [each for fold in folds for each in fold.select("table")]
    shown = [each for each in tables if not any(each is inside for inside in folded)]
    in_tables = sum(map(_count, shown))
    for each in tables:
        each.decompose()
    for fold in folds:
        if _summary(fold) == METHOD:
            fold.decompose()
    opened = _count(page)
    hidden = sum(_count(fold) - len(_WORD.findall(_summary(fold))) for fold in folds if not fold.decomposed)
    return Words(opened - hidden, opened, in_tables, len(shown), len(folded))


def _is_fold(part: Tag) -> bool:
    return part.name == "details" or "ia-of-team" in part.get_attribute_list("class")


def _summary(fold: Tag) -> str:
    found = fold.find("summary") if fold.name == "details" else None
    return found.get_text(" ", strip=True) if found else ""


def _count(part: Tag) -> int:
    return len(_WORD.findall(part.get_text(" ")))


def lost(before: Path, after: Path) -> list[str]:
    """The numbers of a page's own released rows that stood on it before and do not stand on it now."""
    now, then = (" ".join(_all_text(each)) for each in (after, before))
    rows = [*csv.DictReader(before.with_suffix(".csv").read_text(encoding="utf-8-sig").splitlines())]
    latest = max((row.get("period", "") for row in rows), default="")
    told = dict.fromkeys(number for row in rows for number in _numbers(row, latest))
    return [each for each in told if _holds(then, each) and not _holds(now, each)]


def _all_text(page: Path) -> Iterator[str]:
    read = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").body
    assert read is not None
    yield re.sub(r"\s+", " ", read.get_text(" "))
    yield from (str(each["aria-label"]) for each in read.select("[aria-label]"))


def _holds(text: str, number: str) -> bool:
    return re.search(rf"(?<![\w−+])(?<!\d,){re.escape(number)}(?!\w|,\d|%)", text) is not None


def _numbers(row: dict[str, str], latest: str) -> Iterator[str]:
    """How a row's count and ranges are printed; of an earlier round a page owes no range.

    A chart draws the earlier round of one standard, the one that matters most, with its range: which one that is may
    change from edition to edition, and the ranges of the others stand in the data file alone.
    """
    count, population = _read(row, "numerator", "denominator"), _read(row, "population")
    if count:
        yield count_of(*map(round, count))
    ranges = (_read(row, "lower", "upper"), _read(row, "lower_read", "upper_read"))
    for ends in filter(None, ranges if row.get("period", "") == latest else ()):
        if row["measure"] == "change":
            yield " to ".join(map(signed_points, ends))
        elif row["method"] == "hypergeometric" and population:
            yield " to ".join(f"{round(each * population[0]):,}" for each in ends)
        else:
            yield " to ".join(map(percent, ends))


def _read(row: dict[str, str], *names: str) -> list[float]:
    """The numbers under these names; none where one of them is empty or hidden."""
    try:
        return [float(row[name]) for name in names]
    except (KeyError, ValueError):
        return []


def sheets(pages: list[Path]) -> int | None:
    """How many sheets of A4 the pages print on; None where no browser can be started."""
    try:
        from playwright.sync_api import sync_playwright

        from tests.browser.install import browser

        with sync_playwright() as playwright, tempfile.TemporaryDirectory() as place:
            page = playwright.chromium.launch(executable_path=browser()).new_page()
            return sum(_printed(page, each, Path(place) / "page.pdf") for each in pages)
    except (ImportError, OSError):
        return None


def _printed(page: object, source: Path, target: Path) -> int:
    page.goto(source.resolve().as_uri())  # type: ignore[attr-defined]  # a page of the browser, which only this command imports
    page.pdf(path=str(target), format="A4", prefer_css_page_size=True)  # type: ignore[attr-defined]  # a page of the browser, which only this command imports
    return len(_SHEET.findall(target.read_bytes()))


def counted(folder: Path) -> dict[str, Words]:
    """Every page of an edition's folder, counted."""
    return {each.name: words_of(each.read_text(encoding="utf-8")) for each in sorted(folder.glob("*.html"))}


def line(name: str, folder: Path) -> list[object]:
    """An edition in one line: its pages, its words, its tables, its sheets."""
    pages = counted(folder)
    total = Words(0, 0, 0, 0, 0)
    for each in pages.values():
        total = total.plus(each)
    return [name, len(pages), *total, sheets([folder / each for each in pages]) or "not printed"]


TITLES = (
    "edition",
    "pages",
    "prose, folds closed",
    "prose, folds open",
    "words in tables",
    "tables",
    "in folds",
    "sheets",
)


def main(asked: list[str]) -> int:
    """Tell one edition, or two and what was lost between them."""
    if len(asked) not in (1, 2):
        print(__doc__)
        return 2
    folders = [Path(each) for each in asked]
    names = ("before", "after") if len(folders) == 2 else ("edition",)
    print(table(list(TITLES), [line(*each) for each in zip(names, folders, strict=True)]))
    if len(folders) == 1:
        return 0
    before, after = folders
    both = sorted({each.name for each in before.glob("*.html")} & {each.name for each in after.glob("*.html")})
    gone = {name: lost(before / name, after / name) for name in both if (before / name).with_suffix(".csv").exists()}
    told = [f"{name}: {', '.join(numbers)}" for name, numbers in gone.items() if numbers]
    print("\n".join(["", *(told or [f"No number of {len(gone)} pages was lost."])]))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
