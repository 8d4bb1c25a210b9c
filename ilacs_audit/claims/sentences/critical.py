"""What a critical standard shows, in a line that a board can act on: of how many files it failed, and what was done."""

from typing import NamedTuple

from ilacs_audit.claims.sentences.sentences import still_allows
from ilacs_audit.claims.words import at, capital, count_of, counted, plural
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import DRAWN_BY_CHANCE
from ilacs_audit.domain.standards import Standard

NOT_SHOWN = "is not shown, so that nobody can be recognised."
UNRECORDED = "Put right: not recorded."


class Line(NamedTuple):
    """One critical standard: what leads, what it is of, what is known beside it, and of that what was put right."""

    lead: str
    words: str
    known: str
    failed: bool
    right: str = ""


def line(row: Row, *, standard: Standard, unit: str, people: str, right: Row | None = None) -> Line:
    """Tell a released `critical_failure` row in the words of its standard; `right` is its row of `put_right`."""
    asked = standard.plain.rstrip(".")
    if row.hidden or row.numerator is None or row.denominator is None:
        return Line("", f"How many {plural(unit)} failed “{asked}” {NOT_SHOWN}", "", False)
    about = "about " if row.status == "rounded" else ""
    missing = f"{counted(row.missing, 'answer')} missing. " if row.missing else ""
    if row.numerator == 0:
        more = still_allows(row, people=people) or _picked(row)
        return Line(f"None of {about}{counted(row.denominator, unit)}", f"failed “{asked}”.", f"{missing}{more}", False)
    lead = f"{capital(at(unit))} {about}{count_of(row.numerator, row.denominator)} {plural(unit, row.denominator)}"
    words = standard.failing.rstrip(".") or f"this was not met: “{asked}”"
    done = _put_right(right)
    return Line(lead, f"{words}.", f"{missing}{_picked(row)}{done}", True, done)


def _picked(row: Row) -> str:
    """What a count of files that somebody picked does not tell."""
    picked = row.selection not in ("", "census", *DRAWN_BY_CHANCE)
    return "They were not drawn by chance, so this says nothing of the others. " if picked else ""


def _put_right(right: Row | None) -> str:
    if right is None:
        return UNRECORDED
    if right.hidden or right.numerator is None or right.denominator is None:
        return "Action is recorded."
    rest = f"; {right.note}" if right.note else ""
    return f"Put right: {count_of(right.numerator, right.denominator)} {plural('action', right.denominator)}{rest}."
