"""Read the signals off a chart: the four rules of the NHS programme Making Data Count.

The rules say which points are unlikely to be chance. Tools differ in run lengths and in the meaning of
"two of three", so both are settings, and the caption must print them. A chart starts a conversation: more rules
than four, or shorter runs, mostly add false alarms.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ilacs_audit.stats.counts import finite

SHIFT_LENGTH = 7
TREND_LENGTH = 7

Improvement = Literal["increase", "decrease", "neither"]
TwoOfThree = Literal["package", "mdc_2023"]
Flags = NDArray[np.bool_]
Sides = NDArray[np.int64]


class RuleFlags(NamedTuple):
    """One entry a point: which rules it meets, the first of them, and what that says.

    ``rule`` is "outside", "trend", "two_of_three", "shift" or "" and the last ``kind`` is the variation icon:
    "improvement", "concern", "neutral" (neither direction is better) or "common" (no signal).
    """

    outside: Flags
    trend: Flags
    two_of_three: Flags
    shift: Flags
    rule: tuple[str, ...]
    kind: tuple[str, ...]


def making_data_count(
    values: Iterable[float],
    centre: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    *,
    shift: int = SHIFT_LENGTH,
    trend: int = TREND_LENGTH,
    two_of_three: TwoOfThree = "package",
    improvement: Improvement = "increase",
) -> RuleFlags:
    """Flag each point by the four rules, in the order in which they label it.

    Outside the limits (strictly); ``trend`` points all rising or falling, a tie breaks it; two of three points
    on one side beyond two sigma, the near ones marked ("package" leaves points beyond three sigma out,
    "mdc_2023" counts them); ``shift`` points on one side, a point on the centre breaks it. Limits unclipped,
    one number or one a point, one segment at a time. Not for a run chart or a series too short for limits. Run
    lengths of 6 and 6 give 28% false signals: refused. Source: NHSRplotthedots, unit tests.

    >>> making_data_count([1, 2, 3, 4, 5, 6, 7], 4, -9, 9).trend.all()
    np.True_
    """
    if shift < 6 or trend < 6 or (shift, trend) == (6, 6):
        raise ValueError("run lengths must be 6 or more, and not 6 for both shift and trend.")
    series = finite(values)
    middle, low, high = (np.broadcast_to(np.asarray(line, float), series.shape) for line in (centre, lower, upper))
    sides = np.sign(series - middle).astype(np.int64)
    beyond = np.where(series > high, 1, np.where(series < low, -1, 0))
    rises = _trend_sides(series, trend)
    # Beyond two sigma, that is two thirds of the way to the limit.
    far = (series > middle + 2 * (high - middle) / 3) | (series < middle - 2 * (middle - low) / 3)
    near = far & ((beyond == 0) | (two_of_three == "mdc_2023"))
    signals = {
        "outside": beyond,
        "trend": rises,
        "two_of_three": np.where(near & _two_of_three_windows(near, sides), sides, 0),
        "shift": np.where(_long_runs(sides, shift), sides, 0),
    }
    rule = tuple(next((name for name, side in signals.items() if side[i]), "") for i in range(len(series)))
    kind = tuple(_kind(int(signals[name][i]) if name else 0, improvement) for i, name in enumerate(rule))
    outside, trended, two, shifted = (side != 0 for side in signals.values())
    return RuleFlags(outside, trended, two, shifted, rule, kind)


def _kind(side: int, improvement: Improvement) -> str:
    if side == 0:
        return "common"
    if improvement == "neither":
        return "neutral"
    return "improvement" if (side > 0) == (improvement == "increase") else "concern"


def _long_runs(sides: Sides, length: int) -> Flags:
    """Mark every member of a stretch of equal, non-zero sides that is long enough."""
    edges = np.flatnonzero(np.diff(sides, prepend=9, append=9) != 0)
    sizes = np.repeat(np.diff(edges), np.diff(edges))
    return np.asarray((sizes >= length) & (sides != 0), dtype=bool)


def _trend_sides(series: NDArray[np.float64], length: int) -> Sides:
    """Mark every point of a long rise (1) or fall (-1); a turning point belongs to the later run."""
    steps = np.sign(np.diff(series)).astype(np.int64)
    marks = np.where(_long_runs(steps, length - 1), steps, 0)
    from_before, from_after = np.append(0, marks), np.append(marks, 0)
    return np.where(from_after != 0, from_after, from_before)[: len(series)]


def _two_of_three_windows(near: Flags, sides: Sides) -> Flags:
    """Mark every point of three in a row on one side of which at least two are near the limit."""
    marked = np.zeros(near.shape, dtype=bool)
    for start in range(len(near) - 2):
        window = slice(start, start + 3)
        if near[window].sum() >= 2 and abs(sides[window].sum()) == 3:
            marked[window] = True
    return marked
