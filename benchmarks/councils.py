"""Random councils in numbers: what the program makes of returns that nobody built it to pass.

    python -m benchmarks.councils [SEEDS [PUBLISHED]]

reads so many councils (500 if left out) with every layout and every fault, publishes the first so many (100)
for three audiences, prints the tables and writes them into docs/councils.md between its markers. It ends
with status 1 if anything was found.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.measuring import put, table
from tests.councils.making import ALL_FAULTS, ALL_LAYOUTS, make
from tests.councils.pages import publish
from tests.councils.trial import (
    CRASH,
    MISTAKEN,
    OTHER,
    REFUSED,
    REPEATED,
    UNPLANTED,
    UNSOUGHT,
    UNTOLD,
    Finding,
    judge,
)

COMMAND = "python -m benchmarks.councils"
SEEDS, PUBLISHED = 500, 100
KINDS = (CRASH, REFUSED, OTHER, UNPLANTED, UNTOLD, REPEATED, UNSOUGHT, MISTAKEN)


def by_layout(seeds: int) -> tuple[list[list[object]], list[Finding]]:
    """Each layout on its share of the seeds, with every fault; a line each, and what was found."""
    lines, surprises = [], []
    for place, layout in enumerate(ALL_LAYOUTS):
        mine = range(place, seeds, len(ALL_LAYOUTS))
        wrong: Counter[str] = Counter()
        for seed in mine:
            found = _judged(seed, (layout,), ALL_FAULTS)
            wrong.update({each.kind for each in found})
            surprises += found
            wrong["right"] += not found
        lines.append([layout, len(mine), wrong["right"], *(wrong[kind] for kind in KINDS)])
    return lines, surprises


def by_fault(seeds: int) -> tuple[list[list[object]], list[Finding]]:
    """Each fault alone, on its share of the seeds, in every layout."""
    lines, surprises = [], []
    for place, fault in enumerate(ALL_FAULTS):
        mine = range(10_000 + place, 10_000 + seeds, len(ALL_FAULTS))
        wrong: Counter[str] = Counter()
        for seed in mine:
            found = _judged(seed, ALL_LAYOUTS, (fault,))
            wrong.update({each.kind for each in found})
            surprises += found
            wrong["right"] += not found
        lines.append([fault, len(mine), wrong["right"], *(wrong[kind] for kind in KINDS)])
    return lines, surprises


def _judged(seed: int, layouts: tuple[str, ...], faults: tuple[str, ...]) -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix="councils-") as folder:
        return judge(make(seed, layouts=layouts, faults=faults), Path(folder))


def published(count: int) -> list[Finding]:
    """Publish so many councils for three audiences."""
    found: list[Finding] = []
    for seed in range(20_000, 20_000 + count):
        with tempfile.TemporaryDirectory(prefix="councils-") as folder:
            found += publish(make(seed), Path(folder))
    return found


def main(asked: list[str]) -> int:
    """Try, print, write."""
    started = time.perf_counter()
    seeds, pages = [*map(int, asked), *(SEEDS, PUBLISHED)[len(asked) :]]
    layouts, strange = by_layout(seeds)
    faults, odd = by_fault(seeds)
    wrong = published(pages)
    heads = ["councils", "right", *KINDS]
    made = "\n\n".join(
        [
            f"Made by `{COMMAND} {seeds} {pages}`.",
            f"{seeds} councils by layout, with every fault. Each counts once under what was found in it.",
            table(["layout", *heads], layouts),
            f"{seeds} more by fault, each fault alone, in every layout.",
            table(["fault", *heads], faults),
            f"{pages} published for internal, board and public: {len(wrong)} findings.",
        ]
    )
    print(made)
    for each in (*strange, *odd, *wrong):
        print(*each, sep=" | ", file=sys.stderr)
    print(f"\n{time.perf_counter() - started:.0f} seconds")
    put(made, name="councils")
    return 1 if strange or odd or wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
