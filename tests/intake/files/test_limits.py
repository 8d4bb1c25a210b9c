"""What is no sound, open file of a reasonable size is refused in one sentence, before it fills the memory."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.styles import PatternFill

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.files import limits
from ilacs_audit.intake.files.workbook import read_sheets
from tests.intake.conftest import HEADER, row

Make = Callable[..., Path]
MEGABYTE = 1024**2
CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'


def refusal(path: Path) -> ReturnsError:
    with pytest.raises(ReturnsError) as refused:
        read_sheets(path)
    return refused.value


def ods(path: Path, rows: str, *, manifest: str = "") -> Path:
    """A spreadsheet of LibreOffice with the given rows."""
    names = "".join(
        f' xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "table", "text")
    )
    sheet = f'<table:table table:name="Return">{rows}</table:table>'
    content = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        package.writestr("content.xml", f"<office:document-content{names}>{content}</office:document-content>")
    return path


def test_a_password_is_named_and_how_to_take_it_off(tmp_path: Path) -> None:
    path = tmp_path / "plans.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"))
    refused = refusal(path)
    assert "password" in refused.what
    assert "Encrypt with Password" in refused.fix


def test_a_csv_named_xlsx_is_called_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "plans.xlsx"
    path.write_text("Case ID,Team\n1,North\n")
    assert "CSV" in refusal(path).what


def test_a_workbook_named_csv_is_called_a_workbook(workbook: Make) -> None:
    path = workbook("plans.xlsx", [HEADER, row()])
    assert "workbook" in refusal(path.rename(path.with_suffix(".csv"))).what


def test_a_truncated_workbook_is_damaged(workbook: Make) -> None:
    path = workbook("plans.xlsx", [HEADER, row()])
    path.write_bytes(path.read_bytes()[:2000])
    assert "damaged or incomplete" in refusal(path).what


def test_a_spoilt_part_is_damaged_too(workbook: Make) -> None:
    path = workbook("plans.xlsx", [HEADER, *[row(f"{n:07d}") for n in range(300)]])
    content = bytearray(path.read_bytes())
    start = content.find(b"xl/worksheets/sheet1.xml") + 60
    content[start : start + 40] = b"\0" * 40
    path.write_bytes(bytes(content))
    assert "damaged or incomplete" in refusal(path).what


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    (tmp_path / "plans.xlsx").touch()
    assert "empty" in refusal(tmp_path / "plans.xlsx").what


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = tmp_path / "plans.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * 60 * 1024**2)
    assert path.stat().st_size < 1024**2
    assert "times its size" in refusal(path).what


def test_a_very_large_file_is_refused_by_its_stated_limit(workbook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_FILE", 1000)
    assert "limit" in refusal(workbook("plans.xlsx", [HEADER, row()])).what


def test_a_part_that_is_larger_than_it_says_is_not_unpacked(workbook: Make, tmp_path: Path) -> None:
    honest, path = workbook("honest.xlsx", [HEADER, row()]), tmp_path / "plans.xlsx"
    with zipfile.ZipFile(honest) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        for part in parts.namelist():
            if part != "xl/worksheets/sheet1.xml":
                bomb.writestr(part, parts.read(part))
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * 64 * MEGABYTE)
    content = bytearray(path.read_bytes())
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    path.write_bytes(bytes(content))
    tracemalloc.start()
    refused = refusal(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "damaged or incomplete" in refused.what
    assert peak < 8 * MEGABYTE


@pytest.mark.parametrize("cell", ["XFD1048576", "ZZ200000"])
def test_a_cell_far_away_does_not_exhaust_the_memory(cell: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active[cell] = "x"
    book.save(tmp_path / "plans.xlsx")
    assert "20 million cells, the limit" in refusal(tmp_path / "plans.xlsx").what


def test_a_long_list_and_cells_that_are_only_coloured_are_no_reason_to_refuse(workbook: Make) -> None:
    path = workbook("plans.xlsx", [HEADER, row()])
    book = openpyxl.load_workbook(path)
    book.active["A120000"] = "0012345"
    book.active["XFD1048576"].fill = PatternFill("solid", fgColor="FFFF00")
    book.save(path)
    assert read_sheets(path)[0].cells.shape == (120_000, len(HEADER))


def test_a_csv_of_nothing_but_separators_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 1_000_000)
    path = tmp_path / "plans.csv"
    path.write_text("Case ID,Team\n" + "," * 2_000_000)
    assert "1 million cells" in refusal(path).what
    path.write_text("Case ID,Team\n" * 3_000 + "," * 400)
    assert "1 million cells" in refusal(path).what


def test_a_parquet_of_too_many_cells_is_refused_by_what_it_says_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 1_000_000)
    pd.DataFrame({"Case ID": ["1"] * 1_000_001}).to_parquet(tmp_path / "plans.parquet")
    assert "1 million cells" in refusal(tmp_path / "plans.parquet").what


def test_a_web_page_named_xls_is_called_a_web_page(tmp_path: Path) -> None:
    path = tmp_path / "plans.xls"
    path.write_text("\ufeff<html>\n<table><tr><td>Case ID</td></tr></table></html>\n", encoding="utf-8")
    refused = refusal(path)
    assert "web page" in refused.what
    assert "save it as .xlsx" in refused.fix


EMPTY_END = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
ROW = f"<table:table-row>{CELL.format('')}</table:table-row>"


def test_a_libreoffice_sheet_with_its_usual_empty_end_is_read(tmp_path: Path) -> None:
    assert read_sheets(ods(tmp_path / "plans.ods", ROW + EMPTY_END))[0].cells.tolist() == [["x"]]


@pytest.mark.parametrize(
    "rows",
    [
        f'<table:table-row table:number-rows-repeated="1048570">{CELL.format("")}</table:table-row>',
        f"""<table:table-row>{CELL.format(' table:number-columns-repeated="16384"')}</table:table-row>""",
    ],
)
def test_a_libreoffice_cell_repeated_to_the_end_of_the_sheet_is_refused(rows: str, tmp_path: Path) -> None:
    assert "million cells" in refusal(ods(tmp_path / "plans.ods", ROW + rows)).what


def test_a_bomb_and_a_password_are_told_in_a_libreoffice_file_too(tmp_path: Path) -> None:
    assert "times its size" in refusal(ods(tmp_path / "bomb.ods", " " * 60 * MEGABYTE)).what
    assert "password" in refusal(ods(tmp_path / "locked.ods", ROW, manifest="<encryption-data/>")).what


@pytest.mark.parametrize("ending", [".xls", ".xlsb", ".ods", ".xlsm"])
def test_a_workbook_under_another_workbooks_name_is_read(ending: str, workbook: Make) -> None:
    path = workbook("plans.xlsx", [HEADER, row()])
    (sheet,) = read_sheets(path.rename(path.with_suffix(ending)))
    assert sheet.cells[0].tolist() == list(HEADER)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\nobj\n", "This is a PDF"),
        (b"{\\rtf1 text\n}", "This is a document"),
        (b"MIME-Version: 1.0\r\n\r\n<html>", "This is a web page"),
        ("Case ID\tTeam\n1\tNorth\n".encode("utf-16"), "This is a text file"),
    ],
)
def test_what_is_no_workbook_is_called_what_it_is(content: bytes, what: str, tmp_path: Path) -> None:
    (tmp_path / "plans.xlsx").write_bytes(content)
    assert refusal(tmp_path / "plans.xlsx").what.startswith(what)


@pytest.mark.parametrize(
    ("part", "what"), [("word/document.xml", "a Word document"), ("returns/a.xlsx", "a folder in a zip")]
)
def test_another_package_is_called_what_it_is(part: str, what: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plans.xlsx", "w") as package:
        package.writestr(part, "<a/>")
    assert what in refusal(tmp_path / "plans.xlsx").what


@pytest.mark.parametrize(("place", "bit", "what"), [(8, 1, "password"), (10, 9, "damaged or incomplete")])
def test_parts_that_are_locked_or_packed_in_another_way_are_no_crash(
    place: int, bit: int, what: str, workbook: Make
) -> None:
    path = workbook("plans.xlsx", [HEADER, row()])
    content, start = bytearray(path.read_bytes()), 0
    while (start := content.find(b"PK\x01\x02", start)) >= 0:
        content[start + place] = bit
        start += 4
    path.write_bytes(bytes(content))
    assert what in refusal(path).what
