"""One answer at the desk: its sentence, chart and table in one output, to be read and to be copied."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ilacs_audit.display.dress import copied, dressed, spoken
from ilacs_audit.display.fragments import Fragment, fragment
from ilacs_audit.display.tables.cells import PageTable, text_table

Lines = Sequence[Sequence[str]]
_FIGURE = re.compile(r"[−+(\[]?\d")


@dataclass(frozen=True, repr=False)
class Answer:
    """The pieces of one answer, shown together. `print(...)` gives all of it as text, its tables with tabs."""

    pieces: tuple[Fragment, ...]

    @property
    def html(self) -> str:
        """The pieces as they stand on a page."""
        return "".join(piece.html for piece in self.pieces)

    def __repr__(self) -> str:
        return spoken(self.html)

    def __str__(self) -> str:
        return copied(self.html)

    def _repr_html_(self) -> str:
        return dressed(self.html)


def table(caption: str, titles: tuple[str, ...], lines: Lines, *, finding: str = "", explain: str = "") -> Fragment:
    """A plain table under its sentence; the sentence alone where there is nothing to list."""
    if not lines:
        return said(finding, explain or "There are none.")
    made = _words_left(text_table(caption, titles, lines), lines)
    return fragment("answer", template="part.html.j2", finding=finding, explain=explain, table=made)


def _words_left(made: PageTable, lines: Lines) -> PageTable:
    """The table with short words to the left, as only figures are compared by their ends."""
    told = zip(made.columns, zip(*lines, strict=True), strict=True)
    kept = (each.kind != "num" or any(map(_FIGURE.match, texts)) for each, texts in told)
    columns = (each if as_it_is else replace(each, kind="") for each, as_it_is in zip(made.columns, kept, strict=True))
    return replace(made, columns=tuple(columns))


def said(heading: str, *lines: str) -> Fragment:
    """Sentences, a paragraph each, under a heading."""
    return fragment("answer", template="list.html.j2", heading=heading, items=[line for line in lines if line])
