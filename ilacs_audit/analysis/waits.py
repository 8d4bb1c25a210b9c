"""How long something took, as any report on a register tells it: the median, with what has not ended as waiting."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.stats.missing import median_wait

_FEWEST = 10  # a median of fewer would speak of single children


def time_to_end(
    measure: str,
    begun: "pd.Series[Any]",
    done: "pd.Series[Any]",
    until: date,
    *,
    group: str = "all",
    level: str = "all",
) -> Iterator[dict[str, Any]]:
    """The median days from a beginning to its end, those without one waiting up to a day; none where few have ended.

    Gives one row of Measures; its value is missing where half have not ended.
    """
    ended = done.notna()
    days = (done.fillna(pd.Timestamp(until)) - begun).dt.days
    sound = days >= 0
    if int((sound & ended).sum()) < _FEWEST:
        return
    found = median_wait(days[sound].tolist(), ended[sound].tolist())
    told = {"value": found.median, "lower": found.lower, "upper": found.upper, "confidence": 0.95}
    yield {"measure": measure, "group": group, "level": level, "method": "kaplan-meier", **told}
