"""Put a row at the end of a register that is kept as CSV; what stands in it stays as it is, to the letter."""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Collection, Mapping
from pathlib import Path

from ilacs_audit.claims.words import listed
from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.intake.cells.spelling import squeezed
from ilacs_audit.intake.cells.typed import tidy
from ilacs_audit.intake.registers.fields import REGISTERS, names_of
from ilacs_audit.intake.registers.files import FOLDER, find_register
from ilacs_audit.intake.tables.headers import header_row

_DELIMITERS = ",;\t"


def register_path(evidence: Path, name: str) -> Path:
    """The file of a register to which rows can be added, there or not. Raises UsageError where it is no CSV file."""
    path = find_register(evidence, name) or evidence / FOLDER / f"{name}.csv"
    if path.suffix.casefold() != ".csv":
        fix = (
            f"Add the row to {path.name} in your spreadsheet program; or save that as {name}.csv ('CSV UTF-8'), take "
            f"{path.name} out of the folder, and write the line again."
        )
        raise UsageError(f"The register of {name} is no CSV file, so no row can be added from here.", fix=fix)
    return path


def add_row(path: Path, name: str, row: Mapping[str, str], *, leave: Collection[str] = ()) -> None:
    """Add a row, by the columns of a register; a register that is not there begins with all of them.

    A value in `leave` is left out where the file has no column for it. Raises UsageError where it has none for another.
    """
    text, mark = _text(path) if path.is_file() else (f"{','.join(REGISTERS[name])}\n", b"")
    known = {squeezed(each): column for column in REGISTERS[name] for each in (*names_of(column), column)}
    heads = {sign: [*csv.reader(io.StringIO(text, newline=""), delimiter=sign)] for sign in _DELIMITERS}

    def meaning(heading: str) -> str | None:
        return known.get(squeezed(heading))

    found = {sign: header_row([[*map(tidy, line)] for line in lines], meaning) for sign, lines in heads.items()}
    sign = max(found, key=lambda each: found[each][1])
    header = heads[sign][found[sign][0]] if found[sign][1] else []
    places = [meaning(tidy(each)) for each in header]
    if lost := [column for column, said in row.items() if said and column not in (*places, *leave)]:
        fix = f"Add {'it' if len(lost) == 1 else 'them'} to the header row of {path.name}."
        raise UsageError(f"The register of {name} has no column for {listed(lost)}.", fix=fix)
    end = "\r\n" if "\r\n" in text else "\n"
    made = io.StringIO()
    csv.writer(made, delimiter=sign, lineterminator=end).writerow([row.get(each or "", "") for each in places])
    whole = f"{text}{'' if text.endswith(end) else end}{made.getvalue()}"
    write_whole(path, mark + whole.encode())


def _text(path: Path) -> tuple[str, bytes]:
    """The text of a file, and the mark with which some programs begin one. Raises UsageError where it is not UTF-8."""
    held = path.read_bytes()
    mark = BOM_UTF8 if held.startswith(BOM_UTF8) else b""
    try:
        return held.removeprefix(mark).decode(), mark
    except UnicodeDecodeError:
        fix = "Save it from your spreadsheet program as 'CSV UTF-8'."
        raise UsageError(f"{path.name} is not saved as UTF-8, so nothing was added.", fix=fix) from None
