"""What three months of late returns do to a council's editions: nothing refused, nothing given away.

A few rows are kept out of returns, the months are published, and the rows come in one by one as late returns do. After
each step every month is run again, and readers' folders are held against what they were. An outsider then puts every
version that was ever published together (mixed-integer programming): does any of them, less an earlier one, say how
many files of a team came late, where these are too few to be shown? Run it with

    python -m benchmarks.late

on the example and on random councils. It ends with status 1 if a promise is broken.
"""

from __future__ import annotations

import csv
import itertools
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from benchmarks.measuring import ROOT
from ilacs_audit.domain.audiences import AUDIENCES
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.run.batch import run

MARK = re.compile(rb'<p class="ia-note ia-told">[^<]*</p>')
PARTS = ("met", "not met", "not applicable")
MOST = 500
Version = dict[tuple[str, str, str], tuple[int, int | None]]
"""For each measure, standard and level what a reader was shown: a count, and of how many."""


class Late(NamedTuple):
    """A return in CSV, and how many of its last rows come late."""

    path: Path
    rows: int


class Step(NamedTuple):
    """What one run of one month came to: its exit code, what waits, and what is not as it should be."""

    month: str
    exit_code: int
    made: int
    pending: tuple[str, ...]
    wrong: tuple[str, ...]


def late_months(
    place: Path, evidence: Path, months: Sequence[str], late: Sequence[Late], audiences: Sequence[str]
) -> Iterator[Step]:
    """Publish the months without the late rows, then again after each of them; what came of every run."""
    kept = {each.path: each.path.read_bytes() for each in late}
    outputs = place / "outputs"
    held_out = {each.path: each.rows for each in late}
    for step in range(1 + max(held_out.values())):
        for path, rows in held_out.items():
            lines = kept[path].rstrip(b"\r\n").splitlines(keepends=True)
            path.write_bytes(b"".join(lines[: len(lines) - max(0, rows - step)]))
        for month in months:
            yield _again(place, evidence, outputs, month, audiences)


def _again(place: Path, evidence: Path, outputs: Path, month: str, audiences: Sequence[str]) -> Step:
    before = {each: _files(outputs / each / month) for each in audiences}
    ended = run(
        month, workspace=load_workspace(place, evidence=evidence), outputs=outputs, audiences=audiences, workers=1
    )
    wrong = [f"{each.job_id}: {each.problem}" for each in ended.failed]
    for each in ended.pending:
        after = _files(outputs / each.audience / month)
        for name in (f"{each.report}.html", f"{each.report}.csv"):
            was, now = before[each.audience].get(name), after.get(name)
            if was != now and (was is None or now is None or MARK.sub(b"", was) != MARK.sub(b"", now)):
                wrong.append(f"{each.audience}/{name} does not stand")
        page = after.get(f"{each.report}.html")
        if page is not None and b"Restatement pending" not in page:
            wrong.append(f"{each.audience}/{each.report} is not marked")
    marked = {
        f"{each}/{name}"
        for each in audiences
        for name, page in _files(outputs / each / month).items()
        if b">Restatement pending:" in page and name != "index.html"
    }
    due = {f"{each.audience}/{each.report}.html" for each in ended.pending}
    wrong += [f"{name} is marked and does not wait" for name in sorted(marked - due)]
    made = sum(each.status == "made" for each in ended.entries)
    return Step(
        month,
        ended.exit_code,
        made,
        tuple(sorted(f"{each.audience}/{each.report}" for each in ended.pending)),
        tuple(wrong),
    )


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} if folder.is_dir() else {}


def shown(folder: Path) -> dict[tuple[str, str], Version]:
    """What a published month shows of each theme in each period, whichever page shows it."""
    found: dict[tuple[str, str], Version] = defaultdict(dict)
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if (
                    row["measure"] in ("compliance", "not_applicable")
                    and row["group"] in ("all", "team")
                    and row["numerator"].isdigit()
                ):
                    of = int(row["denominator"]) if row["denominator"].isdigit() else None
                    found[row["theme"], row["period"]][row["measure"], row["standard_id"], row["level"]] = (
                        int(row["numerator"]),
                        of,
                    )
    return found


def given_away(versions: Sequence[Version], audience: str) -> list[tuple[int, int, str, str, int]]:
    """The teams of which it can be told how many files came late between two versions, where these are too few."""
    about, least = AUDIENCES[audience], AUDIENCES[audience].smallest_base
    outsider = _Outsider(versions, about.rounded_to // 2)
    found = []
    for early, later in itertools.combinations(range(len(versions)), 2):
        for standard, level in itertools.product(outsider.standards, outsider.levels):
            if level != "all":
                low, high = outsider.came_between(early, later, standard, level)
                if low == high and 0 < low < least:
                    found.append((early, later, standard, level, low))
    return found


class _Outsider:
    """All that versions of one audit say together: late returns add files and take none away."""

    def __init__(self, versions: Sequence[Version], slack: int) -> None:
        keys = {key for each in versions for key in each}
        self.standards = sorted({standard for _, standard, _ in keys})
        self.levels = sorted({level for _, _, level in keys})
        self.places: dict[Any, int] = {}
        self.lines: list[tuple[list[tuple[Any, int]], float, float]] = []
        for number, version in enumerate(versions):
            self._adds_up(number)
            for (measure, standard, level), (count, of) in version.items():
                part = "met" if measure == "compliance" else "not applicable"
                whole = PARTS[:2] if measure == "compliance" else PARTS
                self._line(
                    [((number, standard, level, part), 1)], count - slack * bool(count), count + slack * bool(count)
                )
                if of is not None:
                    self._line([((number, standard, level, each), 1) for each in whole], of - slack, of + slack)
            for standard, level, part in itertools.product(self.standards, self.levels, PARTS if number else ()):
                self._line([((number, standard, level, part), 1), ((number - 1, standard, level, part), -1)], 0, MOST)

    def _adds_up(self, number: int) -> None:
        teams = [level for level in self.levels if level != "all"]
        for standard in self.standards:
            for part in PARTS if teams and "all" in self.levels else ():
                whole = [((number, standard, team, part), 1) for team in teams]
                self._line([*whole, ((number, standard, "all", part), -1)], 0, 0)
            for level in self.levels:
                files = [((number, standard, level, part), 1) for part in PARTS]
                first = [((number, self.standards[0], level, part), -1) for part in PARTS]
                if standard != self.standards[0]:
                    self._line([*files, *first], 0, 0)

    def _line(self, terms: list[tuple[Any, int]], low: float, high: float) -> None:
        for name, _ in terms:
            self.places.setdefault(name, len(self.places))
        self.lines.append((terms, low, high))

    def came_between(self, early: int, later: int, standard: str, level: str) -> tuple[int, int]:
        """The fewest and the most files of a level for a standard that came between two versions."""
        aim = np.zeros(len(self.places))
        for part in PARTS[:2]:
            aim[self.places[later, standard, level, part]] += 1
            aim[self.places[early, standard, level, part]] -= 1
        return self._solved(aim), -self._solved(-aim)

    def _solved(self, aim: np.ndarray) -> int:
        matrix = np.zeros((len(self.lines), len(self.places)))
        for number, (terms, _, _) in enumerate(self.lines):
            for name, factor in terms:
                matrix[number, self.places[name]] += factor
        low, high = ([line[end] for line in self.lines] for end in (1, 2))
        found = milp(aim, constraints=LinearConstraint(matrix, low, high), bounds=Bounds(0, MOST), integrality=1)
        if found.status != 0:
            raise ValueError("What was published contradicts itself, or files were taken away.")
        return round(found.fun)


def tried(
    name: str,
    place: Path,
    evidence: Path,
    months: Sequence[str],
    late: Sequence[Late],
    *,
    audiences: Sequence[str] = ("board", "public"),
) -> bool:
    """Run one council through its late returns and print what came of it; whether every promise was kept."""
    versions: dict[tuple[str, str, str, str], list[Version]] = defaultdict(list)
    steps = []
    for step in late_months(place, evidence, months, late, audiences):
        steps.append(step)
        print(
            f"{name} {step.month}: exit {step.exit_code}, {step.made} made, waits: {', '.join(step.pending) or 'none'}",
            *step.wrong,
            flush=True,
        )
        for audience in audiences:
            for (theme, period), version in shown(place / "outputs" / audience / step.month).items():
                known = versions[audience, step.month, theme, period]
                if not known or known[-1] != version:
                    known.append(version)
    several = {about: each for about, each in versions.items() if len(each) > 1}
    lost = [(about, found) for about, each in several.items() for found in given_away(each, about[0])]
    print(
        f"{name}: {len(several)} audits published more than once, {len(lost)} late files of a team given away",
        *lost,
        flush=True,
    )
    refused = [each for each in steps if each.exit_code not in (0, 18)]
    return not lost and not refused and not any(each.wrong for each in steps)


def example(folder: Path) -> bool:
    """The example, three months, with rows of five returns that come late one by one."""
    place = folder / "work"
    shutil.copytree(
        ROOT, place, ignore=shutil.ignore_patterns(".*", "outputs", "ilacs_audit", "tests", "benchmarks", "docs")
    )
    evidence = place / "data" / "example"
    names = (
        "recording audit 2024-09.csv",
        "s47 audit Q2 2024-25.csv",
        "referral audit 2024-10.csv",
        "s47 audit Nov 24.csv",
        "referral audit 2024-11.csv",
    )
    late = [
        Late(next((evidence / "returns").rglob(each)), rows) for each, rows in zip(names, (1, 2, 1, 2, 1), strict=True)
    ]
    return tried("Northmere", place, evidence, ("2024-09", "2024-10", "2024-11"), late)


def council(folder: Path, seed: int) -> bool:
    """A random council, its months, with rows of every return in CSV that come late one by one."""
    from tests.councils.making import make
    from tests.councils.writing import write

    place, evidence = write(make(seed, layouts=("semicolons",), faults=()), folder)
    (evidence / "authority.yml").write_text(f"name: Council {seed}\nexample: true\n", encoding="utf-8")
    returns = sorted((evidence / "returns").rglob("*.csv"))
    months = sorted({each for path in returns for each in ("2024-11", "2025-03") if each in path.name})
    return tried(f"council {seed}", place, evidence, months, [Late(path, 2) for path in returns])


def main(asked: Sequence[str]) -> int:
    """Try the example and the councils of these seeds."""
    kept = []
    with tempfile.TemporaryDirectory() as folder:
        if not asked:
            kept.append(example(Path(folder) / "example"))
        kept += [council(Path(folder) / seed, int(seed)) for seed in asked or ("20", "26", "28")]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
