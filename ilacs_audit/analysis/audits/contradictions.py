"""Whether overall grades follow from the answers or contradict them, and which questions decide the grade.

A grade is one person's judgement of a file. Where it denies what the same person wrote of the standards, the board
cannot rely on the share of good files; and a question whose answer parts good files from others is the grade's reason.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.analysis.deciding import deciding
from ilacs_audit.analysis.month import of_month
from ilacs_audit.analysis.shares import Record, counted, share
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP, read_by, with_met
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import gather
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import OVERALL, Standards

HALF = 0.5


def _contents(work: Dossier) -> dict[str, Any]:
    month = {name: each for name, each in of_month(work).items() if name not in ("problems", "period")}
    return {**month, "exact": work.audience == "internal"}


@accepts(Dossier, _contents)
def grade_against_answers(
    returns: pd.DataFrame, *, programme: Programme, audits: Sequence[str], standards: Standards, exact: bool = True
) -> pd.DataFrame:
    """Count the files whose overall grade contradicts their answers, and the answers that part good files from others.

    Returns Measures of each audit with grades (group "audit"): `grade_contradicted` of the files graded, and of what
    kind: `good_though_failed` (by critical standard), `good_though_most_failed` (half or more not met) of the files
    graded good or better, `low_though_all_met` of the others. `met_where_good` and `met_where_lower` are the standards
    that decide the grade (`analysis.deciding`), three at most, the furthest apart first. Unless `exact`, an audit of
    fewer than five graded files is left out: its counts would be those of single files.
    Example: `ia.grade_against_answers(month)`.
    """
    returns = doors.answers(returns, standards=standards, programme=programme)
    found = []
    for audit in doors.audits_of(audits, programme):
        files = _files(read_by(returns[returns["audit_id"] == audit.id]), audit, standards)
        rows = [*_of_audit(*files)] if len(files[0]) >= (1 if exact else FEWEST_IN_A_GROUP) else []
        ours = ({**row, "group": "audit", "level": audit.id} for row in rows)
        found.append(counted(ours, theme=audit.theme, period=str(audit.period)))
    return gather(*found)


def _files(
    answers: pd.DataFrame, audit: Audit, standards: Standards
) -> tuple["pd.Series[Any]", pd.DataFrame, list[str]]:
    """Of each graded file whether it is good or better, whether each standard was met, and which are critical."""
    theme = standards.theme(audit.theme)
    grades = answers[answers["standard_id"] == OVERALL].set_index("child_ref")["answer"]
    good = grades.isin(theme.grade.meets)
    told = with_met(answers[answers["standard_id"] != OVERALL], standards=standards)
    met = told[told["applies"]].pivot_table(index="child_ref", columns="standard_id", values="met", aggfunc="last")
    return good, met.reindex(good.index).astype("boolean"), [each.id for each in theme.standards if each.critical]


def _of_audit(good: "pd.Series[Any]", met: pd.DataFrame, critical: Sequence[str]) -> Iterator[Record]:
    failed = met[[each for each in critical if each in met]].eq(False).fillna(False).astype(bool)
    asked, reached = met.notna().sum(axis=1), met.fillna(False).sum(axis=1)
    most, every = (asked > 0) & (reached <= HALF * asked), (asked > 0) & (reached == asked)
    yield from share("grade_contradicted", (good & (failed.any(axis=1) | most)) | (~good & every))
    for code in map(str, failed):
        yield from ({"standard_id": code, **row} for row in share("good_though_failed", failed[code][good]))
    yield from share("good_though_most_failed", most[good])
    yield from share("low_though_all_met", every[~good])
    yield from _deciding(met[good], met[~good])


def _deciding(good: pd.DataFrame, others: pd.DataFrame) -> Iterator[Record]:
    """The standards that files graded good or better meet more often than others, by more than luck."""
    for code in deciding(good, others):
        sides = (("met_where_good", good), ("met_where_lower", others))
        yield from ({"standard_id": code, **row} for name, side in sides for row in share(name, side[code].dropna()))
