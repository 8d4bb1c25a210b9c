"""The impact status of each standard of an audit: did it help, by which rule, and if not yet, when.

Activity is what was done; impact is what the files show. A status is never typed: it follows
from the rounds, the returns, the moderation and the dates of the protocol.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.claims.change.impact import Evidence, impact_status
from ilacs_audit.claims.verdicts.verdicts import WHOLE_LIST
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.accepts import accepts
from ilacs_audit.domain.measures import Row, measures, rows, select
from ilacs_audit.domain.programme import Audit


@accepts(Dossier, lambda work: {"audit": work.protocol, "as_of": work.as_of})
def impact(
    found: pd.DataFrame, changes: pd.DataFrame, trust: pd.DataFrame, *, audit: Audit, as_of: date | str
) -> pd.DataFrame:
    """Derive the impact status of each standard that an audit read.

    Parameters
    ----------
    found
        The audit's `compliance` measures with their verdicts.
    changes
        Its `change` measures; empty where there was no earlier round.
    trust
        Its trust facts: the shares returned and moderated.
    audit, as_of
        The protocol, and the day the report speaks for; an opened audit, put first, knows both.

    Returns
    -------
    Measures `impact`: the status in `verdict`, its words in `note`, `rule` and `reason`, and the
    counts of the audit's round.
    """
    moved = {row.standard_id: row for row in rows(select(changes, measure="change"))}
    shares = {row.measure: row.value for row in rows(trust)}
    read = rows(select(found, measure="compliance", group="all"))
    day = date.fromisoformat(str(as_of))
    return measures(_status(row, moved.get(row.standard_id), shares, audit, day) for row in read)


def _status(
    row: Row, change: Row | None, shares: Mapping[str, float | None], audit: Audit, as_of: date
) -> dict[str, Any]:
    listed = audit.population_size if audit.by_chance or row.method == WHOLE_LIST else None
    evidence = Evidence(
        change=change,
        baseline=row._replace(population=row.population or listed),
        evidence_on=audit.until,
        reaudit_on=audit.next_on,
        reaudit_size=audit.next_size,
        target=row.verdict,
        returns=shares.get("returned"),
        moderated=shares.get("moderated"),
    )
    status = impact_status(evidence, as_of=as_of)
    kept = ("theme", "standard_id", "group", "level", "period", "numerator", "denominator", "selection", "direction")
    return {
        **{name: getattr(row, name) for name in kept},
        "measure": "impact",
        "method": "rule",
        "verdict": status.status,
        "note": status.words,
        "rule": status.rule,
        "reason": status.reason,
    }
