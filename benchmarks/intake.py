"""Reading, checking and storing a large workbook, against python-calamine alone reading its cells."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import cost, load, machine, publish, table, this

ROWS, QUESTIONS = 12_000, 40
ROUNDS = 5
THEME = "benchmark"


def intake() -> None:
    """(e) A return of 12,000 rows and 40 questions."""
    with tempfile.TemporaryDirectory(prefix="ilacs-benchmark-") as name:
        folder = Path(name)
        make_return(folder)
        told = folder / "told.json"
        used = cost(this("-m", "benchmarks.intake", str(folder), str(told)), memory=True)
        found = json.loads(told.read_text(encoding="utf-8"))
    cells, stored = found["calamine"], found["stored"]
    ratio = statistics.median(ours / theirs for ours, theirs in zip(stored, cells, strict=True))
    rounds = len(cells)
    publish(
        "intake",
        f"{machine('python-calamine')}; load {load()} at the end.",
        f"{ROWS:,} rows of {QUESTIONS} questions, {found['answers']:,} answers stored; medians of {rounds} pairs "
        f"in turn, in one process that has imported everything; its peak was {used.peak / 2**20:.0f} MiB.",
        table(
            ["way", "CPU s", "times calamine"],
            [
                ["python-calamine reads the cells", f"{statistics.median(cells):.2f}", "1.00"],
                ["`compile_store` reads, checks and stores", f"{statistics.median(stored):.2f}", f"{ratio:.2f}"],
            ],
        ),
        "Target: at most 3 times calamine.",
    )


def catalogue():
    """One theme of 40 standards, and its one audit."""
    from datetime import date

    from ilacs_audit.domain.programme import read_programme
    from ilacs_audit.domain.standards import Standards, read_theme

    standards = [
        {
            "id": f"BEN-{number}", "version": 1, "text": question(number), "plain": question(number), "scale": "yes_no",
            "target": "0.9", "kind": "quality", "records": "recorded", "applies_to": "every file", "areas": ["A2"],
            "source": {"kind": "local", "text": "benchmark"},
        }
        for number in range(1, QUESTIONS + 1)
    ]  # fmt: skip  # a table, a line a row
    theme = {
        "theme": THEME, "title": "Benchmark", "question": "?", "edition": 1, "areas": ["A2"], "standards": standards
    }  # fmt: skip  # a table, a line a row
    audit = {
        "id": "benchmark-2024-11", "title": "Benchmark", "theme": THEME, "kind": "dip_sample", "period": "2024-11",
        "on": date(2024, 11, 10), "selection": "random", "intended": ROWS, "edition": 1,
        "population": {"list": "cases", "size": 2 * ROWS}, "returns": ["benchmark*"],
    }  # fmt: skip  # a table, a line a row
    return Standards((read_theme(theme, file="b.yml"),)), read_programme([audit], file="p.yml")


def question(number: int) -> str:
    """The words of a question, which no other question has."""
    return f"Question {number}: the file shows that step {number} was taken in time."


def make_return(folder: Path) -> Path:
    """An invented workbook with one row a child."""
    import random

    from openpyxl import Workbook

    chance = random.Random(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Return")
    heads = ["Case ID", "Team", "Worker", "Auditor", "Date audited"]
    sheet.append([*heads, *map(question, range(1, QUESTIONS + 1))])
    for row in range(ROWS):
        about = [f"{7_000_000 + row}", f"Team {row % 6}", "Ann Worker", "Bea Auditor", "10/11/2024"]
        sheet.append([*about, *chance.choices(["Yes", "Partly", "No"], k=QUESTIONS)])
    path = folder / "evidence" / "returns" / "benchmark 2024-11.xlsx"
    path.parent.mkdir(parents=True)
    book.save(path)
    return path


def _measure(folder: Path, told: Path) -> None:
    import shutil

    from python_calamine import CalamineWorkbook

    from ilacs_audit.intake.store.update import compile_store
    from ilacs_audit.intake.tables.columns import ColumnMap

    standards, programme = catalogue()
    [path] = (folder / "evidence" / "returns").iterdir()
    found = {"calamine": [], "stored": [], "answers": 0}
    for _ in range(ROUNDS):
        start = time.process_time()
        CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        found["calamine"].append(time.process_time() - start)
        start = time.process_time()
        report = compile_store(
            folder / "evidence", folder / "store", standards=standards, programme=programme, columns=ColumnMap(),
            key=b"a key of the benchmark",
        )  # fmt: skip  # a table, a line a row
        found["stored"].append(time.process_time() - start)
        found["answers"] = report.answers
        shutil.rmtree(folder / "store")
    told.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    _measure(Path(sys.argv[1]), Path(sys.argv[2]))
