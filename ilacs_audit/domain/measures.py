"""The shape in the middle: one row is one number we report, with all that qualifies it.

Analysis fills a Measure, claims add what may be said of it, disclosure decides what may be
seen, and display draws it. Nobody computes a number after this shape is made, so a chart,
a table and a sentence cannot disagree.

Text columns are never missing: an empty string says there is nothing to say. Counts are
whole numbers or missing; shares are fractions of one or missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from ilacs_audit.domain.given import a_column, table_of

SOME = "Give measures, such as those of ia.compliance(answers)."
TEXT = (
    "measure",
    "theme",
    "standard_id",
    "group",
    "level",
    "period",
    "method",
    "selection",
    "direction",
    "note",
)
COUNTS = ("numerator", "denominator", "population")
SHARES = ("value", "lower", "upper", "confidence", "target")
TIME = ("centre", "lower_limit", "upper_limit")
CLAIM_TEXT = ("verdict", "rule", "reason")
CLAIM_COUNTS = ("files_to_tell",)
RELEASE_TEXT = ("audience", "status")

MEASURE_COLUMNS = (
    "measure",
    "theme",
    "standard_id",
    "group",
    "level",
    "period",
    "numerator",
    "denominator",
    "population",
    "value",
    "lower",
    "upper",
    "confidence",
    "method",
    "selection",
    "direction",
    "target",
    "note",
)
CLAIM_COLUMNS = (*CLAIM_TEXT, *CLAIM_COUNTS)
RELEASED_COLUMNS = (*MEASURE_COLUMNS, *CLAIM_COLUMNS, *TIME, "signal", *RELEASE_TEXT)

HIDDEN = ("suppressed", "secondary")
KEY = ("measure", "theme", "standard_id", "group", "level", "period")

_ALL_TEXT = (*TEXT, *CLAIM_TEXT, "signal", *RELEASE_TEXT)
_ALL_COUNTS = (*COUNTS, *CLAIM_COUNTS)


class Row(NamedTuple):
    """One measure as plain values: `None` where a number is missing, '' where a word is."""

    measure: str
    theme: str
    standard_id: str
    group: str
    level: str
    period: str
    numerator: int | None
    denominator: int | None
    population: int | None
    value: float | None
    lower: float | None
    upper: float | None
    confidence: float | None
    method: str
    selection: str
    direction: str
    target: float | None
    note: str
    verdict: str
    rule: str
    reason: str
    files_to_tell: int | None
    centre: float | None
    lower_limit: float | None
    upper_limit: float | None
    signal: str
    audience: str
    status: str

    @property
    def hidden(self) -> bool:
        """Whether disclosure control has emptied this row."""
        return self.status in HIDDEN


def measures(entries: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Make a Measures frame from plain records; what a record leaves out is missing.

    Columns beyond the Measure are kept when any record has them (claims, release, time).
    Raises ValueError on a column that no shape knows, because a typo would vanish.

    >>> measures([{"measure": "compliance", "numerator": 24, "denominator": 30, "value": 0.8}])["level"].tolist()
    ['']
    """
    records = list(entries)
    names = {name for record in records for name in record}
    unknown = names - set(RELEASED_COLUMNS)
    if unknown:
        raise ValueError(f"Not a column of a measure: {', '.join(sorted(unknown))}")
    columns = [name for name in RELEASED_COLUMNS if name in MEASURE_COLUMNS or name in names]
    return pd.DataFrame({name: _typed([record.get(name) for record in records], name) for name in columns})


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give every column of a Measures frame its kind: words, whole counts or fractions."""
    kinds = {name: _typed(frame[name].tolist(), str(name)) for name in frame.columns}
    return pd.DataFrame(kinds).set_axis(frame.index)


def rows(frame: pd.DataFrame) -> Iterator[Row]:
    """Read a Measures frame row by row as plain values."""
    columns = [_plain(frame[name].tolist(), name) if name in frame else None for name in Row._fields]
    absent = [[_EMPTY[name]] * len(frame) for name in Row._fields]
    filled = [column if column is not None else empty for column, empty in zip(columns, absent, strict=True)]
    return map(Row._make, zip(*filled, strict=True))


def gather(*frames: pd.DataFrame) -> pd.DataFrame:
    """Put several Measures frames under each other, so that one gate sees a whole page at once."""
    filled = [frame for frame in frames if len(table_of(frame, ("measure",), "measures", SOME))]
    columns = [name for name in RELEASED_COLUMNS if any(name in frame.columns for frame in frames)]
    together = {name: [value for frame in filled for value in _values(frame, name)] for name in columns}
    return pd.DataFrame({name: _typed(values, name) for name, values in together.items()}) if filled else measures([])


def _values(frame: pd.DataFrame, name: str) -> list[Any]:
    return frame[name].tolist() if name in frame else [None] * len(frame)


def select(frame: pd.DataFrame, **wanted: str | tuple[str, ...]) -> pd.DataFrame:
    """The rows whose columns equal the given words, in their order. Raises UsageError on an unknown column.

    >>> frame = measures([{"measure": "compliance"}, {"measure": "moderated"}])
    >>> len(select(frame, measure="moderated"))
    1
    """
    keep = pd.Series(True, index=table_of(frame, (), "a table", SOME).index)
    for name, value in wanted.items():
        a_column(frame, name)
        keep &= frame[name].isin(value if isinstance(value, tuple | list) else (value,))
    return frame[keep]


_EMPTY = {name: "" if name in _ALL_TEXT else None for name in Row._fields}


def _typed(values: list[Any], name: str) -> pd.Series[Any]:
    """One column of one kind: what is missing is '' among words and missing among numbers."""
    if name in _ALL_TEXT:
        return pd.Series(["" if _missing(value) else str(value) for value in values], dtype=str)
    known = [None if _missing(value) or value == "" else value for value in values]
    if name in _ALL_COUNTS:
        return pd.Series(pd.array([value if value is None else int(value) for value in known], dtype="Int64"))
    return pd.Series([value if value is None else float(value) for value in known], dtype="float64")


def _plain(values: list[Any], name: str) -> list[Any]:
    if name in _ALL_TEXT:
        return ["" if _missing(value) else value for value in values]
    kind = int if name in _ALL_COUNTS else float
    return [None if _missing(value) else kind(value) for value in values]


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or value != value
