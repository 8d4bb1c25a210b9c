"""One report's question, and the evidence that answers it: the first of three words a notebook needs.

What is asked, for whom and as of when stands in `About`; `Dossier` adds what was read in the files.
Each part is asked for when it is first looked at, so a report is never made again for evidence that it never
saw. A page is handed the `About` alone: nothing that displays can reach an answer that did not pass the gate.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Protocol

import pandas as pd
from pydantic import BeforeValidator, model_validator
from pydantic.dataclasses import dataclass as written

from ilacs_audit.domain.calendar import add_months, date_words, parse_day
from ilacs_audit.domain.catalogue.fields import Codes, Day, Entry, Prose, Role, Text, entries, whole_line
from ilacs_audit.domain.catalogue.learning import Learning
from ilacs_audit.domain.catalogue.limits import Limits
from ilacs_audit.domain.errors import UsageError, bare
from ilacs_audit.domain.plan import Plan
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import Standards, Theme


@written(frozen=True)
class Decision(Entry):
    """What a board is asked to decide, who owns it (a role, never a name), by when, and which failures it answers.

    One that is `instructed` has been asked of its owner already: the board is told, and need not choose. What it
    `rests_on` stands beside it: "next round" for what that would settle, or the measure of a register.
    """

    what: Text
    owner: Role = ""
    by: Day | None = None
    puts_right: Codes = ()
    instructed: bool = False
    rests_on: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _in_one_line(cls, value: Any) -> Any:
        known = {"what", "owner", "by", "puts_right", "instructed", "rests_on"}
        said = value if isinstance(value, Mapping) and set(value) <= known else whole_line(value)
        return {"what": said} if isinstance(said, (str, int, float, date)) else value

    @property
    def asks_nothing(self) -> bool:
        """Whether a person has written that nothing is asked."""
        return bare(self.what) in ("none", "nothing", "nodecision", "nodecisions")


_LISTED = list[Decision | str | dict[str, Any]] | str | None


@written(frozen=True)
class Commentary(Entry):
    """One report's words by a person."""

    words: Prose = ""
    by: Prose = ""
    decisions: Annotated[tuple[Decision, ...], BeforeValidator(entries, json_schema_input_type=_LISTED)] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words, a paragraph for each blank line between them."""
        return tuple(part.strip() for part in self.words.split("\n\n") if part.strip())


Chances = Mapping[str, Sequence[float]]


class Answering(Protocol):
    """Whoever hands out evidence, and keeps a note of each question."""

    @property
    def asked(self) -> Mapping[tuple[str, tuple[str, ...]], None]:
        """The questions put so far, each once."""

    @property
    def ordinary_breakdowns(self) -> Collection[str]:
        """What a person calls no sensitive breakdown."""

    def standards(self) -> Standards:
        """Every practice standard."""

    def plan(self) -> Plan:
        """The improvement plan."""

    def limits(self) -> Limits:
        """The limits of time."""

    def learning(self) -> Learning:
        """What a person released to learn from."""

    def holidays(self) -> tuple[date, ...]:
        """The bank holidays of England."""

    def told(self, audience: str, period: str, /) -> Sequence[Mapping[str, Any]]:
        """What earlier editions told these readers of registers, the oldest first: their day and released records."""

    def protocol(self, audit_id: str, /) -> Audit:
        """The protocol of one audit."""

    def chain(self, audit_id: str, /) -> tuple[Audit, ...]:
        """The rounds before an audit, the latest first."""

    def series(self, audit_id: str, /) -> tuple[Audit, ...]:
        """Every round of an audit, itself included."""

    def planned(self) -> Programme:
        """Every audit planned or done, with what was done to move its answers."""

    def alongside(self, audit_id: str, /) -> tuple[Audit, ...]:
        """Every audit of the month of an audit."""

    def together(self, audit_id: str, chances: Callable[[Answering], Chances], /) -> Chances:
        """The chance of each change of every audit of the month of an audit, worked out by `chances` where it must."""

    def answers(self, audits: Collection[str], /) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The answers of audits, and the problems of their returns."""

    def register(self, name: str, /, *, as_of: date | str) -> pd.DataFrame:
        """One register."""

    def register_problems(self, name: str, /) -> pd.DataFrame:
        """What was set aside or doubted in one register."""

    def words(self, period: str, about: str, /) -> Commentary:
        """What a person wrote of an audit for a period."""

    def withheld(self, audience: str, period: str, about: str, /) -> Sequence[Sequence[str]]:
        """What an edition may not show of an audit beside other editions: standard, group, level and month of each."""


@dataclass(frozen=True)
class About:
    """What a report speaks of, for whom and as of when. `id` is an audit's, or empty for evidence of many.

    `report` is then the name under which a person writes of it, such as `learning`.
    """

    handed: Answering = field(repr=False)
    id: str
    period: str
    as_of: str
    audience: str
    report: str = ""

    @cached_property
    def standards(self) -> Standards:
        """Every practice standard."""
        return self.handed.standards()

    @cached_property
    def protocol(self) -> Audit:
        """The protocol of the audit. Raises UsageError where the evidence is not about one audit."""
        if not self.id:
            what = "This evidence is not about one audit, so it has no protocol."
            raise UsageError(what, fix="Open one with ia.open_audit(...).")
        return self.handed.protocol(self.id)

    @property
    def audit(self) -> Audit | None:
        """The protocol of the audit, where there is one."""
        return self.protocol if self.id else None

    @cached_property
    def topic(self) -> Theme | None:
        """The theme of the audit: its question, its unit and its standards."""
        return self.standards.theme(self.protocol.theme) if self.id else None

    @property
    def unit(self) -> str:
        """What is counted, in the words of the theme."""
        return self.topic.unit if self.topic else "file"

    @cached_property
    def rounds(self) -> tuple[Audit, ...]:
        """The audit and the rounds before it that it names as its own, the latest first."""
        return (self.protocol, *self.handed.chain(self.id)) if self.id else ()

    @property
    def outdated(self) -> str:
        """The month that the evidence of an audit shows, where it is past the age limit of its theme; else nothing."""
        last = self.protocol.until if self.topic else None
        old = last and self.topic and add_months(last, self.topic.stale_after) < parse_day(self.as_of)
        return date_words(last).partition(" ")[2] if last and old else ""

    @property
    def aim(self) -> str:
        """The standard that the work before this round was meant to move; empty where none is named."""
        return self.protocol.focus if self.id else ""

    @property
    def aims(self) -> tuple[str, ...]:
        """Every standard that the work before this round was meant to move."""
        return self.protocol.aims if self.id else ()

    @property
    def focus(self) -> str:
        """The one standard on which groups are compared, so that a file counts once: the aim, else the first."""
        return self.aim or (self.topic.standards[0].id if self.topic and self.topic.standards else "")

    @cached_property
    def words(self) -> Commentary:
        """What a person wrote of the audit or the report for this period; empty where nobody wrote."""
        return self.handed.words(self.period, self.entry)

    @property
    def entry(self) -> str:
        """The entry of the commentary that is about it."""
        return self.id or self.report

    @property
    def asked(self) -> list[list[str | list[str]]]:
        """Every question that was put for this report, sorted: what its page stands on."""
        return [[question, list(about)] for question, about in sorted(self.handed.asked)]


@dataclass(frozen=True)
class Dossier(About):
    """All that one report may look at: what it is about, and the answers and registers that were read."""

    @cached_property
    def programme(self) -> Programme:
        """The protocols of the audit and of the rounds before it, and of no other audit."""
        return _programme(self.rounds)

    @property
    def answers(self) -> pd.DataFrame:
        """The answers of this audit."""
        return self._read[0]

    @property
    def problems(self) -> pd.DataFrame:
        """What was set aside or doubted in the returns of this audit."""
        return self._read[1]

    @cached_property
    def earlier(self) -> Dossier:
        """The round before this one, of the same shape; without answers where there is none."""
        return replace(self, id=self.rounds[1].id if len(self.rounds) > 1 else "")

    @cached_property
    def series(self) -> Programme:
        """The protocols of every round of the audit, itself included."""
        return _programme(self.handed.series(self.id) if self.id else ())

    @cached_property
    def answers_of_series(self) -> pd.DataFrame:
        """The answers of every round of the audit, for charts over months."""
        return self.handed.answers([each.id for each in self.series])[0]

    @cached_property
    def answers_alongside(self) -> pd.DataFrame | None:
        """All that was audited in the month of the round before, where that round was picked for its result."""
        if not self.earlier.id or not self.protocol.chosen_because_worst:
            return None
        return self.handed.answers([each.id for each in self.handed.alongside(self.earlier.id)])[0]

    @cached_property
    def training(self) -> pd.DataFrame:
        """The training register, empty where there is none."""
        return self.register("training")

    def register(self, name: str) -> pd.DataFrame:
        """One register as of the day of the report, empty where there is none."""
        return self.handed.register(name, as_of=self.as_of)

    def register_problems(self, name: str) -> pd.DataFrame:
        """What was set aside or doubted in one register."""
        return self.handed.register_problems(name)

    @cached_property
    def _read(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return self.handed.answers([self.id] if self.id else [])


def _programme(audits: Iterable[Audit]) -> Programme:
    return Programme(tuple(sorted(audits, key=lambda each: each.on)))
