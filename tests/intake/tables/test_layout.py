"""Sheets laid out for people: titles, two-row headers, team headings, totals, notes, many sheets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.tables.columns import ColumnMap, read_columns
from tests.intake.conftest import DAY, HEADER, KEY, row

Make = Callable[..., Path]
BARE = ("Case ID", "Auditor", "Date audited", "Plan up to date", "Actions SMART", "Overall grade")


def bare(reference: str, *answers: str) -> list[object]:
    return [reference, "Bea Birch", DAY, *(answers or ("Met", "Met", "Good"))]


def test_titles_two_header_rows_headings_totals_and_notes(
    workbook: Make, standards: Standards, columns: ColumnMap
) -> None:
    rows = [
        ["NORTHMERE – plans audit"],
        ["Return to someone@x.example by Friday"],
        [],
        ["Child", None, None, "The plan", None, "Grading"],
        ["Case ID", "Auditor", "Date audited ", "Plan up\nto date", "Actions\xa0SMART", None],
        ["DUTY & ASSESSMENT 1 – TM Cy Crane"],
        bare("0012345 "),
        bare("0012346", "Not met", "n/a", "Inadequate"),
        [],
        ["CIC – TM Di Dunn"],
        list(BARE),
        bare("0012347"),
        [],
        ["TOTAL MET", None, None, 2, 2],
        ["% MET", None, None, 0.66, 0.66],
        ["NB 2 audits outstanding from CIC"],
    ]
    rows[4][5] = "Overall grade"
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, columns=columns, key=KEY)
    assert loaded.problems[["severity", "rule", "row"]].to_numpy().tolist() == [["warning", "left-out", 16]]
    assert "rows 14, 15 and 16" in loaded.problems["message"][0]
    assert loaded.table.drop_duplicates("child_ref")["team"].tolist() == ["Duty & Assessment 1"] * 2 + [
        "Children in Care"
    ]
    assert loaded.table["answer"].tolist() == [
        "met",
        "met",
        "good",
        "not met",
        "not applicable",
        "inadequate",
        "met",
        "met",
        "good",
    ]


def test_a_header_merged_over_two_rows_is_read_from_the_upper_one(workbook: Make, standards: Standards) -> None:
    rows = [
        ["Child", None, "Plan", None, "Comments"],
        ["Case ID", "Auditor", "Plan up to date", "Actions SMART", None],
        ["0012345", "Bea Birch", "Met", "Met", "Strong plan"],
    ]
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    assert loaded.problems.empty
    assert loaded.table["comment"].tolist() == ["Strong plan", ""]


def test_a_sheet_for_each_team_with_auditor_and_week_in_its_title(
    workbook: Make, standards: Standards, columns: ColumnMap
) -> None:
    def team(title: str, week: str) -> list[list[object]]:
        titles = [[title], [f"Week commencing {week}"], ["Audited by: Bea Birch"], []]
        header = ["Worker", "Supervisor", "Agreement on file", None, "Signed by both"]
        return [*titles, header, ["Ann Ayers", "Cy Crane", "y", None, "na"], [], ["Key: y = yes"], ["Signed: B. Birch"]]

    path = workbook(
        "sup.xlsx",
        CIC=team("Supervision", "2nd December 2024"),
        Other=team("SUPERVISION – Duty & Assessment 1", "03/12/2024"),
        READ_ME=[["Please use y / n / na only."]],
    )
    loaded = load_returns(path, standards=standards, columns=columns, key=KEY)
    assert loaded.table.groupby("team").size().to_dict() == {"Children in Care": 2, "Duty & Assessment 1": 2}
    assert loaded.table["rater_ref"].nunique() == 1
    assert set(loaded.table["audited_on"].dt.date) == {date(2024, 12, 2), date(2024, 12, 3)}
    assert loaded.problems[["rule", "sheet"]].to_numpy().tolist() == [
        ["left-out", "CIC"],
        ["not-monday", "Other"],
        ["left-out", "Other"],
    ]


def test_a_reference_alone_in_its_row_is_a_return_that_never_came(workbook: Make, standards: Standards) -> None:
    path = workbook("plans.xlsx", [HEADER, row("0012345"), ["0012346"], row("0012347")])
    loaded = load_returns(path, standards=standards, key=KEY)
    assert loaded.problems[["rule", "row", "value"]].to_numpy().tolist() == [["missing-return", 3, "0012346"]]


def test_a_long_table_is_read_like_a_wide_one(tmp_path: Path, standards: Standards) -> None:
    header = "Case ID,Team,Worker,Auditor,Date of audit,Question,Answer,Comments\n"
    lines = [
        f"00{n},North,Ann Ayers,Bea Birch,26/11/2024,{question},{answer},{said}\n"
        for n, question, answer, said in (
            (12345, "Plan up to date", "Met", "On file since May."),
            (12345, "Actions SMART", "N/A", ""),
            (12346, "Plan up to date", "perhaps", ""),
            (12346, "Actions SMART", "Not met", ""),
        )
    ]
    (tmp_path / "plans.csv").write_text(header + "".join(lines))
    loaded = load_returns(tmp_path / "plans.csv", standards=standards, key=KEY)
    assert loaded.table["answer"].tolist() == ["met", "not applicable", "not met"]
    assert loaded.table["comment"].tolist() == ["On file since May.", "", ""]
    assert loaded.problems[["rule", "value"]].to_numpy().tolist() == [["unknown-answer", "perhaps"]]


def test_a_sheet_without_answers_is_said_not_to_be_read(workbook: Make, standards: Standards) -> None:
    log = [["Request", "Police"], ["a", "x"], ["b", "x"], ["c", "x"]]
    loaded = load_returns(workbook("plans.xlsx", Return=[HEADER, row()], Log=log), standards=standards, key=KEY)
    assert loaded.problems[["rule", "sheet"]].to_numpy().tolist() == [["unknown-column", "Log"]]


def test_a_one_and_a_true_in_one_column_are_two_answers(workbook: Make, standards: Standards) -> None:
    header = ("Case ID", "Consent recorded", "Family told")
    rows = [("0012345", 1, "Yes"), ("0012346", True, 0), ("0012347", "Yes", False)]
    loaded = load_returns(workbook("consent.xlsx", [header, *rows]), standards=standards, key=KEY)
    assert loaded.table["answer"].tolist() == ["yes", "yes", "yes", "no"]
    assert loaded.problems[["rule", "row", "value"]].to_numpy().tolist() == [
        ["unknown-answer", 2, "1"],
        ["unknown-answer", 3, "0"],
    ]


def test_a_sheet_whose_name_was_cut_is_the_team_that_begins_so(workbook: Make, standards: Standards) -> None:
    long = "Children's Disability Team (0-25)"
    known = read_columns({"teams": {long: [], "Court, Care and Permanence Team 1": []}}, file="columns.yml")
    sheets = {long[:31]: [BARE, bare("0012345")], "Court, Care and Other Teams (0-": [BARE, bare("0012346")]}
    loaded = load_returns(workbook("plans.xlsx", **sheets), standards=standards, columns=known, key=KEY)
    assert loaded.table.drop_duplicates("child_ref")["team"].tolist() == [long, ""]
    assert loaded.problems[["rule", "sheet"]].to_numpy().tolist() == [["unknown-team", [*sheets][1]]]


def test_two_teams_that_begin_so_are_not_told_apart_by_a_sheet_whose_name_was_cut(
    workbook: Make, standards: Standards
) -> None:
    teams = [f"Safeguarding and Support Team North {side}" for side in ("East", "West")]
    known = read_columns({"teams": {team: [] for team in teams}}, file="columns.yml")
    path = workbook("plans.xlsx", **{teams[0][:31]: [BARE, bare("0012345")]})
    loaded = load_returns(path, standards=standards, columns=known, key=KEY)
    assert set(loaded.table["team"]) == {""}
    assert loaded.problems["rule"].tolist() == ["unknown-team"]


def test_a_team_called_total_heads_its_files_and_a_total_heads_none(workbook: Make, standards: Standards) -> None:
    known = read_columns({"teams": {"Total Place": [], "Sum of Parts": [], "Mean": []}}, file="columns.yml")
    names = ["Total Place", "Sum of Parts", "Mean"]
    rows = [BARE, *(line for n, team in enumerate(names) for line in ([team], bare(f"001234{n}"), ["Total", 1]))]
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, columns=known, key=KEY)
    assert loaded.table.drop_duplicates("child_ref")["team"].tolist() == names
    assert loaded.problems[["rule", "row"]].to_numpy().tolist() == [["left-out", 10]]
    assert "rows 4, 7 and 10" in loaded.problems["message"][0]
