"""Propose what an unknown header could mean, for a person to accept.

A proposal is never applied by itself. It carries its score and a few cells, so that a person
can judge by the content and not by the header alone. The cells are personal data.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import SCALES, Standard, Standards
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import read_answer, read_day, spellings
from ilacs_audit.intake.files.sources import Source, return_files, sources
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.tables.columns import FIELDS, IGNORE, Ambiguous, ColumnMap, Recogniser, Target, exporter
from ilacs_audit.intake.tables.layout import SheetTable, likely_table
from ilacs_audit.intake.tables.long import ANSWER, QUESTION
from ilacs_audit.intake.tables.open_files import sheets_or_none, tables_to_search
from ilacs_audit.intake.tables.questions import asked
from ilacs_audit.intake.tables.shapes.words import Words, comments, could_be_a_name

FLOORS = {"standard": 0.65, "field": 0.8}  # measured on 212 headers with a meaning and 135 without: docs/decisions.md
_SMALL = frozenset(
    (
        *("the", "of", "a", "an", "to", "and", "or", "is", "was", "were", "are", "be", "been", "has", "have", "had"),
        *("in", "on", "at", "by", "for", "with", "it", "this", "that", "there", "did", "does", "do", "can", "who", "s"),
    )
)
ORDINARY = frozenset(
    (
        *("ethnicity", "gender", "age", "sex", "religion", "language", "disability", "school", "nationality", "status"),
        *("legal", "home", "authority", "address", "postcode", "ward", "area", "plan", "type", "case", "care", "need"),
        *("key", "local", "next", "steps", "action", "actions", "strengths", "concerns", "risks", "risk", "summary"),
        *("outcome", "outcomes", "judgement", "priority", "placement", "visit", "visits", "review", "health", "family"),
        *("education", "overall", "total", "points", "feedback", "score", "form", "start", "end", "time", "id", "row"),
        *(
            "row",
            "quality",
            "assurance",
            "impact",
            "analysis",
            "history",
            "views",
            "voice",
            "wishes",
            "feelings",
            "nhs",
        ),
        *(
            "open",
            "closed",
            "seen",
            "alone",
            "up",
            "to",
            "date",
            "due",
            "last",
            "first",
            "surname",
            "forename",
            "title",
        ),
        *("contact", "referral", "assessment", "meeting", "decision", "manager", "oversight", "supervision", "social"),
        *("on", "of", "in", "the", "and", "for", "by", "at", "is", "was", "with", "number", "not", "other", "further"),
    )
)  # what headers are made of beside the catalogue's own words; a longer list hides fewer of them
FORENAMES = frozenset(
    {"will", "mark", "may", "june", "april", "grace", "faith", "hope", "joy", "rose", "summer", "max"}
)
_SAMPLES = 3
_FEWEST_SHARED = 3
_DATES = ("audited_on", "completed_on", "received_on", "week_commencing", "moderated_on", "date_of_birth")
COMMENT = Target("field", "comment")
_ANSWERED = ("grade", "moderated_grade", "returned")
_NUMBERED = ("child_ref", "request_ref")


class Proposal(NamedTuple):
    """What a header may stand for: `kind` field, standard or ignore; `score` from 0 to 1.

    Without a likely meaning `kind` is "ignore" and the score 0. `samples` are private.
    """

    spelling: str
    kind: str
    name: str
    score: float = 1.0
    samples: tuple[str, ...] = ()
    where: str = ""
    audits: tuple[str, ...] = ()

    @property
    def meaning(self) -> str:
        """The meaning as it is written after HEADER=."""
        return self.name or IGNORE


class Seen(NamedTuple):
    """A table of a return, and how its headers are recognised."""

    source: Source
    sheet: Sheet
    table: SheetTable
    recogniser: Recogniser
    words: frozenset[str] = frozenset()

    def headers(self) -> Iterator[tuple[int, str, Target | Ambiguous | None]]:
        """Each header with its place and what it stands for; none that could be somebody's name and is not known."""
        yield from (each for each in self._headers() if each[2] is not None or not self._hides(*each[:2]))

    @property
    def hidden(self) -> int:
        """How many headers are kept back because they could be somebody's name or reference."""
        return sum(target is None and self._hides(place, text) for place, text, target in self._headers())

    def _headers(self) -> Iterator[tuple[int, str, Target | Ambiguous | None]]:
        made_by = exporter(self.table.headers)
        for place, text in enumerate(self.table.headers):
            if text:
                yield place, text, self.recogniser.target(text, made_by=made_by)

    def _hides(self, place: int, text: str) -> bool:
        """Whether a header is shaped like a name, and is neither made of our words nor one word over text."""
        if Words(self.recogniser).heads_a_child(text) == "reference":
            return True
        return could_name(text, self.words) and (" " in text or _answered(self.table.column(place), self.recogniser))

    @property
    def where(self) -> str:
        """The file and the sheet; a sheet that could be called after somebody is not named."""
        name = self.sheet.name
        return f"{self.source.name}, sheet {name}" if name and not could_name(name, self.words) else self.source.name


@dataclass(frozen=True)
class Returns:
    """The returns that belong to an audit, opened once to be looked at with one map after another."""

    standards: Standards
    files: tuple[tuple[Source, tuple[Sheet, ...]], ...]
    words: frozenset[str] = frozenset()

    def seen(self, columns: ColumnMap) -> tuple[Seen, ...]:
        """Every table of the visible sheets."""
        return tuple(self._tables(columns))

    def _tables(self, columns: ColumnMap) -> Iterator[Seen]:
        for source, sheets in self.files:
            wanted = [standard for standard, _ in asked(self.standards, source.audit).values()]
            recogniser = Recogniser(columns.of(source.audit), wanted)
            for sheet in (sheet for sheet in sheets if sheet.visible):
                for table in tables_to_search(sheet, recogniser) or filter(None, [likely_table(sheet)]):
                    yield Seen(source, sheet, table, recogniser, self.words | _words(recogniser))


def open_returns(
    source: str | Path,
    *,
    standards: Standards,
    programme: Programme | None = None,
    words: frozenset[str] = frozenset(),
) -> Returns:
    """Open every return of an evidence folder that belongs to one audit; one that cannot be read has no sheets.

    `words` are those of the catalogue, which are nobody's name.
    """
    found = sources(return_files(Path(source)), programme)[0]
    return Returns(standards, tuple((each, tuple(sheets_or_none(each.path))) for each in found), words)


def could_name(text: str, words: frozenset[str]) -> bool:
    """Whether a header could be somebody's name: it has the shape of one, and not every word of it is ours.

    >>> could_name("Ava Moss", frozenset()), could_name("Moss, Ava", frozenset()), could_name("Legal Status", ORDINARY)
    (True, True, False)
    """
    plain = text.replace(",", "").replace(".", "")
    return could_be_a_name(plain) and not set(fold(text).split()) <= words - FORENAMES


def _words(recogniser: Recogniser) -> frozenset[str]:
    """The words of an audit's standards and of the usual headers."""
    texts = [*(text for each in recogniser.standards.values() for text in (each.text, each.plain)), *FIELDS]
    usual = [each for others in FIELDS.values() for each in others]
    return ORDINARY | {word for text in (*texts, *usual) for word in fold(text).split()}


def unanswered(seen: Iterable[Seen]) -> dict[str, list[Standard]]:
    """The standards of each audit that no column of its returns stands for."""
    left: dict[str, dict[str, Standard]] = {}
    for each in (each for each in seen if each.table.body.size):
        of_audit = left.setdefault(each.source.audit_id, dict(each.recogniser.standards))
        for _, _, target in each.headers():
            if isinstance(target, Target) and target.kind == "standard":
                of_audit.pop(target.name, None)
    return {audit: list(standards.values()) for audit, standards in left.items()}


def propose(seen: Iterable[Seen]) -> list[Proposal]:
    """A proposal for every header that is not known: one for all the forms in which it is the same.

    Nothing is applied: say what was accepted to `intake.tables.learnt`.
    """
    found: dict[tuple[str, str], Proposal] = {}
    for table in seen:
        for each in _of_table(table) if table.table.body.size else ():
            found.setdefault((fold(each.spelling), table.source.audit_id), each)
    told: dict[tuple[str, str], Proposal] = {}
    for (header, _), each in found.items():
        before = told.get((header, each.meaning), each._replace(audits=()))
        told[header, each.meaning] = before._replace(audits=(*before.audits, *each.audits))
    return list(told.values())


def _of_table(seen: Seen) -> Iterator[Proposal]:
    found, source = list(seen.headers()), seen.source
    taken = {target for _, _, target in found}
    for place, header in [(place, header) for place, header, target in found if target is None]:
        samples = _samples(seen.table, place)
        if samples:
            target, score = _likeliest(header, seen.table.column(place), seen.recogniser, taken)
            yield Proposal(header, target.kind, target.name, score, samples, seen.where, (source.audit_id,))


def _samples(table: SheetTable, place: int) -> tuple[str, ...]:
    told = dict.fromkeys(written(cell) for cell in table.column(place))
    return tuple([text[:60] for text in told if text][:_SAMPLES])


def _likeliest(
    header: str, cells: Sequence[Any], recogniser: Recogniser, taken: Collection[object]
) -> tuple[Target, float]:
    """The free meaning whose wordings come nearest and whose kind of cell it is; ignore where none is."""
    scores = {
        target: max(_likeness(header, wording) for wording in wordings)
        for target, wordings in _meanings(recogniser).items()
        if target not in taken or target == COMMENT
    }
    if comments(header):
        scores[COMMENT] = max(scores.get(COMMENT, 0.0), FLOORS["field"])
    near = sorted(((score, target) for target, score in scores.items() if score >= FLOORS[target.kind]), reverse=True)
    fits = ((target, round(score, 2)) for score, target in near if _fits(target, cells, recogniser))
    return next(fits, (Target(IGNORE, ""), 0.0))


def _fits(target: Target, cells: Sequence[Any], recogniser: Recogniser) -> bool:
    """Whether most cells are of the kind that the meaning needs: a column of answers is no name and no team."""
    told = [cell for cell in set(cells) if written(cell)]
    answers = _answered(cells, recogniser, target)
    if target.kind == "standard" or target.name in _ANSWERED:
        return answers
    if target.name in _DATES:
        return 2 * sum(bool(read_day(cell).day) for cell in told) > len(told)
    mark = re.compile(r"\d" if target.name in _NUMBERED else r"[^\W\d]")
    marked = 2 * sum(bool(mark.search(written(cell))) for cell in told) > len(told)
    return marked and not answers and target.name not in (QUESTION, ANSWER)


def _answered(cells: Sequence[Any], recogniser: Recogniser, target: Target | None = None) -> bool:
    """Whether most cells are answers, on the scale of a standard where one is given."""
    told = [cell for cell in set(cells) if written(cell)]
    own = recogniser.standards.get(target.name) if target else None
    known = [
        (scale, spellings(scale, recogniser.columns.answer_words))
        for scale in ([own.scale] if own else list(SCALES.values()))
    ]
    return 2 * sum(any(read_answer(cell, *each).answer for each in known) for cell in told) > len(told)


def _meanings(recogniser: Recogniser) -> dict[Target, tuple[str, ...]]:
    columns = recogniser.columns
    standards = {
        Target("standard", each.id): (each.text, each.plain, *columns.standards.get(each.id, ()))
        for each in recogniser.standards.values()
    }
    fields = {Target("field", name): (*usual, *columns.fields.get(name, ())) for name, usual in FIELDS.items()}
    return {**standards, **fields}


def _likeness(one: str, other: str) -> float:
    """How alike two wordings are: the best of their letters, their words in any order, and the words that they share.

    >>> _likeness("Date of the audit", "date of audit") > 0.8 > _likeness("Child seen alone?", "child's name")
    True
    """
    from rapidfuzz import fuzz

    first, second = _telling(one), _telling(other)
    shared = len(set(first.split()) & set(second.split()))
    inside = 0.9 * fuzz.token_set_ratio(first, second) if shared >= _FEWEST_SHARED else 0.0
    return float(max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second), inside)) / 100


def _telling(text: str) -> str:
    """A wording without the small words that every question has."""
    words = fold(text).split()
    return " ".join([word for word in words if word not in _SMALL] or words)
