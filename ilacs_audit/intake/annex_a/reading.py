"""Read Ofsted's Annex A: eleven lists, as any system exports them, without names or birth dates.

The lists give the whole population beside a sample: how many children, seen when, assessed how
fast. Every variant of header, sheet and code that is known is read; what is not is said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.annex_a.checks import Implied, check_births, check_list, implied_date
from ilacs_audit.intake.annex_a.codes import CODES, read_code
from ilacs_audit.intake.annex_a.lists import KEYS, LEFT_BEHIND, LISTS, AnnexList, headers, list_of
from ilacs_audit.intake.cells.grid import Cells
from ilacs_audit.intake.cells.spelling import squeezed
from ilacs_audit.intake.cells.typed import tidy
from ilacs_audit.intake.files.workbook import Sheet, read_sheets
from ilacs_audit.intake.problems import Loaded, Problem, problem, problems_table, shown
from ilacs_audit.intake.registers.fields import Field
from ilacs_audit.intake.registers.files import Raw
from ilacs_audit.intake.registers.reading import AsOf, evidence_key, no_rows, read_table
from ilacs_audit.intake.tables.headers import column_places, header_row, rows_under

_ENOUGH = 0.5
_UNBORN = ("unborn", "unborn unknown", "unborn/unknown")


def load_annex_a(path: str | Path, *, as_of: AsOf = None, key: str | bytes | None = None) -> dict[str, Loaded]:
    """Read an Annex A workbook: each list's name with its table and its problems.

    Lists are contacts, early_help, referrals, assessments, section_47, children_in_need,
    child_protection, children_in_care, care_leavers, adoption and adopters; one that is not there
    is empty with a warning. Children, workers and families become pseudonyms; dates of birth,
    postcodes and places of placement are checked and left behind. "Seen" is not "seen alone": it
    reads as unknown. `as_of` is the reference date. Raises ReturnsError where nothing can be read.
    Example: `ia.load_annex_a("Annex A.xlsx", as_of="2024-11-21")`.
    """
    given.path(path, "load_annex_a")
    file, as_of = Path(path), None if as_of is None else parse_day(as_of)
    secret = evidence_key(file, key)
    found = _lists(file)
    implied, births = implied_date(found), check_births(found)
    loaded = {name: _load(name, raw, births.get(name, []), as_of, secret) for name, raw in found.items()}
    for name, each in LISTS.items():
        missing = problem("missing list", number=each.number, name=each.names[0], file=file.name)
        loaded.setdefault(name, Loaded(no_rows(_fields(each)), problems_table([missing])))
    return {name: _told(loaded[name], implied, as_of, file) for name in LISTS}


def implied_reference_date(path: str | Path) -> Implied:
    """The reference date that birth dates and fractional ages of a workbook imply.

    Where a person did not write down the date, this is the date; compare it before use.
    """
    return implied_date(_lists(Path(path)))


def _lists(file: Path) -> dict[str, Raw]:
    found: dict[str, Raw] = {}
    for sheet in read_sheets(file):
        name = (list_of(sheet.name) or _by_headers(sheet)) if sheet.visible and sheet.cells.size else ""
        if name in found:
            both = f"'{found[name].sheet}' and '{sheet.name}'"
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


def _read_list(file: Path, sheet: Sheet, wanted: AnnexList) -> Raw:
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
    told = [raw.problem("unknown-column: list", column=heading) for heading in strange]
    told += [raw.problem("missing-column: list", column=each.header) for each in missing]
    return raw._replace(problems=tuple(told))


def _load(name: str, raw: Raw, births: list[Problem], as_of: AsOf, key: bytes) -> Loaded:
    wanted = LISTS[name]
    missing = {each.column for each in raw.problems if each.rule == "missing-column"}
    doubts = check_list(name, raw, absent={each.name for each in wanted.columns if each.header in missing})
    cells, strange = _recoded(wanted, raw)
    told = raw._replace(cells=cells, problems=(*raw.problems, *doubts, *births, *strange))
    return read_table(told, _fields(wanted), as_of=as_of, key=key)


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
            told = zip(cells.items(), codes, strict=True)
            problems += [
                raw.problem("not a code", row=int(str(row)), column=column.name, value=shown(cell))
                for (row, cell), code in told
                if code is None
            ]
        elif column.kind not in LEFT_BEHIND:
            columns[column.name] = cells
    return pd.DataFrame(columns, index=raw.cells.index).astype(object), problems


def _years(cell: Any) -> Any:
    """Completed years; nothing for a child who is not yet born."""
    if isinstance(cell, (int, float)):
        return math.floor(cell) if cell >= 0 else ""
    return "" if tidy(cell).casefold() in _UNBORN else cell


def _fields(wanted: AnnexList) -> dict[str, Field]:
    kept = [column for column in wanted.columns if column.kind not in LEFT_BEHIND]
    kinds = {
        column.name: "count" if column.kind == "age" else "text" if column.kind in CODES else column.kind
        for column in kept
    }
    return {name: Field(kind, required=name in KEYS, past=kind == "date") for name, kind in kinds.items()}


def _told(loaded: Loaded, implied: Implied, day: date | None, file: Path) -> Loaded:
    """Say in every list with rows that the ages speak of another day than the reference date."""
    if loaded.table.empty or day is None or implied.day is None or implied.day == day:
        return loaded
    told = problem("reference date", implied=date_words(implied.day), given=date_words(day), file=file.name)
    return loaded._replace(problems=pd.concat([problems_table([told]), loaded.problems], ignore_index=True))
