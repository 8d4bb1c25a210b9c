"""Read a return or a register from a council's own database instead of a file.

A view of the case system saves a monthly export. It is only ever read: the statement must be a
query, the session is told to refuse writing where the database knows how, and nothing is
committed. What comes out passes the same door as a file, pseudonyms included.
"""

import importlib
import re
import tempfile
from dataclasses import replace
from decimal import Decimal
from glob import escape
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.domain.errors import ReturnsError, UsageError
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.cells.grid import grid
from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.identity.pseudonyms import find_key
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.problems import Loaded
from ilacs_audit.intake.registers.fields import REGISTERS
from ilacs_audit.intake.registers.files import read_grid
from ilacs_audit.intake.registers.reading import AsOf, read_table
from ilacs_audit.intake.tables.columns import ColumnMap

_QUERY = re.compile(r"^\s*(select|with)\b", re.IGNORECASE)
_READ_ONLY = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET TRANSACTION READ ONLY",
    "oracle": "SET TRANSACTION READ ONLY",
}
_EXTRA = "Install it with: pip install 'ilacs_audit[sql]', and the driver of your database, such as psycopg."


def load_sql(
    url: str,
    *,
    query: str | None = None,
    view: str | None = None,
    register: str | None = None,
    standards: Standards | None = None,
    programme: Programme | None = None,
    audit: str | None = None,
    columns: ColumnMap | None = None,
    key: str | bytes | None = None,
    as_of: AsOf = None,
) -> Loaded:
    """Read a view or a query as a register, or as the return of an audit.

    `url` is a SQLAlchemy URL; keep its password in the environment, not in a notebook. With
    `register` the columns are those of that register; with `standards` they are those of a return,
    and `audit` says which audit of the programme it belongs to (without: one named after the view).
    Raises UsageError where the call or the extra is wrong, ReturnsError where the database does
    not answer; neither repeats the URL.
    """
    if (register is None) == (standards is None):
        raise UsageError("It is not said what the rows are.", fix="Give either register= or standards=.")
    if register is not None and register not in REGISTERS:
        raise UsageError(f"'{register}' is not a register.", fix=f"Use one of: {', '.join(REGISTERS)}.")
    secret, name = find_key(key), view or "query"
    rows = _rows(url, _statement(query, view))
    if register is not None:
        raw = read_grid(name, [Sheet("", grid(rows))], REGISTERS[register])
        return read_table(raw, REGISTERS[register], as_of=as_of, key=secret)
    assert standards is not None
    stem = audit or name
    if programme is not None and audit is not None:
        programme = Programme((replace(programme[audit], returns=(escape(f"{stem}.parquet"),)),))
    with tempfile.TemporaryDirectory(prefix="ilacs_audit_") as folder:  # a file that only this process can see
        path = Path(folder) / f"{stem}.parquet"
        texts = [[written(value) for value in row] for row in rows[1:]]
        pd.DataFrame(texts, columns=rows[0], dtype=str).to_parquet(path, index=False)
        return load_returns(path, standards=standards, programme=programme, columns=columns, key=secret)


def _rows(url: str, statement: Any) -> list[list[Any]]:
    """The heading row and the rows of a query, in a session that may only read; leaving it rolls back."""
    sql = _sqlalchemy()
    try:
        engine = sql.create_engine(url)
    except sql.exc.ArgumentError:
        raise UsageError("The address of the database cannot be read.", fix="Write it as a SQLAlchemy URL.") from None
    except ModuleNotFoundError as missing:
        raise UsageError(f"The driver '{missing.name}' is not installed.", fix=_EXTRA) from None
    told, fix = "cannot be reached", "Check the address, the user and that the database can be reached from here."
    try:
        with engine.connect() as connection:
            told, fix = "refused the query", "Check the view, the query and the rights of the user; it may only read."
            if guard := _READ_ONLY.get(engine.dialect.name):
                connection.execute(sql.text(guard))
            found = connection.execute(statement)
            headings = [str(name) for name in found.keys()]  # noqa: SIM118 a result, not a mapping
            return [headings, *([_plain(value) for value in row] for row in found)]
    except sql.exc.SQLAlchemyError:  # whose own words hold the URL, the query or a value
        raise ReturnsError(f"The database {told}.", where=f"{engine.dialect.name} database", fix=fix) from None
    finally:
        engine.dispose()


def _statement(query: str | None, view: str | None) -> Any:
    sql = _sqlalchemy()
    if (query is None) == (view is None):
        raise UsageError("It is not said what to read.", fix="Give either view= or query=.")
    if view is not None:
        schema, _, name = view.rpartition(".")
        return sql.select(sql.literal_column("*")).select_from(sql.table(name, schema=schema or None))
    text = str(query).strip().rstrip(";")
    if not _QUERY.match(text) or ";" in text:
        raise UsageError("Only one query is allowed, and only one that reads.", fix="Begin it with SELECT or WITH.")
    return sql.text(text.replace(":", r"\:"))


def _plain(value: Any) -> Any:
    """A database's value as a cell of a sheet."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (memoryview, bytes)):
        return ""
    return value if isinstance(value, (str, bool, int, float)) or hasattr(value, "isoformat") else str(value)


def _sqlalchemy() -> Any:
    try:
        return importlib.import_module("sqlalchemy")
    except ModuleNotFoundError:
        raise UsageError("Reading a database needs the extra 'sql'.", fix=_EXTRA) from None
