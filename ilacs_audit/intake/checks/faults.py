"""A check's findings: one problem for each entry under its mask, with the place and the value to look at."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ilacs_audit.intake.problems import Problem, problem

Findings = list[tuple[int, Problem]]
_PLACE = ["audit_id", "file", "sheet", "row", "beside", "headers", "dated_by"]


def findings(
    entries: pd.DataFrame, mask: pd.Series[Any] | npt.NDArray[np.bool_], case: str, *, column: str = "", value: str = ""
) -> Findings:
    """A finding of a case of `RULES` for every entry under the mask; `column` and `value` name what to point at."""
    wanted = pd.Series(mask).fillna(False).to_numpy(dtype=bool)
    if not wanted.any():
        return []
    rows = entries.loc[wanted, [*_PLACE, *([value] if value else [])]]
    values = [_told(cell) for cell in rows[value].tolist()] if value else [""] * len(rows)
    told = zip(rows.index.tolist(), *(rows[name].tolist() for name in _PLACE), values, strict=True)
    fault = problem(case)
    found: Findings = []
    for entry, audit, file, sheet, row, beside, headers, dated_by, cell in told:
        pointed = dated_by if column == "dated_by" else column
        where = fault._replace(audit_id=audit, file=file, sheet=sheet, row=int(row))
        header = ", ".join(filter(None, (headers.get(pointed, pointed), beside)))
        found.append((int(entry), where._replace(column=header, value=cell)))
    return found


def _told(cell: Any) -> str:
    return cell.strftime("%d/%m/%Y") if isinstance(cell, pd.Timestamp) else str(cell)
