"""What only some draws tell: after which file reading could have stopped, and what each part of the list can say.

A draw in the order of chance was decided at some file; of a draw in two phases, the files that were flagged and the
rest each speak for themselves.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from ilacs_audit.claims.verdicts.by_design import designs
from ilacs_audit.claims.verdicts.estimates import OVERFULL_LIST, estimate
from ilacs_audit.claims.verdicts.in_order import by_standard
from ilacs_audit.claims.verdicts.verdicts import FEWEST_FILES, verdict
from ilacs_audit.claims.words import MET, NOT_MET
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.catalogue.protocol import Population
from ilacs_audit.domain.counting import files_read, read_by
from ilacs_audit.domain.measures import in_order, measures
from ilacs_audit.domain.programme import TWO_PHASE, Audit
from ilacs_audit.domain.standards import Standard
from ilacs_audit.stats.lists.sequential import sequence_evidence
from ilacs_audit.stats.lists.stopping import stopping_counts

PART = "part of the list"
DECIDED, READ_ON, EVIDENCE = "decided", "read_on", "evidence"
_MOST = 1e6  # what is certain has no end
_EVERY = 5  # files between two points of the trace


def why_not(work: Dossier) -> str:
    """Why nothing can be said of the order in which the files of an audit were read; nothing where it holds."""
    if _overfull(work):
        return OVERFULL_LIST
    order = by_standard(read_by(work.answers), work.standards)
    return next((each.why_not for each in order.values()), "") if all(each.why_not for each in order.values()) else ""


def waiting(work: Dossier) -> Iterator[str]:
    """Which files are missing in the order of reading, how many count before them, and what to read next."""
    order = by_standard(read_by(work.answers), work.standards)
    told: dict[str, list[str]] = {}
    for code in sorted(order, key=in_order):
        told.setdefault(order[code].waiting or order[code].why_not, []).append(code)
    for said, codes in told.items():
        if said:
            yield said if len(codes) == len(order) else f"{', '.join(codes)}: {said[:1].lower()}{said[1:]}"


def _overfull(work: Dossier) -> bool:
    """Whether more files were read than the list is said to hold."""
    listed = work.audit.population_size if work.audit else None
    return listed is not None and files_read(work.answers) > listed


def stopping(work: Dossier) -> pd.DataFrame:
    """For each standard of an audit whose reading may stop early, after how many files it was decided, or was not yet.

    Returns Measures: `decided` with the files met (`numerator`) of those read (`denominator`) when the evidence first
    decided, and the verdict; `read_on` of all files in order where it has not. `value` is the evidence on the side that
    is ahead, and `evidence` its trace, at every fifth file (group "files"). An audit of a fixed size has none, and
    neither has a standard that does not apply to every file. For internal readers alone: of the counts then and now
    others could take what the few files between showed.
    """
    audit = work.audit
    if audit is None or audit.stopping != "sequence" or work.audience != "internal" or _overfull(work):
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
    about: dict[str, Any] = {"theme": standard.theme, "standard_id": standard.id, "period": str(audit.period)}
    about |= {
        "method": "count",
        "population": listed,
        "target": float(standard.target or 0),
        "selection": audit.selection,
    }

    def after(read: int) -> dict[str, Any]:
        ahead = max(sequence_evidence(met[read], read, listed, target=target))
        return {**about, "numerator": met[read], "denominator": read, "value": min(ahead, _MOST)}

    last = stops[0] if stops else len(answers)
    decided = {"measure": DECIDED if stops else READ_ON, "verdict": next((side for side in sides if side), "")}
    yield {**after(last), **decided, "group": "all", "level": "all"}
    for read in range(_EVERY, len(answers) + 1, _EVERY):
        yield {**after(read), "measure": EVIDENCE, "group": "files", "level": str(read)}


def _side(done: int, met: int | None, not_met: int | None) -> str:
    if met is not None and done >= met:
        return MET
    return NOT_MET if not_met is not None and done <= not_met else ""


def list_parts(work: Dossier) -> pd.DataFrame:
    """Count each standard in each part of the list of a draw in two phases, with what the part can say of itself.

    Returns Measures `compliance` of the group "part of the list", each with its verdict. A part that was to be read in
    full is counted, the other has the range of a random draw from it. Nothing of another draw, and nothing for the
    public, from whose rounded counts the smaller part would come back.
    """
    audit = work.audit
    if audit is None or audit.selection != TWO_PHASE or work.audience == "public":
        return measures([])
    return verdict(measures(_part_rows(work, audit)), standards=work.standards)


def _part_rows(work: Dossier, audit: Audit) -> Iterator[dict[str, Any]]:
    known = {each.id: each for each in work.standards}
    found = designs(read_by(work.answers), audit, work.standards)
    for code in sorted(found, key=in_order):
        for part in found[code].parts if not found[code].why_not and code in known else ():
            of = _protocol(audit, part.size, part.read + part.missing, whole=part.whole)
            out = part.read - part.applies
            told = estimate(
                part.met, part.applies, audit=of, standard=known[code], not_applicable=out, missing=part.missing
            )
            about = _about_part(known[code], part.name, str(audit.period))
            yield {
                **about,
                "numerator": part.met,
                "denominator": part.applies,
                "selection": of.selection,
            } | told._asdict()


def _protocol(audit: Audit, size: int, drawn: int, *, whole: bool) -> Audit:
    """The protocol of one part: a census of it, or a random draw from it."""
    selection = "census" if whole else "random"
    about: dict[str, Any] = {"selection": selection, "population": Population(size=size), "intended": min(drawn, size)}
    return replace(audit, kind="thematic", strata=(), **about)


def _about_part(standard: Standard, part: str, period: str) -> dict[str, Any]:
    about = {"measure": "compliance", "theme": standard.theme, "standard_id": standard.id, "period": period}
    target = float(standard.target) if standard.target else None
    return {**about, "group": PART, "level": part, "direction": "higher", "target": target}
