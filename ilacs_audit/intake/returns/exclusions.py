"""Rows that a person has taken out, with a reason and a name. The raw file is not touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.domain.catalogue_fields import require
from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.intake.catalogue import read_yaml
from ilacs_audit.intake.checks.faults import Findings
from ilacs_audit.intake.identity.freetext import IdentifierFinder
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.identity.references import read_references
from ilacs_audit.intake.problems import Problem, problem


@dataclass(frozen=True)
class Exclusion:
    """One row, or one child in one audit, that is not to be counted."""

    reason: str
    by: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    audit: str = ""
    child: str = ""


def load_exclusions(path: Path) -> list[Exclusion]:
    """Read exclusions.yml; an absent file excludes nothing. Raises CatalogueError."""
    if not path.exists():
        return []
    entries = read_yaml(path) or []
    if not isinstance(entries, list):
        raise CatalogueError("The file is not a list.", where=path.name, fix="Start each exclusion with a dash.")
    return [_read(entry, where=f"{path.name}, entry {number}") for number, entry in enumerate(entries, start=1)]


def _read(entry: Mapping[str, Any], *, where: str) -> Exclusion:
    require(entry, ("reason", "by"), where=where)
    named = ("file" in entry and "row" in entry) or ("audit" in entry and "child" in entry)
    if not named or not str(entry["reason"]).strip():
        fix = "Give file and row, or audit and child; and a reason in words."
        raise CatalogueError("The exclusion does not say what or why.", where=where, fix=fix)
    words: dict[str, Any] = {
        name: str(entry[name]) for name in ("reason", "by", "file", "sheet", "audit", "child") if name in entry
    }
    return Exclusion(**words, row=int(entry["row"]) if "row" in entry else None)


def excluded(entries: pd.DataFrame, exclusions: list[Exclusion], key: bytes, finder: IdentifierFinder) -> Findings:
    """The entries that were taken out, each with its reason."""
    found: Findings = []
    for each in exclusions:
        rows = entries[_meant(entries, each, key)]
        for entry, row in rows.iterrows():
            where = {name: row[name] for name in ("audit_id", "file", "sheet")}
            told = problem("excluded", why=finder.masked(each.reason), **where, value=str(row["unit_cell"]))
            found.append((int(str(entry)), told._replace(row=int(row["row"]))))
    return found


def unmatched(entries: pd.DataFrame, exclusions: list[Exclusion], key: bytes) -> list[Problem]:
    """Exclusions that meet no row: a slip that would leave a row counted."""
    return [
        problem("excluded: nothing", audit_id=each.audit, file=each.file, row=each.row)
        for each in exclusions
        if not _meant(entries, each, key).any()
    ]


def _meant(entries: pd.DataFrame, exclusion: Exclusion, key: bytes) -> pd.Series[Any]:
    if exclusion.child:
        child, ours = exclusion.child, entries["audit_id"] == exclusion.audit
        meant = read_references([child], known=set(entries.loc[ours, "unit"]))[child].text
        names = {child, *(pseudonym(meant, kind=kind, key=key) for kind in ("child", "request"))}
        return ours & entries["child_ref"].isin(names - {""})
    file = (entries["file"] == exclusion.file) & (entries["row"] == exclusion.row)
    return file & ((entries["sheet"] == exclusion.sheet) | (exclusion.sheet == ""))
