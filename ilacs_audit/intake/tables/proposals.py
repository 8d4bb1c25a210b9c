"""Propose what an unknown header, answer or team could mean, and keep what a person accepts.

A proposal is never applied by itself. It carries its score and a few cells, so that a person
can judge by the content and not by the header alone. The cells are personal data.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.cells.days import read_day
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import read_answer, spellings
from ilacs_audit.intake.files.sources import return_files, sources
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.tables.codes import unknown_answers
from ilacs_audit.intake.tables.columns import FIELDS, IGNORE, ColumnMap, Recogniser, Target, exporter
from ilacs_audit.intake.tables.layout import SheetTable, likely_table
from ilacs_audit.intake.tables.long import ANSWER, QUESTION
from ilacs_audit.intake.tables.open_files import sheets_or_none, tables_to_search
from ilacs_audit.intake.tables.questions import Columns, asked, assign
from ilacs_audit.intake.tables.shapes.words import heads_people

WORTH_ASKING = 0.6
_SAMPLES = 3
_FEWEST_SHARED = 3
_DATES = ("audited_on", "completed_on", "received_on", "week_commencing", "moderated_on", "date_of_birth")
_SECTIONS: Mapping[str, str] = {
    "field": "fields",
    "standard": "standards",
    "answer": "answers",
    "team": "teams",
    "agency": "agencies",
}


class Proposal(NamedTuple):
    """What a header may stand for: `kind` field, standard or ignore; `score` from 0 to 1.

    Without a likely meaning `kind` is "ignore" and the score 0. `samples` are private. A code among the answers is
    of `kind` "answer", with the words it could mean as `options`.
    """

    spelling: str
    kind: str
    name: str
    score: float = 1.0
    samples: tuple[str, ...] = ()
    file: str = ""
    sheet: str = ""
    made_by: str = ""
    options: tuple[str, ...] = ()

    @property
    def meaning(self) -> str:
        """The meaning as it is written after HEADER=."""
        return self.name or IGNORE


def propose(
    source: str | Path,
    *,
    standards: Standards,
    programme: Programme | None = None,
    columns: ColumnMap | None = None,
) -> list[Proposal]:
    """A proposal for every header that is not known, the likeliest meaning first in line.

    Each header is proposed once. Nothing is applied: pass what was accepted to `learn`.
    """
    columns = columns or ColumnMap()
    found: dict[str, Proposal] = {}
    for each in sources(return_files(Path(source)), programme)[0]:
        wanted = asked(standards, each.audit)
        recogniser = Recogniser(columns, [standard for standard, _ in wanted.values()])
        visible = [sheet for sheet in sheets_or_none(each.path) if sheet.visible]
        read = [
            (table, assign(table, recogniser, wanted))
            for sheet in visible
            for table in tables_to_search(sheet, recogniser)
        ]
        for proposal in (
            *_codes(read, recogniser),
            *(one for sheet in visible for one in _of_sheet(sheet, recogniser)),
        ):
            found.setdefault(fold(proposal.spelling), proposal._replace(file=each.name))
    return list(found.values())


def _codes(tables: Sequence[tuple[SheetTable, Columns]], recogniser: Recogniser) -> Iterator[Proposal]:
    """A question for each code that stands under a question and is on no scale."""
    for text, options in unknown_answers(tables, recogniser).items():
        yield Proposal(text, "answer", "", 0.0, sheet=tables[0][0].sheet.name, options=options)


def _of_sheet(sheet: Sheet, recogniser: Recogniser) -> Iterator[Proposal]:
    """The proposals for a sheet; none where its headers could name people: they are not shown."""
    for table in tables_to_search(sheet, recogniser) or filter(None, [likely_table(sheet)]):
        if table.body.size and not heads_people(table.headers):
            yield from _of_table(table, sheet, recogniser)


def _of_table(table: SheetTable, sheet: Sheet, recogniser: Recogniser) -> Iterator[Proposal]:
    made_by = exporter(table.headers)
    unknown = [
        (place, header)
        for place, header in enumerate(table.headers)
        if header and recogniser.target(header, made_by=made_by) is None
    ]
    taken = {recogniser.target(header, made_by=made_by) for header in table.headers if header}
    for place, header in unknown:
        samples = _samples(table, place)
        if samples:
            target, score = _likeliest(header, table.column(place), recogniser, taken)
            yield Proposal(header, target.kind, target.name, score, samples, "", sheet.name, made_by)


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
        if target not in taken
    }
    near = sorted(((score, target) for target, score in scores.items() if score >= WORTH_ASKING), reverse=True)
    fits = ((target, round(score, 2)) for score, target in near if _fits(target, cells, recogniser))
    return next(fits, (Target(IGNORE, ""), 0.0))


def _fits(target: Target, cells: Sequence[Any], recogniser: Recogniser) -> bool:
    """Whether most cells are of the kind that the meaning needs: answers on its scale, or dates."""
    told = [cell for cell in set(cells) if written(cell)]
    if target.kind == "standard":
        scale = recogniser.standards[target.name].scale
        known = spellings(scale, recogniser.columns.answers)
        return 2 * sum(bool(read_answer(cell, scale, known).answer) for cell in told) > len(told)
    if target.name in _DATES:
        return 2 * sum(bool(read_day(cell).day) for cell in told) > len(told)
    return target.name not in (QUESTION, ANSWER)


def _meanings(recogniser: Recogniser) -> dict[Target, tuple[str, ...]]:
    columns = recogniser.columns
    standards = {
        Target("standard", each.id): (each.text, each.plain, *columns.standards.get(each.id, ()))
        for each in recogniser.standards.values()
    }
    fields = {Target("field", name): (*usual, *columns.fields.get(name, ())) for name, usual in FIELDS.items()}
    return {**standards, **fields}


def _likeness(one: str, other: str) -> float:
    """How alike two wordings are: the better of their letters' order and their shared words.

    >>> _likeness("Date of the audit", "date of audit") > 0.8
    True
    """
    first, second = fold(one), fold(other)
    letters = SequenceMatcher(None, first, second, autojunk=False).ratio()
    ours, theirs = set(first.split()), set(second.split())
    shared = len(ours & theirs)
    inside = 0.9 * shared / min(len(ours), len(theirs)) if shared >= _FEWEST_SHARED else 0.0
    return max(letters, shared / max(len(ours | theirs), 1), inside)


def accept(proposals: Iterable[Proposal], answers: Mapping[str, str], *, standards: Standards) -> list[Proposal]:
    """The proposals a person accepted: HEADER=MEANING, the meaning a field, a standard's id or "ignore".

    Raises CatalogueError for a header that was not proposed or a meaning that does not exist.
    """
    known = {fold(each.spelling): each for each in proposals}
    strange = [header for header in answers if fold(header) not in known]
    if strange:
        raise CatalogueError(
            f"No such header is waiting for a meaning: '{strange[0]}'.", fix="Copy the header as it was shown."
        )
    return [_meant(known[fold(header)], meaning, standards) for header, meaning in answers.items()]


def _meant(proposal: Proposal, meaning: str, standards: Standards) -> Proposal:
    if proposal.options:
        if meaning.casefold() not in proposal.options:
            told = f"'{meaning}' is no answer where '{proposal.spelling}' stands."
            raise CatalogueError(told, fix=f"Use one of: {', '.join(proposal.options)}.")
        return proposal._replace(name=meaning.casefold())
    if meaning == IGNORE:
        return proposal._replace(kind=IGNORE, name="")
    if meaning in FIELDS:
        return proposal._replace(kind="field", name=meaning)
    if meaning in standards:
        return proposal._replace(kind="standard", name=meaning)
    raise CatalogueError(
        f"'{meaning}' is neither a field nor a standard.",
        fix=f"Use a standard's id, 'ignore', or one of: {', '.join(FIELDS)}.",
    )


def learn(columns: ColumnMap, accepted: Iterable[Proposal]) -> ColumnMap:
    """A map that knows the accepted spellings too; the given one is untouched.

    A spelling is taken out of any other meaning it had, so that the second load asks nothing.
    """
    for each in accepted:
        columns = _with(_without(columns, each), each)
    return columns


def _with(columns: ColumnMap, accepted: Proposal) -> ColumnMap:
    if accepted.kind == IGNORE:
        return replace(columns, ignore=(*columns.ignore, accepted.spelling))
    section = _SECTIONS[accepted.kind]
    known = getattr(columns, section)
    grown: Any = {section: {**known, accepted.name: (*known.get(accepted.name, ()), accepted.spelling)}}
    return replace(columns, **grown)


def _without(columns: ColumnMap, accepted: Proposal) -> ColumnMap:
    """The map without a spelling in the sections that the accepted one competes with."""
    rivals = ("fields", "standards") if accepted.kind in ("field", "standard", IGNORE) else (_SECTIONS[accepted.kind],)
    text = fold(accepted.spelling)
    kept = {
        section: {
            name: tuple(
                each for each in told if fold(each) != text or (accepted.options and name not in accepted.options)
            )
            for name, told in getattr(columns, section).items()
        }
        for section in rivals
    }
    ignore = tuple(each for each in columns.ignore if fold(each) != text)
    changed: ColumnMap = replace(columns, ignore=ignore, **kept)
    return changed
