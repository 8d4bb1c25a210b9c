"""What was set aside or doubted, with the place, the rule and what to do about it.

The table is personal data: it holds the offending value so that an auditor can find the cell.
Messages hold no value, because they travel further than the table does.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from ilacs_audit.domain.catalogue.listing import listing
from ilacs_audit.domain.schemas import PROBLEM, PROBLEM_COLUMNS, check_table
from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.rules import RULES


class Problem(NamedTuple):
    """One fault. `error`: the row, answer or file was set aside; `warning`: it was kept."""

    severity: str
    rule: str
    message: str
    fix: str
    audit_id: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    team: str = ""


class Loaded(NamedTuple):
    """What every door of intake gives: rows that were read, and what was set aside or doubted, with reasons."""

    table: pd.DataFrame
    problems: pd.DataFrame

    def __repr__(self) -> str:
        rules = ", ".join(f"{count} {rule}" for rule, count in self.problems["rule"].value_counts().items())
        return f"{len(self.table):,} rows in .table; .problems: {rules or 'none'}. Each problem says what to do (fix)."

    def _repr_html_(self) -> str:
        told = self.problems.groupby(["severity", "message", "fix"], sort=True).size()
        lines = [(row.size_, row.message, row.fix) for row in told.reset_index(name="size_").itertuples()]
        sentence = f"{len(self.table):,} rows in .table. In .problems, what was set aside first:"
        return listing(sentence, ("How many", "What", "What to do"), lines)


def problem(
    case: str,
    *,
    severity: str = "",
    audit_id: str = "",
    file: str = "",
    sheet: str = "",
    row: int | None = None,
    column: str = "",
    value: str = "",
    **words: Any,
) -> Problem:
    """A fault by its case in `RULES`; `words` fill the rule's sentence and its fix, as `audit_id` and `column` may.

    `severity` is given only where a cell's fault costs its row. Raises KeyError where there is no such case, or
    where a word of its sentences is not given.
    """
    rule, told = RULES[case], {"audit_id": audit_id, "column": column, **words}
    sentences = rule.message.format_map(told), rule.fix.format_map(told)
    return Problem(severity or rule.severity, rule.id, *sentences, audit_id, file, sheet, row, column, value)


def problems_table(problems: Iterable[Problem]) -> pd.DataFrame:
    """The problems as a table with `PROBLEM_COLUMNS`, checked at the door."""
    found = pd.DataFrame(list(problems), columns=list(Problem._fields))
    found["row"] = found["row"].astype("Int64")
    words = [name for name in PROBLEM_COLUMNS if name != "row"]
    found[words] = found[words].astype(str)
    return check_table(found[list(PROBLEM_COLUMNS)], PROBLEM, name="problems")


def together(*tables: pd.DataFrame) -> pd.DataFrame:
    """Several tables of problems as one; empty ones are left out, because their columns have no type."""
    filled = [each for each in tables if len(each)]
    return pd.concat(filled, ignore_index=True) if filled else problems_table([])


def shown(value: Any, *, longest: int = 200) -> str:
    """A cell's content for the private value column, cut where it is a whole case note."""
    text = written(value)
    return text if len(text) <= longest else f"{text[:longest]}…"
