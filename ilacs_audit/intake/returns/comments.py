"""The free text of a table's rows: identifiers are hidden and flagged, for a person to decide."""

from __future__ import annotations

import pandas as pd

from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.identity.people import beside, name_parts, person
from ilacs_audit.intake.problems import Problem
from ilacs_audit.intake.returns.table_reader import COMMENT_COLUMNS, TableReader, each


def read_comments(reader: TableReader, problems: list[Problem]) -> pd.DataFrame:
    """Every comment under `COMMENT_COLUMNS`: `text` with identifiers hidden and flagged, `raw` as it was written."""
    found: list[tuple[int, str, str, str, str]] = []
    own = each(
        reader.cells("child_name"),
        lambda cell: frozenset(name_parts(" ".join((person(cell), *beside(cell, brackets=True))))),
    )
    for comment in reader.columns.comments:
        for entry, cell in enumerate(reader.column(comment.place)):
            text = written(cell)
            if len(text) > 1:
                masked = _flagged(reader, entry, comment.header, text, own[entry], problems)
                found.append((entry, comment.question, masked, text, comment.header))
    return pd.DataFrame(found, columns=list(COMMENT_COLUMNS))


def _flagged(
    reader: TableReader, entry: int, header: str, text: str, own: frozenset[str], problems: list[Problem]
) -> str:
    hits = reader.setting.finder.hits(text, own=own)
    if not hits:
        return text
    kinds = ", ".join(sorted({hit.kind for hit in hits}))
    problems.append(reader.problem("free-text-identifier", entry, header, text, kinds=kinds))
    return reader.setting.finder.masked(text, own=own)
