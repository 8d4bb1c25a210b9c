"""How files read look beside the list that they were drawn from: what chance says, and what could not be seen."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.readers.samples import FAIR, sample_words, unknown_words
from ilacs_audit.claims.words import capital
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.figures import k_of_n
from ilacs_audit.display.fragments import Fragment, Fragments, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable, text_table
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import Programme

LISTS = "Files read of the list that they were drawn from, and whether chance explains how the two differ."
SIDE_BY_SIDE = "Files read beside the whole list, group by group."


@accepts(Page, lambda page: {"released": page.released, "programme": page.about.handed.planned()})
def sample_table(released: pd.DataFrame, *, programme: Programme, finding: str = "") -> Fragments:
    """Show of each audit what chance says of its sample beside its list, and of which no list was supplied.

    The internal edition has the counts of each group too, folded. Nothing where no audit of children was read.
    """
    found = released_rows(released)
    samples = [row for row in found if row.measure == "sample_alike"]
    told = [row for row in samples if row.denominator is not None or row.hidden]
    unknown = unknown_words([row for row in samples if row not in told], programme)
    if not told:
        alone = fragment("sample_table", template="list.html.j2", heading=finding, items=[*unknown])
        return Fragments((alone if unknown else nothing("sample_table"),))
    lines = [Line(programme[row.level].title, (Cell(k_of_n(row)), Cell(sample_words(row)))) for row in told]
    columns = (Column("Audit"), Column("Read, of the list", "num"), Column("What chance says", "words"))
    said: dict[str, Any] = {"finding": finding, "note": " ".join((FAIR, *unknown))}
    table = PageTable(LISTS, columns, tuple(lines))
    made = fragment("sample_table", template="part.html.j2", table=table, data={"released": records(samples)}, **said)
    return Fragments((made, *_groups(found, told, programme)))


def _groups(found: Sequence[Row], told: Sequence[Row], programme: Programme) -> Iterator[Fragment]:
    """The groups of each sample beside those of its list; none where they are not told."""
    for sample in told:
        end = f" in {sample.level}"
        ours = [row for row in found if row.measure == "sample_group" and row.level.endswith(end) and not row.hidden]
        lines = [
            (
                f"{capital(row.group.removesuffix(' in a sample'))}: {row.level.removesuffix(end)}",
                k_of_n(row),
                row.reason,
            )
            for row in ours
        ]
        if lines:
            title = f"{programme[sample.level].title}: the files read beside the list"
            table = text_table(SIDE_BY_SIDE, ("Group", "Files read", "The list"), lines)
            about: dict[str, Any] = {"finding": title, "fold": "Group by group", "data": {"released": records(ours)}}
            yield fragment("sample_table", template="part.html.j2", table=table, **about)
