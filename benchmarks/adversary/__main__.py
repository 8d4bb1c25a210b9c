"""python -m benchmarks.adversary: parts for looking at one thing (replaced below by the whole)."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.adversary import canaries, editions
from benchmarks.adversary.printed import lines


def main(asked: list[str]) -> int:
    part, *rest = asked
    if part == "canaries":
        seen = canaries.search()
        print(f"{seen.tried} tried, {len(seen.let_through)} let through, {len(seen.known)} known, refused for nothing: {seen.refused}")
        for each in seen.let_through:
            print("  ", each.door, "|", each.form, "|", ascii(each.text))
    elif part == "hidden":
        folder, period = rest
        for which in editions.EDITIONS:
            told = [line for each in which for line in lines(Path(folder) / each / period)]
            show(editions.tallied(which, told, {}))
    else:
        for seed in map(int, rest):
            for each in (editions.one_month if part == "secrets" else editions.three_months)(seed):
                show(each)
    return 0


def show(each: editions.Tally) -> None:
    late = f", {each.late} answers of late files" if each.late else ""
    print(f"{each.editions}: {each.hidden} hidden, {each.recovered} recovered, {each.narrowed} narrowed{late}, {each.wrong} wrong claims of ours")
    for find in each.finds:
        print("   ", find)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
