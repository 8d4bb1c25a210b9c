"""A page: findings after the gate, with what the display needs to speak of them.

It is made here and nowhere else, so no report can leave the gate out or pass it in pieces: all the
findings of a page are judged together, because what one table hides another must not give away.
"""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.disclosure.ledger.as_told import as_told
from ilacs_audit.disclosure.rules import WHOLE
from ilacs_audit.domain import given
from ilacs_audit.domain.about import About, Dossier
from ilacs_audit.domain.audiences import audience as find_audience
from ilacs_audit.domain.catalogue.listing import listing
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.measures import gather, select
from ilacs_audit.domain.references.codes import referenced


@dataclass(frozen=True, repr=False)
class Page:
    """What may be shown to one audience: released measures, and what they are about."""

    about: About
    released: pd.DataFrame

    def __repr__(self) -> str:
        about = f"{self.about.id or 'the evidence'}, {self.about.period}, for {self.about.audience}"
        return f"Page about {about}: {len(self.released)} figures in .released"

    def _repr_html_(self) -> str:
        told = self.released.assign(hidden=self.released["status"].isin(["suppressed", "secondary"]))
        counts = told.groupby("measure", sort=False)["hidden"].agg(["size", "sum"])
        lines = [(str(name).replace("_", " "), size, hidden) for name, size, hidden in counts.itertuples()]
        return listing(f"{self!r}. What may be shown, by what is counted:", ("Measure", "Figures", "Hidden"), lines)

    @cached_property
    def whole(self) -> pd.DataFrame:
        """What the page says of the whole service; everything where no standard is broken down by group.

        The figures behind a page are kept in the order in which it shows them, so a breakdown waits for its own table.
        """
        apart = select(self.released, measure="compliance")
        return self.of(group=(*WHOLE, "rule")) if set(apart["group"]) - WHOLE else self.released

    def of(self, **wanted: str | tuple[str, ...]) -> pd.DataFrame:
        """The released rows whose columns equal the given words; see `select`."""
        return select(self.released, **wanted)


def page(work: Dossier, *findings: pd.DataFrame) -> Page:
    """Take findings through the gate, all at once, for the audience of the audit or evidence they are about.

    A count of a register that would give few away beside an earlier edition is left as that told it.
    Raises DisclosureError (exit 13) where they cannot be made fit for it, UsageError on what is no finding.
    """
    given.needed(work, Dossier, "work")
    told = [doors.findings(each) for each in findings]
    for found in told if work.id else ():
        # Those of another theme, or trust facts of an audit that is no round of this one.
        themes = set(found["theme"]) - {"", work.protocol.theme}
        audits = set(found.loc[found["group"] == "audit", "level"]) - {"", *(each.id for each in work.rounds)}
        if themes or audits:
            what = f"Findings about {', '.join(sorted(themes or audits))} cannot stand on a page about {work.id}."
            raise UsageError(what, fix="Count the audit that the page is about, such as ia.compliance(work).")
    findings = tuple(_within_lists(each, work) for each in told)
    about = About(work.handed, work.id, work.period, work.as_of, work.audience, work.report)
    ordinary = work.handed.ordinary_breakdowns
    rules = find_audience(work.audience, ordinary=ordinary)
    beside = work.handed.withheld(work.audience, work.period, work.id) if rules.service else ()
    released = release(gather(*findings), audience=work.audience, ordinary=ordinary, withheld=beside)
    if not work.id and rules.protects != "none":
        before = work.handed.told(work.audience, work.period)
        released = as_told(released, before, period=work.period, about=rules)
    return Page(about, referenced(released, audit=work.id))


def _within_lists(found: pd.DataFrame, work: Dossier) -> pd.DataFrame:
    """The findings without a number of files that would tell where it is more than the list of the audit holds."""
    if "files_to_tell" not in found or found["files_to_tell"].isna().all():
        return found
    sizes = {each.id: each.population_size for each in (work.rounds if work.id else work.handed.planned())}
    whose = found["level"].where(found["group"] == "audit", work.id)
    listed = pd.to_numeric(whose.map(sizes), errors="coerce")
    return found.assign(files_to_tell=found["files_to_tell"].mask((found["files_to_tell"] > listed).fillna(False)))
