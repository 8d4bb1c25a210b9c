"""What returns that never came could do to an answer: both ends are worked out, and the range holds both.

Seven missing returns could all be good or all be bad. A range that leaves them out says more than anybody
knows, so the verdict rests on the worst and the best case. Missing returns widen the answer, they do not
cancel it (methods, 11.7).
"""

from __future__ import annotations

from ilacs_audit.claims.words import count_of
from ilacs_audit.stats.intervals import Interval, hypergeometric_interval, newcombe_difference, wilson_interval

_ENDING = "missing."


def limits_with_missing(
    met: int, read: int, *, missing: int, size: int | None = None, confidence: float = 0.95
) -> Interval:
    """The lower limit with every missing return failed and the upper one with every one met, as shares.

    `size` is the length of the list where it is known and all of it is meant. Worked: 64 drawn of 110,
    57 returned, 40 met gives 60 to 88 children; without the missing seven it would be 67 to 86.

    >>> [round(110 * limit) for limit in limits_with_missing(40, 57, missing=7, size=110)]
    [60, 88]
    """
    worst = _limits(met, read + missing, size, confidence)
    best = worst if not missing else _limits(met + missing, read + missing, size, confidence)
    return Interval(worst.lower, best.upper)


def change_with_missing(was: tuple[int, int], now: tuple[int, int], *, missing: tuple[int, int]) -> Interval | None:
    """The widest change that missing returns allow, from met and read of each round.

    The worst of the later round stands against the best of the earlier one, and the other way round.

    >>> [round(limit, 2) for limit in change_with_missing((20, 30), (24, 30), missing=(0, 4))]
    [-0.18, 0.36]
    """
    (met_was, read_was), (met_now, read_now) = was, now
    gone_was, gone_now = missing
    all_was, all_now = read_was + gone_was, read_now + gone_now
    least = newcombe_difference(met_was + gone_was, all_was, met_now, all_now)
    most = newcombe_difference(met_was, all_was, met_now + gone_now, all_now)
    return None if least is None or most is None else Interval(least.lower, most.upper)


def missing_words(read: int, missing: int) -> str:
    """How many returns never came, in words; nothing where all did.

    >>> missing_words(57, 7)
    '7 of 64 returns are missing.'
    """
    if not missing:
        return ""
    return f"{count_of(missing, read + missing)} returns {'is' if missing == 1 else 'are'} {_ENDING}"


def says_missing(note: str) -> bool:
    """Whether the note of a measure says that its range allows for missing returns."""
    return note.endswith(_ENDING)


def _limits(met: int, read: int, size: int | None, confidence: float) -> Interval:
    if size is None:
        share = wilson_interval(met, read, confidence=confidence)
        assert share is not None
        return share
    children = hypergeometric_interval(met, read, size, confidence=confidence)
    assert children is not None
    return Interval(children.lower / size, children.upper / size)
