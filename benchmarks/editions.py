"""What an edition of several re-audits says of change that is not so, measured where the truth is known.

All changes of a month are judged as one family. Editions are simulated with standards that are read on the same files
(a file that is good in one respect tends to be good in others) and judged by the functions that write the reports,
as one family and, beside it, page by page. Run it with

    python -m benchmarks.editions

which prints the table and writes it into docs/methods.md between its markers. It ends with status 1 if a promise is
broken.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from scipy.stats import norm

from benchmarks.honesty import pair_p
from benchmarks.promises import SEED, Promise, told
from ilacs_audit.claims.change.chance import stand_together
from ilacs_audit.claims.change.changes import BETTER, WORSE, decide
from ilacs_audit.stats.intervals import newcombe_difference

COMMAND = "python -m benchmarks.editions"
EDITIONS, STILL = 1_000, 5_000
STANDARDS, SHARE, RISE = 8, 0.6, 0.25
ALIKE = 0.3

Pages = list[list[tuple[float, bool]]]
"""For each page the chance of each change, and whether it truly moved."""
Way = Callable[[Pages], list[list[bool]]]


class Design(NamedTuple):
    """How many re-audits, files a round, standards that moved on each of how many pages, and how alike files are."""

    pages: int
    files: int
    moved: int = 0
    on: int = 0
    alike: float = ALIKE

    @property
    def words(self) -> str:
        """The design as the table tells it."""
        moved = f"{self.moved} of them up 25 points on each of {self.on}" if self.moved else "nothing moved"
        asked = f"{self.pages} re-audits of {STANDARDS} standards, {moved}"
        return f"{asked}, {self.files} files a round, likeness {self.alike:g}"


@cache
def chance_of(was: tuple[int, int], now: tuple[int, int]) -> float:
    """The chance of a change that a report would name by itself, else one."""
    interval = newcombe_difference(*was, *now)
    named = interval is not None and decide(interval).verdict in (BETTER, WORSE)
    return pair_p(was, now) if named else 1.0


def edition(chance: np.random.Generator, design: Design) -> Pages:
    """One edition: each page with its changes, some of which truly moved."""
    return [_page(chance, design, design.moved if page < design.on else 0) for page in range(design.pages)]


def _page(chance: np.random.Generator, design: Design, moved: int) -> list[tuple[float, bool]]:
    shares = np.full(STANDARDS, SHARE), np.where(np.arange(STANDARDS) < moved, SHARE + RISE, SHARE)
    was, now = (_met(chance, design, each) for each in shares)
    of = design.files
    return [
        (chance_of((int(k), of), (int(m), of)), place < moved)
        for place, (k, m) in enumerate(zip(was, now, strict=True))
    ]


def _met(chance: np.random.Generator, design: Design, shares: np.ndarray) -> np.ndarray:
    """Files that met each standard: every file has a quality of its own, which all its answers share in part."""
    quality = chance.normal(size=(design.files, 1)) * np.sqrt(design.alike)
    answers = quality + chance.normal(size=(design.files, STANDARDS)) * np.sqrt(1 - design.alike)
    return np.asarray((answers < norm.ppf(shares)).sum(axis=0))


def together(pages: Pages) -> list[list[bool]]:
    """As one family, as an edition is judged."""
    stand = iter(stand_together([p for page in pages for p, _ in page]))
    return [[next(stand) for _ in page] for page in pages]


def apart(pages: Pages) -> list[list[bool]]:
    """Page by page."""
    return [stand_together([p for p, _ in page]) for page in pages]


def cautious(pages: Pages) -> list[list[bool]]:
    """As one family whatever the dependence (Benjamini and Yekutieli)."""
    of = sum(map(len, pages))
    stand = iter(
        stand_together([p for page in pages for p, _ in page], level=0.05 / sum(1 / k for k in range(1, of + 1)))
    )
    return [[next(stand) for _ in page] for page in pages]


class Found(NamedTuple):
    """Of simulated editions: those with a false change, the false among the named, and the found among the moved."""

    false_editions: float
    false_share: float
    power: float


def found(editions: Sequence[Pages], judge: Way) -> Found:
    """What a way to judge comes to; an edition that names nothing names nothing false."""
    told = [_told(pages, judge(pages)) for pages in editions]
    false = np.array([wrong for wrong, _, _ in told])
    right = np.array([good for _, good, _ in told])
    moved = np.array([all_of for _, _, all_of in told])
    named = np.maximum(false + right, 1)
    return Found(float(np.mean(false > 0)), float(np.mean(false / named)), float(right.sum() / max(moved.sum(), 1)))


def _told(pages: Pages, stand: list[list[bool]]) -> tuple[int, int, int]:
    each = [
        (p < 1 and stands, moved)
        for page, told in zip(pages, stand, strict=True)
        for (p, moved), stands in zip(page, told, strict=True)
    ]
    return sum(n and not m for n, m in each), sum(n and m for n, m in each), sum(m for _, m in each)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def nothing_moved(chance: np.random.Generator, *, editions: int = STILL, judge: Way = together) -> Iterator[Promise]:
    """Nothing moved, and an edition names a change."""
    for design in (Design(4, 20), Design(8, 40), Design(12, 40), Design(8, 40, alike=0.0), Design(8, 40, alike=0.7)):
        made = [edition(chance, design) for _ in range(editions)]
        beside = f"page by page {100 * found(made, apart).false_editions:.1f}%"
        share = found(made, judge).false_editions
        yield Promise(
            "An edition names a change where nothing moved",
            f"{editions:,} of {design.words}",
            0.05,
            share,
            True,
            beside,
        )


def something_moved(
    chance: np.random.Generator, *, editions: int = EDITIONS, judge: Way = together
) -> Iterator[Promise]:
    """Something moved: the share of the changes named that are false, and how many of the true ones are found."""
    for files in (30, 60, 100):
        for design in (Design(8, files, 1, 1), Design(8, files, 3, 2), Design(8, files, 4, 8)):
            made = [edition(chance, design) for _ in range(editions)]
            ours, pages, careful = (found(made, way) for way in (judge, apart, cautious))
            beside = (
                f"editions with a false one {_percent(ours.false_editions)}; a rise found {_percent(ours.power)}; page "
                f"by page {_percent(pages.false_share)}, {_percent(pages.false_editions)} and {_percent(pages.power)}; "
                f"by Benjamini and Yekutieli {_percent(careful.power)} found"
            )
            yield Promise(
                "Of the changes named, the share that is false",
                f"{editions:,} of {design.words}",
                0.05,
                ours.false_share,
                True,
                beside,
            )


def measure(*, editions: int = EDITIONS, still: int = STILL) -> list[Promise]:
    """Every promise, each part with its own stream of the one seed."""
    first, second = np.random.default_rng(SEED).spawn(2)
    return [*nothing_moved(first, editions=still), *something_moved(second, editions=editions)]


def main() -> int:
    """Measure, print, write."""
    return told(measure, COMMAND, "editions")


if __name__ == "__main__":
    sys.exit(main())
