"""What a page of each kind knows: one recipe, for the notebook, for `check` and for the reviewed numbers.

A person's words are judged by what their page shows. A second list of it, kept elsewhere, would let
`check` pass on Monday what publication refuses at night.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from ilacs_audit.analysis.audits.compliance import compliance, dip_sample_estimate
from ilacs_audit.analysis.audits.grades import grade_distribution
from ilacs_audit.analysis.audits.impact import impact
from ilacs_audit.analysis.audits.reaudit import reaudit_impact
from ilacs_audit.analysis.audits.trust import trust_facts
from ilacs_audit.analysis.registers.training import training_reach
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.domain import given
from ilacs_audit.domain.about import Dossier

Findings = tuple[pd.DataFrame, ...]


def thematic(work: Dossier) -> Findings:
    """Which standards are met, whether it helped, how far to trust it, whom training reached, teams and grades."""
    given.needed(work, Dossier, "work")
    found, trust = verdict(compliance(work)), trust_facts(work)
    helped = impact(work, found, reaudit_impact(work), trust)
    teams = verdict(compliance(work, by="team"))
    return found, helped, trust, training_reach(work), teams, grade_distribution(work)


def dip_sample(work: Dossier) -> Findings:
    """Which standards are met, the change since the round before, how far to trust it, and whom training reached."""
    given.needed(work, Dossier, "work")
    return verdict(dip_sample_estimate(work)), reaudit_impact(work), trust_facts(work), training_reach(work)


def reaudit(work: Dossier) -> Findings:
    """Which standards are met, the change, whether it helped, how far to trust it, and whom training reached."""
    given.needed(work, Dossier, "work")
    found, changes, trust = verdict(compliance(work)), reaudit_impact(work), trust_facts(work)
    return found, changes, impact(work, found, changes, trust), trust, training_reach(work)


RECIPES: Mapping[str, Callable[[Dossier], Findings]] = {
    "thematic": thematic,
    "dip_sample": dip_sample,
    "reaudit": reaudit,
}
