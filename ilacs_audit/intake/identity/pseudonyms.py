"""Names and references become keyed pseudonyms here, and go no further.

The same person under the same key is the same pseudonym in every audit, so rounds can be
paired; without the key nobody can test a guessed name against the table.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from ilacs_audit.domain.errors import ReturnsError, UsageError, near, quoted
from ilacs_audit.domain.given import a_column, table_of
from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.identity.people import people
from ilacs_audit.intake.identity.references import read_references

KEY_VARIABLE = "ILACS_AUDIT_KEY"
EXAMPLE_KEY = b"northmere is invented, so this key may be public"
PREFIXES: Mapping[str, str] = {"child": "C", "person": "P", "request": "R"}
_LENGTH = 12


def find_key(key: str | bytes | None, *, example: bool = False) -> bytes:
    """The key given, else the one in the environment, else the example's public one.

    Raises ReturnsError where there is none: a pseudonym without a secret is a name in disguise.
    """
    given = key or os.environ.get(KEY_VARIABLE) or (EXAMPLE_KEY if example else b"")
    if not given:
        raise ReturnsError(
            "There is no key for the pseudonyms, so no return was read.",
            where=f"environment variable {KEY_VARIABLE}",
            fix=f"Set {KEY_VARIABLE} to your authority's secret: the same one every month, kept out of this folder.",
        )
    if not isinstance(given, str | bytes):
        raise UsageError("The key is neither a text nor bytes.", fix="Write it in quotes, or leave it out.")
    return given.encode() if isinstance(given, str) else given


def pseudonym(text: str, *, kind: str, key: bytes) -> str:
    """The pseudonym of one reference or name that is already in its compared form; "" stays "".

    >>> pseudonym("0038586", kind="child", key=b"secret")
    'C-ae33971d96ae'
    """
    if not text:
        return ""
    return f"{PREFIXES[kind]}-{hmac.digest(key, f'{kind}|{text}'.encode(), 'sha256').hex()[:_LENGTH]}"


def pseudonymise(table: pd.DataFrame, *, columns: Mapping[str, str], key: str | bytes | None) -> pd.DataFrame:
    """Replace the named columns with pseudonyms.

    `columns` says what each holds: {"Child ID": "child", "Worker": "person"}. Children and
    requests are compared by reference, with the zeros that a spreadsheet dropped where the column shows how many;
    people by name. Raises ReturnsError without a key, or where references are lost.
    Example: `ia.pseudonymise(table, columns={"Case ID": "child"}, key="a long secret")`.
    """
    _check(table, columns)
    secret = find_key(key)
    read = {name: _in_full(table[name]) if kind != "person" else table[name] for name, kind in columns.items()}
    return table.assign(**{name: replaced(read[name], kind, secret) for name, kind in columns.items()})


def _check(table: object, columns: object) -> None:
    """Refuse columns that are not there, or hold what has no pseudonym: a typo would leave a name in the table."""
    if not isinstance(columns, Mapping):
        raise UsageError("It is not said what the columns hold.", fix='Write columns={"Child ID": "child"}.')
    found = table_of(table, (), "a table", "Give the table that holds the names.")
    for name, kind in columns.items():
        a_column(found, name)
        if kind not in PREFIXES:
            fix = near(kind, PREFIXES, otherwise=f"Use one of: {', '.join(PREFIXES)}.")
            raise UsageError(f"{quoted(kind)} has no pseudonyms.", fix=fix)


def _in_full(column: pd.Series[Any]) -> list[str]:
    """References as they are compared. Raises ReturnsError where whose one is cannot be told."""
    cells = ["" if pd.isna(value) else value for value in column]
    read = read_references(cells)
    if lost := sum(bool(read[cell].case and not read[cell].text) for cell in cells):
        fix = "Write them in full, in a column that is read as text."
        raise ReturnsError(f"{lost} references are no longer what they were.", where=str(column.name), fix=fix)
    return [read[cell].text for cell in cells]


def replaced(column: Iterable[Any], kind: str, key: bytes) -> list[str]:
    """The pseudonyms of a column of names, or of references that are read in full."""
    cells = ["" if pd.isna(value) else value for value in column]
    spelt = people(cells) if kind == "person" else {cell: written(cell) for cell in set(cells)}
    told = {cell: pseudonym(text, kind=kind, key=key) for cell, text in spelt.items()}
    return [told[cell] for cell in cells]
