"""Take evidence out of a council's own database: the views that `views.yml` names, read once and kept beside it.

A view saves a monthly export. A database is only ever read: the statement is a plain SELECT, the session is told to
refuse writing where the database knows how, and nothing is committed. What comes out is kept in the evidence folder
as `NAME.view.parquet`, a file like any other: it passes the same door, and a page is made again from what was read.
No password is taken from an address, a file or a notebook; `PASSWORD` is the environment variable that holds it.
"""

import importlib
import io
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeGuard
from zoneinfo import ZoneInfo

import pandas as pd
from pydantic import Field
from pydantic.dataclasses import dataclass

from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain import given
from ilacs_audit.domain.catalogue.faults import read_as
from ilacs_audit.domain.catalogue.fields import Entry, Id, Text
from ilacs_audit.domain.errors import CatalogueError, ReturnsError, UsageError, near, quoted
from ilacs_audit.intake.cells.grid import grid
from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.registers.exports import COLUMNS
from ilacs_audit.intake.registers.files import read_grid
from ilacs_audit.intake.yaml_files import read_yaml

VIEWS = "views.yml"
PASSWORD = "ILACS_AUDIT_DATABASE_PASSWORD"
_KEPT = ".view.parquet"
_SECRET = re.compile(r"\b(password|pwd|passwd|passcode|secret|token)\s*=", re.IGNORECASE)
_HERE = ZoneInfo("Europe/London")
_READ_ONLY = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET TRANSACTION READ ONLY",
    "oracle": "SET TRANSACTION READ ONLY",
}
_EXTRA = "Install it with: pip install 'ilacs_audit[sql]', and the driver of your database, such as psycopg."
_OF_ONE_FILE = ("sqlite", "duckdb")
_STRANGE = (
    "Look for a date such as infinity or one before Christ, or text in another encoding, and leave it out in the view."
)
_WRITES = "The view calls something that writes. A view that is evidence may only read."
Rows = list[list[str]]


@dataclass(frozen=True)
class Views(Entry):
    """The views of a database: which holds a register or a table of one, and which the answers of an audit."""

    registers: Mapping[Id, Text] = Field(default_factory=dict)
    returns: Mapping[Id, Text] = Field(default_factory=dict)


def is_address(evidence: object) -> TypeGuard[str]:
    """Whether this is the address of a database, and no folder."""
    return isinstance(evidence, str) and "://" in evidence


def load_database(address: str, *, views: str | Path) -> Path:
    """Read the views that a file names, and keep them beside it. Returns its folder, which is evidence from then on.

    `address` is a SQLAlchemy URL without a password. All views are read before any file is replaced; a view that
    `views` no longer names is let go, and an empty one replaces no copy that holds rows. Raises UsageError on an
    address with a password, one that cannot be read or a driver that is not there, CatalogueError on a fault of
    `views`, and ReturnsError where the database does not answer, refuses a view or gives a value that cannot be read,
    or a view lacks a column that its register needs or has lost its rows. None of them repeats the address.
    Example: `ia.load_database("postgresql+psycopg://reader@server/audits", views="views.yml")`.
    """
    given.path(address, "load_database")
    given.path(views, "views=")
    file = Path(views)
    wanted = {(part, name): view for part, names in load_views(file).items() for name, view in names.items()}
    read = dict(_read(without_password(address), wanted))
    for (part, name), rows in read.items():
        if part == "registers":
            read_grid(f"view {wanted[part, name]}", [Sheet("", grid(rows))], COLUMNS[name])
    kept = {file.parent / part / f"{name}{_KEPT}": _bytes(rows) for (part, name), rows in read.items()}
    for (path, content), ((part, name), rows) in zip(kept.items(), read.items(), strict=True):
        if not rows[1:] and path.is_file() and path.read_bytes() != content:
            fix = f"Look at the view. If nobody is in it any more, delete {part}/{path.name} and run again."
            where = f"view {wanted[part, name]}, {part} {name}"
            raise ReturnsError("The view holds no row, and the last copy of it did.", where=where, fix=fix)
    for path, content in kept.items():
        write_whole(path, content, mode=0o600)
    for path in (*file.parent.glob(f"registers/*{_KEPT}"), *file.parent.glob(f"returns/*{_KEPT}")):
        if path not in kept:
            path.unlink()
    return file.parent


def _bytes(rows: Rows) -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(sorted(rows[1:]), columns=rows[0], dtype=str).to_parquet(buffer, index=False)
    return buffer.getvalue()


def load_views(file: Path) -> dict[str, Mapping[str, str]]:
    """Read which views are evidence. Raises UsageError without the file, CatalogueError on what it cannot mean."""
    if not file.is_file():
        fix = f"Write {VIEWS} into the evidence folder, with lines like registers: and, under it, visits: audit.visits."
        raise UsageError("No file names the views of the database.", where=file.name, fix=fix)
    told = read_as(Views, read_yaml(file), file=file.name)
    for name in (each for each in told.registers if each not in COLUMNS):
        fix = near(name, COLUMNS, otherwise="Use the name of a register, or of a table that fills one.")
        raise CatalogueError(f"{quoted(name)} is not a register.", where=f"{file.name}, registers", fix=fix)
    if not told.registers and not told.returns:
        raise CatalogueError("It names no view.", where=file.name, fix="Write which view holds a register or a return.")
    return {"registers": told.registers, "returns": told.returns}


def without_password(address: str) -> str:
    """An address that may be printed, stored and seen by others. Raises UsageError on one that holds a password."""
    sql = _sqlalchemy()
    try:
        url = sql.engine.make_url(address)
    except (sql.exc.ArgumentError, ValueError):
        fix = "Write it like postgresql+psycopg://USER@SERVER/DATABASE."
        raise UsageError("The address of the database cannot be read.", fix=fix) from None
    if url.password is not None or _SECRET.search(" ".join(f"{key}={value}" for key, value in url.query.items())):
        fix = f"Take it out, and put it into the environment variable {PASSWORD}."
        raise UsageError("A password stands in the address of the database, where others see it.", fix=fix)
    return address


def _read(address: str, wanted: Mapping[tuple[str, str], str]) -> Iterator[tuple[tuple[str, str], Rows]]:
    """Each view with its headings and rows, all in one session that may only read; leaving it rolls back."""
    sql = _sqlalchemy()
    url = sql.engine.make_url(address)
    secret = os.environ.get(PASSWORD) if url.username else None
    try:
        engine = sql.create_engine(url.set(password=secret) if secret else url)
    except sql.exc.ArgumentError:
        raise UsageError("The address names a kind of database that is not known.", fix=_EXTRA) from None
    except ModuleNotFoundError as missing:
        raise UsageError(f"The driver '{missing.name}' is not installed.", fix=_EXTRA) from None
    told, where = "cannot be reached", f"{engine.dialect.name} database"
    fix = f"Check the address, the user, the password in {PASSWORD}, and that the database can be reached from here."
    if engine.dialect.name in _OF_ONE_FILE and not _there(url.database):  # connecting would make an empty one
        raise ReturnsError(f"The database {told}.", where=where, fix="Check the address: no file is there.")
    try:
        with engine.connect() as connection:
            if guard := _READ_ONLY.get(engine.dialect.name):
                connection.execute(sql.text(guard))
            for (part, name), view in wanted.items():
                told, where = "refused a view", f"view {view}, {part} {name}"
                fix = "Check its name and the rights of the user, who needs to read it and nothing else."
                schema, _, plain = view.rpartition(".")
                source = sql.table(plain, schema=schema or None)
                found = connection.execute(sql.select(sql.literal_column("*")).select_from(source))
                told, fix = "gave a value of a view that cannot be read", _STRANGE
                headings = [str(each) for each in found.keys()]  # noqa: SIM118 a result, not a mapping
                yield (part, name), [headings, *([_plain(value) for value in row] for row in found)]
    except (sql.exc.SQLAlchemyError, ValueError, OverflowError) as error:  # its words may hold address or value
        if isinstance(error, sql.exc.DataError):
            told, fix = "gave a value of a view that cannot be read", _STRANGE
        fix = _WRITES if _writes(error) else fix
        raise ReturnsError(f"The database {told}.", where=where, fix=fix) from None
    finally:
        engine.dispose()


def _there(database: str | None) -> bool:
    """Whether the file of a database that is one file is there; one in memory needs none."""
    name = (database or "").removeprefix("file:").partition("?")[0]
    return name in ("", ":memory:") or Path(name).is_file()


def _writes(error: Exception) -> bool:
    """Whether a database refused because the session may only read."""
    cause = getattr(error, "orig", None)
    refused = getattr(cause, "sqlstate", ""), getattr(cause, "sqlite_errorname", "")
    return refused[0] == "25006" or str(refused[1]).startswith("SQLITE_READONLY")


def _plain(value: Any) -> str:
    """A database's value as it is written in a cell; a moment of another zone as the clock here said it."""
    if isinstance(value, (memoryview, bytes)):
        return ""
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(_HERE).replace(tzinfo=None)
    return written(value)


def _sqlalchemy() -> Any:
    try:
        return importlib.import_module("sqlalchemy")
    except ModuleNotFoundError:
        raise UsageError("Reading a database needs the extra 'sql'.", fix=_EXTRA) from None
