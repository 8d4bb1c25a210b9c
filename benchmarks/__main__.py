"""One command: `python -m benchmarks [batch|floor|growth|long|answers|region|intake|all]`; see docs/performance.md."""

from __future__ import annotations

import sys

from benchmarks import batch, intake, scale

COMMANDS = {
    "batch": batch.against_commands,
    "floor": batch.against_floor,
    "growth": batch.growth,
    "long": batch.long,
    "answers": scale.answers,
    "region": scale.region,
    "intake": intake.intake,
}


def main(asked: list[str]) -> int:
    """Measure what was asked for, or everything, one after the other."""
    strange = sorted(set(asked) - {*COMMANDS, "all"})
    if strange:
        print(f"Not a benchmark: {', '.join(strange)}. Use: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    for name in COMMANDS if not asked or "all" in asked else asked:
        COMMANDS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
