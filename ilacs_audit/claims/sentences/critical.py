"""What critical standards show, in lines that a board can act on: of how many files each failed, and what was done."""

from collections.abc import Sequence
from typing import NamedTuple

from ilacs_audit.claims.sentences.sentences import still_allows
from ilacs_audit.claims.words import capital, count_of, counted, number_word, plural
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import DRAWN_BY_CHANCE
from ilacs_audit.domain.standards import Standards

_PEOPLE = ("worker", "child", "person", "practitioner", "family", "carer", "parent")
_PICKED = "The {units} were not drawn by chance, so this says nothing of the others. "
UNRECORDED = "Put right: not recorded."


class Line(NamedTuple):
    """One critical standard: its theme where there are several, what leads, what it is of, and what is known."""

    theme: str
    lead: str
    words: str
    known: str
    failed: bool = False


class Told(NamedTuple):
    """What is told of critical standards: what needs doing, a line each, and what is so of every line."""

    heading: str
    lines: Sequence[Line]
    note: str = ""


def critical_lines(found: Sequence[Row], standards: Standards) -> Told | None:
    """Tell the `critical_failure` and `put_right` rows of the whole service, the largest share of failures first.

    None where there is no critical standard. Lines open with their theme where there are several.
    """
    whole = [row for row in found if row.group in WHOLE_SERVICE]
    failures = sorted((row for row in whole if row.measure == "critical_failure"), key=_worst_first)
    right = {_of(row): row for row in whole if row.measure == "put_right"}
    failed = [row for row in failures if row.numerator and not row.hidden]
    lines = [_line(row, standards, right.get(_of(row))) for row in failures]
    if len({row.theme for row in failures}) < 2:
        lines = [each._replace(theme="") for each in lines]
    note = UNRECORDED if len(failed) > 1 and not right else ""
    if note:
        lines = [each._replace(known=each.known.removesuffix(note)) for each in lines]
    hidden = any(row.hidden for row in failures)
    return Told(_heading(failed, [right.get(_of(row)) for row in failed], hidden), lines, note) if failures else None


def _line(row: Row, standards: Standards, right: Row | None) -> Line:
    theme, standard = standards.theme(row.theme), standards[row.standard_id]
    unit, asked = theme.unit, standard.plain.rstrip(".")
    if row.hidden or row.numerator is None or row.denominator is None:
        told = f"How many {plural(unit)} failed “{asked}” is not shown, so that nobody can be recognised."
        return Line(theme.title, "", told, "")
    about = "about " if row.status == "rounded" else ""
    known = f"{counted(row.missing, 'answer')} missing. " if row.missing else ""
    picked = "" if row.selection in ("", "census", *DRAWN_BY_CHANCE) else _PICKED.format(units=plural(unit))
    if row.numerator == 0:
        known += still_allows(row, people=plural("child" if unit == "file" else unit)) or picked
        return Line(theme.title, f"None of {about}{counted(row.denominator, unit)}", f"failed “{asked}”.", known)
    lead = f"{'For' if unit in _PEOPLE else 'In'} {about}{count_of(row.numerator, row.denominator)}"
    words = standard.failing.rstrip(".") or f"this was not met: “{asked}”"
    lead = f"{lead} {plural(unit, row.denominator)}"
    return Line(theme.title, lead, f"{words}.", f"{known}{picked}{_put_right(right)}", failed=True)


def _put_right(right: Row | None) -> str:
    if right is None:
        return UNRECORDED
    if right.hidden or right.numerator is None or right.denominator is None:
        return "Action is recorded."
    rest = f"; {right.note}" if right.note else ""
    return f"Put right: {count_of(right.numerator, right.denominator)} {plural('action', right.denominator)}{rest}."


def _heading(failed: Sequence[Row], right: Sequence[Row | None], hidden: bool) -> str:
    """What needs doing: how many critical standards failed, and whether every action on them is done."""
    if not failed:
        return "Critical standards" if hidden else "No critical failure was found in what was read"
    done = all(row and not row.hidden and row.numerator == row.denominator for row in right)
    count = "a critical standard" if len(failed) == 1 else f"{number_word(len(failed))} critical standards"
    return f"{capital(count)} failed; every recorded action is done" if done else f"Needs action now: {count} failed"


def _worst_first(row: Row) -> tuple[bool, float]:
    """The largest share of failures first, then what is hidden, then where none was found."""
    return (not row.numerator, -(row.numerator or 0) / (row.denominator or 1) - row.hidden)


def _of(row: Row) -> tuple[str, ...]:
    return (row.theme, row.period, row.standard_id, row.level)
