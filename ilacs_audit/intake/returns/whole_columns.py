"""What only a whole column tells, over all files of an audit: how long references are, and how dates are turned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from ilacs_audit.intake.cells.days import DayRead, DaysRead, read_days
from ilacs_audit.intake.identity.references import ReferenceRead, read_references
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.open_files import OpenedFile
from ilacs_audit.intake.tables.questions import Columns
from ilacs_audit.intake.tables.usual import UNITS, unit_fields

DATED_BY = ("audited_on", "completed_on", "received_on")


class WholeColumns(NamedTuple):
    """What the cells of one file's references stand for, and by field those of its dates."""

    references: Mapping[Any, ReferenceRead]
    days: Mapping[str, Mapping[Any, DayRead]]


def by_audit(opened: list[OpenedFile]) -> dict[str, list[OpenedFile]]:
    """The files of each audit."""
    found: dict[str, list[OpenedFile]] = {}
    for file in opened:
        found.setdefault(file.source.audit_id, []).append(file)
    return found


def unit_field(columns: Columns, unit: str) -> tuple[str, str]:
    """The field that names what was audited, and its kind of pseudonym."""
    found = next((name for name in (*unit_fields(unit), *UNITS) if name in columns.fields), "child_ref")
    return found, {"worker": "person", "request_ref": "request"}.get(found, "child")


def references_in(files: list[OpenedFile]) -> set[Any]:
    """The cells that hold the references of an audit; none where names tell its files apart."""
    found: set[Any] = {""}
    for file in files:
        for table, columns in file.tables:
            name = unit_field(columns, file.unit)[0]
            found.update(_cells(table, columns, name) if name.endswith("_ref") else ())
    return found


def dated_by(columns: Columns) -> str:
    """The field that dates an audit, "" where there is none."""
    return next((name for name in DATED_BY if name in columns.fields), "")


def whole_columns(files: list[OpenedFile], *, known: Collection[str]) -> tuple[dict[str, WholeColumns], list[Problem]]:
    """The columns of one audit by file, and a word where dates could be turned; `known` are references in full."""
    references = read_references(references_in(files), known=known)
    days: dict[str, dict[str, DaysRead]] = {file.source.name: {} for file in files}
    problems: list[Problem] = []
    for field in (*DATED_BY, "moderated_on", "week_commencing"):
        with_it = {file.source.name: (file, set(_dates(file, field))) for file in files}
        orders = {read_days(cells).order for _, cells in with_it.values()} - {""}
        usual = orders.pop() if len(orders) == 1 else ""
        for name, (file, cells) in with_it.items():
            since_1904 = any(sheet.facts.since_1904 for sheet in file.sheets)
            audit = file.source.audit
            within = (min(audit.on, audit.period.first), max(audit.until, audit.period.last)) if audit else None
            days[name][field] = read_days(("", *cells), within=within, usual=usual, since_1904=since_1904)
        problems += _told(files, field, days)
    read = {name: {field: each.read for field, each in found.items()} for name, found in days.items()}
    return {name: WholeColumns(references, found) for name, found in read.items()}, problems


def _cells(table: SheetTable, columns: Columns, name: str) -> list[Any]:
    return table.column(columns.fields[name]) if name in columns.fields else []


def _dates(file: OpenedFile, field: str) -> Iterator[Any]:
    for table, columns in file.tables:
        if field not in DATED_BY or field == dated_by(columns):
            yield from _cells(table, columns, field)


def _told(files: list[OpenedFile], field: str, days: Mapping[str, Mapping[str, DaysRead]]) -> Iterator[Problem]:
    """One word an audit for each way in which the dates of a field could be turned."""
    said: set[str] = set()
    for file in files:
        case = days[file.source.name][field].case
        if case and case not in said:
            table, columns = next(each for each in file.tables if field in each[1].fields)
            told = problem(case, audit_id=file.source.audit_id, file=file.source.name, sheet=table.sheet.name)
            yield told._replace(column=table.headers[columns.fields[field]])
        said.add(case)
