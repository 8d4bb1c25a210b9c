"""The shape in the middle: one row is one number we report, with all that qualifies it.

Analysis fills a Measure, claims add what may be said of it, disclosure decides what may be
seen, and display draws it. Nobody computes a number after this shape is made, so a chart,
a table and a sentence cannot disagree.

Text columns are never missing: an empty string says there is nothing to say. Counts are
whole numbers or missing; shares are fractions of one or missing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilacs_audit.domain.given import a_column, table_of

SOME = "Give measures, such as those of ia.compliance(answers)."
HIDDEN = ("suppressed", "secondary")
AS_TOLD = "as told on "  # how the reason begins of a count that is left as it was, before its day
CROSS = " x "  # joins the two groups, and the two levels, of a two-way table

_EARLIER = re.compile(r"([\d,]+) of ([\d,]+) in (.+)")
_AS_WORDS = np.frompyfunc(str, 1, 1)


class Row(NamedTuple):
    """One measure as plain values: `None` where a number is missing, '' where a word is.

    `missing` counts the answers that never came; `lower` and `upper` hold whatever they are, and `lower_read`
    and `upper_read` are the range of the files read alone. `would_turn` of them would turn the verdict. `reference` is
    the code by which a reader names it, where a page told it.
    """

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
    missing: int | None
    lower_read: float | None
    upper_read: float | None
    verdict: str
    rule: str
    reason: str
    files_to_tell: int | None
    would_turn: int | None
    centre: float | None
    lower_limit: float | None
    upper_limit: float | None
    signal: str
    audience: str
    status: str
    reference: str

    @property
    def hidden(self) -> bool:
        """Whether disclosure control has emptied this row."""
        return self.status in HIDDEN

    @property
    def listed(self) -> int | None:
        """The length of the list where the range is in whole children of it."""
        return self.population if self.method in ("hypergeometric", "stratified", "sequence", "two-phase") else None

    @property
    def as_told(self) -> str:
        """That a count is left as an earlier edition told it, and on which day; else nothing."""
        return self.reason if self.reason.startswith(AS_TOLD) else ""


KEY = ("measure", "theme", "standard_id", "group", "level", "period")
RELEASE_TEXT = ("audience", "status")
MEASURE_COLUMNS = Row._fields[: Row._fields.index("missing")]
RELEASED_COLUMNS = Row._fields
WORDS = frozenset(name for name, kind in Row.__annotations__.items() if kind is str)
_WHOLE = frozenset(name for name, kind in Row.__annotations__.items() if kind == int | None)


def in_order(name: str) -> list[tuple[int, str]]:
    """The order in which people count codes, teams and months.

    >>> sorted(["PLN-10", "PLN-2", "PLN-1"], key=in_order)
    ['PLN-1', 'PLN-2', 'PLN-10']
    """
    return [(int(part or 0), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name)]


def earlier_round(note: str) -> tuple[int, int, str] | None:
    """Met, read and the month of the earlier round, as the note of a change tells them; None where it tells another.

    >>> earlier_round("1,012 of 2,040 in June 2024"), earlier_round("There is no earlier round of this standard.")
    ((1012, 2040, 'June 2024'), None)
    """
    told = _EARLIER.fullmatch(note)
    return None if told is None else (int(told[1].replace(",", "")), int(told[2].replace(",", "")), told[3])


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
    return _frame({name: [record.get(name) for record in records] for name in columns}, len(records))


def with_columns(frame: pd.DataFrame, **columns: Sequence[Any]) -> pd.DataFrame:
    """The measures with these columns added, or in place of their own."""
    return _frame({**_columns(frame), **columns}, len(frame)).set_axis(frame.index)


def from_rows(found: Sequence[Row], *, columns: Iterable[str]) -> pd.DataFrame:
    """The rows as a Measures frame of these columns."""
    values = dict(zip(Row._fields, zip(*found, strict=True), strict=True)) if found else {}
    return _frame({name: values.get(name, ()) for name in columns}, len(found))


def rows(frame: pd.DataFrame) -> Iterator[Row]:
    """Read a Measures frame row by row as plain values."""
    held, absent = _columns(frame), [None] * len(frame)
    return map(Row._make, zip(*(_plain(held.get(name, absent), name) for name in Row._fields), strict=True))


def gather(*frames: pd.DataFrame) -> pd.DataFrame:
    """Put several Measures frames under each other, so that one gate sees a whole page at once.

    Example: `ia.gather(ia.compliance(work), ia.grade_distribution(work))`.
    """
    held = [frame for frame in frames if len(table_of(frame, ("measure",), "measures", SOME))]
    filled = [(_columns(frame), [None] * len(frame)) for frame in held]
    columns = [name for name in RELEASED_COLUMNS if any(name in frame.columns for frame in frames)]
    together = {name: [value for held, absent in filled for value in held.get(name, absent)] for name in columns}
    return _frame(together, sum(len(absent) for _, absent in filled)) if filled else measures([])


def select(frame: pd.DataFrame, **wanted: str | tuple[str, ...]) -> pd.DataFrame:
    """The rows whose columns equal the given words, in their order. Raises UsageError on an unknown column.

    >>> frame = measures([{"measure": "compliance"}, {"measure": "moderated"}])
    >>> len(select(frame, measure="moderated"))
    1
    """
    keep = np.ones(len(table_of(frame, (), "a table", SOME)), dtype=bool)
    for name, value in wanted.items():
        a_column(frame, name)
        words = value if isinstance(value, tuple | list) else (value,)
        keep &= np.array([each in words for each in frame[name].tolist()], dtype=bool)
    return frame[keep]


def _columns(frame: pd.DataFrame) -> dict[str, list[Any]]:
    """The columns as lists of plain values, with None for what is missing."""
    values = frame.to_numpy(dtype=object, na_value=None)  # type: ignore[arg-type]  # None is allowed
    return dict(zip(frame.columns, values.T.tolist(), strict=True))


def _frame(columns: Mapping[str, Sequence[Any]], length: int) -> pd.DataFrame:
    """A frame of these columns, each of its kind; columns of one kind lie in one block, which pandas reads at once."""
    kinds = [
        [name for name in columns if name in WORDS],
        [name for name in columns if name not in WORDS | _WHOLE],
        [name for name in columns if name in _WHOLE],
    ]
    words, shares, counts = (
        np.array([columns[name] for name in names], dtype=object).reshape(len(names), length) for names in kinds
    )
    words[pd.isna(words)] = ""
    shares[_unsaid(shares)] = np.nan
    unknown = _unsaid(counts)
    counts[unknown] = 0
    whole = map(pd.arrays.IntegerArray, counts.astype("int64"), unknown)
    pieces = [
        pd.DataFrame(_AS_WORDS(words).T, dtype=object, copy=False),
        pd.DataFrame(shares.astype(float).T, copy=False),
        pd.DataFrame(dict(enumerate(whole)), index=range(length), copy=False),
    ]
    order = [name for names in kinds for name in names]
    made = pd.concat(pieces, axis=1, ignore_index=True).take([order.index(name) for name in columns], axis=1)
    made.columns = pd.Index(columns)
    return made


def _unsaid(values: NDArray[np.object_]) -> NDArray[np.bool_]:
    return np.asarray(pd.isna(values) | (values == ""), dtype=bool)


def _plain(values: list[Any], name: str) -> list[Any]:
    if name in WORDS:
        return ["" if value is None else value for value in values]
    kind = int if name in _WHOLE else float
    return [value if value is None else kind(value) for value in values]
