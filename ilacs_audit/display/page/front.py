"""The front page of an edition: its answer, how far to trust it, what to decide, what needs action, every page.

It is drawn from what the pages released. Worst comes first, and what is hidden on a page is hidden here.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ilacs_audit.claims.change.chance import PROMISE, false_flags
from ilacs_audit.claims.change.changes import CRITICAL_UP, warning
from ilacs_audit.claims.change.luck import WARNED
from ilacs_audit.claims.sentences.critical import Part
from ilacs_audit.claims.sentences.overview import MOVED, QUESTION, changed, enough, passing, relied_on, trusted
from ilacs_audit.claims.sentences.registers import is_register, register_sentence
from ilacs_audit.claims.sentences.tallies import SKEWED
from ilacs_audit.claims.words import NOT_MET, count_of, listed, plural
from ilacs_audit.display.figures import k_of_n, rounding_words
from ilacs_audit.display.fragments import Fragment, Fragments, environment, fragment, nothing, released_rows
from ilacs_audit.display.looks import VerdictLook, look_of
from ilacs_audit.display.page.critical import panel_of
from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.measures import RELEASED_COLUMNS, Row, earlier_round, from_rows
from ilacs_audit.domain.told import LAST, AreaTold, Asked, AuditTold, Overview, PageTold, PracticeLine

SEASON = 92  # days
ALSO = "Also asked of officers"
MOST_ASKED = 5  # decisions that stand open


class Said(NamedTuple):
    """Words, a count or verdict before them, a smaller line after them, and the code of their figure on its page."""

    text: str
    small: str = ""
    look: VerdictLook | None = None
    k_of_n: str = ""
    reference: str = ""
    href: str = ""


def practice(front: Overview) -> Fragments:
    """Open the front page: the answer in a few lines, how far to trust it, what to decide, what needs action now."""
    released_only(front)
    standing = [row for each in front.audits for row in each.standing]
    changes = [row for each in front.audits for row in each.changes]
    critical = (row for each in front.audits for row in each.critical if row.measure == "critical_failure")
    failed = any(row.numerator and not row.hidden for row in critical)
    beside = (
        changed(changes),
        false_flags(changes).in_short,
        WARNED if any(map(warning, changes)) else "",
        PROMISE if any(row.verdict in MOVED and not row.reason.startswith(CRITICAL_UP) for row in changes) else "",
        SKEWED if any(row.hidden for row in standing) else "",
        rounding_words([row._replace(lower=None) for row in standing]),
    )
    parts = [
        _part(front, each, each.audit.title if len(area.audits) > 1 else area.theme.title)
        for area in front.areas
        for each in area.audits
    ]
    first_told = {each: page for page in reversed(front.edition.pages) if page.href for each in page.asked}
    told = sorted(first_told.items(), key=lambda each: (each[0].by or LAST, each[0].words))
    asked = [(each, page, _figure(front, each.rests_on)) for each, page in told]
    to_decide = [each for each in asked if not each[0].instructed]
    said = fragment(
        "practice",
        template="practice.html.j2",
        data={"css": environment().get_template("front.css").render()},
        answer=(QUESTION, enough(standing, critical=failed)),
        short=failed or any(row.verdict == NOT_MET for row in standing),
        lines=[_line(front, each) for each in front.lines],
        beside=" ".join(filter(None, beside)),
        trust=_trust(front),
        asked=(to_decide[:MOST_ASKED], to_decide[MOST_ASKED:]),
    )
    panel = panel_of(parts, standards=front.edition.about.standards)
    answering = {told for each in front.audits for _, told in _instructed(each)}
    others = [each for each in asked if each[0].instructed and each[0] not in answering]
    officers = fragment("officers", template="asked.html.j2", heading=ALSO, officers=others)
    return said + panel + (officers if others else nothing("officers"))


def _figure(front: Overview, measure: str) -> tuple[str, str] | None:
    """What the first page on a register that shows this measure of everybody says of it, with its file."""
    shown = ((row, page.href) for page in front.edition.pages if page.href for row in page.released if is_register(row))
    of_all = (each for each in shown if (each[0].measure, each[0].group, each[0].hidden) == (measure, "all", False))
    return next(((register_sentence(row), href) for row, href in of_all), None)


def _part(front: Overview, each: AuditTold, name: str) -> Part:
    """The critical standards of one audit, with what went up, the day each answer is due, and who was asked for it."""
    worse = {row.standard_id for row in each.changes if row.verdict == MOVED[0]}
    asked = sorted((told for page in each.pages for told in page.asked if told.by), key=lambda told: told.by)
    due = {code: told.by for told in reversed(asked) for code in told.answers}
    who: dict[str, str] = {}
    for code, told in _instructed(each):
        who[code] = f"{who[code]}; {told.who}" if code in who and told.who not in who[code] else told.who
    return Part(each.critical, name, each.pages[0].href, worse, due, then_read(front, each), who)


def _instructed(each: AuditTold) -> Iterator[tuple[str, Asked]]:
    """What officers were asked about the failures of an audit: it stands beside them, by the standard's id."""
    failed = {row.standard_id for row in each.critical if row.numerator or row.hidden}
    found = {told for page in each.pages for told in page.asked if told.instructed and told.who}
    return ((code, told) for told in sorted(found) for code in told.answers if code in failed)


def contents(pages: Sequence[PageTold], *, spreadsheet: str = "") -> Fragment:
    """Link every page of an edition by area with its figures, and say what was not produced and why."""
    there = [each for each in pages if each.href]
    areas = {area: [each for each in there if each.area == area] for area in dict.fromkeys(each.area for each in there)}
    absent = [each for each in pages if not each.href and (each.audit or each.title not in areas)]
    why = {
        note: [each.title for each in absent if each.note == note]
        for note in dict.fromkeys(each.note for each in absent)
    }
    told = [*why.items()]
    return fragment("contents", template="contents.html.j2", areas=areas, absent=told, spreadsheet=spreadsheet)


def released_only(front: Overview) -> None:
    """Refuse what has not been released, as every piece of a page does."""
    given.needed(front, Overview, "front")
    parts = (
        (*each.standing, *each.changes, *each.critical, *each.facts.values(), *each.agencies) for each in front.audits
    )
    released_rows(from_rows([row for part in parts for row in part], columns=RELEASED_COLUMNS))


def _line(front: Overview, line: PracticeLine) -> Said:
    moved = ""
    if line.change and (earlier := earlier_round(line.change.note)):
        met, read, when = earlier
        rose = (line.row.numerator or 0) * read > met * (line.row.denominator or 1)
        moved = f", {'up' if rose else 'down'} from {count_of(met, read)} in {when}"
    only = "Only " if line.row.verdict == NOT_MET else ""
    told = f"{passing(front.edition.about.standards[line.row.standard_id])}{moved}."
    critical = ", a critical standard" if line.row.reason.startswith(CRITICAL_UP) else ""
    small = f"{line.area.theme.title}{critical}{_age(front, line)}"
    page = next((page.href for each in line.area.audits for page in each.pages if line.row in page.released), "")
    return Said(told, small, look_of(line.row), only + counts_of(line.area, line.row), line.row.reference, page)


def counts_of(area: AreaTold, row: Row) -> str:
    """The count of a standard with what was read."""
    return f"{k_of_n(row)} {plural(area.theme.unit, row.denominator or 0)}"


def _age(front: Overview, line: PracticeLine) -> str:
    """The month of an audit that was read a season ago or more: a first line would pass for this month's."""
    read = (each for each in line.area.audits if line.row in each.standing)
    then = then_read(front, next(read, line.area.speaks))
    return f", {then}" if then else ""


def then_read(front: Overview, each: AuditTold) -> str:
    """The month in which an audit was read, where that is a season ago or more."""
    until = each.audit.until
    old = (parse_day(front.edition.about.as_of) - until).days > SEASON
    return date_words(until).partition(" ")[2] if old else ""


def _trust(front: Overview) -> tuple[str, Sequence[str]]:
    """What can be relied on, and what it rests on, up to which day."""
    if not front.audits:
        return "", ()
    audits, as_of = [each.audit for each in front.audits], parse_day(front.edition.about.as_of)
    lead, besides = relied_on(front.audits)
    first, last = min(each.on for each in audits), min(max(each.until for each in audits), as_of)
    read = date_words(last) + (f", the oldest from {date_words(first)}" if first < last else "")
    booked = [each.title for each in audits if each.until > as_of]
    more = f" Booked beyond that day: {listed(booked)}." if booked else ""
    more += f" Dated after it: {count_of(*front.sums['later'])} records." if "later" in front.sums else ""
    return lead, [*filter(None, (besides, *trusted(front))), f"Evidence up to {read}.{more}"]
