"""What readers graded, as one plain file for other councils: pack, question, reader id and grade, and no names."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.disclosure.safe_text import inert_cell
from ilacs_audit.domain.catalogue.gym import GRADES, Pack
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.spelling import clean, fold, written
from ilacs_audit.intake.files.workbook import read_sheets
from ilacs_audit.intake.gym.filled import reader_id
from ilacs_audit.intake.gym.keys import item_print
from ilacs_audit.intake.problems import Problem, problem

COLUMNS = ("council", "pack", "question", "standard", "reader", "grade")
LONGEST = 40  # letters of a council's name, which stands as a label
Record = dict[str, Any]


def results_csv(gradings: pd.DataFrame) -> bytes:
    """Our own grades of every pack as other councils read them."""
    file = io.StringIO(newline="")
    sheet = csv.writer(file)
    sheet.writerow(COLUMNS)
    ours = gradings[gradings["ours"]]
    for row in ours[["council", "pack", "item", "standard_id", "reader", "grade"]].itertuples(index=False):
        sheet.writerow([inert_cell(each) for each in row])
    return file.getvalue().encode("utf-8-sig")


def read_results(
    path: Path, *, packs: Mapping[str, Pack], council: str, name: str
) -> tuple[list[Record], list[Problem]]:
    """The grades of another council, and a problem for each row that cannot be counted.

    A record has `council`, `pack` (its code), `item`, `reader` and `grade`.
    """
    try:
        cells = read_sheets(path)[0].cells.tolist()
    except ReturnsError as no:
        return [], [problem("unreadable-file", what=no.what, fix=no.fix, file=name)]
    heads = [fold(written(cell)) for cell in cells[0]] if cells else []
    if gone := [each for each in COLUMNS if each not in heads]:
        return [], [problem("results-file", reason=f"The file has no column {', '.join(gone)}.", file=name)]
    at = [heads.index(each) for each in COLUMNS]
    rows = [[clean(written(row[place])) for place in at] for row in cells[1:]]
    if any(fold(row[0]) == fold(council) for row in rows):
        return [], [problem("own-results", file=name)]
    records, problems = list[Record](), list[Problem]()
    for number, (record, reason) in enumerate(_read(rows, packs), start=2):
        if reason:
            problems.append(problem("results-file", reason=reason, row=number, file=name))
        elif record:
            records.append(record)
    return records, problems


def _read(rows: list[list[str]], packs: Mapping[str, Pack]) -> Iterator[tuple[Record, str]]:
    """Each row as a record, or why it is none; a blank row is neither."""
    items = {code: {item_print(v, asked) for v in pack.vignettes for asked in v.asked} for code, pack in packs.items()}
    seen: set[tuple[str, ...]] = set()
    for council, code, item, _, said, grade in rows:
        reader, about = reader_id(said), (fold(council), code, item, said)
        if not any((council, code, item, said, grade)):
            yield {}, ""
        elif not council or len(council) > LONGEST:
            yield {}, "The row names no council, or one of more than 40 letters."
        elif code not in packs:
            yield {}, "The key of its pack is not in this folder."
        elif item not in items[code]:
            yield {}, "The question is none of its pack."
        elif not reader:
            yield {}, "The reader id is not a letter with two or three digits and could be a name."
        elif grade not in GRADES:
            yield {}, f"The grade is none of: {', '.join(GRADES)}."
        elif about in seen:
            yield {}, "The same reader has graded the question in a row above."
        else:
            seen.add(about)
            yield {"council": council, "pack": code, "item": item, "reader": reader, "grade": grade}, ""
