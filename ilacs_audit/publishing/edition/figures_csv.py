"""The figures beside the page: every released measure as a tidy table a spreadsheet can open.

With the same numbers hidden as on the page, because it is made from what the page was made from.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.data_sentences import data_sentence
from ilacs_audit.disclosure.safe_text import inert_cell
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL, published
from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain import given
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.domain.measures import RELEASE_TEXT, RELEASED_COLUMNS, measures, rows

_CONFIDENTIAL = CONFIDENTIAL.strip("[]")


def save_measures(released: pd.DataFrame, path: str | Path) -> Path:
    """Write released measures as CSV: UTF-8, one row a measure, `c` where a number is hidden.

    Raises DisclosureError on measures that have not been released.
    Example: `ia.save_measures(page.released, "figures.csv")`.
    """
    released = doors.findings(released)
    given.path(path, "save_measures")
    if not set(RELEASE_TEXT) <= set(released.columns):
        raise DisclosureError(
            "These measures have not been released.", fix="Pass them through ia.release(measures, audience=...)."
        )
    write_whole(Path(path), measures_csv([row._asdict() for row in rows(released)]))
    return Path(path)


def measures_csv(
    records: Sequence[Mapping[str, Any]],
    *,
    audit: str = "",
    unit: str = "",
    names: Mapping[str, str] | None = None,
    months: Mapping[str, str] | None = None,
) -> bytes:
    """Released records of a page about an audit as the bytes of a CSV, with nothing that a spreadsheet would run.

    A record about another audit, such as what came back of the round before, is that audit's. Where the `unit` that was
    read is known, each line ends with its sentence, to be copied with its figure; `names` are the standards' words, and
    `months` the months of periods whose evidence is older.
    """
    kept = [{name: each[name] for name in RELEASED_COLUMNS if name in each} for each in records]
    table = published(measures(kept).reindex(columns=list(RELEASED_COLUMNS)))
    hidden = table["status"] == "suppressed"
    numbers = table.select_dtypes("number").columns
    shown = table.astype(object).where(table.notna(), "")
    shown.loc[hidden, numbers] = shown.loc[hidden, numbers].replace("", _CONFIDENTIAL)
    if unit:
        known, when = names or {}, months or {}
        shown["sentence"] = [data_sentence(row, unit=unit, names=known, months=when) for row in rows(table)]
    shown.insert(0, "audit", table["level"].where(table["group"] == "audit", audit))
    return shown.map(inert_cell, numbers=True).to_csv(index=False, lineterminator="\n").encode()
