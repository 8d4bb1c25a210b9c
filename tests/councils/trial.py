"""A council held against its truth: what the program made of its returns, and of each fault in them."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from openpyxl.utils import get_column_letter

import ilacs_audit as ia
from ilacs_audit.domain.errors import AuditError
from tests.councils.layouts import header
from tests.councils.shapes import Audit, Council, Place, Planted
from tests.councils.writing import write

KEY = "random-councils-only"
UNSOUGHT, MISTAKEN = "people who are not searched for", "words taken for people"
CRASH, REFUSED, OTHER, UNTOLD, REPEATED, UNPLANTED = (
    "crash",
    "refused",
    "other numbers",
    "untold",
    "told more than once",
    "unplanted",
)


class Finding(NamedTuple):
    """One thing that is not as it should be; `about` is the layout, or the fault that was planted."""

    kind: str
    about: str
    audit: str
    what: str


def judge(council: Council, folder: Path) -> list[Finding]:
    """Everything in which reading differs from the truth."""
    place, evidence = write(council, folder)
    layouts = ", ".join(dict.fromkeys(each.layout for each in council.audits))
    work = ia.load_workspace(place, evidence=evidence)
    try:
        loaded = ia.load_returns(
            evidence, standards=work.standards, programme=work.programme, columns=work.columns, key=KEY
        )
        people = {str(each).casefold() for each in work.identifiers()}
    except AuditError as refused:
        return [Finding(REFUSED, layouts, "", str(refused))]
    except Exception as crash:  # whatever it is, it is a finding
        return [Finding(CRASH, layouts, "", f"{type(crash).__name__}: {crash}")]
    return [each for audit in council.audits for each in (*held(audit, loaded), *looked_for(audit, people))]


def looked_for(audit: Audit, people: set[str]) -> Iterator[Finding]:
    """Everybody in the returns is searched for in finished pages, and no word of the form is."""
    named = {each.child for each in audit.rows} if "child_name" in audit.fields else set()
    named |= {who for each in audit.rows if not each.written for who in (each.ref, each.worker, each.auditor)}
    unsought = [each for each in named if each.casefold() not in people]
    if unsought:
        yield Finding(UNSOUGHT, audit.layout, audit.id, f"{len(unsought)} people or references")
    words = {*audit.fields.values(), *audit.words.values(), *(each.team for each in audit.rows)}
    words |= {said for each in audit.standards for said in (each.id, each.header, each.text)}
    if taken := sorted(each for each in words if each.casefold() in people):
        yield Finding(MISTAKEN, audit.layout, audit.id, ", ".join(taken[:3]))


def held(audit: Audit, loaded: Any) -> Iterator[Finding]:
    """One audit against its truth: each fault told once, then its files and days, then what nobody planted."""
    problems = [each for each in loaded.problems.to_dict("records") if _of(audit, each)]
    told = {place: [n for n, each in enumerate(problems) if _about(planted, each, audit)]
            for place, planted in enumerate(audit.planted)}  # fmt: skip  # a table, a line a row
    for place, planted in enumerate(audit.planted):
        yield from _told(planted, [problems[n] for n in told[place]], audit)
    yield from _numbers(audit, loaded.table)
    claimed = {n for found in told.values() for n in found}
    for place, each in enumerate(problems):
        if place not in claimed and not _follows(audit, each):
            said = f"{each['severity']} {each['rule']}, row {each['row']}, {each['column']}: {each['message']}"
            yield Finding(UNPLANTED, audit.layout, audit.id, said)


def _told(planted: Planted, found: list[dict], audit: Audit) -> Iterator[Finding]:
    where = f"{planted.kind} in {audit.layout}, {planted.places[:1]}"
    if planted.kind == "us_dates" and not found:
        return  # a column that can be read in one way only needs no word
    if not found:
        yield Finding(UNTOLD, planted.kind, audit.id, where)
    elif len(found) > 1:
        yield Finding(REPEATED, planted.kind, audit.id, f"{len(found)} times: {where}")


def _numbers(audit: Audit, table: pd.DataFrame) -> Iterator[Finding]:
    own = table[(table["audit_id"] == audit.id) & (table["role"] == "auditor") & (table["standard_id"] != "grade")]
    answers = {(each.row, each.what) for each in audit.planted if each.costs == "answer"}
    rows = {each.row for each in audit.planted if each.costs == "row"}
    truth, seen = expected(audit, answers, rows), files(own)
    if truth != seen:
        fault = next((each.kind for each in audit.planted if each.costs == "row"), audit.layout)
        gone, come = list((truth - seen).items()), list((seen - truth).items())
        yield Finding(OTHER, fault if not gone else audit.layout, audit.id, f"missing {gone[:2]}, extra {come[:2]}")
    days = set(pd.to_datetime(own["audited_on"]).dropna().dt.date)
    if days - {each.day for each in audit.rows}:
        yield Finding(OTHER, "us_dates", audit.id, "a day on which nobody audited")


def _of(audit: Audit, problem: dict) -> bool:
    if problem["audit_id"]:
        return problem["audit_id"] == audit.id
    return any(_in(problem, each.file) for each in audit.sheets)


def _in(problem: dict, file: str) -> bool:
    """Whether a problem names this file; it may say more or less of the folder."""
    named = str(problem["file"])
    return bool(named) and (named.endswith(file) or file.endswith(named))


def _about(planted: Planted, problem: dict, audit: Audit) -> bool:
    """Whether a problem speaks of a planted fault: in its line, and in its column where an answer is meant."""
    if planted.kind == "missing_return":
        return problem["rule"] == "missing-return" and not problem["column"]
    if planted.kind == "us_dates":
        head = audit.fields["audited_on"]
        return problem["column"] in (head, "audited_on") and not _dated(audit, problem)
    places = _places_of(audit, planted.row) if planted.kind == "row_twice" else planted.places
    if not any(_stands(problem, place) for place in places):
        return False
    if planted.costs not in ("answer", "date", "words"):
        return True
    heads = [header(audit, planted.what), planted.what, *(["Answer"] if planted.costs == "answer" else [])]
    return not problem["column"] or any(problem["column"].startswith(head) for head in heads)


def _stands(problem: dict, place: Place) -> bool:
    """Whether a problem names this line of this sheet of this file."""
    letter = re.search(r", column ([A-Z]+)$", problem["column"])
    column = letter is None or letter[1] == get_column_letter(place.column)
    return column and _in(problem, place.file) and problem["sheet"] in ("", place.sheet) and _line(problem) == place.row


def _line(problem: dict) -> int | None:
    return None if pd.isna(problem["row"]) else int(problem["row"])


def _dated(audit: Audit, problem: dict) -> bool:
    """Whether a problem of a day belongs to a day that cannot be."""
    lines = {place.row for each in audit.planted if each.kind == "impossible_date" for place in each.places}
    return _line(problem) in lines


def _follows(audit: Audit, problem: dict) -> bool:
    """Whether a problem follows from what was planted or laid out: a draw's file that did not come back, or a total."""
    if problem["rule"] == "left-out" and _of_no_file(audit, problem):
        return True
    lost = any(each.kind == "missing_return" or each.costs == "row" for each in audit.planted)
    return lost and problem["rule"] in ("missing-return", "not-drawn")


def _of_no_file(audit: Audit, problem: dict) -> bool:
    """Whether a line that was left out is one that the layout itself wrote and that is no file's, such as a total."""
    sheets = [each for each in audit.sheets if _in(problem, each.file) and problem["sheet"] in ("", each.name)]
    lines = [line for each in sheets for down, line in enumerate(each.lines, 1) if down == _line(problem)]
    return bool(lines) and not any(cell.key for line in lines for cell in line)


def _places_of(audit: Audit, number: int | None) -> set[Place]:
    """The lines in which a row, or the one it is a copy of, stands."""
    twin = {number, next(each.copy_of for each in audit.rows if each.number == number)}
    return {
        Place(sheet.file, sheet.name, down, 1)
        for sheet in audit.sheets
        for down, line in enumerate(sheet.lines, 1)
        if any(cell.key and cell.key.row in twin for cell in line)
    }


def expected(audit: Audit, answers: set, rows: set) -> Counter:
    """Each file of the truth: its team and its answers, without what its faults cost."""
    left = [each for each in audit.rows if each.copy_of is None and each.number not in rows]
    return Counter(
        (each.team, tuple(sorted(pair for pair in each.answers.items() if (each.number, pair[0]) not in answers)))
        for each in left
    )


def files(own: pd.DataFrame) -> Counter:
    """Each file that was read: its team and its answers."""
    return Counter(
        (part["team"].iloc[0], tuple(sorted(zip(part["standard_id"], part["answer"], strict=True))))
        for _, part in own.groupby("child_ref", sort=False)
    )
