"""Refuse a count that is not a count, in one plain sentence.

Every statistic in this room starts from files counted. One package reads 1.0 of 5 as 100% because it takes
small floats for proportions, so we accept whole numbers only and say what is wrong before any arithmetic.
"""

from collections.abc import Iterable, Sequence
from numbers import Integral, Real

import numpy as np
from numpy.typing import NDArray

CountArray = NDArray[np.int64]


def whole(value: object, name: str) -> int:
    """Return a count as an int; a float that is whole is accepted, anything else is refused.

    >>> whole(12.0, "trials")
    12
    """
    counted = isinstance(value, Integral) and not isinstance(value, bool)
    if not counted and not (isinstance(value, float | np.floating) and float(value).is_integer()):
        raise ValueError(f"{name} must be a whole number, and {value!r} is not.")
    number: int = int(value)  # type: ignore[call-overload]  # checked above
    if number < 0:
        raise ValueError(f"{name} must not be negative, and {number} is.")
    return number


def share(successes: object, trials: object) -> tuple[int, int]:
    """Return successes and trials as ints, refusing more successes than trials.

    >>> share(24, 30)
    (24, 30)
    """
    met, read = whole(successes, "successes"), whole(trials, "trials")
    if met > read:
        raise ValueError(f"successes must not be more than trials, and {met} is more than {read}.")
    return met, read


def sample(successes: object, trials: object, population: object) -> tuple[int, int, int]:
    """Return successes, trials and population as ints, refusing a sample larger than its list.

    >>> sample(24, 30, 110)
    (24, 30, 110)
    """
    met, read = share(successes, trials)
    listed = whole(population, "population")
    if read > listed:
        raise ValueError(f"trials must not be more than population, and {read} is more than {listed}.")
    return met, read, listed


def shares(successes: Iterable[object], trials: Iterable[object]) -> tuple[CountArray, CountArray]:
    """Return two equally long arrays of counts, one pair for each period, team or standard.

    >>> shares([9, 12], [20, 20])
    (array([ 9, 12]), array([20, 20]))
    """
    met_list, read_list = list(successes), list(trials)
    if len(met_list) != len(read_list):
        raise ValueError(f"successes has {len(met_list)} counts and trials has {len(read_list)}.")
    pairs = [share(met, read) for met, read in zip(met_list, read_list, strict=True)]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def square(table: Sequence[Sequence[object]] | NDArray[np.generic]) -> CountArray:
    """Return a square table of counts with at least two grades, as for two readers of the same files.

    >>> square([[2, 1], [0, 3]]).sum()
    np.int64(6)
    """
    rows = [[whole(cell, "each cell") for cell in row] for row in table]
    if len(rows) < 2 or any(len(row) != len(rows) for row in rows):
        raise ValueError("table must be square, with one row and one column for each grade of the full scale.")
    return np.array(rows, dtype=np.int64)


def between(value: float, name: str) -> float:
    """Return a level or a proportion that lies strictly between 0 and 1.

    >>> between(0.95, "confidence")
    0.95
    """
    if not isinstance(value, Real) or not 0 < value < 1:
        raise ValueError(f"{name} must lie between 0 and 1, as 0.95 does for 95%, and {value!r} does not.")
    return float(value)


def tail(confidence: float, *, sides: int = 2) -> float:
    """Chance left over on one side, with a hair's breadth: a tie, exact but for its last digit, is outside.

    >>> round(tail(0.95), 6)
    0.025
    """
    return (1 - between(confidence, "confidence")) / sides * (1 + 1e-9)


def finite(values: Iterable[float]) -> NDArray[np.float64]:
    """Return a series as floats, refusing gaps: a period without a value has no place on a chart.

    >>> finite([1, 2])
    array([1., 2.])
    """
    try:
        series = np.asarray(list(values), dtype=float)
    except (TypeError, ValueError):
        raise ValueError("every period needs a number, and one of these is none.") from None
    if not np.isfinite(series).all():
        raise ValueError("every period needs a value: leave out the periods that have none.")
    return series
