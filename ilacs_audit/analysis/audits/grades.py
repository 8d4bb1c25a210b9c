"""The overall grades auditors gave, and what moderators made of the files they read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.analysis.second import ONE_FILE, latest
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.counting import grade_levels, missing_answers, read_by
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import measures
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import OVERALL, Standards


def _contents(work: Dossier) -> dict[str, Any]:
    catalogue = {"programme": work.programme, "standards": work.standards}
    return {"returns": work.answers, "problems": work.problems, **catalogue}


@accepts(Dossier, _contents)
def grade_distribution(
    returns: pd.DataFrame,
    *,
    programme: Programme | None = None,
    problems: pd.DataFrame | None = None,
    standards: Standards | None = None,
) -> pd.DataFrame:
    """Count files at each overall grade, always on the full scale, empty grades included.

    Returns Measures: `grade` for auditors and `moderated_grade` for moderators, with group
    "grade" and the grade as level; `missing` counts the files of auditors that have no grade which could be read.
    No rows for a role that gave no grade.
    Example: `ia.grade_distribution(work)`.
    """
    returns = doors.answers(returns, standards=standards, programme=programme)
    told = None if problems is None else doors.problems(problems)
    gone = missing_answers(read_by(returns), programme=programme, problems=told)
    names, levels = {"auditor": "grade", "moderator": "moderated_grade"}, grade_levels(returns, standards)
    return measures(row for role, name in names.items() for row in _grades(returns, levels, role, name, gone))


@accepts(Dossier, lambda work: {"returns": work.answers, "standards": work.standards})
def moderation_flow(returns: pd.DataFrame, *, standards: Standards | None = None) -> pd.DataFrame:
    """Count files by the auditor's grade and the moderator's, for the files that have both.

    Returns Measures `moderation_flow` with group "grade x grade" and level "auditor's x moderator's",
    every pair of the full scale included.
    Example: `ia.moderation_flow(work)`.
    """
    returns = doors.answers(returns, standards=standards)
    first, second = (_by_file(returns, role) for role in ("auditor", "moderator"))
    both = first.rename("auditor").to_frame().join(second.rename("moderator"), how="inner")
    periods = returns["period"].unique()
    period, levels = str(periods[0]) if len(periods) == 1 else "", grade_levels(returns, standards)
    return measures(_pair(both, given, moved, period) for given in levels for moved in levels if len(both))


def _grades(
    returns: pd.DataFrame, levels: Sequence[str], role: str, measure: str, gone: Mapping[tuple[str, ...], int]
) -> Iterator[dict[str, Any]]:
    answers = read_by(returns, role=role)
    grades = answers[answers["standard_id"] == OVERALL]
    for period, given in grades.groupby("period")["answer"]:
        counts = Counter(given.tolist())
        for grade in levels:
            count = counts[grade]
            yield {
                "measure": measure,
                "group": "grade",
                "level": grade,
                "period": period,
                "numerator": count,
                "denominator": len(given),
                "value": count / len(given),
                "method": "count",
                "missing": gone[OVERALL, str(period)] if role == "auditor" else None,
            }


def _by_file(returns: pd.DataFrame, role: str) -> pd.Series[Any]:
    answers = read_by(returns, role=role)
    return latest(answers[answers["standard_id"] == OVERALL], ONE_FILE).set_index(ONE_FILE)["answer"]


def _pair(both: pd.DataFrame, given: str, moved: str, period: str) -> dict[str, Any]:
    count = int(((both["auditor"] == given) & (both["moderator"] == moved)).sum())
    return {
        "measure": "moderation_flow",
        "group": "grade x grade",
        "level": f"{given} x {moved}",
        "period": period,
        "numerator": count,
        "denominator": len(both),
        "method": "count",
    }
