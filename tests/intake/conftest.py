"""A small catalogue, and a maker of workbooks with whatever is wrong in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.tables.columns import ColumnMap, read_columns
from tests import build
from tests.build import standard, theme

KEY = "a secret of the tests"


@pytest.fixture(scope="session")
def standards() -> Standards:
    plans = [
        standard("PLA-1", "Plan up to date", "met", critical=True),
        standard("PLA-2", "Actions SMART", "met"),
        standard("PLA-3", "Voice of the child", "met"),
    ]
    consent = [standard("CON-1", "Consent recorded", "yes_no"), standard("CON-2", "Family told", "yes_no")]
    marks = [standard("S47-1", "Strategy discussion", "scaling"), standard("S47-2", "Analysis of risk", "scaling")]
    support = [standard("SUP-1", "Agreement on file", "yes_no"), standard("SUP-2", "Signed by both", "yes_no")]
    meeting = [standard("STR-1", "Request appropriate", "yes_no"), standard("STR-2", "Meeting timely", "yes_no")]
    themes = (
        theme("plans", plans),
        theme("consent", consent),
        theme("s47", marks),
        theme("supervision", support, unit="worker"),
        theme("strategy", meeting, unit="request"),
    )
    return build.standards(*themes)


def audit(name: str, of: str, **more: Any) -> dict[str, Any]:
    """One thematic audit whose returns are named after its theme."""
    on = {"kind": "thematic", "on": date(2024, 11, 4), "returns": [f"{of}*.xlsx"]}
    return build.audit(name, of, **{**on, **more})


@pytest.fixture(scope="session")
def programme() -> Programme:
    return build.programme(audit("plans-2024-11", "plans"), audit("consent-2024-11", "consent"))


@pytest.fixture(scope="session")
def columns() -> ColumnMap:
    teams = {"Duty & Assessment 1": [], "Children in Care": ["CIC"]}
    return read_columns({"fields": {"child_ref": ["Child’s reference"]}, "teams": teams}, file="columns.yml")


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Save rows as a workbook: `workbook("plans.xlsx", rows)`, or several sheets by name."""

    def save(name: str, rows: Sequence[Sequence[Any]] = (), **sheets: Sequence[Sequence[Any]]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, content in {**({"Return": rows} if rows else {}), **sheets}.items():
            sheet = book.create_sheet(title.replace("_", " "))
            for row in content:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return save


HEADER = ("Case ID", "Team", "Social worker", "Auditor", "Date audited", "Plan up to date", "Actions SMART")
DAY = date(2024, 11, 6)


def row(reference: Any = "0012345", *answers: Any, **cells: Any) -> list[Any]:
    """A row under HEADER."""
    told = {"team": "Duty & Assessment 1", "worker": "Ann Ayers", "auditor": "Bea Birch", "day": DAY, **cells}
    return [reference, told["team"], told["worker"], told["auditor"], told["day"], *(answers or ("Met", "Met"))]
