"""Totals and footers are never files, and whoever is called Sum, Mean or Total is never a total."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.intake.cells.footers import footers, is_total, totals

FILES = [
    ["0012345", "Total Place", "Ann Ayers", "Yes", 7],
    ["0012346", "Sum of Parts", "Mean, Sarah", "No", 8],
    ["0012347", "Total", "Sum, Li", "Yes", 3],
    ["0012348", "North", "Total, Max", "N/A", 10],
]
TOTALS = [
    ["Total", "", "", "", 4],
    ["TOTAL", "", "", "Yes: 2, No: 1", 28],
    ["Grand total: 4", "", "", "", ""],
    ["", "Average", "", "", 7.0],
    ["% met", "", "", "66%", 0.5],
    ["No. met", "", "", 2, 2],
    ["Mean score", "", "", "-", 7],
    ["Sub-total North", "", "", 1, ""],
    ["North & West total", "", "", "2 of 3", ""],
    ["Count of files", 4, "", "", ""],
    ["Total", "see note", "", 4, 4],
]


def first(row):
    """The first cell that is not blank: a total says there what it is."""
    return next(cell for cell in row if cell != "")


def grid(rows):
    cells = np.empty((len(rows), len(rows[0])), dtype=object)
    cells[:] = rows
    return cells


@pytest.mark.parametrize("row", TOTALS, ids=lambda row: " ".join(map(str, row)).strip())
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_row_of_counts_under_words_of_a_total_is_no_file(row, place):
    assert totals(grid([*FILES[:place], row, *FILES[place:]])) == {place}


@pytest.mark.parametrize("turned", [0, 1, 2])
def test_a_file_of_a_team_or_a_person_called_total_is_a_file_whatever_column_stands_first(turned):
    assert totals(grid([[*row[turned:], *row[:turned]] for row in FILES])) == set()


@pytest.mark.parametrize(
    "rows",
    [
        [["Mean, Sarah", 8, 7, 9], ["Total, Max", 3, 4, 5]],
        [["Sum Place", 8, 7, 9], ["Ava Moss", 3, 4, 5]],
        [["Sum", "West", 20, ""], ["Total", "East", 5, ""]],
        [["Count", "0012345", 7, 8], ["Mean", 2231456, 7, 8]],
    ],
)
def test_a_name_is_no_total_where_only_scores_stand_beside_it(rows):
    assert totals(grid(rows)) == set()


@pytest.mark.parametrize(
    "text", ["Total Place", "Sum of Parts", "Mean, Sarah", "Sum, Li", "Not met", "No", "Met", "3 of 4"]
)
def test_a_text_that_says_more_or_less_than_a_total_is_none(text):
    assert not is_total(text)


SUMMARIES = [
    [["Overall", "All teams", "Yes", "No"]],
    [["Team", "Yes", "No", "N/A"], ["North", 10, 5, 0], ["South", 9, 6, 1]],
    [["Total Yes", "", 8, 9], ["Total No", "", 4, 2], ["N/A", "", 0, 1], ["% compliant", "", 0.67, 0.82]],
    [["North", "", "Yes", "No"], ["South", "", "No", "No"]],
    [["Previous audit (Sept)", "", "Yes", "Yes"]],
    [["Key", "Yes", "No", "N/A"]],
]


@pytest.mark.parametrize("summary", SUMMARIES, ids=lambda rows: rows[0][0])
def test_a_summary_under_a_table_of_references_is_no_file(summary):
    files = [[f"C{1001 + row}", ("North", "South")[row % 2], "Yes", ("No", "N/A")[row % 2]] for row in range(6)]
    assert totals(grid([*files, ["", "", "", ""], *summary])) == {7 + row for row in range(len(summary))}


@pytest.mark.parametrize("reference", ["AB", "Amy Smith", "Unknown"])
def test_a_row_without_a_number_where_others_have_one_may_be_a_child(reference):
    files = [[f"C{1001 + row}", "North", "Yes", "Unknown"] for row in range(6)]
    assert totals(grid([*files, [reference, "South", "Yes", "No"]])) == set()


def test_the_headers_of_a_further_table_in_another_order_sum_nothing_up():
    first = [[f"C{1001 + row}", "North", "Good", "Clear"] for row in range(8)]
    further = [["Comments", "Plan", "Team", "Case ID"], ["See page 2", "Good", "South", "C1020"]]
    last = [["Case ID", "Team", "Plan", "Comments"], ["C1030", "North", "Good", "Clear"]]
    assert totals(grid([*first, *further, *last])) == set()


def test_a_blank_mark_or_a_code_among_marks_is_no_summary():
    marks = [[8, "No", "C1001"], [7, "Yes", "C1002"], [9, "N/A", "C1003"], [10, "Yes", "C1004"], [6, "No", "C1005"]]
    assert totals(grid([*marks, ["N/A", "Yes", "C1006"], ["No", "No", "C1007"]])) == set()


@st.composite
def tables(draw):
    """Rows of files with totals and footers among them, the columns in any order, and which rows are no files."""
    files = [
        [f"{draw(st.integers(1, 9_999_999)):07d}", draw(st.sampled_from(("Total Place", "Sum", "North"))),
         draw(st.sampled_from(("Mean, Sarah", "Total, Max", "Ann Ayers"))), draw(st.sampled_from(("Yes", "No"))),
         draw(st.integers(0, 10))]
        for _ in range(draw(st.integers(2, 6)))
    ]  # fmt: skip  # a table, a line a row
    lines = [["Page -1 of 1"], ["Report run 21/11/2024"], ["Confidential: do not share"], ["Audited by the QA team"]]
    order = draw(st.permutations(range(5)))
    summed = [row for row in TOTALS if first([row[n] for n in order]) == first(row)]
    others = draw(st.lists(st.sampled_from([*summed, *([*line, "", "", "", ""] for line in lines)]), max_size=4))
    rows = draw(st.permutations([*((row, True) for row in files), *((row, False) for row in others)]))
    cells = grid([[row[n] for n in order] for row, _ in rows])
    return cells, order.index(0), [number for number, (_, is_file) in enumerate(rows) if not is_file]


@given(tables())
def test_files_come_back_as_the_files_and_every_other_line_is_told(made):
    cells, reference, others = made
    assert footers(cells, references=[reference]) == others
