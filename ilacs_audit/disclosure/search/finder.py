"""Find thousands of names in a text by walking its words once.

The words of a name are run together ("annajones"), and so are the words of the text from
every starting point for as long as they still begin some name. That finds "Anna Jones",
"ANNA  JONES", "Anna-Jones", "A n n a Jones" and "AnnaJones" alike, and the time taken
hardly depends on how many names there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ilacs_audit.disclosure.search.initials import Initials
from ilacs_audit.disclosure.search.ordinary_words import BEFORE_A_NUMBER, ORDINARY
from ilacs_audit.disclosure.search.undisguise import words

_SHORTEST_WORD = 3
_SHORTEST_REFERENCE = 4
_GROUPED_DIGITS = 8
_LONG_ENOUGH_IN_NOISE = 6


class IdentifierFinder:
    """The identifiers of a run, ready to be looked for."""

    def __init__(self, identifiers: Iterable[str]) -> None:
        known = sorted(identifiers)
        self._initials = Initials(known)
        self._names: dict[str, str] = {}
        for identifier in known:
            for variant in _variants(words(identifier)):
                self._names.setdefault(variant, identifier)
        self._beginnings = {name[:end] for name in self._names for end in range(1, len(name) + 1)}

    def find(self, text: str, *, noisy: bool = False) -> set[str]:
        """The identifiers in a text; in noise (bytes that happen to be legible) only long ones."""
        read = words(text)
        beginnings = self._beginnings
        starts = [place for place, word in enumerate(read) if word in beginnings]
        found = {name for place in starts for name in self._from(read, place)}
        whole = {self._names[name] for name in found if not noisy or len(name) >= _LONG_ENOUGH_IN_NOISE}
        return whole if noisy else whole | self._initials.find(text)

    def _from(self, read: list[str], place: int) -> Iterator[str]:
        run, end = "", place
        while end < len(read) and (run := run + read[end]) in self._beginnings:
            end += 1
            if run in self._names and _believable(run, read, place, end):
                yield run


def _variants(name: list[str]) -> Iterator[str]:
    """The name as written, its last word first, and its first word last."""
    orders = (name, [*name[-1:], *name[:-1]], [*name[1:], *name[:1]])
    for order in orders:
        run = "".join(order)
        if _worth_finding(name, run):
            yield run


def _worth_finding(name: list[str], run: str) -> bool:
    """Whether the run is long and rare enough to mean a person."""
    if any(letter.isdigit() for letter in run):
        return len(run) >= _SHORTEST_REFERENCE
    return len(run) >= _SHORTEST_WORD and (len(name) > 1 or run not in ORDINARY)


def _believable(run: str, read: list[str], place: int, end: int) -> bool:
    """Whether digits that look like a reference are one: numbers are all over a page.

    Digits broken into groups count from eight on; four digits count after a word like "case".
    """
    if not run.isdigit():
        return True
    if end - place > 1:
        return len(run) >= _GROUPED_DIGITS
    return len(run) > _SHORTEST_REFERENCE or (place > 0 and read[place - 1] in BEFORE_A_NUMBER)
