"""Hide what follows from a hidden number: differences, medians, and the limits of its chart.

A centre line over twelve months gives back the one month that is hidden, and a change between
two rounds gives back a hidden round (rules D6 and D7). What failed a critical standard is the rest of
what met it: it is hidden with it, and rounded to what the two counts beside it leave. Actions on it may be as many
as its failures, so they are counted only where those are shown as they are. A count that is a sum of counts beside it
comes back from them, so one of them goes with it, of the whole and of every team.
"""

from collections.abc import Sequence

from ilacs_audit.disclosure import rules
from ilacs_audit.disclosure.gate import emptied
from ilacs_audit.domain.measures import Row

Place = tuple[str, str, str, str]


def derived(listed: Sequence[Row], seen: Sequence[Row]) -> list[Row]:
    """Empty derived figures whose counts are hidden, and chart limits of series with a hidden point."""
    places = {_place(row) for row, shown in zip(listed, seen, strict=True) if shown.hidden}
    series = {(row.measure, *_place(row)) for row, shown in zip(listed, seen, strict=True) if shown.hidden}
    met = {_place(shown): shown for shown in seen if shown.measure == "compliance"}
    told = _without_sums([_followed(row, shown, places, series) for row, shown in zip(listed, seen, strict=True)])
    told = [_rest(each, met.get(_place(each))) if each.measure == "critical_failure" else each for each in told]
    failed = {_place(each): each for each in told if each.measure == "critical_failure"}
    return [_of_failures(each, failed.get(_place(each))) if each.measure == "put_right" else each for each in told]


def _without_sums(told: Sequence[Row]) -> list[Row]:
    """Empty what would give a hidden count back by adding up what stands beside it, its own base among it."""
    unseen = ((each.theme, each.period, rules.GIVES_BACK.get(each.measure, ())) for each in told if each.hidden)
    gone = {(theme, period, measure) for theme, period, others in unseen for measure in others}
    return [
        emptied.hide(each, status=each.status if each.hidden else "secondary", base=None)
        if (each.theme, each.period, each.measure) in gone
        else each
        for each in told
    ]


def _of_failures(shown: Row, failed: Row | None) -> Row:
    """How many actions were put right: nothing where how many files failed is hidden or rounded."""
    exact = failed is not None and not failed.hidden and failed.status != "rounded"
    return shown if exact else emptied.hide(shown, status="suppressed", base=None)


def _rest(shown: Row, met: Row | None) -> Row:
    """How many failed, as far as what is shown of those that met it tells."""
    if shown.hidden or met is None:
        return shown
    if met.hidden or met.numerator is None or met.denominator is None:
        return emptied.hide(shown, status="secondary", base=met.denominator)
    return shown._replace(numerator=met.denominator - met.numerator) if met.status == "rounded" else shown


def _followed(row: Row, shown: Row, places: set[Place], series: set[tuple[str, str, str, str, str]]) -> Row:
    if shown.hidden:
        return shown
    if row.method == "kaplan-meier" and any((row.theme, row.group) == (theme, group) for theme, _, group, _ in places):
        return emptied.hide(shown, status="secondary", base=None)  # which of the counts beside it it follows is untold
    about_one_thing = row.standard_id != "" or not rules.whole(row)
    if about_one_thing and row.numerator is None and row.value is not None and _place(row) in places:
        return emptied.hide(shown, status="secondary", base=None)
    if (row.measure, *_place(row)) in series:
        return shown._replace(centre=None, lower_limit=None, upper_limit=None, signal="")
    return shown


def _place(row: Row) -> Place:
    return (row.theme, row.standard_id, row.group, row.level)
