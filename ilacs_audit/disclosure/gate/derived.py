"""Hide what follows from a hidden number: differences, medians, and the limits of its chart.

A centre line over twelve months gives back the one month that is hidden, and a change between
two rounds gives back a hidden round (rules D6 and D7). What failed a critical standard is the rest of
what met it: it is hidden with it, and beside rounded counts told as the least and the most that those leave. One
number would be untrue (11 of 18 that met it are shown as 10 of 20, and 7 of 18 are not "about 10 of 20"), and its own
rounding would tell more of both. Actions on it may be as many as its failures, so they are counted only where those
are shown as they are. A count that is a sum of counts beside it
comes back from them, so one of them goes with it, of the whole and of every team.
"""

from collections.abc import Sequence

from ilacs_audit.disclosure import rules
from ilacs_audit.disclosure.gate import emptied
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.measures import Row

Place = tuple[str, str, str, str]


def derived(listed: Sequence[Row], seen: Sequence[Row], about: Audience) -> list[Row]:
    """Empty derived figures whose counts are hidden, and chart limits of series with a hidden point."""
    places = {_place(row) for row, shown in zip(listed, seen, strict=True) if shown.hidden}
    series = {(row.measure, *_place(row)) for row, shown in zip(listed, seen, strict=True) if shown.hidden}
    met = {_place(shown): shown for shown in seen if shown.measure == "compliance"}
    told = _without_sums([_followed(row, shown, places, series) for row, shown in zip(listed, seen, strict=True)])
    told = [_rest(each, met.get(_place(each)), about) if each.measure == "critical_failure" else each for each in told]
    failed = {_place(each): each for each in told if each.measure == "critical_failure"}
    return [_of_failures(each, failed.get(_place(each)), about) for each in told]


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


def _of_failures(shown: Row, failed: Row | None, about: Audience) -> Row:
    """How many actions were put right: nothing where how many files failed is hidden or rounded, or of one service.

    The board's actions less those of services would leave one service's: there are few, and each is about a child.
    """
    if shown.measure != "put_right":
        return shown
    exact = failed is not None and not failed.hidden and failed.status != "rounded" and not about.service
    return shown if exact else emptied.hide(shown, status="suppressed", base=None)


def _rest(shown: Row, met: Row | None, about: Audience) -> Row:
    """How many failed: of a rounded row the least in its count, and both ends as shares of the rounded base."""
    if shown.hidden or met is None:
        return shown
    if met.hidden or met.numerator is None or met.denominator is None:
        return emptied.hide(shown, status="secondary", base=met.denominator)
    if met.status != "rounded" or not shown.numerator:
        return shown
    least, most = rest_of(met.numerator, met.denominator, about)
    of = met.denominator
    return shown._replace(numerator=least, denominator=of, value=None, lower=least / of, upper=most / of)


def rest_of(met: int, read: int, about: Audience) -> tuple[int, int]:
    """The least and the most that did not meet it, of a rounded count of a rounded base; all of them where none did.

    >>> from ilacs_audit.domain.audiences import audience
    >>> rest_of(10, 20, audience("public")), rest_of(0, 20, audience("public"))
    ((6, 14), (20, 20))
    """
    if not met:
        return read, read
    slack, small = about.rounded_to // 2, about.smallest_count
    most_met, least_met = met + slack, max(small, met - slack)
    return max(small, read - slack - most_met), read + slack - least_met


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
