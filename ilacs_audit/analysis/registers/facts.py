"""How far a register can be leaned on: its rows, those set aside, and the last day that it tells of."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.counting import last_day, misdated
from ilacs_audit.domain.measures import measures

_ABSENT = "missing register"  # the rule of a register that is not there


def register_facts(work: Dossier, *registers: str) -> pd.DataFrame:
    """Count the rows of these registers that are used, and those set aside by rule.

    Returns Measures: `rows_read` of all rows for each register that is there (group "register", level "NAME to DAY",
    the last day that it tells of), and `set_aside` (group "rule", level "RULE in NAME").
    """
    day = parse_day(work.as_of)
    return measures(row for name in registers for row in _facts(work, name, day))


def _facts(work: Dossier, name: str, day: date) -> Iterator[dict[str, Any]]:
    table, problems = work.register(name), work.register_problems(name)
    if problems["rule"].eq(_ABSENT).any():
        return
    aside = problems[problems["severity"] == "error"].drop_duplicates(["file", "sheet", "row", "rule"])
    gone, last = len(aside.drop_duplicates(["file", "sheet", "row"])), last_day(table, day)
    about = {"period": work.period, "method": "count"}
    why = misdated(table, name, day)
    total, used = len(table) + gone, int((why == "").sum())
    share = used / total if total else None
    level = f"{name} to {date_words(last)}" if last else name
    yield {
        **about,
        "measure": "rows_read",
        "group": "register",
        "level": level,
        "numerator": used,
        "denominator": total,
    } | {"value": share}
    lost = pd.concat([aside["rule"].astype(object), why[why != ""]])
    for rule, count in lost.groupby(lost).size().items():
        yield {**about, "measure": "set_aside", "group": "rule", "level": f"{rule} in {name}", "numerator": int(count)}
