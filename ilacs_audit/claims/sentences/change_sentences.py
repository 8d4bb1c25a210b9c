"""A change between two rounds, told with both counts, its interval and the name the rules give it.

That we cannot tell is told as plainly as "better"; why, and what two such rounds could have shown, stands in the
table. Templates: methods, section 12.
"""

from ilacs_audit.claims.words import CANNOT_TELL, LOW_BASE, NOT_COMPARABLE, count_of, period_words, signed_points
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


def since(now: Row, change: Row | None) -> str:
    """The change as it follows a sentence about the later round; nothing where there is none.

    Told in full where it rests on other files, as where the same files were read twice.
    """
    if change is None:
        return ""
    if (now.numerator, now.denominator) != (change.numerator, change.denominator):
        return change_sentence(change)
    was = f"It was {change.note}{_moved(change)}" if earlier_round(change.note) else ""
    return f"{was}. {_called(change)}" if was else _called(change)


def _moved(row: Row) -> str:
    """The difference with its range, where it has one: a difference alone is what release leaves of a rounded row."""
    if row.value is None or row.lower is None or row.upper is None or (row.denominator or 0) < LOW_BASE:
        return ""
    low, high = signed_points(row.lower), signed_points(row.upper)
    return f": {signed_points(row.value)} points, likely {low} to {high}"


def _called(row: Row) -> str:
    """The verdict on a change, and its reason where it is called something."""
    if row.verdict == CANNOT_TELL:
        return "We cannot tell yet."
    return f"{_VERDICT_WORDS.get(row.verdict, '')} {row.reason}".strip()


_VERDICT_WORDS = {
    "better": "This is better.",
    "worse": "This is worse.",
    "no worthwhile change": "There is no worthwhile change.",
    NOT_COMPARABLE: "The two rounds cannot be compared.",
}
