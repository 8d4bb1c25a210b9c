"""Practice standards as data: what is asked of every file, on which scale, to what target.

A standard is an entry in a YAML file, never code, so that a council can add a theme
without a developer. The classes here refuse entries that contradict themselves.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic.dataclasses import dataclass
from pydantic.json_schema import SkipJsonSchema

from ilacs_audit.domain.catalogue.facts import Fact, Held
from ilacs_audit.domain.catalogue.faults import one_of, read_as, refuse, used_twice
from ilacs_audit.domain.catalogue.fields import (
    Codes,
    Counted,
    Entry,
    Flag,
    Id,
    Prose,
    Share,
    Text,
    Texts,
    among,
    fault,
    titled,
)
from ilacs_audit.domain.catalogue.listing import listing
from ilacs_audit.domain.catalogue.scales import GRADES as GRADES
from ilacs_audit.domain.catalogue.scales import NOT_APPLICABLE as NOT_APPLICABLE
from ilacs_audit.domain.catalogue.scales import SCALES as SCALES
from ilacs_audit.domain.catalogue.scales import OwnScale, ScaleOf
from ilacs_audit.domain.catalogue.scales import Scale as Scale
from ilacs_audit.domain.errors import bare, quoted

STALE_AFTER_MONTHS = 6
OVERALL = "grade"  # the reserved standard_id under which a rater's overall grade is an answer
KINDS = ("compliance", "quality")
RECORDS = ("done", "recorded")
APPLIES = ("every file", "some files")
NOT_RECORDED = "not recorded"
COMPARABLE = ("yes", "partly", "no")


@dataclass(frozen=True)
class Source(Fact):
    """Where a standard comes from; in one line, its text alone."""

    text: Text = NOT_RECORDED
    kind: Text = NOT_RECORDED

    @model_validator(mode="before")
    @classmethod
    def _in_one_line(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


@dataclass(frozen=True, repr=False)
class Standard(Entry):
    """One practice standard, in one version; what is not written has the word that claims least."""

    id: Text
    text: Text
    version: Counted = 1
    plain: Text = Field(default_factory=lambda said: said["text"])
    failing: Prose = ""  # what is so where it is not met: "the child could not talk alone"
    passing: Prose = ""  # what those did that met it, after their count: "said how worried we were and why"
    scale: ScaleOf = SCALES["yes_no"]
    met_by: Texts = Field(default=(), alias="meets")
    target: Share | None = None
    critical: Flag = False
    kind: Annotated[str, among(*KINDS)] = "quality"
    records: Annotated[str, among(*RECORDS)] = "recorded"
    applies_to: Annotated[str, among(*APPLIES)] = "some files"
    areas: Codes = ()
    source: Source = Source()
    measured_by: Texts = ()  # counts of registers, and questions of surveys, that tell of the same thing
    comparable_with: Mapping[Counted, Annotated[str, among(*COMPARABLE)]] = Field(default_factory=dict)
    theme: SkipJsonSchema[str] = Field(default="", init=False)

    @field_validator("met_by")
    @classmethod
    def _on_the_scale(cls, met_by: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if not met_by:
            raise fault("No answer would meet the standard.", "Name those that do, or take the key away.")
        levels = {bare(each): each for each in (info.data["scale"].levels if "scale" in info.data else met_by)}
        told = f"Use one of: {', '.join(levels.values())}."
        for each in met_by:
            if bare(each) not in levels:
                raise fault(f"{quoted(each)} is not an answer of the scale.", told)
        if "scale" in info.data and len({*map(bare, met_by)}) == len(levels):
            raise fault("Every answer of the scale would meet the standard.", "Leave out those that do not meet it.")
        return tuple(levels[bare(each)] for each in met_by)

    @model_validator(mode="after")
    def _judged(self) -> Standard:
        """The answers that meet a standard are its own where it names them, else those of its scale."""
        if self.met_by:
            object.__setattr__(self, "scale", replace(self.scale, meets=frozenset(self.met_by)))
        return self

    def __repr__(self) -> str:
        return f"{self.id}: {self.plain}"

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


@dataclass(frozen=True, repr=False)
class Theme(Entry):
    """The standards of one practice theme, the question a reader asks of it, and the scale of its overall grade."""

    id: Annotated[Id, Field(alias="theme")]
    scales: Mapping[str, OwnScale] = Field(default_factory=dict)
    standards: tuple[Standard, ...] = Field()  # type: ignore[misc]  # wanted; after the scales that it needs
    title: Text = Field(default_factory=lambda said: titled(said["id"]))
    question: Text = Field(
        default_factory=lambda said: f"What do the files show of {said['title'][:1].lower()}{said['title'][1:]}?"
    )
    unit: Text = "file"
    edition: Counted = Field(default_factory=lambda said: max((each.version for each in said["standards"]), default=1))
    areas: Codes = ()
    stale_after: Counted = STALE_AFTER_MONTHS  # months; 12 for a theme that is audited once a year
    stale_source: Prose = ""  # who set that limit; empty where it is the one that this package starts with
    grade: ScaleOf = SCALES["ofsted"]

    @field_validator("scales")
    @classmethod
    def _new(cls, scales: Mapping[str, OwnScale]) -> Mapping[str, OwnScale]:
        if taken := SCALES.keys() & scales:
            raise fault(f"{quoted(taken.pop())} is a scale that is always there.", "Give yours another name.")
        return scales

    @field_validator("standards", "grade", mode="before")
    @classmethod
    def _on_own_scales(cls, value: Any, info: ValidationInfo) -> Any:
        """Put the theme's own scale in the place of its name."""
        own: dict[str, Any] = {
            name: Scale(name, each.title, each.levels, frozenset(each.meets))
            for name, each in info.data.get("scales", {}).items()
        }

        def named(said: Any) -> Any:
            unread = "scales" not in info.data and str(said) not in SCALES  # its fault is told already
            return SCALES["yes_no"] if unread else own.get(str(said), said)

        if info.field_name == "grade" or not isinstance(value, list):
            return named(value) if info.field_name == "grade" else value
        asked = [each.get("scale") if isinstance(each, Mapping) else None for each in value]
        return [
            each if scale is None else {**each, "scale": named(scale)} for each, scale in zip(value, asked, strict=True)
        ]

    @field_validator("standards")
    @classmethod
    def _asking(cls, standards: tuple[Standard, ...]) -> tuple[Standard, ...]:
        if not standards:
            raise fault("The theme asks nothing.", "Write a standard with its id and text, or move the file away.")
        return standards

    def __repr__(self) -> str:
        return f"{self.title}: {', '.join(each.id for each in self.standards)}"

    @model_validator(mode="after")
    def _its_own(self) -> Theme:
        for each in self.standards:
            object.__setattr__(each, "theme", self.id)
        return self


@dataclasses.dataclass(frozen=True, repr=False)
class Standards:
    """The whole catalogue, by theme and by standard id."""

    themes: tuple[Theme, ...]

    def __iter__(self) -> Iterator[Standard]:
        return (standard for theme in self.themes for standard in theme.standards)

    def __getitem__(self, standard_id: str) -> Standard:
        advice = "Add it to a theme file, or correct the id."
        return one_of(self, standard_id, "standard", where="data/standards", otherwise=advice)

    def __contains__(self, standard_id: object) -> bool:
        return any(standard.id == standard_id for standard in self)

    def __repr__(self) -> str:
        told = ", ".join(f"{each.id} ({len(each.standards)})" for each in self.themes)
        return f"Standards of {len(self.themes)} themes: {told}. Ask for one by its id."

    def _repr_html_(self) -> str:
        codes = ((each.title, f"{each.standards[0].id} to {each.standards[-1].id}") for each in self.themes)
        lines = [(title, len(each.standards), span) for each, (title, span) in zip(self.themes, codes, strict=True)]
        told = f"Standards of {len(self.themes)} themes. Ask for one by its id; Tab after [ lists them."
        return listing(told, ("Theme", "Standards", "Ids"), lines)

    def _ipython_key_completions_(self) -> list[str]:
        return [each.id for each in self]

    @property
    def answers(self) -> frozenset[str]:
        """Every answer that a standard or an overall grade can have here, besides "not applicable"."""
        scales = [*(standard.scale for standard in self), *(theme.grade for theme in self.themes)]
        return frozenset(level for scale in scales for level in scale.levels)

    @property
    def facts(self) -> list[Held]:
        """The source of each standard as a fact, by its id."""
        return [Held(each.id, each.source, each.source.kind) for each in self]

    def theme(self, theme_id: str) -> Theme:
        """The theme with this id."""
        return one_of(self.themes, theme_id, "theme", where="data/standards")


def read_theme(entry: object, *, file: str) -> Theme:
    """Turn one theme file into a theme, refusing what contradicts itself.

    Raises CatalogueError naming the file, the line, the standard and the field of every fault.
    """
    theme = read_as(Theme, entry, file=file)
    placed = ((standard.id, ("standards", number)) for number, standard in enumerate(theme.standards))
    refuse(used_twice(placed, entry, file=file))
    return theme
