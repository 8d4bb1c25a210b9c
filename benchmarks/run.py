"""What a whole run costs: the month for three audiences, again with nothing new, and after one late return.

Each is the command that a person types, in a workspace of its own, as whole processes with their start and
their end, and beside them the bare `--help` of the same program.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

from openpyxl import load_workbook

from benchmarks.measuring import ROOT, Cost, cost, load, machine, publish, sized, table, this

ROUNDS = sized(3, 1)
AUDIENCES = sized(("internal", "board", "public"), ("board",))
LATE = "Consent dip sample - Nov 2024 re-audit(1-18).xlsx"
PERIOD, AS_OF = "2024-11", "2024-11-21"
WAYS = ("`ilacs-audit --help`", "the month, outputs folder empty", "nothing changed", "one late return")
_PROGRAM = ("-c", "from ilacs_audit.cli import main; main()")


def run() -> None:
    """(d) The month from nothing, with nothing changed, and after a late return, beside `--help`."""
    rounds = [_one_round() for _ in range(ROUNDS)]
    lines = [[way, *_measured([each[place] for each in rounds], rounds)] for place, way in enumerate(WAYS)]
    publish(
        "run",
        f"{machine()}; load {load()} at the end.",
        f"Medians of {ROUNDS} rounds, each with all in turn; {len(AUDIENCES)} audiences; ratios are formed within "
        "rounds. The late return is one answer of the consent dip sample, changed.",
        table(["command", "wall s", "CPU s", "of the month, wall", "of the month, CPU", "times `--help`, CPU"], lines),
        "Targets: a late return at most a quarter of the month and 12 times `--help`; the month at most 25 s of CPU.",
    )


def _one_round() -> tuple[Cost, Cost, Cost, Cost]:
    with tempfile.TemporaryDirectory(prefix="ilacs-benchmark-") as name:
        place = Path(name)
        for each in ("data", "notebooks"):
            shutil.copytree(ROOT / each, place / each)
        shutil.copy(ROOT / "reports.yml", place)
        bare, month, same = cost(this(*_PROGRAM, "--help")), _published(place), _published(place)
        _change_one_answer(place / "data" / "example" / "returns" / PERIOD / LATE)
        return bare, month, same, _published(place)


def _published(place: Path) -> Cost:
    chosen = [word for each in AUDIENCES for word in ("--audience", each)]
    return cost(this(*_PROGRAM, "run", PERIOD, "--as-of", AS_OF, "--workspace", str(place), *chosen))


def _change_one_answer(path: Path) -> None:
    """Turn the first plain answer of a return round."""
    book = load_workbook(path)
    cells = (cell for sheet in book for line in sheet.iter_rows(min_row=2) for cell in line)
    cell = next(each for each in cells if str(each.value).strip().lower() in ("yes", "no"))
    cell.value = "No" if str(cell.value).strip().lower() == "yes" else "Yes"
    book.save(path)


def _measured(costs: list[Cost], rounds: list[tuple[Cost, Cost, Cost, Cost]]) -> list[str]:
    wall, cpu = (statistics.median(each[place] for each in costs) for place in (0, 1))
    pairs = list(zip(costs, rounds, strict=True))
    of_month = [statistics.median(each[place] / all_[1][place] for each, all_ in pairs) for place in (0, 1)]
    of_help = statistics.median(each.cpu / all_[0].cpu for each, all_ in pairs)
    return [f"{wall:.1f}", f"{cpu:.1f}", *(f"{each:.2f}" for each in of_month), f"{of_help:.1f}"]
