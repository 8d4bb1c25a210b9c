"""What critical standards show, in lines that a board can act on: of how many files each failed, and what was done."""

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ilacs_audit.claims.sentences.sentences import failed_of, still_allows
from ilacs_audit.claims.words import at, capital, count_of, counted, number_word, plural
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import DRAWN_BY_CHANCE, TWO_PHASE
from ilacs_audit.domain.standards import Standards
from ilacs_audit.domain.told import LAST

_PICKED = "The {units} were {how}, so this says nothing of the others. "
_UNFAIR = {"uneven": "drawn out of proportion", "unknown": "chosen in a way that was not recorded"}
NO_ACTION = "No action on the register."
_ALL_THE_REST = re.compile("^the rest")


class Part(NamedTuple):
    """The rows of one audit; where several stand together with its name, and its page.

    `worse` are the standards whose failures went up, `due` the day on which an answer to those of each is due, and
    `asked` which officer has been asked for one; evidence that is old was read `then`.
    """

    rows: Sequence[Row]
    name: str = ""
    href: str = ""
    worse: Collection[str] = ()
    due: Mapping[str, str] = MappingProxyType({})
    then: str = ""
    asked: Mapping[str, str] = MappingProxyType({})


class Line(NamedTuple):
    """One critical standard: what leads, what it is of, what is known, the audit where there are several, its code."""

    lead: str
    words: str
    known: str
    failed: bool = False
    name: str = ""
    href: str = ""
    reference: str = ""


class Told(NamedTuple):
    """What is told of critical standards: what needs doing, and a line each."""

    heading: str
    lines: Sequence[Line]


def unfair(selection: str) -> str:
    """How files were chosen that speak for no others; empty where they were drawn fairly, or all were read.

    >>> unfair("random"), unfair("risk_led")
    ('', 'not drawn by chance')
    """
    fair = selection in ("", "census", TWO_PHASE, *DRAWN_BY_CHANCE)
    return "" if fair else _UNFAIR.get(selection, "not drawn by chance")


def critical_lines(parts: Sequence[Part], standards: Standards) -> Told | None:
    """Tell the `critical_failure` and `put_right` rows of the whole service, the gravest first.

    That is what went up, then the answer that is due first, then the largest share of failures. None where there is
    no critical standard. That no action names any of several is said once, in the heading.
    """
    found = [(row, _right_of(row, part), part) for part in parts for row in part.rows if _of(row, "critical_failure")]
    found.sort(key=lambda each: _gravest_first(each[0], each[2]))
    failed = [(row, right) for row, right, _ in found if row.numerator and not row.hidden]
    lines = [_line(row, standards, right, part) for row, right, part in found]
    if len(failed) > 1 and not any(right for _, right in failed):
        lines = [each._replace(known=each.known.replace(NO_ACTION, "").strip()) for each in lines]
    heading = _heading(failed, hidden=[row for row, *_ in found if row.hidden])
    return Told(heading, lines) if found else None


def _of(row: Row, measure: str) -> bool:
    return row.measure == measure and row.group in WHOLE_SERVICE


def _right_of(row: Row, part: Part) -> Row | None:
    """The actions on a standard in the same audit."""
    done = (each for each in part.rows if _of(each, "put_right"))
    told = (row.theme, row.period, row.standard_id, row.level)
    return next((each for each in done if (each.theme, each.period, each.standard_id, each.level) == told), None)


def _line(row: Row, standards: Standards, right: Row | None, part: Part) -> Line:
    unit, standard = standards.theme(row.theme).unit, standards[row.standard_id]
    asked, about = standard.plain.rstrip("."), "about " if row.status == "rounded" else ""
    if row.hidden or row.numerator is None or row.denominator is None:
        told = f"How many {plural(unit)} failed “{asked}” is not shown, so that nobody can be recognised."
        return Line("", told, "", name=part.name, href=part.href, reference=row.reference)
    known = f"Read in {part.then}. " if part.then else ""
    known += f"{counted(row.missing, 'answer')} missing. " if row.missing else ""
    picked = _PICKED.format(units=plural(unit), how=how) if (how := unfair(row.selection)) else ""
    if row.numerator == 0:
        lead, words, failed = f"None of {about}{counted(row.denominator, unit)}", f"failed “{asked}”.", False
        known, done = known + (still_allows(row, people=plural("child" if unit == "file" else unit)) or picked), ""
    else:
        count = failed_of(row) or count_of(row.numerator, row.denominator)
        lead = f"{capital(at(unit))} {count} {plural(unit, row.denominator)}"
        words, failed = f"{standard.failing.rstrip('.') or f'this was not met: “{asked}”'}.", True
        known, done = known + picked, _put_right(right, row.numerator, plural(unit, row.numerator))
        done += f" Asked: {who}." if (who := part.asked.get(row.standard_id)) else ""
    return Line(lead, words, f"{known}{done}", failed, part.name, part.href, row.reference)


def _put_right(right: Row | None, failed: int, units: str) -> str:
    if right is None:
        return NO_ACTION
    if right.hidden or right.numerator is None or right.denominator is None:
        return "Action is recorded."
    left = right.denominator - right.numerator
    rest = f"; {_ALL_THE_REST.sub(number_word(left), right.note)}" if right.note else ""
    rest = rest.replace("one were", "one was") if left == 1 else rest
    done = f"Put right: {count_of(right.numerator, right.denominator)} {plural('action', right.denominator)}{rest}."
    if right.denominator >= failed:
        return done
    return f"{done} We cannot tell of any of the {failed} {units} whether it was put right."


def _heading(failed: Sequence[tuple[Row, Row | None]], *, hidden: Sequence[Row]) -> str:
    """What needs doing: how many critical standards failed, how many of them nobody acts on, how many are hidden.

    Where one standard stands in several audits, lines are counted, as a reader would.
    """
    if not failed:
        return "Critical standards" if hidden else "No critical failure was found in what was read"
    done = all(right and not right.hidden and right.numerator == right.denominator for _, right in failed)
    codes, places = [row.standard_id for row in (*(row for row, _ in failed), *hidden)], len(failed)
    count = f"{number_word(places) if places > 1 else 'a'} critical {plural('standard', places)} failed"
    if len(set(codes)) < len(codes):
        count = f"in {number_word(places)} {plural('place', places)} a critical standard failed"
    more = f"; on {number_word(len(hidden))} more the numbers are too small to show" if hidden else ""
    if done:
        return f"{capital(count)}; every recorded action is done{more}"
    silent = sum(right is None for _, right in failed)
    which = "any" if silent == places else number_word(silent)
    told = f"; no action on the register for {which} of them" if silent and places > 1 else ""
    return f"Needs action now: {count}{told}{more}"


def _gravest_first(row: Row, part: Part) -> tuple[bool, bool, str, float]:
    """What is hidden and where none was found come last."""
    share = (row.numerator or 0) / (row.denominator or 1)
    return (
        not row.numerator,
        row.standard_id not in part.worse,
        part.due.get(row.standard_id, LAST),
        -share - row.hidden,
    )
