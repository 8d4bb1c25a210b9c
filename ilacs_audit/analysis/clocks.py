"""Whether what is owed again and again was done within its limit, as any report on a register judges it.

The clock runs from the last time to the day of the page. Where the limit passed after the last day of which the
register tells, nobody knows: it is never called in time, and a row of its own says so.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.catalogue.limits import Limit

NO_LIMIT = "no limit of time in force"


def on_the_day(*registers: str) -> Any:
    """What of an opened audit a count of these registers is handed: them, its day and the bank holidays."""

    def handed(work: Dossier) -> dict[str, Any]:
        about = {"as_of": work.as_of, "period": work.period, "holidays": work.handed.holidays()}
        return {**{name: work.register(name) for name in registers}, **about}

    return handed


def limited(*registers: str) -> Any:
    """As `on_the_day`, with the limits of time."""
    return lambda work: {**on_the_day(*registers)(work), "limits": work.handed.limits()}


def within(
    last: "pd.Series[Any]", limits: Sequence[Limit | None], told: date, day: date, holidays: Sequence[date]
) -> pd.DataFrame:
    """Of each last time and its limit: `kept` on a day, and `since`, whether it passed after the last day told.

    What no limit judges, and what was never done, has no row.
    """
    ends = pd.Series(
        [
            limit.until(start.to_pydatetime(), holidays) if limit and pd.notna(start) else pd.NaT
            for limit, start in zip(limits, last, strict=True)
        ],
        index=last.index,
        dtype="datetime64[us]",
    ).dropna()
    kept = ends >= pd.Timestamp(day)
    return pd.DataFrame({"kept": kept, "since": ~kept & ends.between(pd.Timestamp(told), pd.Timestamp(day))})
