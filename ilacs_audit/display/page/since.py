"""What an edition tells otherwise than the last one: verdicts that turned, statuses, figures restated, days passed."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from ilacs_audit.claims.since import FEW, also_compared, apart_from_chance, since_finding, what_became
from ilacs_audit.display.figures import asks, k_of_n
from ilacs_audit.display.fragments import Fragment, fragment, released_rows
from ilacs_audit.display.looks import VerdictLook, look_of, verdict_of
from ilacs_audit.display.page.challenges import LEFT_OUT, unborne
from ilacs_audit.display.page.plan import ACTIVITIES, impact_look
from ilacs_audit.domain import given
from ilacs_audit.domain.measures import RELEASED_COLUMNS, from_rows
from ilacs_audit.domain.standards import Standards
from ilacs_audit.domain.told import Overdue, Since, StatusTold, Turned

MOST = 6  # figures of a kind that stand open


class _Line(NamedTuple):
    """One thing that is told otherwise: what it is, where it is told, then and now, and what may be said of it."""

    what: str
    href: str
    was: str
    now: str
    small: str = ""
    look: VerdictLook | None = None


def since_list(since: Since) -> Fragment:
    """Say what is told otherwise than in the last edition of the same readers: short lists, or why there is none.

    A verdict that turned is shown with both counts and with what may be said of the two rounds; it is no change by
    itself. What is hidden in one of the two editions is not among them.
    """
    given.needed(since, Since, "since")
    released_rows(from_rows([row for each in since.turned for row in (each.was, each.now)], columns=RELEASED_COLUMNS))
    standards = since.edition.about.standards
    restated = [
        _Line(_what(each.what, standards), each.href, each.was, each.now, f"{each.when}; {each.why}")
        for each in since.restated
    ]
    late = [(each.was.words, _outcome(since, each), what_became(each)) for each in since.overdue]
    return fragment(
        "since_list",
        template="since.html.j2",
        finding=since_finding(since),
        chance=apart_from_chance(since),
        turned=_grouped(since),
        statuses=[_status(since, *each) for each in since.statuses],
        restated=(restated[:MOST], restated[MOST:]),
        overdue=(late[:MOST], late[MOST:]),
        beside=also_compared(since),
        new=since.new if len(since.new) > FEW else (),
    )


def _outcome(since: Since, each: Overdue) -> str:
    """What was decided, in the words of a person, where the figures of this edition bear them."""
    if each.decided is None:
        return ""
    edition = since.edition
    shown = from_rows([row for page in edition.pages for row in page.released], columns=RELEASED_COLUMNS)
    said = each.decided.decided
    return LEFT_OUT if unborne(said, shown, standards=edition.about.standards, code=each.decided.code) else said


def _what(code: str, standards: Standards) -> str:
    return asks(code, standards).rstrip(".") or code


def _grouped(since: Since) -> Sequence[tuple[VerdictLook, VerdictLook, Sequence[_Line]]]:
    """The verdicts that turned, by from what to what, as many of a kind as have room."""
    looks = [(look_of(each.was), look_of(each.now), each) for each in since.turned]
    ordered = sorted(looks, key=lambda each: (each[0].word, each[1].word))
    found = groupby(ordered, key=lambda each: each[:2])
    return [(*both, [_line(since, each) for *_, each in those]) for both, those in found]


def _line(since: Since, each: Turned) -> _Line:
    compared = verdict_of(each.change) if each.change else None
    small = each.area.theme.title
    small += "; the same files, told anew" if each.again else "" if each.change else "; no page compares the two rounds"
    counts = (k_of_n(each.was), k_of_n(each.now))
    return _Line(_what(each.now.standard_id, since.edition.about.standards), each.page.href, *counts, small, compared)


def _status(since: Since, was: StatusTold, now: StatusTold) -> Mapping[str, Any]:
    activity = _pair("Done", ACTIVITIES[was.activity], ACTIVITIES[now.activity])
    same = was.rule == now.rule
    impact = _pair("Helped", impact_look(was.status, was.word), impact_look(now.status, now.word), always=not same)
    title = next(each.title for each in since.edition.about.handed.plan().areas if each.id == now.code)
    return {
        "code": now.code,
        "title": title,
        "href": f"{since.edition.paper}#{now.code}",
        "turns": [*filter(None, (activity, impact))],
        "rule": now.rule,
    }


def _pair(
    what: str, was: VerdictLook, now: VerdictLook, *, always: bool = False
) -> tuple[str, VerdictLook, VerdictLook] | None:
    return (what, was, now) if always or was.word != now.word else None
