"""How far an audit can be leaned on: what came back, what was set aside, who read it twice.

Boards are told these facts before any result. They are measures like all others and pass
the same gate.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ilacs_audit.domain.measures import measures
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import GRADES, OVERALL

_RANK = {grade: place for place, grade in enumerate(GRADES)}


def trust_facts(
    returns: pd.DataFrame, problems: pd.DataFrame, *, programme: Programme, audits: list[str]
) -> pd.DataFrame:
    """Count what an audit's results rest on.

    Returns Measures, one set for each audit (group "audit", level its id): `returned` of the
    files drawn, `set_aside` by rule, `auditors`, `moderated` of the files read, and how many
    grades moderation `marked_down` and `marked_up`.
    """
    return measures(row for audit in audits for row in _facts(returns, problems, programme[audit]))


def _facts(returns: pd.DataFrame, problems: pd.DataFrame, audit: Audit) -> Iterator[dict[str, Any]]:
    answers = returns[returns["audit_id"] == audit.id]
    first = answers[answers["role"] == "auditor"]
    files = first["child_ref"].nunique()
    aside = problems[(problems["audit_id"] == audit.id) & (problems["severity"] == "error")]
    spoiled = aside.drop_duplicates(["file", "sheet", "row", "rule"])
    about = {"theme": audit.theme, "period": str(audit.period), "selection": audit.selection, "method": "count"}
    base = {**about, "group": "audit", "level": audit.id}
    yield {**base, "measure": "returned", **_of(files, audit.intended), "population": audit.population_size}
    yield {**base, "measure": "auditors", "numerator": first["rater_ref"].nunique()}
    for rule, count in spoiled["rule"].value_counts(sort=False).sort_index().items():
        yield {**base, "measure": "set_aside", "numerator": int(count), "note": str(rule)}
    yield from _moderation(answers, files, base)


def _moderation(answers: pd.DataFrame, files: int, base: dict[str, Any]) -> Iterator[dict[str, Any]]:
    second = answers[answers["role"] == "moderator"]
    moved = _grade_moves(answers)
    moderated = second["child_ref"].nunique()
    yield {**base, "measure": "moderated", **_of(moderated, files)}
    yield {**base, "measure": "marked_down", **_of(int((moved > 0).sum()), moderated)}
    yield {**base, "measure": "marked_up", **_of(int((moved < 0).sum()), moderated)}


def _grade_moves(answers: pd.DataFrame) -> pd.Series[Any]:
    """How many places the moderator moved each file's grade: positive is down, towards inadequate."""
    grades = answers[answers["standard_id"] == OVERALL].drop_duplicates(["child_ref", "role"], keep="last")
    first, second = (
        grades[grades["role"] == role].set_index("child_ref")["answer"] for role in ("auditor", "moderator")
    )
    return (second.map(_RANK).astype(float) - first.map(_RANK).astype(float)).dropna()


def _of(numerator: int, denominator: int) -> dict[str, Any]:
    share = numerator / denominator if denominator else None
    return {"numerator": numerator, "denominator": denominator, "value": share}
