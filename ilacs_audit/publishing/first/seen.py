"""What a workbook that nobody has described yet shows: its rows, and what each column could be.

Nothing here is decided: a person is shown it, and says what is wrong. No cell that could name
somebody is kept, and no header that could be a name.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import SCALES, Standards
from ilacs_audit.intake.cells.agencies import agency_name, role_of
from ilacs_audit.intake.cells.days import read_day, read_days
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import read_answer, spellings
from ilacs_audit.intake.files.sources import Source
from ilacs_audit.intake.files.workbook import Sheet, read_sheets
from ilacs_audit.intake.tables.codes import codes
from ilacs_audit.intake.tables.columns import ColumnMap, Recogniser
from ilacs_audit.intake.tables.layout import SheetTable, likely_table
from ilacs_audit.intake.tables.mixed import mixed_columns, refuse_names, refuse_other_key
from ilacs_audit.intake.tables.shapes.choosing import tables_of
from ilacs_audit.intake.tables.shown import Seen as Shown
from ilacs_audit.intake.tables.usual import exporter
from ilacs_audit.publishing.first.down import questions_down
from ilacs_audit.publishing.first.meanings import UNITS, Column, columns_of, headers_asking, over_people
from ilacs_audit.publishing.first.own_scales import scale_called
from ilacs_audit.publishing.first.refusals import nothing_seen, refuse_strangers

HIDDEN = "•••"
_SAMPLES, _FEW_ROWS = 3, 10
_SHOWN = ("team", "agency", "grade", "moderated_grade", "returned")
_PEOPLE = ("child_name", "child_ref", "worker", "supervisor", "auditor", "moderator")
_ONCE = 0.8
_DATED = ("audited_on", "completed_on", "week_commencing")


@dataclass(frozen=True)
class Seen:
    """What the workbooks of an audit show: `samples` are rows of what may be shown, `titles` the lines above tables.

    `sheets` were read and `left` were not; either may be called after a person, and so may a file. `apart` are tables
    of other questions that were not joined; `partners` how many rows are a partner agency's, how many the service's
    own, and whether each file was read once; `mixed` columns by which rows are of several readers (true), or rounds;
    `codes` stand under known questions and are no answers, each with what it could mean.
    """

    paths: tuple[Path, ...]
    sheets: tuple[str, ...]
    left: tuple[str, ...]
    made_by: str
    rows: int
    columns: tuple[Column, ...]
    samples: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...]
    days: tuple[date, ...]
    unit: str
    names_somebody: bool
    apart: int = 0
    partners: tuple[int, int, bool] = (0, 0, False)
    mixed: tuple[tuple[Column, bool], ...] = ()
    files: int = 0
    codes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def of(self, meaning: str) -> Column | None:
        """The column that stands for a field or a standard."""
        return next((each for each in self.columns if each.meaning == meaning), None)

    @property
    def questions(self) -> tuple[Column, ...]:
        """The columns whose cells are answers about practice."""
        return tuple(each for each in self.columns if each.asks)


def look(paths: Sequence[Path], *, standards: Standards, columns: ColumnMap) -> Seen:
    """See what workbooks of one form hold, with what is known of others. Raises ReturnsError where nothing is seen."""
    books = {path: read_sheets(path) for path in paths}
    everything = [sheet for book in books.values() for sheet in book]
    sheets = [sheet for sheet in everything if sheet.visible]
    recogniser = Recogniser(columns, list(standards))
    found = [table for sheet in sheets for table in _tables(sheet, recogniser)]
    filled = [table for table in found if table.body.size and not over_people(table, recogniser)]
    tables = _alike(filled, recogniser)
    if not tables and (down := questions_down(sheets, columns)):
        recogniser = Recogniser(columns, down)
        laid = [table for sheet in sheets for table in _laid(sheet, recogniser)]
        tables = _alike(filled := [table for table in laid if table.body.size], recogniser)
    if not tables:
        what, fix = nothing_seen(found, recogniser, everything)
        raise ReturnsError(what, where=", ".join(path.name for path in paths), fix=fix)
    refuse_strangers(books, found, tables)
    refuse_names([table.sheet.name for table in tables], of="sheets")
    refuse_names([path.stem for path in paths], of="workbooks")
    joined, apart = _joined(tables, filled, recogniser)
    rows = sum(len(table.body) for table in tables)
    tables = [table for table in filled if any(table is each for each in (*tables, *joined))]
    read = dict.fromkeys(table.sheet.name for table in tables)
    aside = [sheet for sheet in sheets if sheet.name not in read]
    refuse_other_key(aside, tables, [SCALES["yes_no"]], columns.answers)
    seen = columns_of(tables, recogniser)
    headed = {fold(each.header): each for each in seen}
    mixed = tuple((headed[fold(each.header)], each.readers) for each in mixed_columns(tables, recogniser))
    unit, partners = _unit(tables, seen), _partners(tables, seen)
    told = {fold(written(cell)) for cell in _cells(tables, seen, UNITS[unit][0])}
    several = partners[0] or any(readers for _, readers in mixed)
    return Seen(
        tuple(paths),
        tuple(filter(None, read)),
        tuple(sheet.name for sheet in aside if (sheet.cells != "").any()),
        exporter(tables[0].headers),
        rows,
        seen,
        tuple(_samples(tables[0], seen)),
        tuple(line for table in tables for line in table.preamble),
        _days(tables, seen),
        unit,
        _names_somebody(paths, tables, seen),
        apart,
        partners,
        mixed,
        len(told) if several and told else rows,
        tuple(_codes(tables, recogniser)),
    )


def _codes(tables: Sequence[SheetTable], recogniser: Recogniser) -> Iterator[tuple[str, tuple[str, ...]]]:
    source, wanted = Source(Path(), "", ""), {each.id: (each, each.version) for each in recogniser.standards.values()}
    shown = [Shown(source, table.sheet, table, recogniser, wanted) for table in tables]
    yield from ((text, options) for _, text, options in codes(shown))


def _alike(tables: Sequence[SheetTable], recogniser: Recogniser) -> list[SheetTable]:
    """The tables that ask the same: most of what the one that asks most does."""
    asking = [(table, headers_asking(table, recogniser)) for table in tables]
    sized = ((len(asked) * min(len(table.body), _FEW_ROWS), place) for place, (table, asked) in enumerate(asking))
    largest = max(sized, key=lambda each: (each[0], -each[1]), default=None)  # a key of three rows is no form
    most = asking[largest[1]][1] if largest else frozenset()
    return [table for table, asked in asking if asked and 2 * len(asked & most) >= len(most)]


def _joined(
    alike: Sequence[SheetTable], found: Sequence[SheetTable], recogniser: Recogniser
) -> tuple[list[SheetTable], int]:
    """The tables that ask something else about the same files, each once; and how many others ask and are not read."""
    asked = frozenset[str]().union(*(headers_asking(table, recogniser) for table in alike))
    ours, joined, apart = set(_files(alike, recogniser)), list[SheetTable](), 0
    for table in (each for each in found if not any(each is one for one in alike)):
        own, files = headers_asking(table, recogniser), _files([table], recogniser)
        same = 2 * len(ours.intersection(files)) > max(len(files), 1)
        if own and not own & asked and same and len(set(files)) == len(files) == len(table.body):
            joined, asked = [*joined, table], asked | own
        elif own and not own <= asked and files:
            apart += 1
    return joined, apart


def _files(tables: Sequence[SheetTable], recogniser: Recogniser) -> list[str]:
    return [fold(written(cell)) for cell in _cells(tables, columns_of(tables, recogniser), *UNITS["file"][:1])]


def _partners(tables: Sequence[SheetTable], columns: Sequence[Column]) -> tuple[int, int, bool]:
    """How many rows are a partner's and how many the service's own, as their agency says; and whether all are once."""
    agency = {fold(each.header) for each in columns if each.meaning == "agency"}
    told = [table.column(at) for table in tables for at, text in enumerate(table.headers) if fold(text) in agency]
    roles = Counter(role_of(agency_name(written(cell), learnt={})) for cells in told for cell in cells)
    files = [fold(written(cell)) for cell in _cells(tables, columns, *UNITS["file"][:1])]
    return roles["partner"], roles["auditor"], len(set(files)) == len(files)


def _laid(sheet: Sheet, recogniser: Recogniser) -> list[SheetTable]:
    """The tables of a sheet; none where it can be read in two ways."""
    try:
        return tables_of(sheet, recogniser)
    except ReturnsError:
        return []


def _tables(sheet: Sheet, recogniser: Recogniser) -> list[SheetTable]:
    found = _laid(sheet, recogniser)
    likely = None if found else likely_table(sheet)
    return [likely] if likely else found


def _samples(table: SheetTable, columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    place = {fold(text): place for place, text in reversed(list(enumerate(table.headers))) if text}
    for row in range(min(_SAMPLES, len(table.body))):
        cells = [table.column(place[fold(each.header)])[row] if fold(each.header) in place else "" for each in columns]
        yield tuple(_masked(each, cell) for each, cell in zip(columns, cells, strict=True))


def _masked(column: Column, cell: Any) -> str:
    """A cell as it may be shown: answers and teams as they stand, a date as a date, everything else by its kind."""
    text = written(cell)
    if not text:
        return ""
    if column.asks:
        scale = scale_called(column.scale)
        known = spellings(scale, {}) if scale else {}
        return text if scale and read_answer(cell, scale, known).answer else HIDDEN
    if column.meaning in _SHOWN:
        return text
    return "(a date)" if column.meaning != "date_of_birth" and read_day(cell).day else HIDDEN


def _cells(tables: Sequence[SheetTable], columns: Sequence[Column], *meanings: str) -> list[Any]:
    wanted = {fold(each.header) for each in columns if each.meaning in meanings}
    places = ((table, place) for table in tables for place, text in enumerate(table.headers) if fold(text) in wanted)
    return [cell for table, place in places for cell in table.column(place) if written(cell)]


def _days(tables: Sequence[SheetTable], columns: Sequence[Column]) -> tuple[date, ...]:
    """The days on which files were audited, as far as columns say so; the commonest first."""
    dated = ((cells, read_days(cells).read) for name in _DATED if (cells := _cells(tables, columns, name)))
    read = ([days[cell].day for cell in cells] for cells, days in dated)
    found = next((days for days in read if any(days)), [])
    return tuple(day for day, _ in Counter(filter(None, found)).most_common())


def _unit(tables: Sequence[SheetTable], columns: Sequence[Column]) -> str:
    """What a row seems to be about; a worker only where each has a row, because files have workers too."""
    told = {each.meaning for each in columns}
    workers = [fold(written(cell)) for cell in _cells(tables, columns, "worker")]
    if not told.isdisjoint(UNITS["request"]):
        return "request"
    each_once = workers and len(set(workers)) >= _ONCE * len(workers)
    return "worker" if told.isdisjoint(UNITS["file"]) and each_once else "file"


def _names_somebody(paths: Sequence[Path], tables: Sequence[SheetTable], columns: Sequence[Column]) -> bool:
    """Whether a file is called after somebody whom it names: no title is made of that."""
    named = {fold(written(cell)) for cell in _cells(tables, columns, *_PEOPLE)}
    return any(f" {name} " in f" {fold(path.stem)} " for name in named if len(name) > 3 for path in paths)
