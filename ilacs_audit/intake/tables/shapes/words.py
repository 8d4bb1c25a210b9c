"""What a cell's text could be: a field's label, a standard's wording, an answer, a mark, a reference, a name.

A layout is told by what stands where. Nothing is guessed from a position alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import read_answer, spellings
from ilacs_audit.intake.tables.columns import Recogniser, Target
from ilacs_audit.intake.tables.usual import unit_fields

_TICKS = frozenset({"✓", "✔", "√", "ü", "☑", "✅", "●", "•", "1", "true", "yes", "y", "tick", "ticked"})
_CROSSES = frozenset({"x", "✗", "✘", "×", "☒"})
_EMPTY = frozenset({"", "☐", "□", "false", "0", "-", "–"})
_REFERENCE = re.compile(
    r"^(?:(?:case|child|person|client)?\s*(?:ref|id|no)\b\.?:?\s*)?[A-Z]{0,6}[-/]?\d[\w/-]{3,}$", re.I
)
_NAME = re.compile(r"^[^\W\d_][\w.'’-]*(?:,? [^\W\d_][\w.'’-]*){0,3}$")
_COMMENTING = "comment comments commentary evidence note notes narrative rationale reason reasons"
_ANSWERING = "answer answers response judgement judgment rating outcome score result met finding"
_OF_OTHERS = """
jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september
october november december quarter week month year
north south east west central team service locality area agency health police school education
auditor moderator manager worker reviewer reader self first second lead owner
assessment agreed final target baseline previous current actual change all overall judgements
guidance weight weighting criteria action actions deadline due source section domain priority rag
"""
_COMMENT_WORDS, _ANSWER_WORDS = frozenset(_COMMENTING.split()), frozenset(_ANSWERING.split())
_NO_NAMES = frozenset(_OF_OTHERS.split()) | _COMMENT_WORDS | _ANSWER_WORDS
_TITLES = re.compile(r"^[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*|de|van|von|al|el|bin)){1,3}$")


@dataclass(frozen=True)
class Words:
    """What is known of the words of an audit's sheets; `unit` is what one row is about."""

    recogniser: Recogniser
    unit: str = "file"

    def known(self, text: str) -> bool:
        """Whether a header has a meaning."""
        return isinstance(self.recogniser.target(text), (Target, tuple))

    def target(self, cell: Any) -> Target | None:
        """What a cell stands for if it is a header."""
        text = cell.strip() if isinstance(cell, str) else ""
        found = self.recogniser.target(text) if text else None
        return found if isinstance(found, Target) else None

    def standard(self, cell: Any) -> str:
        """The id of the standard whose wording the cell is, or ""."""
        found = self.target(cell)
        return found.name if found and found.kind == "standard" else ""

    def field(self, cell: Any) -> str:
        """The field whose label the cell is, or ""."""
        found = self.target(cell)
        return found.name if found and found.kind == "field" else ""

    def fields(self, headers: Sequence[str]) -> dict[str, int]:
        """The fields that a table's headers stand for, each with its place."""
        told = enumerate(self.recogniser.targets(headers))
        return {each.name: place for place, each in told if isinstance(each, Target) and each.kind == "field"}

    def answer(self, cell: Any, standard: str, *, beside: int = 0) -> str:
        """The answer on a standard's own scale that a cell is, with up to so many letters behind it, or ""."""
        if isinstance(cell, bool):
            cell = written(cell)
        found = read_answer(cell, self.recogniser.standards[standard].scale, self._spellings[standard])
        return found.answer if len(found.words) <= beside else ""

    def option(self, cell: Any, standards: Sequence[str]) -> bool:
        """Whether a cell is an answer's own word, as over a column of ticks."""
        text = written(cell)
        return bool(text) and not text.isdigit() and any(self.answer(text, each) for each in standards)

    @cached_property
    def _spellings(self) -> dict[str, dict[str, str]]:
        learnt = self.recogniser.columns.answers
        return {each.id: spellings(each.scale, learnt) for each in self.recogniser.standards.values()}

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The fields that name what one row is about."""
        return unit_fields(self.unit)

    def heads_a_child(self, cell: Any) -> str:
        """The kind of a header over a column of answers: reference, name, day, or "" where it may be anything.

        One word alone (a team may be called Willow), or one that a header, a team or a reader could have, is no name:
        whose column it is would be a guess.
        """
        if isinstance(cell, date):
            return "day"
        text = written(cell)
        if _REFERENCE.match(text):
            return "reference"
        folded = set(fold(text).split())
        ours = fold(text) in self.recogniser.columns.team_names or bool(self.target(text))
        odd = folded & _NO_NAMES or ours
        return "name" if " " in text and _NAME.match(text) and not odd else ""


def comments(cell: Any) -> bool:
    """Whether a header speaks of comments, such as "Evidence / comments"."""
    return not _COMMENT_WORDS.isdisjoint(fold(written(cell)).split())


def answers(cell: Any) -> bool:
    """Whether a header speaks of the answer itself, such as "Judgement"."""
    return not _ANSWER_WORDS.isdisjoint(fold(written(cell)).split())


def could_be_a_name(text: str) -> bool:
    """Whether a text could be a person's name, so that it is never shown.

    >>> could_be_a_name("Ava Moss"), could_be_a_name("Date plan was sent")
    (True, False)
    """
    return bool(_TITLES.match(text)) or (text.istitle() and " " not in text)


def mark(cell: Any) -> str:
    """What a cell under an option is: "tick", "cross", "" where it is left empty, else "text".

    >>> mark("✓"), mark("X"), mark(False), mark("see note")
    ('tick', 'cross', '', 'text')
    """
    text = written(cell).casefold()
    if text in _EMPTY:
        return ""
    return "tick" if text in _TICKS else "cross" if text in _CROSSES else "text"


def heads_people(headers: Sequence[str]) -> bool:
    """Whether most headers are references or could be people's names, as in a sheet with a column for each child.

    >>> heads_people(["Standard", "Ava Moss", "Ben Lakey"]), heads_people(["Team", "Is the plan clear?", "Grade"])
    (True, False)
    """
    told = [text for text in headers if text]
    people = [text for text in told if _REFERENCE.match(text) or _TITLES.match(text)]
    return 2 * len(people) > len(told)
