"""The practice areas of an edition, worst first: what is weakest, how each standard stands, what changed, what is next.

It is drawn from what the pages released; what is hidden on a page is hidden here.
"""

from collections import Counter
from typing import Any

from ilacs_audit.claims.change.changes import warning
from ilacs_audit.claims.change.luck import foremost
from ilacs_audit.claims.sentences.overview import MOVED, passing
from ilacs_audit.claims.sentences.registers import register_lead
from ilacs_audit.claims.verdicts.estimates import in_doubt
from ilacs_audit.claims.words import CANNOT_TELL, NOT_COMPARABLE, NOT_MET, count_of, counted, plural
from ilacs_audit.display.figures import CHOSEN, RANGED, k_of_n
from ilacs_audit.display.fragments import Fragment, fragment, nothing
from ilacs_audit.display.looks import NO_VERDICT, NOT_CALLED_MET, UNSHOWN, VERDICTS, WARNING, look_of
from ilacs_audit.display.page.front import Said, counts_of, released_only, then_read
from ilacs_audit.domain.measures import Row, earlier_round
from ilacs_audit.domain.told import AreaTold, AuditTold, Overview

_LOOKS = (VERDICTS[NOT_MET], NOT_CALLED_MET, *(VERDICTS[each] for each in ("cannot tell", "met")), NO_VERDICT, UNSHOWN)


def areas_table(front: Overview) -> Fragment:
    """A row a practice area, worst first: its weakest standard, a cell a standard, the change, the next look."""
    released_only(front)
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
        "judged_by": _judged_by(speaks, area.theme.unit),
        "apart": [(each.audit.title, each.pages[0].href) for each in area.audits[1:]],
        "cells": cells,
        "alt": f"{counted(len(cells), 'standard')}: {counts}",
        "since": _since(front, speaks, weakest),
        "next": Said(area.next_on or "No date set", ", ".join(filter(None, (booked, area.next_of)))),
    }


def _judged_by(speaks: AuditTold, unit: str) -> str:
    """The audit that speaks for an area, and how its files were chosen."""
    doubt = ", which is in doubt" if in_doubt(speaks.standing) else ""
    return f"{speaks.audit.title}, {plural(unit)} chosen {CHOSEN[speaks.audit.selection]}{doubt}."


def _weakest(front: Overview, area: AreaTold, row: Row | None) -> Said:
    """The weakest standard in words, by its verdict alone where its count is hidden."""
    if row is None:
        return Said("Counts are too small to show.")
    then = f" ({then})" if (then := then_read(front, area.speaks)) else ""
    told = f"{passing(front.edition.about.standards[row.standard_id])}{then}"
    if row.hidden:
        return Said(f"How many {told} is not shown.", reference=row.reference)
    return Said(f"{told}.", k_of_n=counts_of(area, row), reference=row.reference)


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
