"""Make a row fit for its audience: emptied, without its percentage, or rounded.

A hidden row is emptied in one place, so that the count, the rate, the interval, the mark
and the word go together (rules D6 and D7): one percentage with its interval gives back both
n and the count (E7).
"""

from collections.abc import Mapping
from typing import Any

from ilacs_audit.disclosure.gate.ranges import public_range, public_value
from ilacs_audit.disclosure.rules import OF_STAFF, PERCENTAGE_BASE, all_or_none, nearest, of_people, small, whole
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.measures import KEY, RELEASE_TEXT, WORDS, Row

LOW_BASE = f"Shown as a count: fewer than {PERCENTAGE_BASE} make no percentage."
DROPPED = "The breakdown by {group} is not shown: too many of its numbers are small."
_NAMED_BY_NOTE = OF_STAFF | {"change", "agency_returns"}  # the course, the earlier round, or the agency
_KEPT = (*KEY, *RELEASE_TEXT, "reference", "confidence", "method", "selection", "direction", "target")
_EMPTY: Mapping[str, Any] = {
    name: "" if name in WORDS else None
    for name in Row._fields
    if name not in (*_KEPT, "denominator", "population", "verdict")
}
_NO_MISSING: Mapping[str, Any] = dict.fromkeys(("missing", "lower_read", "upper_read", "would_turn"))
OF_ALL_FILES = "grade"  # its levels share what all the files lack
ASKED_OF_EACH = "agency_met"  # every file is asked of each agency: what one lacks is no rest of another's base
EVERYONE = "All or none of this group: the figure speaks for everybody in it."


def hide(row: Row, *, status: str, base: int | None, verdict: str = "") -> Row:
    """Empty everything that could give a hidden figure back; `base` is an n that may stay, with its list.

    The note goes too, and nothing but `status` tells a small cell from its complementary one.
    """
    population = None if base is None else row.population
    return row._replace(**_EMPTY, denominator=base, population=population, verdict=verdict, status=status)


def show(row: Row, rules: Audience) -> Row:
    """A row that may be seen: rounded for the public, without a percentage on a low base.

    What a group lacks is the rest of its files, and so of a base that may be hidden: it is counted for the whole only.
    """
    rounds = rules.rounded_to > 1 and of_people(row)
    seen = _rounded(row, rules) if rounds else row._replace(status="shown")
    if (rounds or not whole(row)) and all_or_none(row) and row.measure not in _NAMED_BY_NOTE:  # whose note says it
        seen = seen._replace(note=f"{seen.note} {EVERYONE}".strip())
    lacks = whole(row) or row.group == OF_ALL_FILES or row.measure == ASKED_OF_EACH
    seen = seen if lacks else seen._replace(**_NO_MISSING)
    fewest = seen.denominator - rules.rounded_to // 2 if rounds and seen.denominator else row.denominator
    return _low_base(seen, row) if small(fewest, PERCENTAGE_BASE) else seen


def _low_base(seen: Row, row: Row) -> Row:
    status = seen.status if seen.status == "rounded" else "low_base"
    own = LOW_BASE in seen.note or row.value is None or not of_people(row) or row.measure in _NAMED_BY_NOTE
    note = seen.note if own else f"{seen.note} {LOW_BASE}".strip()
    shares: dict[str, Any] = dict.fromkeys(("value", "lower", "upper", "lower_read", "upper_read"))
    return seen._replace(**shares, status=status, note=note)


def _rounded(row: Row, rules: Audience) -> Row:
    """Round the counts and give them their public range; what would tell more is left out, the list's length too.

    The verdict word stays: it follows from figures that are at least the threshold, and the
    search for complementary cells already assumes that a reader knows those exactly. Its reason may
    quote exact figures and goes when it holds a digit, with the limits of a chart over time.
    """
    base, counted = rules.rounded_to, row.numerator is not None and bool(row.denominator)
    lower, upper = public_range(row, rules) if counted else (None, None)
    return row._replace(
        numerator=nearest(row.numerator, base),
        denominator=nearest(row.denominator, base),
        population=None if lower is not None else nearest(row.population, base),
        value=public_value(row, rules) if counted else _coarse(row.value, base),
        lower=lower,
        upper=upper,
        reason=_wordy(row.reason),
        note=_wordy(row.note),
        files_to_tell=None,
        centre=None,
        lower_limit=None,
        upper_limit=None,
        status="rounded",
        **_NO_MISSING,
    )


def _wordy(text: str) -> str:
    return "" if any(letter.isdigit() for letter in text) else text


def _coarse(value: float | None, base: int) -> float | None:
    """A share without its count in steps of 5 points, anything larger in whole numbers."""
    if value is None:
        return None
    return round(round(value * 100 / base) * base / 100, 2) if abs(value) <= 1 else float(round(value))
