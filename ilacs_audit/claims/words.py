"""The small grammar of numbers: whole percents, points, counts with their "of", singular and plural.

Sentences, charts and tables all print numbers with these functions, so that they agree to the digit.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import UsageError

LOW_BASE = 10
MET, NOT_MET, CANNOT_TELL = "met", "not met", "cannot tell"
NOT_COMPARABLE, NO_WORTHWHILE_CHANGE = "not comparable", "no worthwhile change"
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PEOPLE = frozenset({"worker", "practitioner", "child", "person", "carer", "parent", "family"})
_IRREGULAR = {"child": "children", "person": "people", "staff": "staff"}
_WRITTEN_OUT = {
    "CIC": "children in care",
    "CIN": "children in need",
    "CP": "child protection",
    "EH": "early help",
    "EET": "education, employment or training",
    "TSDS": "Training, Support and Development Standards",
}
_ROUNDING_DUST = 1e-9  # 0.145 * 100 is 14.499999999999998, and a reader rounds 14.5 up


def percent(share: float) -> str:
    """A share as a whole percent, halves up; never 0% or 100% unless it is none or all.

    >>> percent(24 / 30), percent(0.145), percent(299 / 300), percent(0.0)
    ('80%', '15%', 'over 99%', '0%')
    """
    whole = _half_up(share * 100)
    if whole == 100 and share < 1:
        return "over 99%"
    if whole == 0 and share > 0:
        return "under 1%"
    return f"{whole}%"


def range_end(share: float, target: float | None) -> str:
    """An end of a range as a whole percent, with its side of the target where rounding would put it onto it.

    >>> range_end(0.896, 0.9), range_end(0.904, 0.9), range_end(0.9, 0.9), range_end(0.82, 0.9), range_end(0.896, None)
    ('under 90%', 'over 90%', '90%', '82%', '90%')
    """
    said = percent(share)
    if target is None or abs(share - target) < _ROUNDING_DUST or said != percent(target):
        return said
    return f"{'under' if share < target else 'over'} {said}"


def points(difference: float) -> str:
    """The size of a difference between two shares in whole percentage points, without its sign.

    >>> points(4 / 30), points(-0.01), points(0.28)
    ('13 points', '1 point', '28 points')
    """
    size = _half_up(abs(difference) * 100)
    return f"{size} point" if size == 1 else f"{size} points"


def signed_points(difference: float) -> str:
    """A difference in whole points with its sign, for tables and chart labels.

    >>> signed_points(4 / 30), signed_points(-0.09), signed_points(0.001)
    ('+13', '−9', '0')
    """
    size = _half_up(abs(difference) * 100)
    sign = "+" if difference > 0 else "−"
    return f"{sign}{size}" if size else "0"


def count_of(met: int, read: int) -> str:
    """A count that never travels without its denominator.

    >>> count_of(24, 30)
    '24 of 30'
    """
    return f"{met:,} of {read:,}"


def number_word(number: int) -> str:
    """A number as a sentence begins with it: a word under ten, digits from ten.

    >>> number_word(3), number_word(12)
    ('three', '12')
    """
    return _WORDS[number] if 0 < number < len(_WORDS) else f"{number:,}"


def plural(unit: str, number: int | None = None) -> str:
    """The unit word for this many of them.

    >>> plural("file", 1), plural("file", 3), plural("enquiry"), plural("child")
    ('file', 'files', 'enquiries', 'children')
    """
    if number == 1:
        return unit
    regular = f"{unit[:-1]}ies" if unit.endswith("y") and unit[-2:-1] not in "aeiou" else f"{unit}s"
    return _IRREGULAR.get(unit, regular)


def counted(number: int, unit: str) -> str:
    """A number with its unit in the right form.

    >>> counted(1, "file"), counted(1200, "child")
    ('1 file', '1,200 children')
    """
    return f"{number:,} {plural(unit, number)}"


def at(unit: str) -> str:
    """How a sentence goes on from what was read: for so many workers, in so many files.

    >>> at("worker"), at("enquiry")
    ('for', 'in')
    """
    return "for" if unit in _PEOPLE else "in"


def share_words(met: int, read: int) -> str:
    """A share in brackets where there are ten files or more to rest a percentage on, else nothing.

    >>> share_words(24, 30), share_words(4, 6)
    (' (80%)', '')
    """
    return f" ({percent(met / read)})" if read >= LOW_BASE else ""


def listed(parts: Sequence[str]) -> str:
    """Parts as English lists them.

    >>> listed(["one is met", "two are not", "on three we cannot tell"])
    'one is met, two are not and on three we cannot tell'
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


@lru_cache(maxsize=1 << 9)
def period_words(period: str) -> str:
    """The month in words, or the text itself where it is not a month.

    >>> period_words("2024-05"), period_words("2024 to 2025")
    ('May 2024', '2024 to 2025')
    """
    try:
        return Period.parse(period).words
    except UsageError:
        return period


def clause(text: str) -> str:
    """A sentence as it goes on after other words: its first letter small, unless its first word has other capitals.

    >>> clause("It says by when."), clause("EHC plans are named.")
    ('it says by when', 'EHC plans are named')
    """
    first, _, rest = text.rstrip(".").partition(" ")
    return f"{first if first[1:] != first[1:].lower() else first.lower()} {rest}".strip()


def capital(text: str) -> str:
    """The text with its first letter large and the rest as it was.

    >>> capital("of the A3 files")
    'Of the A3 files'
    """
    return text[:1].upper() + text[1:]


def written_out(label: str) -> str:
    """A council's label with the short forms that we know written out; one that we do not know as it is, in quotes.

    >>> written_out("EH interventions"), written_out("eet work experience"), written_out("MAP")
    ('early help (EH) interventions', 'education, employment or training (EET) work experience', '"MAP"')
    """
    words = label.split(" ")
    known = [each.upper() if each.isupper() or each.islower() else "" for each in words]
    told = [
        f"{_WRITTEN_OUT[short]} ({short})" if short in _WRITTEN_OUT else word
        for short, word in zip(known, words, strict=True)
    ]
    return f'"{label}"' if told == words and len(words) == 1 < len(label) < 6 and label.isupper() else " ".join(told)


def _half_up(number: float) -> int:
    return math.floor(number + 0.5 + _ROUNDING_DUST)
