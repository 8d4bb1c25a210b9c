"""Rows that nobody audited: a case system lists every file and fills in "No" where no auditor has been."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.cells.typed import BLANKS
from ilacs_audit.intake.checks.audit_logic import Findings, findings
from ilacs_audit.intake.returns.table_reader import TableReader

_FIELDS = (("auditor", "auditor_email"), ("audited_on", "completed_on", "received_on"))
_TOUCHED = ("moderator", "moderated_grade")
_FEWEST_UNMET = 3
_NOBODY = BLANKS | {"na", "tbc", "unallocated", "not allocated", "not audited", "nobody"}


def attendance(reader: TableReader, comments: pd.DataFrame, *, above: str) -> pd.DataFrame:
    """For each row whether it has `who` audited and `when`, missing where no column says so, and any mark.

    Whoever is named `above` the table audited all of it.
    """
    told: dict[str, npt.NDArray[np.object_]] = {}
    for name, fields in zip(("who", "when"), _FIELDS, strict=True):
        there = [field for field in fields if field in reader.columns.fields][:1]
        told[name] = _filled(reader, there).astype(object) if there else np.full(len(reader.table.body), None)
    told["who"] = np.full(len(reader.table.body), True, dtype=object) if above else told["who"]
    said = comments.loc[~comments["raw"].str.casefold().isin(_NOBODY), "entry"]
    marked = _filled(reader, _TOUCHED) | np.isin(np.arange(len(reader.table.body)), said)
    return pd.DataFrame({**told, "marked": marked})


def _filled(reader: TableReader, names: Sequence[str]) -> npt.NDArray[np.bool_]:
    told = [[written(cell).casefold() not in _NOBODY for cell in reader.cells(name)] for name in names]
    found: npt.NDArray[np.bool_] = np.any(told, axis=0)
    return found


def nobody_audited(entries: pd.DataFrame) -> Findings:
    """Answered rows without auditor, day and comment, where other rows of the sheet have auditor and day.

    Where most rows have both, that is enough. Else, or where a sheet has one of the two columns only, no answer may
    be met either: nobody leaves the name out and the day, and says No throughout. A row with a comment stays, in doubt.
    """
    columns = entries[["who", "when"]]
    attended = columns.ne(False).all(axis=1) & columns.notna().any(axis=1)
    by = [entries["file"], entries["sheet"]]
    usual = attended.groupby(by).transform("mean") > 0.5
    other = attended.groupby(by).transform("any")
    unmet = (entries["met"] == 0) & (entries["applicable"] + entries["not_applicable"] >= _FEWEST_UNMET)
    both, either = columns.notna().all(axis=1), columns.notna().any(axis=1)
    blank = either & ~columns.eq(True).any(axis=1) & entries["answered"]
    enough = blank & ((both & (usual | (unmet & other))) | (unmet & usual))
    aside = findings(entries, enough & ~entries["marked"], "not-audited", column="unit", value="unit_cell")
    return aside + findings(entries, enough & entries["marked"], "unsigned", column="unit", value="unit_cell")
