"""What several rows of a table would say in the same words, said once.

A reason of four lines under each of nine standards is read by nobody. What holds for every row is said over
the table, what holds for some is a numbered note under it, and a row keeps what is its own.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_LONG = 80  # fewer letters fit beside their row, and two rows may share them by accident
_SENTENCES = re.compile(r"(?<=[.?!]) (?=[A-Z])")


class Said(NamedTuple):
    """What holds for every row, the notes in the order of the table, and the words left to each row."""

    every: str
    notes: tuple[str, ...]
    rows: tuple[str, ...]


def said_once(reasons: Sequence[str]) -> Said:
    """Take what is shared out of the reasons of a table's rows.

    >>> said_once(["Two returns are missing. A rise of 20 points would show.", "Two returns are missing."])
    Said(every='Two returns are missing.', notes=(), rows=('A rise of 20 points would show.', ''))
    """
    told = [sentences(reason) for reason in reasons]
    shared = [each for each in told[0] if all(each in other for other in told)] if len(told) > 1 else []
    own = [" ".join(each for each in reason if each not in shared) for reason in told]
    notes = [each for each, rows in Counter(own).items() if rows > 1 and len(each) > _LONG]
    return Said(" ".join(shared), tuple(notes), tuple(_row(each, notes) for each in own))


def sentences(reason: str) -> list[str]:
    """A reason in its sentences; none where there is no reason."""
    return _SENTENCES.split(reason) if reason else []


def _row(words: str, notes: Sequence[str]) -> str:
    return f"See note {notes.index(words) + 1}." if words in notes else words
