"""Which files were drawn for an audit, and for whom, so that what came back can be held against it.

`ilacs-audit draw` writes the allocation; kept as draws/AUDIT.xlsx beside the returns, it tells which
auditor and which team still owe a return, and which return nobody asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.footers import told_rows
from ilacs_audit.intake.cells.spelling import clean, fold
from ilacs_audit.intake.files.workbook import READABLE
from ilacs_audit.intake.identity.pseudonyms import reference
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.registers.case_list import load_allocation, load_reserves, rows_left_out
from ilacs_audit.intake.tables.columns import ColumnMap

FOLDER = "draws"


@dataclass(frozen=True)
class Drawn:
    """One audit's draw: `files` has `unit`, `team` and `auditor`; `units` are all that may come back."""

    name: str
    files: pd.DataFrame
    units: frozenset[str]


def draw_files(evidence: Path) -> dict[str, Path]:
    """The draws of an evidence folder by the audit they are named after."""
    folder = evidence / FOLDER
    return {path.stem: path for path in sorted(folder.glob("*")) if path.suffix.casefold() in READABLE}


def load_draws(evidence: Path, audits: Collection[str], columns: ColumnMap) -> tuple[dict[str, Drawn], list[Problem]]:
    """The draws of the audits, and a problem for each draw that cannot be read."""
    drawn, problems = {}, []
    for audit_id, path in draw_files(evidence).items():
        if audit_id in audits:
            file = f"{FOLDER}/{path.name}"
            try:
                drawn[audit_id], left = _load(path, columns)
                if left:
                    told = problem("left-out", rows=told_rows(left), audit_id=audit_id, file=file, row=left[-1])
                    problems.append(told)
            except ReturnsError as no:
                problems.append(problem("unreadable-file", what=no.what, fix=no.fix, audit_id=audit_id, file=file))
    return drawn, problems


def stray_draws(evidence: Path, audits: Collection[str]) -> list[Problem]:
    """A problem for each draw that is named after no audit: a slip that would leave it unused."""
    return [
        problem("no-audit: draw", file=f"{FOLDER}/{path.name}")
        for audit_id, path in draw_files(evidence).items()
        if audit_id not in audits
    ]


def _load(path: Path, columns: ColumnMap) -> tuple[Drawn, list[int]]:
    table = load_allocation(path)
    files = pd.DataFrame(
        {
            "unit": table["child_ref"].map(reference),
            "team": [columns.team_names.get(fold(team), clean(team)) for team in table["team"]],
            "auditor": table["auditor"],
        }
    )
    files = files[files["unit"] != ""].drop_duplicates("unit")
    units = frozenset(files["unit"]) | {*map(reference, load_reserves(path))}
    return Drawn(f"{FOLDER}/{path.name}", files, units), rows_left_out(table)
