"""A group of children beside all others, in a sentence that claims no more than the files allow."""

from ilacs_audit.claims.words import capital
from ilacs_audit.domain.measures import Row

MEASURE = "group_met"
_SAID = {
    "different": "more apart than luck would bring",
    "no worthwhile difference": "no worthwhile difference",
    "too few to say": "too few to say that they differ",
}


def equity_sentence(row: Row) -> str:
    """One group of children beside the others.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> told = {"measure": "group_met", "group": "disability", "level": "disabled", "numerator": 9, "denominator": 14}
    >>> equity_sentence(*rows(measures([{**told, "reason": "41 of 66", "verdict": "too few to say"}])))
    'In 9 of 14 files of disabled children; in 41 of 66 of others: too few to say that they differ.'
    """
    return f"In {row.numerator} of {row.denominator} files of {whom(row)}; in {row.reason} of others: {finding(row)}."


def finding(row: Row) -> str:
    """What may be said of the difference."""
    return _SAID[row.verdict]


def whom(row: Row) -> str:
    """The group in words.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> [whom(each) for each in rows(measures([{"group": "age band", "level": "0 to 4"}]))]
    ['children aged 0 to 4']
    """
    if row.group == "disability":
        return "disabled children"
    return f"children {'aged' if row.group == 'age band' else f'with the {row.group}'} {row.level}"


def heading(row: Row) -> str:
    """The group as a line of a table begins."""
    return capital(whom(row).removeprefix("children ").removeprefix(f"with the {row.group} "))
