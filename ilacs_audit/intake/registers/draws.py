"""Which files were drawn for an audit, and for whom, so that what came back can be held against it.

`ilacs-audit draw` writes the allocation; kept as draws/AUDIT.xlsx beside the returns, it tells which
auditor and which team still owe a return, and which return nobody asked for.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.footers import told_rows
from ilacs_audit.intake.cells.spelling import clean, fold
from ilacs_audit.intake.files.workbook import READABLE
from ilacs_audit.intake.identity.references import PADDED, reference
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.registers.case_list import load_allocation, load_reserves, rows_left_out
from ilacs_audit.intake.tables.columns import ColumnMap

FOLDER = "draws"
ROLL_OUT = "roll-out"  # how the name of an order of training ends, which is the draw of no audit


@dataclass(frozen=True)
class Drawn:
    """One audit's draw: `files` has `unit`, `team` and `auditor`; `units` are all that may come back.

    `order` is the place of each in the order of the draw, from 1, with the reserves after the files; empty where the
    places are not those from 1 to the last. `files` has `drawn_in` and `drawn_with` too: of which part of the list a
    file is, and with which worker or family it was drawn.
    """

    name: str
    files: pd.DataFrame
    units: frozenset[str]
    order: Mapping[str, int]


def draw_files(evidence: Path) -> dict[str, Path]:
    """The draws of an evidence folder by the audit they are named after."""
    folder = evidence / FOLDER
    found = (path for path in sorted(folder.glob("*")) if path.suffix.casefold() in READABLE)
    return {path.stem: path for path in found if not path.stem.endswith(ROLL_OUT)}


def load_draws(
    evidence: Path, audits: Collection[str], columns: ColumnMap, *, known: Mapping[str, Collection[str]]
) -> tuple[dict[str, Drawn], list[Problem]]:
    """The draws of the audits, and a problem for each draw that cannot be read or had lost leading zeros.

    `known` are the references that each audit's returns give in full.
    """
    drawn, problems = {}, []
    for audit_id, path in draw_files(evidence).items():
        if audit_id in audits:
            at: dict[str, Any] = {"audit_id": audit_id, "file": f"{FOLDER}/{path.name}"}
            try:
                drawn[audit_id], left, padded = _load(path, columns, known.get(audit_id, ()))
                problems += [problem("left-out", rows=told_rows(left), row=left[-1], **at)] if left else []
                problems += [problem(PADDED, **at)] if padded else []
            except ReturnsError as no:
                problems.append(problem("unreadable-file", what=f"{no.what} ({no.where})", fix=no.fix, **at))
    return drawn, problems


def stray_draws(evidence: Path, audits: Collection[str]) -> list[Problem]:
    """A problem for each draw that is named after no audit: a slip that would leave it unused."""
    return [
        problem("no-audit: draw", file=f"{FOLDER}/{path.name}")
        for audit_id, path in draw_files(evidence).items()
        if audit_id not in audits
    ]


def _load(path: Path, columns: ColumnMap, known: Collection[str]) -> tuple[Drawn, list[int], bool]:
    """A draw, the rows left out, and whether references that came back had lost their leading zeros in it."""
    table = load_allocation(path, known=known)
    files = pd.DataFrame(
        {
            "unit": table["child_ref"].map(reference),
            "team": [columns.team_names.get(fold(team), clean(team)) for team in table["team"]],
            "auditor": table["auditor"],
            "order": pd.to_numeric(table["order"], errors="coerce"),
            "drawn_in": table["stratum"],
            "drawn_with": table["together"],
        }
    )
    files = files[files["unit"] != ""].drop_duplicates("unit")
    reserves = [*map(reference, load_reserves(path, known={*known, *files["unit"]}))]
    units = frozenset(files["unit"]) | {*reserves}
    whole = sorted(files["order"]) == [*range(1, len(files) + 1)]
    places = [*files.sort_values("order")["unit"], *reserves] if whole else []
    order = {unit: place for place, unit in enumerate(dict.fromkeys(places), start=1)}
    padded = bool((table["padded"] & table["child_ref"].isin(known)).any())
    return Drawn(f"{FOLDER}/{path.name}", files, units, order), rows_left_out(table), padded
