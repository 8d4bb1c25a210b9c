"""Load audit returns: whatever people sent becomes Answer rows, and what did not says why.

One bad file spoils one file, one bad row one row. Names and birth dates stop here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ilacs_audit.domain.columns import DOUBTED
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.checks.audit_logic import Findings, duplicate, other_answers, run_checks, unknown_reader
from ilacs_audit.intake.checks.expected import expected, not_returned
from ilacs_audit.intake.files.sources import evidence_files, return_files, sources
from ilacs_audit.intake.identity.freetext import IdentifierFinder
from ilacs_audit.intake.identity.people import same_people
from ilacs_audit.intake.identity.references import zero_led
from ilacs_audit.intake.problems import Loaded, Problem, problem, problems_table
from ilacs_audit.intake.registers.identifiers import Registered
from ilacs_audit.intake.returns.answers import answer_table, gather, low_marks, no_answers
from ilacs_audit.intake.returns.entries import read_entries
from ilacs_audit.intake.returns.exclusions import Exclusion, excluded, misdated, unmatched
from ilacs_audit.intake.returns.known_people import known_people, known_things, sheet_identifiers, team_words
from ilacs_audit.intake.returns.loose_names import loose_names, names_signed
from ilacs_audit.intake.returns.nobody import nobody_audited
from ilacs_audit.intake.returns.table_reader import (
    ReturnPart,
    Setting,
    WholeColumns,
    by_audit,
    references_in,
    whole_columns,
)
from ilacs_audit.intake.tables.columns import ColumnMap, Recogniser
from ilacs_audit.intake.tables.open_files import OpenedFile, sheets_or_none, tables_to_search
from ilacs_audit.intake.tables.questions import asked, assign
from ilacs_audit.intake.tables.shapes.words import Words


class Evidence(NamedTuple):
    """An evidence folder, what its returns are read by, and what they are held against."""

    folder: Path
    standards: Standards
    columns: ColumnMap
    key: bytes
    people: Registered
    exclusions: list[Exclusion]


def identifiers(
    source: str | Path,
    *,
    columns: ColumnMap | None = None,
    standards: Standards | None = None,
    programme: Programme | None = None,
    words: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """Every name, reference, e-mail, birth date and free-text hit in the files, for sweeping finished pages.

    Reads every readable file of an evidence folder, claimed by an audit or not; `words` are those of the
    catalogue, which are nobody's name. Kept in memory only: never write it anywhere.
    """
    usual = columns or ColumnMap()
    maps = _maps(Path(source), usual, programme)
    opened = {path: sheets_or_none(path) for path in evidence_files(Path(source))}
    read = [
        (sheet, recogniser)
        for path, sheets in opened.items()
        for recogniser in [Recogniser(each, list(standards or ())) for each in maps.get(path, [usual])]
        for sheet in sheets
    ]
    wanted = asked(standards, None) if standards else {}
    tables = [
        (table, assign(table, recogniser, wanted))
        for sheet, recogniser in read
        for table in tables_to_search(sheet, recogniser)
    ]
    known = known_things(tables)
    finder = IdentifierFinder(known.names)
    inside = Path(source) if Path(source).is_dir() else Path(source).parent
    signed = names_signed((sheet for sheet, _ in read), words)
    ours = words | (team_words(tables) - {fold(word) for name in signed for word in name.split()})
    beside = (loose_names(path, inside=inside, sheets=each, words=ours) for path, each in opened.items())
    told = frozenset(each for each in known.told if not (each.isalpha() and fold(each) in words))
    said = (sheet_identifiers(sheet, finder, header=Words(recogniser).known) for sheet, recogniser in read)
    return told.union(signed, *said, *beside)


def _maps(source: Path, columns: ColumnMap, programme: Programme | None) -> dict[Path, list[ColumnMap]]:
    """The maps that each return may be read by: its audit's, or each form's where no audit claims it."""
    files = return_files(source)
    claimed = {each.path: each.audit for each in sources(files, programme)[0] if each.audit}
    every = [columns, *map(columns.under, columns.forms.values())]
    return {path: [columns.of(claimed[path])] if path in claimed else every for path in files.values()}


def read_opened(
    evidence: Evidence, opened: list[OpenedFile], problems: list[Problem], *, audits: Iterable[Audit]
) -> Loaded:
    """The answers in files that are open, with all that is wrong in them; `problems` are those found before."""
    columns, people = evidence.columns, evidence.people
    in_full = {audit: zero_led(references_in(files)) for audit, files in by_audit(opened).items()}
    awaited, amiss = expected(evidence.folder, audits, columns, known=in_full)
    problems = [*problems, *amiss]
    finder = _finder(opened, people)
    drawn = {audit_id: draw.units for audit_id, draw in awaited.drawn.items()}
    parts: list[ReturnPart] = []
    for audit_id, files in by_audit(opened).items():
        whole, turned = whole_columns(files, known=people.references | drawn.get(audit_id, frozenset()))
        ours = [part for file in files for part in _read(file, evidence, finder, whole[file.source.name])]
        parts += ours
        problems = [*problems, *turned, *low_marks(ours)]
    if not parts:
        return Loaded(no_answers(), problems_table(problems))
    entries, comments = gather(parts)
    entries["team"] = _in_one_spelling(entries["team"])
    order = {audit: draw.order for audit, draw in awaited.drawn.items()}
    units = entries[["audit_id", "unit"]].itertuples(index=False)
    entries["drawn_as"] = [str(order.get(audit, {}).get(unit, "")) for audit, unit in units]
    for name in ("drawn_in", "drawn_with"):
        said = {audit: draw.files.set_index("unit")[name].to_dict() for audit, draw in awaited.drawn.items()}
        at = entries[["audit_id", "unit"]].itertuples(index=False)
        entries[name] = [said.get(audit, {}).get(unit, "") for audit, unit in at]
    entries.loc[entries["audit_id"].isin(awaited.doubted), ["drawn_as", "drawn_in", "drawn_with"]] = DOUBTED
    found = list(excluded(entries, evidence.exclusions, evidence.key, finder, awaited.audits))
    found += unknown_reader(entries.drop(index=_aside(found)))
    audited = entries.drop(index=_aside(nobody := nobody_audited(entries.drop(index=_aside(found)))))
    found += nobody
    left = entries.drop(index=_aside(found))
    told = comments[comments["entry"].isin(left.index)]
    found += run_checks(left, told, awaited=awaited, teams=frozenset(columns.teams), workers=people.workers)
    found += duplicate(entries.drop(index=_aside(found)))
    found += other_answers(entries.drop(index=_aside(found)))
    kept = entries.drop(index=_aside(found))
    everything = [
        *problems,
        *(told for file in opened for told in file.problems),
        *(told for part in parts for told in part.problems),
        *(told for _, told in found),
        *unmatched(entries, evidence.exclusions, evidence.key),
        *misdated(entries, evidence.exclusions, evidence.key, awaited.audits),
        *not_returned(audited, awaited),
    ]
    undated = {entry for entry, problem in found if problem.rule == "impossible-date"}
    table = answer_table(parts, entries, comments, kept.index, undated)
    return Loaded(table, problems_table(_of_teams(everything, entries)))


def _of_teams(problems: Sequence[Problem], entries: pd.DataFrame) -> Iterator[Problem]:
    """The problems, each with the team of its row: whose file it is that lacks something."""
    told = entries[entries["row"].isin({each.row for each in problems})]
    places = told[["audit_id", "file", "sheet", "row"]].itertuples(index=False, name=None)
    teams = dict(zip(places, told["team"], strict=True))
    for each in problems:
        yield each._replace(team=teams.get((each.audit_id, each.file, each.sheet, each.row), ""))


def _aside(found: Findings) -> list[int]:
    return sorted({entry for entry, problem in found if problem.severity == "error"})


def _in_one_spelling(teams: pd.Series[str]) -> pd.Series[str]:
    """Each team as most rows write it: "NORTH" and "North " are one team."""
    usual = {fold(team): team for team in reversed(teams.value_counts().index)}
    return teams.map(lambda team: usual[fold(team)])


def _finder(opened: list[OpenedFile], people: Registered) -> IdentifierFinder:
    """A finder that knows everybody in the files and the registers: comments name children of other audits."""
    known = known_things([each for file in opened for each in file.tables])
    names, references = known.names | people.names, known.references | people.references
    return IdentifierFinder(names, references=references, birth_dates=known.birth_dates)


def _read(file: OpenedFile, evidence: Evidence, finder: IdentifierFinder, whole: WholeColumns) -> list[ReturnPart]:
    people, source = same_people(known_people(file.tables)), file.source
    known = (source.name, source.audit_id, source.audit, file.unit, file.grade, evidence.columns.of(source.audit))
    setting = Setting(*known, evidence.key, people, finder, whole)
    parts = [part for table, found in file.tables for part in read_entries(table, found, setting)]
    if qualified := sum(part.qualified for part in parts):
        told = problem("qualified-answer", audit_id=source.audit_id, file=source.name, count=qualified)
        parts[0].problems.append(told)
    return parts
