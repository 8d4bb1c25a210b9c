"""What is wrong in the returns, for the person who puts it right: a spreadsheet a file, one page, and JSON.

All three hold the wrong values themselves, which are personal data. They are written where nobody but their
owner looks, and no page that is shared links them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.claims.words import counted, listed
from ilacs_audit.disk.writing import private_folder, write_whole
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.owner.fix_lists import fix_lists, problems_json
from ilacs_audit.publishing.pages import render

PAGE = "fix-list.html"
_SAME = ("severity", "sheet", "column", "rule", "message", "fix")


def write_fix_lists(problems: pd.DataFrame, outputs: Path) -> Path:
    """Write the fix lists under `outputs/private/fix-lists`, and remove those of the last check. Returns the folder."""
    Outputs(outputs).opened()
    folder = private_folder(Outputs(outputs).fix_lists)
    for stale in folder.glob("*.xlsx"):
        stale.unlink()
    lists = enumerate(fix_lists(problems).items(), start=1)
    made = {f"{number:02d} {Path(file).stem or 'whole audit'}.xlsx": content for number, (file, content) in lists}
    made["problems.json"] = problems_json(problems).encode()
    made[PAGE] = render("fixes.html.j2", answer=_answer(problems), files=list(_files(problems)))
    for name, content in made.items():
        write_whole(folder / name, content, mode=0o600)
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
            "problems": list(_together(rows.to_dict("records"))),
        }


def _answer(problems: pd.DataFrame) -> str:
    """How much there is to do, in one sentence."""
    if problems.empty:
        return "Nothing is wrong with them."
    errors, warnings = ((problems["severity"] == each).sum() for each in ("error", "warning"))
    files = problems.loc[problems["file"] != "", "file"].nunique()
    where = f" in {counted(files, 'file')}" if files else ""
    return f"{counted(errors, 'fault')} set aside and {warnings} in doubt{where}."


def _together(problems: list[dict[Any, Any]]) -> Iterator[dict[Any, Any]]:
    """One line for the same fault in several rows of a sheet: it is mended in the same way."""
    same: dict[tuple[Any, ...], list[dict[Any, Any]]] = {}
    for each in problems:
        about = [each[name] for name in _SAME]
        same.setdefault((*about, *(() if each["file"] else (each["audit_id"],))), []).append(each)
    for found in same.values():
        values = dict.fromkeys(each["value"] for each in found if each["value"])
        yield {**found[0], "place": _place(found), "value": ", ".join(values)}


def _place(found: list[dict[Any, Any]]) -> str:
    """Sheet, rows and column, as far as they are known; the audit where no file is at fault."""
    first = found[0]
    rows = [str(int(each["row"])) for each in found if not pd.isna(each["row"])]
    where = f"row{'s' if len(rows) > 1 else ''} {listed(rows)}" if rows else ""
    whole = "the whole file" if first["file"] else first["audit_id"]
    return ", ".join(filter(None, (first["sheet"], where, first["column"]))) or whole
