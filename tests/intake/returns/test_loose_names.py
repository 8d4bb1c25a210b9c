"""A person named where no column asks for one is known to the last sweep, and a title is not."""

import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from ilacs_audit.disclosure.search.scan import scan
from ilacs_audit.intake.returns.loose_names import names_in
from ilacs_audit.intake.returns.reading import identifiers
from tests.intake.conftest import HEADER, row

PLACES = {
    "a sheet name": "Zephyrine Vexmoor",
    "a cell of a hidden sheet": "Quillon Kvistgaard",
    "a note": "Ottoline O'Thrune",
    "the author of a note": "Isolde Pellotier",
    "the author of a workbook": "Xanthe Umbrecht",
    "who saved it last": "Peregrine Ndiyembe-Holt",
    "the name of a folder": "Thessaly Harrowgast",
    "the name of a file": "Bartholomew Zwolinsky",
    "who answered a note": "Fenwick Quenbyrd",
    "an answer to a note": "Rosalind Trevanion",
    "a validation list": "Cornelius Wrexford",
    "the prompt of a validation": "Philippa Undersley",
    "the header of a sheet": "Lysander Okeford",
    "the footer of a sheet": "Araminta Selbright",
    "a property of the council's own": "Thaddeus Marlquist",
    "the title of a workbook": "Georgiana Fothermere",
    "the manager in the properties": "Evander Crossquill",
    "who reserved the file": "Henrietta Vanderloo",
    "a hidden column": "Octavia Brindlemoss",
    "a hidden row": "Leander Hawkswell",
    "the name of a range": "Clementine Dashforth",
    "the value of a name": "Ambrose Kettlewick",
    "a pivot cache": "Drusilla Pemberlane",
    "a record of a pivot cache": "Ferdinand Oxbarrow",
    "who refreshed a pivot cache": "Melisande Tuckwell",
    "a text that no cell uses": "Horatio Blackmere",
    "a text box in two pieces": "Seraphina Lockhurst",
    "a chart": "Benedict Yarmsworth",
    "a link of a cell": "Evangeline Stroudwater",
    "a value of another workbook": "Montague Fairweathers",
    "a line above the table": "Wilhelmina Ashdowner",
    "a line under the table": "Barnaby Quicksilver",
    "a line above a CSV": "Theodora Nettlefold",
    "a sentence above a CSV": "Archibald Thistleby",
}
_BOX = PLACES["a text box in two pieces"].split()
PARTS = {
    "xl/persons/person.xml": f'<person displayName="{PLACES["who answered a note"]}"/>',
    "xl/threadedComments/threadedComment1.xml": f"<text>{PLACES['an answer to a note']} is on leave until June</text>",
    "xl/pivotCache/pivotCacheDefinition1.xml": f'<x refreshedBy="{PLACES["who refreshed a pivot cache"]}"><sharedItems>'
    f'<s v="{PLACES["a pivot cache"]}"/></sharedItems></x>',
    "xl/pivotCache/pivotCacheRecords1.xml": f'<r><s v="{PLACES["a record of a pivot cache"]}"/></r>',
    "xl/drawings/drawing9.xml": f"<a:p><a:r><a:rPr/><a:t>{_BOX[0]} </a:t></a:r><a:r><a:t>{_BOX[1]}</a:t></a:r></a:p>",
    "xl/charts/chart9.xml": f"<c:v>{PLACES['a chart']}</c:v>",
    "xl/externalLinks/externalLink1.xml": f"<sheetData><v>{PLACES['a value of another workbook']}</v></sheetData>",
    "xl/richData/old.xml": f"<si><t>{PLACES['a text that no cell uses']}</t></si>",
    "xl/custom.xml": f'<fileSharing userName="{PLACES["who reserved the file"]}"/>',
    "docProps/more.xml": f"<Manager>{PLACES['the manager in the properties']}</Manager>",
}


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """What the sweep is told of an evidence folder with one workbook in which nine people are named aside."""
    evidence = tmp_path_factory.mktemp("evidence")
    folder = evidence / PLACES["the name of a folder"]
    folder.mkdir()
    book = openpyxl.Workbook()
    book.active.title = "Return"
    sheet = book.active
    for line in (["Audited by:", PLACES["a line above the table"]], [], HEADER, row()):
        sheet.append(line)
    sheet.append(["Signed by", PLACES["a line under the table"]])
    sheet["Z3"], sheet["A9"] = PLACES["a hidden column"], f"kept for {PLACES['a hidden row']} only"
    sheet.column_dimensions["Z"].hidden = sheet.row_dimensions[9].hidden = True
    listed = DataValidation("list", formula1=f'"Ann Ayers,{PLACES["a validation list"]},Bea Birch,Cy Crane,Di Dunn"')
    listed.prompt = f"Ask {PLACES['the prompt of a validation']} first"
    listed.add("F4")
    sheet.add_data_validation(listed)
    sheet.oddHeader.center.text, sheet.oddFooter.left.text = (
        PLACES[f"the {each} of a sheet"] for each in ("header", "footer")
    )
    sheet["A4"].hyperlink = f"mailto:{PLACES['a link of a cell'].lower().replace(' ', '.')}@northmere.example"
    book.custom_doc_props.append(StringProperty(name="Owner", value=PLACES["a property of the council's own"]))
    ranged = PLACES["the name of a range"].replace(" ", "_")
    book.defined_names[ranged] = DefinedName(ranged, attr_text="Return!$A$1")
    book.defined_names["lead"] = DefinedName("lead", attr_text=f'"{PLACES["the value of a name"]}"')
    book.properties.title = f"Return of {PLACES['the title of a workbook']}"
    told = f"The child is {PLACES['a note']}, ask her aunt"
    book.active["A2"].comment = Comment(told, PLACES["the author of a note"])
    book.create_sheet(PLACES["a sheet name"])
    hidden = book.create_sheet("Lookups")
    hidden.append([PLACES["a cell of a hidden sheet"]])
    hidden.sheet_state = "veryHidden"
    book.properties.creator = PLACES["the author of a workbook"]
    book.properties.lastModifiedBy = PLACES["who saved it last"]
    path = folder / f"Plans audit_{PLACES['the name of a file']} 2024-11.xlsx"
    book.save(path)
    with zipfile.ZipFile(path, "a") as package:
        for part, content in PARTS.items():
            package.writestr(part, content)
    lines = (
        f"Completed by,{PLACES['a line above a CSV']}",
        f"Exported for {PLACES['a sentence above a CSV']} on 3 March",
    )
    rest = (",".join(map(str, each)) for each in (HEADER, row()))
    (evidence / "export.csv").write_text("\n".join((*lines, "", *rest)), encoding="utf-8")
    return identifiers(evidence, words=frozenset({"plans"}))


@pytest.mark.parametrize("place", PLACES)
def test_a_name_is_known_from(place, known):
    assert not scan([f"Thanks go to {PLACES[place]} for it."], known).empty


def test_the_titles_of_a_workbook_are_nobody(known):
    people = {word for name in PLACES.values() for word in name.casefold().split()}
    others = {each for each in known if people.isdisjoint(each.casefold().split())}
    assert {each for each in others if not each[0].isdigit() and "@" not in each} <= {
        "Ann Ayers",
        "ann ayers",
        "Cy Crane",
        "Di Dunn",
        "Bea Birch",
        "bea birch",
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rang Zelda Quill today", ["Rang Zelda", "Zelda Quill", "Rang Zelda Quill"]),
        ("QUILL, ZELDA", ["QUILL ZELDA"]),
        ("Łucja Żak", ["Łucja Żak"]),
        ("Nov 2024 Final Copy", []),
        ("Consent Team", []),
        ("spoke to Mum", []),
        ("A Very Long Heading In Capitals", []),
    ],
)
def test_two_to_four_words_with_capitals_are_a_name_unless_the_house_says_so(text, names):
    assert list(names_in(text, words=frozenset({"consent"}))) == names


def test_a_word_of_the_label_under_a_table_is_nobody(known):
    assert scan(["The plan was signed by the manager."], known).empty


def test_what_the_document_says_is_not_known_is_not(tmp_path):
    """`docs/security.md`: a sentence in a visible cell, one word alone."""
    book = openpyxl.Workbook()
    for line in (HEADER, row()):
        book.active.append(line)
    book.active["B2"] = "Rang Zelda Quill today"
    book.active.oddFooter.left.text = "Rowena"
    book.save(tmp_path / "plans.xlsx")
    assert scan(["Thanks go to Zelda Quill and to Rowena."], identifiers(tmp_path)).empty
