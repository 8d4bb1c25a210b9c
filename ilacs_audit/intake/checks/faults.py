"""A check's findings: one problem for each entry under its mask, with the place and the value to look at."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ilacs_audit.intake.problems import Problem

Found = list[tuple[int, Problem]]
_PLACE = ["audit_id", "file", "sheet", "row", "headers", "dated_by"]


def findings(
    entries: pd.DataFrame,
    mask: pd.Series[Any] | npt.NDArray[np.bool_],
    severity: str,
    rule: str,
    message: str,
    fix: str,
    *,
    column: str = "",
    value: str = "",
) -> Found:
    """A finding for every entry under the mask. `column` and `value` name what to point at."""
    wanted = pd.Series(mask).fillna(False).to_numpy(dtype=bool)
    if not wanted.any():
        return []
    rows = entries.loc[wanted, [*_PLACE, *([value] if value else [])]]
    values = [_told(cell) for cell in rows[value].tolist()] if value else [""] * len(rows)
    told = zip(rows.index.tolist(), *(rows[name].tolist() for name in _PLACE), values, strict=True)
    found: Found = []
    for entry, audit, file, sheet, row, headers, dated_by, cell in told:
        pointed = dated_by if column == "dated_by" else column
        where = (audit, file, sheet, int(row), headers.get(pointed, pointed), cell)
        found.append((int(entry), Problem(severity, rule, message, fix, *where)))
    return found


def _told(cell: Any) -> str:
    return cell.strftime("%d/%m/%Y") if isinstance(cell, pd.Timestamp) else str(cell)
