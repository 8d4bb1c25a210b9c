"""Who was asked and did not answer, and what the answers that never came could change.

A share of those who answered says nothing of those who did not. So how many came stands first, and a verdict stands
only where it would stand whatever the missing returns hold.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.analysis.month import with_partners
from ilacs_audit.claims.verdicts.missing_returns import agency_counts, partner_agencies
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.counting import files_read
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import gather, measures
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import Standards

READERS = ("auditor", "partner", "moderator")


@accepts(Dossier, lambda work: {name: each for name, each in with_partners(work).items() if name != "period"})
def missing_return_bounds(
    returns: pd.DataFrame,
    *,
    programme: Programme,
    audits: Sequence[str],
    standards: Standards | None = None,
    problems: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count what came of what agencies were asked, and between which ends each standard lies.

    Returns Measures of the audits that agencies answer apart. `returns_came` of those asked of partners, of all and by
    audit; and by agency, the council's own too (level "AGENCY in AUDIT"). `agencies_met` (group "audit") are the
    returns of partner agencies together; `lower` and `upper` are the shares if all that is `missing` failed, and if
    all met. `agency_met` is one agency, with the range for the list that holds both. `would_turn` is how few of the
    missing would turn what came.
    Raises CatalogueError on an audit that the programme does not have.
    Example: `ia.missing_return_bounds(month)`.
    """
    returns = doors.answers(returns, standards=standards, programme=programme)
    told = None if problems is None else doors.problems(problems)
    asked = [each for each in doors.audits_of(audits, programme) if each.agencies]
    answers = {each.id: returns[returns["audit_id"] == each.id] for each in asked}
    came = measures(_all_returns([row for each in asked for row in _came(answers[each.id], each)]))
    found = (agency_counts(answers[each.id], each, standards=standards, problems=told) for each in asked)
    return gather(came, *found)


def _all_returns(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Those of all partners of the month together, then audit by audit; a partner's own audit is no part of the sum."""
    asked = [row for row in found if row["group"] == "audit" and not row["note"]]
    k, n = (sum(row[name] for row in asked) for name in ("numerator", "denominator"))
    if n:
        periods = {row["period"] for row in asked}
        about = {"group": "all", "level": "all", "period": max(periods)}
        yield {"measure": "returns_came", **about, "numerator": k, "denominator": n, "value": k / n, "method": "count"}
    yield from found


def _came(answers: pd.DataFrame, audit: Audit) -> Iterator[dict[str, Any]]:
    files = files_read(answers, roles=READERS)
    read = answers[answers["role"].isin(READERS)].drop_duplicates(["agency", "child_ref"])["agency"].value_counts()
    own = {*audit.raters} == {"partner"}
    came, asked = {each: int(read.get(each, 0)) for each in audit.agencies}, audit.asked(files)
    partners = [each for each in audit.agencies if each in partner_agencies(answers, audit)]
    about = {"measure": "returns_came", "theme": audit.theme, "period": str(audit.period), "method": "count"}
    about["note"] = "" if not own else "returns held" if files else "no returns held"
    levels = [("audit", audit.id, sum(came[each] for each in partners), asked * len(partners))] if partners else []
    levels += [("agency", f"{name} in {audit.id}", k, asked) for name, k in came.items() if not own]
    for group, level, k, n in levels:
        yield {**about, "group": group, "level": level, "numerator": k, "denominator": n, "value": k / n if n else None}
