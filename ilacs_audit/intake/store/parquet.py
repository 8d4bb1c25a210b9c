"""Where things lie in a store, and how a table becomes a file that is never half written.

The same table always becomes the same bytes: columns in a fixed order and type, no time, no
name of a machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ilacs_audit.disk.writing import replacing
from ilacs_audit.domain.schemas import ANSWER_COLUMNS, PROBLEM_COLUMNS
from ilacs_audit.intake.registers.fields import REGISTERS

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"
RESTATEMENTS = "restatements.json"
_DAY = pa.timestamp("ns")
_ARROW = {"date": _DAY, "moment": _DAY, "count": pa.int64()}
_GROUP_ROWS = 1 << 20
_NEVER_MISSING = ("standard_version",)

ANSWERS = pa.schema(
    [
        (name, {"audited_on": _DAY, "standard_version": pa.int64()}.get(name, pa.string()))
        for name in ANSWER_COLUMNS
        if name != "period"
    ]
)
PROBLEMS = pa.schema([(name, pa.int64() if name == "row" else pa.string()) for name in PROBLEM_COLUMNS])


def register_schema(name: str) -> Any:
    """The Arrow schema of a register."""
    return pa.schema([(column, _ARROW.get(field.kind, pa.string())) for column, field in REGISTERS[name].items()])


def audit_file(folder: str, period: str, audit_id: str) -> str:
    """The place of one audit's table inside the store.

    >>> audit_file("answers", "2024-11", "consent/11")
    'answers/period=2024-11/consent%2F11.parquet'
    """
    return f"{folder}/period={period}/{quote(audit_id, safe='')}.parquet"


def write_table(path: Path, table: pd.DataFrame, schema: Any) -> None:
    """Write a table as Parquet, text as a dictionary, in one step."""
    arrow = pa.Table.from_pandas(table[schema.names], schema=schema, preserve_index=False).replace_schema_metadata(None)
    options = {"compression": "zstd", "use_dictionary": True, "row_group_size": _GROUP_ROWS, "version": "2.6"}
    with replacing(path) as partial:
        pq.write_table(arrow, partial, **options)


def read_tables(paths: Sequence[Path], *, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Parquet files of one form as one table; turning Arrow into a frame costs more than the reading."""
    return as_frame(pa.concat_tables(read_alone(path, columns=columns) for path in paths))


def read_alone(path: Path, *, columns: Sequence[str] | None = None) -> Any:
    """One Parquet file as an Arrow table, read without starting a thread: a process may fork after it."""
    return pq.ParquetFile(path, pre_buffer=False).read(columns=columns and list(columns), use_threads=False)


def as_frame(table: Any) -> pd.DataFrame:
    """An Arrow table as a frame: words as text, days to the nanosecond, whole numbers whole."""
    frame: pd.DataFrame = table.to_pandas(ignore_metadata=True, integer_object_nulls=True, use_threads=False)
    whole = [name for name in frame.columns if pa.types.is_integer(table.schema.field(name).type)]
    return frame.astype({name: "int64" if name in _NEVER_MISSING else "Int64" for name in whole})
