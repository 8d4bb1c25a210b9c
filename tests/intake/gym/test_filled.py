"""A workbook that came back is read by its numbers, and whatever cannot be counted is told with its place."""

import openpyxl
import pytest

from ilacs_audit.intake.gym.filled import read_filled
from tests.graders import SMALL, anchors, filled, pack, row_of

MADE = pack()


@pytest.fixture
def back(tmp_path):
    def read(**how):
        path = filled(tmp_path / "back.xlsx", MADE, **how)
        return read_filled(path, packs={MADE.code: MADE}, name="back.xlsx")

    return read


def faults(problems):
    return {(each.rule, each.row, each.column) for each in problems}


def test_what_was_filled_in_is_read(back):
    found, problems = back()
    assert (found.reader, found.code, dict(found.grades)) == ("K27", MADE.code, anchors(MADE))
    assert problems == []


def test_sorted_rows_keep_their_grades(back):
    def turn(sheet):
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7)]
        for row, cells in zip(sheet.iter_rows(min_row=7), rows[::-1], strict=True):
            for cell, value in zip(row, cells, strict=True):
                cell.value = value

    found, problems = back(edit=turn)
    assert dict(found.grades) == anchors(MADE)
    assert problems == []


@pytest.mark.parametrize("said", ["Met", "MET ", "yes", "✓"])
def test_a_grade_typed_as_a_word_is_read(back, said):
    assert back(grades={"1b": said})[0].grades["1b"] == "met"


@pytest.mark.parametrize("said", ["mostly fine", "n/a", 3, "met/partly met", "=1/0"])
def test_what_is_no_grade_is_told_with_its_cell_and_not_repeated(back, said):
    found, problems = back(grades={"1b": said})
    assert "1b" not in found.grades
    (fault,) = problems
    assert (fault.rule, fault.sheet, fault.column) == ("unread-grade", "Read and grade", "C")
    assert fault.row == 9
    assert "mostly" not in fault.message
    assert "choose one from the list" in fault.fix


def test_a_blank_is_in_no_count_and_told(back):
    found, problems = back(grades={"2a": None})
    assert "2a" not in found.grades
    assert faults(problems) == {("no-grade", 11, "C")}


@pytest.mark.parametrize(
    ("rule", "edit"),
    [
        ("merged-grade", lambda sheet: sheet.merge_cells(start_row=8, end_row=9, start_column=3, end_column=3)),
        ("altered-extract", lambda sheet: sheet.__setitem__("B7", "Another text.")),
        ("altered-extract", lambda sheet: sheet.__setitem__("B8", "VIS-1. Another question.")),
        ("altered-extract", lambda sheet: sheet.__setitem__("A7", None)),
        ("row-gone", lambda sheet: sheet.delete_rows(row_of(sheet, "1a"))),
        ("two-rows", lambda sheet: sheet.append(["1a", sheet["B8"].value, "met"])),
        ("no-question", lambda sheet: sheet.append(["9z", "Own question?", "met"])),
    ],
)
def test_what_was_done_to_the_rows_is_told_and_costs_only_what_it_touches(back, rule, edit):
    found, problems = back(edit=edit)
    assert {each.rule for each in problems} == {rule}
    assert {"2a", "2b", "3a", "3b"} <= found.grades.keys()
    assert ("1a" in found.grades) == (rule == "no-question")


@pytest.mark.parametrize(
    "said", ["Jane Smith", "JS", "jane", "JS12", "12", "K2", "4471902", "jane@example.org", "K27b"]
)
def test_a_name_in_the_place_of_the_id_is_refused_and_not_repeated(back, said):
    found, (fault,) = back(reader=said)
    assert found is None
    assert (fault.rule, fault.row) == ("reader-id", 4)
    assert str(said) not in f"{fault.message} {fault.value}"


def test_grades_without_an_id_are_refused(back):
    assert [each.rule for each in back(reader=None)[1]] == ["no-reader"]


def test_a_pack_that_nobody_filled_in_is_nothing(back):
    assert back(reader=None, grades=dict.fromkeys(anchors(MADE))) == (None, [])


def test_a_workbook_of_another_pack_is_told(tmp_path):
    other = pack(SMALL[:2], number=2)
    found, (fault,) = read_filled(filled(tmp_path / "b.xlsx", other), packs={MADE.code: MADE}, name="b.xlsx")
    assert (found, fault.rule, fault.row) == (None, "other-pack", 3)


def test_another_workbook_and_a_broken_one_are_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Name", "Grade"])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").write_bytes(b"no workbook")
    rules = [read_filled(tmp_path / name, packs={}, name=name)[1][0].rule for name in ("a.xlsx", "b.xlsx")]
    assert rules == ["not-a-pack", "unreadable-file"]


def test_a_copy_of_the_sheet_that_was_filled_in_is_read(back):
    def copy(sheet):
        sheet.parent.copy_worksheet(sheet)
        for row in sheet.iter_rows(min_row=7):
            row[2].value = None

    assert dict(back(edit=copy)[0].grades) == anchors(MADE)


def test_a_column_put_in_between_moves_no_grade(back):
    found, problems = back(edit=lambda sheet: sheet.insert_cols(3))
    assert dict(found.grades) == anchors(MADE)
    assert problems == []
