"""The interval a protocol allows: whole children, a share, or none at all.

How files were chosen decides what a count may be stretched to. This is the one place where
that is decided, so that no page can show a range that its sample did not earn.
"""

from collections.abc import Iterable
from typing import NamedTuple

from ilacs_audit.claims.verdicts.by_design import CLUSTERED, NOT_THEIRS, TWO_PHASE_METHOD, Design, of_clusters, of_parts
from ilacs_audit.claims.verdicts.in_order import DOUBTED_DRAW, NO_ORDER, NOT_DRAWN, InOrder
from ilacs_audit.claims.verdicts.verdicts import EXTENDED
from ilacs_audit.claims.words import count_of
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import TWO_PHASE, Audit
from ilacs_audit.domain.standards import Standard
from ilacs_audit.stats.intervals import Interval
from ilacs_audit.stats.lists.sequential import confidence_sequence
from ilacs_audit.stats.missing import limits_with_missing

CONFIDENCE = 0.95
Strata = tuple[tuple[int, int], ...]  # of each group of the list how many were drawn of how many


class Estimate(NamedTuple):
    """A share with the range it may carry, how that range was made, and why where there is none.

    The range holds whatever the `missing` answers are; where any is, `lower_read` to `upper_read` is the one of the
    files read alone.
    """

    value: float | None
    lower: float | None
    upper: float | None
    confidence: float | None
    method: str
    population: int | None
    note: str
    missing: int | None = None
    lower_read: float | None = None
    upper_read: float | None = None


def estimate(
    met: int,
    read: int,
    *,
    audit: Audit | None,
    standard: Standard | None = None,
    not_applicable: int = 0,
    missing: int = 0,
    whole_list: bool = True,
    order: InOrder | None = None,
    design: Design | None = None,
    files: int | None = None,
) -> Estimate:
    """Give the share of files that met a standard the interval that its protocol allows.

    `whole_list` says that the files stand for the audit's whole list and not for one team of it.
    A known list and a standard that applies to every file give the exact hypergeometric interval
    in whole children, and a draw by group in proportion the one by strata; any other draw by chance gives Wilson;
    a pick gives none. Where reading may stop early it is the confidence sequence of the files in `order`; where files
    were drawn in two parts, or by worker or family, it is that of their `design`.
    Answers that never came, `missing` of them, widen the range: it holds whether they all failed or all met.
    Where more `files` were read than the list holds, one of the two is wrong, and nothing is said of the list.

    >>> estimate(0, 0, audit=None).note
    'Nothing was read to which this applies.'
    """
    everyone = (standard is None or standard.applies_to == "every file") and not not_applicable
    if audit is not None and read and (files or 0) > (audit.population_size or files or 0):
        return _counted(met, read, OVERFULL_LIST)._replace(missing=missing)
    if audit is not None and audit.stopping == "sequence" and read:
        listed = whole_list and audit.population_size is not None  # of a service's part nobody wrote the length
        why_not = "" if everyone and listed else _NO_LIST if listed else _NO_PART
        return _in_sequence(met, read, audit, InOrder(why_not=why_not) if why_not else order)
    if audit is not None and read and design and design.why_not:
        return _counted(met, read, design.why_not)._replace(missing=missing)
    if audit is not None and read and (audit.selection == TWO_PHASE or audit.by != "file"):
        return _of_design(met, read, audit, design, missing, whole_list=whole_list, everyone=everyone)
    found = _of_files(met, read, audit, standard, not_applicable, missing, whole_list)
    if audit is not None and audit.by_chance and 0 < (audit.intended or 0) < read + not_applicable:
        found = found._replace(note=" ".join(filter(None, (found.note, EXTENDED))))
    return found if found.missing is not None else found._replace(missing=missing)


def _of_files(
    met: int,
    read: int,
    audit: Audit | None,
    standard: Standard | None,
    not_applicable: int,
    missing: int,
    whole_list: bool,
) -> Estimate:
    if read == 0:
        return Estimate(None, None, None, None, "count", None, "Nothing was read to which this applies.")
    if audit is None:
        return _counted(met, read, "These were not all chosen in one way, so no range is given.")
    if audit.selection == "census":
        return _whole(met, read, audit, not_applicable, missing, whole_list=whole_list)
    if not audit.by_chance:
        return _counted(met, read, _PICKED.get(audit.selection, _PICKED["unknown"]))
    strata = audit.design(read + missing)
    size = audit.population_size if audit.selection == "random" else sum(listed for _, listed in strata)
    everyone = standard is None or standard.applies_to == "every file"
    if whole_list and size and everyone and not not_applicable:
        return _of_list(met, read, size, min(missing, size - read), strata)
    found = _ranged(met, read, missing, "" if everyone and whole_list else _SOME)
    return found if whole_list else found._replace(note=_SOME)


_PICKED = {
    "auditor_choice": "These were chosen by the auditor, so they cannot speak for all.",
    "risk_led": "These were chosen for their risk, so they cannot speak for all.",
    "uneven": "Groups of the list were drawn out of proportion to their size, so no range is given.",
    "unknown": "How these were chosen is not known, so they cannot speak for all.",
}
OVERFULL_LIST = "More were read than the list is said to hold, so no range is given."
DOUBTFUL = (OVERFULL_LIST, DOUBTED_DRAW, NOT_DRAWN, NOT_THEIRS)  # what a row says of which even the draw is in doubt


def in_doubt(found: Iterable[Row]) -> bool:
    """Whether any of these rows says that chance may not have drawn its files from the list.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> in_doubt(rows(measures([{"measure": "compliance", "note": OVERFULL_LIST}])))
    True
    """
    return any(row.note.startswith(DOUBTFUL) for row in found)


_NO_LIST = "Reading may stop early and to how many it applies is not known, so no range is given."
_NO_PART = "Reading may stop early and this is a part of the list, so no range is given."
_NOT_ONE_BY_ONE = "These are a part of a draw that was not made file by file, so no range is given."
_NO_PART_OF = "To how many of each part of the list it applies is not known."
_SOME = "How many on the list this applies to is not known, so the range is a share."


def _counted(met: int, read: int, note: str) -> Estimate:
    return Estimate(met / read, None, None, None, "count", None, note)


def _whole(met: int, read: int, audit: Audit, not_applicable: int, missing: int, *, whole_list: bool) -> Estimate:
    """A census needs no range, as long as every file was read: those outside the standard were read as well.

    Whatever is missing leaves the count that it might have been, and no chance beside it.
    """
    seen = read + not_applicable
    size = audit.population_size or seen + missing
    if seen < size and whole_list and not not_applicable:
        gone = size - seen
        ends = (met / size, (met + gone) / size)
        return Estimate(met / read, *ends, CONFIDENCE, "hypergeometric", size, missing_words(read, gone), gone)
    if seen < size:
        some = f"A census of {size}, of which {seen} could be counted" if whole_list else "A part of a census"
        return _counted(met, read, f"{some}: no range is given.")
    applied = f" It applied to {read}." if not_applicable else ""
    population = None if not_applicable else size
    return Estimate(met / read, None, None, None, "whole list", population, f"The whole list was read.{applied}")


def _of_design(
    met: int,
    read: int,
    audit: Audit,
    design: Design | None,
    missing: int,
    *,
    whole_list: bool,
    everyone: bool,
) -> Estimate:
    """The range of a draw in two phases, of the whole list; of one by worker or family, as a share."""
    parts, clusters, why_not = design or Design()
    if not whole_list or why_not or not (parts or clusters):
        return _counted(met, read, why_not or _NOT_ONE_BY_ONE)._replace(missing=missing)
    if clusters:
        limits, said = of_clusters(clusters, missing, audit.by)
        if everyone and (size := audit.population_size):  # what was read is certain of the list, however it was drawn
            limits = Interval(max(limits.lower, met / size), min(limits.upper, 1 - (read - met) / size))
        note = f"{said} {missing_words(read, missing)}".strip()
        return Estimate(met / read, *limits, CONFIDENCE, CLUSTERED, audit.population_size, note, missing)
    if not everyone:
        return _counted(met, read, _NO_PART_OF)._replace(missing=missing)
    share, children = of_parts(parts)
    size, gone = sum(each.size for each in parts), sum(each.missing for each in parts)
    ends, note = (children.lower / size, children.upper / size), missing_words(read, gone)
    return Estimate(share, *ends, CONFIDENCE, TWO_PHASE_METHOD, size, note, gone)


def _in_sequence(met: int, read: int, audit: Audit, order: InOrder | None) -> Estimate:
    """The range after the files in their order: one that holds however often somebody looked before."""
    placed = order or InOrder(why_not=NO_ORDER)
    answers, why_not, _ = placed
    if why_not or not answers or audit.population_size is None:
        return _counted(met, read, why_not or placed.waiting)._replace(missing=0)
    size = audit.population_size
    ends = confidence_sequence(answers, size, confidence=CONFIDENCE)[-1]
    return Estimate(met / read, ends.lower / size, ends.upper / size, CONFIDENCE, "sequence", size, placed.waiting, 0)


def _of_list(met: int, read: int, size: int, missing: int, strata: Strata = ()) -> Estimate:
    if read >= size:
        return Estimate(met / read, None, None, None, "whole list", size, "The whole list was read.")
    return _ranged(met, read, missing, "", size, strata)


def _ranged(met: int, read: int, missing: int, note: str, size: int | None = None, strata: Strata = ()) -> Estimate:
    ends = limits_with_missing(met, read, missing=missing, size=size, strata=strata, confidence=CONFIDENCE)
    method = "stratified" if strata else "hypergeometric" if size else "wilson"
    said = missing_words(read, missing) or note
    # Of which groups the files read are nobody knows where some of a draw by group are missing.
    apart = missing and not strata
    alone = limits_with_missing(met, read, missing=0, size=size, confidence=CONFIDENCE) if apart else (None, None)
    return Estimate(met / read, *ends, CONFIDENCE, method, size, said, missing, *alone)


def missing_words(read: int, missing: int) -> str:
    """How many answers never came, in words; nothing where all did.

    >>> missing_words(57, 7)
    '7 of 64 answers are missing.'
    """
    if not missing:
        return ""
    return f"{count_of(missing, read + missing)} answers {'is' if missing == 1 else 'are'} missing."
