"""Where things lie in a store, and how to read it cheaply: only the periods, audits and columns asked for.

A notebook of November opens November's files and no workbook. The list of files comes from the
manifest, so what a broken run left behind is never read.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ilacs_audit.disk.writing import read_json, replacing
from ilacs_audit.domain.errors import ReturnsError, UsageError
from ilacs_audit.domain.schemas import ANSWER_COLUMNS, PROBLEM_COLUMNS
from ilacs_audit.intake.problems import Loaded, problems_table
from ilacs_audit.intake.registers.fields import REGISTERS
from ilacs_audit.intake.registers.reading import absent

SCHEMA_VERSION = 2
MANIFEST = "manifest.json"
RESTATEMENTS = "restatements.json"
_DAY = pa.timestamp("ns")
_ARROW = {"date": _DAY, "moment": _DAY, "count": pa.int64()}
_GROUP_ROWS = 1 << 20
_NEVER_MISSING = ("standard_version",)

_NO_TEXT = {"audited_on": _DAY, "standard_version": pa.int64()}
ANSWERS = pa.schema([(name, _NO_TEXT.get(name, pa.string())) for name in ANSWER_COLUMNS if name != "period"])
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
    """Write a table as Parquet, text as a dictionary, in one step, so that no file is ever half written.

    The same table always becomes the same bytes: columns in a fixed order and type, no time, no name of a machine.
    """
    arrow = pa.Table.from_pandas(table[schema.names], schema=schema, preserve_index=False).replace_schema_metadata(None)
    options = {"compression": "zstd", "use_dictionary": True, "row_group_size": _GROUP_ROWS, "version": "2.6"}
    with replacing(path) as partial:
        pq.write_table(arrow, partial, **options)


def read_tables(paths: Sequence[Path]) -> pd.DataFrame:
    """Parquet files of one form as one table; turning Arrow into a frame costs more than the reading."""
    return as_frame(pa.concat_tables(map(read_alone, paths)))


def read_alone(path: Path, *, columns: Sequence[str] | None = None) -> Any:
    """One Parquet file as an Arrow table, read without starting a thread: a process may fork after it."""
    return pq.ParquetFile(path, pre_buffer=False).read(columns=columns and list(columns), use_threads=False)


def as_frame(table: Any) -> pd.DataFrame:
    """An Arrow table as a frame: words as text, days to the nanosecond, whole numbers whole."""
    frame: pd.DataFrame = table.to_pandas(ignore_metadata=True, integer_object_nulls=True, use_threads=False)
    whole = [name for name in frame.columns if pa.types.is_integer(table.schema.field(name).type)]
    return frame.astype({name: "int64" if name in _NEVER_MISSING else "Int64" for name in whole})


Names = str | Iterable[str] | None


def is_store(folder: Path) -> bool:
    """Whether a folder is a compiled store, rather than evidence."""
    return (folder / MANIFEST).is_file()


def read_manifest(store: Path) -> dict[str, Any]:
    """What a store holds and what it was made from. Raises ReturnsError where it cannot be used."""
    manifest = read_json(store / MANIFEST, otherwise={})
    if manifest.get("schema") != SCHEMA_VERSION:
        fix = "Compile it again with: ilacs-audit intake."
        raise ReturnsError("The store is missing, broken or of another version.", where=store.name, fix=fix)
    return dict(manifest)


def moved_targets(store: Path, audit_id: str, targets: Mapping[str, str]) -> dict[str, str]:
    """The targets when the first answers of an audit were read, of the standards that have another one now."""
    first = read_json(store / MANIFEST, otherwise={}).get("audits", {}).get(audit_id, {}).get("targets", {})
    return {code: was for code, was in first.items() if targets.get(code, was) != was}


def read_answers(
    store: str | Path, *, period: object = None, audits: Names = None, columns: Sequence[str] | None = None
) -> Loaded:
    """The Answers of a period, of named audits or of all, with the problems that belong to them.

    Only the files and columns asked for are opened, and no thread is started. Raises ReturnsError without a store.
    """
    folder, wanted, own = Path(store), _names(audits), _columns(columns)
    manifest = read_manifest(folder)
    entries = _chosen(manifest, None if period is None else {str(period)}, wanted)
    none = pa.schema([("period", pa.string()), *ANSWERS]).empty_table().select(own)
    tables = [none, *(_answers(folder, entry, own) for entry in entries)]
    told = [*entries, *([manifest["returns"]] if period is None and wanted is None else [])]
    problems = [folder / entry["problems"] for entry in told if entry.get("problems")]
    return Loaded(as_frame(pa.concat_tables(tables)), read_tables(problems) if problems else problems_table([]))


def read_register(store: str | Path, name: str) -> Loaded:
    """A register as it was compiled. Raises UsageError where there is no such register."""
    if name not in REGISTERS:
        raise UsageError(f"'{name}' is not a register.", fix=f"Use one of: {', '.join(REGISTERS)}.")
    folder = Path(store)
    entry = read_manifest(folder)["registers"][name]
    if "table" not in entry:
        return absent(name)
    return Loaded(read_tables([folder / entry["table"]]), read_tables([folder / entry["problems"]]))


def _names(names: Names) -> set[str] | None:
    return None if names is None else {names} if isinstance(names, str) else {str(name) for name in names}


def _columns(columns: Sequence[str] | None) -> list[str]:
    strange = sorted(set(columns or ()) - set(ANSWER_COLUMNS))
    if strange:
        raise UsageError(f"Not columns of an answer: {', '.join(strange)}.", fix=f"Use: {', '.join(ANSWER_COLUMNS)}.")
    return list(ANSWER_COLUMNS if columns is None else columns)


def _chosen(manifest: dict[str, Any], periods: set[str] | None, audits: set[str] | None) -> list[dict[str, Any]]:
    return [
        entry
        for audit_id, entry in sorted(manifest["audits"].items(), key=lambda each: (each[1]["period"], each[0]))
        if (periods is None or entry["period"] in periods) and (audits is None or audit_id in audits)
    ]


def _answers(store: Path, entry: dict[str, Any], columns: list[str]) -> Any:
    """One audit's answers; a file's period is a fact about its place, so it costs nothing."""
    table = read_alone(store / entry["table"], columns=[name for name in columns if name != "period"])
    return table.append_column("period", pa.array([entry["period"]] * len(table), pa.string())).select(columns)
