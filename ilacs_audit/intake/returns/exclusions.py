"""Rows that a person has taken out, with a reason and a name. The raw file is not touched."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import model_validator
from pydantic.dataclasses import dataclass

from ilacs_audit.domain.catalogue.faults import read_each
from ilacs_audit.domain.catalogue.fields import Entry, Text, Whole, fault
from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.intake.checks.audit_logic import Findings
from ilacs_audit.intake.identity.freetext import IdentifierFinder
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.identity.references import read_references
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.yaml_files import read_yaml

EXCLUSIONS = "exclusions.yml"


@dataclass(frozen=True)
class Exclusion(Entry):
    """One row, or one child in one audit, that is not to be counted."""

    reason: Text
    by: Text
    file: Text = ""
    sheet: Text = ""
    row: Whole | None = None
    audit: Text = ""
    child: Text = ""

    @model_validator(mode="after")
    def _named(self) -> Exclusion:
        if not ((self.file and self.row is not None) or (self.audit and self.child)):
            raise fault("The exclusion does not say what.", "Give file and row, or audit and child.")
        return self


def load_exclusions(path: Path) -> list[Exclusion]:
    """Read exclusions.yml; an absent file excludes nothing. Raises CatalogueError."""
    entries = read_yaml(path) if path.exists() else None
    if not isinstance(entries, list | None):
        raise CatalogueError("The file is not a list.", where=path.name, fix="Start each exclusion with a dash.")
    return list(read_each(Exclusion, entries, file=path.name).values())


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
    """A problem for each exclusion that meets no row: a slip that would leave a row counted."""
    return [_nothing(each) for each in exclusions if not _meant(entries, each, key).any()]


def never_matched(exclusions: list[Exclusion], *, files: Collection[str], audits: Collection[str]) -> list[Problem]:
    """A problem for each exclusion of a file or an audit that is not there, so that no audit would report it."""
    return [_nothing(each) for each in exclusions if each.file not in files and each.audit not in audits]


def _nothing(exclusion: Exclusion) -> Problem:
    return problem("excluded: nothing", audit_id=exclusion.audit, file=exclusion.file, row=exclusion.row)


def _meant(entries: pd.DataFrame, exclusion: Exclusion, key: bytes) -> pd.Series[Any]:
    if exclusion.child:
        child, ours = exclusion.child, entries["audit_id"] == exclusion.audit
        meant = read_references([child], known=set(entries.loc[ours, "unit"]))[child].text
        names = {child, *(pseudonym(meant, kind=kind, key=key) for kind in ("child", "request"))}
        return ours & entries["child_ref"].isin(names - {""})
    file = (entries["file"] == exclusion.file) & (entries["row"] == exclusion.row)
    return file & ((entries["sheet"] == exclusion.sheet) | (exclusion.sheet == ""))
