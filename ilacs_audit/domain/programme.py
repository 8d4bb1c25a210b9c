"""The audit programme: every audit with the protocol that decides what may be inferred from it.

How files were chosen, from how many, by whom, and because of what: these decide whether an
interval may be drawn at all, so they are written down before the first file is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.catalogue.faults import read_as
from ilacs_audit.domain.catalogue.fields import Day, Entry, Flag, Id, Month, Share, Text, Texts, Whole
from ilacs_audit.domain.catalogue.words import titled, unique
from ilacs_audit.domain.errors import CatalogueError, near, quoted

AUDIT_KINDS = ("thematic", "dip_sample", "re_audit", "multi_agency", "supervision", "census")
SELECTIONS = ("random", "stratified", "systematic", "risk_led", "auditor_choice", "census", "unknown")
DRAWN_BY_CHANCE = ("random", "stratified", "systematic")
PURPOSES = ("practice", "recording")


@dataclass(frozen=True)
class Intervention:
    """Something done between two rounds that was meant to move the answer."""

    id: str
    title: str
    on: date
    until: date
    kind: str
    standards: tuple[str, ...] = ()


@dataclass(frozen=True)
class Moderation:
    """How files were chosen for a second reading: at random or picked, and by whom."""

    selection: str
    share: float | None = None


@dataclass(frozen=True)
class Rebase:
    """A person's decision that the limits of a chart start again with a round: why, in which role, on which day."""

    reason: str
    role: str
    decided: date


@dataclass(frozen=True)
class Audit:
    """One audit and its protocol."""

    id: str
    title: str
    theme: str
    kind: str
    purpose: str
    period: Period
    on: date
    until: date
    population: str
    population_when: str
    population_size: int | None
    selection: str
    intended: int | None
    edition: int | None
    returns: tuple[str, ...]
    raters: tuple[str, ...]
    agencies: tuple[str, ...]
    baseline: str | None
    interventions: tuple[Intervention, ...]
    chosen_because_worst: bool
    moderation: Moderation | None
    with_practitioner: bool | None
    areas: tuple[str, ...]
    next_on: date | None
    next_size: int | None
    rebase: Rebase | None = None

    @property
    def listed(self) -> str:
        """What the list holds and for when, in words; two rounds share the first and differ in the second."""
        return f"{self.population} {self.population_when}".strip()

    @property
    def focus(self) -> str:
        """The standard that the work between the rounds was meant to move; '' where none is named."""
        return next((each.standards[0] for each in self.interventions if each.standards), "")

    @property
    def by_chance(self) -> bool:
        """Whether files were drawn so that an interval for the whole list is fair."""
        return self.selection in DRAWN_BY_CHANCE

    def missing(self, returned: int) -> int:
        """How many of the files drawn never came back, where the audit has to answer for them.

        A dip sample speaks of the files that were read: what is missing is told beside it and widens nothing.
        Where nobody wrote how many were drawn, nobody can say that one is missing.
        """
        return 0 if self.kind == "dip_sample" or self.intended is None else max(self.intended - returned, 0)


@dataclass(frozen=True)
class Programme:
    """Every audit planned or done, in order of date."""

    audits: tuple[Audit, ...]

    def __iter__(self) -> Iterator[Audit]:
        return iter(self.audits)

    def __getitem__(self, audit_id: str) -> Audit:
        for audit in self.audits:
            if audit.id == audit_id:
                return audit
        advice = "Add it to the programme, or correct the id."
        fix = near(audit_id, (audit.id for audit in self.audits), otherwise=advice)
        raise CatalogueError(f"There is no audit {quoted(audit_id)}.", where="data/programme.yml", fix=fix)

    def __contains__(self, audit_id: object) -> bool:
        return any(audit.id == audit_id for audit in self.audits)

    def baselines(self, audit_id: str) -> tuple[Audit, ...]:
        """The rounds before an audit, the latest first."""
        earlier = self[audit_id].baseline
        return () if earlier is None else (self[earlier], *self.baselines(earlier))

    def rounds(self, audit_id: str) -> dict[str, str]:
        """The audit of each month in a chain: this round and those before it."""
        chain = (self[audit_id], *self.baselines(audit_id)) if audit_id in self else ()
        return {str(audit.period): audit.id for audit in chain}

    def series(self, audit_id: str) -> tuple[Audit, ...]:
        """Every round of an audit in order of date, itself included: audits whose id differs in the month alone.

        An id that does not end in its month is a series of its own.
        """
        own = self[audit_id]
        name = audit_id.removesuffix(str(own.period))
        if name == audit_id:
            return (own,)
        return tuple(audit for audit in self.audits if audit.id == f"{name}{audit.period}")

    def in_period(self, period: Period, *, kinds: tuple[str, ...] = AUDIT_KINDS) -> tuple[Audit, ...]:
        """The audits that a period's reports speak for."""
        return tuple(audit for audit in self.audits if audit.period == period and audit.kind in kinds)


class _Population(Entry):
    listed: Text = Field("", alias="list")
    when: Text = ""
    size: Whole | None = None

    @model_validator(mode="before")
    @classmethod
    def _counted(cls, value: Any) -> Any:
        """A number alone is the length of the list."""
        return {"size": value} if isinstance(value, (str, int)) else value


class _Next(Entry):
    on: Day | None = None
    size: Whole | None = None


class _InterventionEntry(Entry):
    id: Text
    title: Text
    on: Day
    until: Day | None = None
    kind: Text
    standards: Texts = ()

    def read(self) -> Intervention:
        return Intervention(self.id, self.title, self.on, self.until or self.on, self.kind, self.standards)


class _ModerationEntry(Entry):
    selection: Literal["random", "picked"]
    share: Share | None = None


class _RebaseEntry(Entry):
    reason: Text
    role: Text
    decided: Day


class _AuditEntry(Entry):
    """An audit as it is written: what is left out claims nothing, and its days are those of its month."""

    id: Id
    theme: Text
    period: Month
    returns: Texts = ()
    title: Text = ""
    kind: Literal["thematic", "dip_sample", "re_audit", "multi_agency", "supervision", "census"] = "dip_sample"
    purpose: Literal["practice", "recording"] = "practice"
    on: Day | None = None
    until: Day | None = None
    population: _Population = _Population()
    selection: Literal["random", "stratified", "systematic", "risk_led", "auditor_choice", "census", "unknown"] = (
        "unknown"
    )
    intended: Whole | None = None
    edition: Whole | None = None
    raters: Texts = ("auditor",)
    agencies: Texts = ()
    baseline: Text | None = None
    interventions: list[_InterventionEntry] = []
    chosen_because_worst: Flag = False
    moderation: _ModerationEntry | None = None
    with_practitioner: Flag | None = None
    areas: Texts = ()
    next: _Next = _Next()
    rebase: _RebaseEntry | None = None

    def read(self) -> Audit:
        on, moderation, rebase = self.on or self.period.first, self.moderation, self.rebase
        return Audit(
            id=self.id,
            title=self.title or f"{titled(self.theme)}, {self.period.words}",
            theme=self.theme,
            kind=self.kind,
            purpose=self.purpose,
            period=self.period,
            on=on,
            until=self.until or (on if self.on else self.period.last),
            population=self.population.listed,
            population_when=self.population.when,
            population_size=self.population.size,
            selection=self.selection,
            intended=self.intended,
            edition=self.edition,
            returns=self.returns,
            raters=self.raters,
            agencies=self.agencies,
            baseline=self.baseline,
            interventions=tuple(each.read() for each in self.interventions),
            chosen_because_worst=self.chosen_because_worst,
            moderation=moderation and Moderation(moderation.selection, _number(moderation.share)),
            with_practitioner=self.with_practitioner,
            areas=self.areas,
            next_on=self.next.on,
            next_size=self.next.size,
            rebase=rebase and Rebase(rebase.reason, rebase.role, rebase.decided),
        )


def _number(share: str | None) -> float | None:
    return None if share is None else float(share)


class ProgrammeFile(Entry):
    """The programme as it is written."""

    audits: list[_AuditEntry] = []


def read_programme(entries: object, *, file: str) -> Programme:
    """Turn the programme (its audits, or the whole file) into audits, refusing what contradicts itself.

    Raises CatalogueError naming the line, the audit and the field of every fault.
    """
    content = entries if isinstance(entries, Mapping) or entries is None else {"audits": entries}
    told = read_as(ProgrammeFile, content, file=file)
    programme = Programme(tuple(sorted((each.read() for each in told.audits), key=lambda audit: audit.on)))
    unique([audit.id for audit in programme], where=file)
    for audit in programme:
        _check_baseline(audit, programme, file=file)
    return programme


def _check_baseline(audit: Audit, programme: Programme, *, file: str) -> None:
    """A baseline comes before the round that re-audits it, and asks of the same theme."""
    if audit.baseline is None:
        return
    baseline = programme[audit.baseline]
    where = f"{file}, audit {audit.id}"
    if baseline.on >= audit.on:
        raise CatalogueError(
            f"The baseline '{baseline.id}' is not before the re-audit.",
            where=where,
            fix="Correct one of the dates.",
        )
    if baseline.theme != audit.theme:
        raise CatalogueError(
            f"The baseline '{baseline.id}' is of another theme.",
            where=where,
            fix="Name a baseline of the same theme.",
        )
