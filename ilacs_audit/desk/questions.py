"""The questions of the notebook for exploring, each one call on an opened audit."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ilacs_audit.analysis.audits.compliance import compliance
from ilacs_audit.analysis.audits.groups import compare_groups
from ilacs_audit.analysis.recipes import dip_sample
from ilacs_audit.claims.sentences.power import power_card
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.disclosure.gate.page import page
from ilacs_audit.display.charts.groups import funnel_plot
from ilacs_audit.display.charts.rounds import before_after_plot
from ilacs_audit.display.fragments import Fragment
from ilacs_audit.display.page.words import decisions
from ilacs_audit.domain import given
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.doors import doors

_FILES = ["child_ref", "team", "audited_on", "answer"]
_AS_WRITTEN: Mapping[str, Any] = {"text-align": "left", "white-space": "pre-wrap"}


def files_behind(work: Dossier, *, standard: str) -> pd.DataFrame:
    """List the files that auditors read for one standard, under pseudonyms, to be counted again by hand."""
    answers = given.needed(work, Dossier, "work").answers
    given.identifier(standard, "standard")
    doors.known_standard(standard, work.standards)
    return answers.loc[(answers["standard_id"] == standard) & (answers["role"] == "auditor"), _FILES]


def comments_with(work: Dossier, *, word: str) -> Any:
    """Show the comments that hold a word, as they were written after names and references were hidden."""
    answers = given.needed(work, Dossier, "work").answers
    given.identifier(word, "word")
    said = answers[answers["comment"].str.contains(word, case=False, na=False, regex=False)]
    return said[["team", "comment"]].drop_duplicates().style.hide().set_properties(**_AS_WRITTEN)


def rounds_plot(work: Dossier, *, standard: str) -> Fragment:
    """Draw one standard in the round before and in this one, with what was done in between."""
    found, changes, *_ = dip_sample(given.needed(work, Dossier, "work"))
    earlier = verdict(compliance(work.earlier))
    return before_after_plot(page(work, earlier, found, changes), standard_id=standard)


def teams_plot(work: Dossier, *, standard: str) -> Fragment:
    """Draw teams side by side on one standard, both rounds pooled, because a team has few files in one."""
    given.needed(work, Dossier, "work")
    pooled = pd.concat([work.earlier.answers, work.answers])
    found = compare_groups(pooled, standard=standard, standards=work.standards)
    return funnel_plot(page(work, found), standard_id=standard)


def next_round(work: Dossier, *, before: float, after: float, target: str) -> Fragment:
    """Say what the files booked for the next round can and cannot show, before anybody reads one.

    `before` and `after` are the shares to be told apart, `target` is written as "0.9".
    """
    protocol = given.needed(work, Dossier, "work").protocol
    size = power_card(
        protocol.next_size, population=protocol.population_size, target=target, before=before, after=after
    )
    return decisions(size.lines(), heading="What the next round can show")
