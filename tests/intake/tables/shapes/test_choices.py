"""A list of standards in one cell, ticked or not, is an answer to each of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.loading import load_returns
from tests.intake.conftest import DAY, KEY

Make = Callable[..., Path]
HEADER = ("Case ID", "Auditor", "Date audited", "Which of these are met?", "Comments")
ALSO = (*HEADER[:3], "Standards met", "Standards partly met")


def line(ref: str, ticked: str) -> list[object]:
    return [ref, "Bea Birch", DAY, ticked, ""]


@pytest.mark.parametrize("mark", [";", "\n", "; ", ", "])
def test_what_is_ticked_is_met_and_what_is_not_is_not_met(workbook: Make, standards: Standards, mark: str) -> None:
    ticked = mark.join(("Plan up to date", "Voice of the child", "")).rstrip(", ")
    path = workbook(
        "plans.xlsx", [HEADER, line("0012345", ticked), line("0012346", "Actions SMART"), line("0012347", "")]
    )
    loaded = load_returns(path, standards=of("plans", standards), key=KEY)
    found = loaded.table.groupby("standard_id")["answer"].agg(list).to_dict()
    assert found == {"PLA-1": ["met", "not met"], "PLA-2": ["not met", "met"], "PLA-3": ["met", "not met"]}
    assert sorted(loaded.problems["rule"]) == ["missing-return", "ticked-list"]


def of(theme: str, standards: Standards) -> Standards:
    return Standards(tuple(each for each in standards.themes if each.id == theme))


@pytest.mark.parametrize("other", ["None of the above", "Plan is up-to-date enough"])
def test_a_list_with_what_is_no_standard_is_refused_by_its_layout(
    workbook: Make, standards: Standards, other: str
) -> None:
    rows = [HEADER, line("0012345", "Plan up to date;Actions SMART"), line("0012346", other)]
    with pytest.raises(ReturnsError, match="Several standards stand in one cell"):
        load_returns(workbook("plans.xlsx", rows), standards=of("plans", standards), key=KEY)


def test_a_list_of_standards_with_marks_of_ten_is_refused(workbook: Make, standards: Standards) -> None:
    rows = [HEADER, line("0012345", "Strategy discussion;Analysis of risk")]
    with pytest.raises(ReturnsError, match="more answers than met or not met"):
        load_returns(workbook("s47.xlsx", rows), standards=of("s47", standards), key=KEY)


@pytest.mark.parametrize(
    "header",
    [
        *("Which of these are NOT met?", "Unmet standards", "Gaps found", "Tick any concerns", "Areas for improvement"),
        *("No evidence of", "Which standards aren’t met?", "Partly met", "Tick all that apply"),
    ],
)
def test_a_list_that_may_be_of_what_is_not_met_is_refused(workbook: Make, standards: Standards, header: str) -> None:
    rows = [(*HEADER[:3], header, "Comments"), line("0012345", "Plan up to date;Actions SMART")]
    with pytest.raises(ReturnsError, match="could be what is met, or what is not met"):
        load_returns(workbook("plans.xlsx", rows), standards=of("plans", standards), key=KEY)


def test_two_lists_are_refused(workbook: Make, standards: Standards) -> None:
    both = ["Plan up to date;Actions SMART"] * 2
    rows = [ALSO, ["0012345", "Bea Birch", DAY, *both]]
    with pytest.raises(ReturnsError, match="could be what is met"):
        load_returns(workbook("plans.xlsx", rows), standards=of("plans", standards), key=KEY)
