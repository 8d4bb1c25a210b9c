"""Every way in by which evidence can name a person: each puts one name where it is told to.

A door is a function of the evidence folder and a name. What openpyxl cannot write is put into the finished package.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.adversary.parts import BEFORE, INSIDE, MAIN, REGISTERS, THREADED

Door = Callable[[Path, str], None]
BOOK = "Doors audit 2025-03.xlsx"
HEADS = ("Case ID", "Team", "Auditor", "Date of audit", "DOO-1")


def _sheet(change: Callable[[Workbook, Worksheet, str], None]) -> Door:
    """A door that changes the workbook in some way that openpyxl knows."""

    def opened(folder: Path, name: str) -> None:
        path = folder / "returns" / BOOK
        book = load_workbook(path)
        change(book, book.worksheets[0], name)
        book.save(path)

    return opened


def _hidden_column(book: Workbook, sheet: Worksheet, name: str) -> None:
    sheet.cell(1, 26, "Linked to")
    sheet.cell(2, 26, name)
    sheet.column_dimensions["Z"].hidden = True


def _hidden_sheet(book: Workbook, sheet: Worksheet, name: str) -> None:
    hidden = book.create_sheet(f"list{len(book.worksheets)}")
    hidden["A1"], hidden["A2"] = "Allocated", name
    hidden.sheet_state = "veryHidden"


def _list_in_validation(book: Workbook, sheet: Worksheet, name: str) -> None:
    rule = DataValidation(type="list", formula1=f'"{name},Someone else"')
    rule.add("C2:C9")
    sheet.add_data_validation(rule)


def _prompt(book: Workbook, sheet: Worksheet, name: str) -> None:
    rule = DataValidation(type="whole", operator="greaterThan", formula1="0", showInputMessage=True)
    rule.promptTitle, rule.prompt = "Help", f"Ask {name} if in doubt"
    rule.add("A2:A9")
    sheet.add_data_validation(rule)


def _property(attribute: str) -> Callable[[Workbook, Worksheet, str], None]:
    return lambda book, sheet, name: setattr(book.properties, attribute, name)


def _custom_property(book: Workbook, sheet: Worksheet, name: str) -> None:
    book.custom_doc_props.append(StringProperty(name="Checked by", value=name))


def _defined_value(book: Workbook, sheet: Worksheet, name: str) -> None:
    book.defined_names["lead_auditor"] = DefinedName("lead_auditor", attr_text=f'"{name}"')


def _defined_name(book: Workbook, sheet: Worksheet, name: str) -> None:
    word = name.replace(" ", "_")
    book.defined_names[word] = DefinedName(word, attr_text=f"'{sheet.title}'!$A$1")


def _note(book: Workbook, sheet: Worksheet, name: str) -> None:
    sheet["B3"].comment = Comment(f"Moved here from {name} in May", "QA")


def _note_author(book: Workbook, sheet: Worksheet, name: str) -> None:
    sheet["B4"].comment = Comment("Please look again", name)


def _link(book: Workbook, sheet: Worksheet, name: str) -> None:
    sheet["B5"].hyperlink = f"mailto:{name.lower().replace(' ', '.')}@northmere.example"


def _hidden_row(book: Workbook, sheet: Worksheet, name: str) -> None:
    sheet.cell(40, 1, "Prepared by")
    sheet.cell(40, 2, name)
    sheet.row_dimensions[40].hidden = True


def _inside(part: str, make: Callable[[str], str]) -> Door:
    """A door that adds one part to the package."""
    return lambda folder, name: _packed(folder / "returns" / BOOK, {part: make(name)}, {})


def _altered(part: str, pattern: str, words: str) -> Door:
    """A door that writes into a part which is there: `words` with the name before the first match."""

    def opened(folder: Path, name: str) -> None:
        given, _, family = name.partition(" ")
        said = words.format(name=name, account=f"{given}.{family}".lower().replace(" ", ""))
        _packed(folder / "returns" / BOOK, {}, {part: (pattern, said)})

    return opened


def _packed(path: Path, new: dict[str, str], altered: dict[str, tuple[str, str]]) -> None:
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts |= {name: text.encode() for name, text in new.items()}
    for name, (pattern, words) in altered.items():
        text = parts[name].decode()
        assert re.search(pattern, text), f"{pattern} is not in {name}"
        parts[name] = re.sub(pattern, lambda found, said=words: said + found[0], text, count=1).encode()
    for name in new:
        kind = "application/xml" if name.endswith(".xml") else "text/plain"
        own = f'<Override PartName="/{name}" ContentType="{kind}"/>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", own.encode() + b"</Types>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)


def _lines_above(folder: Path, name: str) -> None:
    path = folder / "returns" / "Doors export 2025-03.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"Completed by,{name}\n{text}", encoding="utf-8")


def _line_above_in_words(folder: Path, name: str) -> None:
    path = folder / "returns" / "Doors export 2025-03.csv"
    path.write_text(f"Exported for {name} on 3 March\n{path.read_text(encoding='utf-8')}", encoding="utf-8")


def _register(file: str, head: str, line: str) -> Door:
    def opened(folder: Path, name: str) -> None:
        path = folder / "registers" / file
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as out:
            out.write("" if path.stat().st_size else f"{head}\n")
            out.write(line.format(name=name) + "\n")

    return opened


def _file_name(folder: Path, name: str) -> None:
    book = Workbook()
    book.active.append(["Notes"])
    book.save(folder / "returns" / f"Doors notes {name} 2025-03.xlsx")


def _folder_name(folder: Path, name: str) -> None:
    (folder / "returns" / name).mkdir()
    book = Workbook()
    book.active.append(["Left over"])
    book.save(folder / "returns" / name / "Doors leftover.xlsx")


def _draw(folder: Path, name: str) -> None:
    (folder / "draws").mkdir(exist_ok=True)
    book = Workbook()
    book.active.title = "allocation"
    book.active.append(["child_ref", "team", "auditor"])
    book.active.append(["4100001", "North", name])
    book.save(folder / "draws" / "doors-2025-03.xlsx")


def _sheet_name(book: Workbook, sheet: Worksheet, name: str) -> None:
    book.create_sheet(name[:31])["A1"] = "Nothing here"


def _above_header(book: Workbook, sheet: Worksheet, name: str) -> None:
    sheet.insert_rows(1, 2)
    sheet["A1"], sheet["B1"] = "Auditor:", name


DOORS: dict[str, Door] = {
    "hidden column": _sheet(_hidden_column),
    "hidden sheet": _sheet(_hidden_sheet),
    "hidden row": _sheet(_hidden_row),
    "validation list": _sheet(_list_in_validation),
    "prompt of a validation": _sheet(_prompt),
    "creator in the properties": _sheet(_property("creator")),
    "last saved by": _sheet(_property("lastModifiedBy")),
    "title in the properties": _sheet(_property("title")),
    "keywords in the properties": _sheet(_property("keywords")),
    "custom property": _sheet(_custom_property),
    "value of a defined name": _sheet(_defined_value),
    "a defined name itself": _sheet(_defined_name),
    "note on a cell": _sheet(_note),
    "author of a note": _sheet(_note_author),
    "mail link of a cell": _sheet(_link),
    "sheet name": _sheet(_sheet_name),
    "lines above a sheet's header": _sheet(_above_header),
    "line above a CSV's header": _lines_above,
    "sentence above a CSV's header": _line_above_in_words,
    **{name: _register(*told) for name, told in REGISTERS.items()},
    "file name": _file_name,
    "folder name": _folder_name,
    "auditor in a draw": _draw,
    **{name: _altered(*told) for name, told in BEFORE.items()},
    **{
        name: _inside(part, lambda who, text=text: text.format(name=who, threaded=THREADED, main=MAIN))
        for name, (part, text) in INSIDE.items()
    },
}  # fmt: skip  # a table, a line a row


def evidence(folder: Path, people: dict[str, str], told: list[dict[str, str]]) -> None:
    """Write the evidence of one audit with its workbook and its export, then lead each person in by their door.

    `told` are rows of the workbook's table: a value by header.
    """
    (folder / "returns").mkdir(parents=True)
    heads = list(dict.fromkeys([*HEADS, *(head for row in told for head in row)]))
    book = Workbook()
    book.active.title = "Audit"
    book.active.append(heads)
    for row in told:
        book.active.append([row.get(head) for head in heads])
    book.create_sheet("More")["A1"] = "Nothing here"
    book.save(folder / "returns" / BOOK)
    lines = [",".join(HEADS), *(f"43{number:05},South,A1,03/03/2025,Yes" for number in range(6))]
    (folder / "returns" / "Doors export 2025-03.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for door, name in people.items():
        DOORS[door](folder, name)
