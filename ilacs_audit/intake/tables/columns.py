"""Which header stands for which standard or field, learnt once and kept in data/columns.yml.

Equal spellings are matched without asking. Anything less is proposed to a person; two
possible meanings are refused. A wrong column is the one mistake no later check can find.
A meaning belongs to the form it was given for: what is said of an audit goes before what is
said of its theme, and that before what is said of every form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, reduce
from itertools import chain
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field, field_validator
from pydantic.dataclasses import dataclass

from ilacs_audit.domain.catalogue.faults import read_as
from ilacs_audit.domain.catalogue.fields import Entry, Text, Texts, among, fault
from ilacs_audit.domain.columns import ROLES
from ilacs_audit.domain.errors import quoted
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import NOT_APPLICABLE, SCALES, Standard
from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.cells.values import spelling
from ilacs_audit.intake.tables.usual import EXPORTERS, FIELDS, HAND_MADE, IGNORE, exporter, is_status, read_by
from ilacs_audit.intake.yaml_files import read_yaml

COLUMNS = "columns.yml"
FORMS = "forms"
GIVEN_WAY = "given way"  # a field of which the form holds a column of its own
_CUT = ("…", "...")
_TELLING = 10  # letters that a wording must begin with before a cut header is taken for it
_QUIZ = re.compile(r"^(?:points|feedback)\s*[-–—]\s*\S", re.IGNORECASE)
_NUMBERS = tuple(f"{of} {what}" for of in ("question", "answer", "response") for what in ("no", "number", "id"))
_NUMBERED = re.compile(r"(?<=\w[^\W\d])\d{1,2}$")


class Target(NamedTuple):
    """What a header stands for: a field's name, a standard's id, the same as moderated, or nothing that is wanted."""

    kind: str
    name: str


class Ambiguous(NamedTuple):
    """A header that two entries lay claim to."""

    targets: tuple[Target, ...]


Headed = tuple[int, str, Target | Ambiguous | None]  # a header with its place and what it stands for


@dataclass(frozen=True)
class Form(Entry):
    """What was learnt of one form: canonical word to spellings, for each section."""

    fields: Mapping[Annotated[str, among(*FIELDS)], Texts] = Field(default_factory=dict)
    standards: Mapping[Text, Texts] = Field(default_factory=dict)
    answers: Mapping[Text, Texts] = Field(default_factory=dict)
    ignore: Texts = ()

    @field_validator("answers")
    @classmethod
    def _one_meaning(cls, answers: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        """A word has one meaning on a scale, and an answer of a scale is never another answer of it."""
        meant: dict[str, set[str]] = {}
        for level, word in ((level, each) for level, others in answers.items() for each in others):
            said = meant.setdefault(spelling(word), {spelling(word)})
            for other in sorted(said - {level}):
                if other.isdigit() and level == NOT_APPLICABLE:
                    continue  # a code for it; on a scale that has the mark, it stays the mark
                if any({level, other} <= {*scale.levels, NOT_APPLICABLE} for scale in SCALES.values()):
                    told = (
                        "Keep it under one of them; where 'no' is the good answer, write meets: [no] at the standard."
                    )
                    raise fault(f"{quoted(word)} would mean both {quoted(other)} and {quoted(level)}.", told)
            said.add(level)
        return answers

    @cached_property
    def learnt(self) -> dict[str, frozenset[Target]]:
        """Every learnt header, folded, with what it stands for."""
        entries = [
            *((each, Target("field", name)) for name, others in self.fields.items() for each in others),
            *((each, Target("standard", name)) for name, others in self.standards.items() for each in others),
            *((each, Target(IGNORE, "")) for each in self.ignore),
        ]
        return _collect(entries)


@dataclass(frozen=True)
class ColumnMap(Form):
    """What columns.yml says: of every form, and in `forms` of one, by the id of an audit or of a theme."""

    teams: Mapping[Text, Texts] = Field(default_factory=dict)
    agencies: Mapping[Text, Texts] = Field(default_factory=dict)
    readers: Mapping[Annotated[str, among(*ROLES)], Texts] = Field(default_factory=dict)
    forms: Mapping[Text, Form] = Field(default_factory=dict)

    def of(self, audit: Audit | None) -> ColumnMap:
        """What was learnt for an audit's form, its own in `forms` still; without an audit, for every form."""
        if audit is None or not self.forms:
            return self
        said = [self.forms[each] for each in (audit.theme, audit.id) if each in self.forms]
        own = {audit.id: self.forms[audit.id]} if audit.id in self.forms else {}
        return replace(reduce(ColumnMap.under, said, self), forms=own)

    def under(self, form: Form) -> ColumnMap:
        """The same map, with a form's own meanings before it."""
        ours, words = form.learnt, {spelling(each) for others in form.answers.values() for each in others}
        return replace(
            self,
            fields=_joined(form.fields, _left(self.fields, lambda text: fold(text) in ours)),
            standards=_joined(form.standards, _left(self.standards, lambda text: fold(text) in ours)),
            answers=_joined(form.answers, _left(self.answers, lambda text: spelling(text) in words)),
            ignore=(*form.ignore, *(each for each in self.ignore if fold(each) not in ours)),
        )

    @cached_property
    def own(self) -> frozenset[str]:
        """The headers, folded, that were given to the very audit that the map was made for."""
        return frozenset(header for form in self.forms.values() for header in form.learnt)

    @cached_property
    def team_names(self) -> dict[str, str]:
        """Every known spelling of a team, folded, with its canonical name."""
        return {fold(each): team for team, others in self.teams.items() for each in (team, *others)}


def _without_reader(wording: str) -> list[str]:
    question, kind = read_by(wording)
    return [question] if kind == "standard" else []


def load_columns(path: str | Path) -> ColumnMap:
    """Read data/columns.yml; an absent file is an empty map. Raises CatalogueError."""
    path = Path(path)
    return read_columns(read_yaml(path), file=path.name) if path.exists() else ColumnMap()


def learnt_beside(source: Path) -> ColumnMap | None:
    """What was learnt in the workspace that a source lies in; None where it lies in none."""
    around = source.resolve().parents
    found = next((each for each in around if (each / COLUMNS).is_file() and (each / "standards").is_dir()), None)
    return load_columns(found / COLUMNS) if found else None


def read_columns(entry: object, *, file: str) -> ColumnMap:
    """Turn the file's content into a map. Raises CatalogueError with every fault."""
    return read_as(ColumnMap, entry, file=file)


def _left(section: Mapping[str, tuple[str, ...]], taken: Callable[[str], bool]) -> dict[str, tuple[str, ...]]:
    return {word: tuple(each for each in others if not taken(each)) for word, others in section.items()}


def _joined(*sections: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    words = dict.fromkeys(word for section in sections for word in section)
    return {word: tuple(each for section in sections for each in section.get(word, ())) for word in words}


class Recogniser:
    """Recognise headers: by columns.yml first, then the exporter, the usual names, the catalogue."""

    def __init__(self, columns: ColumnMap, standards: Sequence[Standard]) -> None:
        self.columns = columns
        self._told: dict[tuple[str, str], Target | Ambiguous | None] = {}
        self.standards = {standard.id: standard for standard in standards}
        usual = ((each, Target("field", name)) for name, others in FIELDS.items() for each in others)
        self._usual = _collect(chain(usual, ((each, Target(IGNORE, "")) for each in _NUMBERS)))
        self._catalogue = _collect(
            (wording, Target("standard", standard.id))
            for standard in standards
            for wording in (standard.id, standard.text, standard.plain, *_without_reader(standard.text))
        )
        self._learnt = {
            header: frozenset(each for each in targets if self._serves(each, header))
            for header, targets in columns.learnt.items()
        }

    def target(self, header: str, *, made_by: str = HAND_MADE) -> Target | Ambiguous | None:
        """What a header stands for; None where it is not known."""
        if (header, made_by) not in self._told:
            self._told[header, made_by] = self._look_up(header, made_by)
        return self._told[header, made_by]

    def targets(self, headers: Sequence[str]) -> list[Target | Ambiguous | None]:
        """What each header of a table stands for; a column that the exporter adds gives way to the form's own."""
        made_by = exporter(headers)
        found = [self.target(text, made_by=made_by) if text else None for text in headers]
        added = [fold(text) in EXPORTERS.get(made_by, {}) and fold(text) not in self._learnt for text in headers]
        own = {each for each, theirs in zip(found, added, strict=True) if not theirs}
        return [
            Target(GIVEN_WAY, each.name) if theirs and each in own and isinstance(each, Target) and each.name else each
            for each, theirs in zip(found, added, strict=True)
        ]

    def headed(self, headers: Sequence[str]) -> list[Headed]:
        """Each header that is not blank, with its place and what it stands for."""
        told = zip(headers, self.targets(headers), strict=True)
        return [(place, text, target) for place, (text, target) in enumerate(told) if text]

    def _look_up(self, header: str, made_by: str) -> Target | Ambiguous | None:
        folded = fold(header)
        if made_by == "Microsoft Forms" and _QUIZ.match(header) and folded not in self._learnt:
            return Target(IGNORE, "")
        ours = EXPORTERS.get(made_by, {}).items()
        added = _collect((text, Target(IGNORE, "") if name == IGNORE else Target("field", name)) for text, name in ours)
        for known in (self._learnt, added, self._catalogue, self._usual):
            for text in (folded, _NUMBERED.sub("", folded)):
                if found := known.get(text):
                    return _one_of(found)
        if is_status(header):
            return Target("field", "status")
        question, kind = read_by(header)
        for known in (self._learnt, self._catalogue):
            for target in known.get(question, ()):
                return Target(kind, "" if kind == IGNORE else target.name) if target.kind == "standard" else None
        return self._begun(folded) if header.endswith(_CUT) and len(folded) >= _TELLING else None

    def _begun(self, start: str) -> Target | Ambiguous | None:
        known = (self._learnt, self._catalogue, self._usual)
        begun = [targets for each in known for text, targets in each.items() if text.startswith(start)]
        return _one_of(frozenset[Target]().union(*begun)) if begun else None

    def _serves(self, target: Target, header: str) -> bool:
        """Whether a learnt meaning is one of this audit's: a theme's question may be no question of another's.

        What was learnt of a theme or of every form takes no standard's own wording from it.
        """
        if target.kind == "standard":
            return target.name in self.standards
        return header in self.columns.own or header not in self._catalogue


def _one_of(found: frozenset[Target]) -> Target | Ambiguous:
    return next(iter(found)) if len(found) == 1 else Ambiguous(tuple(sorted(found)))


def _collect(entries: Iterable[tuple[str, Target]]) -> dict[str, frozenset[Target]]:
    found: dict[str, set[Target]] = {}
    for text, target in entries:
        if fold(text):
            found.setdefault(fold(text), set()).add(target)
    return {text: frozenset(targets) for text, targets in found.items()}
