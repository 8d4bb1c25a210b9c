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


UNKNOWN = [
    *(
        "ai_checked",
        "AI checked",
        "Auditor, AI assisted",
        "moderator (with AI)",
        "Human + AI",
        "Team manager",
        "Acme AI",
    ),
    *("R2D2", "other", "?"),
]


@pytest.mark.parametrize("first", [True, False])
def test_a_reader_of_whom_nobody_knows_who_it_is_is_set_aside_and_told_where(first: bool, load: Load) -> None:
    people = [graded(str(1000001 + at), "Good") for at in range(len(UNKNOWN))]
    others = [graded(str(1000001 + at), "RI", by=said, auditor="Ada Quill") for at, said in enumerate(UNKNOWN)]
    alone = graded("2000000", "RI", by="R2D2", auditor="Ada Quill")
    loaded = load(*(*others, *people, alone) if first else (*people, *others, alone))
    assert set(loaded.problems["rule"]) == {"unknown-reader"}
    assert set(loaded.problems["severity"]) == {"error"}
    assert loaded.problems["value"].tolist() == [*UNKNOWN, "R2D2"]
    assert set(loaded.problems["column"]) == {"Rater"}
    grades = loaded.table[loaded.table["standard_id"] == "grade"]
    assert grades[["role", "answer"]].to_numpy().tolist() == [["auditor", "good"]] * len(UNKNOWN)


def test_a_reader_whom_the_columns_know_is_counted(load: Load) -> None:
    row = graded("0012345", "Good", by="Team manager")
    assert told(load(row, learnt={"auditor": ("Team Manager",)})) == []
    assert set(load(row, learnt={"moderator": ("Team manager",)}).table["role"]) == {"moderator"}


TOOLS = [
    *("Copilot", "CoPilot_AI", "co-pilot", "MS COPILOT (365)", "ChatGPT", "chat gpt-4o", "GPT5", "Claude", "claude-3"),
    *("Gemini 2.5", "Magic Notes", "magic_notes v2", "MagicNotes", "Acme AI", "acme ai", "AI", "A.I. auditor", "AI 2"),
    *("Artificial intelligence", "Llama", "copilot@northmere.example", "Ann Lee with Copilot", "Large language model"),
]


@pytest.mark.parametrize("by", ["", "auditor", "1st reader", "AI"])
def test_a_tool_that_signs_is_an_ai_whatever_its_role_is(by: str, load: Load) -> None:
    people = [graded(str(1000001 + at), "Good") for at in range(len(TOOLS))]
    tools = [graded(str(1000001 + at), "RI", by=by, auditor=name) for at, name in enumerate(TOOLS)]
    grades = load(*people, *tools).table.query("standard_id == 'grade'")
    assert grades["role"].tolist() == ["auditor"] * len(TOOLS) + ["ai"] * len(TOOLS)


def test_a_tool_that_moderates_makes_no_second_reading_in_a_column_or_a_row_of_its_own(load: Load) -> None:
    beside = [graded(str(1000001 + at), "Good", second="RI", who=name) for at, name in enumerate(TOOLS)]
    people = [graded(str(1000001 + at), "Good") for at in range(len(TOOLS))]
    own = [graded(str(1000001 + at), "RI", by="Moderator", auditor=name) for at, name in enumerate(TOOLS)]
    for loaded in (load(*beside), load(*people, *own)):
        assert loaded.problems["rule"].tolist() == ["ai-moderator"] * len(TOOLS)
        assert set(loaded.table["role"]) == {"auditor", "ai"}


@pytest.mark.parametrize("said", ["Copilot", "AI (Copilot)", "AI reviewer", "auditor (ChatGPT)", "MagicNotes"])
def test_a_role_that_names_a_tool_is_an_ai(said: str, load: Load) -> None:
    assert set(load(graded("0012345", "Good"), graded("0012345", "RI", by=said)).table["role"]) == {"auditor", "ai"}


def test_a_person_whose_name_is_like_a_tools_is_one(load: Load) -> None:
    names = "Claude Moreau", "Ai Tanaka", "Tope Naidu", "Jo Grokowska", "Ana Villamar", "jo@magic.ai", "A. I. Smith"
    rows = [graded(str(1000001 + at), "Good", auditor=name, second="RI", who="Di F") for at, name in enumerate(names)]
    assert set(load(*rows).table["role"]) == {"auditor", "moderator"}


def test_a_person_who_is_called_as_a_tool_is_vouched_for_by_the_columns(load: Load) -> None:
    row = graded("0012345", "Good", auditor="Gemini")
    assert set(load(row).table["role"]) == {"ai"}
    assert set(load(row, learnt={"auditor": ("Gemini",)}).table["role"]) == {"auditor"}


def test_a_tool_of_a_council_is_an_ai_in_a_longer_cell_too(load: Load) -> None:
    rows = graded("0012345", "Good"), graded("0012345", "RI", auditor="Zed-reader, v2")
    assert set(load(*rows, learnt={"ai": ("zed reader",)}).table["role"]) == {"auditor", "ai"}


def test_a_file_that_a_moderator_alone_graded_is_for_an_auditor_to_read(load: Load) -> None:
    by_ai = graded("0012346", "Good", by="AI"), graded("0012346", "RI", by="Moderator", auditor="Di Fenn")
    loaded = load(graded("0012345", "Good"), *by_ai, graded("0012347", "RI", by="Moderator", auditor="Di Fenn"))
    assert sorted(told(loaded)) == [
        ("warning", "ai-alone", 3),
        ("warning", "moderator-alone", 4),
        ("warning", "moderator-alone", 5),
    ]


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
