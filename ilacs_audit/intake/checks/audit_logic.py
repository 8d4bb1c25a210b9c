"""Audit logic: what each entry claims against what the others and the protocol say.

Every check takes the entries (one reader's return on one file, with counts of its answers)
and returns findings: the entry and the problem. An error sets the entry aside; a warning
keeps it and is said beside the results.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ilacs_audit.intake.checks.dates import misdated
from ilacs_audit.intake.checks.expected import Expected
from ilacs_audit.intake.checks.faults import Findings, findings
from ilacs_audit.intake.identity.references import PADDED
from ilacs_audit.intake.problems import shown
from ilacs_audit.intake.registers.draws import Drawn

FEWEST_FOR_NA = 5
MOST_NA = 0.5
FEWEST_MET_FOR_GOOD = 0.5
CLONE_LENGTH = 30


def own_case(entries: pd.DataFrame) -> Findings:
    """A file read by the person who holds it, or a supervision by the person who gave it."""
    rater, auditor = entries["rater_ref"], entries["role"] == "auditor"
    worker = (entries["worker_ref"] == rater) & (rater != "")
    supervised = (entries["supervisor_ref"] == rater) & (rater != "") & (entries["child_ref"] == entries["worker_ref"])
    return findings(entries, auditor & (worker | supervised), "own-case", column="auditor", value="rater")


def same_moderator(entries: pd.DataFrame) -> Findings:
    """A grade moderated by the person who gave it: no second reading, so it is set aside."""
    same = (entries["first_rater_ref"] == entries["rater_ref"]) & (entries["rater_ref"] != "")
    moderated = entries["role"] == "moderator"
    return findings(entries, moderated & same, "same-moderator", column="moderator", value="rater")


def critical_under_good(entries: pd.DataFrame) -> Findings:
    """Graded good or better although a critical standard is not met."""
    good = entries["well_graded"] & (entries["critical_failed"] > 0)
    return findings(entries, good, "critical-under-good", column="grade", value="grade")


def grade_contradicts(entries: pd.DataFrame) -> Findings:
    """A grade that its own answers deny, beyond what a critical standard already says."""
    share = entries["met"] / entries["applicable"].where(entries["applicable"] > 0)
    kind = entries["well_graded"] & (share < FEWEST_MET_FOR_GOOD) & (entries["critical_failed"] == 0)
    harsh = entries["worst_graded"] & (share == 1)
    return findings(entries, kind | harsh, "grade-contradicts", column="grade", value="grade")


def na_overuse(entries: pd.DataFrame) -> Findings:
    """More than half of the questions answered 'not applicable'."""
    answered = entries["applicable"] + entries["not_applicable"]
    many = (answered >= FEWEST_FOR_NA) & (entries["not_applicable"] > MOST_NA * answered)
    told = entries[many].assign(
        spared=[f"{na} of {of}" for na, of in zip(entries["not_applicable"][many], answered[many], strict=True)]
    )
    return findings(told, many[many], "na-overuse", value="spared")


def duplicate(entries: pd.DataFrame) -> Findings:
    """The same reader, file and date twice on the same questions. Moderation is not a duplicate."""
    key = ["audit_id", "child_ref", "rater_ref", "role", "agency", "audited_on", "questions"]
    second = entries.duplicated(key, keep="first")
    if not second.any():
        return []
    equal = entries.duplicated([*key, "answers"], keep="first")
    return [
        *findings(entries, second & equal, "duplicate", column="unit", value="unit_cell"),
        *findings(entries, second & ~equal, "duplicate: other answers", column="unit", value="unit_cell"),
    ]


def no_reference(entries: pd.DataFrame) -> Findings:
    """Answers that belong to nobody, or to a child whose reference a spreadsheet has spoilt."""
    nobody = entries[entries["child_ref"] == ""]
    told = {case: nobody["broken"] == case for case in nobody["broken"].unique()}
    at = {"column": "unit", "value": "unit_cell"}
    return [each for case, rows in told.items() for each in findings(nobody, rows, case or "missing-reference", **at)]


def padded_reference(entries: pd.DataFrame) -> Findings:
    """References that were given their leading zeros back, once a file."""
    padded = (entries["broken"] == PADDED) & (entries["role"] != "moderator")
    first = padded & ~entries["file"].where(padded).duplicated()
    return findings(entries, first, PADDED, column="unit", value="unit_cell")


def mixed_reference(entries: pd.DataFrame) -> Findings:
    """References shorter than the file's others: a spreadsheet has eaten leading zeros."""
    numeric = entries["unit"].str.fullmatch(r"\d+") & entries["child_ref"].str.startswith("C-")
    length = entries["unit"].str.len()
    usual = length.where(numeric).groupby(entries["file"]).transform(_most_common)
    short = numeric & (length < usual) & (entries["role"] != "moderator")
    return findings(entries, short, "mixed-reference", column="unit", value="unit_cell")


def _most_common(lengths: pd.Series[Any]) -> float:
    counted = lengths.value_counts()
    return float(counted.index[0]) if len(counted) else np.nan


def unknown_team(entries: pd.DataFrame, teams: frozenset[str]) -> Findings:
    """A team that data/columns.yml does not know, where it knows any."""
    strange = ~entries["team"].isin([*teams, ""]) & (entries["role"] != "moderator")
    return findings(entries, strange & bool(teams), "unknown-team", column="team", value="team")


def unknown_worker(entries: pd.DataFrame, workers: frozenset[str]) -> Findings:
    """A worker whom the workforce register does not name, where there is one."""
    strange = ~entries["worker_ref"].isin([*workers, ""]) & (entries["role"] != "moderator")
    return findings(entries, strange & bool(workers), "unknown-worker", column="worker", value="worker")


def not_drawn(entries: pd.DataFrame, drawn: Mapping[str, Drawn]) -> Findings:
    """A file that was neither drawn nor in reserve, where the draw is kept: chance no longer chose it."""
    strange = np.zeros(len(entries), dtype=bool)
    for audit_id, draw in drawn.items():
        strange |= (entries["audit_id"] == audit_id).to_numpy() & ~entries["unit"].isin(draw.units).to_numpy()
    own = strange & ((entries["role"] == "auditor") & (entries["unit"] != "")).to_numpy()
    return findings(entries, own, "not-drawn", column="unit", value="unit_cell")


def cloned_comment(entries: pd.DataFrame, comments: pd.DataFrame) -> Findings:
    """One auditor's long comment on several files: one finding for each comment, at its second file."""
    long = comments[comments["raw"].str.len() >= CLONE_LENGTH]
    named = entries.loc[long["entry"], ["audit_id", "child_ref", "rater_ref"]].reset_index(drop=True)
    table = (
        long[["entry", "raw", "header"]]
        .reset_index(drop=True)
        .join(named)
        .assign(text=long["raw"].str.casefold().to_numpy())
    )
    files = table.drop_duplicates(["audit_id", "rater_ref", "text", "child_ref"])
    again = files[files.groupby(["audit_id", "rater_ref", "text"]).cumcount() == 1].drop_duplicates("entry")
    found = findings(entries, entries.index.isin(again["entry"]), "cloned-comment")
    said = {
        entry: (header, shown(raw)) for entry, header, raw in again[["entry", "header", "raw"]].itertuples(index=False)
    }
    return [(entry, problem._replace(column=said[entry][0], value=said[entry][1])) for entry, problem in found]


def run_checks(
    entries: pd.DataFrame,
    comments: pd.DataFrame,
    *,
    awaited: Expected,
    teams: frozenset[str],
    workers: frozenset[str] = frozenset(),
) -> Findings:
    """Every check of single entries, in the order in which they are reported."""
    plain: tuple[Callable[[pd.DataFrame], Findings], ...] = (
        no_reference,
        padded_reference,
        mixed_reference,
        own_case,
        same_moderator,
        critical_under_good,
        grade_contradicts,
        na_overuse,
    )
    found = [each for check in plain for each in check(entries)]
    found += misdated(entries, awaited.audits)
    found += [*unknown_team(entries, teams), *unknown_worker(entries, workers), *not_drawn(entries, awaited.drawn)]
    return [*found, *cloned_comment(entries, comments)]
