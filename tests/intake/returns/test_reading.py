"""Whatever people send becomes Answers, and what does not says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.schemas import ANSWER, PROBLEM, check_table
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.loading import load_returns
from tests.intake.conftest import DAY, HEADER, KEY, row


def test_a_plain_sheet_becomes_one_answer_for_each_filled_cell(
    workbook: Callable[..., Path], standards: Standards
) -> None:
    path = workbook("plans.xlsx", [HEADER, row("0012345", "Met", "N/A"), row("0012346", "Not met ", "partially met")])

    loaded = load_returns(path, standards=standards, key=KEY)

    check_table(loaded.table, ANSWER, name="answers")
    check_table(loaded.problems, PROBLEM, name="problems")
    assert loaded.table["answer"].tolist() == ["met", "not applicable", "not met", "partly met"]
    assert loaded.table["standard_id"].tolist() == ["PLA-1", "PLA-2"] * 2
    assert loaded.table["audited_on"].dt.strftime("%Y-%m-%d").unique().tolist() == ["2024-11-06"]
    assert loaded.problems.empty


def test_a_return_on_files_without_a_reference_is_refused_and_never_read_as_one_on_workers(
    workbook: Callable[..., Path], standards: Standards
) -> None:
    rows = [["Social worker", "Auditor", "Date audited", "Plan up to date"], ["Ann Ayers", "Bea Birch", DAY, "Met"]]
    with pytest.raises(ReturnsError, match="holds the child's reference"):
        load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)


def test_words_behind_answers_are_told_once_a_file(workbook: Callable[..., Path], standards: Standards) -> None:
    rows = [row(f"00123{n}", "Met - see note", "Not met (no plan)") for n in range(40, 45)]
    loaded = load_returns(workbook("plans.xlsx", [HEADER, *rows]), standards=standards, key=KEY)
    assert loaded.table["answer"].value_counts().to_dict() == {"met": 5, "not met": 5}
    assert loaded.problems["rule"].tolist() == ["qualified-answer"]
    assert "(10 times)" in loaded.problems["message"].iloc[0]
