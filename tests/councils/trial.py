"""A council held against its truth: what the program made of its returns, and of each fault in them."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

import ilacs_audit as ia
from ilacs_audit.domain.errors import AuditError
from tests.councils.shapes import Audit, Council, Planted
from tests.councils.writing import write

KEY = "random-councils-only"


class Finding(NamedTuple):
    """One thing that is not as it should be."""

    kind: str
    audit: str
    layout: str
    what: str


def load(council: Council, folder: Path) -> Any:
    """The returns as the program reads them, through its public face."""
    place, evidence = write(council, folder)
    work = ia.load_workspace(place, evidence=evidence)
    return ia.load_returns(
        evidence, standards=work.standards, programme=work.programme, columns=work.columns, period=None, key=KEY
    )


def judge(council: Council, folder: Path) -> list[Finding]:
    """Everything in which reading differs from the truth."""
    try:
        loaded = load(council, folder)
    except AuditError as refused:
        return [Finding("refused", "", ",".join(each.layout for each in council.audits), str(refused))]
    except Exception as crash:  # a crash is a finding, whatever it is
        return [Finding("crash", "", ",".join(each.layout for each in council.audits), f"{type(crash).__name__}: {crash}")]
    return [each for audit in council.audits for each in held(audit, loaded)]


def held(audit: Audit, loaded: Any) -> Iterator[Finding]:
    """One audit against its truth: its files with their answers, then each fault, then what nobody planted."""
    problems = [each for each in loaded.problems.to_dict("records") if _of(audit, each)]
    table = loaded.table[loaded.table["audit_id"] == audit.id]
    claimed: set[int] = set()
    lost_answers, lost_rows = set(), set()
    for planted in audit.planted:
        found = [place for place, each in enumerate(problems) if _about(planted, each, audit)]
        claimed |= set(found)
        if len(found) != 1:
            yield _finding("told 0 times" if not found else f"told {len(found)} times", audit, f"{planted.kind} {planted.places[:2]}")
        if planted.costs == "answer":
            lost_answers.add((planted.row, planted.what))
        elif planted.costs == "row" and any(problems[each]["severity"] == "error" for each in found):
            lost_rows.add(planted.row)
        elif planted.kind in ("nobody", "exponent"):
            lost_rows.add(planted.row)
    truth, seen = expected(audit, lost_answers, lost_rows), files(table)
    if truth != seen:
        yield _finding("other numbers", audit, f"missing {list((truth - seen).items())[:2]} extra {list((seen - truth).items())[:2]}")
    for place, each in enumerate(problems):
        if place not in claimed:
            yield _finding("unplanted", audit, f"{each['severity']} {each['rule']} row {each['row']} {each['column']}: {each['message']} | {each['fix']}")


def _finding(kind: str, audit: Audit, what: str) -> Finding:
    return Finding(kind, audit.id, audit.layout, what)


def _of(audit: Audit, problem: dict) -> bool:
    own = {Path(each.file).name for each in audit.sheets}
    return problem["audit_id"] == audit.id or Path(str(problem["file"])).name in own


def _about(planted: Planted, problem: dict, audit: Audit) -> bool:
    """Whether a problem speaks of a planted fault: the same sheet and line, and the same column where it names one."""
    if planted.kind == "missing_return":
        return "draw" in f"{problem['rule']} {problem['message']}" or "return" in str(problem["rule"])
    if planted.kind == "us_dates":
        return "date" in f"{problem['rule']} {problem['message']}".lower()
    row = None if pd.isna(problem["row"]) else int(problem["row"])
    lines = {each.row for each in planted.places}
    if planted.costs == "answer":
        head = next(each.header for each in audit.standards if each.id == planted.what)
        return row in lines and str(problem["column"]) in (head, planted.what, "Answer", *map(str, {each.column for each in planted.places}))
    if planted.kind == "row_twice":
        return row in _lines_of(audit, planted.row)
    return row in lines


def _lines_of(audit: Audit, number: int | None) -> set[int]:
    """The lines in which a row of the truth, or the one it is a copy of, stands."""
    twin = {number, audit.rows[number].copy_of}
    return {
        down
        for sheet in audit.sheets
        for down, line in enumerate(sheet.lines, 1)
        if any(cell.key and cell.key.row in twin for cell in line)
    }


def expected(audit: Audit, answers: set, rows: set) -> Counter:
    """Each file of the truth: its team and its answers, without what its faults cost."""
    return Counter(
        (each.team, tuple(sorted((name, level) for name, level in each.answers.items() if (each.number, name) not in answers)))
        for each in audit.rows
        if each.copy_of is None and each.number not in rows
    )


def files(table: pd.DataFrame) -> Counter:
    """Each file that was read: its team and its answers."""
    own = table[(table["role"] == "auditor") & (table["standard_id"] != "grade")]
    return Counter(
        (part["team"].iloc[0], tuple(sorted(zip(part["standard_id"], part["answer"], strict=True))))
        for _, part in own.groupby("child_ref", sort=False)
    )
