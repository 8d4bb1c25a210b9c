"""A council on disk: a workspace with its catalogue, and an evidence folder beside it."""

import csv
import shutil
from pathlib import Path

import yaml
from openpyxl import Workbook

from tests.councils.shapes import Audit, Council, Sheet

ROOT = Path(__file__).parents[2]


def write(council: Council, folder: Path) -> tuple[Path, Path]:
    """Write the workspace and the evidence folder; give their paths."""
    place, evidence = folder / "workspace", folder / "evidence"
    (place / "data" / "standards").mkdir(parents=True)
    (evidence / "returns").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", place / "notebooks")
    shutil.copy(ROOT / "reports.yml", place)
    for name in ("plan.yml", "bank_holidays.csv"):
        shutil.copy(ROOT / "data" / name, place / "data")
    for theme in council.themes:
        _yaml(place / "data" / "standards" / f"{theme['theme']}.yml", theme)
    _yaml(place / "data" / "programme.yml", {"audits": [dict(each.entry) for each in council.audits]})
    _yaml(place / "data" / "columns.yml", council.columns)
    _yaml(evidence / "authority.yml", {"name": f"Council {council.seed}"})
    if council.commentary:
        (evidence / "commentary").mkdir()
        _yaml(evidence / "commentary" / f"{council.period}.yml", council.commentary)
    for audit in council.audits:
        _returns(audit, evidence / "returns")
    for name, lines in council.draws.items():
        (evidence / "draws").mkdir(exist_ok=True)
        _book(evidence / "draws" / f"{name}.xlsx", [("allocation", lines)])
    return place, evidence


def _yaml(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _returns(audit: Audit, folder: Path) -> None:
    files: dict[str, list[Sheet]] = {}
    for sheet in audit.sheets:
        files.setdefault(sheet.file, []).append(sheet)
    for name, sheets in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".csv":
            _csv(path, sheets[0], windows=audit.layout == "semicolons")
        else:
            _book(path, [(each.name, [[cell.value for cell in line] for line in each.lines]) for each in sheets])


def _book(path: Path, sheets: list) -> None:
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets:
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)


def _csv(path: Path, sheet: Sheet, *, windows: bool) -> None:
    """As Excel of a British Windows with a German neighbour writes it, or as a list exports it."""
    encoding, mark = ("cp1252", ";") if windows else ("utf-8-sig", ",")
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        csv.writer(file, delimiter=mark).writerows([[_day(cell.value) for cell in line] for line in sheet.lines])


def _day(value: object) -> object:
    return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else value
