"""The spreadsheet beside the pages: one table a sheet, the mask of the pages, nothing that runs."""

import io
import re
import zipfile

import openpyxl
import pytest

from ilacs_audit.disclosure.search.scan import scan
from ilacs_audit.disclosure.shorthand import SYMBOLS
from ilacs_audit.publishing.edition.figures_workbook import edition_workbook
from tests.publishing import tiny

FRAME = {"authority": "Northmere", "period_words": "November 2024", "audience_title": "Board edition"}
SHOWN = {"measure": "compliance", "standard_id": "CON-1", "level": "all", "period": "2024-11", "status": "shown"}
SHOWN |= {"reference": "CCNKSK"}
SHOWN |= {"numerator": 12, "denominator": 17, "value": 12 / 17, "lower": 0.466, "upper": 0.875, "verdict": "not met"}
HIDDEN = {**SHOWN, "standard_id": "CON-2", "status": "suppressed", "verdict": ""}


@pytest.fixture(scope="module")
def made():
    reports = [("Consent", [SHOWN, HIDDEN]), ("=1+1", [{**SHOWN, "level": '=HYPERLINK("x")'}])]
    content = edition_workbook(reports, FRAME)
    return content, openpyxl.load_workbook(io.BytesIO(content))


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_there_is_a_cover_a_contents_notes_and_a_sheet_for_each_report(made):
    _, book = made
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Table 1", "Table 2"]
    assert ["Table 1", "Consent"] in cells(book["Contents"])
    assert any("95% interval" in str(cell) for row in cells(book["Notes"]) for cell in row)
    assert [len(book[name].tables) for name in ("Table 1", "Table 2")] == [1, 1]


def test_title_and_language_are_set(made):
    _, book = made
    assert book.properties.title == "Northmere: audit figures, November 2024"
    assert book.properties.language == "en-GB"


def test_what_the_page_hides_the_sheet_hides(made):
    _, book = made
    shown, hidden = cells(book["Table 1"])[-2:]
    assert shown[1:7] == ["CON-1", "all", "November 2024", 12, 17, 0.7059]
    assert hidden[4:] == [*["[c]"] * 6, "CCNKSK"]


def test_the_symbols_of_a_sheet_are_those_explained_above_its_table():
    few = {**SHOWN, "numerator": 2, "denominator": 5, "value": None, "lower": None, "upper": None, "status": "low_base"}
    sheets = [("shown", [SHOWN]), ("hidden", [SHOWN, HIDDEN]), ("few", [few])]
    book = openpyxl.load_workbook(io.BytesIO(edition_workbook(sheets, FRAME)))
    for number, expected in enumerate((set(), {"[c]"}, {"[u]"}), start=1):
        above, *table = cells(book[f"Table {number}"])[1:]
        used = {cell for row in table for cell in row if str(cell).startswith("[")}
        assert used == expected == {symbol for symbol in SYMBOLS if f"{symbol} =" in str(above[0])}


def test_no_cell_is_a_formula_and_none_is_empty(made):
    _, book = made
    table = [cell for sheet in book.worksheets[3:] for row in list(sheet.iter_rows())[2:] for cell in row]
    assert {cell.data_type for cell in table} <= {"s", "n"}
    assert all(cell.value is not None for cell in table)


def test_the_same_figures_are_the_same_bytes(made):
    content, _ = made
    assert (
        edition_workbook([("Consent", [SHOWN, HIDDEN]), ("=1+1", [{**SHOWN, "level": '=HYPERLINK("x")'}])], FRAME)
        == content
    )


def test_a_run_puts_it_beside_the_pages_and_links_it(tmp_path):
    place = tiny.make(tmp_path / "work")
    tiny.publish(place, tmp_path / "out")
    given = tiny.given(tmp_path / "out")
    assert b'href="figures.xlsx"' in given["index.html"]
    assert "Table 2" in openpyxl.load_workbook(io.BytesIO(given["figures.xlsx"])).sheetnames


def test_no_number_of_the_form_of_the_workbook_is_taken_for_the_reference_of_a_child(made, tmp_path):
    """Its theme, sizes and versions; 100000 stands in the theme, and 124226 is the version of the theme."""
    path = tmp_path / "figures.xlsx"
    path.write_bytes(made[0])
    with zipfile.ZipFile(path) as parts:
        said = " ".join(parts.read(name).decode() for name in parts.namelist())
    numbers = set(re.findall(r'="([0-9]{5,9})"', said))
    assert {"100000", "124226"} < numbers
    assert scan(path, numbers).empty
    path.write_bytes(edition_workbook([("Consent", [{**SHOWN, "level": "case 100000"}])], FRAME))
    assert not scan(path, numbers).empty
