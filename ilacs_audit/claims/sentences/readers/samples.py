"""What may be said of a sample beside its list. That none calls it unlike does not make it representative."""

from collections.abc import Sequence

from ilacs_audit.claims.words import capital, listed
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import Programme

UNLIKE, LIKE = "differs by more than chance", "no difference beyond chance"
NO_LIST = "unknown: no list"
KINDS = ("plan type", "age band", "ethnic group", "team", "worker's time in post")
FAIR = (
    "Compared by plan type, age band, ethnic group, team and worker's time in post, all together. Points: how far a "
    "group that is half of the list must be over or under to be seen. Of fair draws 1 in 20 differs so by luck; that "
    "no difference is seen does not make a sample representative."
)


def sample_words(row: Row) -> str:
    """What chance says of a sample, by what, how great a difference would go unseen, and what could not be compared.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> told = {"measure": "sample_alike", "verdict": UNLIKE, "reason": "team", "upper_limit": 0.158}
    >>> sample_words(*rows(measures([{**told, "note": "plan type, age band, ethnic group, team"}])))
    "It differs by more than chance, by team; seen from 16 points; not known: worker's time in post."
    """
    if row.hidden:
        return "not shown"
    by = f", by {listed(row.reason.split(', '))}" if row.reason else ""
    verdict = f"It {row.verdict}" if row.verdict == UNLIKE else capital(row.verdict)
    least = "" if row.upper_limit is None else f"; seen from {round(100 * row.upper_limit)} points"
    gone = [kind for kind in KINDS if kind not in row.note.split(", ")]
    return f"{verdict}{by}{least}{f'; not known: {listed(gone)}' if gone else ''}."


def unknown_words(found: Sequence[Row], programme: Programme) -> tuple[str, ...]:
    """Of which audits it is not known how their sample looks beside the list, and why."""
    titles = {why: [programme[row.level].title for row in found if row.verdict == why] for why in _whys(found)}
    return tuple(
        f"{capital(why)}{' of' if why == NO_LIST else ':'} {'; '.join(named)}." for why, named in titles.items()
    )


def _whys(found: Sequence[Row]) -> list[str]:
    return [*dict.fromkeys(row.verdict for row in found)]
