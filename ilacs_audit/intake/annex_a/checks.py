"""What is doubtful in an Annex A list, beyond the reading of its cells.

A plan before birth may be an unborn child's or a slip of a key; a visit after a plan ended is
one of the two dates being wrong. The rows are kept and the doubt is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from ilacs_audit.intake.annex_a.lists import LISTS, ListColumn
from ilacs_audit.intake.cells.typed import read_column, tidy
from ilacs_audit.intake.problems import Problem, shown
from ilacs_audit.intake.registers.files import Raw

YEAR = 365.25
_PREGNANCY = 301  # days: 43 weeks, the longest that is not a wrong date
_NEVER_UNBORN = ("children_in_care", "adoption", "care_leavers", "early_help")
_CHILDREN = tuple(name for name in LISTS if LISTS[name].number <= 8)
_BEGINS: Mapping[str, str] = {
    "assessments": "started_on",
    "section_47": "strategy_on",
    "children_in_need": "started_on",
    "child_protection": "started_on",
    "children_in_care": "started_on",
    "adoption": "entered_care_on",
}
_SHAPES: Mapping[str, tuple[str, re.Pattern[str]]] = {
    kind: (case, re.compile(shape, re.IGNORECASE))
    for kind, case, shape in (
        ("postcode", "not a postcode", r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"),
        ("urn", "not a URN", r"[A-Z]{0,3}\d{5,10}"),
        ("authority", "not a code of an authority", r"\d{3}|[EWSN]\d{8}|NIR|WAL|SCO|NUK|CON"),
    )
}
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)", re.IGNORECASE)

Doubts = Iterator[Problem]


class Implied(NamedTuple):
    """The reference date that dates of birth and fractional ages imply, and how many rows agree."""

    day: date | None
    agree: int
    of: int


def implied_date(raws: Mapping[str, Raw]) -> Implied:
    """The day on which a child of that birth date has that fractional age; whole ages imply none.

    The day that most rows agree on. ChAT and Data to Insight's tools write age as days / 365.25.
    """
    days = Counter(day for raw in raws.values() for day in _implied(raw))
    if not days:
        return Implied(None, 0, 0)
    day, agree = max(days.items(), key=lambda each: (each[1], each[0]))
    return Implied(day, agree, days.total())


def _implied(raw: Raw) -> Iterator[date]:
    if "age" not in raw.cells or "born_on" not in raw.cells:
        return
    born = read_column(raw.cells["born_on"], "date")[0]
    for day, age in zip(born, raw.cells["age"], strict=True):
        if isinstance(age, float) and not age.is_integer() and day is not pd.NaT:
            yield (day + timedelta(days=round(age * YEAR))).date()


def check_list(name: str, raw: Raw, *, absent: Collection[str]) -> Doubts:
    """Every doubt about the rows of one list; `absent` are the columns that its sheet does not have."""
    wanted, cells = LISTS[name], raw.cells
    dates = {column.name: _dates(cells, column.name) for column in wanted.columns if column.kind in ("date", "born")}
    for column in wanted.columns:
        yield from _doubts(column, raw, absent=column.name in absent)
    if "born_on" in dates:
        yield from _ages(name, raw, dates["born_on"])
    if name in _BEGINS:
        yield from _births(name, raw, dates["born_on"], dates[_BEGINS[name]])
    if name == "child_protection":
        late = dates["visited_on"] > dates["ended_on"]
        yield from _rows(raw, late, "visited_on", "visit after the end")
    if name == "section_47" and (zeros := [tidy(cell) for cell in raw.cells["enquiries_in_year"]].count("0")):
        yield raw.problem("section 47 count", zeros=zeros, column="enquiries_in_year")


def check_births(raws: Mapping[str, Raw]) -> dict[str, list[Problem]]:
    """The children who have two dates of birth, in each list that names them."""
    born: dict[str, set[Any]] = {}
    both = {name: raw for name, raw in raws.items() if {"child_ref", "born_on"} <= set(raw.cells.columns)}
    pairs = {name: [tidy(each) for each in raw.cells["child_ref"]] for name, raw in both.items()}
    days = {name: _dates(raw.cells, "born_on").tolist() for name, raw in both.items()}
    for name in both:
        for child, day in zip(pairs[name], days[name], strict=True):
            born.setdefault(child, set()).update(() if day is pd.NaT else (day,))
    twice = {name: [len(born[child]) > 1 for child in pairs[name]] for name in both}
    return {name: list(_rows(raw, twice[name], "born_on", "two dates of birth")) for name, raw in both.items()}


def _dates(cells: pd.DataFrame, column: str) -> pd.Series[Any]:
    return read_column(cells[column], "date")[0]


def _doubts(column: ListColumn, raw: Raw, *, absent: bool) -> Doubts:
    """What the cells of one column show by themselves."""
    texts = [shown(cell) for cell in raw.cells[column.name]]
    if texts and not absent and not any(map(tidy, texts)):
        yield raw.problem("empty column", header=column.header, column=column.name)
    yield from _rows(raw, [bool(_ERROR.match(text)) for text in texts], column.name, "spreadsheet-error: list")
    if column.kind in _SHAPES:
        case, shape = _SHAPES[column.kind]
        yield from _rows(
            raw, [bool(tidy(text)) and not shape.fullmatch(tidy(text)) for text in texts], column.name, case
        )


def _ages(name: str, raw: Raw, born: pd.Series[Any]) -> Doubts:
    ages = pd.to_numeric(raw.cells["age"], errors="coerce")
    if (ages % 1 > 0).any():
        yield raw.problem("fractional age", column="age")
    yield from _rows(raw, born.isna() & ages.notna(), "born_on", "no date of birth")
    if name in _CHILDREN:
        yield from _rows(raw, ages >= 18, "age", "not a child")


def _births(name: str, raw: Raw, born: pd.Series[Any], began: pd.Series[Any]) -> Doubts:
    ahead = (born - began).dt.days
    unborn = (ahead > 0) & (ahead <= _PREGNANCY) & (name not in _NEVER_UNBORN)
    column = _BEGINS[name]
    yield from _rows(raw, unborn, column, "unborn child")
    yield from _rows(raw, (ahead > 0) & ~unborn, column, "before birth")


def _rows(raw: Raw, broken: Sequence[bool] | pd.Series[Any], column: str, case: str) -> Doubts:
    wrong = pd.Series(broken, index=raw.cells.index, dtype="boolean").fillna(False).astype(bool)
    for row, value in raw.cells.loc[wrong, column].items():
        yield raw.problem(case, row=int(str(row)), column=column, value=shown(value))
