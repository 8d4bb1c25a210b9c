"""How many files met each practice standard, of how many it applied to.

The plainest question of an audit, and the one most often answered without its denominator.
"""

from typing import Any

import pandas as pd

from ilacs_audit.claims.verdicts.counted import counted_answers
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards


def _contents(work: Dossier) -> dict[str, Any]:
    about = {"standards": work.standards, "programme": work.programme}
    return {"returns": work.answers, "problems": work.problems, **about}


@accepts(Dossier, _contents)
def compliance(
    returns: pd.DataFrame,
    *,
    by: str = "standard",
    standards: Standards | None = None,
    programme: Programme | None = None,
    role: str = "auditor",
    problems: pd.DataFrame | None = None,
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
    problems
        What was set aside in the returns: rows that could not be read are missing answers.

    Returns
    -------
    Measures: a row `compliance` and a row `not_applicable` for each standard and level.
    Answers of "not applicable" leave the denominator and are counted in their own row. `lower` and `upper` hold
    whatever the `missing` answers are; `lower_read` and `upper_read` are the range of the files read alone.
    """
    returns = doors.answers(returns, standards=standards, programme=programme, by=by, role=role)
    told = None if problems is None else doors.problems(problems)
    return counted_answers(returns, by=by, standards=standards, programme=programme, role=role, problems=told)


@accepts(Dossier, lambda work: {**_contents(work), "audit": work.id or None})
def dip_sample_estimate(
    returns: pd.DataFrame,
    *,
    audit: str | None,
    standards: Standards | None = None,
    programme: Programme | None = None,
    problems: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count each standard of one audit by its own protocol; an audit without answers gives no rows.

    A dip sample without an earlier round passes `audit=None` for it and gets an empty table.
    Example: `ia.dip_sample_estimate(work)`.
    """
    ours = doors.answers_of(audit, returns, standards=standards, programme=programme)
    told = None if problems is None else doors.problems(problems)
    return counted_answers(ours, standards=standards, programme=programme, problems=told)
