"""How far a register can be leaned on: its rows, those set aside, and the last day that it tells of."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.columns import NOT_KNOWN
from ilacs_audit.domain.counting import last_day, misdated
from ilacs_audit.domain.measures import measures

_ABSENT, _REFUSED = "missing register", "register refused"  # the rules of a register that is not there, or of no use


def register_facts(work: Dossier, *registers: str) -> pd.DataFrame:
    """Count the rows of these registers that are used, and those set aside by rule.

    Returns Measures: `rows_read` of all rows for each register that is there (group "register", level "NAME to DAY",
    the last day that it tells of), `set_aside` (group "rule", level "RULE in NAME"), and `unread` (level "COLUMN in
    NAME"), the cells in words that are not known; without a number a column that was not supplied. `columns_unread`
    (level NAME) are columns of the file that no report reads. A register that was refused has `rows_read` without a
    number.
    """
    day = parse_day(work.as_of)
    return measures(row for name in registers for row in _facts(work, name, day))


def _facts(work: Dossier, name: str, day: date) -> Iterator[dict[str, Any]]:
    table, problems = work.register(name), work.register_problems(name)
    if problems["rule"].eq(_ABSENT).any():
        return
    if problems["rule"].eq(_REFUSED).any():
        yield {"period": work.period, "method": "count", "measure": "rows_read", "group": "register", "level": name}
        return
    aside = problems[problems["severity"] == "error"].drop_duplicates(["file", "sheet", "row", "rule"])
    gone, last = len(aside.drop_duplicates(["file", "sheet", "row"])), last_day(table, day)
    about, called = {"period": work.period, "method": "count"}, name.replace("_", " ")
    why = misdated(table, name, day)
    total, used = len(table) + gone, int((why == "").sum())
    share = used / total if total else None
    level = f"{called} to {date_words(last)}" if last else called
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
        yield {
            **about,
            "measure": "set_aside",
            "group": "rule",
            "level": f"{rule} in {called}",
            "numerator": int(count),
        }
    unread = problems[problems["rule"].isin(NOT_KNOWN) & (problems["severity"] == "warning")]
    told = {"measure": "unread", "group": "rule"}
    for column, count in unread.groupby("column").size().items():
        yield {**about, **told, "level": f"{column} in {called}", "numerator": int(count)}
    for column in problems.loc[problems["rule"] == "missing-column", "column"]:
        yield {**about, **told, "level": f"{column} in {called}"}
    if passed := int((problems["rule"] == "unknown-column").sum()):
        yield {**about, **told, "measure": "columns_unread", "level": called, "numerator": passed}
