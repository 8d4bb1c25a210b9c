"""The impact status of each standard of an audit: did it help, by which rule, and if not yet, when.

Activity is what was done; impact is what the files show. A status is never typed: it follows
from the rounds, the returns, the moderation and the dates of the protocol.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd

from ilacs_audit.claims.change.impact import Evidence, Impact, impact_status
from ilacs_audit.claims.verdicts.verdicts import WHOLE_LIST
from ilacs_audit.claims.words import CANNOT_TELL, NO_WORTHWHILE_CHANGE
from ilacs_audit.domain import given
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row, earlier_round, measures, rows, select
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import STALE_AFTER_MONTHS, Standards


def _contents(work: Dossier) -> dict[str, Any]:
    return {"audit": work.protocol, "as_of": work.as_of, "standards": work.standards, "rounds": work.rounds}


@accepts(Dossier, _contents)
def impact(
    found: pd.DataFrame,
    changes: pd.DataFrame,
    trust: pd.DataFrame,
    *,
    audit: Audit,
    as_of: date | str,
    standards: Standards | None = None,
    lasting: pd.DataFrame | None = None,
    agreeing: Mapping[str, str] = MappingProxyType({}),
    rounds: Sequence[Audit] = (),
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
    standards
        How many months the evidence of the theme holds.
    lasting
        The `change` since an earlier round, of what was better after it and is better still.
    agreeing
        Who else says of which standards that the target is met.
    rounds
        The audit and the rounds before it: what was done in them can explain a change that was seen later.

    Returns
    -------
    Measures `impact`: the status in `verdict`, its words in `note`, `rule` and `reason`, and the
    counts of the audit's round.
    Example: `ia.impact(found, changes, trust, audit=work.protocol, as_of=work.as_of)`.
    """
    found, changes, trust = map(doors.findings, (found, changes, trust))
    audit, day = given.needed(audit, Audit, "audit"), parse_day(as_of)
    moved, kept = (
        {row.standard_id: row for row in rows(select(each, measure="change"))}
        for each in (changes, measures([]) if lasting is None else doors.findings(lasting))
    )
    limit = standards.theme(audit.theme).stale_after if standards is not None else STALE_AFTER_MONTHS
    shares = {row.measure: row.value for row in rows(trust)}

    def status(row: Row) -> dict[str, Any]:
        change, last = moved.get(row.standard_id), kept.get(row.standard_id)
        still = last if change is not None and change.verdict in (CANNOT_TELL, NO_WORTHWHILE_CHANGE) else None
        evidence = Evidence(
            change=still or change,
            baseline=row._replace(population=row.population or _listed(row, audit)),
            evidence_on=audit.until,
            reaudit_on=audit.next_on,
            reaudit_size=audit.next_size,
            target=row.verdict,
            returns=shares.get("returned"),
            moderated=shares.get("moderated"),
            still_there=last is not None,
            second_source=agreeing.get(row.standard_id, ""),
            begun=_begun(still or change, rounds),
        )
        return _told(row, impact_status(evidence, as_of=day, stale_after=limit))

    return measures(status(row) for row in rows(select(found, measure="compliance", group="all")))


def _begun(change: Row | None, rounds: Sequence[Audit]) -> bool:
    """Whether anything meant for a standard began before the round that first followed its earlier count was read."""
    earlier = earlier_round(change.note) if change else None
    was = next((each for each in rounds if earlier and each.period.words == earlier[2]), None)
    later = [each.until for each in rounds if was and each.on > was.on]
    if change is None or not later:
        return True
    done = [each for audit in rounds for each in audit.interventions]
    return any(each.on < min(later) and change.standard_id in (each.standards or [change.standard_id]) for each in done)


def _listed(row: Row, audit: Audit) -> int | None:
    return audit.population_size if audit.by_chance or row.method == WHOLE_LIST else None


def _told(row: Row, status: Impact) -> dict[str, Any]:
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
