"""Find a register's file and its header row, and hand over the columns it is known to have.

Exports carry title rows, their own names for columns and columns nobody asked for. What is not
a column of the register is not read, so a child's name in it never enters the tables.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.footers import footers, told_rows
from ilacs_audit.intake.cells.spelling import squeezed
from ilacs_audit.intake.cells.typed import tidy
from ilacs_audit.intake.files.workbook import READABLE, Sheet, read_sheets
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.registers.fields import Field, names_of
from ilacs_audit.intake.tables.headers import column_places, header_row, rows_under

FOLDER = "registers"


class Raw(NamedTuple):
    """The cells of a table as they were sent, each row under its number in the file, and what is wrong around them."""

    file: str
    sheet: str
    cells: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    since_1904: bool = False

    def problem(self, case: str, **words: Any) -> Problem:
        """A problem of this table."""
        return problem(case, file=self.file, sheet=self.sheet, **words)


def own_files(evidence: Path, name: str) -> list[Path]:
    """Every readable file that goes by a register's name, or by a table's."""
    folder = evidence / FOLDER
    return [path for path in sorted(folder.glob(f"{name}.*")) if path.suffix.casefold() in READABLE]


def find_register(evidence: Path, name: str) -> Path | None:
    """The file of a register, or None. Raises ReturnsError where two files claim to be it."""
    files = own_files(evidence, name)
    if len(files) > 1:
        both = " and ".join(path.name for path in files)
        raise ReturnsError(f"Two files claim to be the {name} register: {both}.", where=FOLDER, fix="Keep one of them.")
    return files[0] if files else None


def read_raw(path: Path, fields: Mapping[str, Field]) -> Raw:
    """The register's own columns, and a warning for each that is missing or not known.

    Raises ReturnsError where no sheet has the columns without which a row means nothing.
    """
    sheets = read_sheets(path)
    return read_grid(path.name, [sheet for sheet in sheets if sheet.visible] or sheets, fields)


def read_grid(file: str, sheets: list[Sheet], fields: Mapping[str, Field]) -> Raw:
    """As `read_raw`, from sheets that are already open."""
    known = {squeezed(name): column for column in fields for name in reversed(names_of(column))} | {
        squeezed(column): column for column in fields
    }

    def meaning(heading: str) -> str | None:
        return known.get(squeezed(heading))

    rows = [header_row((map(tidy, row) for row in sheet.cells), meaning) for sheet in sheets]
    (header, named), sheet = max(zip(rows, sheets, strict=True), key=lambda each: each[0][1], default=((0, 0), None))
    if sheet is None or not named:
        raise no_columns(file, [column for column, field in fields.items() if field.required])
    places, strange = column_places([tidy(cell) for cell in sheet.cells[header]], meaning, where=file)
    under = rows_under(sheet.cells, header, places)
    raw = Raw(file, sheet.name, under[(under.notna() & (under != "")).any(axis=1)], (), sheet.facts.since_1904)
    problems = [raw.problem("unknown-column: register", row=header + 1, column=heading) for heading in strange]
    left = [header + 2 + row for row in _no_rows(sheet, header, places, fields)]
    problems += [raw.problem("left-out", rows=told_rows(left), row=left[-1])] if left else []
    return _complete(raw._replace(cells=raw.cells.drop(index=left, errors="ignore"), problems=(*problems,)), fields)


def _no_rows(sheet: Sheet, header: int, places: Mapping[str, int], fields: Mapping[str, Field]) -> list[int]:
    """The rows under the header that are totals or notes."""
    kinds = {places[column]: field.kind for column, field in fields.items() if column in places}
    references = [place for place, kind in kinds.items() if kind in ("child", "request")]
    names = [places[name] for name, field in fields.items() if name in places and field.required]
    under = np.where(pd.isna(sheet.cells[header + 1 :]), "", sheet.cells[header + 1 :])
    return footers(under, references=references, names=[place for place in names if place not in references])


def _complete(raw: Raw, fields: Mapping[str, Field]) -> Raw:
    """Add the columns a file leaves out, empty. Raises ReturnsError where a needed one is missing."""
    missing = [column for column in fields if column not in raw.cells]
    if needed := [column for column in missing if fields[column].required]:
        raise no_columns(raw.file, needed)
    filled = raw.cells.assign(**{column: "" for column in missing})[list(fields)].astype(object)
    named = [(column, ", ".join(names_of(column))) for column in missing if not fields[column].spare]
    told = [raw.problem("missing-column: register", names=names, column=column) for column, names in named]
    return raw._replace(cells=filled, problems=(*raw.problems, *told))


def no_columns(file: str, needed: list[str]) -> ReturnsError:
    """The refusal of a register for want of columns, and how each could be called."""
    told = "; ".join(
        f"{each}{named and f' ({named})'}" for each in needed for named in [", ".join(names_of(each)[1:4])]
    )
    what = f"The register lacks columns it cannot do without: {', '.join(needed)}."
    return ReturnsError(what, where=file, fix=f"Name them in the header row: {told}")
