"""How many files met each practice standard, of how many it applied to.

The plainest question of an audit, and the one most often answered without its denominator.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from ilacs_audit.claims.verdicts.counted import counted_answers
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.accepts import accepts
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards


def _contents(work: Dossier) -> dict[str, Any]:
    return {"returns": work.answers, "standards": work.standards, "programme": work.programme}


@accepts(Dossier, _contents)
def compliance(
    returns: pd.DataFrame,
    *,
    by: str = "standard",
    standards: Standards | None = None,
    programme: Programme | None = None,
    role: str = "auditor",
) -> pd.DataFrame:
    """Count k of n for each standard, and within each team or agency if asked.

    Parameters
    ----------
    returns
        Answer rows; or an opened audit, which brings its catalogue along.
    by
        "standard" for the whole service, or a column of the answers such as "team" or "agency".
    standards, programme
        The catalogue: which answers meet a standard, its target, and how the files were chosen.
    role
        Whose reading is counted.

    Returns
    -------
    Measures: a row `compliance` and a row `not_applicable` for each standard and level.
    Answers of "not applicable" leave the denominator and are counted in their own row.
    """
    return counted_answers(returns, by=by, standards=standards, programme=programme, role=role)


@accepts(Dossier, lambda work: {**_contents(work), "audit": work.id})
def dip_sample_estimate(
    returns: pd.DataFrame, *, audit: str | None, standards: Standards | None = None, programme: Programme | None = None
) -> pd.DataFrame:
    """Count each standard of one audit by its own protocol; an audit that does not exist gives no rows.

    A dip sample without an earlier round passes `audit=None` for it and gets an empty table.
    """
    ours = returns[returns["audit_id"] == (audit or "")]
    return compliance(ours, standards=standards, programme=programme)
