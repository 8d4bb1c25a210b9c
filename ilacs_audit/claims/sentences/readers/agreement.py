"""Agreement of two readers, and a headline corrected for it, in sentences for those who do not know the word kappa."""

from collections.abc import Callable

from ilacs_audit.claims.words import capital, counted, percent
from ilacs_audit.domain.measures import Row

MEASURES = frozenset({"agreement", "movement", "graded_good_corrected"})
COEFFICIENT = "coefficient"  # the group of what is no share, and never a percentage
LUCK = "1 would be full agreement, 0 what luck alone gives"


def agreement_sentence(row: Row) -> str:
    """A coefficient, a test of which way grades move, or a corrected share, as a sentence.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> kappa = {"measure": "agreement", "level": "Kappa", "denominator": 29, "value": 0.66}
    >>> agreement_sentence(*rows(measures([{**kappa, "lower": 0.44, "upper": 0.85}])))
    'Kappa of 29 files is 0.66, likely 0.44 to 0.85 (1 would be full agreement, 0 what luck alone gives).'
    """
    if row.value is None:
        return row.reason or row.note
    if row.measure == "graded_good_corrected":
        found = f"about {percent(row.value)} would be good or better{_range(row, percent)}"
        return f"{row.level}: had a moderator graded every file, {found}. {row.note}".strip()
    files = counted(row.denominator or 0, "file")
    if row.measure == "agreement":
        return f"{row.level} of {files} is {row.value:.2f}{_range(row, '{:.2f}'.format)} ({LUCK})."
    if row.method != "test":
        way = "down" if row.value > 0 else "up"
        return f"The second reader moved {files} by {abs(row.value):.2f} grades {way} on average."
    return f"{capital(row.level)}: the chance of it by luck alone is {chance(row.value)}, of {files}."


def chance(value: float) -> str:
    """A chance in per cent, and none that is nought."""
    return "under 0.1%" if value < 0.001 else f"{100 * value:.1f}%" if value < 0.1 else percent(value)


def _range(row: Row, said: Callable[[float], str]) -> str:
    return "" if row.lower is None or row.upper is None else f", likely {said(row.lower)} to {said(row.upper)}"
