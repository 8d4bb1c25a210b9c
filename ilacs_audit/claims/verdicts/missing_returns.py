"""What agencies that answer apart say of each standard, and what the returns that never came could make of it.

An agency answers for the files that were drawn, so its range speaks for their list, whatever its missing returns hold.
Together agencies read the same files several times over: that is no sample of a list, and the two ends of what was
asked are all that can be said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ilacs_audit.claims.verdicts.counted import counted_answers
from ilacs_audit.claims.verdicts.verdicts import BOUNDS, verdict
from ilacs_audit.domain.measures import Row, gather, measures, rows, select, with_columns
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import Standards

TOGETHER, APART = "agencies_met", "agency_met"
OF_ASKED = "Of what was asked, whatever is missing: agencies read the same files, so there is no range for the list."


def partner_agencies(answers: pd.DataFrame, audit: Audit) -> list[str]:
    """The agencies of an audit that are neither its auditors nor its second readers, those that sent nothing too."""
    own = set(answers.loc[answers["role"].isin(("auditor", "moderator")), "agency"])
    told = answers.loc[answers["role"] == "partner", "agency"].unique().tolist()
    return [each for each in dict.fromkeys([*audit.agencies, *sorted(told)]) if each not in own]


def agency_counts(
    answers: pd.DataFrame, audit: Audit, *, standards: Standards | None, problems: pd.DataFrame | None
) -> pd.DataFrame:
    """Count each standard as the partner agencies of one audit answered it, together and one by one.

    Returns Measures `agencies_met` (group "audit") and `agency_met` (group "agency", level "AGENCY in AUDIT"). One
    that sent nothing has no row, and lacks all that was asked of it in the count of them together.
    """
    asked, told = audit.asked(int(answers["child_ref"].nunique())), {}
    for agency in partner_agencies(answers, audit):
        ours = answers[(answers["role"] == "partner") & (answers["agency"] == agency)]
        apart = Programme((replace(audit, agencies=(agency,), strata=(), intended=_within(asked, audit)),))
        found = counted_answers(ours, role="partner", standards=standards, programme=apart, problems=problems)
        told[agency] = select(found, measure="compliance")
    came = {agency: found for agency, found in told.items() if len(found)}
    together = measures(_together([*came.values()], silent=len(told) - len(came), asked=asked))
    whole = next(iter(came.values())) if len(told) == len(came) == 1 else together
    parts = (called(found, APART, "agency", f"{agency} in {audit.id}") for agency, found in came.items())
    return judged(gather(called(whole, TOGETHER, "audit", audit.id), *parts), standards)


def judged(found: pd.DataFrame, standards: Standards | None) -> pd.DataFrame:
    """The verdict on each count, whoever gave it, by the rules of any reading of files."""
    names = [row.measure for row in rows(found)]
    told = verdict(with_columns(found, measure=["compliance"] * len(found)), standards=standards)
    return with_columns(told, measure=names)


def called(found: pd.DataFrame, measure: str, group: str, level: str) -> pd.DataFrame:
    """The same counts under the name of whoever gave them."""
    names = {"measure": measure, "group": group, "level": level}
    return with_columns(found, **{name: [said] * len(found) for name, said in names.items()})


def _within(asked: int, audit: Audit) -> int | None:
    """What was asked of each agency: no more than the list holds."""
    return min(asked, audit.population_size or asked) or None


def _together(each: Sequence[pd.DataFrame], *, silent: int, asked: int) -> Iterator[dict[str, Any]]:
    """All returns on a standard as one count, between the two ends of what was asked."""
    by_standard: dict[str, list[Row]] = {}
    for row in (row for found in each for row in rows(found)):
        by_standard.setdefault(row.standard_id, []).append(row)
    for parts in by_standard.values():
        met, came, gone = (
            sum(getattr(row, of) or 0 for row in parts) for of in ("numerator", "denominator", "missing")
        )
        missing = gone + (silent + len(each) - len(parts)) * asked
        seen = met / came if came else None
        ends = (met / (came + missing), (met + missing) / (came + missing)) if came else (None, None)
        yield {
            **parts[0]._asdict(),
            **{"numerator": met, "denominator": came, "missing": missing, "value": seen, "population": None},
            **{"lower": ends[0], "upper": ends[1], "lower_read": seen, "upper_read": seen},
            **{"method": BOUNDS, "note": OF_ASKED, "confidence": None},
        }
