"""The fix list is safe to open, and complete."""

from __future__ import annotations

import io
import json

import openpyxl

from ilacs_audit.domain.schemas import PROBLEM_COLUMNS
from ilacs_audit.intake.problems import Problem, problems_table
from ilacs_audit.publishing.owner.fix_lists import fix_list, fix_lists, problems_json

RISKY = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")')


def table() -> object:
    return problems_table(
        Problem(
            "error", "unknown-answer", "Not known.", "Ask.", "a", f"{place % 2}.xlsx", "Return", 7 + place, "Met?", text
        )
        for place, text in enumerate(RISKY)
    )


def test_no_cell_of_the_fix_list_is_a_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(fix_list(table()))).active
    cells = [cell for cells in sheet.iter_rows() for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]
    values = [sheet.cell(row, 5).value for row in range(2, 8)]
    assert all(value.startswith("'") for value in values)


def test_each_file_has_its_own_list_with_the_place_and_the_fix() -> None:
    lists = fix_lists(table())
    assert sorted(lists) == ["0.xlsx", "1.xlsx"]
    rows = list(openpyxl.load_workbook(io.BytesIO(lists["0.xlsx"])).active.values)
    assert rows[1][:4] == ("0.xlsx", "Return", 7, "Met?")
    assert rows[1][-1] == "Ask."
    assert len(rows) == 4


def test_json_holds_every_column_and_whole_rows() -> None:
    told = json.loads(problems_json(problems_table([Problem("warning", "no-audit", "m", "f", file="a")])))
    assert set(told[0]) == set(PROBLEM_COLUMNS)
    assert told[0]["row"] is None
    assert json.loads(problems_json(table()))[0]["row"] == 7
