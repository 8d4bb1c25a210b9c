"""What a person released for others to learn from: themes of what auditors write, and who can share what is good.

Comments are about one child and stay where they came in. A theme is a sentence of a person's own over the comments
that hold its phrases; until somebody has read those and released it, nobody sees it.
"""

import re
from typing import Annotated, Any

from pydantic import field_validator, model_validator
from pydantic.dataclasses import dataclass

from ilacs_audit.domain.catalogue.fields import Day, Entry, Id, Names, Role, Text, among, fault
from ilacs_audit.domain.errors import quoted
from ilacs_audit.domain.identifying import in_words

KINDS, SHOWS = ("practice", "recording"), ("weakness", "strength")
LONGEST = 140  # letters of a wording: one sentence, as a line of a table has room for it
_SAYS = re.compile(r"[^\W_]{3}")


@dataclass(frozen=True)
class Released(Entry):
    """Who released a wording, in a role and never by name, and on which day."""

    by: Role
    on: Day


@dataclass(frozen=True)
class LearningTheme(Entry):
    """One theme: its wording, whether it is of practice or of recording, and the phrases by which files are found.

    A comment holds it that has one of `phrases`, or the theme's id as a tag, and none of `unless`. One that nobody has
    `released` is on no page.
    """

    id: Id
    wording: Text
    kind: Annotated[str, among(*KINDS)]
    shows: Annotated[str, among(*SHOWS)] = "weakness"
    phrases: Names = ()
    unless: Names = ()
    released: Released | None = None

    @field_validator("wording")
    @classmethod
    def _names_nobody(cls, wording: str) -> str:
        text = " ".join(wording.split())
        if found := next(iter(in_words(text)), None):
            raise fault(f"The wording holds what could find somebody ({found.kind}).", "Say it without.")
        if len(text) > LONGEST:
            raise fault(f"The wording has {len(text)} letters.", f"Say it in one sentence of at most {LONGEST}.")
        return text

    @field_validator("phrases", "unless")
    @classmethod
    def _says_something(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        for each in phrases:
            if not _SAYS.search(each):
                raise fault(f"{quoted(each)} is too short to find anything.", "Write a word of three letters or more.")
        return phrases


@dataclass(frozen=True)
class Sharing(Entry):
    """Who can share how a standard is met: a team or a post."""

    standard: Text
    by: Role


@dataclass(frozen=True)
class Learning(Entry):
    """The whole file."""

    themes: tuple[LearningTheme, ...] = ()
    sharing: tuple[Sharing, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Any:
        for names, what in (
            ([each.id for each in self.themes], "id"),
            ([each.wording for each in self.themes], "wording"),
        ):
            if twice := next((name for name in names if names.count(name) > 1), ""):
                raise fault(f"Two themes have one {what}: {quoted(twice)}.", "Give each its own.")
        return self
