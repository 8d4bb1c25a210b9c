"""How often the bounds of who came to a family hub hold the truth: `python -m benchmarks.linking [REGISTERS]`.

Registers are planted, so that it is known who came; the two are linked as a run links them. It prints the table and
writes it into docs/registers.md between its markers, and ends with status 1 where fewer than 95 of 100 registers have
the truth of every cohort within its bounds.
"""

from __future__ import annotations

import sys
import time

from benchmarks.measuring import put, table
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP

COMMAND, REGISTERS = "python -m benchmarks.linking", 100
SHAPES = {
    "as councils write": {},
    "one record in three written otherwise": {"wrong": 0.35},
    "the hubs give no dates of birth": {"days": False},
    "a small list": {"size": 40, "others": 60},
    "a large list": {"size": 900, "others": 3000},
    "written alike in both": {"wrong": 0.0},
    "every third child written down twice": {"again": 0.33},
}


def main(asked: list[str]) -> int:
    """Plant, link and hold against the truth."""
    count, lines, held = int(asked[0]) if asked else REGISTERS, [], []
    for name, shape in SHAPES.items():
        begun = time.perf_counter()
        found = [within(seed, **shape) for seed in range(count)]
        held.append(sum(all(each.values()) for each, _ in found))
        cohorts = [each for inside, _ in found for each in inside.values()]
        width = sum(wide for _, wide in found) / count
        took = (time.perf_counter() - begun) / count
        lines.append([name, f"{held[-1]} of {count}", f"{sum(cohorts)} of {len(cohorts)}", f"{100 * width:.1f}"])
        print(lines[-1], f"{took:.1f} s each", file=sys.stderr, flush=True)
    made = table(["registers", "all cohorts within", "cohorts within", "mean width, points"], lines)
    print(made)
    put(f"Made by `{COMMAND}`: {count} registers a row.\n\n{made}", name="linking")
    return 0 if min(held) >= 0.95 * count else 1


def within(seed: int, **shape: object) -> tuple[dict[str, bool], float]:
    """Of each cohort of a planted register whether its bounds hold the truth; and how wide they are."""
    from ilacs_audit.analysis.registers.hubs import hub_attendance
    from ilacs_audit.domain.measures import rows
    from ilacs_audit.intake.registers.hubs import Review, linked
    from tests.intake.registers.planted_hubs import planted

    made = planted(seed, **shape)  # type: ignore[arg-type]  # the shapes of the table below
    table_ = linked(made.children, made.records, key=b"planted", review=Review({}, {}, []))
    found = {row.level: row for row in rows(hub_attendance(table_)) if row.measure == "hub_came"}
    truth = {name: made.truth.get(name, (_rest(made.truth), 0))[0] for name in found}
    inside = {name: row.numerator <= truth[name] <= round(row.upper * row.denominator) for name, row in found.items()}
    return inside, sum(row.upper - row.lower for row in found.values()) / max(len(found), 1)


def _rest(truth: dict[str, tuple[int, int]]) -> int:
    """Who came of the cohorts of a few children, which a page puts together."""
    return sum(came for came, size in truth.values() if size < FEWEST_IN_A_GROUP)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
