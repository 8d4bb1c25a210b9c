"""The nine weaknesses that inspectors criticise, each beside what a council's own data show of it."""

from collections.abc import Iterator, Sequence

import pandas as pd

from ilacs_audit.claims.sentences.registers import name_of
from ilacs_audit.claims.verdicts.mirror import LINES, NINE
from ilacs_audit.claims.words import percent
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.figures import k_of_n, share
from ilacs_audit.display.fragments import Fragment, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable, verdict_cell
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row

FINDING = "What inspectors criticise elsewhere, and what our own data show"
SOURCE = "Quotations: Ofsted, reports of inspections of other councils, published on the day beside them."
COLUMNS = (
    Column("What inspectors criticise"),
    Column("What our data show", "words"),
    Column("Count", "num"),
    Column("Worth a look?"),
)
OPEN = "mirror_open"  # its note tells of actions that have no due day
UNSUPPLIED = "No data supplied"


@accepts(Page, lambda page: {"released": page.released})
def mirror_table(released: pd.DataFrame) -> Fragment:
    """Show each of the nine weaknesses with what an inspector wrote of it, the counts that tell of it, and the line."""
    found = [row for row in released_rows(released) if row.measure in LINES]
    if not found:
        return nothing("mirror")
    return fragment(
        "mirror",
        template="part.html.j2",
        data={"released": records(found)},
        finding=FINDING,
        table=PageTable("Each weakness, with the counts that tell of it.", COLUMNS, tuple(_lines(found))),
        note=SOURCE,
    )


def _lines(found: Sequence[Row]) -> Iterator[Line]:
    """A line a count; what an inspector wrote stands at the first of a weakness."""
    for before, row in zip((None, *found), found, strict=False):
        about = next(each for each in NINE if each.code == LINES[row.measure][0])
        again = before is not None and LINES[before.measure][0] == about.code
        wrote = f"“{about.quote}” ({about.published})" if about.quote and not again else ""
        yield _line(row, about.title, wrote)


def _line(row: Row, title: str, wrote: str) -> Line:
    line = f"worth a look above {percent(row.target)}" if row.target else "worth a look where more go down than up"
    told = Cell(UNSUPPLIED) if row.numerator is None and row.value is None and not row.hidden else verdict_cell(row)
    beside = share(row) if row.numerator is not None else ""
    cells = (
        Cell(name_of(row), (line, row.note) if row.measure == OPEN and row.note else (line,)),
        Cell(k_of_n(row), (beside,) if beside else ()),
        told,
    )
    return Line(title, cells, remark=wrote)
