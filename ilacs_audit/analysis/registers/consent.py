"""Closures where a family said no: who agreed to them, and which the form only calls so.

After an enquiry the closure form forces a reason and one of its sub-reasons; "no consent" there is the form's word and
not practice. The two stand apart, or every count of withdrawn consent is too high.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import measures


@accepts(Dossier, lambda work: {"closures": work.register("closures"), "as_of": work.as_of, "period": work.period})
def consent_oversight(closures: pd.DataFrame, *, as_of: date | str, period: str = "", theme: str = "") -> pd.DataFrame:
    """Count, month by month, closures for want of consent with a service manager's agreement, and miscoded ones.

    Returns Measures of the whole service, the month of the report first: `consent_agreed` of the closures on withdrawn
    consent, neither after a section 47 enquiry nor after a completed assessment; `consent_miscoded`, those after one,
    of all that are called "no consent"; and `consent_forced`, those called so of all closures after an enquiry. A
    child that was closed twice in a month counts once.
    """
    closures = doors.register(closures, "closures")
    known = closures[closures["closed_on"] <= pd.Timestamp(parse_day(as_of))]
    known = known.assign(month=known["closed_on"].dt.strftime("%Y-%m")).drop_duplicates(["child_ref", "month"])
    refused = (known["reason"] + " " + known["sub_reason"]).str.casefold().str.contains("consent")
    after = (known["section_47"] == "yes") | (known["assessment_completed"] == "yes")
    known = known.assign(refused=refused, after=after, agreed=known["manager_agreed"] == "yes")
    months = sorted(known.groupby("month"), key=lambda each: (each[0] != period, each[0]))
    return measures(
        {**row, "theme": theme, "period": str(month), "group": "all", "level": "all", "method": "count"}
        for month, ours in months
        for row in _month(ours)
    )


def _month(closed: pd.DataFrame) -> Iterator[dict[str, Any]]:
    refused, enquired = closed[closed["refused"]], closed[closed["section_47"] == "yes"]
    counts = {
        "consent_agreed": refused.loc[~refused["after"], "agreed"],
        "consent_miscoded": refused["after"],
        "consent_forced": enquired["refused"],
    }
    for measure, so in counts.items():
        k, n = int(so.sum()), len(so)
        yield {"measure": measure, "numerator": k, "denominator": n, "value": k / n if n else None}
