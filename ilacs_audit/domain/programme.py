"""The audit programme: every audit with the protocol that decides what may be inferred from it.

How files were chosen, from how many, by whom, and because of what: these decide whether an
interval may be drawn at all, so they are written down before the first file is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic.dataclasses import dataclass

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.catalogue.baselines import baselines
from ilacs_audit.domain.catalogue.faults import one_of, read_as, refuse, some, used_twice
from ilacs_audit.domain.catalogue.fields import (
    Codes,
    Counted,
    Day,
    Entry,
    Flag,
    Id,
    Month,
    Names,
    Text,
    among,
    fault,
    titled,
)
from ilacs_audit.domain.catalogue.listing import listing
from ilacs_audit.domain.catalogue.protocol import Intervention as Intervention
from ilacs_audit.domain.catalogue.protocol import Moderation, Next, Population, Rebase, Stratum
from ilacs_audit.domain.columns import AI, FIRST, PEOPLE, ROLES
from ilacs_audit.domain.errors import near, quoted

AUDIT_KINDS = ("thematic", "dip_sample", "re_audit", "multi_agency", "supervision", "census")
TWO_PHASE = "two_phase"  # flagged files are all read, and some of the rest are drawn by chance
SELECTIONS = (
    *("random", "stratified", "systematic", TWO_PHASE, "risk_led", "auditor_choice", "census", "unknown", "uneven"),
)
DRAWN_BY_CHANCE = ("random", "stratified", "systematic")
PURPOSES = ("practice", "recording")
STOPPING = ("fixed", "sequence")  # by a size decided beforehand, or as soon as the evidence decides
DRAWN_BY = ("file", "worker", "family")  # what chance chose: files one by one, or all files of a worker or a family
_UNSAID = date.min


@dataclass(frozen=True, repr=False)
class Audit(Entry):
    """One audit and its protocol: what is not written claims nothing, and its days are those of its month."""

    id: Id
    theme: Text
    period: Month
    title: Text = Field(default_factory=lambda said: f"{titled(said['theme'])}, {said['period'].words}")
    kind: Annotated[str, among(*AUDIT_KINDS)] = "dip_sample"
    purpose: Annotated[str, among(*PURPOSES)] = "practice"
    on: Day = _UNSAID
    until: Day = _UNSAID
    population: Population = Population()
    selection: Annotated[str, among(*SELECTIONS)] = "unknown"
    by: Annotated[str, among(*DRAWN_BY)] = "file"
    stopping: Annotated[str, among(*STOPPING)] = "fixed"
    chosen_by_ai: Flag = False
    strata: tuple[Stratum, ...] = ()
    intended: Counted | None = None
    edition: Counted | None = None
    returns: Names = ()
    raters: Codes = ("auditor",)
    agencies: Names = ()
    baseline: Text | None = None
    interventions: tuple[Intervention, ...] = ()
    chosen_because_worst: Flag = False
    moderation: Moderation | None = None
    with_practitioner: Flag | None = None
    areas: Codes = ()
    next: Next = Next()
    rebase: Rebase | None = None

    @field_validator("until")
    @classmethod
    def _after_its_start(cls, until: date, info: ValidationInfo) -> date:
        on = info.data.get("on", _UNSAID)
        if _UNSAID < until < (info.data["period"].first if on == _UNSAID and "period" in info.data else on):
            raise fault(f"The audit ends on {until}, before it starts.", "Correct on or until.")
        return until

    @field_validator("selection")
    @classmethod
    def _of_a_census(cls, selection: str, info: ValidationInfo) -> str:
        if info.data.get("kind") == "census" and selection not in ("census", "unknown"):
            told = f"A census reads the whole list, and its files were chosen {quoted(selection)}."
            raise fault(told, "Write selection: census, or another kind.")
        return selection

    @field_validator("by")
    @classmethod
    def _by_chance_alone(cls, by: str, info: ValidationInfo) -> str:
        """Workers or families are drawn at random from all that the list names."""
        selection = info.data.get("selection", "random")
        if by != "file" and selection != "random":
            told = f"The files were drawn by {by}, and the selection is {quoted(selection)}."
            raise fault(told, "Write selection: random, or by: file.")
        return by

    @field_validator("stopping")
    @classmethod
    def _of_a_drawn_list(cls, stopping: str, info: ValidationInfo) -> str:
        """Reading may stop early where files were drawn one by one from a list whose length is known."""
        one_by_one = info.data.get("selection", "random") == "random" and info.data.get("by", "file") == "file"
        drawn = one_by_one and info.data.get("population", Population()).size
        if stopping == "sequence" and not drawn:
            told = "Reading may stop early, and the files are no random draw from a list whose length is written."
            raise fault(told, "Write selection: random, by: file and population: size, or stopping: fixed.")
        return stopping

    @field_validator("chosen_by_ai")
    @classmethod
    def _for_risk_alone(cls, by_ai: bool, info: ValidationInfo) -> bool:
        """An AI may point at files that look wrong; what it picks speaks for no others."""
        selection = info.data.get("selection", "risk_led")
        if by_ai and selection != "risk_led":
            told = f"An AI chose the files, and the selection is {quoted(selection)}."
            raise fault(told, "Write selection: risk_led, or have the files drawn by chance.")
        return by_ai

    @field_validator("strata")
    @classmethod
    def _of_the_list(cls, strata: tuple[Stratum, ...], info: ValidationInfo) -> tuple[Stratum, ...]:
        """The groups of a list are the whole list, each once, of a draw that was made by group."""
        listed, size = sum(each.size for each in strata), info.data.get("population", Population()).size
        if strata and info.data.get("selection") not in (None, "stratified", "uneven", TWO_PHASE):
            raise fault("There are strata, and the draw was not by them.", "Write selection: stratified, or no strata.")
        if len({each.name for each in strata}) < len(strata):
            raise fault("Two strata have one name.", "Give each group of the list its own.")
        for each in (group for group in strata if group.drawn > group.size):
            raise fault(f"{each.drawn} were drawn of {each.size} in {quoted(each.name)}.", "Correct size or drawn.")
        if strata and size not in (None, listed):
            raise fault(f"The strata hold {listed}, and the list {size}.", "Correct a size, or population: size.")
        return strata

    @field_validator("intended")
    @classmethod
    def _from_the_list(cls, intended: int | None, info: ValidationInfo) -> int | None:
        size, strata = info.data.get("population", Population()).size, info.data.get("strata", ())
        drawn = sum(each.drawn for each in strata)
        if intended is not None and strata and drawn != intended:
            raise fault(f"The strata give {drawn} drawn, and {intended} were intended.", "Correct one of them.")
        if intended is not None and size is not None and intended > size:
            raise fault(f"{intended} cannot be drawn from a list of {size}.", "Correct intended, or population: size.")
        return intended

    @field_validator("raters")
    @classmethod
    def _who_reads(cls, raters: tuple[str, ...]) -> tuple[str, ...]:
        told = f"Use one or more of: {', '.join(ROLES)}."
        for each in (*raters, *([] if raters else [""])):
            if each not in ROLES:
                raise fault(f"{quoted(each)} is nobody who reads files.", near(each, ROLES, otherwise=told))
        if {*raters} == {AI}:
            raise fault("An AI alone reads the files.", "Name the people who read them too, such as auditor.")
        return raters

    @model_validator(mode="after")
    def _settled(self) -> Audit:
        """A draw out of proportion to the list gives no range; where no day is written, the month is meant."""
        if self.selection == TWO_PHASE and {each.drawn == each.size for each in self.strata} != {True, False}:
            told = "A draw in two phases reads one part of the list in full and draws from the rest."
            raise fault(told, "Write strata: of each part its name, size and drawn; or another selection.")
        listed, drawn = sum(each.size for each in self.strata), sum(each.drawn for each in self.strata)
        uneven = (abs(each.drawn * listed - each.size * drawn) >= listed for each in self.strata)
        if self.selection == "stratified" and any(uneven):
            object.__setattr__(self, "selection", "uneven")
        if self.strata and self.intended is None:
            object.__setattr__(self, "intended", drawn)
        first, last = (self.period.first, self.period.last) if self.on == _UNSAID else (self.on, self.on)
        object.__setattr__(self, "on", first)
        object.__setattr__(self, "until", last if self.until == _UNSAID else self.until)
        return self

    def __repr__(self) -> str:
        return f"{self.id}: {self.title}, {self.period.words}"

    def near(self, day: date) -> bool:
        """Whether a day is one on which this audit could be worked on: from its beginning to a year after its end."""
        begins, ends = min(self.on, self.period.first), max(self.until, self.period.last)
        return begins <= day <= ends + timedelta(days=366)

    @property
    def population_size(self) -> int | None:
        """The length of the list; None where nobody wrote it."""
        return self.population.size

    @property
    def next_on(self) -> date | None:
        """The day of the round that is booked."""
        return self.next.on

    def ahead(self, day: date) -> date | None:
        """The day of the round that is booked, where it is after both this round and a day."""
        return self.next_on if self.next_on and self.next_on > max(self.until, day) else None

    @property
    def next_size(self) -> int | None:
        """How many files the round that is booked is to read."""
        return self.next.size

    @property
    def listed(self) -> str:
        """What the list holds and for when, in words; two rounds share the first and differ in the second."""
        return f"{self.population.listed} {self.population.when}".strip()

    @property
    def focus(self) -> str:
        """The standard that the work between the rounds was meant to move; '' where none is named."""
        return next(iter(self.aims), "")

    @property
    def aims(self) -> tuple[str, ...]:
        """Every standard that the work between the rounds was meant to move, each once."""
        return tuple(dict.fromkeys(code for each in self.interventions for code in each.standards))

    @property
    def by_chance(self) -> bool:
        """Whether files were drawn so that an interval for the whole list is fair."""
        return self.selection in DRAWN_BY_CHANCE

    def design(self, files: int) -> tuple[tuple[int, int], ...]:
        """How many were drawn of how many in each group of the list, in proportion, where so many were drawn in all."""
        whole = self.selection == "stratified" and files == sum(each.drawn for each in self.strata)
        return tuple((each.drawn, each.size) for each in self.strata) if whole else ()

    @property
    def readers(self) -> Codes:
        """The roles whose reading makes a file one that was read: those who read first, or the only ones there are."""
        return FIRST if {*FIRST} & {*self.raters} else tuple(each for each in self.raters if each in PEOPLE)

    def asked(self, came: int, unread: int = 0) -> int:
        """How many files the audit has to answer for, of which `came` were read.

        Those that were drawn; where nobody wrote how many, those that came, with the rows that could not be read.
        Where agencies answer apart, a row is no file of its own. Where reading may stop early, a file that did not come
        is one that was not read yet.
        """
        if self.stopping == "sequence":
            return came + (0 if self.agencies else unread)
        return came + (0 if self.agencies else unread) if self.intended is None else max(self.intended, came)


@dataclass(frozen=True, repr=False)
class Programme(Entry):
    """Every audit planned or done, in order of date."""

    audits: tuple[Audit, ...] = ()

    def __iter__(self) -> Iterator[Audit]:
        return iter(self.audits)

    def __getitem__(self, audit_id: str) -> Audit:
        advice = "Add it to the programme, or correct the id."
        return one_of(self.audits, audit_id, "audit", where="data/programme.yml", otherwise=advice)

    def __contains__(self, audit_id: object) -> bool:
        return any(audit.id == audit_id for audit in self.audits)

    def __repr__(self) -> str:
        return f"Programme of {len(self.audits)} audits: {', '.join(each.id for each in self.audits) or 'none'}"

    def _repr_html_(self) -> str:
        lines = [(each.id, each.title, each.period.words, each.intended or "") for each in self.audits]
        return listing(f"Programme of {len(self.audits)} audits", ("Audit", "Title", "Month", "Files drawn"), lines)

    def _ipython_key_completions_(self) -> list[str]:
        return [each.id for each in self.audits]

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

    def booked(self, day: date) -> tuple[tuple[date, Audit, int | None], ...]:
        """The looks after a day, each once: when, the audit that is planned or has booked another round, how many.

        A round that an audit has booked is the planned one of its theme that begins within a month of that day.
        """
        planned = [(each.on, each, each.intended) for each in self if each.on > day]
        rounds = ((on, each, each.next_size) for each in self if (on := each.ahead(day)))
        new = (
            (on, each, size)
            for on, each, size in rounds
            if not any(one.theme == each.theme and abs((one.on - on).days) <= 31 for _, one, _ in planned)
        )
        return tuple(sorted((*planned, *new), key=lambda look: (look[0], look[1].id)))

    def in_period(self, period: Period, *, kinds: tuple[str, ...] = AUDIT_KINDS) -> tuple[Audit, ...]:
        """The audits that a period's reports speak for."""
        return tuple(audit for audit in self.audits if audit.period == period and audit.kind in kinds)


def read_programme(entries: object, *, file: str) -> Programme:
    """Turn the programme (its audits, or the whole file) into audits, refusing what contradicts itself.

    Raises CatalogueError naming the line, the audit and the field of every fault.
    """
    content = entries if isinstance(entries, Mapping) else {"audits": some(entries, "audits", file=file)}
    written = read_as(Programme, content, file=file)
    placed = ((audit.id, ("audits", number)) for number, audit in enumerate(written.audits))
    refuse((*used_twice(placed, content, file=file), *baselines(written.audits, content, file=file)))
    return Programme(tuple(sorted(written.audits, key=lambda audit: audit.on)))
