"""The verdict of a hidden row of the whole service, where it may stand without its counts.

Hidden are counts of which few files met the standard, or few did not. Of 17 files only 16 may be both "met" and
hidden, so the word would give the count; and its absence would, if every other word were shown. So a word is shown
where it leaves three counts or more, and so does the silence about the others.
"""

from collections import Counter

from ilacs_audit.disclosure import rules
from ilacs_audit.disclosure.additive.complementary import FEWEST_READINGS
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.measures import Row
from ilacs_audit.stats.missing import limits_with_missing


def verdict_alone(row: Row, about: Audience) -> str:
    """The word that may be shown of a hidden row; empty where it may not, or where the counts alone do not give it."""
    judged = row.measure == "compliance" and rules.whole(row) and row.target is not None and row.numerator is not None
    if about.protects != "all" or not judged or row.method not in ("wilson", "hypergeometric", "whole list"):
        return ""
    assert row.numerator is not None
    return row.verdict if row.verdict == _word(row, row.numerator) in _shown(row, about) else ""


def _shown(row: Row, about: Audience) -> frozenset[str]:
    """The words that may be shown of a row with so many files, whichever is its own."""
    read = row.denominator or 0
    hidden = (met for met in range(1, read) if min(met, read - met) < about.smallest_count)
    readings = Counter(_word(row, met) for met in hidden)
    shown = sorted(
        (word for word in readings if readings[word] >= FEWEST_READINGS), key=lambda word: (readings[word], word)
    )
    untold = readings.total() - sum(readings[word] for word in shown)
    while shown and 0 < untold < FEWEST_READINGS:
        untold += readings[shown.pop(0)]
    return frozenset(shown)


def _word(row: Row, met: int) -> str:
    """The verdict if so many of the files had met the standard."""
    read, target = row.denominator or 0, row.target or 0.0
    size = read if row.method == "whole list" else row.population if row.method == "hypergeometric" else None
    lower, upper = limits_with_missing(met, read, missing=row.missing or 0, size=size)
    if row.direction == "lower":
        return "met" if upper <= target else "not met" if lower > target else "cannot tell"
    return "met" if lower >= target else "not met" if upper < target else "cannot tell"
