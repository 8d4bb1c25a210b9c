"""The lists of a draw are read as they are exported, and a list that could be misread is refused."""

import openpyxl
import pytest

from ilacs_audit.domain.errors import ReturnsError, UsageError
from ilacs_audit.intake.registers.case_list import load_auditors, load_case_list, load_references, rows_left_out


@pytest.fixture
def listed(tmp_path):
    def write(text, name="list.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_references_stay_text_and_blank_ones_are_no_case(listed):
    found = load_case_list(listed("Case ID,Team,Social worker\n00123,A,W\n,B,W\n"))
    assert found.to_dict("list") == {
        "child_ref": ["00123"],
        "team": ["A"],
        "worker_ref": ["W"],
        "padded": [False],
        "family_ref": [""],
    }


def test_title_rows_are_passed_over(listed):
    found = load_case_list(listed("Open cases,,\n,,\nPerson ID,Allocated team,Allocated worker\n1,A,W\n"))
    assert found["child_ref"].tolist() == ["1"]


def test_a_sheet_of_something_else_is_no_list(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["How to use this workbook"])
    sheet = book.create_sheet("Cases")
    sheet.append(["Case ID", "Team", "Social worker"])
    sheet.append([42, "A", "W"])
    book.save(tmp_path / "cases.xlsx")
    assert load_case_list(tmp_path / "cases.xlsx")["child_ref"].tolist() == ["42"]


def test_two_sheets_that_could_be_the_list_are_refused(tmp_path):
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Closed")):
        sheet.append(["Case ID", "Team", "Social worker"])
        sheet.append([42, "A", "W"])
    book.save(tmp_path / "cases.xlsx")
    with pytest.raises(ReturnsError, match="2 sheets could be the list"):
        load_case_list(tmp_path / "cases.xlsx")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Case ID,Team\n1,A\n", "No sheet has the columns wanted"),
        ("Case ID,Team,Allocated team,Social worker\n1,A,B,W\n", "more than one column for team"),
    ],
)
def test_a_list_that_could_be_misread_is_refused(listed, text, why):
    with pytest.raises(ReturnsError, match=why):
        load_case_list(listed(text))


def test_strata_that_name_single_files_are_refused(listed):
    path = listed("Case ID,Team,Social worker,Plan\n1,A,W,a\n2,A,W,b\n3,A,W,c\n")
    with pytest.raises(UsageError, match="makes no strata"):
        load_case_list(path, stratify="Plan")


def test_a_capacity_is_a_whole_number(listed):
    assert load_auditors(listed("Name,Team,Files\nAda,A,3\n"))["capacity"].tolist() == [3]
    with pytest.raises(ReturnsError, match="capacity is not a whole number"):
        load_auditors(listed("Name,Team,Files\nAda,A,some\n"))


def test_references_audited_lately_come_from_the_same_column(listed):
    assert list(load_references(listed("Date,Case ID\n2024-01-01,007\n"))) == ["007"]


def test_lost_zeros_come_back_in_a_case_list_and_are_said(listed):
    found = load_case_list(listed("Case ID,Team,Social worker\n0012345,A,W\n12346,B,W\n"))
    assert found[["child_ref", "padded"]].to_numpy().tolist() == [["0012345", False], ["0012346", True]]


def test_a_case_list_with_a_lost_reference_draws_nothing(listed):
    with pytest.raises(ReturnsError, match=r"date.*row 3, column Case ID.*formatted as text"):
        load_case_list(listed("Case ID,Team,Social worker\n0012345,A,W\n3-Dec,B,W\n"))


def test_what_was_audited_lately_is_found_though_it_lost_its_zeros(listed):
    assert load_references(listed("Case ID\n12345\n"), known={"0012345"}) == ["0012345"]


FEET = "Total,,\nGrand Total: 4,,\nPage -1 of 1,,\nReport run 21/11/2024,,\n,,Confidential\nPrepared for the board,,\n"


def test_what_a_report_prints_under_its_list_is_no_case_and_is_told(listed):
    rows = "".join(f"000100{n},Total Place,Mean Sarah\n" for n in range(4))
    found = load_case_list(listed(f"Case ID,Team,Social worker\n{rows}{FEET}"))
    assert found["child_ref"].tolist() == [f"000100{n}" for n in range(4)]
    assert rows_left_out(found) == [6, 7, 8, 9, 10, 11]


def test_an_auditor_called_sum_or_total_is_an_auditor(listed):
    found = load_auditors(listed("Auditor,Team,Capacity\nSum,West,20\nTotal,East,5\nTotal,,25\n"))
    assert found["auditor"].tolist() == ["Sum", "Total"]
    assert rows_left_out(found) == [4]
