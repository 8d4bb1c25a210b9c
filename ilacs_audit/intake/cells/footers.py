"""Which rows of a table are no files: totals, means, and what a report prints under itself.

A person or a team may be called Sum, Mean or Total, so a row is a total only by its words and its other cells together.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from ilacs_audit.claims.words import listed
from ilacs_audit.intake.cells.grid import Cells
from ilacs_audit.intake.cells.spelling import fold, written

_HEADS = "total totals subtotal subtotals sum average averages mean median percentage percent count"
_BESIDE = """
grand sub overall of for all the in per and met not no yes partly partially n a na number applicable files file cases
case children child people audits audit records record rows row returns return answers answer score scores rate
compliant non fully mostly green amber red outstanding good requires improvement inadequate teams
"""
_SUMMING = frozenset(_HEADS.split())
_WORDS = _SUMMING.union(_BESIDE.split())
_OF_SUMMARIES = """
majority mode result results key question questions previous last expected answer standard benchmark target baseline
compliance score number min max audit audits note notes mark marks rating yes no met compliant
"""
_OF_ALL = "all overall the teams team service whole combined summary files cases records"
_WHOLE = frozenset(_OF_ALL.split())
_SUMMARY = _SUMMING.union(_WHOLE, _OF_SUMMARIES.split())
_ENOUGH, _MOSTLY, _HEADS_AT_LEAST, _MARK = 5, 0.7, 3, 3
_NUMBERED = re.compile(r"[A-Za-z]{0,6}[ /-]?\d[\dA-Za-z-]*")
_NOT_KNOWN = frozenset(("", "unknown", "not known", "not recorded", "none", "tbc", "n a", "missing"))
_NUMBER_OF = ("no met", "number met", "number of", "no of")
_MAYBE = re.compile(rf"\b(?:{'|'.join(_HEADS.split())}|no|number)\b|%", re.IGNORECASE)
_PRINTED = re.compile(
    r"^(?:page\s*-?\d+\s*(?:of|/)|(?:report|list|data)\s+(?:run|printed|produced|generated|extracted)\b"
    r"|(?:printed|generated|produced|extracted|run)\s+(?:on|by|at|from)\b|end of (?:report|list|file)\b"
    r"|(?:records?|rows?)\s*:?\s*\d+$|\d+\s+(?:records?|rows?)\b)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"^(?:ref\.?\s*)?[A-Z/-]{0,6}\d[\w/-]{3,}$", re.IGNORECASE)
_LEAD = re.compile(r"^(?:case|child|person|client)?\s*(?:ref|reference|id|no|number)\b[.:#\s]*", re.IGNORECASE)
_LOOKED_AT = 500


def is_total(text: str) -> bool:
    """Whether a text says nothing but that it heads a total, a mean or a percentage.

    >>> [is_total(each) for each in ("Grand total: 4", "% met", "No. met", "Total Place", "Mean, Sarah", "No")]
    [True, True, True, False, False, False]
    """
    words = [word for word in fold(text.replace("%", " percent ")).split() if not word.isdigit()]
    heads = not _SUMMING.isdisjoint(words) or " ".join(words[:2]) in _NUMBER_OF
    return bool(words) and heads and _WORDS.issuperset(words)


def is_printed(text: str) -> bool:
    """Whether a text is what a report prints under its table.

    >>> is_printed("Page -1 of 1"), is_printed("Report run 21/11/2024"), is_printed("Page, Ellen")
    (True, True, False)
    """
    return bool(_PRINTED.match(text))


def like_a_reference(text: str) -> bool:
    """Whether a text has the shape of a reference: four letters or more, and no word beside its digits."""
    return bool(_REFERENCE.match(text))


def names_no_file(text: str) -> bool:
    """Whether a text that stands where a reference should is none, however short references are.

    >>> [names_no_file(each) for each in ("ref 12", "003 8586", "Confidential", "Run 21/11/2024", "AB")]
    [False, False, True, True, True]
    """
    bare = _LEAD.sub("", text)
    words = [word for word in re.findall(r"[^\W\d_]+", bare) if len(word) > 2]
    return not any(mark.isdigit() for mark in bare) or bool(words and " " in bare)


def ranges(numbers: Sequence[int], *, most: int = 1000) -> str:
    """Numbers as a person writes them.

    >>> ranges([3, 4, 5, 9]), ranges([3, 4, 5, 9], most=1)
    ('3-5, 9', '3-5 and more')
    """
    starts, ends = ([each for each in numbers if each + by not in numbers] for by in (-1, 1))
    spans = [str(one) if one == end else f"{one}-{end}" for one, end in zip(starts, ends, strict=True)]
    return ", ".join(spans[:most]) + (" and more" if len(spans) > most else "")


def told_rows(rows: Sequence[int], *, most: int = 6) -> str:
    """Rows in words, for a sentence about them.

    >>> told_rows([4]), told_rows([4, 8, 12])
    ('row 4', 'rows 4, 8 and 12')
    """
    more = [f"{len(rows) - most} more"] if len(rows) > most else []
    return f"row{'s' if len(rows) > 1 else ''} {listed([*map(str, rows[:most]), *more])}"


def totals(cells: Cells) -> set[int]:
    """The rows that sum up the others: headed by such words, with counts beside them and no reference; and pivots."""
    held: list[list[Any]] = cells.tolist()
    firsts = list(map(_first_text, held))
    pivots = _pivots(held, firsts)
    maybe = [(row, text) for row, text in enumerate(firsts) if text and _MAYBE.search(text) and row not in pivots]
    told = {row: text for row, text in maybe if _odd(cells[row].tolist()) <= 1}
    pivots |= {row for row, text in enumerate(firsts) if text and _of_all(text)} | _no_references(cells)
    pivots |= {row for row, text in enumerate(firsts) if text and _tallies(cells[row].tolist(), text)}
    told = {row: text for row, text in told.items() if row not in pivots}
    if not told:
        return pivots
    others = np.delete(cells, [*told, *pivots], axis=0)
    lengths = _lengths((others if len(others) else cells)[:_LOOKED_AT])
    return pivots | {row for row, text in told.items() if _sums_up(cells[row].tolist(), text, lengths)}


def _pivots(rows: Sequence[Sequence[Any]], firsts: Sequence[str]) -> set[int]:
    found: set[int] = set()
    counted = list(map(_counted, rows))
    for row, text in enumerate(firsts):
        if text == "Row Labels" or (counted[min(row + 1, len(rows) - 1)] and _words_of_answers(rows[row])):
            top = row - 1 if row and " of " in firsts[row - 1] else row
            blank = (each for each in range(row, len(rows)) if all(cell == "" for cell in rows[each]))
            found.update(range(top, next(blank, len(rows))))
    return found


def _counted(row: Sequence[Any]) -> bool:
    """Whether a row holds counts and nothing else, but for what it begins with."""
    beside = islice((cell for cell in row if cell != "" and written(cell)), 1, None)
    numbers = (isinstance(cell, int | float) and not isinstance(cell, bool) for cell in beside)
    return next(numbers, False) and all(numbers)


def _words_of_answers(row: Sequence[Any]) -> bool:
    """Whether a row holds words of answers, each once, as those that head a pivot; its first cell may be any."""
    words = [fold(text) for cell in row if (text := written(cell))][1:]
    different = len(set(words)) == len(words) > 1
    return different and all(text and _WORDS.issuperset(text.split()) for text in words)


def _no_references(cells: Cells) -> set[int]:
    """The rows that hold words of a summary, or a word of another column, where all others hold a reference."""
    for place, column in enumerate(cells.T.tolist()):
        texts = [written(cell) for cell in column]
        filled = [text for text in texts if text]
        told = {text for text in filled if _NUMBERED.fullmatch(text) and len(text) > _MARK}
        if len(filled) < _ENOUGH or len(told) < _MOSTLY * len(filled):  # marks are short, and come again
            continue
        more = (cells != "").sum(axis=1) > 1  # a cell alone is a heading
        odd = [(row, text) for row, text in enumerate(texts) if more[row] and text and not any(map(str.isdigit, text))]
        beside = {fold(written(cell)) for cell in np.delete(cells, place, axis=1).ravel().tolist() if odd} - _NOT_KNOWN
        summing = {row for row, text in odd if fold(text) in beside or _sums_words(text)}
        others = np.delete(cells, [row for row, _ in odd], axis=0)
        return {row for row in summing if not _heads(cells[row].tolist(), others)}
    return set()


def _heads(row: Sequence[Any], others: Cells) -> bool:
    """Whether a row heads a further table: words that differ, and that no other row holds in their columns."""
    filled = [(at, cell) for at, cell in enumerate(row) if written(cell)]
    alone = all(isinstance(cell, str) and not (others[:, at] == cell).any() for at, cell in filled)
    return alone and len({fold(written(cell)) for _, cell in filled}) == len(filled) >= _HEADS_AT_LEAST


def _sums_words(text: str) -> bool:
    words = fold(text).split()
    return 2 * sum(word in _SUMMARY for word in words) >= len(words) > 0


def _of_all(text: str) -> bool:
    """Whether a row speaks of all the others: "Overall", "All teams"; no reference does."""
    words = set(fold(text).split())
    alone = words & {"overall", "summary", "combined"}
    return _WHOLE.issuperset(words) and bool(alone or (len(words) > 1 and words & {"all", "whole"}))


def _tallies(row: Sequence[Any], text: str) -> bool:
    """Whether a row counts an answer: its word first, and nothing but counts beside it, more than one of them."""
    words = fold(text.replace("%", " percent ")).split()
    beside = [cell for cell in row if written(cell)][1:]
    answers = bool(words) and _WORDS.issuperset(words) and _SUMMING.isdisjoint(set(words) - {"percent"})
    return answers and len(beside) > 1 and not _odd(row) and not any(like_a_reference(written(cell)) for cell in beside)


def footers(cells: Cells, *, references: Collection[int], names: Collection[int] = ()) -> list[int]:
    """The rows of a list that are none of its rows: totals, and lines of one cell that stand for nothing.

    A cell alone is a row in a column of `references` if it could be one, and in a column of `names` unless it is a
    total or printed by a report.
    """
    found = totals(cells)
    for row in np.flatnonzero((cells != "").sum(axis=1) == 1):
        place = int(np.flatnonzero(cells[row] != "")[0])
        text = written(cells[row, place])
        fits = place in names or (place in references and not names_no_file(text))
        if not fits or is_total(text) or is_printed(text):
            found.add(int(row))
    return sorted(found)


def _sums_up(row: Sequence[Any], text: str, lengths: Mapping[int, set[int]]) -> bool:
    beside, odd = sum(bool(written(cell)) for cell in row) > 1, _odd(row)
    if any(len(told := written(row[n])) in known and like_a_reference(told) for n, known in lengths.items()):
        return False
    if is_total(text):
        return (beside or any(map(str.isdigit, text))) and odd <= bool(lengths)
    words = [word for word in fold(text).split() if word not in ("grand", "sub", "overall")]
    heads = "," not in text and not _SUMMING.isdisjoint((words[0], words[-1]))
    return beside and not odd and bool(lengths) and heads


def _odd(row: Sequence[Any]) -> int:
    return sum(not _counts(cell) for cell in [cell for cell in row if written(cell)][1:])


def _lengths(rows: Cells) -> dict[int, set[int]]:
    found = {}
    for place, column in enumerate(rows.T.tolist()):
        texts = [text for cell in column if (text := written(cell))]
        alike = {text for text in texts if like_a_reference(text)}
        if 2 * sum(text in alike for text in texts) > len(texts):
            found[place] = set(map(len, alike))
    return found


def _first_text(row: Sequence[Any]) -> str:
    """The first cell, if it is a text, by which totals are told."""
    for cell in row:
        if cell != "":
            return written(cell) if isinstance(cell, str) and not cell[:1].isdigit() else ""
    return ""


def _counts(cell: Any) -> bool:
    """Whether a cell is a count, a share or a dash, as in a row of totals: 12, "66%", "4 of 6", "Yes: 4"."""
    if isinstance(cell, int | float):
        return not isinstance(cell, bool)
    words = fold(written(cell)).split()
    told = any(map(str.isdigit, words)) and all(word.isdigit() or word in _WORDS for word in words)
    return not words or told or words == ["n", "a"]
