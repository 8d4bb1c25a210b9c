"""The tables that pass between rooms, and the check at each door.

Pandera does the checking. Its messages are for developers and can copy a child's reference
into an error, so they stop here: a table that fails is refused with the column and the rule.
"""

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from ilacs_audit.domain.columns import ANSWER_COLUMNS as ANSWER_COLUMNS
from ilacs_audit.domain.columns import DRAFTED as DRAFTED
from ilacs_audit.domain.columns import PROBLEM_COLUMNS as PROBLEM_COLUMNS
from ilacs_audit.domain.columns import ROLES as ROLES
from ilacs_audit.domain.columns import SEVERITIES as SEVERITIES
from ilacs_audit.domain.columns import SIDE_TABLES as SIDE_TABLES


def _text(*, required: bool = False, one_of: tuple[str, ...] | None = None) -> pa.Column:
    checks = [pa.Check(lambda column: column.astype(str).str.len() > 0, error="must not be empty")] if required else []
    if one_of:
        checks.append(pa.Check.isin(one_of, error=f"must be one of {', '.join(one_of)}"))
    return pa.Column(checks=checks, nullable=False)


ANSWER = pa.DataFrameSchema(
    {
        **{name: _text() for name in ANSWER_COLUMNS if name not in ("audited_on", "standard_version")},
        "audit_id": _text(required=True),
        "child_ref": _text(required=True),
        "standard_id": _text(required=True),
        "answer": _text(required=True),
        "role": _text(one_of=ROLES),
        "drafted_by": _text(one_of=("", *DRAFTED)),
        "audited_on": pa.Column("datetime64[ns]", coerce=True, nullable=True),
        "standard_version": pa.Column(int, coerce=True),
    },
    ordered=False,
)
PROBLEM = pa.DataFrameSchema(
    {
        **{name: _text() for name in PROBLEM_COLUMNS if name != "row"},
        "severity": _text(one_of=SEVERITIES),
        "rule": _text(required=True),
        "row": pa.Column("Int64", coerce=True, nullable=True),
    }
)


class TableError(ValueError):
    """A table reached a door in the wrong shape: a fault of ours, not of the return."""


def check_table(table: pd.DataFrame, schema: pa.DataFrameSchema, *, name: str) -> pd.DataFrame:
    """Pass a table through a door, or say which column breaks which rule.

    The values are never quoted: they may be a child's. Raises TableError.
    """
    try:
        return schema.validate(table, lazy=True)
    except SchemaErrors as problem:
        cases = problem.failure_cases[["column", "check"]].drop_duplicates()
        told = "; ".join(f"{case.column or case.check}: {case.check}" for case in cases.itertuples())
        raise TableError(f"The {name} table is not in shape: {told}") from None
