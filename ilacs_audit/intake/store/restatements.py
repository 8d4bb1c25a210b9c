"""Say when a figure that was already published would now come out otherwise, and from what to what.

A late return for an earlier month changes that month. Nobody should find out by comparing two
papers, so the change is written down the first time it is seen.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ilacs_audit.domain.counting import read_by, with_met
from ilacs_audit.domain.standards import Standards

_COUNTED = ("audit_id", "child_ref", "standard_id", "agency", "role", "audited_on", "answer")
Counts = dict[str, list[int]]


def counts(answers: pd.DataFrame, *, standards: Standards) -> Counts:
    """How many of one audit's files met each standard, of how many: {standard: [met, of]}."""
    if answers.empty:
        return {}
    judged = with_met(read_by(answers[list(_COUNTED)]), standards=standards)
    told = judged[judged["applies"]].groupby("standard_id")["met"].agg(["sum", "size"])
    return {str(standard_id): [int(met), int(of)] for standard_id, met, of in told.itertuples()}


def restatements(before: dict[str, Any], after: dict[str, Any], *, period: str) -> list[dict[str, Any]]:
    """What changed in audits of periods before this one, between two manifests.

    Each entry names the audit and standard, `before` and `after` as [met, of] and why: returns
    that are new, changed or gone, or the catalogue they are read by. `before` is [0, 0] where a
    whole audit came late.
    """
    found = []
    for audit_id in sorted(before.keys() | after.keys()):
        old, new = before.get(audit_id, {}), after.get(audit_id, {})
        if (new or old)["period"] < period:
            found += _changes(audit_id, old, new, period)
    return found


def _changes(audit_id: str, old: dict[str, Any], new: dict[str, Any], period: str) -> list[dict[str, Any]]:
    was, now = old.get("counts", {}), new.get("counts", {})
    about = {"audit_id": audit_id, "period": (new or old)["period"], "noticed_in": period, **_why(old, new)}
    return [
        {**about, "standard_id": each, "before": was.get(each, [0, 0]), "after": now.get(each, [0, 0])}
        for each in sorted(was.keys() | now.keys())
        if was.get(each) != now.get(each)
    ]


def _why(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    was, now = old.get("files", {}), new.get("files", {})
    changed = sorted(name for name in was.keys() | now.keys() if was.get(name) != now.get(name))
    return {"because": "returns" if changed else "catalogue", "files": changed}
