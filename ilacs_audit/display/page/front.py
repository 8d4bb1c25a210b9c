"""The front page of an edition: its answer, what needs action, each area, how far to trust it, and every page.

It is drawn from what the pages released. Worst comes first, and what is hidden on a page is hidden here.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ilacs_audit.claims.change.chance import PROMISE, false_flags
from ilacs_audit.claims.change.changes import CRITICAL_UP, warning
from ilacs_audit.claims.change.luck import WARNED, foremost
from ilacs_audit.claims.sentences.critical import Part
from ilacs_audit.claims.sentences.overview import MOVED, QUESTION, changed, enough, passing, relied_on, trusted
from ilacs_audit.claims.sentences.registers import is_register, register_lead, register_sentence
from ilacs_audit.claims.sentences.tallies import SKEWED
from ilacs_audit.claims.words import CANNOT_TELL, NOT_COMPARABLE, NOT_MET, count_of, counted, listed, plural
from ilacs_audit.display.figures import CHOSEN, RANGED, k_of_n, rounding_words
from ilacs_audit.display.fragments import Fragment, Fragments, environment, fragment, nothing, released_rows
from ilacs_audit.display.looks import NO_VERDICT, NOT_CALLED_MET, VERDICTS, WARNING, VerdictLook, verdict_of
from ilacs_audit.display.page.critical import panel_of
from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.measures import RELEASED_COLUMNS, Row, earlier_round, from_rows
from ilacs_audit.domain.told import LAST, AreaTold, Asked, AuditTold, Overview, PageTold, PracticeLine

UNSHOWN = VerdictLook("Not shown", "", "none", "unshown", "the numbers are too small to show")
SEASON = 92  # days
_LOOKS = (VERDICTS[NOT_MET], NOT_CALLED_MET, *(VERDICTS[each] for each in ("cannot tell", "met")), NO_VERDICT, UNSHOWN)
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
    _door(front)
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
    return Part(each.critical, name, each.pages[0].href, worse, due, _then(front, each), who)


def _instructed(each: AuditTold) -> Iterator[tuple[str, Asked]]:
    """What officers were asked about the failures of an audit: it stands beside them, by the standard's id."""
    failed = {row.standard_id for row in each.critical if row.numerator or row.hidden}
    found = {told for page in each.pages for told in page.asked if told.instructed and told.who}
    return ((code, told) for told in sorted(found) for code in told.answers if code in failed)


def areas_table(front: Overview) -> Fragment:
    """A row a practice area, worst first: its weakest standard, a cell a standard, the change, the next look."""
    _door(front)
    if not front.areas:
        return nothing("areas_table")
    leads = _registers(front)
    areas = [_area(front, each) | {"registers": leads.pop(each.theme.title, [])} for each in front.areas]
    cells = Counter(cell for each in areas for cell in each["cells"])
    used = [(each, cells[each]) for each in _LOOKS if each in cells]
    told: dict[str, Any] = {
        "finding": _finding(front),
        "areas": areas,
        "used": used,
        "many": cells.total(),
        "hidden": UNSHOWN in cells,
        "ranged": RANGED,
        "registers": [each for others in leads.values() for each in others],
    }
    return fragment("areas_table", template="areas.html.j2", **told)


def _registers(front: Overview) -> dict[str, list[tuple[str, str]]]:
    """By area what each page on registers found, in the first sentence of its own answer, with its file."""
    found: dict[str, list[tuple[str, str]]] = {}
    for page in front.edition.pages:
        lead = register_lead(page.answer, page.released) if page.href and not page.audit else ""
        if lead:
            found.setdefault(page.area, []).append((lead, page.href))
    return found


def contents(pages: Sequence[PageTold], *, spreadsheet: str = "") -> Fragment:
    """Link every page of an edition by area with its figures, and say what was not produced and why."""
    there = [each for each in pages if each.href]
    areas = {area: [each for each in there if each.area == area] for area in dict.fromkeys(each.area for each in there)}
    absent = [each for each in pages if not each.href and (each.audit or each.title not in areas)]
    return fragment("contents", template="contents.html.j2", areas=areas, absent=absent, spreadsheet=spreadsheet)


def look_of(row: Row) -> VerdictLook:
    """The looks of a standard: a critical failure and a hidden count are told from no verdict."""
    return UNSHOWN if row.hidden and not row.verdict else verdict_of(row)


def _door(front: Overview) -> None:
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
    return Said(told, small, look_of(line.row), only + _counts(line.area, line.row), line.row.reference, page)


def _counts(area: AreaTold, row: Row) -> str:
    return f"{k_of_n(row)} {plural(area.theme.unit, row.denominator or 0)}"


def _age(front: Overview, line: PracticeLine) -> str:
    """The month of an audit that was read a season ago or more: a first line would pass for this month's."""
    read = (each for each in line.area.audits if line.row in each.standing)
    then = _then(front, next(read, line.area.speaks))
    return f", {then}" if then else ""


def _then(front: Overview, each: AuditTold) -> str:
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


def _finding(front: Overview) -> str:
    first = front.areas[0]
    if len(front.areas) == 1:
        return f"One area was audited: {first.theme.title}"
    if short := sum(row.verdict == NOT_MET for row in first.speaks.standing):
        share = count_of(short, len(first.speaks.standing))
        return f"Largest share not met: {first.theme.title}, short on {share} standards"
    told = {row.verdict for area in front.areas for row in area.speaks.standing} - {""}
    if told == {CANNOT_TELL}:
        return "We cannot tell of any area whether it falls short"
    return "No area is shown to fall short" if told else "No area can be judged yet"


def _area(front: Overview, area: AreaTold) -> dict[str, Any]:
    """One area as its row shows it; apart are the audits that do not speak for it."""
    speaks, size = area.speaks, area.next_size
    cells = sorted(map(look_of, speaks.standing), key=_LOOKS.index)
    booked = counted(size, area.theme.unit) if size and area.next_on else ""
    counts = ", ".join(f"{count} {look.word.lower()}" for look, count in Counter(cells).items())
    weakest = next((row for row in speaks.standing if row.verdict or not row.hidden), None)
    return {
        "title": area.theme.title,
        "href": speaks.pages[0].href,
        "weakest": _weakest(front, area, weakest),
        "judged_by": f"{speaks.audit.title}, {plural(area.theme.unit)} chosen {CHOSEN[speaks.audit.selection]}.",
        "apart": [(each.audit.title, each.pages[0].href) for each in area.audits[1:]],
        "cells": cells,
        "alt": f"{counted(len(cells), 'standard')}: {counts}",
        "since": _since(front, speaks, weakest),
        "next": Said(area.next_on or "No date set", ", ".join(filter(None, (booked, area.next_of)))),
    }


def _weakest(front: Overview, area: AreaTold, row: Row | None) -> Said:
    """The weakest standard in words, by its verdict alone where its count is hidden."""
    if row is None:
        return Said("Counts are too small to show.")
    then = f" ({then})" if (then := _then(front, area.speaks)) else ""
    told = f"{passing(front.edition.about.standards[row.standard_id])}{then}"
    if row.hidden:
        return Said(f"How many {told} is not shown.", reference=row.reference)
    return Said(f"{told}.", k_of_n=_counts(area, row), reference=row.reference)


def _since(front: Overview, audit: AuditTold, weakest: Row | None) -> Said:
    """What changed since the round before: real changes by number, else what may be said of the weakest standard."""
    compared = [row for row in audit.changes if row.verdict and row.verdict != NOT_COMPARABLE]
    named = weakest.standard_id if weakest else ""
    for word in MOVED:
        if moved := [row for row in compared if row.verdict == word]:
            first = foremost(moved, named)
            told = f"{passing(front.edition.about.standards[first.standard_id])}: {_then_and_now(first)}"
            look = WARNING if all(map(warning, moved)) else VERDICTS[word]
            return Said(f"on {count_of(len(moved), len(compared))} standards", told, look)
    if compared:
        first = min(compared, key=lambda row: (row.standard_id != named, row.verdict != CANNOT_TELL))
        alike = count_of(sum(row.verdict == first.verdict for row in compared), len(compared))
        many = f"on {alike} standards{' shown' if any(row.hidden for row in audit.changes) else ''}"
        return Said("", (_was(first, weakest) if first.standard_id == named else "") or many, VERDICTS[first.verdict])
    if any(row.verdict for row in audit.changes):
        return Said("", audit.changes[0].reason, VERDICTS[NOT_COMPARABLE])
    if audit.changes:
        return Said("Not shown", UNSHOWN.means)
    return Said("Not compared", "no page compares it") if audit.audit.baseline else Said("First round")


def _was(row: Row, now: Row | None) -> str:
    """The count of the round before, as the note of a change tells it, with this round's where `now` is another."""
    if now and (now.numerator, now.denominator) != (row.numerator, row.denominator):
        return _then_and_now(row)
    earlier = earlier_round(row.note)
    return f"was {count_of(*earlier[:2])} in {earlier[2]}" if earlier else ""


def _then_and_now(row: Row) -> str:
    return ", ".join(filter(None, (k_of_n(row), _was(row, None))))
