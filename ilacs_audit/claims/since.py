"""What an edition says of itself beside the last one: what is told otherwise, and never that it is better."""

from ilacs_audit.claims.sentences.overview import MOVED
from ilacs_audit.claims.words import count_of, counted, listed, number_word, plural
from ilacs_audit.domain.calendar import Period, date_words, parse_day
from ilacs_audit.domain.told import Overdue, Since

FIRST = "First report: no comparison"
NOTHING_APART = "nothing that we can tell apart from chance has changed"
UNSHOWN = "A verdict that is not shown in one of the two editions is not compared."
NO_STATUSES = "What that edition said of the plan is not on record, so statuses are not compared."
RETURNED = "records returned"
AGAIN, UNANSWERED = "asked again in this edition", "what was decided is not recorded"
FEW = 3  # audits that a sentence names
UNEXPLAINED = "answers changed; why is not recorded"


def since_finding(since: Since) -> str:
    """The heading: how many verdicts, statuses and figures are told otherwise than in the last edition."""
    if since.last is None:
        return FIRST
    month = Period.parse(since.last.about.period).words
    counts = (
        (len(since.turned), "verdict", "turned"),
        (len(since.statuses), "status", "changed"),
        (len(since.restated), "figure", "restated"),
    )
    told = [f"{number_word(many)} {_plural(what, many)} {how}" for many, what, how in counts if many]
    late = sum(each.decided is None for each in since.overdue)
    done = len(since.overdue) - late
    told = told or [_same(since)]
    told += [f"{number_word(done)} {plural('decision', done)} {'was' if done == 1 else 'were'} recorded"] * bool(done)
    told += [f"the day of {number_word(late)} {plural('decision', late)} has passed"] * bool(late)
    return f"Since the edition of {month}: {listed(told)}"


def _plural(what: str, many: int) -> str:
    return what if many == 1 else "statuses" if what == "status" else plural(what, many)


def _same(since: Since) -> str:
    return "no verdict has turned" if since.moved else NOTHING_APART


def what_became(late: Overdue) -> str:
    """What this edition says of a decision that was asked: who decided and when, that it is asked again, or nothing."""
    if late.decided:
        return f"{late.decided.by}, {date_words(late.decided.decided_on)}"
    again = late.again
    if again is None:
        return UNANSWERED
    return f"{AGAIN} for {date_words(parse_day(again.by))}" if again.by and again.by != late.was.by else AGAIN


def apart_from_chance(since: Since) -> str:
    """Of how many verdicts that turned two rounds can be told apart; a verdict that turned is no change by itself."""
    anew = [each for each in since.turned if not each.again]
    if not anew:
        return ""
    real = sum(each.change is not None and each.change.verdict in MOVED for each in anew)
    if real == len(anew):
        return "What turned can be told apart from chance."
    if real:
        return f"A verdict can turn by chance: {count_of(real, len(anew))} of these can be told apart from it."
    return "A verdict can turn by chance, or as more is read: of none of these can we tell that practice changed."


def also_compared(since: Since) -> tuple[str, ...]:
    """What was compared, and what could not be: new audits, those no longer spoken of, what is not shown."""
    if since.last is None:
        return ()
    told = [f"Both editions show a verdict on {counted(since.compared, 'standard')}."] if since.compared else []
    told += [f"New in this edition: {listed(since.new)}."] if 0 < len(since.new) <= FEW else []
    told += [f"No longer spoken of: {listed(since.gone)}."] if since.gone else []
    told += [UNSHOWN] if since.unshown else []
    told += [NO_STATUSES] if since.edition.paper and not since.last.statuses else []
    return tuple(told)


def why_restated(
    was: str, now: str, *, came: tuple[str, str] | None = None, month: str = "", unit: str = "file"
) -> str:
    """Why a count is told otherwise, as far as both tellings say it: late returns, more or fewer read, or neither.

    `came` are the records returned, then and now.

    >>> why_restated("15 of 30", "18 of 33", came=("30 of 40", "33 of 40"), month="October 2024")
    '3 late returns came in for October 2024'
    >>> why_restated("15 of 31", "15 of 30")
    '1 file fewer is counted'
    """
    more = _whole(came[1], 0) - _whole(came[0], 0) if came else 0
    if more > 0:
        return f"{counted(more, 'late return')} came in for {month}"
    by = _whole(now, 1) - _whole(was, 1)
    if not by:
        return UNEXPLAINED
    many, how = counted(abs(by), unit), "more" if by > 0 else "fewer"
    number, _, what = many.partition(" ")
    said = f"{number} more {what}" if how == "more" else f"{many} fewer"
    return f"{said} {'is' if abs(by) == 1 else 'are'} counted"


def _whole(count: str, place: int) -> int:
    return int(count.replace(",", "").split(" of ")[place])
