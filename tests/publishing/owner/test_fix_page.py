"""The fix list as a page: every place, value and fix, for one person, behind no link."""

import pytest

from ilacs_audit.intake.problems import Problem, problems_table
from ilacs_audit.publishing.owner.fix_page import PAGE, write_fix_lists

FOUND = problems_table(
    [
        Problem(
            "warning",
            "unknown-team",
            "The team is not known.",
            "Correct it.",
            "a",
            "b.xlsx",
            "S",
            4,
            "Team",
            "<b>X</b>",
        ),
        Problem("error", "bad-answer", "Not an answer.", "Write Yes.", "a", "b.xlsx", "S", 9, "Q1", "=1+1"),
        Problem("warning", "missing-return", "17 of 20 files came back.", "Ask for them.", "a"),
    ]
)


@pytest.fixture
def page(tmp_path):
    folder = write_fix_lists(FOUND, tmp_path)
    return (folder / PAGE).read_text(encoding="utf-8")


def test_every_problem_stands_under_its_file_with_place_value_and_fix(page):
    assert page.index("S, row 9, Q1") < page.index("S, row 4, Team")
    assert "1 set aside, 1 in doubt" in page
    assert "Write Yes." in page
    assert "<h2>Whole audits</h2>" in page


def test_a_value_that_is_markup_is_shown_as_it_was_written(page):
    assert "<b>X</b>" not in page
    assert "&lt;b&gt;X&lt;/b&gt;" in page


def test_it_lies_where_only_its_owner_looks_and_says_so(tmp_path, page):
    path = tmp_path / "private" / "fix-lists" / PAGE
    assert path.stat().st_mode & 0o077 == 0
    assert "Personal data." in page


def test_the_lists_of_the_last_check_are_gone(tmp_path):
    write_fix_lists(FOUND, tmp_path)
    folder = write_fix_lists(FOUND.iloc[:0], tmp_path)
    assert [each.name for each in folder.glob("*.xlsx")] == []
    assert "Nothing is wrong with them." in (folder / PAGE).read_text(encoding="utf-8")


def test_the_same_fault_in_several_rows_is_one_line_that_names_them_all(tmp_path):
    about = ("The return has no answers.", "Ask for it.", "a", "b.xlsx", "S")
    again = [Problem("warning", "missing-return", *about, row, "", f"RQ/{row}") for row in (27, 28, 34)]
    page = (write_fix_lists(problems_table(again), tmp_path) / PAGE).read_text(encoding="utf-8")
    assert "S, rows 27, 28 and 34" in page
    assert "RQ/27, RQ/28, RQ/34" in page
    assert page.count("Ask for it.") == 1


def test_a_fault_of_no_file_names_its_audit_and_no_cell_is_empty(page):
    assert '<th scope="row" role="rowheader">a</th>' in page
    assert ">not given</td>" in page


def test_the_answer_counts_what_is_to_be_done(page):
    assert "1 fault set aside and 2 in doubt in 1 file." in page
