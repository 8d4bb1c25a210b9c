"""The forms of a month, each with the questions that stand out, what follows, and what a shorter one would lose."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.readers.form import LEFT_OUT, follows, how_far, in_short, lost, shows
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.figures import asks, k_of_n
from ilacs_audit.display.fragments import Fragment, Fragments, fragment, records, released_rows
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.standards import Standards

NONE = "No question stands out."
FOUND = (Column("Question"), Column("What its answers show", "words"), Column("What follows", "words"))
COUNTS = ("form_other", "form_outside", "form_agreed")
HEADS = ("Question", "Another answer than the usual", "Not applicable", "Same verdict from two readers")


@accepts(Page, lambda page: {"released": page.released, "standards": page.about.standards})
def form_tables(released: pd.DataFrame, *, standards: Standards) -> Fragments:
    """Show form by form the questions that stand out, what follows from it, and folded the counts of every question."""
    found = [row for row in released_rows(released) if row.measure.startswith("form_") and row.group == "audit"]
    forms = [[row for row in found if row.level == level] for level in dict.fromkeys(row.level for row in found)]
    return Fragments(tuple(_form(each, standards) for each in forms))


def _form(found: Sequence[Row], standards: Standards) -> Fragment:
    whole = {row.measure: row for row in found if not row.standard_id}
    codes = list(dict.fromkeys(row.standard_id for row in found if row.standard_id))
    left = [row for row in found if row.rule and row.reason == LEFT_OUT]
    first = sorted(codes, key=lambda code: min([_FIRST.index(_what(row)) for row in found if row.standard_id == code]))
    lines = [line for code in first for line in _found(code, found, standards)]
    twice = whole.get("form_twice")
    refused = whole.get("form_refused")
    heading, far = in_short(found[0].level, whole["form_spare"], twice, refused), how_far(twice, refused)
    data = {"released": records(found)}
    if not codes:
        return fragment("form", template="list.html.j2", heading=heading, items=[far], data=data)
    every = PageTable(
        "Every question of the form, over all its rounds.",
        _heads(),
        tuple(_counts(each, found, standards) for each in codes),
    )
    apart = PageTable("Questions that stand out, those first that could go.", FOUND, tuple(lines))
    told = " ".join(filter(None, (far, lost(left, whole.get("form_told")), "" if lines else NONE)))
    more: dict[str, Any] = (
        {"table": apart, "more": every, "more_said": _FOLD} if lines else {"table": every, "fold": _FOLD}
    )
    return fragment("form", template="part.html.j2", finding=heading, explain=told, data=data, **more)


_FOLD = "Every question, with its counts"


_FIRST = (LEFT_OUT, "F4", "F3", "F1", "F2", "F5", "")  # in the order in which a form is mended


def _what(row: Row) -> str:
    return LEFT_OUT if row.rule and row.reason == LEFT_OUT else row.rule


def _heads() -> tuple[Column, ...]:
    return (Column(HEADS[0]), *(Column(each, "num") for each in HEADS[1:]))


def _found(code: str, found: Sequence[Row], standards: Standards) -> list[Line]:
    """A line for a question of which something was found."""
    ours = [row for row in found if row.standard_id == code and row.rule]
    beside = next((row for row in ours if row.measure == "form_lower"), None)
    named = [row for row in ours if row is not beside]
    if not named:
        return []
    decided = [row for row in named if row.reason == LEFT_OUT] or named
    cells = (Cell(" ".join(shows(row, beside) for row in named)), Cell(" ".join(map(follows, decided))))
    return [Line(asks(code, standards), cells, code=code)]


def _counts(code: str, found: Sequence[Row], standards: Standards) -> Line:
    ours = {row.measure: row for row in found if row.standard_id == code}
    told = [ours.get(each) for each in COUNTS]
    usual = f"the usual answer: {ours['form_other'].note}" if ours["form_other"].note else "no answer"
    cells = [Cell("none" if row is None or not row.denominator else k_of_n(row)) for row in told]
    return Line(asks(code, standards), (replace(cells[0], small=(usual,)), *cells[1:]), code=code)
