"""Limits of time: what has to happen within how long, by whose rule, and from when to when that rule was in force.

A page of an old month is judged by the rule of its own day. A local limit is a council's own to change.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Annotated

from pydantic import ValidationInfo, field_validator
from pydantic.dataclasses import dataclass

from ilacs_audit.domain.calendar import add_months, add_working_days, date_words
from ilacs_audit.domain.catalogue.facts import Fact, Held
from ilacs_audit.domain.catalogue.fields import Counted, Entry, Id, Text, among, fault

INVENTED = "Northmere"
BORROWED = "it is the rule of an invented council, so no page judges by it: write your own in data/limits.yml"
NONE_IN_FORCE = "no limit of this name is in force, so nothing is judged by it"
NAMES = (
    *("cp-visit", "cin-visit", "care-visit", "strategy-meeting", "escalation", "assessment", "conference"),
    *("pathway-plan", "adviser-contact", "fostering-first", "fostering-visit", "fostering-visit-later", "moderation"),
)
_OF_HOURS = "strategy-meeting"  # the other registers hold days and no hours
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

    @field_validator("unit")
    @classmethod
    def _as_its_register_holds(cls, value: str, info: ValidationInfo) -> str:
        if value == "hours" and info.data.get("id") in set(NAMES) - {_OF_HOURS}:
            raise fault("The register that it judges holds days and no hours.", "Write it in days or working days.")
        return value

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
        """The limits that judge nothing, or contradict each other: on a day, and where two overlap on any."""
        now = self.on(day)
        yield from ((name, NONE_IN_FORCE) for name in NAMES if name not in now)
        yield from ((each.id, "no page judges by a limit of this name") for each in self.limits if each.id not in NAMES)
        for one, other in combinations(self.limits, 2):
            begins = max(one.in_force_from or date.min, other.in_force_from or date.min)
            if one.id == other.id and one.in_force(begins) and other.in_force(begins):
                since = f" from {date_words(begins)}" if begins > date.min else ""
                yield one.id, f"two of this name are in force together{since}, and the later one is used"

    def borrowed(self) -> Iterator[tuple[str, str]]:
        """The local limits that are still those of the invented council that a new workspace is tried on."""
        yield from ((each.id, BORROWED) for each in self.limits if each not in self.own.limits)

    @property
    def own(self) -> "Limits":
        """The limits without the local ones that still name the invented council."""
        return Limits(tuple(each for each in self.limits if each.status != "local" or INVENTED not in each.source))

    def on(self, day: date) -> dict[str, Limit]:
        """The limits in force on a day, by id; of two the one that began later, or stands later."""
        ordered = sorted(self.limits, key=lambda each: each.in_force_from or date.min)
        return {each.id: each for each in ordered if each.in_force(day)}
