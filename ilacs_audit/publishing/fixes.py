"""What is wrong in the returns, for the person who puts it right: a spreadsheet a file, one page, and JSON.

All three hold the wrong values themselves, which are personal data. They are written where nobody but their
owner looks, and no page that is shared links them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.intake.problems import fix_lists, problems_json
from ilacs_audit.publishing.files import private_folder, write_whole
from ilacs_audit.publishing.index import render

PAGE = "fix-list.html"


def write_fix_lists(problems: pd.DataFrame, outputs: Path) -> Path:
    """Write the fix lists under `outputs/private/fix-lists`, and remove those of the last check. Returns the folder."""
    private_folder(outputs / "private")
    folder = private_folder(outputs / "private" / "fix-lists")
    for stale in folder.glob("*.xlsx"):
        stale.unlink()
    for number, (file, content) in enumerate(fix_lists(problems).items(), start=1):
        write_whole(folder / f"{number:02d} {Path(file).stem or 'whole audit'}.xlsx", content, mode=0o600)
    write_whole(folder / "problems.json", problems_json(problems).encode(), mode=0o600)
    write_whole(folder / PAGE, render("fixes.html.j2", files=list(_files(problems))), mode=0o600)
    return folder


def _files(problems: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Each file with its problems, errors first, in the order of its sheets and rows."""
    ordered = problems.sort_values(["file", "severity", "sheet", "row"], kind="stable")
    for file, rows in ordered.groupby("file", sort=True):
        severities = rows["severity"].tolist()
        yield {
            "name": file or "Whole audits",
            "errors": severities.count("error"),
            "warnings": severities.count("warning"),
            "problems": [{**each, "place": _place(each)} for each in rows.to_dict("records")],
        }


def _place(problem: dict[Any, Any]) -> str:
    """Sheet, row and column, as far as they are known."""
    row = "" if pd.isna(problem["row"]) else f"row {int(problem['row'])}"
    return ", ".join(filter(None, (problem["sheet"], row, problem["column"]))) or "the whole file"
