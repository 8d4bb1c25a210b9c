"""A change between two rounds, told with both counts, its interval and the name the rules give it.

"Cannot tell" is told as plainly as "better", with what two such rounds could have shown, so that a reader
sees a limit of the samples and not a failing of the practice. Templates: methods, section 12.
"""

from ilacs_audit.claims.words import CANNOT_TELL, LOW_BASE, count_of, period_words, points
from ilacs_audit.domain.measures import Row, earlier_round


def change_sentence(row: Row) -> str:
    """What moved between two rounds, between which limits, and what it may be called.

    The earlier round stands in the row's note, as `change` wrote it.
    """
    if row.numerator is None or not row.denominator:
        return row.reason or "The later round read no file."
    now = f"{count_of(row.numerator, row.denominator)} in {period_words(row.period)}"
    was = f", {row.note}" if earlier_round(row.note) else ""
    return f"{now}{was}{_moved(row)}. {_called(row)}".strip()


def _moved(row: Row) -> str:
    """The difference, where it has its interval: a difference alone is what release leaves of a rounded row."""
    if row.value is None or row.lower is None or row.upper is None or (row.denominator or 0) < LOW_BASE:
        return ""
    if points(row.value) == points(0):
        return ": no difference"
    return f": {_direction_words(row.value)}"


def _direction_words(difference: float) -> str:
    """The size of a difference and its side.

    >>> _direction_words(0.13), _direction_words(-0.09)
    ('13 points higher', '9 points lower')
    """
    return f"{points(difference)} {'higher' if difference > 0 else 'lower'}"


def _called(row: Row) -> str:
    """The verdict on a change with its interval and the reason the rules gave."""
    if row.verdict == "":
        return row.reason
    if row.verdict == "not comparable":
        return f"The two rounds are not comparable. {row.reason}"
    few = row.lower is None or row.upper is None or (row.denominator or 0) < LOW_BASE
    limits = "" if few else " and ".join(map(_limit, (row.lower or 0, row.upper or 0)))
    parts = [
        f"Allowing for chance, the true change lies between {limits}." if limits else "",
        _VERDICT_WORDS[row.verdict],
        row.reason,
    ]
    if row.verdict == CANNOT_TELL and row.files_to_tell is not None:
        parts.append(f"It would take about {row.files_to_tell:,} files in each round to tell.")
    return " ".join(filter(None, parts))


_VERDICT_WORDS = {
    "better": "This is better.",
    "worse": "This is worse.",
    "no worthwhile change": "There is no worthwhile change.",
    CANNOT_TELL: "We cannot tell this from chance, so we do not call it a change yet.",
}


def _limit(difference: float) -> str:
    return points(0) if points(difference) == points(0) else _direction_words(difference)
