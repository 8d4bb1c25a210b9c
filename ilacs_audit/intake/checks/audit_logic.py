"""Audit logic: what each entry claims against what the others and the protocol say.

Every check takes the entries (one reader's return on one file, with counts of its answers)
and returns findings: the entry and the problem. An error sets the entry aside; a warning
keeps it and is said beside the results.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ilacs_audit.domain.columns import AI, FIRST
from ilacs_audit.domain.programme import Audit
from ilacs_audit.intake.checks.expected import Expected
from ilacs_audit.intake.identity.references import PADDED
from ilacs_audit.intake.problems import Problem, problem, shown
from ilacs_audit.intake.registers.draws import Drawn

FEWEST_FOR_NA = 5
MOST_NA = 0.5
FEWEST_MET_FOR_GOOD = 0.5
CLONE_LENGTH = 30
YEAR = timedelta(days=366)
_UNIT = {"column": "unit", "value": "unit_cell"}  # what to point at


def own_case(entries: pd.DataFrame) -> Findings:
    """A file read by the person who holds it, or a supervision by the person who gave it."""
    rater, auditor = entries["rater_ref"], entries["role"] == "auditor"
    worker = entries["worker_ref"] == rater
    supervised = (entries["supervisor_ref"] == rater) & (entries["child_ref"] == entries["worker_ref"])
    own = auditor & (rater != "") & (worker | supervised)
    return findings(entries, own, "own-case", column="auditor", value="rater")


def same_moderator(entries: pd.DataFrame) -> Findings:
    """A grade moderated by the person who gave it: no second reading, so it is set aside."""
    same = (entries["first_rater_ref"] == entries["rater_ref"]) & (entries["rater_ref"] != "")
    return findings(entries, same & _moderated(entries), "same-moderator", column="moderator", value="rater")


def unknown_reader(entries: pd.DataFrame) -> Findings:
    """Rows of a reader of whom nobody knows who it is: set aside, for it may be no person, or read what others read."""
    return findings(entries, entries["role"] == "", "unknown-reader", column="reader", value="reader")


def read_by_none(entries: pd.DataFrame, audits: Mapping[str, Audit]) -> Findings:
    """What was read by nobody who reads for the audit, and a second reading that is none because an AI gave it."""
    ai, file = entries["role"] == AI, [entries["audit_id"], entries["child_ref"]]
    first = {audit.id: audit.readers for audit in audits.values()}
    ours = [role in first.get(audit, FIRST) for audit, role in entries[["audit_id", "role"]].itertuples(index=False)]
    read = (pd.Series(ours, index=entries.index, dtype=bool) & entries["answered"]).groupby(file).transform("any")
    return [
        *findings(entries, ai & ~read & ~entries["again"], "ai-alone", **_UNIT),
        *findings(entries, _moderated(entries) & ~read & entries["answered"], "moderator-alone", **_UNIT),
        *findings(entries, ai & entries["again"], "ai-moderator", column="moderator", value="rater"),
    ]


def doubtful_grade(entries: pd.DataFrame) -> Findings:
    """Good although a critical standard is not met, or a grade that its other answers deny."""
    entries = entries[entries["role"] != AI]
    good, failed = entries["well_graded"], entries["critical_failed"] > 0
    share = entries["met"] / entries["applicable"].where(entries["applicable"] > 0)
    kind, harsh = good & (share < FEWEST_MET_FOR_GOOD) & ~failed, entries["worst_graded"] & (share == 1)
    at = {"column": "grade", "value": "grade"}
    return [
        *findings(entries, good & failed, "critical-under-good", **at),
        *findings(entries, kind | harsh, "grade-contradicts", **at),
    ]


def na_overuse(entries: pd.DataFrame) -> Findings:
    """More than half of the questions answered 'not applicable'."""
    spared, answered = entries["not_applicable"], entries["applicable"] + entries["not_applicable"]
    many = (answered >= FEWEST_FOR_NA) & (spared > MOST_NA * answered)
    told = entries.assign(spared=spared.astype(str) + " of " + answered.astype(str))
    return findings(told, many, "na-overuse", value="spared")


def duplicate(entries: pd.DataFrame) -> Findings:
    """The same reader, file and date twice on the same questions. Moderation is not a duplicate.

    Where the answers differ none is read: which of two stands cannot be told by their order.
    """
    key = ["audit_id", "child_ref", "rater_ref", "role", "agency", "audited_on", "questions"]
    equal = entries.duplicated([*key, "answers"])
    differing = entries[~equal].duplicated(key, keep=False)
    against = entries.index.isin(differing.index[differing])
    return [
        *findings(entries, equal, "duplicate", **_UNIT),
        *findings(entries, against, "duplicate: other answers", **_UNIT),
    ]


def other_answers(entries: pd.DataFrame) -> Findings:
    """Rows of one file by readers of one kind that answer a question otherwise than a later row, which counts."""
    key = ["audit_id", "child_ref", "role", "agency", "questions"]
    ours = entries[entries["role"].isin(FIRST) & entries["answered"] & (entries["child_ref"] != "")]
    ours = ours[ours.duplicated(key, keep=False)].sort_values("audited_on", kind="stable", na_position="first")
    against = []
    for _, told in ours.groupby(key):
        codes = np.array([np.frombuffer(each, dtype=np.int16) for each in told["answers"]])
        both = (codes[:-1] >= 0) & (codes[-1] >= 0)  # a blank or refused cell is no answer
        against += told.index[:-1][((codes[:-1] != codes[-1]) & both).any(axis=1)].tolist()
    return findings(entries, entries.index.isin(against), "other-answers", **_UNIT)


def misdated(entries: pd.DataFrame, audits: Mapping[str, Audit]) -> Findings:
    """Every fault of a date, each said once: a date that is impossible is not out of its period too.

    Impossible is a date more than a year away from the audit, such as 2042, which is left out; without a programme
    an audit is where its usual date is.
    """
    on, audit = entries["audited_on"], entries["audit_id"]
    usual = on.dropna().groupby(audit).median()  # pandas 2.2 counts a missing day as one of long ago
    middle = usual.reindex(audit).set_axis(entries.index)
    first = {name: pd.Timestamp(min(audit.on, audit.period.first)) for name, audit in audits.items()}
    last = {name: pd.Timestamp(max(audit.until, audit.period.last)) for name, audit in audits.items()}
    start = pd.to_datetime(entries["audit_id"].map(first)).fillna(middle)
    end = pd.to_datetime(entries["audit_id"].map(last)).fillna(middle)
    far = (on > end + YEAR) | (on < start - YEAR)
    dated = entries["dated_by"].isin(["audited_on", "completed_on"]) & entries["audit_id"].isin(list(audits))
    early = _moderated(entries) & (on < entries["first_audited_on"])
    at = {"column": "dated_by", "value": "audited_on"}
    return [
        *findings(entries, early, "impossible-date: moderation", **at),
        *findings(entries, far, "impossible-date", **at),
        *findings(entries, dated & ~far & ((on < start) | (on > end)), "out-of-period", **at),
    ]


def no_reference(entries: pd.DataFrame) -> Findings:
    """Answers that belong to nobody, or to a child whose reference a spreadsheet has spoilt."""
    nobody = entries[entries["child_ref"] == ""]
    told = {case: nobody["broken"] == case for case in nobody["broken"].unique()}
    return [
        each for case, rows in told.items() for each in findings(nobody, rows, case or "missing-reference", **_UNIT)
    ]


def short_reference(entries: pd.DataFrame) -> Findings:
    """References that were given their leading zeros back, once a file, and those shorter than their file's others."""
    padded = (entries["broken"] == PADDED) & ~_moderated(entries)
    first = padded & ~entries["file"].where(padded).duplicated()
    numeric = entries["unit"].str.fullmatch(r"\d+") & entries["child_ref"].str.startswith("C-")
    length = entries["unit"].str.len()
    alike = length.where(numeric).groupby(entries["file"])
    usual = alike.transform(lambda each: next(iter(each.value_counts().index), np.nan))
    short = numeric & (length < usual) & ~_moderated(entries)
    return [*findings(entries, first, PADDED, **_UNIT), *findings(entries, short, "mixed-reference", **_UNIT)]


def _moderated(entries: pd.DataFrame) -> pd.Series[Any]:
    return entries["role"] == "moderator"


def unknown(entries: pd.DataFrame, names: frozenset[str], case: str, *, column: str, value: str) -> Findings:
    """A team or a worker that a list of them does not name, where there is such a list."""
    strange = ~entries[column].isin([*names, ""]) & ~_moderated(entries)
    return findings(entries, strange & bool(names), case, column=value, value=value)


def not_drawn(entries: pd.DataFrame, drawn: Mapping[str, Drawn]) -> Findings:
    """A file that was neither drawn nor in reserve, where the draw is kept: chance no longer chose it."""
    strange = np.zeros(len(entries), dtype=bool)
    for audit_id, draw in drawn.items():
        strange |= (entries["audit_id"] == audit_id).to_numpy() & ~entries["unit"].isin(draw.units).to_numpy()
    own = strange & ((entries["role"] == "auditor") & (entries["unit"] != "")).to_numpy()
    return findings(entries, own, "not-drawn", **_UNIT)


def cloned_comment(entries: pd.DataFrame, comments: pd.DataFrame) -> Findings:
    """One auditor's long comment on several files: one finding for each comment, at its second file."""
    long = comments[comments["raw"].str.len() >= CLONE_LENGTH]
    named = entries.loc[long["entry"], ["audit_id", "child_ref", "rater_ref"]].reset_index(drop=True)
    table = long[["entry", "raw", "header"]].reset_index(drop=True).join(named)
    table = table.assign(text=table["raw"].str.casefold())
    files = table.drop_duplicates(["audit_id", "rater_ref", "text", "child_ref"])
    again = files[files.groupby(["audit_id", "rater_ref", "text"]).cumcount() == 1].drop_duplicates("entry")
    found = findings(entries, entries.index.isin(again["entry"]), "cloned-comment")
    told = again[["entry", "header", "raw"]].itertuples(index=False)
    said = {entry: {"column": header, "value": shown(raw)} for entry, header, raw in told}
    return [(entry, problem._replace(**said[entry])) for entry, problem in found]


def run_checks(
    entries: pd.DataFrame,
    comments: pd.DataFrame,
    *,
    awaited: Expected,
    teams: frozenset[str],
    workers: frozenset[str] = frozenset(),
) -> Findings:
    """Every check of single entries, in the order in which they are reported."""
    plain = (no_reference, short_reference, own_case, same_moderator, doubtful_grade, na_overuse)
    return [
        *chain.from_iterable(check(entries) for check in plain),
        *read_by_none(entries, awaited.audits),
        *misdated(entries, awaited.audits),
        *unknown(entries, teams, "unknown-team", column="team", value="team"),
        *unknown(entries, workers, "unknown-worker", column="worker_ref", value="worker"),
        *not_drawn(entries, awaited.drawn),
        *cloned_comment(entries, comments),
    ]


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
    values = (
        [cell.strftime("%d/%m/%Y") if isinstance(cell, pd.Timestamp) else str(cell) for cell in rows[value].tolist()]
        if value
        else [""] * len(rows)
    )
    told = zip(rows.index.tolist(), *(rows[name].tolist() for name in _PLACE), values, strict=True)
    fault = problem(case)
    found: Findings = []
    for entry, audit, file, sheet, row, beside, headers, dated_by, cell in told:
        pointed = dated_by if column == "dated_by" else column
        where = fault._replace(audit_id=audit, file=file, sheet=sheet, row=int(row))
        header = ", ".join(filter(None, (headers.get(pointed, pointed), beside)))
        found.append((int(entry), where._replace(column=header, value=cell)))
    return found
