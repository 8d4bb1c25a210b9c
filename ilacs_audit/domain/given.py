"""What was given, where something else was needed: told in words, with what to give instead.

Nothing here knows what a table means; the doors do.
"""

from collections.abc import Collection, Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path, PurePath
from typing import Any, TypeVar

import pandas as pd

from ilacs_audit.domain.errors import UsageError, near, quoted

_SHOWN = 3
HOW = {
    "Standards": ("the standards", "Give what ia.load_standards(folder) returns, such as work.standards."),
    "Programme": ("the programme", "Give what ia.load_programme(file) returns, such as work.programme."),
    "Audit": ("the protocol of an audit", "Give an audit of the programme, such as work.programme['consent-2024-11']."),
    "ColumnMap": ("the learnt column names", "Give those of the workspace: columns=work.columns."),
    "Evidence": ("the evidence of an impact", "Make it with Evidence(change=..., baseline=...)."),
    "Ledger": ("a ledger", "Give the ledger of earlier releases, or leave it out."),
    "Dossier": ("an opened audit", "Open one with ia.open_audit(audit, as_of=..., audience=...)."),
    "Page": ("a page", "Make one with ia.page(work, ...)."),
    "Workspace": ("a workspace", "Give what ia.load_workspace(folder) returns."),
}

_WHOLES = ("Dossier", "Page")
_TABLES = {
    "a table of answers": {"child_ref", "standard_id"},
    "a table of measures": {"measure", "numerator"},
    "a table of problems": {"severity", "rule", "fix"},
}
INSIDE = {
    "measures": "Count its table first, such as ia.compliance(returns.table).",
    "problems": "Give its problems: write .problems after it.",
}
Wanted = TypeVar("Wanted")


def table_of(table: object, columns: Collection[str], what: str, fix: str) -> pd.DataFrame:
    """Pass a table that has these columns, or say what was given in its place. Raises UsageError."""
    if not isinstance(table, pd.DataFrame):
        advice = INSIDE.get(what, "Give its table: write .table after it.") if _is_loaded(table) else fix
        raise UsageError(f"This is {told(table)}, where {what} {_are(what)} needed.", fix=advice)
    there = set(table.columns.tolist())
    missing = [name for name in columns if name not in there]
    if missing:
        there_is = told(table)
        other = there_is != "a table" and not there_is.endswith(what)
        lacks = "" if other else f" without the column{'s' if len(missing) > 1 else ''} {listed(missing)}"
        raise UsageError(f"This is {there_is}{lacks}, where {what} {_are(what)} needed.", fix=fix)
    return table


def a_column(table: pd.DataFrame, name: object) -> None:
    """Refuse a column that a table does not have, with the near names. Raises UsageError."""
    if not isinstance(name, str) or name not in table.columns:
        fix = near(name, map(str, table.columns), otherwise="Name a column of the table.")
        raise UsageError(f"The table has no column {quoted(name)}.", fix=fix)


def of_kind(value: object, kind: type[Wanted], option: str) -> Wanted | None:
    """Pass what an option needs, or None; say what was given in its place. Raises UsageError."""
    if value is None or isinstance(value, kind):
        return value
    what, fix = HOW[kind.__name__]
    raise UsageError(f"{option}= was given {told(value)}, where {what} {_are(what)} needed.", fix=fix)


def needed(value: object, kind: type[Wanted], option: str) -> Wanted:
    """Pass what an option needs; nothing is refused too. Raises UsageError."""
    found = of_kind(value, kind, option)
    if found is None:
        what, fix = HOW[kind.__name__]
        raise UsageError(f"{option}= was given nothing, where {what} {_are(what)} needed.", fix=fix)
    return found


def other_word(value: object, kind: type) -> None:
    """Refuse an opened audit where a page is meant, and the other way round. Raises UsageError."""
    given, wanted = (HOW.get(name) if name in _WHOLES else None for name in (type(value).__name__, kind.__name__))
    if given and wanted and given != wanted:
        raise UsageError(f"This is {given[0]}, where {wanted[0]} is needed.", fix=wanted[1])


def share(value: Any, option: str) -> None:
    """Refuse what is not a share between nought and one: 80 may have meant 80%. Raises UsageError."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if value is not None and not (number and 0 < value <= 1):
        raise UsageError(f"{option}= was given {quoted(value)}, which is not a share.", fix="Write 0.9 for 90%.")


def written_share(value: Any, option: str) -> None:
    """Refuse a share that is none, written as text or as a number. Raises UsageError."""
    text = str(value) if isinstance(value, str | Decimal | Fraction) else ""
    try:
        share(float(Fraction(text)) if text else value, option)
    except (ValueError, ZeroDivisionError):
        share(text, option)


def read_share(text: str) -> str:
    """A share as a person writes it, as a decimal; "" where it is none. As written: 0.925 has no exact binary form.

    >>> read_share("92.5%"), read_share("90"), read_share("0.9"), read_share("most")
    ('0.925', '0.9', '0.9', '')
    """
    try:
        written = Decimal(text.rstrip("% "))
    except InvalidOperation:
        return ""
    if written.is_finite() and (text.endswith("%") or written > 1):
        written /= 100
    return f"{written.normalize():f}" if written.is_finite() and 0 < written <= 1 else ""


def count(value: Any, option: str, *, least: int = 0) -> None:
    """Refuse what is not a whole number, such as a number written as text. Raises UsageError."""
    number = isinstance(value, int) or (hasattr(value, "is_integer") and value.is_integer())
    if value is not None and (isinstance(value, bool) or not number or value < least):
        raise UsageError(
            f"{option}= was given {quoted(value)}, which is not a whole number.",
            fix=f"Write it in figures, {least} or more, without quotes.",
        )


def path(value: object, option: str) -> None:
    """Refuse what is not a path. Raises UsageError."""
    if not isinstance(value, str | PurePath):
        fix = "Give the path of a file or folder, such as work.source."
        raise UsageError(f"{option} was given {told(value)}, where a file or folder is needed.", fix=fix)


def identifier(value: object, option: str) -> None:
    """Refuse what is not a word, such as an id that was left out or a list of them. Raises UsageError."""
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{option}= was given {told(value)}, where one word is needed.", fix="Give it as text.")


def word(value: str, option: str) -> str:
    """Pass a word without blanks around it; "" is one that was left out, and None a slip. Raises UsageError."""
    if value != "":
        identifier(value, option)
    return value.strip()


def folder(value: object, option: str) -> None:
    """Refuse what is not a folder that is there: nothing would be read, and nothing said. Raises UsageError."""
    path(value, option)
    if not Path(str(value)).is_dir():
        name = quoted(Path(str(value)).name)
        raise UsageError(f"There is no folder {name}, so {option} has nothing to read.", fix="Check the path.")


def told(value: object) -> str:
    """What was given, in the words of somebody who reads the message."""
    if value is None:
        return "nothing"
    if _is_loaded(value):
        return "a table with its problems"
    if isinstance(value, pd.DataFrame):
        return next((words for words, signs in _TABLES.items() if signs <= set(value.columns)), "a table")
    if isinstance(value, str | PurePath):
        return "a text or a path"
    if isinstance(value, list | tuple | set | dict):
        return "a list"
    return HOW.get(type(value).__name__, (f"something else ({type(value).__name__})",))[0]


def _is_loaded(value: object) -> bool:
    return isinstance(getattr(value, "table", None), pd.DataFrame) and hasattr(value, "problems")


def _are(what: str) -> str:
    return (
        "is" if what.startswith(("a ", "an ", "the programme", "the protocol")) or what.endswith("register") else "are"
    )


def listed(names: Iterable[str]) -> str:
    """Some names, and how many more there are."""
    first = list(names)
    more = f" and {len(first) - _SHOWN} more" if len(first) > _SHOWN else ""
    return ", ".join(f"'{name}'" for name in first[:_SHOWN]) + more
