"""Audit logic: each fault is found once, with its reason; moderation is no duplicate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.programme import Programme, read_programme
from ilacs_audit.domain.schemas import PROBLEM, check_table
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.problems import Loaded
from ilacs_audit.intake.registers.identifiers import Registered, registered
from ilacs_audit.intake.returns.exclusions import FAR_OFF
from ilacs_audit.intake.tables.columns import ColumnMap
from tests.intake.conftest import DAY, HEADER, KEY, audit, row

Make = Callable[..., Path]
Load = Callable[..., Loaded]
GRADED = (*HEADER, "Voice of the child", "Overall grade", "Moderated grade", "Moderator", "Date moderated", "Comments")


def graded(
    reference: str, *answers: str, grade: str = "", second: tuple[Any, ...] = ("", "", ""), said: str = "", **cells: Any
) -> list[Any]:
    return [*row(reference, *(answers or ("Met", "Met", "Met")), **cells), grade, *second, said]


@pytest.fixture
def load(workbook: Make, standards: Standards, columns: ColumnMap) -> Load:
    def loaded(*rows: list[Any], header: tuple[str, ...] = GRADED, **options: Any) -> Loaded:
        path = workbook("plans.xlsx", [header, *rows])
        return load_returns(path, standards=standards, columns=columns, key=KEY, **options)

    return loaded


def told(loaded: Loaded) -> list[tuple[Any, ...]]:
    problems = loaded.problems
    return list(zip(problems["severity"], problems["rule"], problems["row"], strict=True))


@pytest.mark.parametrize("auditor", ["Ann Ayers", "Ayers, Ann", "ann.ayers@x.example"])
def test_an_auditor_of_their_own_case_is_found_however_named(auditor: str, load: Load) -> None:
    loaded = load(graded("0012345"), graded("0012346", auditor=auditor))
    assert told(loaded) == [("warning", "own-case", 3)]
    assert loaded.table["child_ref"].nunique() == 2


def test_a_moderated_grade_is_a_second_reading_and_no_duplicate(load: Load) -> None:
    loaded = load(graded("0012345", grade="Good", second=("RI", "Di Dunn", DAY + timedelta(days=3))))
    assert loaded.problems.empty
    grades = loaded.table[loaded.table["standard_id"] == "grade"]
    assert grades[["role", "answer", "grade"]].to_numpy().tolist() == [
        ["auditor", "good", "good"],
        ["moderator", "requires improvement", "requires improvement"],
    ]
    assert set(loaded.table.loc[loaded.table["role"] == "auditor", "grade"]) == {"good"}


def test_a_moderator_who_was_the_auditor_is_set_aside(load: Load) -> None:
    loaded = load(graded("0012345", grade="Good", second=("Good", "B. Birch", DAY)))
    assert told(loaded) == [("error", "same-moderator", 2)]
    assert set(loaded.table["role"]) == {"auditor"}


def test_a_moderation_before_its_audit_loses_its_date(load: Load) -> None:
    loaded = load(graded("0012345", grade="Good", second=("Good", "Di Dunn", DAY - timedelta(days=3))))
    assert told(loaded) == [("warning", "impossible-date", 2)]
    assert loaded.table.loc[loaded.table["role"] == "moderator", "audited_on"].isna().all()


def test_a_moderator_without_a_grade_is_asked_for_it(load: Load) -> None:
    loaded = load(graded("0012345", grade="Good", second=("", "Di Dunn", DAY)))
    assert told(loaded) == [("error", "second-blank", 2)]


def test_a_second_grade_that_its_scale_does_not_know_is_no_second_reading_and_is_told_as_one(load: Load) -> None:
    loaded = load(graded("0012345", grade="Good", second=("RI+", "Di Dunn", DAY)))
    assert told(loaded) == [("error", "second-unread", 2)]
    assert set(loaded.table["role"]) == {"auditor"}


def test_good_with_a_critical_standard_not_met(load: Load) -> None:
    assert told(load(graded("0012345", "Not met", "Met", "Met", grade="Good"))) == [
        ("warning", "critical-under-good", 2)
    ]
    assert told(load(graded("0012345", "Not met", "Not met", "Not met", grade="Good"))) == [
        ("warning", "critical-under-good", 2)
    ]


@pytest.mark.parametrize(
    ("answers", "grade"), [(("Met", "Not met", "Not met"), "Good"), (("Met", "Met", "Met"), "Inadequate")]
)
def test_a_grade_that_its_answers_deny(answers: tuple[str, ...], grade: str, load: Load) -> None:
    assert told(load(graded("0012345", *answers, grade=grade))) == [("warning", "grade-contradicts", 2)]


def test_too_many_not_applicable(workbook: Make, columns: ColumnMap) -> None:
    from ilacs_audit.domain.standards import read_theme
    from tests.intake.conftest import standard, theme

    asked = [standard(f"PLA-{n}", f"Question {n}", "met") for n in range(6)]
    wide = Standards((read_theme(theme("plans", asked), file="plans.yml"),))
    header = ["Case ID", *(f"Question {n}" for n in range(6))]
    path = workbook(
        "plans.xlsx", [header, ["0012345", *["N/A"] * 4, "Met", "Met"], ["0012346", *["N/A"] * 3, *["Met"] * 3]]
    )
    loaded = load_returns(path, standards=wide, key=KEY)
    assert told(loaded) == [("warning", "na-overuse", 2)]
    assert loaded.problems["value"].tolist() == ["4 of 6"]


def test_one_auditors_comment_on_two_files_is_found_once(load: Load) -> None:
    said = "The plan is clear and written to the child."
    loaded = load(
        graded("0012345", said=said),
        graded("0012346", said=said),
        graded("0012347", said=said),
        graded("0012348", said=said, auditor="Di Dunn"),
        graded("0012349", said="OK"),
        graded("0012350", said="OK"),
    )
    assert told(loaded) == [("warning", "cloned-comment", 3)]


def test_the_second_of_two_equal_rows_is_set_aside(load: Load) -> None:
    loaded = load(graded("0012345 "), graded("0012345\xa0"), graded("0012345", auditor="Di Dunn"))
    assert told(loaded) == [("error", "duplicate", 3)]
    assert len(loaded.table) == 6


def test_of_two_rows_with_other_answers_neither_is_read(load: Load) -> None:
    rows = [graded("0012345"), graded("0012345", "Not met", "Met", "Met"), graded("0012346")]
    for order in (rows, [rows[1], rows[0], rows[2]]):
        loaded = load(*order)
        assert told(loaded) == [("error", "duplicate", 2), ("error", "duplicate", 3)]
        assert "different answers" in loaded.problems["message"].iloc[0]
        assert loaded.table["child_ref"].nunique() == 1


def test_the_same_child_on_another_day_is_no_duplicate(load: Load) -> None:
    assert load(graded("0012345"), graded("0012345", day=DAY + timedelta(days=1))).problems.empty


@pytest.mark.parametrize(
    ("first", "second", "rows"),
    [
        (("Met", "Met", "Met"), ("Met", "Not met", "Met"), [2]),
        (("Met", "Met", "Met"), ("Met", "n/a", "Met"), [2]),
        (("Met", "Met", "Met"), ("Met", "", "Met"), []),
        (("Met", "", "Met"), ("Met", "Not met", "Met"), []),
        (("Met", "Met", "Met"), ("Met", "Met", "Met"), []),
    ],
)
def test_two_people_who_answer_a_question_of_one_file_otherwise_are_told_and_the_later_counts(
    first: tuple[str, ...], second: tuple[str, ...], rows: list[int], load: Load
) -> None:
    loaded = load(graded("0012345", *first), graded("0012345", *second, auditor="Cy Cole", day=DAY + timedelta(days=1)))
    assert [each[2] for each in told(loaded) if each[1] == "other-answers"] == rows


@pytest.mark.parametrize("day", ["31/11/2024", "3rd Dec 24", date(2042, 11, 6), "06/11/3024"])
def test_an_impossible_date_is_left_out_and_the_row_kept(day: Any, load: Load) -> None:
    loaded = load(graded("0012345"), graded("0012346"), graded("0012347", day=day))
    assert told(loaded) == [("warning", "impossible-date", 4)]
    assert loaded.table["audited_on"].isna().sum() == 3
    assert len(loaded.table) == 9


def test_a_date_outside_the_audits_month_is_out_of_period(load: Load) -> None:
    programme = read_programme([audit("plans-2024-11", "plans", intended=2)], file="programme.yml")
    loaded = load(graded("0012345"), graded("0012346", day=date(2024, 9, 6)), programme=programme)
    assert told(loaded) == [("warning", "out-of-period", 3)]


def test_a_worker_whom_the_register_does_not_name_is_kept_and_said(load: Load) -> None:
    workforce = frozenset({pseudonym("ann ayers", kind="person", key=KEY.encode())})
    loaded = load(
        graded("0012345", worker="Ann Ayers"),
        graded("0012346", worker="Zed Zephyr"),
        people=Registered(workers=workforce),
    )
    assert told(loaded) == [("warning", "unknown-worker", 3)]
    assert loaded.table["child_ref"].nunique() == 2


def test_a_worker_is_known_in_full_and_by_initial_from_the_workforce_register(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    head = "person_ref,team,role,started_on,left_on,notice_given_on,notice_withdrawn_on"
    text = f"{head}\nAnn Ayers,Duty,Social worker,2020-01-01,,,\n"
    (tmp_path / "registers" / "workforce.csv").write_text(text, encoding="utf-8")
    key = KEY.encode()
    expected = {pseudonym(name, kind="person", key=key) for name in ("ann ayers", "a. ayers")}
    assert registered(tmp_path, key=key).workers == expected
    assert registered(tmp_path / "elsewhere", key=key) == Registered()


def test_an_unknown_team_is_kept_and_said(load: Load) -> None:
    loaded = load(graded("0012345"), graded("0012346", team="Duty & Asessment 1"), graded("0012347", team="cic "))
    assert told(loaded) == [("warning", "unknown-team", 3)]
    assert sorted(loaded.table["team"].unique()) == ["Children in Care", "Duty & Asessment 1", "Duty & Assessment 1"]


def test_lost_leading_zeros_are_flagged_and_not_repaired_where_none_shows_how_many(load: Load) -> None:
    loaded = load(graded("1012345"), graded("1012346"), graded(12347))
    assert told(loaded) == [("warning", "mixed-reference", 4)]
    assert loaded.table["child_ref"].nunique() == 3


def test_answers_without_a_reference_are_set_aside(load: Load) -> None:
    loaded = load(graded("0012345"), graded(""))
    assert told(loaded) == [("error", "missing-reference", 3)]
    assert loaded.table["child_ref"].nunique() == 1


def test_a_moderated_row_whose_reference_is_lost_is_told_once_and_counted_nowhere(load: Load) -> None:
    loaded = load(graded("0012345", grade="Good"), graded("3-Dec", grade="Good", second=("RI", "Di Dunn", DAY)))
    assert told(loaded) == [("error", "lost-reference", 3)]
    assert set(loaded.table["role"]) == {"auditor"}


def test_a_blank_answer_is_a_problem_and_no_answer(load: Load) -> None:
    loaded = load(graded("0012345", "Met", "\xa0", "Met"))
    assert told(loaded) == [("error", "missing-answer", 2)]
    assert len(loaded.table) == 2


def test_a_missing_grade_is_nobodys_fault(load: Load) -> None:
    assert load(graded("0012345", grade="")).problems.empty


def test_a_standard_without_a_column_is_said(load: Load, programme: Programme) -> None:
    header = tuple(name for name in GRADED if name != "Voice of the child")
    cells = graded("0012345")
    loaded = load([*cells[:7], *cells[8:]], header=header, programme=programme)
    assert loaded.problems[["rule", "column"]].to_numpy().tolist() == [["missing-column", "PLA-3"]]


def exclude(folder: Path, text: str) -> Path:
    (folder / "exclusions.yml").write_text(text)
    return folder / "exclusions.yml"


def test_a_person_can_take_a_row_out_with_a_reason(load: Load, tmp_path: Path) -> None:
    text = "- file: plans.xlsx\n  row: 3\n  reason: The auditor holds the case.\n  by: QA lead\n"
    loaded = load(graded("0012345"), graded("0012346", auditor="Ann Ayers"), exclusions=exclude(tmp_path, text))
    assert told(loaded) == [("error", "excluded", 3)]
    assert "holds the case" in loaded.problems["message"].iloc[0]
    assert loaded.table["child_ref"].nunique() == 1


def test_a_child_can_be_taken_out_of_an_audit(load: Load, tmp_path: Path) -> None:
    text = "- audit: plans\n  child: '0012346'\n  reason: Drawn by mistake.\n  by: QA lead\n"
    loaded = load(graded("0012345"), graded("0012346"), exclusions=exclude(tmp_path, text))
    assert told(loaded) == [("error", "excluded", 3)]


def test_a_child_is_taken_out_though_its_zeros_were_lost_on_the_way(load: Load, tmp_path: Path) -> None:
    text = "- audit: plans\n  child: 12346\n  reason: Drawn by mistake.\n  by: QA lead\n"
    loaded = load(graded("0012345"), graded("0012346"), exclusions=exclude(tmp_path, text))
    assert told(loaded) == [("error", "excluded", 3)]


def test_an_exclusion_whose_reference_is_lost_takes_nobody_out(load: Load, tmp_path: Path) -> None:
    text = "- audit: plans\n  child: 1.2E+04\n  reason: Drawn by mistake.\n  by: QA lead\n"
    loaded = load(graded("0012345"), graded(""), exclusions=exclude(tmp_path, text))
    assert sorted(each[1] for each in told(loaded)) == ["excluded", "missing-reference"]
    assert loaded.table["child_ref"].nunique() == 1


def test_an_exclusion_that_meets_no_row_is_said(load: Load, tmp_path: Path) -> None:
    text = "- file: plans.xlsx\n  row: 99\n  reason: A slip.\n  by: QA lead\n"
    assert told(load(graded("0012345"), exclusions=exclude(tmp_path, text))) == [("warning", "excluded", 99)]


def test_the_day_of_an_exclusion_is_one_on_which_the_audit_could_be_worked_on(load: Load, tmp_path: Path) -> None:
    programme = read_programme([audit("plans-2024-11", "plans")], file="programme.yml")
    for day, doubted in (("1999-01-01", 1), ("2031-01-01", 1), (DAY.isoformat(), 0)):
        text = f"- file: plans.xlsx\n  row: 3\n  reason: A slip.\n  by: QA lead\n  on: {day}\n"
        loaded = load(graded("0012345"), graded("0012346"), exclusions=exclude(tmp_path, text), programme=programme)
        assert loaded.table["child_ref"].nunique() == 1
        said = loaded.problems[loaded.problems["rule"] == "misdated-exclusion"]
        assert said[["file", "row", "column"]].to_numpy().tolist() == [["plans.xlsx", 3, "on"]] * doubted
        (out,) = loaded.problems.loc[loaded.problems["rule"] == "excluded", "message"]
        assert out.endswith(FAR_OFF) == bool(doubted)  # which the page tells beside the file


def test_an_exclusion_needs_a_reason(load: Load, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="reason"):
        load(graded("0012345"), exclusions=exclude(tmp_path, "- file: plans.xlsx\n  row: 2\n  by: QA lead\n"))


def test_people_and_references_of_the_registers_are_found_in_free_text(load: Load, tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "workforce.csv").write_text("person_ref,team\nQuilla Zephyrine,CIC\n")
    (tmp_path / "registers" / "cases.csv").write_text("child_ref,team\n7700123,CIC\n")
    people = registered(tmp_path, key=KEY.encode())
    loaded = load(
        graded("0012345", said="Her brother (7700123) is seen by Quilla on Mondays.", worker=""), people=people
    )
    assert loaded.table["comment"].max() == "Her brother ([reference]) is seen by [name] on Mondays."
    assert loaded.problems["rule"].tolist() == ["free-text-identifier"]


def test_a_register_that_cannot_be_read_leaves_the_returns_alone(load: Load, tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "workforce.xlsx").write_bytes(b"PK broken")
    assert registered(tmp_path, key=KEY.encode()) == Registered()


def test_every_finding_points_at_its_column_and_shows_what_stands_there(load: Load) -> None:
    said = "A long comment on the plan that two files share."
    loaded = load(
        graded("0012345", auditor="Ann Ayers", grade="Good", said=said, second=("Good", "Ann Ayers", DAY)),
        graded("0012345", auditor="Ann Ayers", grade="Good", said=said),
        graded("12346", "Not met", "Met", "Met", auditor="Ann Ayers", grade="Good", said=said),
        graded("", worker="Wyn West"),
        people=Registered(workers=frozenset({pseudonym("ann ayers", kind="person", key=KEY.encode())})),
    )
    assert sorted(loaded.problems[["rule", "row", "column", "value"]].to_numpy().tolist()) == [
        ["cloned-comment", 4, "Comments", said],
        ["critical-under-good", 4, "Overall grade", "good"],
        ["duplicate", 3, "Case ID", "0012345"],
        ["missing-answer", 5, "Overall grade", ""],
        ["missing-reference", 5, "Case ID", ""],
        ["mixed-reference", 4, "Case ID", "12346"],
        *(["own-case", row, "Auditor", "ann ayers"] for row in (2, 3, 4)),
        ["same-moderator", 2, "Moderator", "ann ayers"],
        ["unknown-worker", 5, "Social worker", "wyn west"],
    ]


def test_an_error_beside_the_answers_is_read_as_blank_and_said_once(load: Load) -> None:
    loaded = load(
        graded("0012345", worker="#N/A", auditor="#N/A", team="#REF!", day="#VALUE!", said="#NAME?"),
        graded("#N/A"),
    )
    assert sorted(loaded.problems[["severity", "rule", "row", "column", "value"]].to_numpy().tolist()) == [
        ["error", "missing-reference", 3, "Case ID", "#N/A"],
        ["warning", "spreadsheet-error", 2, "Auditor", "#N/A"],
        ["warning", "spreadsheet-error", 2, "Comments", "#NAME?"],
        ["warning", "spreadsheet-error", 2, "Date audited", "#VALUE!"],
        ["warning", "spreadsheet-error", 2, "Social worker", "#N/A"],
        ["warning", "spreadsheet-error", 2, "Team", "#REF!"],
    ]
    kept = loaded.table.iloc[0]
    assert (kept["team"], kept["worker_ref"], kept["rater_ref"], kept["comment"]) == ("", "", "", "")
    assert loaded.table["audited_on"].isna().all()


def test_a_formula_without_a_saved_result_is_no_reference_team_or_comment(load: Load) -> None:
    loaded = load(graded("0012345", team="=A1", said="=B2&C2"), graded("=D4"))
    found = loaded.problems[["rule", "row", "column", "fix"]].to_numpy().tolist()
    again = "Open in Excel and save again."
    assert found == [
        ["spreadsheet-error", 2, "Team", again],
        ["spreadsheet-error", 2, "Comments", again],
        ["missing-reference", 3, "Case ID", "Fill in the reference."],
    ]
    assert loaded.table["comment"].eq("").all()


def test_messages_carry_no_value(load: Load) -> None:
    loaded = load(graded("0012345", "Zeldafied", "Met", "Met", said="Zelda rang 01632 960871", team="Zelda's team"))
    check_table(loaded.problems, PROBLEM, name="problems")
    assert len(loaded.problems) == 3
    assert not (loaded.problems["message"] + loaded.problems["fix"]).str.contains("Zelda|960871").any()
    assert loaded.problems["value"].str.contains("Zelda").sum() == 3
