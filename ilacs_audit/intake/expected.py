"""What was expected against what came back: files drawn, and agencies asked."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.intake.problems import Problem


def audits_of(programme: Programme | None) -> dict[str, Audit]:
    """The programme's audits by id."""
    return {audit.id: audit for audit in programme} if programme else {}


def missing_agency(entries: pd.DataFrame, audits: Mapping[str, Audit]) -> list[Problem]:
    """For each request, the agencies the programme names that have no row at all."""
    problems: list[Problem] = []
    for audit in (audit for audit in audits.values() if audit.agencies):
        rows = entries[(entries["audit_id"] == audit.id) & (entries["child_ref"] != "")]
        came = set(zip(rows["child_ref"], rows["agency"], strict=True))
        units = rows.drop_duplicates("child_ref")[["child_ref", "unit_cell", "file", "sheet"]]
        for unit, cell, file, sheet in units.itertuples(index=False):
            for agency in (agency for agency in audit.agencies if (unit, agency) not in came):
                about = ("warning", "missing-return", f"{agency} sent no return on this file.", "Ask for the return.")
                problems.append(Problem(*about, audit.id, file, sheet, None, "agency", cell))
    return problems


def too_few(entries: pd.DataFrame, audits: Mapping[str, Audit]) -> list[Problem]:
    """Fewer files than the protocol drew."""
    counts = entries[entries["role"] == "auditor"].groupby("audit_id")["child_ref"].nunique()
    came = {audit: int(counts.get(audit, 0)) for audit in set(entries["audit_id"]) & set(audits)}
    return [
        Problem(
            "warning",
            "missing-return",
            f"{came[name]} of {audits[name].intended} files came back.",
            "Ask for the missing returns, or correct 'intended' in the programme.",
            audit_id=name,
        )
        for name in sorted(came)
        if came[name] < audits[name].intended
    ]
