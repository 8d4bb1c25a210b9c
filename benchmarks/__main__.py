"""One command that makes every table of docs/ again: `python -m benchmarks [NAME ...]`.

Without a name it lists and runs all tables of councils, forms and readers that are simulated, one after the other, each
in a process of its own; with names only those. What a machine costs is measured by name too: `speed` is everything of
docs/performance.md but `long`, and `all` everything there is. With `ILACS_BENCHMARKS=tiny` each measurement of speed is
only tried at its least size, and no page is written.
"""

from __future__ import annotations

import subprocess
import sys

from benchmarks import batch, floor, intake, run
from benchmarks.measuring import this

SIMULATED = {
    "honesty": "what the product promises about its own mistakes",
    "editions": "changes among all those of an edition",
    "samples": "samples beside their lists",
    "missing": "answers that are missing and not by chance",
    "public_ranges": "what public ranges say and give away",
    "moderation": "a headline corrected by a second reader",
    "ai_rater": "ranges where an AI reads the files",
    "gym": "readers of known reliability",
    "form_doctor": "planted faults of a form",
    "linking": "children found in two registers",
    "prose": "sentences that claim too much",
    "councils": "returns of random councils",
    "adversary": "attacks on what is published",
}
"""The tables whose truth is known because it was planted, by the module that makes each: the quick ones first."""
SPEED = {
    "batch": batch.against_commands,
    "floor": floor.against_floor,
    "run": run.run,
    "growth": batch.growth,
    "intake": intake.intake,
}
LONG = {"long": batch.long}
GROUPS = {"speed": tuple(SPEED), "all": (*SIMULATED, *SPEED, *LONG)}


def main(asked: list[str]) -> int:
    """Make what was asked for, one after the other. Returns 1 where a promise of a table is broken."""
    known = {*SIMULATED, *SPEED, *LONG}
    if strange := sorted({*asked} - {*known, *GROUPS}):
        print(f"Not a benchmark: {', '.join(strange)}. Use: {', '.join((*GROUPS['all'], *GROUPS))}.", file=sys.stderr)
        return 2
    names = dict.fromkeys(name for each in asked or SIMULATED for name in GROUPS.get(each, (each,)))
    print("\n".join(f"{name}: {SIMULATED.get(name, 'docs/performance.md')}" for name in names), flush=True)
    broken = [name for name in names if made(name)]
    print("\n".join(f"{name}: a promise is broken, or it did not run to its end" for name in broken))
    return 1 if broken else 0


def made(name: str) -> int:
    """Make one table; not 0 where a promise is broken."""
    if name in SIMULATED:
        return subprocess.call(this("-m", f"benchmarks.{name}"))
    {**SPEED, **LONG}[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
