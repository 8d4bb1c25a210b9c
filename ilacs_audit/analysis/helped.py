"""Whether what was done has helped: each change asked whether it lasts, and who else says so.

A page of an audit tells it with the rounds before it and with whoever speaks of the same standards.
"""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from ilacs_audit.analysis.audits.compliance import compliance
from ilacs_audit.analysis.audits.impact import impact
from ilacs_audit.analysis.audits.reaudit import reaudit_impact
from ilacs_audit.claims.change.changes import BETTER
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.claims.words import MET, NOT_MET, listed
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.measures import gather, rows, select


def helped(work: Dossier, found: pd.DataFrame, changes: pd.DataFrame, trust: pd.DataFrame) -> pd.DataFrame:
    """The impact of each standard: what was better after an earlier round is asked whether it is better still."""
    lasting = [_better(changes), *_lasting(work)]
    agreeing = _agreeing(work) if any(len(each) for each in lasting) else {}
    return impact(work, found, changes, trust, lasting=gather(*lasting[1:]), agreeing=agreeing)


def _lasting(work: Dossier) -> Iterator[pd.DataFrame]:
    """For each earlier round that was better than the one before it: what is now better than that one, too."""
    later = work.earlier
    while later.id and later.earlier.id:
        was, first = _better(reaudit_impact(later)), later.earlier
        if len(was):
            problems = pd.concat([first.problems, work.problems])
            now = _better(reaudit_impact(work, before=first.answers, problems=problems))
            yield now[now["standard_id"].isin(was["standard_id"])]
        later = first


def _better(changes: pd.DataFrame) -> pd.DataFrame:
    return select(changes, verdict=BETTER) if len(changes) else changes


def _agreeing(work: Dossier) -> dict[str, str]:
    """Who else calls which standards met, where nobody calls them not met.

    A second source is a partner agency or families on the same files, or another audit of the theme in the month.
    """
    others = (each for each in work.handed.alongside(work.id) if each.theme == work.protocol.theme)
    apart = [replace(work, id=each.id) for each in others if each not in work.rounds]
    asked = [
        (work, "agency", "partner"),
        (work, "standard", "family"),
        *((each, "standard", "auditor") for each in apart),
    ]
    told = [
        (row, "families" if role == "family" else row.level if by == "agency" else whose.protocol.title)
        for whose, by, role in asked
        if (whose.answers["role"] == role).any()
        for row in rows(verdict(compliance(whose, by=by, role=role)))
    ]
    short = {row.standard_id for row, _ in told if row.verdict == NOT_MET}
    said: dict[str, list[str]] = {}
    for row, who in told:
        if row.verdict == MET and row.standard_id not in short:
            said.setdefault(row.standard_id, []).append(who)
    return {code: listed([*dict.fromkeys(each)]) for code, each in said.items()}
