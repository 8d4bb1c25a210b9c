"""The board's question and its answer, a sentence a standard, how far to trust them all, and how many have changed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import shorten

from ilacs_audit.claims.change.changes import warning
from ilacs_audit.claims.change.comparable import NOT_BY_CHANCE
from ilacs_audit.claims.sentences.critical import unfair
from ilacs_audit.claims.verdicts.estimates import in_doubt
from ilacs_audit.claims.words import (
    CANNOT_TELL,
    MET,
    NO_WORTHWHILE_CHANGE,
    NOT_COMPARABLE,
    NOT_MET,
    capital,
    clause,
    count_of,
    counted,
    listed,
    number_word,
    plural,
)
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.standards import Standard
from ilacs_audit.domain.told import AuditTold, Overview

QUESTION = "Is practice good enough for children?"
MOVED = ("worse", "better")
_BRIEF = {NOT_BY_CHANCE: "not drawn by chance"}
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
    """What became of the standards that were compared: how many moved which way, on how many we cannot tell.

    Empty where none was compared. What moved is named by the lines above it, so it is counted here, and no more.
    """
    compared = [row for row in changes if row.verdict and row.verdict != NOT_COMPARABLE]
    if not compared:
        return ""
    found = Counter(row.verdict for row in compared)
    hidden = any(row.hidden and not row.verdict for row in changes)
    of = (
        "changes that may be shown"
        if hidden
        else f"{number_word(len(compared))} {plural('standard')} compared with the round before"
    )
    if found[CANNOT_TELL] == len(compared):
        one = len(compared) == 1 and not hidden
        which = "the one standard compared" if one else f"any of the {of}"
        return f"We cannot tell whether {which} {'is a real one' if hidden else 'has changed'}."
    if len(compared) == 1 and (moved := [word for word in MOVED if found[word]]) and not hidden:
        return f"The one standard compared is {moved[0]}."
    warned = sum(map(warning, compared))
    found["worse"] -= warned
    told = [f"{number_word(found[word])} {'is' if found[word] == 1 else 'are'} {word}" for word in MOVED if found[word]]
    told += [f"{number_word(warned)} {'is a warning' if warned == 1 else 'are warnings'}"] if warned else []
    told += (
        [f"on {number_word(found[NO_WORTHWHILE_CHANGE])} any change is small"] if found[NO_WORTHWHILE_CHANGE] else []
    )
    told += [f"on {number_word(found[CANNOT_TELL])} we cannot tell"] if found[CANNOT_TELL] else []
    return f"Of the {of}, {listed(told)}."


def passing(standard: Standard) -> str:
    """What the records that met a standard did, to follow their count; its plain words where nobody wrote it."""
    asked = shorten(standard.plain.rstrip("."), _LONGEST, placeholder=" …")
    return standard.passing.rstrip(".") or f"met “{asked}”"


def relied_on(audits: Sequence[AuditTold]) -> tuple[str, str]:
    """How many audits speak for everyone on their lists and which had no second reader; which speak for no others."""
    picked: dict[str, list[str]] = {}
    for each in audits:
        if how := _unfair(each):
            picked.setdefault(how, []).append(each.audit.title)
    many, others = len(audits), sum(map(len, picked.values()))
    told = "; ".join(f"{listed(each)} {'was' if len(each) == 1 else 'were'} {how}" for how, each in picked.items())
    if many == others:
        return "Rely on these counts for what was read, and for nothing else.", capital(f"{told}.")
    which = "The other one speaks" if others == 1 else f"The other {number_word(others)} speak"
    were = "was" if many - others == 1 else "were"
    lead = f"{count_of(many - others, many)} {plural('audit', many)} {were} drawn by chance or read whole"
    alone = [each.audit.title for each in audits if not _unfair(each) and _once(each)]
    if alone:
        lead += (
            f"; {number_word(len(alone))} of these had no second reader"
            if many - others > 1
            else ", with no second reader"
        )
    return f"{lead}.", f"{which} only of what was read: {told}." if others else ""


def _unfair(each: AuditTold) -> str:
    """Why an audit speaks for no others: as its files were chosen, or as it is in doubt that chance drew them."""
    return unfair(each.audit.selection) or ("not surely drawn by chance" if in_doubt(each.standing) else "")


def _once(each: AuditTold) -> bool:
    """Whether nothing of an audit was read a second time; a rounded none may be a few."""
    second = each.facts.get("moderated")
    return second is not None and second.numerator == 0 and second.status != "rounded"


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
    if "moderated" in front.sums and (moved := _moved(front)):
        down, up, graded = moved
        about = "about " if any(_rounded(front, name) for name in ("marked_down", "marked_up")) else ""
        exact = all(each.facts["moderated"].status != "rounded" for each in front.audits if "moderated" in each.facts)
        unseen = sum(each.facts["moderated"].numerator or 0 for each in front.audits if _unseen(each)) if exact else 0
        silent = front.sums["moderated"][0] - graded - unseen if exact else 0
        down_up = (f"{about}{each:,}" if each else "none" for each in (down, up))
        second += ". Of {}{} looked at again, {} went down and {} up".format(about, counted(graded, "grade"), *down_up)
        second += f", so grades may be {'kind' if down else 'harsh'}" if bool(down) != bool(up) else ""
        second += f"; {_answer_by_answer(front, silent)}" if silent > 0 else ""
        second += f"; what came of {unseen:,} more second {plural('reading', unseen)} is not shown" if unseen else ""
    yield f"{second}.{_read_on(front)}"
    if "comparable" in front.sums:
        alike, asked = front.sums["comparable"]
        told = f"Of {counted(asked, 'standard')} with a round before, {alike:,} can be compared with it"
        yield f"{told}{_not_alike(front)}."


def _not_alike(front: Overview) -> str:
    """How many standards cannot be compared with the round before, by reason."""
    why: Counter[str] = Counter()
    for row in (each.facts["comparable"] for each in front.audits if "comparable" in each.facts):
        lost, parts = (row.denominator or 0) - (row.numerator or 0), row.note.split("; ")
        if len(parts) == lost and all(part[:1].isupper() and "-" in part.split(" ")[0] for part in parts):
            why.update(part.partition(" ")[2] for part in parts)  # a standard each, after its code
        elif lost:
            why[_BRIEF.get(row.note, clause(row.note) or "why is not recorded")] += lost
    return f"; not {listed([f'{many:,} ({reason})' for reason, many in why.most_common()])}" if why else ""


def _unseen(each: AuditTold) -> bool:
    """Whether what a second reader made of an audit's grades is hidden."""
    return "moderated" in each.facts and "marked_down" in each.facts and each.facts["marked_down"].hidden


def _moved(front: Overview) -> tuple[int, int, int] | None:
    """How many grades went down and up, of how many; where a page hides its part, as that on second readers has it."""
    names = ("marked_down", "marked_up") if "marked_down" in front.sums else ("second_down", "second_up")
    told = {
        row.measure: (row.numerator or 0, row.denominator or 0)
        for row in _of_second_readers(front, *names, group="all")
    }
    told |= {name: front.sums[name] for name in names if name in front.sums}
    return (told[names[0]][0], *told[names[1]]) if {*names} <= told.keys() else None


def _answer_by_answer(front: Overview, silent: int) -> str:
    """What came of second readings that gave no grade, where a page tells it of every one of them."""
    given = {row.level: row for row in _of_second_readers(front, "second_answer_same")}
    alone = [each for each in front.audits if "marked_down" not in each.facts and not _once(each)]
    told = [given[each.audit.title] for each in alone if each.audit.title in given]
    if len(told) < len(alone) or sum(each.facts["moderated"].numerator or 0 for each in alone) != silent:
        return f"of the other {silent:,} we do not know what was changed"
    same, twice = sum(row.numerator or 0 for row in told), sum(row.denominator or 0 for row in told)
    return f"the other {silent:,} got no second grade, and {count_of(same, twice)} answers in them were the same"


def _read_on(front: Overview) -> str:
    """Where a page says what second readers do to a headline."""
    told = any(row.value is not None for row in _of_second_readers(front, "graded_good_corrected"))
    return " The page on second readers says how many files would be good had a moderator graded every one." * told


def _of_second_readers(front: Overview, *measures: str, group: str = "audit") -> Iterator[Row]:
    """What pages of the edition show of these measures, audit by audit."""
    shown = (row for page in front.edition.pages if page.href for row in page.released)
    return (row for row in shown if row.measure in measures and row.group == group and not row.hidden)


def _rounded(front: Overview, name: str) -> bool:
    return any(each.facts[name].status == "rounded" for each in front.audits if name in each.facts)


def _fact(front: Overview, name: str, said: str, unsaid: str) -> str:
    """A fact of all audits as one; where a page hides its part no sum can be shown."""
    found = [each.facts[name] for each in front.audits if name in each.facts]
    if name in front.sums:
        about, added = (
            ("About ", ", each audit rounded by itself" * (len(found) > 1)) if _rounded(front, name) else ("", "")
        )
        return f"{about}{count_of(*front.sums[name])} {said}{added}"
    if any(row.hidden for row in found):
        return f"{unsaid} is not shown, so that nobody can be recognised"
    return f"{unsaid} is not recorded{' for every audit' if found else ''}"
