"""Tables beside one another and under one another in one sheet: each is cut out, with the rows it stood in."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.files.workbook import Sheet, letter
from ilacs_audit.intake.tables.layout import SheetTable, find_table, repeats
from ilacs_audit.intake.tables.shapes.choices import groups, ticked
from ilacs_audit.intake.tables.shapes.words import Words

_LONGEST_HEADER = 300
_SEARCHED_WHOLE = 3000


def blocks(sheet: Sheet, words: Words) -> list[SheetTable]:
    """Every table of a sheet whose questions stand across; of tables beside one another a row alone is no place."""
    table = find_table(sheet, words.known)
    strips = _strips(sheet, table, words) if table else []
    tables = [(first, each) for first, strip, found in strips for each in _under(strip, found, words)]
    if len(strips) == 1:
        return [table for _, table in tables]
    beside = ((table, f"table from column {letter(first + 1)}") for first, table in tables)
    return [replace(table, letters=(said,) * len(table.body)) for table, said in beside]


def _strips(sheet: Sheet, table: SheetTable, words: Words) -> list[tuple[int, Sheet, SheetTable]]:
    """The sheet cut between tables that stand beside one another, if each has references and answers of its own."""
    filled = (sheet.cells != "").any(axis=0)
    gaps = [n for n in range(1, len(filled)) if filled[n] and not filled[n - 1]]
    for starts in ([0, *gaps], _again(table, words)):
        pairs = zip(starts, [*starts[1:], sheet.cells.shape[1]], strict=True)
        parts = [(first, replace(sheet, cells=sheet.cells[:, first:end])) for first, end in pairs]
        found = [_whole(each, words) for _, each in parts] if len(parts) > 1 else []
        if found and all(found):
            return [(first, each, own) for (first, each), own in zip(parts, found, strict=True) if own]
    return [(0, sheet, table)]


def _again(table: SheetTable, words: Words) -> list[int]:
    targets = [words.target(text) for text in table.headers]
    first = next((each for each in targets if each), None)
    places = [n for n, each in enumerate(targets) if each == first and first is not None]
    return [0, *places[1:]]


def _whole(sheet: Sheet, words: Words) -> SheetTable | None:
    """The table of a part whose own header names what was audited and asks something."""
    table = find_table(sheet, words.known)
    targets = {each for each in map(words.target, table.headers) if each} if table else set()
    named = any(each.kind == "field" and each.name in words.units for each in targets)
    asks = any(each.kind == "standard" or each.name == "grade" for each in targets)
    return table if named and asks else None


def _under(sheet: Sheet, table: SheetTable, words: Words) -> Iterator[SheetTable]:
    """The tables under one another: a header that is not the first one again starts a new table."""
    starts = [0, *(_top(sheet, row, words) for row in _headers(sheet, table, words))]
    for top, end in zip(starts, [*starts[1:], len(sheet.cells)], strict=True):
        part = replace(sheet, cells=sheet.cells[top:end]) if len(starts) > 1 else sheet
        found = find_table(part, words.known) if len(starts) > 1 else table
        if found is not None:
            told = _unticked(part, found.header_row, words)
            found = found if told is part else find_table(told, words.known) or found
            yield replace(found, header_row=found.header_row + top, top=top)


def _headers(sheet: Sheet, table: SheetTable, words: Words) -> list[int]:
    """The rows below a header that are headers too, in another order or with other columns."""
    current = [fold(written(cell)) for cell in sheet.cells[table.header_row]]
    least = max(2, len({words.target(cell) for cell in sheet.cells[table.header_row]} - {None}) // 2)
    found = []
    for row in _candidates(sheet, table, words):
        own = {words.target(cell) for cell in sheet.cells[row]} - {None}
        folded = [fold(written(cell)) for cell in sheet.cells[row]]
        if len(own) >= least and folded != current:
            found.append(row)
            current = folded
    return found


def _candidates(sheet: Sheet, table: SheetTable, words: Words) -> list[int]:
    """Rows below a header with a known header in them; of a long sheet only in the columns of few different cells.

    The first header again is among them: below a table in another order it heads a table of its own.
    """
    again = repeats(sheet.cells, table.header_row)
    rows = {table.header_row + 1 + place for place, same in enumerate(again) if same}
    for place in range(len(table.headers)):
        codes, cells = table.distinct(place)
        if len(cells) > _SEARCHED_WHOLE:
            continue
        short = [n for n, cell in enumerate(cells) if isinstance(cell, str) and len(cell) <= _LONGEST_HEADER]
        rows.update(table.body[np.isin(codes, [n for n in short if words.target(cells[n])])].tolist())
    return sorted(rows)


def _top(sheet: Sheet, row: int, words: Words) -> int:
    """The first row of a block: its header, with the titles that stand alone above it."""
    top = row
    while top and sum(bool(written(cell)) for cell in sheet.cells[top - 1]) <= 1:
        if any(words.heads_a_child(cell) == "reference" for cell in sheet.cells[top - 1]):
            break
        top -= 1
    return top


def _unticked(sheet: Sheet, header: int, words: Words) -> Sheet:
    """The sheet with one column for each question where tick columns stand under it."""
    if header + 1 >= len(sheet.cells):
        return sheet
    heads, options = sheet.cells[header], sheet.cells[header + 1]
    asked = {n: each for n, cell in enumerate(heads) if (each := words.standard(cell))}
    body = sheet.cells[header + 2 :]
    spans = {}
    for place, each in asked.items():
        end = next((n for n in range(place + 1, len(heads)) if written(heads[n])), len(heads))
        told = {n: options[n] for n in range(place, end) if words.option(options[n], [each])}
        found = groups(told, body)
        if found and found[0].first == place:
            spans[place] = found[0]
    if not spans:
        return sheet
    cells = sheet.cells.copy()
    for place, group in spans.items():
        cells[header + 2 :, place] = [ticked(row, group) for row in body]
        cells[header : header + 2, place] = [heads[place], ""]
    drop = [n for group in spans.values() for n in group.options if n != group.first]
    lower = [n for n in range(len(heads)) if n not in drop and not written(cells[header, n])]
    cells[header, lower] = cells[header + 1, lower]
    cells[header + 1, :] = ""
    return replace(sheet, cells=np.delete(cells, drop, axis=1))
