"""Turn a long table (a row for each question) into a wide one (a row for each file).

Case systems export a row for each answer. Laid out wide, such an export passes the same
reading and the same checks as a sheet made by hand.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.tables.layout import SheetTable, laid_out
from ilacs_audit.intake.tables.usual import UNITS

QUESTION, ANSWER, CODE = "question", "answer", "answer_code"
_VARYING = ("audited_on", "completed_on", "received_on", "status")


def widened(table: SheetTable, places: Mapping[str, int]) -> SheetTable:
    """The same answers with a column for each question; a file's row is the first it came from.

    `places` are the columns that stand for a field. Of the others, and of the dates, only what is the same
    on every row of a form tells one form from another: a question's number and an answer's code never do.
    """
    told = [places[name] for name in (ANSWER, "comment") if name in places]
    beside = [*told, *(places[name] for name in (QUESTION, CODE) if name in places)]
    shared = [place for place in range(len(table.headers)) if place not in beside]
    asked = [written(cell) for cell in table.column(places[QUESTION])]
    questions = [text for text in dict.fromkeys(asked) if text]
    columns = {place: table.column(place) for place in (*shared, *told)}
    if CODE in places:  # where the export gives no words
        pairs = zip(columns[places[ANSWER]], table.column(places[CODE]), strict=True)
        columns[places[ANSWER]] = [answer if written(answer) else code for answer, code in pairs]
    said = list(zip(*(columns[place] for place in told), strict=True))
    entries = _entries(_identities(columns, shared, places, asked), asked, said)
    firsts = [min(rows.values()) for rows in entries]
    for place in (place for place in shared if place not in places.values()):
        own = [[written(columns[place][row]) for row in rows.values()] for rows in entries]
        if any(len(set(each)) > 1 for each in own):  # it is about the answers, and says nothing of the file
            for first, each in zip(firsts, own, strict=True):
                columns[place][first] = " / ".join(filter(None, each))
    cells = [
        [*(columns[place][first] for place in shared)]
        + [columns[place][rows[text]] if text in rows else "" for text in questions for place in told]
        for first, rows in zip(firsts, entries, strict=True)
    ]
    named = [text if place == places[ANSWER] else table.headers[place] for text in questions for place in told]
    headers = [*(table.headers[place] for place in shared), *named]
    stood = table.excel_rows[firsts].tolist()
    spots = {(n, text): int(table.excel_rows[row]) for n, rows in enumerate(entries) for text, row in rows.items()}
    about = {"preamble": table.preamble, "top": table.top, "totals": tuple(sorted((*table.totals, *table.lines)))}
    return laid_out(table.sheet, headers, cells, header_row=table.header_row, stood=stood, spots=spots, **about)


def _identities(
    columns: Mapping[int, list[Any]], shared: Sequence[int], places: Mapping[str, int], asked: Sequence[str]
) -> list[tuple[Any, ...]]:
    """What tells one file's rows from another's: its fields, and what is the same on every row of a form."""
    fields = [place for name, place in places.items() if place in shared and name not in _VARYING]
    columns = {place: [written(cell).casefold() for cell in columns[place]] for place in shared}
    if not any(name in places for name in UNITS):
        return list(zip(*(columns[place] for place in shared), strict=True))
    keys = list(zip(*(columns[place] for place in fields), strict=True))
    more = [place for place in shared if place not in fields and _same_on_a_form(columns[place], keys, asked)]
    return list(zip(*(columns[place] for place in (*fields, *more)), strict=True))


def _same_on_a_form(cells: Sequence[Any], keys: Sequence[tuple[Any, ...]], asked: Sequence[str]) -> bool:
    """Whether a column has no more values on a file than a question of it was asked times."""
    values: dict[tuple[Any, ...], set[Any]] = {}
    times: dict[tuple[Any, ...], Counter[str]] = {}
    for cell, key, question in zip(cells, keys, asked, strict=True):
        values.setdefault(key, set()).add(cell)
        times.setdefault(key, Counter())[question] += 1
    return all(len(found) <= max(times[key].values()) for key, found in values.items())


def _entries(
    keys: Sequence[tuple[Any, ...]], asked: Sequence[str], said: Sequence[tuple[Any, ...]]
) -> list[dict[str, int]]:
    """Each file's row of each question; a question with two answers on one file starts a second entry.

    The same row exported twice says nothing new.
    """
    entries: list[dict[str, int]] = []
    latest: dict[tuple[Any, ...], dict[str, int]] = {}
    for row, (key, question) in enumerate(zip(keys, asked, strict=True)):
        if key in latest and question in latest[key] and said[latest[key][question]] == said[row]:
            continue
        if key not in latest or question in latest[key]:
            latest[key] = {}
            entries.append(latest[key])
        latest[key][question] = row
    return entries
