"""The front page of an edition: its answer, what needs action, each area, how far to trust it, and every page.

It is drawn from what the pages released. Worst comes first, and what is hidden on a page is hidden here.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import shorten
from typing import Any, NamedTuple

from ilacs_audit.claims.change.chance import PROMISE
from ilacs_audit.claims.sentences.critical import Part
from ilacs_audit.claims.sentences.overview import MOVED, QUESTION, changed, enough
from ilacs_audit.claims.sentences.tallies import SKEWED
from ilacs_audit.claims.words import NOT_COMPARABLE, NOT_MET, capital, count_of, counted, plural
from ilacs_audit.display.figures import CHOSEN, asks, k_of_n, rounding_words
from ilacs_audit.display.fragments import Fragment, Fragments, environment, fragment, nothing, released_rows
from ilacs_audit.display.looks import NO_VERDICT, VERDICTS, VerdictLook
from ilacs_audit.display.page.critical import panel_of
from ilacs_audit.display.page.trust import Fact
from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.measures import RELEASED_COLUMNS, Row, earlier_round, from_rows
from ilacs_audit.domain.programme import DRAWN_BY_CHANCE
from ilacs_audit.domain.told import AreaTold, AuditTold, Overview, PageTold, PracticeLine

UNSHOWN = VerdictLook("Not shown", "", "none", "unshown", "the numbers are too small to show")
_LONGEST = 150
SEASON = 92  # days
_LOOKS = (VERDICTS[NOT_MET], *(VERDICTS[each] for each in ("cannot tell", "met")), NO_VERDICT, UNSHOWN)


class Said(NamedTuple):
    """Words, with a count or verdict before them and a smaller line after them."""

    text: str
    small: str = ""
    look: VerdictLook | None = None
    k_of_n: str = ""


def practice(front: Overview) -> Fragments:
    """Open the front page: the board's question and its answer, a few lines of practice, and what needs action."""
    _door(front)
    standing = [row for each in front.audits for row in each.standing]
    changes = [row for each in front.audits for row in each.changes]
    critical = (row for each in front.audits for row in each.critical if row.measure == "critical_failure")
    failed = any(row.numerator and not row.hidden for row in critical)
    beside = (
        changed(changes),
        _rests_on(front),
        PROMISE if any(row.verdict in MOVED for row in changes) else "",
        SKEWED if any(row.hidden for row in standing) else "",
        rounding_words([row._replace(lower=None) for row in standing]),
    )
    parts = [
        Part(each.critical, each.audit.title if len(area.audits) > 1 else area.theme.title, each.pages[0].href)
        for area in front.areas
        for each in area.audits
    ]
    said = fragment(
        "practice",
        template="practice.html.j2",
        data={"css": environment().get_template("front.css").render()},
        question=QUESTION,
        said=enough(standing, critical=failed),
        short=failed or any(row.verdict == NOT_MET for row in standing),
        lines=[_line(front, each) for each in front.lines],
        beside=" ".join(filter(None, beside)),
        decisions=counted(len({each for page in front.edition.pages for each in page.asked}), "decision"),
    )
    return said + panel_of(parts, standards=front.edition.about.standards)


def areas_table(front: Overview) -> Fragment:
    """A row a practice area, worst first: its weakest standard, a cell a standard, the change, the next look."""
    _door(front)
    if not front.areas:
        return nothing("areas_table")
    areas = [_area(front, each) for each in front.areas]
    cells = Counter(cell for each in areas for cell in each["cells"])
    used = [(each, cells[each]) for each in _LOOKS if each in cells]
    return fragment(
        "areas_table",
        template="areas.html.j2",
        finding=_finding(front),
        areas=areas,
        used=used,
        many=cells.total(),
        hidden=UNSHOWN in cells,
    )


def edition_trust(front: Overview) -> Fragment:
    """Say how far to trust an edition: files read, by chance, read twice, comparable, up to which day."""
    _door(front)
    if not front.audits:
        return nothing("edition_trust")
    drawn, audits = Counter(each.audit.selection for each in front.audits), len(front.audits)
    whole, chance = drawn["census"], sum(drawn[each] for each in DRAWN_BY_CHANCE)
    compared = any("comparable" in each.facts for each in front.audits)
    by_chance = f"{count_of(chance, audits)} {plural('audit', audits)}"
    facts = [
        Fact("Files read", *_sum(front, "returned", "of those drawn")),
        Fact("Chosen by chance", by_chance, f"{whole} more read the whole list" if whole else ""),
        Fact("Read a second time", *_sum(front, "moderated", "of the files read")),
        *([Fact("Comparable", *_sum(front, "comparable", "standards, with the round before"))] if compared else []),
        *_agencies(front),
        Fact("Evidence up to", _last_day(front), _oldest(front)),
    ]
    many = f"{count_of(chance + whole, audits)} {plural('audit', audits)}"
    how = "drew files by chance or read the whole list" if whole else "drew files by chance"
    heading = f"How far to trust this edition: {many} {how}"
    return fragment("edition_trust", template="trust.html.j2", heading=heading, facts=facts)


def contents(pages: Sequence[PageTold], *, spreadsheet: str = "") -> Fragment:
    """Link every page of an edition by area with its figures, and say what was not produced and why."""
    there, absent = [each for each in pages if each.href], [each for each in pages if not each.href]
    areas = {area: [each for each in there if each.area == area] for area in dict.fromkeys(each.area for each in there)}
    told: dict[str, str] = {}
    for page in there:
        told = {**dict.fromkeys(page.asked, page.href), **told}
    asked = [(page, ours) for page in there if (ours := [each for each in page.asked if told[each] == page.href])]
    return fragment(
        "contents", template="contents.html.j2", areas=areas, absent=absent, asked=asked, spreadsheet=spreadsheet
    )


def look_of(row: Row) -> VerdictLook:
    """The looks of a standard: a critical failure and a hidden count are told from no verdict."""
    return VERDICTS.get(row.verdict, UNSHOWN if row.hidden else NO_VERDICT)


def _door(front: Overview) -> None:
    """Refuse what has not been released, as every piece of a page does."""
    given.needed(front, Overview, "front")
    parts = (
        (*each.standing, *each.changes, *each.critical, *each.facts.values(), *each.agencies) for each in front.audits
    )
    released_rows(from_rows([row for part in parts for row in part], columns=RELEASED_COLUMNS))


def _asked(front: Overview, row: Row, after: str = "") -> str:
    """What a standard asks, as a sentence; of a long one the beginning, and its page has the whole."""
    asked = asks(row.standard_id, front.edition.about.standards).rstrip(".") or row.standard_id
    return f"{shorten(asked, _LONGEST, placeholder=' …')}{after}.".replace("….", "…")


def _line(front: Overview, line: PracticeLine) -> Said:
    moved = ""
    if line.change and (earlier := earlier_round(line.change.note)):
        met, read, when = earlier
        rose = (line.row.numerator or 0) * read > met * (line.row.denominator or 1)
        moved = f", {'up' if rose else 'down'} from {count_of(met, read)} in {when}"
    only = "Only " if line.row.verdict == NOT_MET else ""
    counts = f"{only}{k_of_n(line.row)} {plural(line.area.theme.unit, line.row.denominator or 0)}"
    small = f"{line.area.theme.title}{_age(front, line)}"
    return Said(_asked(front, line.row, moved), small, look_of(line.row), counts)


def _age(front: Overview, line: PracticeLine) -> str:
    """The last day of an audit that is a season old or more: a first line would pass for this month's."""
    read = (each.audit for each in line.area.audits if line.row in each.standing)
    until = next(read, line.area.speaks.audit).until
    old = (parse_day(front.edition.about.as_of) - until).days > SEASON
    return f", read to {date_words(until)}" if old else ""


def _rests_on(front: Overview) -> str:
    """How many files the answer rests on, and up to which day."""
    if not front.audits:
        return ""
    if "returned" not in front.sums:
        return f"Evidence up to {_last_day(front)}."
    return f"{capital(_sum(front, 'returned', '')[0])} records read, up to {_last_day(front)}."


def _last_day(front: Overview) -> str:
    """The last day of the evidence: of the last audit, and never after the day of which the edition speaks."""
    return date_words(min(max(each.audit.until for each in front.audits), parse_day(front.edition.about.as_of)))


def _oldest(front: Overview) -> str:
    first = date_words(min(each.audit.on for each in front.audits))
    return f"the oldest from {first}" if first != _last_day(front) else ""


def _agencies(front: Overview) -> Iterator[Fact]:
    """What the agencies of each audit returned, and which of them did not return all."""
    for area in front.areas:
        for each in area.audits:
            short = [row for row in each.agencies if not row.hidden and row.numerator != row.denominator]
            if short:
                told = ", ".join(f"{row.note} {k_of_n(row)}" for row in short)
                yield Fact("Agencies returned", told, area.theme.title)


def _sum(front: Overview, name: str, of: str) -> tuple[str, str]:
    """A fact of all audits as one, and what it is of; where a page hides its part no sum can be shown."""
    found = [each.facts[name] for each in front.audits if name in each.facts]
    if name in front.sums:
        return f"{'about ' if any(row.status == 'rounded' for row in found) else ''}{count_of(*front.sums[name])}", of
    if any(row.hidden for row in found):
        return "not shown", "a page hides its part, so that nobody can be recognised"
    return "not recorded", "for every audit" if found else ""


def _finding(front: Overview) -> str:
    first = front.areas[0]
    if len(front.areas) == 1:
        return f"One area was audited: {first.theme.title}"
    short = sum(row.verdict == NOT_MET for row in first.speaks.standing)
    told = f"{first.theme.title}, short on {count_of(short, len(first.speaks.standing))}"
    return f"Weakest area: {told} standards" if short else "No area is shown to fall short"


def _area(front: Overview, area: AreaTold) -> dict[str, Any]:
    """One area as its row shows it; apart are the audits that do not speak for it."""
    speaks, size = area.speaks, area.next_size
    cells = sorted(map(look_of, speaks.standing), key=_LOOKS.index)
    counts = ", ".join(f"{count} {look.word.lower()}" for look, count in Counter(cells).items())
    weakest = next((row for row in speaks.standing if row.verdict or not row.hidden), None)
    return {
        "title": area.theme.title,
        "href": speaks.pages[0].href,
        "weakest": _weakest(front, weakest),
        "judged_by": f"Judged by {speaks.audit.title}, its files chosen {CHOSEN[speaks.audit.selection]}.",
        "apart": [each.pages[0] for each in area.audits[1:]],
        "cells": cells,
        "alt": f"{counted(len(cells), 'standard')}: {counts}",
        "since": _since(speaks, weakest),
        "next": Said(area.next_on or "No date set", counted(size, area.theme.unit) if size and area.next_on else ""),
    }


def _weakest(front: Overview, row: Row | None) -> Said:
    """The weakest standard in words, by its verdict alone where its count is hidden."""
    if row is None:
        return Said("Counts are too small to show.")
    return Said(
        _asked(front, row, ": its count is not shown") if row.hidden else _asked(front, row),
        k_of_n="" if row.hidden else k_of_n(row),
    )


def _since(audit: AuditTold, weakest: Row | None) -> Said:
    """What changed since the round before: real changes by number, else what may be said of the weakest standard."""
    compared = [row for row in audit.changes if row.verdict and row.verdict != NOT_COMPARABLE]
    for word in MOVED:
        if moved := [row for row in compared if row.verdict == word]:
            return Said(f"{count_of(len(moved), len(compared))} standards", _was(moved[0]), VERDICTS[word])
    if compared:
        of_weakest = [row for row in compared if weakest and row.standard_id == weakest.standard_id]
        hidden = any(row.hidden and not row.verdict for row in audit.changes)
        many = "others are not shown" if hidden else f"{counted(len(compared), 'standard')} compared"
        beside = "".join(map(_was, of_weakest)) or many
        return Said("", beside, VERDICTS[(of_weakest or compared)[0].verdict])
    if any(row.verdict for row in audit.changes):
        return Said("", audit.changes[0].reason, VERDICTS[NOT_COMPARABLE])
    if audit.changes:
        return Said("Not shown", UNSHOWN.means)
    return Said("Not compared", "no page compares it") if audit.audit.baseline else Said("First round")


def _was(row: Row) -> str:
    """The count of the round before, as the note of a change tells it."""
    earlier = earlier_round(row.note)
    return f"was {count_of(*earlier[:2])} in {earlier[2]}" if earlier else ""
