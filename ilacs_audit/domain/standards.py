"""Practice standards as data: what is asked of every file, on which scale, to what target.

A standard is an entry in a YAML file, never code, so that a council can add a theme
without a developer. The classes here refuse entries that contradict themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ValidationInfo, field_validator, model_validator

from ilacs_audit.domain.catalogue.faults import read_as
from ilacs_audit.domain.catalogue.fields import Entry, Flag, Id, Share, Text, Texts, Whole, fault, text_of
from ilacs_audit.domain.catalogue.words import titled, unique
from ilacs_audit.domain.errors import CatalogueError, near, quoted

NOT_APPLICABLE = "not applicable"
OVERALL = "grade"  # the reserved standard_id under which a rater's overall grade is an answer
KINDS = ("compliance", "quality")
RECORDS = ("done", "recorded")
APPLIES = ("every file", "some files")
NOT_RECORDED = "not recorded"
COMPARABLE = ("yes", "partly", "no")


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Standard:
    """One practice standard, in one version."""

    id: str
    version: int
    theme: str
    text: str
    plain: str
    scale: Scale
    target: str | None
    critical: bool
    kind: str
    records: str
    applies_to: str
    areas: tuple[str, ...]
    source: str
    source_kind: str
    comparable_with: Mapping[int, str] = field(default_factory=dict)

    def meets(self, answer: str) -> bool:
        """Whether an answer on the scale meets the standard; 'partly' never does."""
        return answer in self.scale.meets

    def version_in(self, edition: int | None) -> int | None:
        """The version that an edition of the theme used, None if it had none; today's where no edition is written."""
        if edition is None:
            return self.version
        known = [version for version in (self.version, *self.comparable_with) if version <= edition]
        return max(known, default=None)

    def comparable(self, earlier: int) -> str:
        """Whether answers to an earlier version may be compared: yes, partly or no."""
        return "yes" if earlier == self.version else self.comparable_with.get(earlier, "no")


@dataclass(frozen=True)
class Theme:
    """The standards of one practice theme, and the question a reader asks of it."""

    id: str
    title: str
    question: str
    unit: str
    edition: int
    areas: tuple[str, ...]
    standards: tuple[Standard, ...]


@dataclass(frozen=True)
class Standards:
    """The whole catalogue, by theme and by standard id."""

    themes: tuple[Theme, ...]

    def __iter__(self) -> Iterator[Standard]:
        return (standard for theme in self.themes for standard in theme.standards)

    def __getitem__(self, standard_id: str) -> Standard:
        for standard in self:
            if standard.id == standard_id:
                return standard
        fix = near(standard_id, (each.id for each in self), otherwise="Add it to a theme file, or correct the id.")
        raise CatalogueError(f"There is no standard {quoted(standard_id)}.", where="data/standards", fix=fix)

    def __contains__(self, standard_id: object) -> bool:
        return any(standard.id == standard_id for standard in self)

    def theme(self, theme_id: str) -> Theme:
        """The theme with this id."""
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        known = [theme.id for theme in self.themes]
        fix = near(theme_id, known, otherwise=f"Use one of: {', '.join(known)}.")
        raise CatalogueError(f"There is no theme {quoted(theme_id)}.", where="data/standards", fix=fix)


class _Source(Entry):
    text: Text = NOT_RECORDED
    kind: Text = NOT_RECORDED

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        """A source in one line is its text."""
        return {"text": value} if isinstance(value, str) else value


class _StandardEntry(Entry):
    """A standard as it is written: what is left out has the word that claims least."""

    id: Text
    text: Text
    version: Whole = 1
    plain: Text = ""
    scale: Literal["met", "yes_no", "ofsted", "scaling"] = "yes_no"
    meets: Texts = ()
    target: Share | None = None
    critical: Flag = False
    kind: Literal["compliance", "quality"] = "quality"
    records: Literal["done", "recorded"] = "recorded"
    applies_to: Literal["every file", "some files"] = "some files"
    areas: Texts = ()
    source: _Source = _Source()
    comparable_with: dict[Whole, Annotated[Literal["yes", "partly", "no"], BeforeValidator(text_of)]] = {}

    @field_validator("meets")
    @classmethod
    def _levels(cls, meets: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        levels = SCALES[info.data.get("scale", "yes_no")].levels
        strange = [each for each in meets if each not in levels]
        if strange:
            raise fault(f"{quoted(strange[0])} is not an answer of the scale.", f"Use one of: {', '.join(levels)}.")
        return meets

    def read(self, theme: str) -> Standard:
        scale = SCALES[self.scale]
        return Standard(
            self.id,
            self.version,
            theme,
            self.text,
            self.plain or self.text,
            replace(scale, meets=frozenset(self.meets)) if self.meets else scale,
            self.target,
            self.critical,
            self.kind,
            self.records,
            self.applies_to,
            self.areas,
            self.source.text,
            self.source.kind,
            self.comparable_with,
        )


class ThemeFile(Entry):
    """One theme and its standards, as they are written."""

    theme: Id
    title: Text = ""
    question: Text = ""
    unit: Text = "file"
    edition: Whole | None = None
    areas: Texts = ()
    standards: list[_StandardEntry]


def read_theme(entry: Mapping[str, Any], *, file: str) -> Theme:
    """Turn one theme file into a theme, refusing what contradicts itself.

    Raises CatalogueError naming the file, the line, the standard and the field of every fault.
    """
    told = read_as(ThemeFile, entry, file=file)
    standards = tuple(each.read(told.theme) for each in told.standards)
    unique([standard.id for standard in standards], where=file)
    title = told.title or titled(told.theme)
    question = told.question or f"What do the files show of {title[:1].lower()}{title[1:]}?"
    edition = told.edition or max((standard.version for standard in standards), default=1)
    return Theme(told.theme, title, question, told.unit, edition, told.areas, standards)
