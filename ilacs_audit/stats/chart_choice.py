"""Choose the chart that the data can carry, and say why.

Six files a month cannot carry control limits: a true fall of 25 points would show in one month in six, and a
stable team would be flagged in four series of ten. The rule here is the whole of docs/methods.md 8.1, so that
no page decides for itself.
"""

from collections.abc import Sequence
from statistics import median
from typing import Literal, NamedTuple

from ilacs_audit.stats.counts import whole

FEWEST_PERIODS_FOR_LIMITS = 12
"""Limits on fewer points are trial limits, and move (NHSRplotthedots)."""
FEWEST_PERIODS_FOR_RUN_CHART = 10
"""Anhoej's rules are offered from 10 points (qicharts2)."""
FEWEST_PERIODS_FOR_POINTS = 3
"""Two points are not a trend."""
FEWEST_FILES_FOR_LIMITS = 20
"""Files a period below which a p-chart says little (our own choice)."""
FEWEST_FILES_OF_EACH_KIND = 4
"""Expected files met, and expected files not met, a period (Hart & Hart 2002 speak of the second)."""
FEWEST_FILES_FOR_PRIME = 100
"""Files a period from which a p'-chart makes sense (our own choice)."""
MUCH_TIGHTER = 1.5
"""XmR limits so many times as wide as p-chart limits call for p' (our own choice; methods gives no number)."""

ANHOEJ_RULES = ("longest run", "crossings")
LIMIT_RULES = ("outside", "trend", "two_of_three", "shift")

ChartKind = Literal["interval", "two_intervals", "intervals", "run_chart", "p_chart", "p_prime", "xmr"]


class ChartChoice(NamedTuple):
    """The chart to draw, the reason in one sentence, and the rules that may be applied to it."""

    kind: ChartKind
    reason: str
    rules: tuple[str, ...]


def choose_chart(
    trials: int | Sequence[int],
    periods: int | None = None,
    *,
    proportion: float | None = None,
    sigma_z: float | None = None,
    is_proportion: bool = True,
) -> ChartChoice:
    """Choose between intervals, a run chart and a chart with limits, by periods and by files a period.

    ``trials`` is the typical number of files a period, or the files of each period (then the median of those
    with a file is used, and ``periods`` counts them unless given). ``proportion`` is the pooled share; without
    it the test for four files of each kind is made at one half, its kindest. ``sigma_z`` comes from
    :func:`~ilacs_audit.stats.spc.p_prime_limits`. Measures that are not proportions (days, scores) go to XmR.
    Not to be overruled to get limits sooner.
    Source: docs/methods.md 8.1.

    >>> choose_chart(12, 9).kind, choose_chart(12, 24).kind, choose_chart(30, 24, proportion=0.8).kind
    ('intervals', 'run_chart', 'p_chart')
    """
    read = [whole(count, "trials") for count in (trials if isinstance(trials, Sequence) else [trials])]
    with_files = [count for count in read if count > 0]
    if periods is None and not isinstance(trials, Sequence):
        raise ValueError("periods must be given when trials is one number.")
    files, count = float(median(with_files or [0])), len(with_files) if periods is None else whole(periods, "periods")
    if early := _too_few_periods(count):
        return early
    if is_proportion and (thin := _too_few_files(files, 0.5 if proportion is None else proportion)):
        return thin
    if count < FEWEST_PERIODS_FOR_LIMITS:
        reason = f"{count} periods are fewer than the {FEWEST_PERIODS_FOR_LIMITS} that limits need."
        return ChartChoice("run_chart", reason, ANHOEJ_RULES)
    if not is_proportion:
        return ChartChoice("xmr", "The measure is not a proportion.", LIMIT_RULES)
    if files >= FEWEST_FILES_FOR_PRIME and sigma_z is not None and sigma_z >= MUCH_TIGHTER:
        reason = f"The denominators are very large: limits are widened by sigma_z = {sigma_z:.2f}."
        return ChartChoice("p_prime", reason, LIMIT_RULES)
    return ChartChoice("p_chart", f"About {files:g} files a period are enough for limits.", LIMIT_RULES)


def _too_few_periods(count: int) -> ChartChoice | None:
    if count < 1:
        raise ValueError("periods must be at least 1: without a period there is nothing to draw.")
    if count == 1:
        return ChartChoice("interval", "One period: an interval, and nothing to compare it with.", ())
    if count < FEWEST_PERIODS_FOR_POINTS:
        return ChartChoice("two_intervals", "Two periods: two points are not a trend.", ())
    if count < FEWEST_PERIODS_FOR_RUN_CHART:
        return ChartChoice("intervals", f"{count} rounds are too few to show a trend.", ())
    return None


def _too_few_files(files: float, proportion: float) -> ChartChoice | None:
    if not 0 <= proportion <= 1:
        raise ValueError(f"proportion must lie between 0 and 1, and {proportion!r} does not.")
    # 20 files at 80% leave 4 on the rarer side, and floating point makes that 3.9999.
    rarer = round(files * min(proportion, 1 - proportion), 9)
    if files < FEWEST_FILES_FOR_LIMITS:
        reason = f"About {files:g} files a period are too few for limits. Adding months into quarters may help."
    elif rarer < FEWEST_FILES_OF_EACH_KIND:
        reason = (
            f"About {rarer:.1f} files a period fall on the rarer side, and limits need {FEWEST_FILES_OF_EACH_KIND}."
        )
    else:
        return None
    return ChartChoice("run_chart", reason, ANHOEJ_RULES)
