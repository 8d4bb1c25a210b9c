"""The reference code of a figure: a few letters that a reader copies with it, and by which it is found next month.

A code says what a figure is and nothing of what it says: it is worked out from the name of the audit, the measure, the
theme, the standard and the group, never from a count, a verdict or a child. The month is no part of it, so a figure
that returns has the code that it had. It is letters alone, without vowels, so that it is no word and no number.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import pandas as pd

from ilacs_audit.domain.measures import HIDDEN, Row, rows, with_columns

LETTERS = "BCDFGHJKLMNPRSTVWXZ"  # no vowel, no Y; no Q, which is taken for an O
SHORTEST, LONGEST = 6, 12
_MONTH_OF_AUDIT = re.compile(r"-20\d\d-\d\d\b")
_UP_TO = re.compile(r"(?:\bto )?(?:\d{1,2} )?[A-Z][a-z]+ \d{4}$")
_MANY = re.compile(r"^[\d,]+ (?=files?$)")
_NAMED_BY_NOTE = ("reach", "sessions", "booked")  # by team, of several courses


def reference_of(*identity: str) -> str:
    """The letters of what something is, as long as they get; what is read starts with the first six.

    >>> reference_of("consent", "compliance", "consent", "CON-1", "all", "all")[:SHORTEST]
    'CCNKSK'
    """
    number = int.from_bytes(blake2b("\n".join(identity).encode(), digest_size=8).digest(), "big")
    spelt = ""
    for _ in range(LONGEST):
        number, place = divmod(number, len(LETTERS))
        spelt += LETTERS[place]
    return spelt


def is_reference(text: str) -> bool:
    """Whether a text is spelt as a code is."""
    return SHORTEST <= len(text) <= LONGEST and set(text) <= set(LETTERS)


def same_reference(one: str, other: str) -> bool:
    """Whether two codes name one figure: on a page where two would be alike a code is longer.

    >>> same_reference("CCNKSK", "CCNKSKD"), same_reference("CCNKSK", "CCNKSB"), same_reference("CCNKSK", "")
    (True, False, False)
    """
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def series_of(name: str) -> str:
    """The name of an audit or a page without its month: its rounds are one series.

    >>> series_of("consent-2024-11"), series_of("reaudit-consent-2024-11"), series_of("tracker")
    ('consent', 'reaudit-consent', 'tracker')
    """
    return _MONTH_OF_AUDIT.sub("", name)


def referenced(released: pd.DataFrame, *, audit: str = "") -> pd.DataFrame:
    """The released measures of a page about an audit with the code of each, which no two figures of it share.

    A row whose group readers are not told has none. The rounds of one audit, and the months of one count, are one
    figure: rows that differ in their month alone share a code.
    """
    spelt = {what: reference_of(*what) for row in rows(released) if (what := figure_of(row, audit))}
    short = _apart(spelt.values())
    codes = [short.get(spelt.get(figure_of(row, audit), ""), "") for row in rows(released)]
    return with_columns(released, reference=codes)


def figure_of(row: Row, audit: str = "") -> tuple[str, ...]:
    """What a figure is, by which it has its code; of a breakdown that was left out whole, nothing."""
    if row.status in HIDDEN and row.level == "not shown":
        return ()
    about = row.level if row.group == "audit" else audit
    named = row.note if row.group == "team" and row.measure.partition("_")[0] in _NAMED_BY_NOTE else ""
    return (series_of(about), row.measure, row.theme, row.standard_id, row.group, _returning(row), named)


def _returning(row: Row) -> str:
    """The level of a figure without what another month writes otherwise: the month of an audit, a last day."""
    if row.group in ("all", "register"):
        return _MANY.sub("", _UP_TO.sub("", row.level)).strip()
    return series_of(row.level) if row.group in ("audit", "rule", "agency") else row.level


def _apart(spelt: Iterable[str]) -> Mapping[str, str]:
    """Each code as short as it can be without being another's."""
    every = [*dict.fromkeys(spelt)]
    begun = Counter(code[:length] for code in every for length in range(SHORTEST, LONGEST + 1))
    return {code: _shortest(code, begun) for code in every}


def _shortest(code: str, begun: Mapping[str, int]) -> str:
    lengths: Sequence[int] = range(SHORTEST, LONGEST + 1)
    return next((code[:length] for length in lengths if begun[code[:length]] == 1), code)
