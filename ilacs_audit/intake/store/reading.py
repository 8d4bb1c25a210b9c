"""Read a store cheaply: only the periods, audits and columns that a report asks for.

A notebook of November opens November's files and no workbook. The list of files comes from the
manifest, so what a broken run left behind is never read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from ilacs_audit.disk.writing import read_json
from ilacs_audit.domain.errors import ReturnsError, UsageError
from ilacs_audit.domain.schemas import ANSWER_COLUMNS
from ilacs_audit.intake.problems import Loaded, problems_table
from ilacs_audit.intake.registers.fields import REGISTERS
from ilacs_audit.intake.registers.reading import absent
from ilacs_audit.intake.store.parquet import ANSWERS, MANIFEST, SCHEMA_VERSION, as_frame, read_alone, read_tables

Names = str | Iterable[str] | None


def is_store(folder: Path) -> bool:
    """Whether a folder is a compiled store, rather than evidence."""
    return (folder / MANIFEST).is_file()


def read_manifest(store: Path) -> dict[str, Any]:
    """What a store holds and what it was made from. Raises ReturnsError where it cannot be used."""
    manifest = read_json(store / MANIFEST, otherwise={})
    if manifest.get("schema") != SCHEMA_VERSION:
        raise ReturnsError(
            "The store is missing, broken or of another version.",
            where=store.name,
            fix="Compile it again with: ilacs-audit intake.",
        )
    return dict(manifest)


def read_answers(
    store: str | Path, *, period: object = None, audits: Names = None, columns: Sequence[str] | None = None
) -> Loaded:
    """The Answers of a period, of named audits or of all, with the problems that belong to them.

    Only the files and columns asked for are opened, and no thread is started. Raises ReturnsError without a store.
    """
    folder, wanted, own = Path(store), _names(audits), _columns(columns)
    manifest = read_manifest(folder)
    entries = _chosen(manifest, None if period is None else {str(period)}, wanted)
    tables = [_answers(folder, entry, own) for entry in entries] or [_schema(own).empty_table()]
    told = [*entries, *([manifest["returns"]] if period is None and wanted is None else [])]
    problems = [folder / entry["problems"] for entry in told if entry.get("problems")]
    return Loaded(as_frame(pa.concat_tables(tables)), read_tables(problems) if problems else problems_table([]))


def answer_files(store: str | Path, periods: Names = None) -> list[tuple[str, Path]]:
    """The files of the Answers with their period, in order of period and audit: one file is one audit."""
    folder = Path(store)
    entries = _chosen(read_manifest(folder), _names(periods), None)
    return [(entry["period"], folder / entry["table"]) for entry in entries]


def read_register(store: str | Path, name: str, *, columns: Sequence[str] | None = None) -> Loaded:
    """A register as it was compiled. Raises UsageError where there is no such register."""
    if name not in REGISTERS:
        raise UsageError(f"'{name}' is not a register.", fix=f"Use one of: {', '.join(REGISTERS)}.")
    folder = Path(store)
    entry = read_manifest(folder)["registers"][name]
    if "table" not in entry:
        return absent(name)
    return Loaded(read_tables([folder / entry["table"]], columns=columns), read_tables([folder / entry["problems"]]))


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


def _schema(columns: list[str]) -> Any:
    return pa.schema([pa.field("period", pa.string()) if name == "period" else ANSWERS.field(name) for name in columns])
