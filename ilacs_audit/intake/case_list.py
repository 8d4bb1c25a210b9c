"""Read the lists a draw needs: the cases, the auditors, and what was audited lately.

These keep their real references, because auditors must find the files. What a draw makes of
them is personal data and goes to the private zone only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.wording import fold

_CASES = {
    "child_ref": ("child ref", "case id", "child unique id", "case reference", "person id"),
    "team": ("team", "allocated team"),
    "worker_ref": ("worker", "worker ref", "allocated worker", "social worker"),
}
_AUDITORS = {"auditor": ("auditor", "name"), "team": ("team",), "capacity": ("capacity", "files")}


def load_case_list(path: str | Path, *, stratify: str | None = None) -> pd.DataFrame:
    """Read a case list from CSV or xlsx: `child_ref`, `team`, `worker_ref`, and the column to stratify by.

    References stay text, so that leading zeros are kept. Raises ReturnsError naming a missing column.
    """
    table = _read(Path(path))
    found = _named(table, _CASES, file=Path(path).name)
    if stratify and stratify not in found:
        found[stratify] = _column(table, (stratify,), name=stratify, file=Path(path).name)
    return found[found["child_ref"] != ""].reset_index(drop=True)


def load_auditors(path: str | Path) -> pd.DataFrame:
    """Read who audits: `auditor`, `team` and `capacity`, a whole number of files."""
    found = _named(_read(Path(path)), _AUDITORS, file=Path(path).name)
    if not found["capacity"].str.fullmatch(r"\d+").all():
        raise ReturnsError(
            "A capacity is not a whole number.",
            where=Path(path).name,
            fix="Write how many files each auditor can read.",
        )
    return found.assign(capacity=found["capacity"].astype(int))


def load_references(path: str | Path) -> Sequence[str]:
    """Read the references audited lately, from the same column as a case list."""
    return _column(_read(Path(path)), _CASES["child_ref"], name="child_ref", file=Path(path).name).tolist()


def _read(path: Path) -> pd.DataFrame:
    if path.suffix.lower() == ".xlsx":
        table = pd.read_excel(path, dtype=str, keep_default_na=False, engine="calamine")
    else:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return table.map(lambda value: unicodedata.normalize("NFKC", str(value)).strip())


def _named(table: pd.DataFrame, wanted: Mapping[str, Sequence[str]], *, file: str) -> pd.DataFrame:
    return pd.DataFrame({name: _column(table, words, name=name, file=file) for name, words in wanted.items()})


def _column(table: pd.DataFrame, words: Sequence[str], *, name: str, file: str) -> pd.Series:
    known = {fold(word) for word in (*words, name)}
    found = [column for column in table.columns if fold(str(column)) in known]
    if len(found) != 1:
        told = "no column" if not found else "more than one column"
        raise ReturnsError(
            f"There is {told} for {name.replace('_', ' ')}.", where=file, fix=f"Name one column: {', '.join(words)}."
        )
    return table[found[0]]
