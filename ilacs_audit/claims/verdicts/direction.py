"""Turn a measure so that more is better, judge it, and turn the answer back.

Every rule of this room is written once, for measures where higher is better. A measure where lower
is better (a share of late visits) is judged by its complement: the files that were not late.
"""

from decimal import Decimal

from ilacs_audit.domain.measures import Row

LOWER = "lower"


def upwards(row: Row) -> Row:
    """The same measure counted so that higher is better: its complement where lower is better.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> late = next(rows(measures([{"numerator": 3, "denominator": 30, "target": 0.1, "direction": "lower"}])))
    >>> upwards(late).numerator, upwards(late).target
    (27, 0.9)
    """
    if row.direction != LOWER:
        return row
    met, read = row.numerator, row.denominator
    return row._replace(
        numerator=None if met is None or read is None else read - met,
        value=_rest(row.value),
        lower=_rest(row.upper),
        upper=_rest(row.lower),
        lower_read=_rest(row.upper_read),
        upper_read=_rest(row.lower_read),
        target=_rest(row.target),
        direction="higher",
    )


def _rest(share: float | None) -> float | None:
    """One minus a share, in decimals, so that the rest of 10% is 90% and not 90.00000000000001%."""
    return None if share is None else float(1 - Decimal(repr(share)))
