"""Where reading could have stopped: after which file of the draw the evidence on each standard decided."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ilacs_audit.claims.verdicts.in_order import by_standard
from ilacs_audit.claims.verdicts.verdicts import FEWEST_FILES
from ilacs_audit.claims.words import MET, NOT_MET
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.counting import read_by
from ilacs_audit.domain.measures import measures
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import Standard
from ilacs_audit.stats.lists.sequential import sequence_evidence
from ilacs_audit.stats.lists.stopping import stopping_counts

DECIDED, READ_ON = "decided", "read_on"


def why_not(work: Dossier) -> str:
    """Why nothing can be said of the order in which the files of an audit were read; nothing where it holds."""
    order = by_standard(read_by(work.answers), work.standards)
    return next((each.why_not for each in order.values() if each.why_not), "")


def stopping(work: Dossier) -> pd.DataFrame:
    """For each standard of an audit whose reading may stop early, after how many files it was decided, or was not yet.

    Returns Measures: `decided` with the files met (`numerator`) of those read (`denominator`) when the evidence first
    decided, and the verdict; `read_on` of all files in order where it has not. `value` is the evidence on the side that
    is ahead. An audit of a fixed size has none, and neither has a standard that does not apply to every file.
    """
    audit = work.audit
    if audit is None or audit.stopping != "sequence":
        return measures([])
    order = by_standard(read_by(work.answers), work.standards)
    asked = (each for each in work.standards if each.id in order and each.target and each.applies_to == "every file")
    return measures(row for each in asked for row in _of(each, order[each.id].answers, audit))


def _of(standard: Standard, answers: tuple[bool, ...], audit: Audit) -> Iterator[dict[str, Any]]:
    listed, target = audit.population_size or 0, repr(float(standard.target or 0))
    met = [sum(answers[:read]) for read in range(len(answers) + 1)]
    counts = stopping_counts(listed, target)[: len(met)]
    sides = [_side(done, *each) for done, each in zip(met, counts, strict=True)]
    stops = [max(read, min(FEWEST_FILES, listed)) for read, side in enumerate(sides) if side]
    if not answers or (stops and stops[0] > len(answers)):
        return
    read = stops[0] if stops else len(answers)
    found = sequence_evidence(met[read], read, listed, target=target)
    about = {"theme": standard.theme, "standard_id": standard.id, "group": "all", "level": "all", "method": "count"}
    yield {
        **about,
        "period": str(audit.period),
        "measure": DECIDED if stops else READ_ON,
        "numerator": met[read],
        "denominator": read,
        "population": listed,
        "value": min(max(found), 1e6),
        "target": float(standard.target or 0),
        "selection": audit.selection,
        "verdict": next((side for side in sides if side), ""),
    }


def _side(done: int, met: int | None, not_met: int | None) -> str:
    if met is not None and done >= met:
        return MET
    return NOT_MET if not_met is not None and done <= not_met else ""
