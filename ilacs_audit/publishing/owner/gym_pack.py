"""A pack of the gym on paper: the workbook that auditors fill in, without the anchors, and the key that has them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from ilacs_audit.disclosure.safe_text import inert_cell
from ilacs_audit.disk.writing import private_folder, write_json, write_whole
from ilacs_audit.domain.catalogue.gym import GRADES, Pack, question_names
from ilacs_audit.domain.errors import CatalogueError, UsageError
from ilacs_audit.intake.gym.filled import CODE, GRADE, NUMBER, READ, READER, question_text
from ilacs_audit.intake.gym.keys import KEY, key_of, read_key
from ilacs_audit.publishing.owner.fix_lists import saved

FOLDER = "gym"  # in the private folder of the outputs
_WIDTHS = {"A": 16, "B": 104, "C": 16}
_LETTERS_A_LINE, _POINTS_A_LINE = 100, 15
_HOW = (
    "Everything here is invented; no child, family or worker in it is real. Read each extract as you would read a file "
    "and choose a grade for each question under it, on your own. Do not talk about it before all have sent theirs."
)
_ID = (
    "Make one up: a letter and two or three digits, such as K27. No name and no staff number. Keep it for later packs."
)
_FILL = PatternFill("solid", fgColor="FFE8EEF4")
_OPEN = PatternFill("solid", fgColor="FFFFF8DC")


class Line(NamedTuple):
    """A row of the workbook: its number, its words, and whether it asks for a grade."""

    number: str
    text: str
    asks: bool


def save_pack(pack: Pack, folder: Path) -> tuple[Path, Path]:
    """Write the workbook and the key into a private folder. Raises UsageError where another pack has its number."""
    private_folder(folder)
    name = f"gym-pack-{pack.number}"
    sheet, key = folder / f"{name}.xlsx", folder / f"{name}{KEY}"
    if key.exists() and not _same(key, pack):
        fix = "Give another --pack, or move the earlier one away: what was graded by it needs its key."
        raise UsageError(f"There is another pack {pack.number} already.", where=key.name, fix=fix)
    write_whole(sheet, pack_workbook(pack))
    write_json(key, key_of(pack))
    key.chmod(0o600)
    return sheet, key


def _same(key: Path, pack: Pack) -> bool:
    try:
        return read_key(key) == pack
    except CatalogueError:
        return False


def pack_workbook(pack: Pack) -> bytes:
    """The extracts and questions of a pack with a list of grades for each; it holds no anchor."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Read and grade"
    sheet.append([f"Calibration gym, pack {pack.number}"])
    sheet.append([_HOW])
    sheet.append([CODE, pack.code])
    sheet.append([READER])
    sheet.append(["", _ID])
    sheet.append([NUMBER, READ, GRADE])
    grades = _listed(sheet, f'"{",".join(GRADES)}"', "Choose one of the list.")
    for line in _lines(pack):
        sheet.append([line.number, inert_cell(line.text)])
        _dress(sheet, sheet.max_row, line)
        if line.asks:
            grades.add(sheet.cell(sheet.max_row, 3))
    _head(sheet)
    return saved(book)


def _lines(pack: Pack) -> Iterator[Line]:
    for place, vignette in enumerate(pack.vignettes, start=1):
        yield Line(str(place), vignette.text, False)
        for name, asked in zip(question_names(place, vignette), vignette.asked, strict=True):
            yield Line(name, question_text(asked.standard, asked.text), True)


def _listed(sheet: Any, formula: str, told: str) -> DataValidation:
    made = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=True, errorTitle="Not a grade")
    made.error = told
    sheet.add_data_validation(made)
    return made


def _dress(sheet: Any, row: int, line: Line) -> None:
    """Room for the words, and only the grade open to be written in."""
    lines = len(line.text) // _LETTERS_A_LINE + 1
    sheet.row_dimensions[row].height = _POINTS_A_LINE * lines + 6
    for cell in sheet[row]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.number_format = "@"
        if not line.asks:
            cell.fill, cell.font = _FILL, Font(bold=cell.column == 1)
    if line.asks:
        _open(sheet.cell(row, 3))


def _open(cell: Any) -> None:
    cell.protection, cell.fill = Protection(locked=False), _OPEN
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _head(sheet: Any) -> None:
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells("A2:C2")
    sheet["A2"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[2].height = 34
    sheet["B5"].font = Font(italic=True)
    _open(sheet["B4"])
    sheet["B4"].number_format = "@"
    for cell in sheet[6]:
        cell.font, cell.fill = Font(bold=True), _FILL
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A7"
    sheet.protection.sheet = True  # without a password: it keeps a hand from slipping and nobody out
    sheet.protection.formatRows = sheet.protection.formatColumns = False
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
