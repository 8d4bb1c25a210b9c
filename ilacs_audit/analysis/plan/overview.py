"""The front page of an edition: which area is weakest, which of its audits speaks for it, when it is looked at next.

Everything here is chosen from released rows, and added up only where no page hides its part: what the
gate took out of one page does not come back as a difference on another.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from ilacs_audit.claims.change.changes import CRITICAL_UP
from ilacs_audit.claims.sentences.overview import MOVED
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET
from ilacs_audit.domain import given
from ilacs_audit.domain.audiences import WHOLE_SERVICE, audience
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import DRAWN_BY_CHANCE, TWO_PHASE, Audit
from ilacs_audit.domain.told import AreaTold, AuditTold, EditionTold, Overview, PageTold, PracticeLine

MOST_LINES = 5
_OF_SOME = ("comparable", "marked_down", "marked_up", "later")  # facts that not every audit can have
_FACTS = ("returned", "moderated", *_OF_SOME)
_Booked = tuple[date, date, str, int | None, str]  # first and last day of a round, in words, how many files, whose
_WORST = (NOT_MET, CANNOT_TELL, MET)


def overview(edition: EditionTold) -> Overview:
    """Put the audits of an edition together by area, the weakest area first.

    Of several audits of an area one speaks: one drawn by chance before a whole list, a whole list before a
    pick, then the one whose list is longer, and the one that drew more. Files that somebody picked judge no area.
    """
    given.needed(edition, EditionTold, "edition")
    by_audit: dict[str, list[PageTold]] = {}
    for page in edition.pages:
        if page.audit and page.href:
            by_audit.setdefault(page.audit, []).append(page)
    audits = [_audit(edition, name, pages) for name, pages in by_audit.items()]
    themes = dict.fromkeys(each.audit.theme for each in audits)
    areas = [_area(edition, theme, [each for each in audits if each.audit.theme == theme]) for theme in themes]
    ordered = tuple(sorted(areas, key=_weakness))
    sums = {name: each for name in _FACTS if (each := _added(audits, name))}
    return Overview(edition, ordered, tuple(_lines(ordered)), sums)


def _audit(edition: EditionTold, name: str, pages: Sequence[PageTold]) -> AuditTold:
    audit = edition.about.handed.protocol(name)
    shown = (row for page in pages for row in page.released)
    seen = {(each.measure, each.standard_id, each.group, each.level, each.period): each for each in shown}.values()
    whole = [row for row in seen if row.group in WHOLE_SERVICE and row.period == str(audit.period)]
    warned = (row for row in whole if row.measure == "impact" and row.reason.startswith(CRITICAL_UP))
    up = {row.standard_id: row.reason for row in warned}
    changes = (row for row in whole if row.measure == "change")
    failed = (row for row in whole if row.measure == "critical_failure" and (row.hidden or row.numerator))
    right = (row for row in whole if row.measure == "put_right")
    return AuditTold(
        audit,
        tuple(pages),
        tuple(sorted((row for row in whole if row.measure == "compliance"), key=shortfall)),
        tuple(_worse(row, up[row.standard_id]) if row.standard_id in up else row for row in changes),
        (*failed, *right),
        {row.measure: row for row in seen if row.measure in _FACTS and row.level == name},
        tuple(row for row in seen if row.measure == "agency_returns" and row.group == "agency"),
    )


def _worse(row: Row, why: str) -> Row:
    return row._replace(verdict="worse", reason=why)


def _area(edition: EditionTold, theme: str, audits: Sequence[AuditTold]) -> AreaTold:
    ordered = sorted(audits, key=_speaks)
    booked = [look for place, each in enumerate(ordered) for look in _booked(edition, each.audit, other=place > 0)]
    look = _next(booked, parse_day(edition.about.as_of))
    return AreaTold(edition.about.standards.theme(theme), tuple(ordered), *look)


def _next(booked: Sequence[_Booked], day: date) -> tuple[str, int | None, str]:
    """The first round that is booked after a day, in words; of those whose day has come the last, as one that was."""
    if ahead := [each for each in booked if each[1] > day]:
        return min(ahead, key=lambda each: each[0])[2:]
    passed = max(booked, key=lambda each: each[0], default=None)
    return (f"Was booked for {passed[2]}", *passed[3:]) if passed else ("", None, "")


def _booked(edition: EditionTold, audit: Audit, *, other: bool) -> Iterator[_Booked]:
    """Each later round of an audit, with its title where it is another than the one that speaks."""
    of, of_all = audit.title if other else "", not audience(edition.about.audience).service  # whose the size is
    if audit.next_on:
        yield audit.next_on, audit.next_on, date_words(audit.next_on), audit.next_size if of_all else None, of
    for each in edition.about.handed.series(audit.id):
        if str(each.period) > edition.about.period:
            yield each.on, each.until, _when(each), each.intended if of_all else None, of


def _when(audit: Audit) -> str:
    """The day on which a planned round begins; its month where no day is written."""
    dated = (audit.on, audit.until) != (audit.period.first, audit.period.last)
    return date_words(audit.on) if dated else audit.period.words


def _speaks(each: AuditTold) -> tuple[bool, int, int, int, str]:
    """The order in which audits of an area speak for it; by the protocol alone, which no edition hides."""
    audit = each.audit
    drawn = 0 if audit.selection in DRAWN_BY_CHANCE else 1 if audit.selection in ("census", TWO_PHASE) else 2
    return not each.standing, drawn, -(audit.population_size or 0), -(audit.intended or 0), audit.id


def shortfall(row: Row) -> tuple[int, float, str]:
    """How weak a standard is: by verdict, then by the share that met it; what may not be ranked comes last."""
    rank = _WORST.index(row.verdict) if row.verdict in _WORST else 4 if row.hidden else 3
    share = row.numerator / row.denominator if row.numerator is not None and row.denominator else 2.0
    return rank, -share if row.direction == "lower" else share, row.standard_id


def _weakness(area: AreaTold) -> tuple[float, ...]:
    standing = area.speaks.standing
    shares = [sum(row.verdict == word for row in standing) / max(len(standing), 1) for word in _WORST]
    return (not any(shares), -shares[0], -shares[1], *(shortfall(standing[0])[:2] if standing else (5, 0)))


def _lines(areas: Sequence[AreaTold]) -> list[PracticeLine]:
    """The few standards that answer for an edition: what got worse, the weakest of each area in order, what rose.

    An area speaks by its first audit, and by another only where that one falls short and the first does not.
    """
    changes = [(area, row) for area in areas for each in area.audits for row in each.changes]
    moved = [PracticeLine(area, row, row) for area, row in changes if row.verdict in MOVED and _told(row)]
    moved.sort(key=lambda line: line.row.verdict == "better")
    ranked = [
        ((place, row.verdict != NOT_MET), area, row) for area in areas for place, row in enumerate(_weakest(area))
    ]
    weakest = [PracticeLine(area, row) for _, area, row in sorted(ranked, key=lambda each: each[0])]
    chosen: dict[tuple[str, str], PracticeLine] = {}
    for line in (*moved[: MOST_LINES - 2], *weakest):
        chosen.setdefault((line.row.theme, line.row.standard_id), line)
    places = {id(area): place for place, area in enumerate(areas)}
    return sorted(
        list(chosen.values())[:MOST_LINES],
        key=lambda each: (MOVED.index(each.row.verdict) * 2 if each.change else 1, places[id(each.area)]),
    )


def _weakest(area: AreaTold) -> list[Row]:
    told = [(place, row) for place, each in enumerate(area.audits) for row in each.standing if _told(row)]
    best: dict[str, Row] = {}
    for _, row in sorted(told, key=lambda each: (each[1].verdict != NOT_MET, each[0], shortfall(each[1]))):
        best.setdefault(row.standard_id, row)
    return list(best.values())


def _told(row: Row) -> bool:
    """Whether a count may be said of a row."""
    return not row.hidden and row.numerator is not None and bool(row.denominator)


def _added(audits: Sequence[AuditTold], name: str) -> tuple[int, int] | None:
    """A fact of all audits as one; None where a page hides its own, or does not say of how many.

    Only audits with a round before can have standards comparable with it, and only moderated ones are marked down.
    """
    wanted = [each for each in audits if name not in _OF_SOME or name in each.facts]
    told = [each.facts[name] for each in wanted if name in each.facts and _told(each.facts[name])]
    if not told or len(told) < len(wanted):
        return None
    return sum(each.numerator or 0 for each in told), sum(each.denominator or 0 for each in told)
