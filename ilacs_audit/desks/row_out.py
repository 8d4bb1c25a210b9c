"""A row taken out of every count with a reason, and taken back: written into exclusions.yml, with who and when."""

from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.claims.words import counted
from ilacs_audit.desks.answer import Answer, table
from ilacs_audit.desks.record import Writer
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.figures import k_of_n, likely_range
from ilacs_audit.display.looks import verdict_of
from ilacs_audit.domain import given
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.errors import UsageError, near
from ilacs_audit.domain.measures import Row, rows
from ilacs_audit.domain.programme import Audit
from ilacs_audit.intake.files.sources import return_files, sources
from ilacs_audit.intake.returns.exclusions import EXCLUSIONS, take_out
from ilacs_audit.intake.workspace import Workspace

WRITTEN = f"Written to {EXCLUSIONS} and to the record; the return itself is not touched."


def row_of(work: Workspace, audit: Audit, *, row: int | None, file: str = "") -> str:
    """The return that a row is meant of: the audit's only one, or the one that is named. Raises UsageError."""
    given.count(row, "row", least=1)
    if row is None:
        raise UsageError("It is not said which row.", fix="Give the row as the spreadsheet numbers it.")
    return _file(work, audit, file)


def exclude(evidence: Path, *, file: str, row: int, reason: str, who: Writer) -> None:
    """Write a row into exclusions.yml. Raises UsageError where it is out already."""
    entry = {"file": file, "row": row, "reason": reason, "by": who.by, "on": str(who.on)}
    take_out(evidence / EXCLUSIONS, entry)


def _file(work: Workspace, audit: Audit, named: str) -> str:
    """The return that is meant: the audit's only one, or the one that was named."""
    there = [each.name for each in sources(return_files(work.evidence), work.programme)[0] if each.audit_id == audit.id]
    if named and named not in there:
        raise UsageError("No return of this audit has that name.", fix=near(named, there, otherwise="Correct file=."))
    if not named and len(there) != 1:
        told = f"This audit has {counted(len(there), 'return')}, so a row alone says too little."
        raise UsageError(told, fix=f"Say which: {given.listed(f'file={each}' for each in there)}.")
    return named or there[0]


def met(problems: pd.DataFrame, row: int) -> None:
    """Refuse a row that holds no file: it would take nothing out. Raises UsageError."""
    out = (problems["rule"] == "excluded") & (problems["severity"] == "error") & (problems["row"] == row)
    if not out.any():
        raise UsageError(f"Row {row} of the return holds no file.", fix="Give the row as the spreadsheet numbers it.")


def compared(before: Page, now: Page, *, row: int, way: str) -> Answer:
    """Every standard with and without a row, and which verdicts that turned."""
    was, judged = ({each.standard_id: each for each in rows(_whole(page))} for page in (before, now))
    lines = [
        (code, *_cells(was.get(code)), *_cells(each), _turned(was.get(code), each)) for code, each in judged.items()
    ]
    turned = sum(line[-1] != "as before" for line in lines)
    said = (
        "no verdict changes" if not turned else f"{counted(turned, 'verdict')} {'changes' if turned == 1 else 'change'}"
    )
    undo = f"desk.include(row={row})" if way == "out" else "desk.undo()"
    titles = ("Standard", "Before", "Likely before", "Now", "Likely now", "Verdict")
    explain = f"{WRITTEN} To undo: {undo}"
    return Answer(
        (table("Each standard, before and now", titles, lines, finding=f"Row {row} is {way}: {said}", explain=explain),)
    )


def _whole(page: Page) -> Any:
    return page.of(measure="compliance", group=tuple(WHOLE_SERVICE))


def _cells(row: Row | None) -> tuple[str, str]:
    return ("not read", "") if row is None else (k_of_n(row), likely_range(row._replace(population=None)))


def _turned(was: Row | None, now: Row) -> str:
    before, after = ("" if each is None else verdict_of(each).word for each in (was, now))
    return "as before" if before == after else f"{after}, was {before.lower() or 'not read'}"
