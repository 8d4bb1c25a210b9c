"""Attack what is published, from the written rules alone.

    python -m benchmarks.adversary [--seeds N] [--quick] [PART ...]

publishes councils of its own for three audiences, attacks every edition, prints a row for each promise and writes the
table into docs/adversary.md between its markers; with PART (hidden, breakdowns, texts, verdicts, changes) only that
part, and nothing is written. It ends with status 1 if a promise is broken. What was found stands on the error stream.

    python -m benchmarks.adversary solve OUTPUTS PERIOD

attacks what somebody has published.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.adversary import rows
from benchmarks.adversary.editions import EDITIONS, tallied
from benchmarks.adversary.printed import lines
from benchmarks.measuring import put, table

COMMAND = "python -m benchmarks.adversary"
HEADS = ("Attack", "Tried on", "Goal", "Found", "Kept")


def main(asked: list[str]) -> int:
    """Attack, print, write."""
    if asked[:1] == ["solve"]:
        return solve(Path(asked[1]), asked[2])
    plain = argparse.RawDescriptionHelpFormatter
    reader = argparse.ArgumentParser(prog=COMMAND, description=__doc__, formatter_class=plain)
    reader.add_argument("--seeds", type=int, default=4, help="councils to attack (4)")
    reader.add_argument("--quick", action="store_true", help="one council, and little of everything")
    reader.add_argument("part", nargs="*", metavar="PART", help=", ".join(rows.PARTS))
    given = reader.parse_args(asked)
    size, started, found = rows.sized(given.seeds, quick=given.quick), time.perf_counter(), []
    for name in given.part or rows.PARTS:
        for row in attempted(name, size):
            print(table(HEADS, [cells(row)]).splitlines()[-1], flush=True)
            print(*(f"    {each}" for each in row.finds if not row.kept), sep="\n", file=sys.stderr, flush=True)
            found.append(row)
    print(f"{time.perf_counter() - started:.0f} seconds, {sum(os.times()[:4]):.0f} of the processor")
    if not given.part:
        words = f"Made by `{COMMAND} {'--quick' if given.quick else f'--seeds {given.seeds}'}`."
        made = f"{words}\n\n{table(HEADS, [cells(each) for each in found])}"
        put(made, name="adversary")
    return 0 if all(each.kept for each in found) else 1


def attempted(name: str, size: rows.Size) -> Iterator[rows.Row]:
    """The rows of a part; where a month could not even be published, that is its last row."""
    try:
        yield from rows.PARTS[name](size)
    except Exception as broken:  # whatever it is, it is a finding
        yield rows.Row(f"The part {name} could not be finished", "", "0", "1", False, (f"{broken!r}",))


def cells(row: rows.Row) -> tuple[str, ...]:
    """A row as it stands in the table."""
    return row.claim, row.tried, row.goal, row.found, "yes" if row.kept else "**no**"


def solve(folder: Path, period: str) -> int:
    """Attack the editions that lie in a folder of outputs."""
    for which in EDITIONS:
        told = [line for each in which for line in lines(folder / each / period)]
        seen = tallied(which, told, {})
        print(f"{seen.editions}: {seen.hidden} hidden, {seen.recovered} recovered, {seen.narrowed} narrowed")
        print(*(f"    {each}" for each in seen.finds), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
