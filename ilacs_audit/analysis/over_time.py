"""One standard over many months: which chart the numbers can carry, its lines and its signals.

The number of months and of files decides between intervals, a run chart and control limits;
nobody chooses the chart that tells the better story. The choice and its reason travel with
the points, so that the caption is never typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ilacs_audit.domain.counting import read_by, tally
from ilacs_audit.domain.measures import measures
from ilacs_audit.domain.standards import OVERALL, Standards
from ilacs_audit.stats.chart_choice import ChartChoice, choose_chart
from ilacs_audit.stats.intervals import wilson_interval
from ilacs_audit.stats.spc import p_chart_limits, p_prime_limits, run_chart, xmr_limits
from ilacs_audit.stats.spc_rules import making_data_count

CONFIDENCE = 0.95


def compliance_over_time(returns: pd.DataFrame, *, standards: Standards | None = None) -> pd.DataFrame:
    """Count each standard in each period, with the centre, limits and signals its series can carry.

    Returns Measures `over_time`, a row for each standard and period in order of period: k of n,
    the Wilson interval of practice in general, `centre`, `lower_limit`, `upper_limit` (missing where
    the series carries none), `signal` (the rule a point breaks, with its direction), and in `method`
    the kind of chart, in `note` why that kind.
    """
    answers = read_by(returns)
    answers = answers[answers["standard_id"] != OVERALL]
    return counted_over_time(tally(answers, by=["standard_id", "period"], standards=standards), standards=standards)


def counted_over_time(counts: pd.DataFrame, *, standards: Standards | None = None) -> pd.DataFrame:
    """The same from counts by standard and period, such as those of a store too large to hold."""
    told = counts[counts["applies"] > 0]
    return measures(
        row for name, series in told.groupby("standard_id") for row in _series(str(name), series, standards)
    )


def _series(name: str, series: pd.DataFrame, standards: Standards | None) -> Iterator[dict[str, Any]]:
    met, read = series["met"].astype(int).tolist(), series["applies"].astype(int).tolist()
    choice = choose_chart(read, proportion=sum(met) / sum(read), sigma_z=_spread(met, read))
    lines = _lines(choice, met, read)
    standard = standards[name] if standards is not None and name in standards else None
    for place, period in enumerate(series["period"]):
        share = wilson_interval(met[place], read[place], confidence=CONFIDENCE)
        assert share is not None
        yield {
            "measure": "over_time",
            "theme": standard.theme if standard else "",
            "standard_id": name,
            "group": "all",
            "level": "all",
            "period": period,
            "numerator": met[place],
            "denominator": read[place],
            "value": met[place] / read[place],
            "lower": share.lower,
            "upper": share.upper,
            "confidence": CONFIDENCE,
            "method": choice.kind,
            "direction": "higher",
            "target": float(standard.target) if standard else None,
            "note": choice.reason,
            **{line: values[place] for line, values in lines.items()},
        }


def _spread(met: Sequence[int], read: Sequence[int]) -> float | None:
    found = p_prime_limits(met, read) if len(met) > 1 else None
    return found.sigma_z if found else None


def _lines(choice: ChartChoice, met: Sequence[int], read: Sequence[int]) -> dict[str, Sequence[Any]]:
    """The lines of the chosen chart and the signal at each point."""
    values = [k / n for k, n in zip(met, read, strict=True)]
    if choice.kind == "run_chart":
        return _about_median(values)
    if choice.kind == "xmr":
        return _about_mean(values)
    if choice.kind in ("p_chart", "p_prime"):
        return _of_proportions(values, met, read, wide=choice.kind == "p_prime")
    return {}


def _about_median(values: Sequence[float]) -> dict[str, Sequence[Any]]:
    """A run chart speaks of the series as a whole: its last point carries the signal."""
    found = run_chart(values)
    if found is None:
        return {}
    told = {True: "shift in the series", False: "", None: "too few points off the median"}[found.signal]
    return {"centre": [found.median] * len(values), "signal": [*[""] * (len(values) - 1), told]}


def _about_mean(values: Sequence[float]) -> dict[str, Sequence[Any]]:
    found = xmr_limits(values)
    if found is None:
        return {}
    flat = [np.full(len(values), line) for line in (found.centre, found.lower, found.upper)]
    return _limited(values, *flat)


def _of_proportions(
    values: Sequence[float], met: Sequence[int], read: Sequence[int], *, wide: bool
) -> dict[str, Sequence[Any]]:
    found = p_prime_limits(met, read, clip=False) if wide else p_chart_limits(met, read, clip=False)
    return {} if found is None else _limited(values, np.full(len(values), found.centre), found.lower, found.upper)


def _limited(values: Sequence[float], centre: Any, lower: Any, upper: Any) -> dict[str, Sequence[Any]]:
    """Judge the points by unclipped limits, and give the limits clipped for drawing."""
    flags = making_data_count(values, centre, lower, upper)
    signals = [f"{rule}: {kind}" if rule else "" for rule, kind in zip(flags.rule, flags.kind, strict=True)]
    return {
        "centre": list(centre),
        "lower_limit": list(np.clip(lower, 0, 1)),
        "upper_limit": list(np.clip(upper, 0, 1)),
        "signal": signals,
    }
