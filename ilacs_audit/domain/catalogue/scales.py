"""The scales on which files are judged: those that are always there, and those that a theme's own file writes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from ilacs_audit.domain.catalogue.fields import Entry, Kind, Text, Texts, among, fault
from ilacs_audit.domain.errors import bare, near, quoted

NOT_APPLICABLE = "not applicable"


@dataclasses.dataclass(frozen=True)
class Scale:
    """The answers a standard can have, best first, and which of them meet it."""

    id: str
    title: str
    levels: tuple[str, ...]
    meets: frozenset[str]

    def accepts(self, answer: str) -> bool:
        """Whether the answer belongs to the scale or takes the file out of the count."""
        return answer in self.levels or answer == NOT_APPLICABLE


SCALES: Mapping[str, Scale] = {
    scale.id: scale
    for scale in (
        Scale("met", "Met, partly met, not met", ("met", "partly met", "not met"), frozenset({"met"})),
        Scale("yes_no", "Yes, partly, no", ("yes", "partly", "no"), frozenset({"yes"})),
        Scale(
            "ofsted",
            "Outstanding, good, requires improvement, inadequate",
            ("outstanding", "good", "requires improvement", "inadequate"),
            frozenset({"outstanding", "good"}),
        ),
        Scale(
            "scaling",
            "1 to 10",
            tuple(str(mark) for mark in range(10, 0, -1)),
            frozenset(str(mark) for mark in range(7, 11)),
        ),
    )
}

GRADES = SCALES["ofsted"].levels
_NO_ANSWERS = frozenset({"n/a", "na", NOT_APPLICABLE})


def _scale(value: Any) -> Scale:
    """The scale with this id; one of the theme's own is a scale already."""
    if isinstance(value, Scale):
        return value
    found = {bare(each): scale for each, scale in SCALES.items()}.get(bare(value))
    if found is None:
        told = f"Use one of: {', '.join(SCALES)}; or write it under 'scales' of the theme."
        raise fault(f"{quoted(value)} is not a scale.", near(value, SCALES, otherwise=told))
    return found


ScaleOf = Annotated[Scale, Kind(_scale, anyOf=[{"enum": list(SCALES)}, {"type": "string"}])]


@dataclass(frozen=True)
class OwnScale(Entry):
    """A scale that a theme's file writes: its answers in order, which end is best, and what counts as met."""

    answers: Texts
    meets: Texts
    best: Annotated[str, among("first", "last")] = "first"
    title: Text = Field(default_factory=lambda said: ", ".join(said["answers"]))

    @property
    def levels(self) -> tuple[str, ...]:
        """The answers, best first."""
        return self.answers if self.best == "first" else self.answers[::-1]

    @model_validator(mode="after")
    def _in_one_order(self) -> OwnScale:
        """Refuse a scale that contradicts itself: where 1 is best in one council it is worst in the next."""
        different = {each.casefold() for each in self.answers}
        if len(different) < max(2, len(self.answers)):
            raise fault("A scale needs two or more different answers.", "Write them in order: [1, 2, 3, 4].")
        if different & _NO_ANSWERS:
            told = "'Not applicable' takes a file out of the count, so it is no answer of a scale."
            raise fault(told, "Leave it out: it can always be given.")
        if not self.meets or set(self.meets) != set(self.levels[: len(self.meets)]):
            told = f"What meets is not the best of the scale, counted from {quoted(self.levels[0])} on."
            raise fault(told, "Correct 'meets', or write 'best: last' where the last answer is the best.")
        return self
