"""One command: `python -m benchmarks [batch|floor|run|growth|answers|intake|long|region|all]`; see docs/performance.md.

Without a name all are measured but the two that take long. With `ILACS_BENCHMARKS=tiny` each is only
tried at its least size, and no page is written.
"""

from __future__ import annotations

import sys

from benchmarks import batch, floor, intake, run, scale

COMMANDS = {
    "batch": batch.against_commands,
    "floor": floor.against_floor,
    "run": run.run,
    "growth": batch.growth,
    "answers": scale.answers,
    "intake": intake.intake,
}
LONG = {"long": batch.long, "region": scale.region}


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
