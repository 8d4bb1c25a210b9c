"""Find the table in a sheet: title lines above, headers over one or two rows, teams as sub-headings.

People lay returns out for people. The header is the row whose cells are best known; what
stands above it, between the rows and below them is told apart by its shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ilacs_audit.intake.cells.footers import is_total, like_a_reference, totals
from ilacs_audit.intake.cells.grid import Cells, grid
from ilacs_audit.intake.cells.spelling import clean, fold, written
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.tables.headers import header_row
from ilacs_audit.intake.tables.usual import read_by

Lines = tuple[tuple[int, str], ...]
_SEARCHED = 60
_SPARSE = 4
_WORDS_OF_A_NAME = 2
_MANAGER = re.compile(r"\s*[–—-]\s*(?:TM|team manager|manager|ATM|practice lead)\b.*$", re.IGNORECASE)
_NOTE = re.compile(r"^(key|signed|nb|note|n\.b\.|\*)\b", re.IGNORECASE)
_SECTION = re.compile(r"^\s*team\s*[:–-]\s*", re.IGNORECASE)


@dataclass(frozen=True)
class SheetTable:
    """A table found in a sheet. Rows and columns are counted from 0 in the grid, which begins `top` rows down.

    `lines` stand alone between and below the rows; `totals` are rows that sum up others.
    """

    sheet: Sheet
    header_row: int
    headers: tuple[str, ...]
    body: npt.NDArray[np.intp]
    preamble: tuple[str, ...]
    lines: Lines
    rows: npt.NDArray[np.intp] | None = None
    spots: Mapping[tuple[int, str], int] = field(default_factory=dict)
    letters: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    totals: Lines = ()
    top: int = 0

    def spot(self, entry: int, header: str) -> tuple[int, str]:
        """The row of a file's cell as Excel shows it, and its header; with its column where a row is not enough."""
        row = self.spots.get((entry, header), int(self.excel_rows[entry]))
        return row, f"{header}, {self.letters[entry]}" if self.letters else header

    def column(self, place: int) -> list[Any]:
        """The body cells of one column; booleans as the words Excel shows."""
        cells: list[Any] = self._columns[place].tolist()
        if bool in set(map(type, cells)):
            return [written(cell) if isinstance(cell, bool) else cell for cell in cells]
        return cells

    def distinct(self, place: int) -> tuple[npt.NDArray[np.intp], list[Any]]:
        """The different body cells of one column, and for each body row which of them it holds."""
        codes, cells = pd.factorize(self._columns[place], use_na_sentinel=False)
        if any(cell in (0, 1) for cell in cells):  # Python takes TRUE for 1, but a person does not
            codes, cells = pd.factorize(np.array(self.column(place), dtype=object), use_na_sentinel=False)
        return codes, cells.tolist()

    def only(self, kept: Sequence[int]) -> SheetTable:
        """The table with some of its rows, by their places."""
        places = {old: new for new, old in enumerate(kept)}
        spots = {(places[old], header): row for (old, header), row in self.spots.items() if old in places}
        letters = tuple(self.letters[old] for old in kept) if self.letters else ()
        rows = None if self.rows is None else self.rows[list(kept)]
        return replace(self, body=self.body[list(kept)], rows=rows, spots=spots, letters=letters)

    @cached_property
    def _columns(self) -> Cells:
        """The body turned on its side, so that a column is one stretch of memory."""
        return np.ascontiguousarray(self.sheet.cells[self.body].T)

    @property
    def excel_rows(self) -> npt.NDArray[np.intp]:
        """The row numbers as Excel shows them."""
        return self.body + self.top + 1 if self.rows is None else self.rows


def laid_out(
    sheet: Sheet, headers: Sequence[str], rows: list[list[Any]], *, header_row: int, stood: Sequence[int], **more: Any
) -> SheetTable:
    """A table of rows that stand otherwise in their sheet: `stood` are their row numbers there, as Excel shows them."""
    new = replace(sheet, cells=grid([list(headers), *rows]))
    body, numbers = np.arange(1, len(rows) + 1, dtype=np.intp), np.array(stood, dtype=np.intp)
    return SheetTable(new, header_row, tuple(headers), body, lines=(), rows=numbers, **more)


def find_table(sheet: Sheet, known: Callable[[str], bool]) -> SheetTable | None:
    """The table whose header row has the most known headers; None where no row has two."""
    cells = sheet.cells
    labels = (_labels(cells, row, known) for row in range(len(cells)))
    row, named = header_row(labels, lambda text: text if text and known(text) else None, within=_SEARCHED)
    return _table(sheet, row, known) if named > 1 else None


def likely_table(sheet: Sheet) -> SheetTable | None:
    """The likeliest table of a sheet in which nothing is known yet, for proposals."""
    counts = [sum(isinstance(cell, str) and len(cell.strip()) > 1 for cell in row) for row in sheet.cells[:_SEARCHED]]
    most = max(counts, default=0)
    return _table(sheet, counts.index(most), lambda header: False) if most > 1 else None


def _labels(cells: Cells, row: int, known: Callable[[str], bool]) -> list[str]:
    """The header of each column: its own cell, or the one above where its own is blank."""
    own = [written(cell) for cell in cells[row]]
    above = [written(cell) for cell in cells[row - 1]] if row else [""] * len(own)
    if sum(map(bool, own)) < 2 or sum(map(bool, above)) < 2:
        return own
    carried = accumulate(above, _carried)
    doubled = {text for text in own if text and own.count(text) > 1}
    return [
        f"{group}: {text}" if text in doubled and _heads_two(group, text, known) else text or lone
        for text, group, lone in zip(own, carried, above, strict=True)
    ]


def _heads_two(group: str, text: str, known: Callable[[str], bool]) -> bool:
    """Whether a title over several columns belongs to each header below it, as a question over its two readers."""
    of_a_question = len(group.split()) > _WORDS_OF_A_NAME and bool(read_by(f"{group}: {text}")[1])
    return bool(group) and (of_a_question or not known(text))


def _carried(last: str, text: str) -> str:
    return text or last


def _table(sheet: Sheet, header: int, known: Callable[[str], bool]) -> SheetTable:
    cells = sheet.cells
    body, lines, sums = _body(cells, header)
    above = [written(cell) for row in cells[:header] for cell in row]
    labels = tuple(_labels(cells, header, known))
    return SheetTable(sheet, header, labels, body, tuple(filter(None, above)), lines, totals=sums)


def _body(cells: Cells, header: int) -> tuple[npt.NDArray[np.intp], Lines, Lines]:
    """The rows that hold answers, the lines of one cell between and below them, and the rows of totals."""
    below = cells[header + 1 :]
    counts = _counts(below)
    lone = {int(row) for row in np.flatnonzero(counts == 1) if not like_a_reference(_lone(below[row]))}
    again = {row for row, same in enumerate(repeats(cells, header)) if same}
    sums = totals(below) - lone - again
    odd = lone | sums | again
    plain = np.array([row for row in np.flatnonzero(counts) if row not in odd], dtype=np.intp)
    lines, summed = (
        tuple((row + header + 1, _lone(below[row])) for row in sorted(found)) for found in (lone - again, sums)
    )
    return plain + header + 1, lines, summed


def _counts(cells: Cells) -> npt.NDArray[np.intp]:
    """How many cells of each row hold something. Only sparse rows are looked at for lone spaces."""
    counts: npt.NDArray[np.intp] = (cells != "").sum(axis=1)
    for row in np.flatnonzero((counts > 0) & (counts <= _SPARSE)):
        counts[row] = sum(bool(written(cell)) for cell in cells[row])
    return counts


def repeats(cells: Cells, header: int) -> list[bool]:
    """Whether each row below a header is the header again, as on a second printed page."""
    first = [fold(written(cell)) for cell in cells[header]]
    place = next((place for place, text in enumerate(first) if text), 0)
    raw = cells[header, place]
    return [
        cell == raw and [fold(written(each)) for each in row] == first
        for cell, row in zip(cells[header + 1 :, place], cells[header + 1 :], strict=True)
    ]


def _lone(row: npt.NDArray[np.object_]) -> str:
    return next((written(cell) for cell in row if written(cell)), "")


def heading(text: str) -> str:
    """A sub-heading without its manager.

    >>> heading("SAFEGUARDING NORTH – TM Malcolm Lloyd")
    'SAFEGUARDING NORTH'
    """
    return clean(_SECTION.sub("", _MANAGER.sub("", text)))


def said_teams(table: SheetTable) -> tuple[str, ...]:
    """The sub-headings that say themselves that they are a team's: "Team: ..." or "... – TM somebody"."""
    return tuple(heading(text) for _, text in table.lines if _MANAGER.search(text) or _SECTION.match(text))


def headings(table: SheetTable, is_team: Callable[[str], bool]) -> tuple[str, ...]:
    """The team heading that each body row stands under, "" where there is none.

    A lone line between the rows heads the rows below it; one that no team is known by counts
    only where it says so ("Team: ..." or "... – TM somebody") or no team is known at all.
    """
    found = _heads(table, is_team)
    names = ["", *found.values()]
    return tuple(names[place] for place in np.searchsorted(list(found), table.body))


def left_out(table: SheetTable, is_team: Callable[[str], bool]) -> list[tuple[int, str]]:
    """What stands below the header and is no file: totals and lines that head nothing, each with its row in Excel."""
    heads = _heads(table, is_team)
    lines = [(row, text) for row, text in table.lines if row not in heads and not is_team(heading(text))]
    return [(row + table.top + 1, text) for row, text in sorted([*lines, *table.totals])]


def _heads(table: SheetTable, is_team: Callable[[str], bool]) -> dict[int, str]:
    last = int(table.body[-1]) if table.body.size else -1
    heads = {row: heading(text) for row, text in table.lines if row < last and not _NOTE.match(text)}
    known = [row for row, text in heads.items() if is_team(text)]
    if not known and not said_teams(table):
        return {}
    return {row: text for row, text in heads.items() if row in known or not is_total(text)}
