"""Invented extracts of files with the grades that we would give, and packs of them for auditors to grade.

Nothing in a pack is real, so that councils can send one another packs and what their auditors made of them. A pack
holds the wording of what it asks, and so needs nobody's standards to be read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import field_validator
from pydantic.dataclasses import dataclass

from ilacs_audit.domain.catalogue.fields import Counted, Entry, Id, Prose, Text, Whole, among, fault
from ilacs_audit.domain.catalogue.scales import SCALES
from ilacs_audit.domain.errors import quoted

SCALE = SCALES["met"]  # one for every question, so that packs and councils can be compared
GRADES = SCALE.levels


@dataclass(frozen=True)
class Asked(Entry):
    """A standard on which an extract is graded: the grade that we would give, and why in a sentence."""

    standard: Id
    anchor: Annotated[str, among(*GRADES)]
    why: Text
    text: Prose = ""  # the wording of the standard, in a pack


@dataclass(frozen=True)
class Vignette(Entry):
    """An extract of a file that nobody has written about anybody, and what is asked of it."""

    id: Id
    theme: Id
    text: Text
    asked: tuple[Asked, ...]

    @field_validator("asked")
    @classmethod
    def _once(cls, asked: tuple[Asked, ...]) -> tuple[Asked, ...]:
        names = [each.standard for each in asked]
        if not names or len(names) > 26:
            raise fault("An extract asks one to 26 questions.", "Write a standard with its anchor under 'asked'.")
        for name in names:
            if names.count(name) > 1:
                raise fault(f"{quoted(name)} is asked twice.", "Ask each standard once.")
        return asked


def _apart(vignettes: tuple[Vignette, ...]) -> tuple[Vignette, ...]:
    names = [each.id for each in vignettes]
    if not names:
        raise fault("There is no extract.", "Write one with id, theme, text and asked.")
    for name in names:
        if names.count(name) > 1:
            raise fault(f"Used twice: {quoted(name)}.", "Give each extract its own id.")
    return vignettes


@dataclass(frozen=True)
class Vignettes(Entry):
    """A file of extracts."""

    vignettes: tuple[Vignette, ...]

    _ids = field_validator("vignettes")(_apart)


@dataclass(frozen=True)
class Pack(Entry):
    """A pack as it was made: its extracts in their order, with anchors; `code` is what the auditors' workbook shows.

    The `code` is of what auditors read, the `seal` of all of it.
    """

    number: Counted
    seed: Whole
    code: Text
    seal: Text
    vignettes: tuple[Vignette, ...]

    _ids = field_validator("vignettes")(_apart)

    @field_validator("vignettes")
    @classmethod
    def _worded(cls, vignettes: tuple[Vignette, ...]) -> tuple[Vignette, ...]:
        if not all(asked.text for each in vignettes for asked in each.asked):
            raise fault("A question has no wording.", "Ask whoever made the pack for its key.")
        return vignettes


def worded(vignette: Vignette, wording: dict[str, str]) -> Vignette:
    """The extract with the wording of what is asked of it, by the standard's id."""
    asked = tuple(replace(each, text=each.text or wording[each.standard]) for each in vignette.asked)
    return replace(vignette, asked=asked)


def question_names(place: int, vignette: Vignette) -> list[str]:
    """What its questions are called in a workbook, of the extract at this place counted from 1: 3a, 3b, 3c."""
    return [f"{place}{chr(ord('a') + at)}" for at in range(len(vignette.asked))]
