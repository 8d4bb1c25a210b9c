"""What a workbook that nobody has described yet shows: its rows, and what each column could be.

Nothing here is decided: a person is shown it, and says what is wrong. No cell that could name
somebody is kept, and no header that could be a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import SCALES, Standards
from ilacs_audit.intake.cells.days import read_day
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import read_answer, spellings
from ilacs_audit.intake.files.workbook import Sheet, read_sheets
from ilacs_audit.intake.tables.columns import IGNORE, ColumnMap, Recogniser, Target, exporter
from ilacs_audit.intake.tables.layout import SheetTable, likely_table
from ilacs_audit.intake.tables.shapes.choosing import tables_of
from ilacs_audit.intake.tables.shapes.words import answers, could_be_a_name, heads_people
from ilacs_audit.publishing.first.answered import scale_of
from ilacs_audit.publishing.first.down import DRAFT, questions_down

QUESTION, STANDARD, COMMENT = "question", "standard", "comment"
UNITS = {"file": ("child_ref", "child_name"), "request": ("request_ref",), "worker": ("worker",)}
HIDDEN = "•••"
_ALIKE = ("met", "yes_no")
_SAMPLES, _WORDY = 3, 25
_SHOWN = ("team", "agency", "grade", "moderated_grade", "returned")
_PEOPLE = ("child_name", "child_ref", "worker", "supervisor", "auditor", "moderator")
_DATED = ("audited_on", "completed_on", "week_commencing")
_OF_THE_AUDIT = re.compile(r"\b(?:have|did|has)\b.*\b(?:talk|discuss|shar|feed)\w*.*\b(?:practitioner|worker)\b", re.I)
_SAYS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("auditor", re.compile(r"\b(?:auditor|audited by|return completed by)\b")),
    (
        "child_ref",
        re.compile(r"\b(?:child\w*|person|client|case|young persons?)\b.*\b(?:id|ref|reference|number|no)\b"),
    ),
    ("child_name", re.compile(r"\b(?:child|childs|young persons?) (?:full )?(?:name|initials)\b|\binitials\b")),
    ("team", re.compile(r"\bteam\b(?!.*\b(?:manager|leader)\b)")),
    ("worker", re.compile(r"\b(?:social|allocated|case|key) ?worker\b|\bpractitioners? name\b")),
)
_REFERENCE = re.compile(r"[A-Za-z/-]{0,6}\d[\w/-]{2,}")


@dataclass(frozen=True)
class Column:
    """One column of the form: its number as a person is shown it, and what it could be.

    `meaning` is a field, a standard's id, "question", "comment" or "ignore"; `scale` that of its answers.
    """

    number: int
    header: str
    meaning: str
    scale: str = ""
    unsafe: bool = False

    @property
    def asks(self) -> bool:
        """Whether its cells are answers to a question about practice."""
        return bool(self.scale)

    @property
    def shown(self) -> str:
        """The header as it may be shown: one that nobody has explained could be a person's name."""
        return f"(column {self.number})" if self.unsafe else self.header


@dataclass(frozen=True)
class Seen:
    """What a workbook shows. `samples` are rows of what may be shown; `titles` the lines above its tables.

    `sheets` were read and `left` were not; either may be called after a person, and so may the file.
    """

    path: Path
    sheets: tuple[str, ...]
    left: tuple[str, ...]
    made_by: str
    rows: int
    columns: tuple[Column, ...]
    samples: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...]
    days: tuple[date, ...]
    names_somebody: bool = False

    def of(self, meaning: str) -> Column | None:
        """The column that stands for a field or a standard."""
        return next((each for each in self.columns if each.meaning == meaning), None)

    @property
    def questions(self) -> tuple[Column, ...]:
        """The columns whose cells are answers about practice."""
        return tuple(each for each in self.columns if each.asks)

    @property
    def unit(self) -> str:
        """What a row seems to be about."""
        found = (unit for unit in ("request", "file", "worker") if any(self.of(each) for each in UNITS[unit]))
        return next(found, "file")


def look(path: Path, *, standards: Standards, columns: ColumnMap) -> Seen:
    """See what a workbook holds, with what is known of other forms. Raises ReturnsError where no answers are seen."""
    sheets = [sheet for sheet in read_sheets(path) if sheet.visible]
    recogniser = Recogniser(columns, list(standards))
    found = [table for sheet in sheets for table in _tables(sheet, recogniser)]
    tables = _alike([table for table in found if table.body.size and not _over_people(table, recogniser)], recogniser)
    if not tables and (down := questions_down(sheets, columns)):
        recogniser = Recogniser(columns, down)
        laid = [table for sheet in sheets for table in _laid(sheet, recogniser)]
        tables = _alike([table for table in laid if table.body.size], recogniser)
    if not tables:
        raise _nothing_seen(found, recogniser, path)
    seen = _columns(tables, recogniser)
    read = dict.fromkeys(table.sheet.name for table in tables)
    return Seen(
        path,
        tuple(filter(None, read)),
        tuple(sheet.name for sheet in sheets if sheet.name not in read and (sheet.cells != "").any()),
        exporter(tables[0].headers),
        sum(len(table.body) for table in tables),
        seen,
        tuple(_samples(tables[0], seen)),
        tuple(line for table in tables for line in table.preamble),
        tuple(_days(tables, seen)),
        _names_somebody(path, tables, seen),
    )


def _alike(tables: Sequence[SheetTable], recogniser: Recogniser) -> list[SheetTable]:
    """The tables that ask the same: most of what the one that asks most does."""
    asking = [(table, _asking(table, recogniser)) for table in tables]
    most = max((asked for _, asked in asking), key=len, default=frozenset())
    return [table for table, asked in asking if asked and 2 * len(asked & most) >= len(most)]


def _over_people(table: SheetTable, recogniser: Recogniser) -> bool:
    """Whether what stands over the answers are children and no questions: references, or what could be names.

    Or one column called "Answer" or so, of a sheet in which the questions stand at its left.
    """
    told = [text for text in table.headers if text and fold(text) in _asking(table, recogniser)]
    if len(told) == 1 and answers(told[0]):
        return True
    references = [text for text in told if _REFERENCE.fullmatch(text.strip())]
    return 2 * len(references) > len(told) or (heads_people(told) and not _names_a_row(table, recogniser))


def _names_a_row(table: SheetTable, recogniser: Recogniser) -> bool:
    """Whether a column says whose row it is."""
    read = [_read(text, [table], [place], recogniser)[0] for place, text in enumerate(table.headers) if text]
    return any(name in read for names in UNITS.values() for name in names)


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


def _asking(table: SheetTable, recogniser: Recogniser) -> frozenset[str]:
    """The headers of a table over columns of answers, folded."""
    places = enumerate(table.headers)
    return frozenset(fold(text) for place, text in places if text and _read(text, [table], [place], recogniser)[1])


def _columns(tables: Sequence[SheetTable], recogniser: Recogniser) -> tuple[Column, ...]:
    """The form's columns: one for each header, whichever sheet or place it stands in."""
    headers = {fold(text): text for table in reversed(tables) for text in reversed(table.headers) if text}
    found: list[Column] = []
    for number, key in enumerate(reversed(headers), start=1):
        places = [[fold(text) for text in table.headers].index(key) if _has(table, key) else -1 for table in tables]
        meaning, scale = _read(headers[key], tables, places, recogniser)
        taken = any(each.meaning == meaning for each in found) and meaning not in (QUESTION, COMMENT, IGNORE)
        meaning, scale = (IGNORE, "") if taken else (meaning, scale)
        unsafe = meaning == IGNORE and not scale and could_be_a_name(headers[key])
        found.append(Column(number, headers[key], meaning, scale, unsafe))
    return _of_one_mind(found)


def _of_one_mind(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with one scale for y and n, which stand for yes and no as well as for met and not met."""
    asked = Counter(each.scale for each in columns if each.meaning == QUESTION and each.scale in _ALIKE)
    common = next((name for name, _ in asked.most_common()), "")
    return tuple(
        replace(each, scale=common) if each.meaning == QUESTION and each.scale in _ALIKE else each for each in columns
    )


def _has(table: SheetTable, key: str) -> bool:
    return any(fold(text) == key for text in table.headers)


def _read(header: str, tables: Sequence[SheetTable], places: Sequence[int], recogniser: Recogniser) -> tuple[str, str]:
    """What a column could be, and the scale of its answers, "" where it holds none."""
    target = recogniser.target(header, made_by=exporter(tables[0].headers))
    if isinstance(target, Target) and target.kind == "standard":
        asked = recogniser.standards[target.name]
        return QUESTION if asked.theme == DRAFT else asked.id, asked.scale.id
    if isinstance(target, Target):
        return target.name or IGNORE, ""
    pairs = zip(tables, places, strict=True)
    cells = [cell for table, place in pairs if place >= 0 for cell in table.column(place) if written(cell)]
    scale = scale_of(header, cells, recogniser.columns)
    if scale:
        return (IGNORE, "") if _OF_THE_AUDIT.search(header) else (QUESTION, scale)
    return _field(header, cells), ""


def _field(header: str, cells: Sequence[Any]) -> str:
    """A field where the header's words and the cells agree, a comment where people wrote sentences, else nothing."""
    folded = fold(header)
    for name, says in _SAYS:
        if says.search(folded) and _fits(name, cells):
            return name
    if not cells or _dates(cells):
        return IGNORE
    lengths = sorted(len(written(cell)) for cell in cells)
    return COMMENT if lengths[len(lengths) // 2] >= _WORDY and not _listed(cells) else IGNORE


def _fits(name: str, cells: Sequence[Any]) -> bool:
    told = [written(cell) for cell in cells]
    references = sum(bool(_REFERENCE.fullmatch(text.strip())) for text in told)
    return 2 * references > len(told) if name == "child_ref" else 2 * references < len(told) and not _dates(cells)


def _dates(cells: Sequence[Any]) -> bool:
    return 2 * sum(bool(read_day(cell).day) for cell in cells) > len(cells)


def _listed(cells: Sequence[Any]) -> bool:
    """Whether the cells are choices from a list, as "Mother;Father;": a form's answer and not a sentence."""
    return 2 * sum(written(cell).endswith(";") for cell in cells) > len(cells)


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
        scale = SCALES.get(column.scale)
        known = spellings(scale, {}) if scale else {}
        return text if scale and read_answer(cell, scale, known).answer else HIDDEN
    if column.meaning in _SHOWN:
        return text
    return "(a date)" if column.meaning != "date_of_birth" and read_day(cell).day else HIDDEN


def _days(tables: Sequence[SheetTable], columns: Sequence[Column]) -> Iterator[date]:
    """The days on which files were audited, as far as columns say so; the commonest column's first."""
    for name in _DATED:
        wanted = {fold(each.header) for each in columns if each.meaning == name}
        places = [
            (table, place) for table in tables for place, text in enumerate(table.headers) if fold(text) in wanted
        ]
        read = (read_day(cell).day for table, place in places for cell in table.column(place))
        if found := [day for day in read if day]:
            yield from (day for day, _ in Counter(found).most_common())
            return


def _names_somebody(path: Path, tables: Sequence[SheetTable], columns: Sequence[Column]) -> bool:
    """Whether the file is called after somebody whom it names: no title is made of that."""
    wanted = {fold(each.header) for each in columns if each.meaning in _PEOPLE}
    places = [(table, place) for table in tables for place, text in enumerate(table.headers) if fold(text) in wanted]
    named = {fold(written(cell)) for table, place in places for cell in table.column(place)}
    return any(f" {name} " in f" {fold(path.stem)} " for name in named if len(name) > 3)


def _nothing_seen(found: Sequence[SheetTable], recogniser: Recogniser, path: Path) -> ReturnsError:
    if any(table.body.size and _over_people(table, recogniser) for table in found):
        return ReturnsError(
            "The sheet seems to have a column for each child or worker, with the questions down the side; or its "
            "questions are written like names. Until the questions are known these cannot be told apart.",
            where=path.name,
            fix="Turn the sheet (copy, then paste special, transpose), so that each file has a row.",
        )
    if any(not table.body.size for table in found) and not any(table.body.size for table in found):
        fix = "Send the filled return: what is asked cannot be told from headers alone."
        return ReturnsError(
            "The return is empty: it has its headers, and nothing under them.", where=path.name, fix=fix
        )
    return ReturnsError(
        "No column of answers was seen: a header with answers under it, such as yes and no, or met and not met.",
        where=path.name,
        fix="Send the sheet with a row for each file and a column for each question.",
    )
