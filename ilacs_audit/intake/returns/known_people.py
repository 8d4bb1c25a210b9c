"""Every name, reference, address and birth date in the files, kept in memory for the last sweep."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ilacs_audit.intake.cells.days import read_day
from ilacs_audit.intake.cells.spelling import clean, fold, written
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.identity.freetext import IdentifierFinder
from ilacs_audit.intake.identity.people import beside, person
from ilacs_audit.intake.identity.references import read_references, reference
from ilacs_audit.intake.returns.titles import auditor_in
from ilacs_audit.intake.tables.layout import SheetTable, said_teams
from ilacs_audit.intake.tables.questions import NAME, Columns

PEOPLE = ("worker", "supervisor", "auditor", "auditor_email", "moderator")
_REFERENCES = ("child_ref", "request_ref")
_PERSON_HEADER = re.compile(
    r"\b(names?|surname|forename|subject|linked to|siblings?|mother|father|address|nhs|pupil"
    r"|workers?|auditors?|supervisor|manager|completed by|e ?mail|staff no"
    r"|dob|date of birth|upn|(?:childs?|case|person|client|request|owner) (?:unique )?(?:id|ref|reference|number))\b"
)
_ODD = re.compile(r"[\d@]|^(?:n/?a|none|null|unknown|not known|anon.*|confidential)$", re.IGNORECASE)
_SHORTEST = 4
_LONGEST = 5
_HEADER_WITHIN = 20


@dataclass(frozen=True)
class KnownPeople:
    """What files tell about people: compared names, references, birth dates, and `cells` as they were written."""

    names: frozenset[str]
    references: frozenset[str]
    birth_dates: frozenset[str]
    cells: frozenset[str]

    @property
    def told(self) -> frozenset[str]:
        """All of it in every spelling, for the search of finished pages."""
        turned = {name for name in map(person, self.cells) if " " in name}
        return _long_enough(self.cells | self.references | self.birth_dates | turned)


def known_people(tables: Iterable[tuple[SheetTable, Columns]]) -> set[str]:
    """The names of workers, auditors, supervisors and moderators of one file, as they are compared."""
    return {
        person(cell)
        for table, columns in tables
        for cell in (*_cells(table, columns, PEOPLE), auditor_in(table.preamble))
        if written(cell)
    }


def known_things(tables: Sequence[tuple[SheetTable, Columns]]) -> KnownPeople:
    """What the recognised columns tell about people."""
    children, people = (
        {written(cell) for table, columns in tables for cell in _cells(table, columns, fields)}
        for fields in (("child_name",), PEOPLE)
    )
    refs = read_references(cell for table, columns in tables for cell in _cells(table, columns, _REFERENCES))
    told = [
        cell for cell in refs if any(map(str.isdigit, written(cell))) or (_names([cell]) and " " in written(cell))
    ]  # "Signed by" under a table is none
    births = {
        day for table, columns in tables for cell in _cells(table, columns, ("date_of_birth",)) for day in _days(cell)
    }
    aside = {text for table, columns in tables for text in _names(_cells(table, columns, (NAME,)))}
    names = {person(text) for text in children | aside if len(text) > 1} | known_people(tables)
    names |= _other_names(children, brackets=True) | _other_names(people, brackets=False)
    return KnownPeople(
        names=frozenset(names),
        references=frozenset({*map(reference, told), *(refs[each].text for each in told)} - {""}),
        birth_dates=frozenset(births),
        cells=frozenset(children | people | {*map(written, told)} | {text for text in aside if len(text) >= _SHORTEST}),
    )


def _names(cells: Iterable[object]) -> set[str]:
    told = (text for text in map(written, cells) if text and not _ODD.search(text))
    return {
        text for text in told if len(text.split()) <= _LONGEST and not any(word[0].islower() for word in text.split())
    }


def _other_names(cells: Iterable[str], *, brackets: bool) -> set[str]:
    """The words beside one person's name only: beside several people's they are a team, a place or an organisation."""
    told = {(person(text), word) for text in cells for word in beside(text, brackets=brackets)}
    counted = Counter(word for _, word in told)
    return {word for word, people in counted.items() if people == 1}


def team_words(tables: Iterable[tuple[SheetTable, Columns]]) -> frozenset[str]:
    """The words of every team's name: a sheet is called after a team as often as after a person."""
    found = list(tables)
    cells = {written(cell) for table, columns in found for cell in _cells(table, columns, ("team", "agency"))}
    cells |= {text for table, _ in found for text in said_teams(table)}
    return frozenset(word for text in cells for word in fold(text).split())


def _cells(table: SheetTable, columns: Columns, fields: Iterable[str]) -> Iterator[object]:
    for name in fields:
        unread = (table.column(place) for field, place in columns.unread if field == name)
        for cell in set(columns.cells(table, name)).union(*unread) - {""}:
            yield cell
            if isinstance(cell, str) and ";" in cell:  # several people in one cell of a list
                yield from (each for each in re.split(";#?", cell) if not each.isdigit())


def _days(cell: object) -> Iterator[str]:
    day = read_day(cell).day
    if day:
        yield from (day.isoformat(), day.strftime("%d/%m/%Y"))


def _long_enough(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(text for text in texts if len(text) >= _SHORTEST and text.casefold() not in ("anonymous", "none"))


def sheet_identifiers(sheet: Sheet, finder: IdentifierFinder, *, header: Callable[[str], bool]) -> frozenset[str]:
    """Free-text hits in every cell and note of a sheet, and all cells under a header that speaks of people.

    What is a `header` itself is nobody: in a form the next label or standard's id stands below the child's.
    """
    texts = {clean(cell) for row in sheet.cells.tolist() for cell in row if isinstance(cell, str) and cell}
    heads = frozenset(text for text in texts if header(text))
    texts |= {text for _, text in sheet.facts.comments}
    kinds = ("name",)
    hits = {text[hit.start : hit.end] for text in texts for hit in finder.hits(text) if hit.kind not in kinds}
    return _long_enough({*hits, *(_under_people(sheet, heads) - heads)})


def _under_people(sheet: Sheet, heads: frozenset[str]) -> set[str]:
    found: set[str] = set()
    again = _heading_rows(sheet, heads)
    for number, row in enumerate(sheet.cells[: header_end(sheet)].tolist()):
        for place, cell in enumerate(row):
            if _of_people(cell):
                column = sheet.cells[:, place].tolist()
                found.update(text for text in map(written, _below(column, number, again)) if _like_a_name(text))
    return found


def _of_people(cell: object) -> bool:
    return isinstance(cell, str) and len(cell.split()) <= _LONGEST and bool(_PERSON_HEADER.search(fold(cell)))


def _heading_rows(sheet: Sheet, heads: frozenset[str]) -> list[int]:
    """The rows with two headers or more: each begins a table."""
    rows = enumerate(sheet.cells.tolist())
    return [number for number, row in rows if sum(isinstance(each, str) and clean(each) in heads for each in row) > 1]


def _below(column: Sequence[object], top: int, heading: Sequence[int]) -> set[object]:
    """The cells below a header of people; a table below that heads the column otherwise takes its rows away."""
    starts = [top, *(row for row in heading if row > top)]
    spans = zip(starts, [*starts[1:], len(column)], strict=True)
    kept = [(start, end) for start, end in spans if start == top or not column[start] or _of_people(column[start])]
    return {cell for start, end in kept for cell in column[start + 1 : end]}


def header_end(sheet: Sheet) -> int:
    """The row below the first one that is mostly words: what stands above it may head a column."""
    filled = [sum(isinstance(cell, str) and cell != "" for cell in row) for row in sheet.cells[:_HEADER_WITHIN]]
    wide = [row for row, count in enumerate(filled) if 2 * count >= max(filled)]
    return wide[0] + 1 if wide else 0


def _like_a_name(text: str) -> bool:
    """Whether a cell could be a name, a reference, an address or a date, and not a plain word or a sentence."""
    words = text.split()
    capital = all(not word[0].islower() or "@" in word for word in words)
    telling = len(words) > 1 or any(mark.isdigit() or mark == "@" for mark in text)
    longest = _LONGEST if len(words) < _LONGEST or "," not in text else 2 * _LONGEST  # an address is longer
    return telling and len(words) <= longest and text[0].isalnum() and capital
