"""Facts of statute and guidance: which edition was read, when they are in force, and when somebody last looked.

A rule is replaced while the file that cites it stays. So each says from when to when it holds and when it was last
checked; what nobody knows is left out, and is told as not known.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from pydantic import ValidationInfo, field_validator
from pydantic.dataclasses import dataclass

from ilacs_audit.domain.calendar import add_months, date_words
from ilacs_audit.domain.catalogue.fields import Day, Entry, Prose, fault

_LAW = ("statutory", "guidance")
UNKNOWN = "from when it is in force is not known here, so a page of any earlier day cites it too"
_STALE = 12  # months


@dataclass(frozen=True, kw_only=True)
class Fact(Entry):
    """When something that is written elsewhere holds; without dates it always does."""

    edition: Prose = ""
    in_force_from: Day | None = None
    in_force_to: Day | None = None
    checked_on: Day | None = None

    @field_validator("in_force_to")
    @classmethod
    def _after_it_begins(cls, value: date | None, info: ValidationInfo) -> date | None:
        begins = info.data.get("in_force_from")
        if value and begins and value < begins:
            raise fault("It ends before it begins.", f"Write a day from {begins} on, or put in_force_from right.")
        return value

    def in_force(self, day: date) -> bool:
        """Whether the rule was in force on a day."""
        return (self.in_force_from or day) <= day <= (self.in_force_to or day)

    def doubt(self, day: date, *, kind: str) -> str:
        """Why the fact may not be relied on, on a day; "" where it may. A local rule need not be checked."""
        edition = f" ({self.edition})" if self.edition else ""
        if self.in_force_to and self.in_force_to < day:
            return f"in force until {date_words(self.in_force_to)}{edition}"
        if self.checked_on is None:
            return f"nobody has written when it was checked{edition}" if kind in _LAW else ""
        stale = add_months(self.checked_on, _STALE) < day
        if stale:
            return f"checked on {date_words(self.checked_on)}, over {_STALE} months before{edition}"
        return UNKNOWN if self.in_force_from is None and kind in _LAW else ""


class Held(NamedTuple):
    """A fact, what it is the fact of, and whose rule it is: statutory, guidance or local."""

    name: str
    fact: Fact
    kind: str


def doubtful(facts: Iterable[Held], day: date) -> Iterator[tuple[str, str]]:
    """The name of each thing that rests on a fact in doubt on a day, with the reason; an earlier rule gives way."""
    ordered = sorted(facts, key=lambda held: held.fact.in_force_from or date.min)
    first = {each.name: each.fact for each in reversed(ordered)}
    now = {each.name: each for each in ordered if (each.fact.in_force_from or day) <= day}
    for name, fact in first.items():
        if name not in now and fact.in_force_from:
            yield name, f"in force only from {date_words(fact.in_force_from)}"
    told = ((name, fact.doubt(day, kind=kind)) for name, fact, kind in now.values())
    yield from ((name, why) for name, why in told if why)


def to_come(facts: Iterable[Held], today: date) -> Iterator[tuple[str, str]]:
    """The facts that were checked on a day that has not come: they would never be told as checked long ago."""
    for name, fact, _ in facts:
        if fact.checked_on and fact.checked_on > today:
            yield name, f"checked on {date_words(fact.checked_on)}, a day that has not come"
