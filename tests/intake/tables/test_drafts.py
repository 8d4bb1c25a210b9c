"""What was not submitted is not counted, and is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.returns.reading import read_returns
from tests.intake.conftest import HEADER, KEY, row


@pytest.mark.parametrize("status", ["Draft", "SAVED", "In progress", "Not submitted"])
def test_a_row_that_was_not_submitted_is_set_aside_and_told(
    workbook: Callable[..., Path], standards: Standards, status: str
) -> None:
    rows = [[*HEADER, "Status"], [*row("0012345"), "Submitted"], [*row("0012346"), status]]
    loaded = read_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    told = loaded.problems.loc[loaded.problems["rule"] == "draft"]
    assert (len(loaded.table), told["row"].tolist()) == (2, [3])


@pytest.mark.parametrize("status", ["Submitted", "Approved", "CIN", ""])
def test_any_other_status_keeps_its_row(workbook: Callable[..., Path], standards: Standards, status: str) -> None:
    rows = [[*HEADER, "Status"], [*row("0012345"), status]]
    assert len(read_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY).table) == 2
