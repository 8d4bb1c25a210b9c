"""What reading until it is known takes, and the card that an auditor keeps: at which counts to stop."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from ilacs_audit.claims.verdicts.verdicts import FEWEST_FILES
from ilacs_audit.claims.words import MET, NOT_MET, count_of, counted, number_word, percent
from ilacs_audit.domain.measures import Row
from ilacs_audit.stats.lists.stopping import files_needed, stopping_counts
from ilacs_audit.stats.target import DecisiveCounts

ONE_BY_ONE = (
    "This holds for files drawn one by one from the list, whoever holds them; a draw by worker or family needs more."
)
_LEVELS = (0.5, 0.6, 0.65, 0.7, 0.8, 0.9, 0.95, 1.0)


def until_known(population: int, target: str) -> Iterator[str]:
    """Say at several true levels how many files it takes, beside a size fixed beforehand; then the stop card.

    >>> next(line for line in until_known(110, "0.8") if line.startswith("If 90%"))
    'If 90% meet it: 52 files on average, 74 or fewer in nine of ten audits; a fixed size takes 61.'
    """
    aim = percent(float(Fraction(target)))
    yield (
        f"Reading until it is known: {counted(population, 'file')} listed, target {aim}. Look after every file, in the "
        "order of the draw, and stop when the card says so. Whoever looks, and however often, the verdict is wrongly "
        "'met' in at most 2.5% of audits, and wrongly 'not met' in at most 2.5%."
    )
    yield ONE_BY_ONE
    for level in _LEVELS:
        children = round(level * population)
        takes = files_needed(children, population, target=target, least=FEWEST_FILES)
        mean, most, fixed = min(ceil(takes.mean - 1e-9), population), takes.most, takes.fixed
        yield (
            f"If {percent(level)} meet it: {counted(mean, 'file')} on average, {most:,} or fewer in nine of ten "
            f"audits; a fixed size takes {fixed:,}."
        )
    yield from stop_card(population, target)


def stop_card(population: int, target: str) -> Iterator[str]:
    """After each file at which reading may stop, the counts at which it does.

    >>> list(stop_card(84, "0.8"))[31 - FEWEST_FILES]
    'At 31 files: stop if 30 or more meet it, or 19 or fewer.'
    """
    for read, decisive in enumerate(stopping_counts(population, target)):
        if (said := stop_words(decisive)) and read >= min(FEWEST_FILES, population):
            yield f"At {counted(read, 'file')}: stop if {said}."


def stop_words(decisive: DecisiveCounts) -> str:
    """The counts that decide, in words; nothing where none does.

    >>> stop_words(DecisiveCounts(30, 19))
    '30 or more meet it, or 19 or fewer'
    """
    enough = "" if decisive.met is None else f"{decisive.met:,} or more meet it"
    few = "" if decisive.not_met is None else f"{decisive.not_met:,} or fewer" if decisive.not_met else "none"
    few += "" if enough or not few else " meet it" if decisive.not_met else " meets it"
    return ", or ".join(part for part in (enough, few) if part)


def stopped_words(row: Row) -> str:
    """After which file of the draw a standard was decided.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> row = {"standard_id": "VIS-3", "numerator": 4, "denominator": 14, "population": 84, "verdict": "not met"}
    >>> stopped_words(*rows(measures([row])))
    'VIS-3: decided at file 14 (4 of 14 meet it): not met.'
    """
    met, read = row.numerator or 0, row.denominator or 0
    at = f"the whole list is read, {number_word(read)}" if read == row.population else f"decided at file {read:,}"
    return f"{row.standard_id}: {at} ({count_of(met, read)} meet it): {row.verdict}."


def go_on_words(row: Row) -> str:
    """Where a standard stands that is not decided, and after which files at the earliest it could be.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> row = {"standard_id": "VIS-1", "numerator": 29, "denominator": 30, "population": 110, "target": 0.9}
    >>> go_on_words(*rows(measures([row])))
    'VIS-1: not decided at file 30 (29 of 30 meet it). At the earliest: ...'
    """
    met, read, listed = row.numerator or 0, row.denominator or 0, row.population or 0
    here = f"{row.standard_id}: not decided at file {read:,} ({count_of(met, read)} meet it)."
    ends = [words for side, meets in ((MET, True), (NOT_MET, False)) if (words := _earliest(row, side, meets))]
    return f"{here} At the earliest: {', or '.join(ends)}." if listed and ends else here


def _earliest(row: Row, side: str, meets: bool) -> str:
    """After which file a side is decided, if all files from here on meet the standard, or none does."""
    met, read, listed = row.numerator or 0, row.denominator or 0, row.population or 0
    for at, decisive in enumerate(stopping_counts(listed, repr(row.target))):
        end, done = (decisive.met, met + at - read) if meets else (decisive.not_met, met)
        if (
            at > read
            and at >= min(FEWEST_FILES, listed)
            and end is not None
            and (done >= end if meets else done <= end)
        ):
            return f"{side} at file {at:,}, if {_next(at - read, meets)}"
    return ""


def _next(files: int, meets: bool) -> str:
    if files == 1:
        return f"the next one {'meets it' if meets else 'does not meet it'}"
    return f"{'all' if meets else 'none'} of the next {number_word(files)} {'meet' if meets else 'meets'} it"
