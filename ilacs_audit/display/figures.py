"""Numbers and reasons as a reader meets them: k of n, a range in children, why there is none."""

from collections.abc import Sequence
from datetime import date

from ilacs_audit.claims.sentences.readers.agreement import COEFFICIENT, chance
from ilacs_audit.claims.sentences.registers import DAYS, NO_DATA, is_register
from ilacs_audit.claims.sentences.sentences import failed_of
from ilacs_audit.claims.sources import ends_words
from ilacs_audit.claims.verdicts.verdicts import BOUNDS
from ilacs_audit.claims.words import LOW_BASE, count_of, counted, percent, plural, range_end
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL
from ilacs_audit.domain.audiences import AUDIENCES
from ilacs_audit.domain.calendar import date_words
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import DRAWN_BY_CHANCE, TWO_PHASE
from ilacs_audit.domain.standards import Standards

WITHIN = "where the figure for the whole list lies about 19 times in 20"
RANGED = (
    "A likely range is where the figure for the whole list lies. Chance puts it elsewhere in about one range in 20."
)
RANGES_HOLD = "A likely range holds for every count that rounds so, and whatever missing answers say."
CHOSEN = {
    "random": "at random",
    "systematic": "at even steps through the list",
    "stratified": "at random within groups",
    "uneven": "at random within groups, out of proportion to their size",
    "two_phase": "in two parts: all that were flagged, others at random",
    "risk_led": "because of risk",
    "auditor_choice": "by the auditor",
    "census": "every file on the list",
    "mixed": "in more than one way",
    "unknown": "in a way that was not recorded",
}


def k_of_n(row: Row) -> str:
    """The count behind a row: '7 of 19', a bare count, or the mark of a hidden one."""
    if row.hidden:
        return CONFIDENTIAL
    if row.numerator is None:
        if row.value is not None and row.group == COEFFICIENT:
            return chance(row.value) if row.method == "test" else f"{row.value:.2f}"
        if row.value is not None and row.method != DAYS:
            return _coarse(row)
        return _days(row.value) if row.method == DAYS else NO_DATA if is_register(row) else "not recorded"
    if row.denominator is None:
        return f"{row.numerator:,}"
    return failed_of(row) or count_of(row.numerator, row.denominator)


def _days(count: float | None) -> str:
    return "not reached" if count is None else counted(round(count), "day")


def share(row: Row) -> str:
    """The percentage beside a count, left out where it rests on too few files, on a pick or on a rounded count."""
    few = row.denominator is not None and row.denominator < LOW_BASE
    picked = row.selection not in ("", *DRAWN_BY_CHANCE, "stratified", "census")
    return "" if row.value is None or few or picked or row.status == "rounded" else _coarse(row)


def _coarse(row: Row) -> str:
    """A share in words: of a register without its count, which would tell of a hidden one, it is to five points."""
    about = "about " if row.numerator is None and is_register(row) else ""
    return f"{about}{percent(row.value or 0.0)}"


def people_of(row: Row, standards: Standards | None) -> str:
    """Who stand on the list of a row: children where files are read, else what is read, in the plural."""
    unit = unit_of(row, standards)
    return plural("child" if unit == "file" else unit)


def unit_of(row: Row, standards: Standards | None) -> str:
    """What was read of a row's theme, in the singular."""
    units = {theme.id: theme.unit for theme in standards.themes} if standards is not None else {}
    return "action" if row.measure == "action_drawn" else units.get(row.theme, "file")


def asks(code: str, standards: Standards | None) -> str:
    """What a standard asks, in plain words where it has them; nothing of one that is not in the catalogue."""
    if standards is None or code not in standards:
        return ""
    return standards[code].plain or standards[code].text


def code_and_asks(code: str, standards: Standards | None) -> str:
    """The standard that a drawing is about, as a sentence over it: its code, and what it asks."""
    asked = asks(code, standards).rstrip(".")
    return f"{code}: {asked}." if asked else f"{code}." if code else ""


def of_one_standard(found: Sequence[Row], standard_id: str) -> list[Row]:
    """The rows of this standard; without a name, all rows, and none where they are of several standards.

    A line or an average through several standards would count one file many times.
    """
    kept = [row for row in found if standard_id in ("", row.standard_id)]
    return kept if len({row.standard_id for row in kept}) == 1 else []


def likely_range(row: Row, *, people: str = "children") -> str:
    """The interval in words: how many on the list where it is known, else a share, else why not."""
    if row.hidden:
        return CONFIDENTIAL
    if row.status == "low_base" and row.method != "whole list":
        return "no range: too few files"
    if row.method == DAYS and row.lower is not None:
        return f"{row.lower:g} to {_days(row.upper)}" if row.upper else f"{_days(row.lower)} or more"
    if row.method == BOUNDS:
        return ends_words(row) or "every return came"
    if row.lower is None or row.upper is None or failed_of(row):  # whose ends are in its count
        return _why_no_range(row)
    if row.group == COEFFICIENT:
        return f"{row.lower:.2f} to {row.upper:.2f}"
    if row.listed:
        low, high = round(row.lower * row.listed), round(row.upper * row.listed)
        return f"{low} to {high} of {row.listed} {people}"
    return f"{range_end(row.lower, row.target)} to {range_end(row.upper, row.target)}"


def range_of_read(row: Row, *, people: str = "children") -> str:
    """The range of the files read alone, where something is missing that might widen it; else nothing."""
    if row.hidden or row.lower_read is None or row.method == BOUNDS:
        return ""
    return likely_range(row._replace(lower=row.lower_read, upper=row.upper_read), people=people)


def _why_no_range(row: Row) -> str:
    if row.method == "whole list":
        return "every file was read"
    if row.method in ("two-phase", "clustered"):
        return "no range: not shown in this edition"
    if row.selection not in ("", "census", TWO_PHASE, *DRAWN_BY_CHANCE):
        return f"no range: chosen {CHOSEN.get(row.selection, row.selection)}"
    why = row.note.removesuffix(".").removesuffix(", so no range is given")
    return f"no range: {why[:1].lower()}{why[1:]}" if why else "no range"


def days(first: date, last: date, *, year: bool = True) -> str:
    """A day or a stretch of days, saying no month or year twice.

    >>> days(date(2024, 9, 11), date(2024, 9, 13)), days(date(2024, 9, 16), date(2024, 10, 25), year=False)
    ('11 to 13 September 2024', '16 September to 25 October')
    """
    end = date_words(last) if year else date_words(last).rsplit(" ", 1)[0]
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    start = date_words(first) if first.year != last.year else date_words(first).rsplit(" ", 1)[0]
    return f"{start} to {end}"


def short_day(day: date) -> str:
    """A day where there is little room.

    >>> short_day(date(2024, 9, 10))
    '10 Sep 2024'
    """
    number, month, year = date_words(day).split()
    return f"{number} {month[:3]} {year}"


def missing_words(found: Sequence[Row], *, drawn: Row | None = None, unit: str = "file") -> str:
    """The sentence that says what the ranges allow for, and how many were not read where that is all of it."""
    gone = {row.missing or 0 for row in found if row.lower_read is not None and not row.hidden}
    if drawn and gone == {(drawn.denominator or 0) - (drawn.numerator or 0)}:
        (unread,) = gone
        was = "was" if unread == 1 else "were"
        return f"{counted(unread, unit)} {was} not read; ranges allow for the missing answers."
    some = counted(min(gone), "missing answer") if len(gone) == 1 else "missing answers"
    both = " in the two rounds" if found and found[0].measure == "change" else ""
    return f"Ranges allow for {some}{both}." if gone else ""


def rounding_words(found: Sequence[Row]) -> str:
    """The sentence that says counts are rounded, where any is, and what their ranges then hold."""
    rounded = [row for row in found if row.status == "rounded"]
    if not rounded:
        return ""
    ranged = f" {RANGES_HOLD}" if any(row.lower is not None for row in rounded) else ""
    return f"Counts are rounded to the nearest {AUDIENCES[rounded[0].audience].rounded_to}.{ranged}"
