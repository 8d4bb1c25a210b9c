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
NO_LARGER = "The rise is no larger than we would expect from having picked the lowest score."

Counts = tuple[int, int]


class Guard(NamedTuple):
    """Whether "better" may stand for an area picked on its result, and what must be said beside it."""

    stands: bool
    reason: str


def rebound_guard(was: Counts, now: Counts, *, family: Sequence[Counts]) -> Guard:
    """Judge whether a later round rises above what picking the lowest score would bring.

    `was` and `now` are met and read of the chosen standard, `family` those of every standard of the
    earlier round, the chosen one included.
    """
    if len(family) < FEWEST_STANDARDS:
        return Guard(False, CANNOT_ESTIMATE)
    everyone = list(family) if was in family else [*family, was]
    met, read = zip(*everyone, strict=True)
    expected = expected_reaudit(met, read, everyone.index(was), now[1])
    if expected is None:
        return Guard(False, CANNOT_ESTIMATE)
    chosen = f"This area was chosen because it scored lowest. {_rise(expected.rebound)}"
    if now[0] > expected.upper:
        return Guard(True, f"{chosen} The later round lies above what that explains.")
    return Guard(False, f"{chosen} {NO_LARGER}")


def _rise(rebound: float) -> str:
    if points(max(rebound, 0.0)) == points(0):
        return "No rise would be expected for that reason alone."
    return f"About {points(rebound)} of any rise would be expected for that reason alone."
