"""Which files were drawn for an audit, and for whom, so that what came back can be held against it.

`ilacs-audit draw` writes the allocation; kept as draws/AUDIT.xlsx beside the returns, it tells which
auditor and which team still owe a return, and which return nobody asked for.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.references.codes import SHORTEST, is_reference, reference_of
from ilacs_audit.intake.cells.footers import told_rows
from ilacs_audit.intake.cells.spelling import clean, fold, written
from ilacs_audit.intake.files.workbook import READABLE
from ilacs_audit.intake.identity.references import PADDED, reference
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.registers.case_list import load_allocation, load_reserves, rows_left_out
from ilacs_audit.intake.tables.columns import ColumnMap

FOLDER = "draws"
BESIDE = ("order", "stratum", "together")  # what chance gave each file of a draw
_COPIED = re.compile(r"^copy of |(?: - copy| ?\(\d+\)|-allocation)+$", re.IGNORECASE)
ROLL_OUT = "roll-out"  # how the name of an order of training ends, which is the draw of no audit


@dataclass(frozen=True)
class Drawn:
    """One audit's draw: `files` has `unit`, `team` and `auditor`; `units` are all that may come back.

    `order` is the place of each in the order of the draw, from 1, with the reserves after the files; empty where the
    places are not those from 1 to the last. `files` has `drawn_in` and `drawn_with` too: of which part of the list a
    file is, and with which worker or family it was drawn; and its `row`. `changed` are the rows that no longer say what
    they said when the draw was made.
    """

    name: str
    files: pd.DataFrame
    units: frozenset[str]
    order: Mapping[str, int]
    changed: tuple[int, ...] = ()

    def says(self) -> object:
        """All that a draw decides, to compare it with another."""
        files = self.files[["unit", "drawn_in", "drawn_with"]].sort_values("unit").to_numpy().tolist()
        return files, self.units, dict(self.order)


def seal(child_ref: object, *beside: object) -> str:
    """The letters that `ilacs-audit draw` writes beside a file: another order, part or file would have others."""
    return reference_of("draw", reference(child_ref).lstrip("0"), *map(written, beside))[:SHORTEST]


def draw_files(evidence: Path) -> dict[str, list[Path]]:
    """The draws of an evidence folder by the audit they are named after; copies of one have its name."""
    folder = evidence / FOLDER
    found: dict[str, list[Path]] = {}
    for path in (path for path in sorted(folder.glob("*")) if path.suffix.casefold() in READABLE):
        if not path.stem.endswith(ROLL_OUT):
            found.setdefault(_COPIED.sub("", path.stem), []).append(path)
    return found


def load_draws(
    evidence: Path, audits: Collection[str], columns: ColumnMap, *, known: Mapping[str, Collection[str]]
) -> tuple[dict[str, Drawn], list[Problem]]:
    """The draws of the audits, and a problem for each that cannot be read, was changed, or had lost leading zeros.

    `known` are the references that each audit's returns give in full. Where two draws of an audit say different things
    there is none: which of them was read nobody can tell.
    """
    drawn: dict[str, Drawn] = {}
    problems: list[Problem] = []
    for audit_id, paths in draw_files(evidence).items():
        ours = [_told(audit_id, path, columns, known.get(audit_id, ())) for path in paths if audit_id in audits]
        problems += [each for _, told in ours for each in told]
        at: dict[str, Any] = {"audit_id": audit_id, "file": f"{FOLDER}/{paths[0].name}"}
        read = [draw for draw, _ in ours if draw]
        if unlike := [each for each in read if each.says() != read[0].says()]:
            problems.append(problem("two-draws", one=read[0].name, rival=unlike[0].name, **at))
        elif read:
            rest = (problem("two-draws: same", rival=read[0].name, file=each.name) for each in read[1:])
            problems += [each._replace(audit_id=audit_id) for each in rest]
            drawn[audit_id] = read[0]
    return drawn, problems


def stray_draws(evidence: Path, audits: Collection[str]) -> list[Problem]:
    """A problem for each draw that is named after no audit: a slip that would leave it unused."""
    return [
        problem("no-audit: draw", file=f"{FOLDER}/{path.name}")
        for audit_id, paths in draw_files(evidence).items()
        for path in paths
        if audit_id not in audits
    ]


def _told(audit_id: str, path: Path, columns: ColumnMap, known: Collection[str]) -> tuple[Drawn | None, list[Problem]]:
    """One draw, and what is wrong with its file."""
    at: dict[str, Any] = {"audit_id": audit_id, "file": f"{FOLDER}/{path.name}"}
    try:
        drawn, left, padded = _load(path, columns, known)
    except ReturnsError as no:
        return None, [problem("unreadable-file", what=f"{no.what} ({no.where})", fix=no.fix, **at)]
    told = [problem("left-out", rows=told_rows(left), row=left[-1], **at)] if left else []
    told += [problem(PADDED, **at)] if padded else []
    if rows := drawn.changed:
        are = "are" if len(rows) > 1 else "is"
        told.append(problem("draw-changed", rows=told_rows(rows), are=are, row=rows[0], **at))
    return drawn, told


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
            "row": table["row"],
        }
    )
    said = table[["child_ref", *BESIDE, "check", "row"]].to_numpy().tolist()
    sealed = any(is_reference(mark) for *_, mark, _ in said)
    changed = tuple(row for child, *beside, mark, row in said if sealed and mark != seal(child, *beside))
    files = files[files["unit"] != ""].drop_duplicates("unit")
    spare = load_reserves(path, known={*known, *files["unit"]})[["child_ref", "order", "stratum", "check"]]
    whole_rows = (child for child, *beside, mark in spare.to_numpy().tolist() if mark == seal(child, *beside, ""))
    reserves = [*map(reference, whole_rows if sealed else spare["child_ref"])]
    units = frozenset(files["unit"]) | {*reserves}
    whole = sorted(files["order"]) == [*range(1, len(files) + 1)]
    places = [*files.sort_values("order")["unit"], *reserves] if whole else []
    order = {unit: place for place, unit in enumerate(dict.fromkeys(places), start=1)}
    padded = bool((table["padded"] & table["child_ref"].isin(known)).any())
    return Drawn(f"{FOLDER}/{path.name}", files, units, order, changed), rows_left_out(table), padded
