"""The audit programme: every audit with the protocol that decides what may be inferred from it.

How files were chosen, from how many, by whom, and because of what: these decide whether an
interval may be drawn at all, so they are written down before the first file is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.catalogue_fields import day, one_of, plain_id, require, titled, unique
from ilacs_audit.domain.errors import AuditError, CatalogueError, near, quoted

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

    def asked(self, came: int, unread: int = 0) -> int:
        """How many files the audit has to answer for, of which `came` were read.

        Those that were drawn; where nobody wrote how many, those that came, with the rows that could not be read.
        Where agencies answer apart, a row is no file of its own.
        """
        return came + (0 if self.agencies else unread) if self.intended is None else max(self.intended, came)


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


def read_programme(entries: list[Mapping[str, Any]], *, file: str) -> Programme:
    """Turn the programme file into audits, refusing what contradicts itself.

    Raises CatalogueError naming the audit and the field.
    """
    audits = tuple(sorted((_read_audit(each, file=file) for each in entries), key=lambda audit: audit.on))
    programme = Programme(audits)
    unique([audit.id for audit in audits], where=file)
    for audit in audits:
        _check_baseline(audit, programme, file=file)
    return programme


def _read_audit(entry: Mapping[str, Any], *, file: str) -> Audit:
    where = f"{file}, audit {entry.get('id', '(no id)')}"
    require(entry, ("id", "theme", "period"), where=where)
    kind, selection = entry.get("kind", "dip_sample"), entry.get("selection", "unknown")
    one_of(kind, AUDIT_KINDS, "kind", where=where)
    one_of(selection, SELECTIONS, "selection", where=where)
    one_of(entry.get("purpose", "practice"), PURPOSES, "purpose", where=where)
    population = entry.get("population") or {}
    following = entry.get("next") or {}
    period = _period(entry["period"], where)
    on = day(entry.get("on", period.first), where=where)
    return Audit(
        id=plain_id(entry["id"], where=file),
        title=entry.get("title") or f"{titled(entry['theme'])}, {period.words}",
        theme=entry["theme"],
        kind=kind,
        purpose=entry.get("purpose", "practice"),
        period=period,
        on=on,
        until=day(entry.get("until", on if "on" in entry else period.last), where=where),
        population=population.get("list", ""),
        population_when=population.get("when", ""),
        population_size=population.get("size"),
        selection=selection,
        intended=int(entry["intended"]) if "intended" in entry else None,
        edition=int(entry["edition"]) if "edition" in entry else None,
        returns=tuple(entry.get("returns", ())),
        raters=tuple(entry.get("raters", ("auditor",))),
        agencies=tuple(entry.get("agencies", ())),
        baseline=entry.get("baseline"),
        interventions=tuple(_read_intervention(each, where) for each in entry.get("interventions", ())),
        chosen_because_worst=bool(entry.get("chosen_because_worst", False)),
        moderation=_read_moderation(entry.get("moderation"), where),
        with_practitioner=entry.get("with_practitioner"),
        areas=tuple(entry.get("areas", ())),
        next_on=day(following["on"], where=where) if "on" in following else None,
        next_size=following.get("size"),
        rebase=_read_rebase(entry.get("rebase"), where),
    )


def _read_intervention(entry: Mapping[str, Any], where: str) -> Intervention:
    require(entry, ("id", "title", "on", "kind"), where=f"{where}, intervention")
    on = day(entry["on"], where=where)
    return Intervention(
        str(entry["id"]),
        entry["title"],
        on,
        day(entry.get("until", on), where=where),
        entry["kind"],
        tuple(entry.get("standards", ())),
    )


def _read_moderation(entry: Mapping[str, Any] | None, where: str) -> Moderation | None:
    if entry is None:
        return None
    one_of(entry.get("selection"), ("random", "picked"), "moderation selection", where=where)
    return Moderation(entry["selection"], entry.get("share"))


def _read_rebase(entry: Mapping[str, Any] | None, where: str) -> Rebase | None:
    if entry is None:
        return None
    where = f"{where}, rebase"
    require(entry, ("reason", "role", "decided"), where=where)
    return Rebase(entry["reason"], entry["role"], day(entry["decided"], where=where))


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


def _period(value: object, where: str) -> Period:
    try:
        return Period.parse(value)
    except AuditError as problem:
        raise CatalogueError(problem.what, where=where, fix=problem.fix) from None
