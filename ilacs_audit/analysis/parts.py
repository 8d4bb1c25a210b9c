"""What each part of a list can say, where flagged files were all read and the rest was drawn from by chance."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from ilacs_audit.claims.verdicts.by_design import designs
from ilacs_audit.claims.verdicts.estimates import estimate
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.catalogue.protocol import Population
from ilacs_audit.domain.counting import read_by
from ilacs_audit.domain.measures import in_order, measures
from ilacs_audit.domain.programme import TWO_PHASE, Audit
from ilacs_audit.domain.standards import Standard

PART = "part of the list"


def list_parts(work: Dossier) -> pd.DataFrame:
    """Count each standard in each part of the list of a draw in two phases, with what the part can say of itself.

    Returns Measures `compliance` of the group "part of the list", each with its verdict. A part that was to be read in
    full is counted, the other has the range of a random draw from it. Nothing of another draw, and nothing for the
    public, from whose rounded counts the smaller part would come back.
    """
    audit = work.audit
    if audit is None or audit.selection != TWO_PHASE or work.audience == "public":
        return measures([])
    return verdict(measures(_rows(work, audit)), standards=work.standards)


def _rows(work: Dossier, audit: Audit) -> Iterator[dict[str, Any]]:
    known = {each.id: each for each in work.standards}
    found = designs(read_by(work.answers), audit, work.standards)
    for code in sorted(found, key=in_order):
        for part in found[code].parts if not found[code].why_not and code in known else ():
            of = _protocol(audit, part.size, part.read + part.missing, whole=part.whole)
            out = part.read - part.applies
            told = estimate(
                part.met, part.applies, audit=of, standard=known[code], not_applicable=out, missing=part.missing
            )
            about = _about(known[code], part.name, str(audit.period))
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


def _about(standard: Standard, part: str, period: str) -> dict[str, Any]:
    about = {"measure": "compliance", "theme": standard.theme, "standard_id": standard.id, "period": period}
    target = float(standard.target) if standard.target else None
    return {**about, "group": PART, "level": part, "direction": "higher", "target": target}
