"""An AI's reading is kept apart, however a return names it, and what nobody can tell is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.cells.agencies import drafted_by
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.problems import Loaded
from ilacs_audit.intake.tables.columns import ColumnMap
from tests.intake.conftest import HEADER, KEY, row

Make = Callable[..., Path]
Load = Callable[..., Loaded]
GRADED = (*HEADER, "Voice of the child", "Overall grade", "Moderated grade", "Moderator", "Rater", "Drafted by")


def graded(
    reference: str, grade: str, *, by: str = "", drafted: str = "", second: str = "", who: str = "", **cells: Any
):
    return [*row(reference, "Met", "Met", "Met", **cells), grade, second, who, by, drafted]


@pytest.fixture
def load(workbook: Make, standards: Standards, columns: ColumnMap) -> Load:
    def loaded(*rows: list[Any], learnt: dict[str, tuple[str, ...]] | None = None) -> Loaded:
        path, known = workbook("plans.xlsx", [GRADED, *rows]), replace(columns, readers=learnt or {})
        return load_returns(path, standards=standards, columns=known, key=KEY)

    return loaded


def told(loaded: Loaded) -> list[tuple[str, str, int]]:
    return list(zip(loaded.problems["severity"], loaded.problems["rule"], loaded.problems["row"], strict=True))


@pytest.mark.parametrize("said", ["AI", "ai", " Ai ", "AI tool", "an AI reader", "A.I.", "Artificial intelligence"])
def test_an_ai_is_an_ai_in_any_case_and_its_file_is_read_by_the_person(said: str, load: Load) -> None:
    loaded = load(graded("0012345", "Good"), graded("0012345", "RI", by=said, auditor="A tool"))
    grades = loaded.table[loaded.table["standard_id"] == "grade"]
    assert grades[["role", "answer"]].to_numpy().tolist() == [["auditor", "good"], ["ai", "requires improvement"]]
    assert loaded.problems.empty


@pytest.mark.parametrize("name", ["AI", "AI tool", "Artificial Intelligence"])
def test_an_auditor_called_ai_is_one(name: str, load: Load) -> None:
    loaded = load(graded("0012345", "Good"), graded("0012345", "RI", auditor=name))
    assert set(loaded.table["role"]) == {"auditor", "ai"}


def test_a_tool_is_an_ai_where_the_columns_say_so_and_else_the_reader_is_asked_about(load: Load) -> None:
    rows = graded("0012345", "Good"), graded("0012345", "RI", by="Copilot", auditor="C. Cole")
    assert set(load(*rows, learnt={"ai": ("Copilot",)}).table["role"]) == {"auditor", "ai"}
    loaded = load(*rows)
    assert told(loaded) == [("warning", "unknown-reader", 3)]
    assert set(loaded.table["role"]) == {"auditor"}


def test_a_file_that_an_ai_alone_graded_is_for_a_person_to_read(load: Load) -> None:
    loaded = load(graded("0012345", "Good"), graded("0012346", "Good", by="AI", auditor="A tool"))
    assert told(loaded) == [("warning", "ai-alone", 3)]
    assert loaded.table.loc[loaded.table["role"] == "auditor", "child_ref"].nunique() == 1


def test_an_ai_that_moderates_makes_no_second_reading(load: Load) -> None:
    loaded = load(graded("0012345", "Good", second="RI", who="AI"))
    assert told(loaded) == [("warning", "ai-moderator", 2)]
    assert set(loaded.table["role"]) == {"auditor", "ai"}


def test_an_ai_owes_no_answers_and_its_grade_contradicts_nothing(load: Load) -> None:
    blank = [*row("0012345", "", "", "", auditor="A tool"), "Inadequate", "", "", "AI", ""]
    loaded = load(graded("0012345", "Good"), blank)
    assert loaded.problems.empty


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Person", "person"),
        ("No AI", "person"),
        ("AI, checked", "ai checked"),
        ("AI - reviewed by the auditor", "ai checked"),
        ("AI UNCHECKED", "ai unchecked"),
        ("AI, not yet checked", "ai unchecked"),
        ("AI - to be checked", "ai unchecked"),
        ("AI checked: no", "ai unchecked"),
        ("AI", "ai unchecked"),
        ("", ""),
        ("Said and dictated", ""),
    ],
)
def test_a_draft_is_checked_only_where_it_is_said_to_be(said: str, meant: str) -> None:
    assert drafted_by(said) == meant


def test_who_drafted_the_words_is_kept_and_what_says_nothing_is_asked_about(load: Load) -> None:
    rows = graded("0012345", "Good", drafted="AI checked"), graded("0012346", "Good", drafted="dictated")
    loaded = load(*rows, graded("0012347", "Good"))
    assert told(loaded) == [("warning", "unknown-drafter", 3)]
    assert loaded.table.drop_duplicates("child_ref")["drafted_by"].tolist() == ["ai checked", "", ""]
