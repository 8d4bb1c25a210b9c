"""What an edition tells otherwise than the last one its readers were given: verdicts, statuses, figures, days passed.

Both sides are what those readers were shown. What one of the two hides is not compared: no difference tells of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ilacs_audit.claims.plan import statuses_told
from ilacs_audit.claims.sentences.overview import MOVED
from ilacs_audit.claims.sentences.registers import name_of
from ilacs_audit.claims.since import RETURNED, why_restated
from ilacs_audit.claims.words import count_of, period_words
from ilacs_audit.disclosure.rules import BY_MONTH
from ilacs_audit.domain import given
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.measures import Row, earlier_round
from ilacs_audit.domain.told import (
    AreaTold,
    Asked,
    AuditTold,
    EditionTold,
    Overdue,
    Overview,
    PageTold,
    PlanTold,
    Restated,
    Since,
    StatusTold,
    Turned,
)

_Counts = Mapping[str, Row]  # by standard


def since_last(front: Overview, paper: PlanTold) -> Since:
    """Compare an edition with the last one of the same readers.

    A verdict is compared with that of the same audit, or of the round before it that the last edition spoke of. A
    verdict that turned is no change by itself: whether the rounds can be told apart is for `claims` to say.
    """
    given.needed(front, Overview, "front")
    given.needed(paper, PlanTold, "paper")
    edition, last = front.edition, front.edition.before
    if last is None:
        return Since(edition)
    then = _by_audit(last)
    found = [(area, told, _round_of(edition, told, then)) for area in front.areas for told in area.audits]
    both = [(area, told, name, *pair) for area, told, name in found if name for pair in _pairs(told, then[name])]
    stood = [each for each in both if _said(each[3]) and _said(each[4])]
    spoken = {name for *_, name in found}
    return Since(
        edition,
        last,
        compared=len(stood),
        unshown=len(stood) < len(both),
        moved=any(row.verdict in MOVED for told in front.audits for row in told.changes),
        turned=tuple(_turned(*each) for each in stood if _said(each[3]) != _said(each[4])),
        new=tuple(dict.fromkeys(told.audit.title for _, told, name in found if not name)),
        gone=tuple(dict.fromkeys(each.title for each in last.pages if each.audit in then.keys() - spoken)),
        statuses=tuple(_statuses(paper, last)),
        restated=tuple(_once((*_first(edition, last), *_rounds(front, then), *_by_month(edition, last)))),
        overdue=tuple(_overdue(edition, last)),
    )


def _overdue(edition: EditionTold, last: EditionTold) -> Iterator[Overdue]:
    """The decisions of earlier editions that were decided lately or whose day has passed, the oldest first, each once.

    One that nothing is recorded of stays until something is.
    """
    (then, now), day = map(_asked, (last, edition)), parse_day(edition.about.as_of)
    done = {each.code: each for each in last.decided}
    for code, was in sorted(then.items(), key=lambda each: each[1].by):
        if code in done and done[code].stands(day):
            yield Overdue(was, None, done[code])
        elif code not in done and was.by and was.by < str(day):
            yield Overdue(was, now.get(code))


def _asked(edition: EditionTold) -> Mapping[str, Asked]:
    """What an edition asked its readers to decide, by its code: it is that of its words, whatever the day."""
    return {each.reference or each.words: each for page in edition.pages for each in page.asked if not each.instructed}


def _once(found: Iterable[Restated]) -> Iterable[Restated]:
    """Each figure once: several pages tell of one audit."""
    return {(each.what, each.when, each.was, each.now): each for each in reversed([*found])}.values()


def _by_audit(last: EditionTold) -> dict[str, dict[str, Row]]:
    """What the last edition told of each of its audits, by standard."""
    found: dict[str, dict[str, Row]] = {}
    for page in last.pages:
        for row in page.released if page.audit else ():
            if row.measure == "compliance" and row.group in WHOLE_SERVICE and row.period == last.about.period:
                found.setdefault(page.audit, {}).setdefault(row.standard_id, row)
    return found


def _round_of(edition: EditionTold, told: AuditTold, then: Mapping[str, _Counts]) -> str:
    """The audit, or the latest round before it, of which the last edition spoke; '' where it spoke of none."""
    handed, name = edition.about.handed, told.audit.id
    earlier = [each.id for each in reversed(handed.series(name)) if each.period < told.audit.period]
    return next((each for each in (name, *(one.id for one in handed.chain(name)), *earlier) if each in then), "")


def _pairs(told: AuditTold, then: _Counts) -> Iterator[tuple[Row, Row]]:
    return ((then[row.standard_id], row) for row in told.standing if row.standard_id in then)


def _said(row: Row) -> str:
    """The verdict of a standard as it is shown; '' of one whose count is hidden and whose verdict is too."""
    return row.verdict or ("" if row.hidden else f"no verdict {'X1' if row.rule == 'X1' else ''}")


def _turned(area: AreaTold, told: AuditTold, name: str, was: Row, now: Row) -> Turned:
    change = next((row for row in told.changes if row.standard_id == now.standard_id and row.verdict), None)
    return Turned(was, now, area, told.pages[0], change, name == told.audit.id)


def _statuses(paper: PlanTold, last: EditionTold) -> Iterator[tuple[StatusTold, StatusTold]]:
    """The areas of which activity or impact is another; one that only one edition has is not compared."""
    then = {each.code: each for each in last.statuses}
    for now in statuses_told(paper) if paper.edition.paper else ():
        was = then.get(now.code, now)
        if (was.activity, was.word, was.rule) != (now.activity, now.word, now.rule):
            yield was, now


def _rounds(front: Overview, then: Mapping[str, _Counts]) -> Iterator[Restated]:
    """Counts of an earlier round that the last edition told as its own, and that this one tells otherwise."""
    for told in front.audits:
        chain = {each.period.words: each.id for each in front.edition.about.handed.chain(told.audit.id)}
        chain[told.audit.period.words] = told.audit.id
        for code, when, now in (*_earlier(told), *_own(told)):
            was = then.get(chain.get(when, ""), {}).get(code)
            if was is not None and (first := _count(was)) and first != now:
                page = told.pages[-1]
                yield Restated(code, when, first, now, why_restated(first, now), page.href)


def _earlier(told: AuditTold) -> Iterator[tuple[str, str, str]]:
    """Each count of an earlier round that the pages of an audit tell beside its change."""
    for row in told.changes:
        if not row.hidden and (found := earlier_round(row.note)):
            yield row.standard_id, found[2], count_of(*found[:2])


def _own(told: AuditTold) -> Iterator[tuple[str, str, str]]:
    return ((row.standard_id, told.audit.period.words, count) for row in told.standing if (count := _count(row)))


def _by_month(edition: EditionTold, last: EditionTold) -> Iterator[Restated]:
    """Counts of a month of a register that both editions tell, each otherwise."""
    then = {_key(row): row for page in last.pages for row in page.released if row.measure in BY_MONTH}
    for page in edition.pages:
        for row in page.released:
            was = then.get(_key(row)) if row.measure in BY_MONTH else None
            first, now = _count(was) if was else "", _count(row)
            if first and now and first != now:
                why = why_restated(first, now, unit="entry")
                yield Restated(name_of(row), period_words(row.period), first, now, why, page.href)


def _first(*editions: EditionTold) -> Iterator[Restated]:
    """What pages of this month and of the last edition's say that readers were first given otherwise."""
    for edition in editions:
        when = period_words(edition.about.period)
        for page in edition.pages:
            yield from _restated(page, when, href=page.href if edition is editions[0] else "")


def _restated(page: PageTold, when: str, *, href: str) -> Iterator[Restated]:
    came = next(((was, now) for what, was, now in page.restated if what == RETURNED), None)
    for what, was, now in page.restated if page.audit else ():
        if what != RETURNED:
            yield Restated(what, when, was, now, why_restated(was, now, came=came, month=when), href)


def _key(row: Row) -> Sequence[str]:
    return row.measure, row.theme, row.standard_id, row.group, row.level, row.period


def _count(row: Row) -> str:
    """A count that is shown; '' where there is none."""
    shown = not row.hidden and row.numerator is not None and row.denominator is not None
    return count_of(row.numerator or 0, row.denominator or 0) if shown else ""
