"""One standard over many months: which chart the numbers can carry, its lines and its signals.

The number of months and of files decides between intervals, a run chart and control limits;
nobody chooses the chart that tells the better story. The choice and its reason travel with
the points, so that the caption is never typed. Where a question was reworded, or a person decided that the
limits start again, the series is two series: each part is judged by its own months only.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ilacs_audit.claims.sentences.chart_words import chart_words
from ilacs_audit.claims.words import capital, listed, number_word
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import Period, date_words
from ilacs_audit.domain.counting import missing_answers, read_by, tally
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import in_order, measures
from ilacs_audit.domain.programme import TWO_PHASE, Audit, Programme
from ilacs_audit.domain.standards import OVERALL, Standard, Standards
from ilacs_audit.stats.chart_choice import ChartChoice, choose_chart
from ilacs_audit.stats.missing import limits_with_missing
from ilacs_audit.stats.spc import RunChart, p_chart_limits, p_prime_limits, run_chart
from ilacs_audit.stats.spc_rules import making_data_count

CONFIDENCE = 0.95
_STOPPED = (
    "In {} reading could stop early, or files were not drawn one by one: that share leans to one side or varies more, "
    "so it has no range here and the months carry no limits. Bars: the likely range."
)
SIDES = {"improvement": "above", "concern": "below"}


def _contents(work: Dossier) -> dict[str, Any]:
    return {"returns": work.answers_of_series, "standards": work.standards, "programme": work.series}


@accepts(Dossier, _contents)
def compliance_over_time(
    returns: pd.DataFrame, *, standards: Standards | None = None, programme: Programme | None = None
) -> pd.DataFrame:
    """Count each standard in each period, with the centre, limits and signals its series can carry.

    Returns Measures `over_time`, a row for each standard and period in order of period: k of n,
    the Wilson interval of practice in general, which holds whatever the missing answers are, `centre`,
    `lower_limit`, `upper_limit` (missing where the series carries none), `signal` (the rule a point breaks, with
    its direction), and in `method` the kind of chart, in `note` why that kind, and where limits restart by whose
    decision and why. With `programme` the rounds say where that is; nothing ever restarts by itself.
    """
    returns = doors.answers(returns, standards=standards, programme=programme)
    answers = read_by(returns)
    gone = missing_answers(answers, programme=programme)
    answers = answers[answers["standard_id"] != OVERALL]
    counts = tally(answers, by=["standard_id", "period"], standards=standards)
    counts["missing"] = [gone[each] for each in zip(counts["standard_id"], counts["period"], strict=True)]
    known = [] if programme is None else [each for each in answers["audit_id"].unique() if each in programme]
    return counted_over_time(counts, standards=standards, rounds=[programme[each] for each in known if programme])


def counted_over_time(
    counts: pd.DataFrame, *, standards: Standards | None = None, rounds: Sequence[Audit] = ()
) -> pd.DataFrame:
    """The same from counts by standard and period, such as those of a store too large to hold.

    A column `missing` widens the intervals.
    """
    told = sorted(counts[counts["applies"] > 0].groupby("standard_id"), key=lambda each: in_order(str(each[0])))
    return measures(row for name, series in told for row in _series(str(name), series, standards, rounds))


def _series(
    name: str, series: pd.DataFrame, standards: Standards | None, rounds: Sequence[Audit]
) -> Iterator[dict[str, Any]]:
    """The rows of one standard, each part of its series with limits of its own."""
    standard = standards[name] if standards is not None and name in standards else None
    breaks, early = dict(_breaks(rounds, standard)), [str(each.period) for each in rounds if not _plain(each)]
    parts = series.groupby(series["period"].isin(list(breaks)).cumsum(), sort=True)
    for _, part in parts:
        yield from _part(name, part, standard, breaks.get(str(part["period"].iloc[0]), ""), early)


def _plain(audit: Audit) -> bool:
    """Whether so many files were drawn one by one from the whole list as had been decided, or nobody says otherwise."""
    return (audit.stopping, audit.by) == ("fixed", "file") and audit.selection != TWO_PHASE


def _breaks(rounds: Sequence[Audit], standard: Standard | None) -> Iterator[tuple[str, str]]:
    """The periods in which the series starts again, with the reason in words."""
    ordered = sorted(rounds, key=lambda each: each.on)
    for before, audit in zip([None, *ordered], ordered, strict=False):
        if audit.rebase:
            why = f"{audit.rebase.reason.rstrip('.')} ({audit.rebase.role}, {date_words(audit.rebase.decided)})"
            yield str(audit.period), f"Limits restarted at {audit.period.words}: {why}."
        elif before and standard and _reworded(standard, before, audit):
            yield str(audit.period), f"The question was reworded for {audit.period.words}, so the series starts again."


def _reworded(standard: Standard, before: Audit, audit: Audit) -> bool:
    earlier, later = standard.version_in(before.edition), standard.version_in(audit.edition)
    return earlier is not None and earlier != later and standard.comparable(earlier) != "yes"


def _part(
    name: str, series: pd.DataFrame, standard: Standard | None, restarted: str, early: Sequence[str]
) -> Iterator[dict[str, Any]]:
    met, read = series["met"].astype(int).tolist(), series["applies"].astype(int).tolist()
    choice = choose_chart(read, proportion=sum(met) / sum(read), sigma_z=_spread(met, read))
    stopped = [Period.parse(each).words for each in early if each in set(series["period"])]
    choice = choice._replace(kind="intervals") if stopped else choice
    lines, caption = ({}, _STOPPED.format(listed(stopped))) if stopped else _lines(choice, met, read)
    missing, gaps = series["missing"].tolist() if "missing" in series else [0] * len(met), _gaps(series["period"])
    for place, period in enumerate(series["period"]):
        share = limits_with_missing(met[place], read[place], missing=missing[place], confidence=CONFIDENCE)
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
            **({} if period in early else {"lower": share.lower, "upper": share.upper, "confidence": CONFIDENCE}),
            "method": choice.kind,
            "direction": "higher",
            "target": float(standard.target) if standard and standard.target else None,
            "note": " ".join(filter(None, (restarted, caption, gaps))),
            **{line: values[place] for line, values in lines.items()},
        }


def _gaps(periods: Iterable[str]) -> str:
    """Where the months of a series are not evenly apart: how many had no audit, as the points stand side by side.

    >>> _gaps(["2024-01", "2024-02", "2024-05"]), _gaps(["2024-01", "2024-04", "2024-07"])
    ('Two of the five months from January 2024 to May 2024 had no audit; the points stand side by side even so.', '')
    """
    held = [Period.parse(each) for each in periods]
    months = [each.year * 12 + each.month for each in held]
    if len(set(np.diff(months))) < 2:
        return ""
    span, (first, last) = months[-1] - months[0] + 1, (held[0].words, held[-1].words)
    without = f"{capital(number_word(span - len(held)))} of the {number_word(span)} months from {first} to {last}"
    return f"{without} had no audit; the points stand side by side even so."


def _spread(met: Sequence[int], read: Sequence[int]) -> float | None:
    found = p_prime_limits(met, read) if len(met) > 1 else None
    return found.sigma_z if found else None


def _lines(choice: ChartChoice, met: Sequence[int], read: Sequence[int]) -> tuple[dict[str, Sequence[Any]], str]:
    """The lines of the chosen chart with the signal at each point, and its caption."""
    values = [k / n for k, n in zip(met, read, strict=True)]
    if choice.kind == "run_chart":
        chart = run_chart(values)
        return _about_median(values, chart), chart_words(choice, chart, read)
    if choice.kind in ("p_chart", "p_prime"):
        limits = (p_prime_limits if choice.kind == "p_prime" else p_chart_limits)(met, read, clip=False)
        assert limits is not None  # the chart was chosen for its files
        centre = np.full(len(values), limits.centre)
        return _limited(values, centre, limits.lower, limits.upper), chart_words(choice, limits, read)
    return {}, chart_words(choice, None, read)


def _about_median(values: Sequence[float], found: RunChart | None) -> dict[str, Sequence[Any]]:
    """A run chart speaks of the series as a whole: its last point carries the signal."""
    if found is None:
        return {}
    told = {True: "shift in the series", False: "", None: "too few points off the median"}[found.signal]
    return {"centre": [found.median] * len(values), "signal": [*[""] * (len(values) - 1), told]}


def _limited(values: Sequence[float], centre: Any, lower: Any, upper: Any) -> dict[str, Sequence[Any]]:
    """Judge the points by unclipped limits, and give the limits clipped for drawing."""
    flags = making_data_count(values, centre, lower, upper)
    # A chart asks for a look; better and worse are said of the changes that are judged together, and of nothing else.
    signals = [
        f"{rule}: {SIDES.get(kind, kind)}" if rule else "" for rule, kind in zip(flags.rule, flags.kind, strict=True)
    ]
    return {
        "centre": list(centre),
        "lower_limit": list(np.clip(lower, 0, 1)),
        "upper_limit": list(np.clip(upper, 0, 1)),
        "signal": signals,
    }
