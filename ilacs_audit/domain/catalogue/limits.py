"""Limits of time: what has to happen within how long, by whose rule, and from when to when that rule was in force.

A page of an old month is judged by the rule of its own day. A local limit is a council's own to change.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic.dataclasses import dataclass

from ilacs_audit.domain.calendar import add_months, add_working_days
from ilacs_audit.domain.catalogue.facts import Fact, Held
from ilacs_audit.domain.catalogue.fields import Counted, Entry, Id, Text, among

NONE_IN_FORCE = "no limit of this name is in force, so nothing is judged by it"
NAMES = (
    *("cp-visit", "cin-visit", "care-visit", "strategy-meeting", "escalation", "assessment", "conference"),
    *("pathway-plan", "adviser-contact", "fostering-visit", "fostering-visit-later", "moderation"),
)
UNITS = ("working days", "days", "hours", "months")


@dataclass(frozen=True)
class Limit(Fact):
    """One limit: at most so much time after its clock starts, and where that is written."""

    id: Id
    title: Text
    at_most: Counted
    unit: Annotated[str, among(*UNITS)]
    clock: Text
    status: Annotated[str, among("statutory", "guidance", "local")]
    source: Text

    def until(self, start: datetime, holidays: Iterable[date]) -> datetime:
        """The last moment that is still in time: the end of a day, or for hours the moment itself."""
        if self.unit == "hours":
            return start + timedelta(hours=self.at_most)
        if self.unit == "working days":
            last = add_working_days(start.date(), self.at_most, holidays=holidays)
        elif self.unit == "months":
            last = add_months(start.date(), self.at_most)
        else:
            last = start.date() + timedelta(days=self.at_most)
        return datetime.combine(last, datetime.max.time())

    @property
    def length(self) -> str:
        """How long it is."""
        return f"{self.at_most} {self.unit}"

    @property
    def words(self) -> str:
        """The limit with its source, as a page says it; when it was last checked is for its owner, by `check`."""
        source = f"{self.source}{f', {self.edition}' if self.edition else ''}"
        return f"{self.title}: at most {self.length} from {self.clock} ({self.status}; {source})."


@dataclass(frozen=True)
class Limits(Entry):
    """Every limit of a workspace."""

    limits: tuple[Limit, ...] = ()

    @property
    def facts(self) -> list[Held]:
        """Each limit as a fact, by its id."""
        return [Held(each.id, each, each.status) for each in self.limits]

    def doubts(self, day: date) -> Iterator[tuple[str, str]]:
        """The limits that judge nothing, or contradict each other, on a day."""
        for name in NAMES:
            ours = sum(each.id == name and each.in_force(day) for each in self.limits)
            if ours != 1:
                why = f"{ours} of this name are in force together, and the last is used" if ours else NONE_IN_FORCE
                yield name, why
        for each in self.limits:
            if each.id not in NAMES:
                yield each.id, "no page judges by a limit of this name"
            if each.in_force_from and each.in_force_to and each.in_force_to < each.in_force_from:
                yield each.id, "it ends before it begins"

    def on(self, day: date) -> dict[str, Limit]:
        """The limits in force on a day, by id."""
        return {each.id: each for each in self.limits if each.in_force(day)}
