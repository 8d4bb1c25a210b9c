"""One command: `python -m benchmarks [batch|floor|run|growth|intake|long|all]`; see docs/performance.md.

Without a name all are measured but the one that takes long. With `ILACS_BENCHMARKS=tiny` each is only
tried at its least size, and no page is written.
"""

from __future__ import annotations

import sys

from benchmarks import batch, floor, intake, run

COMMANDS = {
    "batch": batch.against_commands,
    "floor": floor.against_floor,
    "run": run.run,
    "growth": batch.growth,
    "intake": intake.intake,
}
LONG = {"long": batch.long}


def main(asked: list[str]) -> int:
    """Measure what was asked for, one after the other."""
    known = {**COMMANDS, **LONG}
    strange = sorted(set(asked) - {*known, "all"})
    if strange:
        print(f"Not a benchmark: {', '.join(strange)}. Use: {', '.join(known)}, all.", file=sys.stderr)
        return 2
    for name in known if "all" in asked else asked or COMMANDS:
        known[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
