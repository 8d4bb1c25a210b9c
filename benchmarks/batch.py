"""A batch of reports against the commands that everybody uses, against bare Python, and against itself grown.

The notebooks, their parameters and the compiled store are the same for all sides. What is compared
runs alternately, round by round, each as whole processes with their start and their end.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measuring import ROOT, Cost, cost, load, machine, publish, sized, table, this

BATCH = sized(24, 2)
LOOP = sized(4, 1)
ROUNDS = sized(3, 1)
SIZES = sized((1, 6, 24), (1, 2))
LONG = sized((96, 240), (3,))
PERIOD, AS_OF = "2024-11", date(2024, 11, 21)
MEMORY_LIMIT = 400


@contextmanager
def prepared() -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """A private folder with a compiled store, and what each report of the example is asked."""
    from ilacs_audit.domain.calendar import Period
    from ilacs_audit.intake.store.update import compile_store
    from ilacs_audit.intake.workspace import load_workspace
    from ilacs_audit.publishing.timetable import apart, plan_reports

    work = load_workspace(ROOT)
    with tempfile.TemporaryDirectory(prefix="ilacs-benchmark-") as name:
        folder = Path(name)
        catalogue = {"standards": work.standards, "programme": work.programme, "columns": work.columns}
        compile_store(work.evidence, folder / "store", **catalogue, key=None)
        reports, _ = plan_reports(work, Period.parse(PERIOD))
        pages, _ = apart(reports, "board")
        common = {
            "period": PERIOD,
            "as_of": AS_OF.isoformat(),
            "audience": "board",
            "workspace": str(ROOT),
            "evidence": str(work.evidence),
            "store": str(folder / "store"),
        }
        asked = [{"notebook": str(each.notebook), "parameters": {**each.parameters, **common}} for each in pages]
        (folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
        yield folder, asked


def against_commands() -> None:
    """(a) 24 reports of ours against the papermill and nbconvert commands in a loop."""
    with prepared() as (folder, asked):
        rounds = [_one_round(folder, asked) for _ in range(ROUNDS)]
    loop = [each[0] for each in rounds]
    lines = [["`papermill` + `jupyter nbconvert`, a loop", LOOP, 1, *_per_report(loop, LOOP), "1.0", "1.0"]]
    for place, workers in ((1, 1), (2, 2)):
        ours = [each[place] for each in rounds]
        ratios = _ratios(loop, ours, LOOP, BATCH)
        lines.append(["`pool.run_jobs`", BATCH, workers, *_per_report(ours, BATCH), *ratios])
    heads = ["way", "reports", "workers", "wall s/report", "CPU s/report", "x less wall", "x less CPU"]
    publish(
        "batch",
        f"{machine('papermill', 'nbconvert', 'jupyterlab')}; load {load()} at the end.",
        f"Medians of {ROUNDS} rounds, each with all ways in turn, start-up included; ratios are formed within rounds. "
        f"The loop is measured on {LOOP} reports, because it starts afresh for each. All read the same compiled store.",
        table(heads, lines),
        "Targets: 10 times less CPU, 15 times less wall time with two workers.",
    )


def _one_round(folder: Path, asked: Sequence[dict[str, Any]]) -> tuple[Cost, Cost, Cost]:
    return _loop(folder, asked), cost(ours(folder, BATCH, 1)), cost(ours(folder, BATCH, 2))


def _loop(folder: Path, asked: Sequence[dict[str, Any]]) -> Cost:
    """Both commands for each of the first reports of every kind."""
    kinds = {each["notebook"]: each for each in reversed(asked)}
    chosen = [*kinds.values(), *asked][:LOOP]
    costs = []
    for number, each in enumerate(chosen):
        executed = folder / "loop" / f"{number}.ipynb"
        executed.parent.mkdir(exist_ok=True)
        given = [part for name, value in each["parameters"].items() for part in ("-r", name, value)]
        scripts = Path(sys.executable).parent
        costs.append(cost([str(scripts / "papermill"), each["notebook"], str(executed), "--no-progress-bar", *given]))
        convert = [str(scripts / "jupyter"), "nbconvert", "--to", "html", "--no-input", str(executed)]
        costs.append(cost(convert, env={"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}))
    return Cost(sum(each.wall for each in costs), sum(each.cpu for each in costs))


def growth() -> None:
    """(c) Time and memory from one report to 24, two workers."""
    _grown("growth", SIZES)


def long() -> None:
    """The same for a whole region's month."""
    _grown("long", LONG)


def _grown(told: str, sizes: tuple[int, ...]) -> None:
    with prepared() as (folder, _):
        found = [(size, cost(ours(folder, size, 2), memory=True)) for size in sizes]
    lines = [
        [size, f"{each.wall:.1f}", f"{each.wall / size:.2f}", f"{each.cpu / size:.2f}", f"{each.peak / 2**20:.0f}"]
        for size, each in found
    ]
    publish(
        told,
        f"{machine()}; load {load()} at the end.",
        "Two workers, one run of each size. Memory is the highest proportional size (PSS) of the tree of processes, "
        "looked at ten times a second; looking costs processor time that is not counted here but is in the wall time.",
        table(["reports", "wall s", "wall s/report", "CPU s/report", "memory of the tree, MiB"], lines),
        f"Target: linear, and under {MEMORY_LIMIT} MiB at every size.",
    )


def _per_report(costs: Sequence[Cost], reports: int) -> tuple[str, str]:
    wall = statistics.median(each.wall for each in costs) / reports
    return f"{wall:.2f}", f"{statistics.median(each.cpu for each in costs) / reports:.2f}"


def _ratios(above: Sequence[Cost], below: Sequence[Cost], reports: int, ours: int) -> tuple[str, str]:
    pairs = list(zip(above, below, strict=True))
    wall = statistics.median((up.wall / reports) / (down.wall / ours) for up, down in pairs)
    cpu = statistics.median((up.cpu / reports) / (down.cpu / ours) for up, down in pairs)
    return f"{wall:.2f}", f"{cpu:.2f}"


def ours(folder: Path, reports: int, workers: int) -> list[str]:
    """The command that makes so many reports by `run_jobs`."""
    return this("-m", "benchmarks.batch", "ours", str(folder), str(reports), str(workers))


def _run_ours(folder: Path, reports: int, workers: int) -> None:
    from ilacs_audit.engine.pool import Job, run_jobs
    from ilacs_audit.publishing.run.reports import FINISH, PRELOAD, PREPARE

    frame = {
        "authority": "Example", "period": PERIOD, "period_words": "November 2024", "as_of_words": "21 November 2024",
        "audience": "board", "audience_title": "Board", "title": "Report", "index_href": "index.html",
    }  # fmt: skip  # a table, a line a row
    with tempfile.TemporaryDirectory(dir=folder) as name:
        out = Path(name)
        jobs = [
            Job(f"report-{number}", Path(each["notebook"]), each["parameters"], out / f"report-{number}.ipynb")
            for number, each in enumerate(repeated(folder, reports))
        ]
        pages = {each.id: {**frame, "reference": each.id, "staged": str(out / f"{each.id}.html")} for each in jobs}
        outcomes = run_jobs(
            jobs,
            workers=workers,
            finish=FINISH,
            finish_options={"pages": pages},
            prepare=PREPARE,
            prepare_options=prepare_options(folder),
            preload=PRELOAD,
        )
    if bad := [each for each in outcomes if each.status != "ok"]:
        sys.exit(f"{len(bad)} reports failed; the first: {bad[0].problem}")


def prepare_options(folder: Path) -> dict[str, Any]:
    """What the warm process is told to read, as `run_reports` tells it."""
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    places = {name: asked[0]["parameters"][name] for name in ("workspace", "evidence", "store")}
    return {**places, "audits": sorted({each["parameters"]["audit"] for each in asked})}


def repeated(folder: Path, reports: int) -> list[dict[str, Any]]:
    """What so many reports are asked: those of the example over and over."""
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    return [asked[number % len(asked)] for number in range(reports)]


if __name__ == "__main__":
    _, where, *numbers = sys.argv[1:]
    _run_ours(Path(where), *map(int, numbers))
