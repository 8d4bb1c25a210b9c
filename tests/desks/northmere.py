"""A workspace of the invented council that may be written: two rounds of one audit, and the registers it needs."""

import shutil
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
