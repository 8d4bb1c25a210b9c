"""What is good, where, and who can share it: held to the evidence by which weaknesses are told.

A standard is a strength where its verdict is "met", so its range lies clear of the target; a high share alone is none.
A team is named where the exact tail of its own files stands above the average of all, adjusted for every team and
every standard that was looked at. Nobody is ranked.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.analysis.shares import Record, counted
from ilacs_audit.claims.words import MET
from ilacs_audit.domain.catalogue.learning import Sharing
from ilacs_audit.domain.counting import read_by, tally
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.measures import in_order, rows, select
from ilacs_audit.domain.standards import Standards
from ilacs_audit.stats.funnel import funnel_flags

LUCK = 0.05


def strengths(
    judged: Mapping[str, pd.DataFrame],
    returns: pd.DataFrame,
    *,
    standards: Standards,
    sharing: Sequence[Sharing] = (),
    period: str = "",
) -> pd.DataFrame:
    """Tell the standards that are met, of all with a verdict, and of each where it stands out and who can share it.

    `judged` has the compliance of each audit with its verdicts, by id, and `returns` the answers of all of them.
    Returns Measures: `strength_all` of the standards with a verdict; `strength_met` (group "audit", level its id), k of
    n with range and target as they were judged, in `reason` the teams that stand above the average, and in `note` who
    can share it, both empty where nobody is named.

    """
    returns = doors.answers(returns, standards=standards, also=("team",))
    told = [(audit, row) for audit, each in judged.items() for row in rows(select(each, measure="compliance"))]
    told = [(audit, row) for audit, row in told if row.verdict and row.group in ("", "all")]
    good = sorted(
        ((audit, row) for audit, row in told if row.verdict == MET), key=lambda pair: in_order(pair[1].standard_id)
    )
    who = {each.standard: each.by for each in sharing}
    found: list[Record] = []
    if told:
        k, n = len(good), len(told)
        found.append(
            {
                "measure": "strength_all",
                "group": "all",
                "level": "all",
                "numerator": k,
                "denominator": n,
                "value": k / n,
            }
        )
    for audit, row in good:
        ours = returns[(returns["audit_id"] == audit) & (returns["standard_id"] == row.standard_id)]
        teams = ", ".join(_above(ours, standards, LUCK / len(good)))
        about: dict[str, Any] = {name: each for name, each in row._asdict().items() if each is not None and each != ""}
        about |= {"measure": "strength_met", "group": "audit", "level": audit}
        found.append({**about, "reason": teams, "note": who.get(row.standard_id, "")})
    return counted(found, theme="", period=period)


def _above(answers: pd.DataFrame, standards: Standards, level: float) -> Iterator[str]:
    """The teams of which more files met a standard than luck explains, in alphabetical order."""
    counts = tally(read_by(answers), by=["team"], standards=standards)
    counts = counts[(counts["applies"] > 0) & (counts["team"] != "")].sort_values("team")
    if len(counts) > 1:
        flags = funnel_flags(counts["met"].astype(int).tolist(), counts["applies"].astype(int).tolist(), level=level)
        for team, flag in zip(counts["team"], flags, strict=True):
            if flag.verdict == "different" and flag.successes > flag.centre * flag.trials:
                yield str(team)
