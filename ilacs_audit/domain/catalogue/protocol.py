"""The parts of a protocol: the list and its strata, what was done between two rounds, moderation, the next round."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from typing import Annotated, Any

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from ilacs_audit.domain.catalogue.fields import Codes, Counted, Day, Entry, Share, Text, Whole, among
from ilacs_audit.domain.errors import bare

_OF_A_MONTH = re.compile(r"(?:(?:in|for|of|during|within) )?(?:(20\d\d)-(\d\d)|([a-z]+)\.? (20\d\d))")
_NAMED = {name.casefold(): at for names in (month_abbr, month_name) for at, name in enumerate(names) if name}


@dataclass(frozen=True)
class Intervention(Entry):
    """Something done between two rounds that was meant to move the answer."""

    id: Text
    title: Text
    on: Day
    kind: Text
    until: Day = Field(default_factory=lambda said: said["on"])
    standards: Codes = ()

    @property
    def names(self) -> frozenset[str]:
        """What a register may call it, as `bare` spells it: its id or its title."""
        return frozenset({bare(self.id), bare(self.title)})


@dataclass(frozen=True)
class Moderation(Entry):
    """How files were chosen for a second reading: at random or picked, which share of them, and what it judges.

    It judges the `practice` in the file afresh, or the first reader's `audit` of it alone.
    """

    selection: Annotated[str, among("random", "picked")]
    share: Share | None = None
    judges: Annotated[str, among("practice", "audit")] = ""


@dataclass(frozen=True)
class Rebase(Entry):
    """A person's decision that the limits of a chart start again with a round: why, in which role, on which day."""

    reason: Text
    role: Text
    decided: Day


@dataclass(frozen=True)
class Population(Entry):
    """The list that files were drawn from: what it holds, for when, and its length."""

    listed: Text = Field(default="", alias="list")
    when: Text = ""
    size: Counted | None = None

    @property
    def month(self) -> str:
        """The one month that the list is of; nothing where it is of another span, or does not say.

        >>> [Population(when=said).month for said in ("in October 2024", "in June to August 2024", "on 4 October 2024")]
        ['2024-10', '', '']
        """
        found = _OF_A_MONTH.fullmatch(" ".join(self.when.casefold().split()))
        year, month, name, of = found.groups() if found else ("", "", "", "")
        return f"{year}-{month}" if year else f"{of}-{_NAMED[name]:02d}" if name in _NAMED else ""

    @model_validator(mode="before")
    @classmethod
    def _counted(cls, value: Any) -> Any:
        """A number alone is the length of the list."""
        return {"size": value} if isinstance(value, (str, int)) else value


@dataclass(frozen=True)
class Stratum(Entry):
    """One group of the list: its length, and how many of its files were drawn."""

    name: Text
    size: Counted
    drawn: Whole


@dataclass(frozen=True)
class Next(Entry):
    """The round that is booked."""

    on: Day | None = None
    size: Counted | None = None
