"""Open the files of a source: their sheets, the tables in them, and what each column stands for.

A file that cannot be opened is a problem of its own; the others go on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from ilacs_audit.domain.errors import AuditError, ReturnsError
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import SCALES, Scale, Standards
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.files.sources import Source
from ilacs_audit.intake.files.workbook import Sheet, hidden_content, read_sheets
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.tables.columns import ColumnMap, Recogniser
from ilacs_audit.intake.tables.drafts import without_drafts
from ilacs_audit.intake.tables.layout import SheetTable, likely_table
from ilacs_audit.intake.tables.mixed import refuse_mixed, refuse_other_key
from ilacs_audit.intake.tables.questions import Columns, asked, assign
from ilacs_audit.intake.tables.shapes.blocks import blocks
from ilacs_audit.intake.tables.shapes.choosing import tables_of
from ilacs_audit.intake.tables.shapes.words import Words
from ilacs_audit.intake.tables.usual import unit_fields

_UNREAD_ROWS, _FEW = 3, 2
_EXAMPLE = re.compile(r"\b(?:examples?|how to|instructions?|guidance|read ?me|dummy|test|worked)\b", re.IGNORECASE)


@dataclass(frozen=True)
class OpenedFile:
    """One file opened: its sheets, and the tables found in them with their columns."""

    source: Source
    sheets: tuple[Sheet, ...]
    tables: tuple[tuple[SheetTable, Columns], ...]
    problems: tuple[Problem, ...]
    unit: str
    grade: Scale


def open_all(wanted: list[Source], standards: Standards, columns: ColumnMap) -> tuple[list[OpenedFile], list[Problem]]:
    """The files that could be opened, and why the others could not."""
    opened, problems = [], []
    for each in wanted:
        try:
            opened.append(_open(each, standards, columns.of(each.audit)))
        except ReturnsError as no:
            refused = problem("unreadable-file", what=no.what, fix=no.fix, audit_id=each.audit_id)
            problems.append(refused._replace(file=each.name))
    versions = _versions(wanted, opened)
    told = [
        problem("two-files", rival=each.rival, both=each.both, audit_id=each.audit_id, file=each.name)
        for each in (each.source for each in opened if each.source.audit_id in versions)
        if each.rival
    ]
    return [each for each in opened if each.source.audit_id not in versions], [*problems, *told]


def _versions(wanted: list[Source], opened: list[OpenedFile]) -> set[str]:
    """The audits whose files are versions of one: two hold the same file, or one that may could not be opened."""
    rivals = {each.name: each.audit_id for each in wanted if each.rival}
    read = {each.source.name: _held(each) for each in opened if each.source.name in rivals}
    found = {audit for name, audit in rivals.items() if name not in read}
    for one, other in combinations(read, 2):
        if rivals[one] == rivals[other] and read[one] & read[other]:
            found.add(rivals[one])
    return found


def _held(file: OpenedFile) -> set[str]:
    names = unit_fields(file.unit)
    places = [(table, found.fields[name]) for table, found in file.tables for name in names if name in found.fields]
    return {fold(written(cell)).lstrip("0") for table, place in places for cell in table.column(place) if written(cell)}


def _open(source: Source, standards: Standards, columns: ColumnMap) -> OpenedFile:
    sheets = tuple(read_sheets(source.path))
    wanted = asked(standards, source.audit)
    recogniser = Recogniser(columns, [standard for standard, _ in wanted.values()])
    about = standards.theme(source.audit.theme).unit if source.audit else "file"
    found = [table for sheet in sheets for table in tables_of(sheet, recogniser, unit=about)]
    tables = [(table, assign(table, recogniser, wanted)) for table in found]
    answering = [(table, columns) for table, columns in tables if columns.answers and table.body.size]
    if not answering:
        raise _no_answers(sheets, tables)
    examples = {table.sheet.name for table, _ in answering if _EXAMPLE.search(table.sheet.name)}
    answering = [each for each in answering if each[0].sheet.name not in examples] or answering
    unit, grade = _unit(answering, standards, source.audit)
    every, answering = answering, answering if "worker" in unit else _named(answering)
    seen = [table for table, _ in answering if table.sheet.visible]
    refuse_mixed(seen, recogniser)
    scales = {question.scale.id: question.scale for _, columns in answering for question in columns.questions}
    aside = [sheet for sheet in sheets if all(sheet.name != table.sheet.name for table, _ in answering)]
    refuse_other_key(aside, seen, scales.values(), columns.answers)
    read = {table.sheet.name for table, _ in answering}
    problems = [each for _, found in answering for each in found.problems]
    problems += [
        problem("missing-reference: table", sheet=table.sheet.name, row=int(table.header_row) + 1)
        for table, _ in every
        if not any(table is named for named, _ in answering)
    ]
    sent = [(*without_drafts(table, found.fields), found) for table, found in answering]
    problems += [each for _, drafts, _ in sent for each in drafts]
    problems += [problem(note, sheet=table.sheet.name) for table, _ in answering for note in table.notes]
    problems += [each for sheet in sheets for each in hidden_content(sheet, read=sheet.name in read)]
    shown = examples - read
    problems += [problem("left-out: example", sheet=name) for name in sorted(shown)]
    unread = [(sheet.name, likely_table(sheet)) for sheet in sheets if sheet.visible and sheet.name not in read | shown]
    told = [name for name, table in unread if table is not None and len(table.body) >= _UNREAD_ROWS]
    problems += [problem("unknown-column: sheet", sheet=name) for name in told]
    problems += _unasked(answering, wanted) if source.audit else []
    kept = tuple((table, found) for table, _, found in sent if table.sheet.visible)
    placed = tuple(each._replace(audit_id=source.audit_id, file=source.name) for each in problems)
    return OpenedFile(source, sheets, kept, placed, unit, grade)


def _no_answers(sheets: tuple[Sheet, ...], tables: list[tuple[SheetTable, Columns]]) -> ReturnsError:
    filled = [sheet for sheet in sheets if (sheet.cells != "").any()]
    if not filled:
        return ReturnsError("The file has no content.", fix="Ask for it again.")
    if all(len(sheet.cells) == 1 for sheet in filled):
        return ReturnsError("The file has a header and no rows.", fix="Ask for the filled return.")
    if any(columns.answers for _, columns in tables):
        return ReturnsError(
            "The return is empty: it has its headers, and nothing under them.",
            fix="Ask for the filled return; if nothing was audited, move the file away and lower 'intended'.",
        )
    problems = [each for _, found in tables for each in found.problems]
    unclear = [each for each in problems if each.rule == "ambiguous-column"]
    if unclear:
        return ReturnsError(f"{unclear[0].message.rstrip('.')}: '{unclear[0].column}'.", fix=unclear[0].fix)
    return ReturnsError(
        "No column of answers was recognised.",
        fix="Run ilacs-audit check --learn, which proposes a meaning for every column.",
    )


def _named(answering: list[tuple[SheetTable, Columns]]) -> list[tuple[SheetTable, Columns]]:
    """The tables that say whose file a row is, without the summaries beside them.

    Raises ReturnsError where a sheet of many rows has no such table: it must never be read as one on workers.
    """
    named = [each for each in answering if not each[1].fields.keys().isdisjoint(unit_fields("file"))]
    told = {table.sheet.name for table, _ in named}
    without = [table for table, _ in answering if table.sheet.name not in told]
    few = _FEW * sum(len(table.body) for table in without) <= sum(len(table.body) for table, _ in named)
    if without and not few:  # a few rows beside many references are a summary by team, which is told and not read
        nameless = without[0].sheet.name
        raise ReturnsError(
            f"Which column of sheet '{nameless}' holds the child's reference? None is known to, and without it the "
            "rows cannot be told apart.",
            fix='Give the column: ilacs-audit check --accept "HEADER=child_ref", with the header as it stands.',
        )
    return named


def _unasked(answering: list[tuple[SheetTable, Columns]], wanted: Mapping[str, Any]) -> list[Problem]:
    asks = [(table, {question.standard_id for question in columns.questions}) for table, columns in answering]
    found: dict[str, set[str]] = {}
    for table, own in asks:
        found.setdefault(table.sheet.name, set()).update(own)
    nowhere = [each for each in wanted if not any(each in told for told in found.values())]
    return [problem("missing-column", column=each) for each in nowhere] + [
        problem("missing-column", sheet=table.sheet.name, row=int(table.header_row) + 1, column=each)
        for table, own in asks
        for each in wanted
        if each in found[table.sheet.name] - own
    ]


def _unit(tables: list[tuple[SheetTable, Columns]], standards: Standards, audit: Audit | None) -> tuple[str, Scale]:
    """What a row is about and the scale of its grade: by the file's audit, or by the theme of most of its questions."""
    themes = [standards[question.standard_id].theme for _, columns in tables for question in columns.questions]
    if not themes and audit is None:
        return "file", SCALES["ofsted"]
    theme = standards.theme(audit.theme if audit else max(set(themes), key=themes.count))
    return theme.unit, theme.grade


def sheets_or_none(path: Path) -> list[Sheet]:
    """The sheets of a file; none where it cannot be read."""
    try:
        return read_sheets(path)
    except AuditError:
        return []


def tables_to_search(sheet: Sheet, recogniser: Recogniser) -> list[SheetTable]:
    """The tables of a sheet, refused or not: whoever stands in a refused one is searched for all the same."""
    try:
        return tables_of(sheet, recogniser)
    except AuditError:
        return blocks(sheet, Words(recogniser))
