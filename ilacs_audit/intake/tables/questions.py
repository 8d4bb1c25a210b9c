"""What each column of a table stands for: fields, questions with their scale, comments, strangers.

Two columns for one question are refused together: choosing one would be a guess.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import OVERALL, Scale, Standard, Standards
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.tables.columns import GIVEN_WAY, Ambiguous, Headed, Recogniser, Target
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.name_columns import heads_people, is_unread, names_in_two, says_name
from ilacs_audit.intake.tables.usual import IGNORE, UNITS, exporter

_ABOUT_THE_QUESTION = ("please say more", "say more", "evidence", "please explain", "reason", "if no why", "why")
NAME = "name"
COMMENT = Target("field", "comment")


class Question(NamedTuple):
    """A column of answers."""

    place: int
    header: str
    standard_id: str
    version: int
    scale: Scale
    critical: bool


class Comment(NamedTuple):
    """A column of free text, about one question or about the file (question is "")."""

    place: int
    header: str
    question: str


@dataclass(frozen=True)
class Columns:
    """The columns of one table, by what they stand for; `joined` are names in two columns.

    `unread` are columns of a field that were not taken for it, and of a "name" that is nobody's we know; `moderated`
    hold a second reader's answers.
    """

    fields: Mapping[str, int]
    questions: tuple[Question, ...]
    comments: tuple[Comment, ...]
    problems: tuple[Problem, ...]
    made_by: str
    joined: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unread: tuple[tuple[str, int], ...] = ()
    moderated: tuple[Question, ...] = ()

    def cells(self, table: SheetTable, name: str) -> list[Any]:
        """The body cells of a field, a name in two columns as one; blanks where the table has no such column."""
        places = self.joined.get(name) or ([self.fields[name]] if name in self.fields else [])
        if len(places) < 2:
            return table.column(places[0]) if places else [""] * len(table.body)
        rows = zip(*(table.column(place) for place in places), strict=True)
        return [" ".join(text for cell in row if (text := written(cell))) for row in rows]

    @property
    def answers(self) -> bool:
        """Whether the table holds any answer."""
        named = any(name in self.fields for name in UNITS)
        return bool(self.questions) or (named and "grade" in self.fields)


def asked(standards: Standards, audit: Audit | None) -> dict[str, tuple[Standard, int]]:
    """The standards an audit asks about, by id, each with the version its edition used."""
    if audit is None:
        return {standard.id: (standard, standard.version) for standard in standards}
    versions = [(each, each.version_in(audit.edition)) for each in standards.theme(audit.theme).standards]
    return {each.id: (each, version) for each, version in versions if version is not None}


def assign(table: SheetTable, recogniser: Recogniser, standards: Mapping[str, tuple[Standard, int]]) -> Columns:
    """Say what every column of a table stands for, with a problem for each that is not known."""
    every = recogniser.headed(table.headers)
    joined = names_in_two(every)
    found = [each for each in every if not any(each[0] in places for places in joined.values())]
    clear = _filled(table, [(place, text, target) for place, text, target in found if isinstance(target, Target)])
    contending = [t for _, _, t in clear if t.kind not in (IGNORE, GIVEN_WAY) and t != COMMENT]
    doubled = frozenset(t for t in contending if contending.count(t) > 1)
    kept = [(place, text, target) for place, text, target in clear if target not in doubled]
    questions, moderated = (
        tuple(_question(place, text, *standards[t.name]) for place, text, t in kept if t.kind == kind)
        for kind in ("standard", "moderated")
    )
    fields = {t.name: place for place, _, t in reversed(kept) if t.kind == "field" and t != COMMENT}
    fields |= {name: places[0] for name, places in joined.items()}
    comments = [(place, text) for place, text, target in kept if target == COMMENT]
    unread = [(t.name, place) for place, _, t in clear if t.kind == GIVEN_WAY or (t.kind == "field" and t in doubled)]
    strange = [(place, text) for place, text, target in found if is_unread(target)]
    unread += [(NAME, at) for at, text in strange if says_name(text) or heads_people(text, table.column(at))]
    problems, made_by = tuple(_problems(table, found, doubled)), exporter(table.headers)
    told = _comments(comments, questions)
    return Columns(fields, questions, told, problems, made_by, joined, tuple(unread), moderated)


def _filled(table: SheetTable, found: list[tuple[int, str, Target]]) -> list[tuple[int, str, Target]]:
    """The columns without the empty ones whose meaning another has: they contend with nobody."""
    empty = [not any(cell != "" for cell in table.column(place)) for place, _, _ in found]
    told = {target for (_, _, target), bare in zip(found, empty, strict=True) if not bare}
    return [each for each, bare in zip(found, empty, strict=True) if not (bare and each[2] in told)]


def _question(place: int, header: str, standard: Standard, version: int) -> Question:
    return Question(place, header, standard.id, version, standard.scale, standard.critical)


def grade_question(place: int, header: str, scale: Scale) -> Question:
    """The column that holds an overall grade, as a question of its own."""
    return Question(place, header, OVERALL, 1, scale, critical=False)


def _comments(found: list[tuple[int, str]], questions: tuple[Question, ...]) -> tuple[Comment, ...]:
    """Tell a comment on the question to its left from a comment on the whole file."""
    left = {question.place + 1: question.standard_id for question in questions}
    wordings = [fold(text).rstrip("0123456789 ") for _, text in found]
    about = [
        left.get(place, "") if wording.startswith(_ABOUT_THE_QUESTION) or wordings.count(wording) > 1 else ""
        for (place, _), wording in zip(found, wordings, strict=True)
    ]
    return tuple(Comment(place, text, question) for (place, text), question in zip(found, about, strict=True))


def _problems(table: SheetTable, found: list[Headed], doubled: frozenset[Target]) -> Iterator[Problem]:
    for place, text, target in found:
        case = ""
        if isinstance(target, Ambiguous) or target in doubled:
            case = "ambiguous-column: two" if target in doubled else "ambiguous-column"
        elif target is None and any(cell != "" for cell in table.column(place)):
            case = "unknown-column"
        if case:
            yield problem(case, sheet=table.sheet.name, row=table.header_row + 1, column=text)
