"""Counts of answers as measures, each with the interval that its protocol allows it.

Compliance now, a dip sample beside its last round and a re-audit all count the same way; they
share this table so that 24 of 30 carries the same range wherever it is shown.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ilacs_audit.claims.verdicts.by_design import Design, designs, doubted
from ilacs_audit.claims.verdicts.estimates import estimate
from ilacs_audit.claims.verdicts.in_order import InOrder, by_standard
from ilacs_audit.domain.counting import missing_answers, protocol, read_by, small_groups_together, tally
from ilacs_audit.domain.measures import in_order, measures
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import OVERALL, Standard, Standards


def counted_answers(
    returns: pd.DataFrame,
    *,
    by: str = "standard",
    standards: Standards | None = None,
    programme: Programme | None = None,
    role: str = "auditor",
    problems: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count each standard, in each level of `by`, and give each count its interval, which what is missing widens.

    Returns Measures: a row `compliance` and a row `not_applicable` for each standard and level.
    """
    answers = read_by(returns, role=role)
    if by != "standard":
        grouped = answers if answers[by].ne("").any() else answers.iloc[:0]  # where nobody wrote a group, there is none
        answers = small_groups_together(grouped, by=by)
    gone = missing_answers(answers, by=by, programme=programme, problems=problems, role=role, standards=standards)
    answers = answers[answers["standard_id"] != OVERALL]
    columns = ["standard_id", "period"] if by == "standard" else ["standard_id", "period", by]
    audit = protocol(answers, programme=programme)
    counts = tally(answers, by=columns, standards=standards).to_dict("records")
    told = {tuple(each[name] for name in columns) for each in counts}
    blank = (key for key in gone if key[0] != OVERALL and key not in told)
    counts += [{**dict(zip(columns, key, strict=True)), "met": 0, "applies": 0, "read": 0} for key in blank]
    early = audit is not None and audit.stopping == "sequence" and by == "standard"
    order = by_standard(answers, standards) if early else {}
    drawn = designs(answers, audit, standards) if audit and (by == "standard" or doubted(answers)) else {}
    known = {} if standards is None else {each.id: each for each in standards}
    files = None if role == "partner" else answers["child_ref"].nunique()  # of one file several agencies tell
    return measures(
        row
        for each in sorted(counts, key=lambda row: [in_order(row[name]) for name in columns])
        for standard in [known.get(each["standard_id"])]
        for missing, code in [(gone[tuple(each[name] for name in columns)], each["standard_id"])]
        for row in (
            _met(each, by, audit, standard, missing, order.get(code), drawn.get(code), files),
            _not_applicable(each, by=by, standard=standard),
        )
    )


def _met(
    count: Mapping[Any, Any],
    by: str,
    audit: Audit | None,
    standard: Standard | None,
    missing: int,
    order: InOrder | None,
    design: Design | None,
    files: int | None,
) -> dict[str, Any]:
    out = int(count["read"] - count["applies"])
    found = estimate(
        int(count["met"]),
        int(count["applies"]),
        audit=audit,
        standard=standard,
        not_applicable=out,
        missing=missing,
        whole_list=by == "standard",
        order=order,
        design=design,
        files=files,
    )
    return {
        **_about(count, by=by, standard=standard, measure="compliance"),
        "numerator": int(count["met"]),
        "denominator": int(count["applies"]),
        "selection": audit.selection if audit else "mixed",
        "direction": "higher",
        "target": float(standard.target) if standard and standard.target else None,
        **found._asdict(),
    }


def _not_applicable(count: Mapping[Any, Any], *, by: str, standard: Standard | None) -> dict[str, Any]:
    return {
        **_about(count, by=by, standard=standard, measure="not_applicable"),
        "numerator": int(count["read"] - count["applies"]),
        "denominator": int(count["read"]),
        "method": "count",
    }


def _about(count: Mapping[Any, Any], *, by: str, standard: Standard | None, measure: str) -> dict[str, Any]:
    return {
        "measure": measure,
        "theme": standard.theme if standard else "",
        "standard_id": count["standard_id"],
        "group": "all" if by == "standard" else by,
        "level": "all" if by == "standard" else count[by],
        "period": count["period"],
    }
