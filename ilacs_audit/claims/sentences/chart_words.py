"""What a caption says of a chart over time: which chart it is, why that one, and by which rules it was judged.

A reader who does not know the rules cannot tell a signal from a habit of the person who drew the chart
(methods, 8.5).
"""

from collections.abc import Sequence
from statistics import median

from ilacs_audit.stats.chart_choice import ChartChoice
from ilacs_audit.stats.spc import PLimits, RunChart
from ilacs_audit.stats.spc_rules import SHIFT_LENGTH, TREND_LENGTH

_RULES = (
    f"Rules: outside limits, shift {SHIFT_LENGTH}, trend {TREND_LENGTH}, 2 of 3 (not counting points outside limits)."
)
_XMR = (
    f"XmR chart. Limits: the mean and 2.66 mean moving ranges either side, no screening. {_RULES} A stable series of "
    "24 points gives at least one false signal about 15% of the time."
)
_INTERVALS = "Bars: the likely range."


def chart_words(choice: ChartChoice, found: RunChart | PLimits | None, read: Sequence[int]) -> str:
    """The caption of a chart: its kind, its lines, its rules and the reason why it was chosen.

    `found` holds the lines that were worked out for it, `read` the files of each period.
    """
    if isinstance(found, RunChart):
        return f"{_of_run_chart(found, len(read))} {choice.reason}"
    if isinstance(found, PLimits):
        return f"{_of_proportions(choice.kind, found, read)} {choice.reason}"
    return f"{choice.reason} {_INTERVALS}" if choice.kind != "xmr" else f"{_XMR} {choice.reason}"


def _of_run_chart(found: RunChart, periods: int) -> str:
    if found.signal is None:
        return f"Run chart. Only {found.useful} points lie off the median, too few for run rules."
    return (
        f"Run chart. Line: median of {periods} periods; {found.useful} points count. Rules: a run longer than "
        f"{found.longest_allowed}, or fewer than {found.fewest_allowed} crossings."
    )


def _of_proportions(kind: str, found: PLimits, read: Sequence[int]) -> str:
    if kind == "p_prime":
        return f"p'-chart. {_RULES}"
    opening = f"p-chart. Limits: 3 sigma, varying with the number of files. {_RULES}"
    if min(found.upper) < 1:
        return opening
    files = f"With about {median(read):g} files no single point can fall above the upper limit"
    return f"{opening} {files}, so improvement can show only as a shift."
