"""The interval a protocol allows: whole children, a share, or none at all.

How files were chosen decides what a count may be stretched to. This is the one place where
that is decided, so that no page can show a range that its sample did not earn.
"""

from __future__ import annotations

from typing import NamedTuple

from ilacs_audit.claims.verdicts.missing_returns import limits_with_missing, missing_words
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import Standard

CONFIDENCE = 0.95


class Estimate(NamedTuple):
    """A share with the range it may carry, how that range was made, and why where there is none."""

    value: float | None
    lower: float | None
    upper: float | None
    confidence: float | None
    method: str
    population: int | None
    note: str


def estimate(
    met: int,
    read: int,
    *,
    audit: Audit | None,
    standard: Standard | None = None,
    not_applicable: int = 0,
    missing: int = 0,
    whole_list: bool = True,
) -> Estimate:
    """Give the share of files that met a standard the interval that its protocol allows.

    `whole_list` says that the files stand for the audit's whole list and not for one team of it.
    A known list and a standard that applies to every file give the exact hypergeometric interval
    in whole children; any other draw by chance gives Wilson; a pick gives none. Files that were drawn
    and never came back, `missing` of them, widen the range: it holds whether they all failed or all met.

    >>> estimate(0, 0, audit=None).note
    'No file to which this applies was read.'
    """
    if read == 0:
        return Estimate(None, None, None, None, "count", None, "No file to which this applies was read.")
    if audit is None:
        return _counted(met, read, "No single protocol says how these files were chosen, so no range is given.")
    if audit.selection == "census":
        return _whole(met, read, audit, not_applicable=not_applicable, whole_list=whole_list)
    if not audit.by_chance:
        return _counted(met, read, _PICKED.get(audit.selection, _PICKED["unknown"]))
    size = audit.population_size
    everyone = standard is None or standard.applies_to == "every file"
    if whole_list and size and everyone and not not_applicable and audit.selection == "random":
        return _of_list(met, read, size, min(missing, size - read))
    return _of_practice(met, read, "" if everyone and whole_list else _SOME, missing)


_PICKED = {
    "auditor_choice": "The files were chosen by the auditor, so this cannot be read as a share of all children.",
    "risk_led": "The files were chosen for their risk, so this cannot be read as a share of all children.",
    "unknown": "How the files were chosen is not known, so this cannot be read as a share of all children.",
}
_SOME = "How many children on the list this applies to is not known, so the range is a share and not a count."


def _counted(met: int, read: int, note: str) -> Estimate:
    return Estimate(met / read, None, None, None, "count", None, note)


def _whole(met: int, read: int, audit: Audit, *, not_applicable: int, whole_list: bool) -> Estimate:
    """A census needs no range, as long as every file was read: those outside the standard were read as well."""
    seen = read + not_applicable
    size = audit.population_size or seen
    if seen < size:
        some = f"A census of {size}, of which {seen} could be counted" if whole_list else "A part of a census"
        return _counted(met, read, f"{some}: no range is given.")
    applied = f" It applied to {read} of them." if not_applicable else ""
    population = None if not_applicable else size
    return Estimate(
        met / read, None, None, None, "whole list", population, f"Every file on the list was read.{applied}"
    )


def _of_list(met: int, read: int, size: int, missing: int) -> Estimate:
    if read >= size:
        return Estimate(met / read, None, None, None, "whole list", size, "Every file on the list was read.")
    low, high = limits_with_missing(met, read, missing=missing, size=size, confidence=CONFIDENCE)
    return Estimate(met / read, low, high, CONFIDENCE, "hypergeometric", size, missing_words(read, missing))


def _of_practice(met: int, read: int, note: str, missing: int) -> Estimate:
    low, high = limits_with_missing(met, read, missing=missing, confidence=CONFIDENCE)
    return Estimate(met / read, low, high, CONFIDENCE, "wilson", None, missing_words(read, missing) or note)
