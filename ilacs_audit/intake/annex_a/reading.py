"""Read Ofsted's Annex A: eleven lists, as any system exports them, without names or birth dates.

The lists give the whole population beside a sample: how many children, seen when, assessed how
fast. Every variant of header, sheet and code that is known is read; what is not is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.annex_a.checks import Implied, check_births, check_list, implied_date
from ilacs_audit.intake.annex_a.codes import CODES, read_code
from ilacs_audit.intake.annex_a.lists import KEYS, LEFT_BEHIND, LISTS, AnnexList, headers, list_of, squeezed
from ilacs_audit.intake.annex_a.register_tables import annex_a_tables
from ilacs_audit.intake.cells.typed import read_column, tidy
from ilacs_audit.intake.files.workbook import Cells, Sheet, read_sheets
from ilacs_audit.intake.loaded import Loaded
from ilacs_audit.intake.problems import Problem, problem, problems_table, shown
from ilacs_audit.intake.registers.fields import Field
from ilacs_audit.intake.registers.files import Raw
from ilacs_audit.intake.registers.reading import AsOf, evidence_key, read_table
from ilacs_audit.intake.tables.headers import column_places, header_row, rows_under

__all__ = ["annex_a_tables", "implied_reference_date", "load_annex_a"]
_ENOUGH = 0.5
_UNBORN = ("unborn", "unborn unknown", "unborn/unknown")


@dataclass(frozen=True)
class _ListFound:
    """A list found in a sheet, and how the columns of the sheet were told."""

    raw: Raw
    problems: tuple[Problem, ...]


def load_annex_a(path: str | Path, *, as_of: AsOf = None, key: str | bytes | None = None) -> dict[str, Loaded]:
    """Read an Annex A workbook: each list's name with its table and its problems.

    Lists are contacts, early_help, referrals, assessments, section_47, children_in_need,
    child_protection, children_in_care, care_leavers, adoption and adopters; one that is not there
    is empty with a warning. Children, workers and families become pseudonyms; dates of birth,
    postcodes and places of placement are checked and left behind. "Seen" is not "seen alone": it
    reads as unknown. `as_of` is the reference date. Raises ReturnsError where nothing can be read.
    """
    given.path(path, "load_annex_a")
    file, as_of = Path(path), None if as_of is None else parse_day(as_of)
    secret = evidence_key(file.parent, key)
    found = _lists(file)
    raws = {name: each.raw for name, each in found.items()}
    implied, births = implied_date(raws), check_births(raws)
    loaded = {name: _load(name, each, births.get(name, []), as_of, secret) for name, each in found.items()}
    return {name: _told(loaded.get(name) or _absent(name, file), implied, as_of, file) for name in LISTS}


def implied_reference_date(path: str | Path) -> Implied:
    """The reference date that birth dates and fractional ages of a workbook imply.

    Where a person did not write down the date, this is the date; compare it before use.
    """
    return implied_date({name: each.raw for name, each in _lists(Path(path)).items()})


def _lists(file: Path) -> dict[str, _ListFound]:
    found: dict[str, _ListFound] = {}
    for sheet in read_sheets(file):
        name = (list_of(sheet.name) or _by_headers(sheet)) if sheet.visible and sheet.cells.size else ""
        if name in found:
            both = f"'{found[name].raw.sheet}' and '{sheet.name}'"
            raise ReturnsError(
                f"Two sheets read as list {LISTS[name].number}: {both}.", where=file.name, fix="Keep one."
            )
        if name:
            found[name] = _read_list(file, sheet, LISTS[name])
    if not found:
        raise ReturnsError("No sheet is a list of Annex A.", where=file.name, fix="Name the sheets List 1 to List 11.")
    return found


def _by_headers(sheet: Sheet) -> str:
    """The list that most of a sheet's headers belong to, where its name says nothing."""
    shares = {name: _header(sheet.cells, headers(each))[1] / len(each.columns) for name, each in LISTS.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > _ENOUGH else ""


def _header(cells: Cells, known: Mapping[str, str]) -> tuple[int, int]:
    """The row that heads a list's columns, and how many of them it names."""
    return header_row((map(tidy, row) for row in cells), lambda text: known.get(squeezed(text)))


def _read_list(file: Path, sheet: Sheet, wanted: AnnexList) -> _ListFound:
    known = headers(wanted)
    header, _ = _header(sheet.cells, known)
    texts = [tidy(cell) for cell in sheet.cells[header]]
    where = f"{file.name}, {sheet.name}"
    places, strange = column_places(texts, lambda text: known.get(squeezed(text)), where=where)
    missing = [each for each in wanted.columns if each.name not in places]
    found = rows_under(sheet.cells, header, places).assign(**{each.name: "" for each in missing})
    cells = found[[each.name for each in wanted.columns]].astype(object)
    filled = [any(tidy(cell) for cell in row) for row in sheet.cells[header + 1 :]]
    raw = Raw(file.name, sheet.name, cells[filled])
    return _ListFound(raw, tuple(_headings(raw, strange, [each.header for each in missing])))


def _headings(raw: Raw, strange: list[str], missing: list[str]) -> Iterator[Problem]:
    at: dict[str, Any] = {"file": raw.file, "sheet": raw.sheet}
    yield from (problem("unknown-column: list", **at, column=heading) for heading in strange)
    yield from (problem("missing-column: list", **at, column=heading) for heading in missing)


def _load(name: str, found: _ListFound, births: list[Problem], as_of: AsOf, key: bytes) -> Loaded:
    wanted, raw = LISTS[name], found.raw
    absent = {each.column for each in found.problems if each.rule == "missing-column"}
    doubts = [
        each
        for each in check_list(name, raw)
        if not (each.rule == "empty column" and _header_of(wanted, each.column) in absent)
    ]
    cells, strange = _recoded(wanted, raw)
    problems = [*found.problems, *doubts, *births, *strange]
    return read_table(raw._replace(cells=cells), _fields(wanted), problems=problems, as_of=as_of, key=key)


def _header_of(wanted: AnnexList, name: str) -> str:
    return next(column.header for column in wanted.columns if column.name == name)


def _recoded(wanted: AnnexList, raw: Raw) -> tuple[pd.DataFrame, list[Problem]]:
    """The cells with codes as their one spelling and ages as whole years; a strange code is said."""
    columns: dict[str, pd.Series[Any]] = {}
    problems: list[Problem] = []
    for column in wanted.columns:
        cells = raw.cells[column.name]
        if column.kind == "age":
            columns[column.name] = cells.map(_years)
        elif column.kind in CODES:
            codes = [read_code(tidy(cell), column.kind) for cell in cells]
            columns[column.name] = pd.Series([code or "" for code in codes], index=cells.index, dtype=object)
            problems += _not_codes(raw, column.name, codes)
        elif column.kind not in LEFT_BEHIND:
            columns[column.name] = cells
    return pd.DataFrame(columns, index=raw.cells.index).astype(object), problems


def _years(cell: Any) -> Any:
    """Completed years; nothing for a child who is not yet born."""
    if isinstance(cell, (int, float)):
        return math.floor(cell) if cell >= 0 else ""
    return "" if tidy(cell).casefold() in _UNBORN else cell


def _not_codes(raw: Raw, column: str, codes: list[str | None]) -> Iterator[Problem]:
    for row, cell, code in zip(raw.cells.index, raw.cells[column], codes, strict=True):
        if code is None:
            at: dict[str, Any] = {"file": raw.file, "sheet": raw.sheet, "row": int(row)}
            yield problem("not a code", **at, column=column, value=shown(cell))


def _fields(wanted: AnnexList) -> dict[str, Field]:
    kept = [column for column in wanted.columns if column.kind not in LEFT_BEHIND]
    kinds = {
        column.name: "count" if column.kind == "age" else "text" if column.kind in CODES else column.kind
        for column in kept
    }
    return {name: Field(kind, required=name in KEYS, past=kind == "date") for name, kind in kinds.items()}


def _absent(name: str, file: Path) -> Loaded:
    empty = {
        column: read_column(pd.Series(dtype=object), field.kind)[0] for column, field in _fields(LISTS[name]).items()
    }
    told = problem("missing list", number=LISTS[name].number, name=LISTS[name].names[0], file=file.name)
    return Loaded(pd.DataFrame(empty), problems_table([told]))


def _told(loaded: Loaded, implied: Implied, as_of: AsOf, file: Path) -> Loaded:
    """Say in every list with rows that the ages speak of another day than the reference date."""
    day = None if as_of is None else parse_day(as_of)
    if loaded.table.empty or day is None or implied.day is None or implied.day == day:
        return loaded
    told = problem("reference date", implied=date_words(implied.day), given=date_words(day), file=file.name)
    return loaded._replace(problems=pd.concat([problems_table([told]), loaded.problems], ignore_index=True))
