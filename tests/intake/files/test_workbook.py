"""What cannot be read is refused in one sentence, and what a workbook hides is said."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.files.workbook import read_sheets
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.problems import Loaded
from tests.intake.conftest import HEADER, KEY, row

Make = Callable[..., Path]


def rules(loaded: Loaded) -> list[tuple[str, str]]:
    return list(zip(loaded.problems["severity"], loaded.problems["rule"], strict=True))


@pytest.mark.parametrize(("rows", "said"), [([], "no content"), ([HEADER], "a header and no rows")])
def test_an_empty_sheet_and_a_lone_header_are_said_to_be_so(
    rows: list[tuple[str, ...]], said: str, workbook: Make, standards: Standards
) -> None:
    path = workbook("plans.xlsx", rows) if rows else workbook("plans.xlsx", Return=[])
    with pytest.raises(ReturnsError, match=said):
        load_returns(path, standards=standards, key=KEY)


def test_a_spreadsheet_error_is_no_blank_and_is_reported_with_its_cell(tmp_path: Path, standards: Standards) -> None:
    book = openpyxl.Workbook()
    for line in (HEADER, row("0012345"), row("0012346")):
        book.active.append(line)
    place = HEADER.index("Actions SMART") + 1
    book.active.cell(3, place).value = "#N/A"
    book.active.cell(3, place).data_type = "e"
    path = tmp_path / "plans.xlsx"
    book.save(path)
    loaded = load_returns(path, standards=standards, key=KEY)
    (found,) = loaded.problems.to_dict("records")
    assert (found["row"], found["column"], found["value"]) == (3, "Actions SMART", "#N/A")
    assert "error" in found["message"]
    assert loaded.table.groupby("standard_id").size().to_dict() == {"PLA-1": 2, "PLA-2": 1}


def test_an_error_after_a_coloured_blank_cell_is_found_too(workbook: Make) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Return"]["A2"].fill = PatternFill("solid", fgColor="FFFF00")
        book["Return"]["B2"] = "#N/A"

    (sheet,) = read_sheets(hide(workbook("plans.xlsx", [("Case ID", "Plan up to date"), (None, None)]), change))
    assert sheet.facts.errors == (("B2", "#N/A"),)


def test_a_formula_without_a_saved_result_is_no_blank(workbook: Make, standards: Standards) -> None:
    path = workbook("plans.xlsx", [HEADER, row("0012345", '=IF(1,"Met","Not met")', "Met")])
    loaded = load_returns(path, standards=standards, key=KEY)
    assert len(loaded.table) == 1
    problem = loaded.problems.iloc[0]
    assert (problem["rule"], problem["row"], problem["column"]) == ("unknown-answer", 2, "Plan up to date")
    assert "Excel" in problem["fix"]


def hide(path: Path, change: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def test_hidden_rows_columns_and_notes_are_each_said_once(workbook: Make, standards: Standards) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Return"]
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet["F2"].comment = Comment("Child is Zelda Quill", "someone")

    path = hide(workbook("plans.xlsx", [HEADER, row("0012345"), row("0012346")]), change)
    loaded = load_returns(path, standards=standards, key=KEY)
    hidden = loaded.problems[loaded.problems["rule"] == "hidden-content"]
    assert len(hidden) == 3
    assert {"Columns are hidden (C)", "Rows are hidden (3)"} <= {text.split(";")[0] for text in hidden["message"]}
    assert not hidden["message"].str.contains("Zelda").any()
    assert loaded.table["child_ref"].nunique() == 2


def test_a_sheet_whose_elements_have_a_prefix_hides_nothing_from_us(workbook: Make, standards: Standards) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Return"].row_dimensions[3].hidden = True
        book["Return"].cell(2, HEADER.index("Actions SMART") + 1).value = "=1+1"

    path = hide(workbook("plain.xlsx", [HEADER, row("0012345"), row("0012346")]), change)
    prefixed = path.with_name("plans.xlsx")
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(prefixed, "w") as made:
        for part in parts.namelist():
            content = parts.read(part)
            if part == "xl/worksheets/sheet1.xml":
                content = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", content).replace(b"xmlns=", b"xmlns:x=")
            made.writestr(part, content)
    path.unlink()
    loaded = load_returns(prefixed, standards=standards, key=KEY)
    assert rules(loaded) == [("warning", "hidden-content"), ("error", "unknown-answer")]
    assert loaded.table["child_ref"].nunique() == 2


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_answers_on_a_hidden_sheet_are_set_aside(state: str, workbook: Make, standards: Standards) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Old"].sheet_state = state

    path = hide(workbook("plans.xlsx", Return=[HEADER, row("0012345")], Old=[HEADER, row("0012346")]), change)
    loaded = load_returns(path, standards=standards, key=KEY)
    assert loaded.table["child_ref"].nunique() == 1
    assert rules(loaded) == [("error", "hidden-content")]


def test_a_hidden_list_is_a_warning(workbook: Make, standards: Standards) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["lists"].sheet_state = "hidden"

    path = hide(workbook("plans.xlsx", Return=[HEADER, row()], lists=[["Rating", "Grade"], ["Met", "Good"]]), change)
    assert rules(load_returns(path, standards=standards, key=KEY)) == [("warning", "hidden-content")]


def test_one_bad_file_leaves_the_good_ones_alone(workbook: Make, standards: Standards) -> None:
    good = workbook("plans.xlsx", [HEADER, row()])
    (good.parent / "broken.xlsx").write_bytes(b"PK\x03\x04 not a zip")
    loaded = load_returns(good.parent, standards=standards, key=KEY)
    assert len(loaded.table) == 2
    assert loaded.problems[["rule", "file"]].to_numpy().tolist() == [["unreadable-file", "broken.xlsx"]]


@pytest.mark.parametrize("renamed", [lambda part: part.replace("/", "\\"), str.upper, str.title])
def test_parts_are_found_whatever_their_case_and_slashes(
    renamed: Callable[[str], str], workbook: Make, standards: Standards
) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["Return"].row_dimensions[3].hidden = True

    path = hide(workbook("plans.xlsx", [HEADER, row("0012345"), row("0012346")]), change)
    with zipfile.ZipFile(path) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/", b"")
        for part, content in parts.items():
            package.writestr(renamed(part) if part.startswith("xl/worksheets") else part, content)
    loaded = load_returns(path, standards=standards, key=KEY)
    assert len(loaded.table) == 4
    assert "hidden-content" in set(loaded.problems["rule"])


def test_a_formula_that_shows_nothing_is_a_blank(workbook: Make) -> None:
    path = workbook("plans.xlsx", [("Case ID", "Plan up to date"), ("0012345", '=""')])
    with zipfile.ZipFile(path) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for part, content in parts.items():
            saved = re.sub(rb'<c r="B2"[^>]*>.*?</c>', b'<c r="B2" t="str"><f>""</f><v></v></c>', content)
            package.writestr(part, saved)
    (sheet,) = read_sheets(path)
    assert sheet.cells[1, 1] == ""
