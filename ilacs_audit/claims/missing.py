"""The verdict when returns are missing: it stands only if the missing ones could not overturn it.

Seven returns that never came could all be good or all be bad. Both are worked out, and the verdict is
given only where both ends agree. Missing returns widen the answer, they do not cancel it (methods, 11.7).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences import ARE_MISSING
from ilacs_audit.claims.verdicts import CANNOT_TELL, Verdict, judge, kept
from ilacs_audit.claims.words import count_of
from ilacs_audit.domain.measures import Row, rows, typed
from ilacs_audit.domain.programme import DRAWN_BY_CHANCE
from ilacs_audit.stats.intervals import Interval, hypergeometric_interval, newcombe_difference, wilson_interval

MISSING_DECIDES = "It depends on the missing returns: with them the answer could fall on either side of the target."

Expected = int | Mapping[str, int]


def verdict_with_missing(table: pd.DataFrame, expected: Expected) -> pd.DataFrame:
    """Judge each compliance row twice, with every missing return failed and with every one met.

    `expected` is the number of returns asked for, for all standards or by standard id. The limits become
    those of the worst and the best case, and the note says how many are missing.

    >>> from ilacs_audit.domain.measures import measures
    >>> read = {"measure": "compliance", "numerator": 40, "denominator": 57, "population": 110, "target": 0.8,
    ...         "lower": 67 / 110, "upper": 86 / 110, "method": "hypergeometric", "selection": "random"}
    >>> found = verdict_with_missing(measures([read]), 64)
    >>> (found[["lower", "upper"]] * 110).round().values.tolist(), found["note"].item()
    ([[60.0, 88.0]], '7 of 64 returns are missing.')
    """
    found = [_judged(row, _asked(row, expected)) for row in rows(table)]
    return typed(table.assign(**{name: [each[name] for each in found] for name in found[0]})) if found else table


def missing_bounds(row: Row, expected: int) -> tuple[Row, Row]:
    """The same measure with every missing return failed, and with every one met."""
    assert row.numerator is not None and row.denominator is not None
    gone = max(expected - row.denominator, 0)
    return _completed(row, row.numerator, expected), _completed(row, row.numerator + gone, expected)


def change_bounds(was: tuple[int, int, int], now: tuple[int, int, int]) -> Interval | None:
    """The widest change that missing returns allow: met, read and expected of each round.

    The worst of the later round stands against the best of the earlier one, and the other way round.

    >>> [round(limit, 2) for limit in change_bounds((20, 30, 30), (24, 30, 34))]
    [-0.18, 0.36]
    """
    (met_was, read_was, all_was), (met_now, read_now, all_now) = was, now
    least = newcombe_difference(met_was + all_was - read_was, all_was, met_now, all_now)
    most = newcombe_difference(met_was, all_was, met_now + all_now - read_now, all_now)
    return None if least is None or most is None else Interval(least.lower, most.upper)


def _judged(row: Row, expected: int | None) -> dict[str, Any]:
    if not _is_short(row, expected):
        found = judge(row) if row.measure == "compliance" else kept(row)
        return {"lower": row.lower, "upper": row.upper, "note": row.note, **found._asdict()}
    assert expected is not None and row.denominator is not None
    worst, best = missing_bounds(row, expected)
    note = f"{count_of(expected - row.denominator, expected)} {ARE_MISSING}"
    return {"lower": worst.lower, "upper": best.upper, "note": note, **_both(judge(worst), judge(best))._asdict()}


def _is_short(row: Row, expected: int | None) -> bool:
    """Whether returns of a fair draw are missing; a pick has no interval to widen."""
    if row.measure != "compliance" or expected is None or not row.denominator or row.numerator is None:
        return False
    return expected > row.denominator and row.selection in (*DRAWN_BY_CHANCE, "census")


def _both(worst: Verdict, best: Verdict) -> Verdict:
    if worst.verdict == best.verdict:
        return worst
    return Verdict(CANNOT_TELL, "V3", MISSING_DECIDES)


def _completed(row: Row, met: int, expected: int) -> Row:
    """The row as it would read had every return come in."""
    size = row.population if row.population is not None and row.population >= expected else None
    if size is not None:
        children = hypergeometric_interval(met, expected, size)
        limits = None if children is None else Interval(children.lower / size, children.upper / size)
    else:
        limits = wilson_interval(met, expected)
    assert limits is not None
    return row._replace(
        numerator=met,
        denominator=expected,
        value=met / expected,
        lower=limits.lower,
        upper=limits.upper,
        method="hypergeometric" if size is not None else "wilson",
        selection="random",
        note="",
    )


def _asked(row: Row, expected: Expected) -> int | None:
    return expected if isinstance(expected, int) else expected.get(row.standard_id)
