"""What may be said of themes, strengths and families: how many, of whom, and never that families agree."""

from collections.abc import Iterable, Sequence

from ilacs_audit.claims.words import count_of, period_words
from ilacs_audit.domain.measures import Row

APART, BEYOND = "more apart than luck would bring", "apart, whatever those who did not answer would say"
CANNOT = "cannot tell whether families and files say the same"
UNPAIRED = "of all files read: the survey names no child, so the two cannot be paired"
THEMES = ("theme_weak", "theme_strong")
NO_THEME = "No theme that a person has released stands in three files of this month or more."


def learning_answer(found: Iterable[Row]) -> str:
    """What auditors write most, in which month, and how many families answered, and when; nothing on another page.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> asked = {"measure": "family_answered", "group": "survey question", "numerator": 11, "denominator": 30}
    >>> learning_answer(rows(measures([{"measure": "files_commented"}, {**asked, "level": "Understood? (families)"}])))
    'Asked “Understood?” (families), 11 of 30 families answered.'
    """
    found = [row for row in found if not row.hidden]
    if not any(row.measure == "files_commented" for row in found):
        return ""
    themes = next(filter(None, ([row for row in found if row.measure == each] for each in THEMES)), [])
    most = max(themes, key=lambda row: row.numerator or 0, default=None)
    asked = next((row for row in found if row.measure == "family_answered" and row.denominator), None)
    return " ".join([*([_theme(most)] if most else []), *([_families(asked, found)] if asked else [])]) or NO_THEME


def _theme(most: Row) -> str:
    how = "Auditors write most often" if most.measure == THEMES[0] else "Auditors praise most often"
    month = f" in the audits of {period_words(most.period)}" if most.period else ""
    return f"{how}{month}, in {_count(most)} files with comments: “{most.level}”"


def _families(asked: Row, found: Sequence[Row]) -> str:
    """Who answered first, then what they said, then what the files of the same families say."""
    ours = {row.measure: row for row in found if (row.standard_id, row.level) == (asked.standard_id, asked.level)}
    yes, files, same = (ours.get(name) for name in ("family_yes", "file_yes", "family_same"))
    survey = asked.level.removeprefix(asked_of(asked))
    told = [f"Asked “{asked_of(asked)}”{survey}, {_count(asked)} families answered"]
    told += [f"{_count(yes)} of them said yes"] if yes else []
    told += [f"the files {'read' if files.note else 'of those asked'} say yes in {_count(files)}"] if files else []
    told += [f"where both speak they say the same in {_count(same)}"] if same else []
    return f"{'; '.join(told)}."


def _count(row: Row) -> str:
    return count_of(row.numerator or 0, row.denominator or 0)


def asked_of(row: Row) -> str:
    """The question, without the survey that asked it."""
    return row.level.rpartition(" (")[0] or row.level


def family_ends(yes: Row, asked: Row) -> str:
    """Between what ends the answer of all who were asked lies; nothing where that is not known."""
    if yes.lower is None or yes.upper is None or not asked.denominator:
        return ""
    low, high = round(yes.lower * asked.denominator), round(yes.upper * asked.denominator)
    return f"{low} to {high} of {asked.denominator} asked, whatever the silent think"
