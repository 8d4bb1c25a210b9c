"""The board's question and its answer, a sentence a standard, how far to trust them all, and how many have changed."""

from collections.abc import Iterator, Sequence
from textwrap import shorten

from ilacs_audit.claims.sentences.critical import unfair
from ilacs_audit.claims.words import (
    MET,
    NOT_COMPARABLE,
    NOT_MET,
    capital,
    count_of,
    counted,
    listed,
    number_word,
    plural,
)
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import Standard
from ilacs_audit.domain.told import Overview

QUESTION = "Is practice good enough for children?"
MOVED = ("worse", "better")
_LONGEST = 150


def enough(standing: Sequence[Row], *, critical: bool) -> str:
    """Answer the question from released standards; `critical` says that a file failed a critical one.

    One that falls short is enough for "not yet"; "yes" needs every one, and says of what it speaks.

    >>> enough([], critical=False)
    'No audit tells yet.'
    """
    verdicts = {row.verdict for row in standing}
    if NOT_MET in verdicts:
        return "Not yet."
    if critical:
        return "Not for every child."
    if not standing:
        return "No audit tells yet."
    if any(row.hidden and not row.verdict for row in standing):
        return "Too little may be shown to say."
    return "Yes, where we looked." if verdicts == {MET} else "We cannot tell yet."


def changed(changes: Sequence[Row]) -> str:
    """How many of the standards that were compared have clearly changed; empty where none was."""
    compared = [row for row in changes if row.verdict and row.verdict != NOT_COMPARABLE]
    if not compared:
        return ""
    moved = sum(row.verdict in MOVED for row in compared)
    why = "" if moved else ": every difference is small, or could be chance"
    if len(compared) == 1:
        return f"The one standard compared has {'' if moved else 'not '}clearly changed."
    many, has = (capital(number_word(moved)), "has" if moved == 1 else "have") if moved else ("None", "has")
    if any(row.hidden and not row.verdict for row in changes):
        return f"Of the changes that may be shown, {many.lower()} {'is' if moved < 2 else 'are'} clear{why}."
    return f"{many} of the {number_word(len(compared))} {plural('standard')} compared {has} clearly changed{why}."


def passing(standard: Standard) -> str:
    """What the records that met a standard did, to follow their count; its plain words where nobody wrote it."""
    asked = shorten(standard.plain.rstrip("."), _LONGEST, placeholder=" …")
    return standard.passing.rstrip(".") or f"met “{asked}”"


def relied_on(audits: Sequence[Audit]) -> tuple[str, str]:
    """What can be relied on for everyone on a list, and which audits speak of nothing but what was read."""
    picked: dict[str, list[str]] = {}
    for each in audits:
        if how := unfair(each.selection):
            picked.setdefault(how, []).append(each.title)
    many, others = len(audits), sum(map(len, picked.values()))
    told = "; ".join(f"{listed(each)} {'was' if len(each) == 1 else 'were'} {how}" for how, each in picked.items())
    if many == others:
        return "Rely on these counts for what was read, and for nothing else.", capital(f"{told}.")
    which = "The other one speaks" if others == 1 else f"The other {number_word(others)} speak"
    lead = f"You can rely on {count_of(many - others, many)} {plural('audit', many)} for everyone on the list."
    return lead, f"{which} only of what was read: {told}." if others else ""


def trusted(front: Overview) -> Iterator[str]:
    """How far to trust an edition, a sentence a fact: what came back, was read twice, and can be compared."""
    yield f"{_fact(front, 'returned', 'drawn records came back', 'How many of the records drawn came back')}."
    for area in front.areas:
        for each in area.audits:
            short = [row for row in each.agencies if not row.hidden and row.numerator != row.denominator]
            if short:
                told = listed([f"{row.note} {count_of(row.numerator or 0, row.denominator or 0)}" for row in short])
                yield f"Agencies returned on {area.theme.title}: {told}."
    second = _fact(front, "moderated", "had a second reader", "How many had a second reader")
    if {"moderated", "marked_down", "marked_up"} <= set(front.sums):
        (down, graded), (up, _) = front.sums["marked_down"], front.sums["marked_up"]
        second += f": of {counted(graded, 'grade')} looked at again, {down or 'none'} went down and {up or 'none'} up"
    yield f"{second}."
    if "comparable" in front.sums:
        yield f"{count_of(*front.sums['comparable'])} standards can be compared with the round before."


def _fact(front: Overview, name: str, said: str, unsaid: str) -> str:
    """A fact of all audits as one; where a page hides its part no sum can be shown."""
    found = [each.facts[name] for each in front.audits if name in each.facts]
    about = "About " if any(row.status == "rounded" for row in found) else ""
    if name in front.sums:
        return f"{about}{count_of(*front.sums[name])} {said}"
    if any(row.hidden for row in found):
        return f"{unsaid} is not shown, so that nobody can be recognised"
    return f"{unsaid} is not recorded{' for every audit' if found else ''}"
