"""Critical standards: one failure is acted on, whatever the interval says, and none found is not none.

A standard is critical when a single failure may leave a child unsafe. Its failures are counted apart,
they override the headline of their area, and where none was found the files still allow some among the
children nobody read (methods, 11.8).
"""

from typing import Any

import pandas as pd

from ilacs_audit.claims.verdicts.by_design import CLUSTERED
from ilacs_audit.claims.verdicts.verdicts import OVERRIDES, critical_ids
from ilacs_audit.domain.measures import Row, measures, rows, select
from ilacs_audit.domain.programme import DRAWN_BY_CHANCE
from ilacs_audit.domain.standards import Standards
from ilacs_audit.stats.intervals import upper_limit

NONE_FOUND = "No critical failure was found among the files read."
ONE_SIDED = 0.95


def critical_failures(table: pd.DataFrame, *, standards: Standards) -> pd.DataFrame:
    """Count the failures of each critical standard, with the most that finding none still allows.

    Gives Measures with `measure="critical_failure"` (rule X1 with a failure, X0 without): the numerator is
    the files that failed. With none found in a fair draw, `upper` is the one-sided 95% limit.
    """
    read = rows(select(table, measure="compliance"))
    critical = critical_ids(standards)
    return measures(_failed(row) for row in read if row.standard_id in critical and row.denominator)


def _failed(row: Row) -> dict[str, Any]:
    failures = (row.denominator or 0) - (row.numerator or 0)
    shared = ("theme", "standard_id", "group", "level", "period", "selection", "denominator", "missing")
    return {
        **{name: getattr(row, name) for name in shared},
        "measure": "critical_failure",
        "numerator": failures,
        "direction": "lower",
        "method": "count",
        "rule": "X1" if failures else "X0",
        "reason": OVERRIDES if failures else NONE_FOUND,
        **(_none_found(row) if failures == 0 else {}),
    }


def _none_found(row: Row) -> dict[str, Any]:
    """The most failures among the children of the list, or as a share, that no failure in the sample allows.

    The missing answers may all be failures.
    """
    if row.selection not in DRAWN_BY_CHANCE or row.lower is None or row.method in ("sequence", CLUSTERED):
        return {}
    size = row.population if row.method == "hypergeometric" else None
    assert row.denominator is not None
    missing = row.missing or 0
    most = upper_limit(missing, row.denominator + missing, population=size, confidence=ONE_SIDED)
    assert most is not None
    share = most / size if size else most
    method = "hypergeometric" if size else "wilson"
    return {"population": size, "lower": 0.0, "upper": share, "confidence": ONE_SIDED, "method": method}
