"""Which header stands for which standard or field, learnt once and kept in data/columns.yml.

Equal spellings are matched without asking. Anything less is proposed to a person; two
possible meanings are refused. A wrong column is the one mistake no later check can find.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.standards import Standard
from ilacs_audit.intake.catalogue import read_yaml
from ilacs_audit.intake.cells.spelling import fold

FIELDS: Mapping[str, tuple[str, ...]] = {
    "child_ref": (
        *("case id", "case ref", "case reference", "case number", "child id", "child ref", "child reference"),
        *("person id", "client id", "mosaic id", "lcs id", "liquidlogic id", "system id", "ref", "reference"),
    ),
    "request_ref": ("request ref", "request reference", "request id"),
    "child_name": ("childs name", "child name", "name of child", "young persons name", "child"),
    "date_of_birth": ("dob", "date of birth", "d o b", "childs date of birth"),
    "team": ("team", "team name", "service team"),
    "worker": ("worker", "social worker", "allocated worker", "allocated social worker", "case worker", "practitioner"),
    "supervisor": ("supervisor", "line manager", "team manager"),
    "auditor": ("auditor", "auditor name", "name of auditor", "audited by", "completed by", "audit completed by"),
    "auditor_email": ("auditor email", "auditors email"),
    "audited_on": ("date audited", "audit date", "date of audit", "audited on"),
    "completed_on": ("date completed", "completed on"),
    "received_on": ("date received", "received on", "date returned"),
    "week_commencing": ("week commencing", "w c", "wc", "week beginning"),
    "grade": ("overall grade", "overall judgement", "audit grade", "overall grade ofsted", "grade"),
    "moderated_grade": ("moderated grade", "moderation grade", "grade after moderation"),
    "moderator": ("moderator", "moderated by", "name of moderator"),
    "moderated_on": ("date moderated", "moderated on", "moderation date", "date of moderation"),
    "comment": ("comment", "comments", "auditor comments", "notes", "evidence", "please say more", "say more"),
    "agency": ("agency", "organisation", "partner agency"),
    "question": ("question", "standard", "audit question", "question text"),
    "answer": ("answer", "response", "rating", "response text", "answer text", "response value", "answer value"),
    "answer_code": ("response code", "answer code"),
    "status": (
        *("status", "moderation status", "moderationstatus", "approval status", "form status", "audit status"),
        "record status",
    ),
    "returned": ("return received", "returned", "return received y n"),
}
EXPORTERS: Mapping[str, Mapping[str, str]] = {
    "Microsoft Forms": {
        "id": "ignore",
        "start time": "ignore",
        "completion time": "completed_on",
        "email": "auditor_email",
        "name": "auditor",
        **dict.fromkeys(("last modified time", "total points", "quiz feedback", "grade posted time"), "ignore"),
    },
    "Google Forms": {"timestamp": "completed_on", "email address": "auditor_email"},
    "SharePoint list": {
        **{"title": "child_ref", "created": "completed_on", "created by": "auditor", "author": "auditor"},
        **dict.fromkeys(("id", "modified", "modified by", "editor", "item type", "path", "content type"), "ignore"),
        **dict.fromkeys(("attachments", "version", "compliance asset id", "folder child count"), "ignore"),
    },
    "case-system export": {
        **{"person id": "child_ref", "form completed by": "auditor", "form completed date": "audited_on"},
        **dict.fromkeys(("form id", "workflow step", "workflow step id", "form type"), "ignore"),
    },
}
_SIGNS: Mapping[str, tuple[frozenset[str], ...]] = {
    "Microsoft Forms": (frozenset({"start time", "completion time"}),),
    "Google Forms": (frozenset({"timestamp"}),),
    "SharePoint list": tuple(
        frozenset(each)
        for each in (
            *(("item type", "path"), ("created", "created by"), ("created", "author"), ("modified", "editor")),
            *(("modified", "modified by"), ("id", "modified")),
        )
    ),
    "case-system export": (frozenset({"form id"}), frozenset({"workflow step"}), frozenset({"workflow step id"})),
}
COLUMNS = "columns.yml"
HAND_MADE = "hand-made sheet"
IGNORE = "ignore"
GIVEN_WAY = "given way"  # a field of which the form holds a column of its own
_CUT = ("…", "...")
_TELLING = 10  # letters that a wording must begin with before a cut header is taken for it
_QUIZ = re.compile(r"^(?:points|feedback)\s*[-–—]\s*\S", re.IGNORECASE)
_NUMBERS = tuple(f"{of} {what}" for of in ("question", "answer", "response") for what in ("no", "number", "id"))
_SECTIONS = ("fields", "standards", "answers", "teams", "agencies", "ignore")
_NUMBERED = re.compile(r"(?<=\w[^\W\d])\d{1,2}$")


class Target(NamedTuple):
    """What a header stands for: a field's name, a standard's id, or nothing that is wanted."""

    kind: str
    name: str


class Ambiguous(NamedTuple):
    """A header that two entries lay claim to."""

    targets: tuple[Target, ...]


@dataclass(frozen=True)
class ColumnMap:
    """The learnt spellings: canonical word to spellings, for each section of columns.yml."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    standards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    agencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()

    @cached_property
    def team_names(self) -> dict[str, str]:
        """Every known spelling of a team, folded, with its canonical name."""
        return {fold(each): team for team, others in self.teams.items() for each in (team, *others)}

    @cached_property
    def learnt(self) -> dict[str, frozenset[Target]]:
        """Every learnt header, folded, with what it stands for."""
        entries = [
            *((each, Target("field", name)) for name, others in self.fields.items() for each in others),
            *((each, Target("standard", name)) for name, others in self.standards.items() for each in others),
            *((each, Target(IGNORE, "")) for each in self.ignore),
        ]
        return _collect(entries)


def load_columns(path: str | Path) -> ColumnMap:
    """Read data/columns.yml; an absent file is an empty map. Raises CatalogueError."""
    path = Path(path)
    if not path.exists():
        return ColumnMap()
    return read_columns(read_yaml(path) or {}, file=path.name)


def learnt_beside(source: Path) -> ColumnMap | None:
    """What was learnt in the workspace that a source lies in; None where it lies in none."""
    around = source.resolve().parents
    found = next((each for each in around if (each / COLUMNS).is_file() and (each / "standards").is_dir()), None)
    return load_columns(found / COLUMNS) if found else None


def read_columns(entry: Mapping[str, Any], *, file: str) -> ColumnMap:
    """Turn the file's content into a map, refusing unknown sections and fields."""
    strange = [*(set(entry) - set(_SECTIONS)), *(set(entry.get("fields") or {}) - set(FIELDS))]
    if strange:
        raise CatalogueError(
            f"Unknown: {', '.join(sorted(map(str, strange)))}.",
            where=file,
            fix=f"Sections are {', '.join(_SECTIONS)}; fields are {', '.join(FIELDS)}.",
        )
    ignore = tuple(str(each) for each in entry.get("ignore") or ())
    sections = {name: _spellings(entry.get(name) or {}) for name in _SECTIONS[:-1]}
    return ColumnMap(ignore=ignore, **sections)


def _spellings(section: Mapping[Any, Any]) -> dict[str, tuple[str, ...]]:
    """A section as canonical word to spellings; YAML's bare yes and no get their words back."""
    return {_word(name): tuple(_word(each) for each in others or ()) for name, others in section.items()}


def _word(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def save_columns(columns: ColumnMap, path: str | Path) -> None:
    """Write columns.yml in one step, so that a reader never meets half a file."""
    text = yaml.safe_dump(_plain(columns), allow_unicode=True, sort_keys=False, width=160)
    write_whole(Path(path), text.encode())


def _plain(columns: ColumnMap) -> dict[str, Any]:
    sections = {name: getattr(columns, name) for name in _SECTIONS[:-1]}
    told = {name: {word: list(others) for word, others in each.items()} for name, each in sections.items() if each}
    return {**told, **({"ignore": list(columns.ignore)} if columns.ignore else {})}


def exporter(headers: Iterable[str]) -> str:
    """Which tool made the sheet, told by the columns that only it adds.

    >>> exporter(["ID", "Start time", "Completion time", "Email", "Name", "Question 1"])
    'Microsoft Forms'
    """
    found = {fold(header) for header in headers}
    return next((name for name, signs in _SIGNS.items() if any(sign <= found for sign in signs)), HAND_MADE)


class Recogniser:
    """Recognise headers: by columns.yml first, then the exporter, the usual names, the catalogue."""

    def __init__(self, columns: ColumnMap, standards: Sequence[Standard]) -> None:
        self.columns = columns
        self._told: dict[tuple[str, str], Target | Ambiguous | None] = {}
        self.standards = {standard.id: standard for standard in standards}
        self._learnt = {
            header: frozenset(each for each in targets if self._asked(each))
            for header, targets in columns.learnt.items()
        }
        self._usual = _collect(
            (
                *((each, Target("field", name)) for name, others in FIELDS.items() for each in others),
                *((each, Target(IGNORE, "")) for each in _NUMBERS),
            )
        )
        self._catalogue = _collect(
            (wording, Target("standard", standard.id))
            for standard in standards
            for wording in (standard.id, standard.text, standard.plain)
        )

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

    def _look_up(self, header: str, made_by: str) -> Target | Ambiguous | None:
        folded = fold(header)
        if made_by == "Microsoft Forms" and _QUIZ.match(header) and folded not in self._learnt:
            return Target(IGNORE, "")
        steps = (self._learnt, _exported(made_by), self._catalogue, self._usual)
        for known in steps:
            for text in (folded, _NUMBERED.sub("", folded)):
                if found := known.get(text):
                    return _one_of(found)
        return self._begun(folded) if header.endswith(_CUT) and len(folded) >= _TELLING else None

    def _begun(self, start: str) -> Target | Ambiguous | None:
        """What a header that was cut short stands for: the one wording of a question or a field that begins so."""
        known = (self._learnt, self._catalogue, self._usual)
        begun = [targets for each in known for text, targets in each.items() if text.startswith(start)]
        return _one_of(frozenset[Target]().union(*begun)) if begun else None

    def _asked(self, target: Target) -> bool:
        """Whether a learnt standard belongs to this audit: one wording can serve two themes."""
        return target.kind != "standard" or target.name in self.standards


def _one_of(found: frozenset[Target]) -> Target | Ambiguous:
    return next(iter(found)) if len(found) == 1 else Ambiguous(tuple(sorted(found)))


def _collect(entries: Iterable[tuple[str, Target]]) -> dict[str, frozenset[Target]]:
    found: dict[str, set[Target]] = {}
    for text, target in entries:
        if fold(text):
            found.setdefault(fold(text), set()).add(target)
    return {text: frozenset(targets) for text, targets in found.items()}


def _exported(made_by: str) -> dict[str, frozenset[Target]]:
    own = EXPORTERS.get(made_by, {})
    return {
        text: frozenset({Target(IGNORE, "") if name == IGNORE else Target("field", name)}) for text, name in own.items()
    }
