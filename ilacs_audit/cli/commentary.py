"""Read people's commentary against the figures before the night on which it is to be published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from ilacs_audit.domain.errors import CommentaryError

if TYPE_CHECKING:
    import pandas as pd

    from ilacs_audit.domain.programme import Audit
    from ilacs_audit.intake.commentary import Commentary
    from ilacs_audit.intake.loaded import Loaded
    from ilacs_audit.intake.workspace import Workspace

EDITION = "board"


def refused_commentary(work: Workspace, loaded: Loaded) -> list[CommentaryError]:
    """Every entry of the commentary that the board's page of its audit would refuse.

    Publication reads the words again, for each audience, against what that page shows.
    """
    from ilacs_audit.intake.commentary import all_commentary

    known = {audit.id: audit for audit in work.programme}
    found: list[CommentaryError] = []
    for period, about, words in all_commentary(work.evidence):
        if about in known:
            found += _refusals(words, known[about], work, loaded)
        else:
            click.echo(f"Commentary of {period} on {about}: no audit has this id, so it is read when it is published.")
    return found


def _refusals(words: Commentary, audit: Audit, work: Workspace, loaded: Loaded) -> Iterator[CommentaryError]:
    from ilacs_audit.claims.prose.keep import licensed

    released = _released(audit, work, loaded)
    for said, request in ((words.paragraphs, False), (words.decisions, True)):
        try:
            licensed(said, released, standards=work.standards, about=audit.id, request=request)
        except CommentaryError as refusal:
            yield refusal


def _released(audit: Audit, work: Workspace, loaded: Loaded) -> pd.DataFrame:
    """What the audit's own page shows: its standards, and the change or the teams beside them."""
    from ilacs_audit.analysis.audits.compliance import compliance
    from ilacs_audit.analysis.audits.reaudit import reaudit_impact
    from ilacs_audit.analysis.audits.trust import trust_facts
    from ilacs_audit.claims.verdicts.verdicts import verdict
    from ilacs_audit.disclosure.gate.release import release
    from ilacs_audit.domain.measures import gather

    standards, programme, answers = work.standards, work.programme, loaded.table
    now, before = (answers[answers["audit_id"] == each] for each in (audit.id, str(audit.baseline)))
    found = verdict(compliance(now, standards=standards, programme=programme))
    if audit.kind == "dip_sample":
        beside = reaudit_impact(before, now, among=answers, standards=standards, programme=programme)
    else:
        beside = verdict(compliance(now, by="team", standards=standards, programme=programme))
    trust = trust_facts(answers, loaded.problems, audits=[audit.id], standards=standards, programme=programme)
    return release(gather(found, beside, trust), audience=EDITION)
