"""What was not submitted is not counted, and is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.tables.columns import ColumnMap, Recogniser
from tests.intake.conftest import HEADER, KEY, row


@pytest.mark.parametrize("status", ["Draft", "SAVED", "In progress", "Not submitted", "WIP"])
def test_a_row_that_was_not_submitted_is_set_aside_and_told(
    workbook: Callable[..., Path], standards: Standards, status: str
) -> None:
    rows = [[*HEADER, "Status"], [*row("0012345"), "Submitted"], [*row("0012346"), status]]
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    told = loaded.problems.loc[loaded.problems["rule"] == "draft"]
    assert (len(loaded.table), told["row"].tolist()) == (2, [3])


@pytest.mark.parametrize("status", ["Submitted", "Approved", "CIN", ""])
def test_any_other_status_keeps_its_row(workbook: Callable[..., Path], standards: Standards, status: str) -> None:
    rows = [[*HEADER, "Status"], [*row("0012345"), status]]
    assert len(load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY).table) == 2


def test_an_unknown_status_beside_a_known_one_is_told(workbook: Callable[..., Path], standards: Standards) -> None:
    rows = [[*HEADER, "Status"], [*row("0012345"), "Submitted"], [*row("0012346"), "With manager"]]
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    told = loaded.problems.loc[loaded.problems["rule"] == "unknown-status"]
    assert (len(loaded.table), told["row"].tolist()) == (4, [3])


def test_a_draft_in_one_of_two_tables_side_by_side_is_set_aside(
    workbook: Callable[..., Path], standards: Standards
) -> None:
    header, sent = [*HEADER, "Status"], [*row("0012345"), "Submitted"]
    rows = [[*header, None, *header], [*sent, None, *row("0012346"), "Submitted"]]
    rows.append([*[None] * (len(header) + 1), *row("0012347"), "Draft"])
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    assert (loaded.table["child_ref"].nunique(), loaded.problems["rule"].tolist()) == (2, ["draft"])


@pytest.mark.parametrize(
    ("header", "sent", "unsent"),
    [
        ("_ModerationStatus", 0, 3),
        ("Moderation Status", "0", "3"),
        ("Workflow state", "Approved", "Draft"),
        ("Audit complete?", "Yes", "No"),
        ("Submitted", True, False),
        ("Has the audit been completed in full?", "Yes", "No"),
        ("Is this audit finished?", "Yes", "Not yet"),
        ("Draft?", "No", "Yes"),
        ("Audit progress", "100%", "60%"),
        ("Form progress", 1.0, 0.6),
    ],
)
def test_a_draft_is_told_by_whatever_the_list_calls_its_status(
    workbook: Callable[..., Path], standards: Standards, header: str, sent: object, unsent: object
) -> None:
    rows = [[*HEADER, header], [*row("0012345"), sent], [*row("0012346"), unsent]]
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    assert (loaded.table["child_ref"].nunique(), loaded.problems["rule"].tolist()) == (1, ["draft"])


@pytest.mark.parametrize("header", ["Assessment complete?", "Chronology complete?", "Was the plan completed in full?"])
def test_whether_a_childs_record_is_complete_is_no_status_of_the_form(header: str) -> None:
    assert Recogniser(ColumnMap(), []).target(header) is None


def test_a_form_without_a_time_of_completion_where_the_others_have_one_is_a_draft(
    workbook: Callable[..., Path], standards: Standards
) -> None:
    day = "12/11/2024 10:00"
    rows = [
        [*HEADER, "Completion time"],
        *([*row(f"001234{number}"), day] for number in range(4)),
        [*row("0012349"), ""],
    ]
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    told = loaded.problems.loc[loaded.problems["rule"] == "draft"]
    assert (len(loaded.table), told["row"].tolist()) == (8, [6])
    none = [[*HEADER, "Completion time"], *([*row(f"001234{number}"), ""] for number in range(4))]
    assert len(load_returns(workbook("cases.xlsx", none), standards=standards, key=KEY).table) == 8
