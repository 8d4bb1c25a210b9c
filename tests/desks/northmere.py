"""A workspace of the invented council that may be written: two rounds of one audit, and the registers it needs.

`python -m tests.desks.northmere FOLDER` lays out all of the example for the walk of docs/explore.md: the workbook of
its first step waits in the inbox, and the lists that the draw of step 14 asks for lie beside it.
"""

import csv
import shutil
import sys
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[2]
AUDIT, MONTH = "consent-2024-11", "2024-11"
RENAMED = {
    "Where consent was withdrawn, is\xa0a manager’s oversight recorded before closure?": "Mgr oversight?",
    "Was the child, where old enough, asked what they think about sharing?": "Asked the child?",
}
MEANT = {"Mgr oversight?": "CON-4", "Asked the child?": "CON-7"}
_KEPT = ("actions.csv", "training.csv", "workforce.csv")


def workspace(folder: Path) -> Path:
    """Lay it out, with its notebooks and its list of reports."""
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copy(ROOT / "reports.yml", folder)
    evidence = folder / "data" / "example"
    for path in [*(evidence / "returns").rglob("*.*"), *(evidence / "registers").iterdir()]:
        if path.name not in _KEPT and "onsent" not in path.name:
            path.unlink()
    return folder


def to_inbox(folder: Path, *, name: str = "consent_followup.xlsx") -> Path:
    """Move the return of November into the inbox, two of its columns under other headers; nothing is taken out yet."""
    evidence, place = folder / "data" / "example", folder / "inbox" / name
    (found,) = (evidence / "returns" / MONTH).glob("Consent*")
    book = openpyxl.load_workbook(found)
    for cell in book.active[1]:
        cell.value = RENAMED.get(cell.value, cell.value)
    place.parent.mkdir(exist_ok=True)
    book.save(place)
    found.unlink()
    (evidence / "exclusions.yml").unlink()
    return place


def for_the_walk(folder: Path) -> Path:
    """All of the example, with what the walk begins with and what its draw asks for."""
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copy(ROOT / "reports.yml", folder)
    to_inbox(folder)
    evidence, lists = folder / "data" / "example", folder / "lists"
    lists.mkdir()
    (september,) = (evidence / "returns" / "2024-09").glob("Consent*")
    with (evidence / "registers" / "cases.csv").open(encoding="utf-8", newline="") as file:
        opened = [row for row in csv.DictReader(file) if not row["closed_on"]]
    holders = list(dict.fromkeys((row["worker_ref"], row["team"]) for row in opened))[::12][:5]
    _keep(lists / "cases.csv", ("child_ref", "team", "worker"), [[*row.values()][:3] for row in opened])
    _keep(lists / "audited.csv", ("child_ref",), [[each] for each in _references(september)])
    _keep(lists / "auditors.csv", ("auditor", "team", "capacity"), [(*each, 10) for each in holders])
    return folder


def _references(path: Path):
    header, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    (place,) = (at for at, name in enumerate(header) if "reference" in str(name))
    return sorted({f"{row[place]:07d}" if isinstance(row[place], int) else str(row[place]) for row in rows})


def _keep(path: Path, header, rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


if __name__ == "__main__":
    print(f"Laid out in {for_the_walk(Path(sys.argv[1])).name}: open notebooks/explore.ipynb there.")
