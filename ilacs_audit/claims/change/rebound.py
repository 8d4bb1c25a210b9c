"""The rebound guard: a rise that picking the worst area would bring on its own is not an improvement.

Choose the three lowest of 25 scores, look again, and they rise, with or without any work. "Better" is
therefore withheld for an area that was chosen because it scored worst, unless the later round lies
above the range which all standards of the earlier round together lead one to expect (methods, 11.5).
"""

from collections.abc import Sequence
from typing import NamedTuple

from ilacs_audit.claims.words import points
from ilacs_audit.stats.rebound import expected_reaudit

FEWEST_STANDARDS = 10

CANNOT_ESTIMATE = (
    "This area was chosen because it scored lowest, and fewer than ten standards were read in the earlier round,"
    " so the rise to be expected for that reason alone cannot be estimated."
)

Counts = tuple[int, int]


class Guard(NamedTuple):
    """Whether "better" may stand for an area picked on its result, why, and how far it would move `by_itself`."""

    stands: bool
    reason: str
    by_itself: float | None = None


def rebound_guard(
    was: Counts, now: Counts, *, family: Sequence[Counts], lower_is_better: bool = False, filled: bool = False
) -> Guard:
    """Judge whether a later round rises above what picking the lowest score would bring, and by how much it could.

    `was` and `now` are met and read of the chosen standard, `family` those of every standard of the earlier round, the
    chosen one included: all counted so that more is better. The words turn them back where `lower_is_better`, and
    name missing answers that are `filled` in against the change.
    """
    if len(family) < FEWEST_STANDARDS:
        return Guard(False, CANNOT_ESTIMATE)
    everyone = list(family) if was in family else [*family, was]
    met, read = zip(*everyone, strict=True)
    expected = expected_reaudit(met, read, everyone.index(was), now[1])
    if expected is None:
        return Guard(False, CANNOT_ESTIMATE)
    count, size = now
    low, high = sorted(size - each if lower_is_better else each for each in (expected.lower, expected.upper))
    found = size - count if lower_is_better else count
    missing = ", with the missing answers counted against the change" if filled else ""
    rise = _rise(expected.rebound, "fall" if lower_is_better else "rise")
    chance = f"With nothing done, chance would bring from {low} to {high} of {size} files next time"
    verdict = "which is beyond that" if count > expected.upper else "which is within that"
    reason = f"This area was chosen because it scored lowest. {rise} {chance}; it is {found}{missing}, {verdict}."
    return Guard(count > expected.upper, reason, -expected.rebound if lower_is_better else expected.rebound)


def _rise(rebound: float, rise: str) -> str:
    if points(max(rebound, 0.0)) == points(0):
        return f"No {rise} would be expected for that reason alone."
    return f"A {rise} of about {points(rebound)} would be expected for that reason alone."
