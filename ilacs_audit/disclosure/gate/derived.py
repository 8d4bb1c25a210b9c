"""Hide what follows from a hidden number: differences, medians, and the limits of its chart.

A centre line over twelve months gives back the one month that is hidden, and a change between
two rounds gives back a hidden round (rules D6 and D7).
"""

from __future__ import annotations

from collections.abc import Sequence

from ilacs_audit.disclosure import rules
from ilacs_audit.disclosure.gate import emptied
from ilacs_audit.domain.measures import Row

Place = tuple[str, str, str, str]


def derived(listed: Sequence[Row], seen: Sequence[Row]) -> list[Row]:
    """Empty derived figures whose counts are hidden, and chart limits of series with a hidden point."""
    places = {_place(row) for row, shown in zip(listed, seen, strict=True) if shown.hidden}
    series = {(row.measure, *_place(row)) for row, shown in zip(listed, seen, strict=True) if shown.hidden}
    return [_followed(row, shown, places, series) for row, shown in zip(listed, seen, strict=True)]


def _followed(row: Row, shown: Row, places: set[Place], series: set[tuple[str, str, str, str, str]]) -> Row:
    if shown.hidden:
        return shown
    about_one_thing = row.standard_id != "" or not rules.whole(row)
    if about_one_thing and row.numerator is None and row.value is not None and _place(row) in places:
        return emptied.hide(shown, status="secondary", base=None)
    if (row.measure, *_place(row)) in series:
        return shown._replace(centre=None, lower_limit=None, upper_limit=None, signal="")
    return shown


def _place(row: Row) -> Place:
    return (row.theme, row.standard_id, row.group, row.level)
